/// Weights of cubic interpolation (Catmull-Rom).
enum CubicWeights {
  /// Weights of the samples at −1, 0, 1 and 2 for a place between 0 and 1.
  @inline(__always)
  static func values(_ t: Double) -> SIMD4<Double> {
    let t2 = t * t
    let t3 = t2 * t
    return SIMD4(
      -0.5 * t + t2 - 0.5 * t3, 1 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2 * t2 - 1.5 * t3,
      0.5 * (t3 - t2))
  }
}
