/// How the camera squeezes 12-bit numbers into 8-bit codes (SAMPLE_BIT_MODE_ID).
///
/// The inverse tables are those of the EDR/RDR SIS. `squareRoot` is piecewise linear: within each
/// stretch of codes the 12-bit value rises by a fixed step.
public enum SampleBitMode: String, Codable, Sendable, CaseIterable {
  case squareRoot = "SQROOT"
  case linear1 = "LIN1"
  case linear8 = "LIN8"
  case linear16 = "LIN16"

  /// Codes at which the step of `squareRoot` changes, and the step that holds from there on.
  private static let squareRootSteps: [(code: Int, step: Int)] = [
    (0, 1), (23, 2), (43, 4), (89, 8), (184, 16), (209, 32),
  ]

  /// The SIS table: the 12-bit number (DN12) for each of the 256 codes, strictly increasing.
  public var table: [Int] {
    switch self {
    case .linear1: return Array(0..<256)
    case .linear8: return (0..<256).map { $0 * 8 }
    case .linear16: return (0..<256).map { $0 * 16 }
    case .squareRoot:
      var values = [0]
      values.reserveCapacity(256)
      for code in 0..<255 {
        let step = Self.squareRootSteps.last { $0.code <= code }?.step ?? 1
        values.append(values[code] + step)
      }
      return values
    }
  }

  /// Distance in DN12 from the table value of each code to that of the next (the last repeats its
  /// predecessor): the quantisation step at that brightness.
  public var steps: [Int] {
    let values = table
    var steps = zip(values, values.dropFirst()).map { $1 - $0 }
    steps.append(steps[254])
    return steps
  }
}
