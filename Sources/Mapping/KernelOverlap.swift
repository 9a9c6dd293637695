/// How much two interpolated values share of the noise of the samples they were made of.
///
/// The values of a framelet at two places d apart have covariance σ² ∫ k(u) k(u + d) du along each
/// axis, averaged over the places' position between the samples; k is the interpolation kernel.
struct KernelOverlap: Sendable {
  private static let steps = 32
  /// ∫ k(u) k(u + d) du at d = index / steps, up to where the kernels no longer meet.
  private let table: [Double]

  init(_ resampling: Resampling) {
    let taps = resampling.taps
    let count = taps * Self.steps
    // The kernel from its left end to its right one, at the middles of steps.
    let kernel = (0..<count).map { index -> Double in
      let tap = taps - 1 - index / Self.steps
      let fraction = (Float(index % Self.steps) + 0.5) / Float(Self.steps)
      return Double(resampling.weight(tap, fraction: fraction))
    }
    table = (0..<count).map { shift in
      var sum = 0.0
      for index in shift..<count { sum += kernel[index] * kernel[index - shift] }
      return sum / Double(Self.steps)
    }
  }

  /// Along one axis, at a distance in samples.
  func along(_ distance: Double) -> Double {
    let place = abs(distance) * Double(Self.steps)
    let index = Int(place)
    guard index + 1 < table.count else { return 0 }
    let share = place - Double(index)
    return table[index] * (1 - share) + table[index + 1] * share
  }

  /// Variance of the mean of a pixel's sub-samples over the mean of their variances: 1 for one
  /// sub-sample, 1 / n for n whose kernels do not meet.
  ///
  /// - Parameters:
  ///   - across, down: numbers of sub-samples.
  ///   - alongSample, alongLine: displacement in the framelet from one output pixel to the next.
  func factor(
    across: Int, down: Int, alongSample: SIMD2<Double>, alongLine: SIMD2<Double>
  ) -> Float {
    let count = across * down
    guard count > 1 else { return 1 }
    let own = along(0) * along(0)
    var sum = 0.0
    for line in -(down - 1)...(down - 1) {
      for sample in -(across - 1)...(across - 1) {
        // As many pairs of sub-samples lie this far apart.
        let pairs = Double((down - abs(line)) * (across - abs(sample)))
        let apart =
          alongSample * (Double(sample) / Double(across)) + alongLine
          * (Double(line) / Double(down))
        sum += pairs * along(apart.x) * along(apart.y)
      }
    }
    return Float(min(max(sum / (own * Double(count * count)), 1 / Double(count * count)), 1))
  }
}
