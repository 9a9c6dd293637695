/// DN12 of the codes of an image, those beyond 255 included.
///
/// A camera whose black level is raised by dark current meets more than the companding table holds. The code
/// then wraps round: what should have been 256, 257, … is sent as 0, 1, … (61T00209, RED: …, 241, 1, 2, 3).
struct CodeScale: Sendable {
  /// Codes beyond 255 that are told from dark ones. 61T00209 goes up to 6.
  static let wrapped = 16

  /// DN12 of codes 0...255 and of 256..<256 + `wrapped`, which go on with the table's last step.
  let values: [Double]

  /// - Parameter table: DN12 of codes 0...255.
  init(table: [Float]) {
    var values = table.map(Double.init)
    let step = values[255] - values[254]
    for _ in 0..<Self.wrapped { values.append(values[values.count - 1] + step) }
    self.values = values
  }

  /// DN12 from one code to the next.
  func step(_ code: Int) -> Double {
    code + 1 < values.count ? values[code + 1] - values[code] : values[code] - values[code - 1]
  }

  /// What a wrapped code falls short of its true number, DN12.
  func shortfall(_ code: Int) -> Float {
    code < Self.wrapped ? Float(values[256 + code] - values[code]) : 0
  }
}
