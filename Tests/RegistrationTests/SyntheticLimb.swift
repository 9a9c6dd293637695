import JunoCam
import Mapping
import Raster
import SpaceMath

/// An unrolled limb drawn pixel by pixel: ground of uneven brightness, lit on a part of the circle, the
/// wings of a point spread, noise, a limb that is not where the pose says, and what a test adds.
struct SyntheticLimb {
  /// A cloud of light above the limb: flat inside, soft at its edge.
  struct Cloud {
    var angle: Double
    var heightKm: Double
    /// Half of its breadth at the limb, degrees.
    var halfWidth: Double
    var iOverF: Double
    /// Where its lower end is, km.
    var baseKm = 0.0
  }

  var seed: UInt64
  var width = 720
  var kilometresPerPixel = 14.0
  var noise = 0.003
  /// Position angles between which the ground is lit.
  var lit = 60.0...240.0
  /// Amplitude and direction (degrees) of the limb's displacement, pixels.
  var shift = (pixels: 0.0, towards: 0.0)
  var clouds: [Cloud] = []
  /// Single pixels of one band: column, row above the limb, I/F.
  var spots: [(column: Int, row: Int, iOverF: Double)] = []

  static let bands: [(filter: Filter, colour: Double)] = [(.blue, 1.2), (.green, 1), (.red, 0.8)]

  func image() -> LimbImage {
    let camera = Vector3(20_000, 0, 0)
    let height = Int((700 / kilometresPerPixel).rounded())
    let grid = LimbGrid(
      radii: Vector3(1829.4, 1819.4, 1815.7), camera: camera, north: Vector3(0, 0, 1),
      left: Vector3(0, -1, 0), altitudes: -300...400, width: width, height: height)
    var state = seed
    let bands = Self.bands.enumerated().map { place, band in
      var values = Plane<Float>(width: width, height: height, filledWith: 0)
      let sigma = Plane<Float>(width: width, height: height, filledWith: Float(noise))
      for line in 0..<height {
        for column in 0..<width {
          let angle = grid.positionAngle(sample: Double(column) + 0.5)
          let offset =
            shift.pixels * Elementary.cos(Angle.radians(angle - shift.towards)) * kilometresPerPixel
          let altitude = grid.altitude(line: Double(line) + 0.5) - offset
          var light = ground(angle) * profile(altitude / kilometresPerPixel)
          for cloud in clouds { light += cloud.light(angle, altitude) * band.colour }
          values[line, column] = Float(light + noise * Self.gauss(&state))
        }
      }
      if place == 0 {
        let limb = Int(grid.line(altitude: 0))
        for spot in spots { values[limb - 1 - spot.row, spot.column] += Float(spot.iOverF) }
      }
      return LimbImage.Band(filter: band.filter, values: values, sigma: sigma)
    }
    return LimbImage(grid: grid, bands: bands, frames: Array(repeating: 3, count: width))
  }

  /// Brightness of the ground inside the limb: terminators are soft, terrain is uneven.
  private func ground(_ angle: Double) -> Double {
    let rise = min(angle - lit.lowerBound, lit.upperBound - angle) / 25
    let waves =
      1 + 0.25 * Elementary.sin(angle * 0.35 + Double(seed % 17))
      + 0.15 * Elementary.sin(angle * 1.9 + Double(seed % 29))
    return 0.5 * min(max(rise, 0.002), 1) * waves
  }

  /// Light by the distance from the edge in pixels, the ground's as 1: a core and faint wings.
  private func profile(_ pixels: Double) -> Double {
    let core = 0.5 - 0.5 * pixels / (0.4 + abs(pixels))
    if pixels < 0 { return max(core, 0.5) > 0.5 ? min(core * 1.15, 1) : core }
    let square = pixels * pixels
    return 0.5 / (1 + 3 * square) * max(1 - pixels / 8, 0) + 0.012 / (1 + square / 9)
  }

  /// Sum of twelve uniform numbers less six.
  private static func gauss(_ state: inout UInt64) -> Double {
    (0..<12).reduce(-6.0) { sum, _ in
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return sum + Double((z ^ (z >> 31)) >> 11) / Double(1 << 53)
    }
  }
}

extension SyntheticLimb.Cloud {
  /// I/F at a place.
  func light(_ angle: Double, _ altitude: Double) -> Double {
    guard altitude > baseKm else { return 0 }
    let across = (angle - self.angle) / halfWidth
    // A dome; soft over a tenth of its height.
    let inside = 1 - across * across - altitude / heightKm
    return iOverF * min(max(inside / 0.1 + 0.5, 0), 1)
  }
}
