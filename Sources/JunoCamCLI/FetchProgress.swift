import Foundation
import Pipeline
import Synchronization

/// Shows how fetching goes: one line that counts on a terminal, plain lines elsewhere.
final class FetchProgress: Sendable {
  private struct State {
    var isShown = false
    var shown = ContinuousClock.now
  }

  private let state = Mutex(State())

  func receive(_ event: FetchEvent) {
    state.withLock { state in
      switch event {
      case .listing(let url): say("reading \(url)", &state)
      case .started(_, let url, let offset):
        say("fetching \(url)" + (offset > 0 ? " from byte \(offset)" : ""), &state)
      case .progress(let name, let received, let expected):
        show(name, received, expected, &state)
      case .retrying(let name, let attempt, let reason):
        say("\(name): \(reason); attempt \(attempt)", &state)
      case .finished(let file): say("\(file.name): \(file.bytes) bytes", &state)
      case .failed(let name, let reason):
        clear(&state)
        Terminal.warning("\(name): \(reason)")
      }
    }
  }

  /// Takes the line away.
  func end() { state.withLock { clear(&$0) } }

  private func say(_ text: String, _ state: inout State) {
    clear(&state)
    Terminal.say(text)
  }

  private func show(_ name: String, _ received: Int, _ expected: Int?, _ state: inout State) {
    let now = ContinuousClock.now
    guard Terminal.isInteractive, !state.isShown || now - state.shown > .milliseconds(100) else {
      return
    }
    let megabytes = String(format: "%.1f", Double(received) / 1e6)
    var line = "\r\u{1B}[2K\(name)  \(megabytes)"
    if let expected, expected > 0 {
      line += String(
        format: " of %.1f MB, %d %%", Double(expected) / 1e6, received * 100 / expected)
    } else {
      line += " MB"
    }
    FileHandle.standardError.write(Data(line.utf8))
    state.isShown = true
    state.shown = now
  }

  private func clear(_ state: inout State) {
    guard state.isShown else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
    state.isShown = false
  }
}
