import SpaceMath

/// Analytic reflectances of the materials that surfaces like Io's are made of.
///
/// Shapes, not measurements: sulphur's absorption edge as a sigmoid (steep for pure sulphur, a broad
/// ramp for altered and mixed deposits), the broad band of short sulphur chains as a Gaussian, frost
/// with its drop into the ultraviolet, dark silicate with a slope.
public enum SpectralFamily {
  /// Sulphur: `foot` of the plateau below an absorption edge at `edgeNm` that rises over a few
  /// `widthNm`, then a plateau with a relative `slope` per 300 nm about 600 nm.
  public static func sulphur(
    plateau: Double, edgeNm: Double, widthNm: Double, foot: Double, slope: Double = 0
  ) -> Spectrum {
    Spectrum { wavelength in
      let step = sigmoid((wavelength - edgeNm) / widthNm)
      return plateau * (foot + (1 - foot) * step) * (1 + slope * (wavelength - 600) / 300)
    }
  }

  /// A relative absorption band, to multiply a reflectance by: short sulphur chains absorb
  /// around 520–540 nm.
  public static func band(depth: Double, centreNm: Double, widthNm: Double) -> Spectrum {
    Spectrum { wavelength in
      let x = (wavelength - centreNm) / widthNm
      return 1 - depth * Elementary.exp(-x * x)
    }
  }

  /// A relative loss of light beyond an edge, to multiply a reflectance by: what makes sulphur green.
  public static func redLoss(depth: Double, edgeNm: Double, widthNm: Double) -> Spectrum {
    Spectrum { 1 - depth * sigmoid(($0 - edgeNm) / widthNm) }
  }

  /// Sulphur dioxide frost: bright and nearly grey, a little darker towards the ultraviolet.
  public static func frost(plateau: Double, loss: Double, widthNm: Double) -> Spectrum {
    Spectrum { plateau * (1 - loss * Elementary.exp(-($0 - 380) / widthNm)) }
  }

  /// A straight line through `value` at 550 nm with a relative `slope` per 350 nm.
  public static func line(value: Double, slope: Double) -> Spectrum {
    Spectrum { value * (1 + slope * ($0 - 550) / 350) }
  }

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + Elementary.exp(-x)) }

  /// A material of a kind with parameters drawn from plausible ranges.
  static func draw(_ random: inout SplitMix64) -> Spectrum {
    func sulphur(_ plateau: ClosedRange<Double>) -> Spectrum {
      Self.sulphur(
        plateau: random.uniform(plateau), edgeNm: random.uniform(400...490),
        widthNm: random.uniform(8...35), foot: random.uniform(0.05...0.6),
        slope: random.uniform(-0.1...0.25))
    }
    switch random.next() % 8 {
    case 0: return line(value: random.uniform(0.05...0.9), slope: random.uniform(-0.1...0.6))
    case 1, 6: return sulphur(0.4...0.95)
    case 2:
      return sulphur(0.2...0.8)
        * band(
          depth: random.uniform(0.1...0.75), centreNm: random.uniform(500...545),
          widthNm: random.uniform(40...75))
    case 3:
      return frost(
        plateau: random.uniform(0.7...0.97), loss: random.uniform(0...0.25),
        widthNm: random.uniform(20...50))
    case 4: return line(value: random.uniform(0.03...0.15), slope: random.uniform(0...0.5))
    case 5:
      return Self.sulphur(
        plateau: random.uniform(0.2...0.9), edgeNm: random.uniform(400...640),
        widthNm: random.uniform(25...80), foot: random.uniform(0.05...0.7),
        slope: random.uniform(-0.1...0.25))
    default:
      return sulphur(0.2...0.6)
        * redLoss(
          depth: random.uniform(0.1...0.4), edgeNm: random.uniform(590...680),
          widthNm: random.uniform(20...50))
    }
  }
}
