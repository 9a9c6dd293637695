import SpaceMath
import Testing

/// Numbers that `Int(_:)` would end the process for.
struct SaturatingIntegerTests {
  @Test(arguments: [
    (2.9, 2), (-2.9, -2), (0, 0), (.nan, 0), (.infinity, Int.saturated),
    (-.infinity, -Int.saturated), (1e300, Int.saturated), (-1e300, -Int.saturated),
  ])
  func everyNumberHasOne(value: Double, expected: Int) {
    #expect(Int(saturating: value) == expected)
    #expect(Int(saturating: Float(value)) == expected)
  }
}
