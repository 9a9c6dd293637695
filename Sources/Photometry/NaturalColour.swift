import SpaceMath

/// What an eye would see by sunlight, from the I/F in JunoCam's red, green and blue bands.
///
/// Three numbers do not determine a spectrum; what kind of body it is nearly does. The colour is the
/// best guess over the family of spectra of such bodies (`SpectralFamily`) and areal mixtures of them: least squares, weighted as lightness perceives, with bands disturbed by a little noise so
/// that the answer does not amplify it. Its form is, with m the mean of the bands, u = (R − G) / m and
/// v = (B − G) / m,
///
///     XYZ = white · G + a (R − G) + b (B − G) + m (c u² + d u v + e v²)
///
/// which scales with exposure and maps grey to neutral exactly; saturation is not touched.
public struct NaturalColour: Sendable {
  /// Space of the linear RGB that comes out.
  public let space: RGBSpace
  /// Coefficients of R, G and B (columns) in linear RGB (rows); rows sum to 1.
  public let linear: Matrix3
  /// Coefficients of m u², m u v and m v² (columns) in linear RGB (rows); rows arbitrary.
  public let quadratic: Matrix3

  /// Below this mean I/F the quadratic part fades, so that noise around zero is not bent to a colour.
  public static let smallestMean = 0.004
  /// u and v are held within ± this: the family does not reach beyond, nor should its parabola.
  public static let largestRatio = 1.4

  /// The estimate for a display space and a kind of target. Cheap: each fit is made once.
  public init(space: RGBSpace, family: SpectralFamily) {
    self.init(space: space, fit: .of(family))
  }

  init(space: RGBSpace, fit: BandRegression) {
    self.space = space
    let toRGB = space.fromXYZ
    let (a, b) = (toRGB * fit.redMinusGreen, toRGB * fit.blueMinusGreen)
    let ones = SIMD3<Double>(repeating: 1)
    linear = Matrix3(a, ones - a - b, b).transpose
    quadratic = Matrix3(toRGB * fit.uu, toRGB * fit.uv, toRGB * fit.vv).transpose
  }

  /// Linear RGB (solar white = 1, 1, 1) of I/F in red, green, blue.
  public func linearRGB(_ bands: SIMD3<Double>) -> SIMD3<Double> {
    let mean = (bands.x + bands.y + bands.z) / 3
    let scale = max(mean, Self.smallestMean)
    let limit = Self.largestRatio
    let u = min(max((bands.x - bands.y) / scale, -limit), limit)
    let v = min(max((bands.z - bands.y) / scale, -limit), limit)
    return linear * bands + quadratic * SIMD3(u * u, u * v, v * v) * max(mean, 0)
  }
}
