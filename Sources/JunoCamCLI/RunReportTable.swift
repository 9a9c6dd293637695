import Pipeline

/// Which images failed and why, as a table.
struct RunReportTable {
  var failures: [ImageFailure]

  func say() {
    let count = failures.count == 1 ? "1 image" : "\(failures.count) images"
    Terminal.say(Terminal.styled("\(count) could not be used:", "1"))
    let names = failures.map(\.image)
    let stages = failures.map(\.stage.rawValue)
    let nameWidth = names.map(\.count).max() ?? 0
    let stageWidth = stages.map(\.count).max() ?? 0
    for failure in failures {
      let name = padded(failure.image, nameWidth)
      let stage = padded(failure.stage.rawValue, stageWidth)
      Terminal.say("  \(name)  \(stage)  \(failure.error)")
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
