/// Blur of an image at the limb, the pixel's own square left out: variances of a Gaussian, px².
public struct LimbBlur: Hashable, Codable, Sendable {
  /// Across columns (along a row), and across rows, where the scene moves on while a stage of the
  /// exposure lasts.
  public var columns: Double
  public var rows: Double

  public init(columns: Double, rows: Double) {
    self.columns = columns
    self.rows = rows
  }

  /// - Parameters:
  ///   - pointSpread: one sigma of the optics, px
  ///   - rowSmear: rows over which a sample is smeared evenly
  public init(pointSpread: Double, rowSmear: Double) {
    columns = pointSpread * pointSpread
    rows = columns + rowSmear * rowSmear / 12
  }

  /// Greatest variance that is believed, px².
  private static let greatest = 2.0

  /// What is known of the blur before an image is looked at, px², one sigma.
  private static let priorSigma = 0.3

  /// The blur that the limb itself shows.
  ///
  /// A blur of the wrong width pulls the edge towards the darker side of ground that brightens or
  /// darkens behind it; one stretch of limb tells blur from ground badly, all of them together well.
  ///
  /// - Parameter points: the limb as measured with this blur
  func refined(by points: [LimbDetector.Point]) -> LimbBlur {
    // The sharpest stretches must not decide alone.
    let sorted = points.map(\.blurInformation).sorted()
    guard let limit = sorted.dropFirst(sorted.count * 9 / 10).first else { return self }
    let prior = 1 / (Self.priorSigma * Self.priorSigma)
    var (xx, xy, yy) = (prior, 0.0, prior)
    var right = SIMD2(0.0, 0.0)
    for point in points where point.blurInformation > 0 {
      let normal = point.observation.normal
      let share = SIMD2(normal.x * normal.x, normal.y * normal.y)
      let weight = min(point.blurInformation, limit)
      let change = min(max(point.blurChange, -0.4), 0.4)
      xx += weight * share.x * share.x
      xy += weight * share.x * share.y
      yy += weight * share.y * share.y
      right += share * (weight * change)
    }
    let determinant = xx * yy - xy * xy
    let change = SIMD2(yy * right.x - xy * right.y, xx * right.y - xy * right.x) / determinant
    func held(_ value: Double) -> Double { min(max(value, 0), Self.greatest) }
    return LimbBlur(columns: held(columns + change.x), rows: held(rows + change.y))
  }
}
