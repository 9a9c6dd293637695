import SpaceMath

/// A photometric model for each band of a picture.
public struct BandModels: Hashable, Codable, Sendable {
  /// Model of the red band.
  public var red: PhotometricModel
  /// Model of the green band.
  public var green: PhotometricModel
  /// Model of the blue band.
  public var blue: PhotometricModel

  /// Models band by band.
  public init(red: PhotometricModel, green: PhotometricModel, blue: PhotometricModel) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// One model for all bands.
  public init(_ model: PhotometricModel) { self.init(red: model, green: model, blue: model) }

  /// Lunar-Lambert for Io where nothing has been fitted.
  ///
  /// An assumption: no table of Io's parameters in JunoCam's bands exists. At small phase L matches
  /// the customary Minnaert exponents (k about 0.55 in blue, 0.65 in green, 0.7 in red; L ≈ 2 (1 − k)),
  /// and it falls to nothing at 150° phase, as L of every body that has been measured falls.
  public static func io(phaseRad: Double) -> BandModels {
    let share = max(0, 1 - phaseRad / (150 * Double.pi / 180))
    return BandModels(
      red: .lunarLambert(l: 0.6 * share), green: .lunarLambert(l: 0.7 * share),
      blue: .lunarLambert(l: 0.9 * share))
  }
}
