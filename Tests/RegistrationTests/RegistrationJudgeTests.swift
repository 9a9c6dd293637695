import JunoCam
import Testing

@testable import Registration

@Suite struct RegistrationJudgeTests {
  /// Ties that all miss by two pixels along rows.
  private func ties(_ count: Int) -> ResidualStatistics {
    let fit = ObservationFit(
      kind: .tie, place: FrameletPoint(image: 0, frame: 3, filter: .green, pixel: SIMD2(800, 64)),
      residual: SIMD2(0.3, 2), normalised: 8, weight: 1, redundancy: 1)
    return ResidualStatistics([ObservationFit](repeating: fit, count: count), kind: .tie)
  }

  @Test func twoMistakenTiesDoNotOverruleALimb() {
    #expect(RegistrationJudge().refusal(ties: ties(2)) == nil)
  }

  @Test func manyTiesDo() {
    let reason = RegistrationJudge().refusal(ties: ties(30))
    #expect(reason?.contains("0.30, 2.00 px") == true)
  }
}
