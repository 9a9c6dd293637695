/// The seven materials of which the simulated Io is mixed, each with a reflectance spectrum.
///
/// The values are plausible readings of published laboratory and telescopic curves (sulphur's
/// absorption edge near 450 nm, the flat bright SO2 frost, dark slightly red silicate with the
/// onset of the 1 µm band), chosen so that the disc average keeps Io's blue/green ≈ 0.6 and
/// red/green ≈ 1.15; they are inventions of this simulator, not measurements.
public enum SurfaceMaterial: Int, CaseIterable, Sendable {
  case greyPlains
  case yellowPlains
  case polarBrown
  case redSulphur
  case frost
  case silicate
  case green

  /// Wavelength of the first knot and the distance between knots, nm.
  private static let firstKnot = 400.0
  private static let knotStep = 50.0

  /// Normal reflectance (the B0 of the photometric models) at 400, 450 … 900 nm.
  private var knots: [Double] {
    switch self {
    case .greyPlains:
      [0.270, 0.400, 0.555, 0.680, 0.715, 0.728, 0.738, 0.745, 0.750, 0.753, 0.753]
    case .yellowPlains:
      [0.100, 0.235, 0.465, 0.635, 0.680, 0.697, 0.706, 0.713, 0.719, 0.722, 0.722]
    case .polarBrown:
      [0.085, 0.165, 0.310, 0.425, 0.488, 0.518, 0.538, 0.553, 0.564, 0.570, 0.573]
    case .redSulphur:
      [0.085, 0.120, 0.170, 0.265, 0.455, 0.590, 0.650, 0.680, 0.695, 0.702, 0.705]
    case .frost:
      [0.720, 0.810, 0.850, 0.868, 0.878, 0.884, 0.887, 0.889, 0.890, 0.889, 0.886]
    case .silicate:
      [0.042, 0.050, 0.058, 0.066, 0.073, 0.078, 0.082, 0.084, 0.083, 0.079, 0.074]
    case .green:
      [0.090, 0.160, 0.265, 0.335, 0.350, 0.342, 0.330, 0.322, 0.315, 0.308, 0.300]
    }
  }

  /// Normal reflectance at a wavelength: a Catmull-Rom curve through the knots, constant beyond
  /// the first and the last.
  public func reflectance(nanometres: Double) -> Double {
    let values = knots
    let position = (nanometres - Self.firstKnot) / Self.knotStep
    if position <= 0 { return values[0] }
    if position >= Double(values.count - 1) { return values[values.count - 1] }
    let index = Int(position)
    let t = position - Double(index)
    let before = values[max(index - 1, 0)]
    let start = values[index]
    let end = values[index + 1]
    let after = values[min(index + 2, values.count - 1)]
    let startSlope = (end - before) / 2
    let endSlope = (after - start) / 2
    let t2 = t * t
    let t3 = t2 * t
    return (2 * t3 - 3 * t2 + 1) * start + (t3 - 2 * t2 + t) * startSlope
      + (3 * t2 - 2 * t3) * end + (t3 - t2) * endSlope
  }
}

/// Shares of the materials in one footprint, in the order of `SurfaceMaterial`; they sum to one.
public typealias Abundances = SIMD8<Float>

extension Abundances {
  /// All of one material.
  init(_ material: SurfaceMaterial) {
    self = .zero
    self[material.rawValue] = 1
  }

  /// A mixture, normalised to sum one.
  init(mixing shares: [SurfaceMaterial: Float]) {
    self = .zero
    for (material, share) in shares { self[material.rawValue] = share }
    self /= sum()
  }

  /// Covers a share `opacity` of the footprint with another mixture.
  @inline(__always)
  mutating func cover(with other: Abundances, opacity: Float) {
    self += (other - self) * opacity
  }
}
