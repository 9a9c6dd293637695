import Foundation
import SpaceMath

@testable import Registration

/// Where `make statistics` wants its numbers; nil in an ordinary test run, which leaves them out.
struct StatisticsPage {
  private let folder: URL

  static let isWanted = ProcessInfo.processInfo.environment["JUNOCAM_STATISTICS"] != nil

  /// The number of seeds, as a share of the full count: `JUNOCAM_STATISTICS_SHARE=0.1` for a trial.
  static let share =
    ProcessInfo.processInfo.environment["JUNOCAM_STATISTICS_SHARE"].flatMap(Double.init) ?? 1

  static func seeds(_ full: Int) -> ClosedRange<Int> { 1...max(Int(Double(full) * share), 1) }

  init?() {
    guard let path = ProcessInfo.processInfo.environment["JUNOCAM_STATISTICS"] else { return nil }
    folder = URL(fileURLWithPath: path)
  }

  /// Writes one part of the page; parts are put together in the order of their names.
  func write(_ name: String, _ lines: [String]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data((lines.joined(separator: "\n") + "\n").utf8)
      .write(to: folder.appendingPathComponent(name + ".md"))
  }

  static func text(_ value: Double, _ decimals: Int = 2) -> String {
    SignificantDigits.fixed(value, decimals: decimals)
  }
}

/// Root mean square and the like of a growing list of numbers.
struct Tally {
  private(set) var values: [Double] = []

  mutating func add(_ value: Double) { values.append(value) }

  var count: Int { values.count }

  var rms: Double {
    values.isEmpty
      ? 0 : (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
  }

  var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

  func quantile(_ share: Double) -> Double {
    guard !values.isEmpty else { return 0 }
    return values.sorted()[min(Int(share * Double(values.count)), values.count - 1)]
  }
}
