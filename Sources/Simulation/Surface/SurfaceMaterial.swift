import Photometry

/// The seven materials of which the simulated Io is mixed, each with a reflectance spectrum.
///
/// All but the silicate have the shape of spectra that were measured of Io's units
/// (`MeasuredSpectra`), made steeper or flatter until the disc average has Io's blue/green ≈ 0.6 of
/// 440 and 550 nm and red/green ≈ 1.15; levels and steepness are inventions of this simulator.
public enum SurfaceMaterial: Int, CaseIterable, Sendable {
  case greyPlains
  case yellowPlains
  case polarBrown
  case redSulphur
  case frost
  case silicate
  case green

  /// Normal reflectance (the B0 of the photometric models).
  public var spectrum: Spectrum {
    func shaped(_ measured: Spectrum, blue: Double, red: Double, level: Double) -> Spectrum {
      SpectralFamily.steepened(measured, blue: blue, red: red) * level
    }
    switch self {
    case .greyPlains:
      return shaped(
        Self.mean(MeasuredSpectra.ioWhite, MeasuredSpectra.ioYellow), blue: 1.4557, red: 0.9375,
        level: 0.6695)
    case .yellowPlains:
      return shaped(MeasuredSpectra.ioYellow, blue: 2.1526, red: 1.0081, level: 0.6250)
    case .polarBrown:
      return shaped(
        Self.mean(MeasuredSpectra.ioYellow, MeasuredSpectra.ioTrailing), blue: 1.6991,
        red: 1.4502, level: 0.4269)
    case .redSulphur:
      return shaped(MeasuredSpectra.ioRed, blue: 2.8571, red: 2.5337, level: 0.2678)
    case .frost:
      return shaped(MeasuredSpectra.ioWhite, blue: 0.2386, red: 0.2580, level: 0.8672)
    case .silicate:
      // Dark and slightly red, with the onset of the 1 µm band.
      return Spectrum(nodes: [
        (400, 0.042), (450, 0.050), (500, 0.058), (550, 0.066), (600, 0.073), (650, 0.078),
        (700, 0.082), (750, 0.084), (800, 0.083), (850, 0.079), (900, 0.074),
      ])
    case .green:
      return shaped(MeasuredSpectra.ioYellow, blue: 1.6011, red: 0.1166, level: 0.3321)
    }
  }

  /// Mean of two spectra of one level at 550 nm.
  private static func mean(_ one: Spectrum, _ other: Spectrum) -> Spectrum {
    func levelled(_ spectrum: Spectrum) -> Spectrum {
      spectrum * (0.5 / spectrum.value(nanometres: 550))
    }
    return levelled(one) + levelled(other)
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
