import Raster
import SpaceMath

/// A simple-cylindrical picture of the ground that images are laid onto: any band of any mosaic, lit
/// in whatever way.
///
/// Latitudes are planetocentric, longitudes those of the body's own axes.
public struct BaseMap: Sendable {
  /// Where the picture lies: north is up, east is to the right.
  public struct Frame: Hashable, Codable, Sendable {
    /// East longitude of the left edge, degrees.
    public var leftLongitude: Double
    /// Degrees from the left edge to the right one, 0...360.
    public var longitudeSpan: Double
    /// Latitudes of the upper and lower edge, degrees.
    public var topLatitude: Double
    public var bottomLatitude: Double

    public init(
      leftLongitude: Double, longitudeSpan: Double = 360, topLatitude: Double = 90,
      bottomLatitude: Double = -90
    ) {
      self.leftLongitude = leftLongitude
      self.longitudeSpan = longitudeSpan
      self.topLatitude = topLatitude
      self.bottomLatitude = bottomLatitude
    }

    /// A map of the whole body about a central meridian (east longitude, degrees).
    public static func global(centreLongitude: Double) -> Frame {
      Frame(leftLongitude: centreLongitude - 180)
    }
  }

  public let frame: Frame
  /// The picture and its halved copies.
  private let levels: [Plane<Float>]

  /// - Parameters:
  ///   - picture: brightness in any unit, north at the top; NaN where the map is empty
  ///   - frame: where it lies
  public init(_ picture: Plane<Float>, frame: Frame) {
    self.frame = frame
    var levels = [picture]
    while let last = levels.last, last.width >= 128, last.height >= 64 {
      levels.append(Self.halved(last))
    }
    self.levels = levels
  }

  /// A picture at half the scale, each pixel the mean of four.
  public static func halved(_ plane: Plane<Float>) -> Plane<Float> {
    var half = Plane<Float>(width: plane.width / 2, height: plane.height / 2, filledWith: 0)
    for line in 0..<half.height {
      for sample in 0..<half.width {
        let above = plane[2 * line, 2 * sample] + plane[2 * line, 2 * sample + 1]
        let below = plane[2 * line + 1, 2 * sample] + plane[2 * line + 1, 2 * sample + 1]
        half[line, sample] = (above + below) * 0.25
      }
    }
    return half
  }

  /// Width of a pixel at the equator.
  func kilometresPerPixel(radius: Double) -> Double {
    Angle.radians(frame.longitudeSpan) * radius / width(level: 0)
  }

  var levelCount: Int { levels.count }

  private var wraps: Bool { frame.longitudeSpan > 359.5 }

  /// Place of a direction from the body's centre on a level, pixels from the upper left corner; nil
  /// outside the map.
  func place(of ground: Vector3, level: Int) -> SIMD2<Double>? {
    var east = Angle.degrees(ground.longitude) - frame.leftLongitude
    east -= (east / 360).rounded(.down) * 360
    let down = frame.topLatitude - Angle.degrees(ground.latitude)
    let height = frame.topLatitude - frame.bottomLatitude
    guard wraps || east <= frame.longitudeSpan, down >= 0, down <= height else { return nil }
    return SIMD2(
      east / frame.longitudeSpan * width(level: level), down / height * self.height(level: level))
  }

  /// Unit vector, body axes, to what a level shows at a place.
  func direction(at place: SIMD2<Double>, level: Int) -> Vector3 {
    let longitude = frame.leftLongitude + place.x / width(level: level) * frame.longitudeSpan
    let down = place.y / height(level: level) * (frame.topLatitude - frame.bottomLatitude)
    return Vector3.direction(
      longitude: Angle.radians(longitude), latitude: Angle.radians(frame.topLatitude - down))
  }

  /// Width of the whole map in pixels of a level. Odd columns and lines are lost by halving: this is
  /// not the width of the level's picture.
  func width(level: Int) -> Double { Double(levels[0].width) / Double(1 << level) }

  private func height(level: Int) -> Double { Double(levels[0].height) / Double(1 << level) }

  func surface(level: Int) -> Surface { Surface(plane: levels[level], wraps: wraps) }

  /// One level between its samples (Catmull-Rom).
  struct Surface: PatchSurface {
    let plane: Plane<Float>
    let wraps: Bool

    func value(_ x: Double, _ y: Double) -> Double {
      let px = x - 0.5
      let py = y - 0.5
      guard px.magnitude < 1e7, py >= 0, py <= Double(plane.height - 1) else { return .nan }
      if !wraps { guard px >= 1, px < Double(plane.width - 2) else { return .nan } }
      let left = px.rounded(.down)
      let top = py.rounded(.down)
      let weightsX = CubicWeights.values(px - left)
      let weightsY = CubicWeights.values(py - top)
      let column = Int(left)
      let row = Int(top)
      let width = plane.width
      return plane.samples.withUnsafeBufferPointer { samples in
        var sum = 0.0
        for j in 0..<4 {
          let line = min(max(row + j - 1, 0), plane.height - 1) * width
          var part = 0.0
          for i in 0..<4 {
            var at = (column + i - 1) % width
            if at < 0 { at += width }
            part += Double(samples[line + at]) * weightsX[i]
          }
          sum += part * weightsY[j]
        }
        return sum
      }
    }
  }
}
