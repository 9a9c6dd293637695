import Foundation
import Pipeline
import Synchronization

/// Shows how a run goes: one line that fills on a terminal, plain lines elsewhere.
final class RunProgress: Sendable {
  private struct State {
    var done = 0
    var steps = 0
    var isShown = false
  }

  private let state = Mutex(State())

  func receive(_ event: RunEvent) {
    state.withLock { state in
      switch event {
      case .started(let images, let steps):
        state.steps = steps
        say("\(images == 1 ? "1 image" : "\(images) images")", &state)
      case .image(let id):
        if !Terminal.isInteractive { say(id, &state) }
      case .step(let text):
        state.done += 1
        show(text, &state)
      case .failed(let failure):
        clear(&state)
        Terminal.error("\(failure.image), \(failure.stage.rawValue): \(failure.error)")
      case .note(let image, let text):
        clear(&state)
        Terminal.warning("\(image): \(text)")
      case .source(let text): say(text, &state)
      case .wrote(let path, _):
        if !Terminal.isInteractive { say("wrote \(path)", &state) }
      }
    }
  }

  /// Takes the line away.
  func end() { state.withLock { clear(&$0) } }

  private func say(_ text: String, _ state: inout State) {
    clear(&state)
    Terminal.say(text)
  }

  private func show(_ text: String, _ state: inout State) {
    guard Terminal.isInteractive, state.steps > 0 else { return }
    let width = 30
    let share = min(1, Double(state.done) / Double(state.steps))
    let full = Int(Double(width) * share)
    let bar =
      Terminal.styled(String(repeating: "━", count: full), "33")
      + Terminal.styled(String(repeating: "━", count: width - full), "2")
    let line = "\r\u{1B}[2K\(bar) \(Int(share * 100)) %  \(text.prefix(50))"
    FileHandle.standardError.write(Data(line.utf8))
    state.isShown = true
  }

  private func clear(_ state: inout State) {
    guard state.isShown else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
    state.isShown = false
  }
}
