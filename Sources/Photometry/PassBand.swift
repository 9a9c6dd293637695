/// The four spectral bands of JunoCam.
///
/// Nominal half-power wavelengths and the detector's quantum efficiency are those of the calibration
/// report (MSSS-JUNOCAM-DOC-0102). The report's curves are not public as numbers, so the shape is an
/// assumption: a flat top with smooth (cubic) edges as wide as `edgeWidthNm`, times the quantum
/// efficiency read off the report's plot. The visible light that leaks through the methane filter
/// is left out.
public enum PassBand: String, CaseIterable, Codable, Sendable {
  case blue, green, red, methane

  /// Half-power wavelengths, nm.
  public var halfPowerNm: ClosedRange<Double> {
    switch self {
    case .blue: 420...520
    case .green: 500...600
    case .red: 600...800
    case .methane: 880...900
    }
  }

  /// Width of each edge from nothing to full transmission, nm (assumption).
  public var edgeWidthNm: Double { self == .methane ? 10 : 16 }

  /// Filter transmission with its top at 1.
  public var transmission: Spectrum {
    let (range, width) = (halfPowerNm, edgeWidthNm)
    return Spectrum { wavelength in
      let rise = Self.smoothStep((wavelength - range.lowerBound) / width + 0.5)
      let fall = Self.smoothStep((range.upperBound - wavelength) / width + 0.5)
      return rise * fall
    }
  }

  /// Quantum efficiency of the KAI-2020M with microlenses, electrons per photon: 0.56 near 470 nm,
  /// 0.4 at 600, 0.2 at 700, 0.1 at 800, 0.04 at 900 (calibration report); between and below these
  /// the smooth course is ours.
  public static let quantumEfficiency = Spectrum(nodes: [
    (380, 0.36), (400, 0.44), (430, 0.53), (470, 0.56), (500, 0.55), (550, 0.49), (600, 0.40),
    (650, 0.295), (700, 0.20), (750, 0.145), (800, 0.10), (850, 0.066), (900, 0.04),
  ])

  /// Electrons per unit of spectral energy, relative: transmission × quantum efficiency × wavelength
  /// (a CCD counts photons).
  public var energyResponse: Spectrum {
    transmission * Self.quantumEfficiency * Spectrum { $0 / 550 }
  }

  /// Weights of wavelengths for a sunlit surface: energy response × solar irradiance.
  public var sunlitWeights: Spectrum {
    switch self {
    case .blue: Self.blueWeights
    case .green: Self.greenWeights
    case .red: Self.redWeights
    case .methane: Self.methaneWeights
    }
  }

  /// Solar-weighted mean of a reflectance: the I/F that this band measures of it.
  public func iOverF(of reflectance: Spectrum) -> Double {
    reflectance.mean(weightedBy: sunlitWeights)
  }

  private static let blueWeights = PassBand.blue.energyResponse * SpectralTables.sunlight
  private static let greenWeights = PassBand.green.energyResponse * SpectralTables.sunlight
  private static let redWeights = PassBand.red.energyResponse * SpectralTables.sunlight
  private static let methaneWeights = PassBand.methane.energyResponse * SpectralTables.sunlight

  /// 0 below 0, 1 above 1, 3t² − 2t³ between.
  private static func smoothStep(_ t: Double) -> Double {
    let clamped = min(max(t, 0), 1)
    return clamped * clamped * (3 - 2 * clamped)
  }
}

extension Spectrum {
  /// I/F of a sunlit reflectance in the three colour bands, in the order red, green, blue.
  public var redGreenBlue: SIMD3<Double> {
    SIMD3(
      PassBand.red.iOverF(of: self), PassBand.green.iOverF(of: self),
      PassBand.blue.iOverF(of: self))
  }
}
