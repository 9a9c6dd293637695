import ArgumentParser

/// An amount of memory as people write it: 500M, 2G, 1.5GiB, 800000000.
struct MemorySize: Sendable, Equatable {
  var bytes: Int

  init(parsing text: String) throws {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    var unit = text.dropFirst(digits.count).lowercased()
    if unit.hasSuffix("ib") { unit.removeLast(2) } else if unit.hasSuffix("b") { unit.removeLast() }
    let factors: [String: Double] = [
      "": 1, "k": 1024, "m": 1_048_576, "g": 1_073_741_824, "t": 1_099_511_627_776,
    ]
    guard let value = Double(digits), let factor = factors[unit], value > 0,
      value * factor < 1e18
    else {
      throw ValidationError("'\(text)' is no amount of memory; write for example 500M or 2G.")
    }
    bytes = Int(value * factor)
  }
}
