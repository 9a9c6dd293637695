import JunoCam
import Raster
import SpaceMath

/// What the detector and its electronics make of light: 12-bit numbers and then 8-bit codes.
struct Detector: Sendable {
  /// Numbers that hold for one image.
  struct Settings: Sendable {
    var radiometry: Radiometry
    /// DN12 that every sample gets, per filter, and by how much it rises from frame to frame.
    var black: [Filter: Double]
    var blackDrift: Double
    /// Read noise in DN12, electrons per DN12.
    var readNoise: Double
    var electronsPerDN: Double
    /// DN12 at which a pixel is full, above black.
    var fullWell: Double
    /// Fall of sensitivity from the axis to the edge of the field (0.25 = a quarter).
    var vignetting: Double
    var hasNoise: Bool
    var hotPixels: [Filter: [HotPixel]]
    var tdiStages: Int
    var mode: SampleBitMode
  }

  /// A pixel that adds charge of its own in every frame.
  struct HotPixel: Hashable, Sendable {
    var row: Int
    var column: Int
    /// DN12 in one TDI stage.
    var level: Double
  }

  let settings: Settings
  private let codes: [UInt8]

  init(settings: Settings) {
    self.settings = settings
    codes = Decompanding(mode: settings.mode).codes
  }

  /// Codes of one framelet.
  ///
  /// - Parameters:
  ///   - light: I/F, 0 in masked columns
  ///   - noise: stream of this framelet alone
  func codes(
    light: Plane<Float>, filter: Filter, frame: Int, model: CameraModel, noise: SeededRandom
  ) -> Plane<UInt8> {
    let width = light.width
    let perIOverF = settings.radiometry.dn12(iOverF: 1, filter)
    let black = (settings.black[filter] ?? 0) + settings.blackDrift * Double(frame)
    var charge = [Double](repeating: 0, count: light.samples.count)
    for row in 0..<light.height {
      for column in FrameletShape.photoactiveColumns {
        let value = Double(light[row, column])
        if value != 0 {
          charge[row * width + column] =
            value * perIOverF * transmission(row: row, column: column, model: model)
        }
      }
    }
    for pixel in settings.hotPixels[filter] ?? [] {
      for stage in 0..<settings.tdiStages where pixel.row + stage < light.height {
        charge[(pixel.row + stage) * width + pixel.column] += pixel.level
      }
    }
    var result = Plane<UInt8>(width: width, height: light.height, filledWith: 0)
    var index = 0
    while index < charge.count {
      let pair = settings.hasNoise ? Self.gaussians(noise, UInt64(index)) : (0, 0)
      result.samples[index] = code(charge[index], black: black, deviate: pair.0)
      if index + 1 < charge.count {
        result.samples[index + 1] = code(charge[index + 1], black: black, deviate: pair.1)
      }
      index += 2
    }
    return result
  }

  /// Relative sensitivity: cos⁴-like fall with the square of the distance from the axis.
  private func transmission(row: Int, column: Int, model: CameraModel) -> Double {
    guard settings.vignetting > 0 else { return 1 }
    let x = (Double(column) + 0.5 - model.centreX) / 804
    let y = (Double(row) + 0.5 - model.centreY) / 804
    return 1 - settings.vignetting * min(x * x + y * y, 1.3)
  }

  @inline(__always)
  private func code(_ charge: Double, black: Double, deviate: Double) -> UInt8 {
    let full = min(charge, settings.fullWell)
    let variance = settings.readNoise * settings.readNoise + max(full, 0) / settings.electronsPerDN
    let number = full + black + deviate * variance.squareRoot()
    return codes[min(max(Int(number + 0.5), 0), 4095)]
  }

  /// Two independent normal deviates (Box and Muller 1958) for a place in the stream.
  static func gaussians(_ stream: SeededRandom, _ index: UInt64) -> (Double, Double) {
    let first = stream.bits(at: 2 * index)
    let second = stream.bits(at: 2 * index + 1)
    let radius = (-2 * Elementary.log((Double(first >> 11) + 1) * 0x1p-53)).squareRoot()
    let turn = Elementary.sinCos(Double(second >> 11) * (2 * .pi * 0x1p-53))
    return (radius * turn.cos, radius * turn.sin)
  }
}
