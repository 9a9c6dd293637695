import CRasterKernels
import Raster
import SpaceMath

/// A simple cylindrical map: equal steps of planetocentric latitude down, of longitude across.
///
/// Each pixel's point lies on the triaxial ellipsoid in the direction of its latitude and
/// longitude. East longitude grows to the right.
public struct SimpleCylindricalGrid: SurfaceGrid {
  public let radii: Vector3
  public let pixelsPerDegree: Double
  /// East longitude of the left edge, degrees; the right edge is `width / pixelsPerDegree` east
  /// of it.
  public let westernLongitude: Double
  /// Latitude of the upper edge, degrees.
  public let northernLatitude: Double
  public let width: Int
  public let height: Int

  /// - Parameters:
  ///   - radii: semi-axes of the target, km.
  ///   - pixelsPerDegree: scale.
  ///   - longitudes: east longitudes of the left and right edges, degrees; if the right one is
  ///     not larger, the map runs through 360.
  ///   - latitudes: planetocentric latitudes of the lower and upper edges, degrees.
  public init(
    radii: Vector3, pixelsPerDegree: Double,
    longitudes: (west: Double, east: Double) = (0, 360),
    latitudes: (south: Double, north: Double) = (-90, 90)
  ) {
    self.radii = radii
    self.pixelsPerDegree = pixelsPerDegree
    westernLongitude = longitudes.west
    northernLatitude = latitudes.north
    var span = longitudes.east - longitudes.west
    if span <= 0 { span += 360 }
    width = max(Int((span * pixelsPerDegree).rounded()), 1)
    height = max(Int(((latitudes.north - latitudes.south) * pixelsPerDegree).rounded()), 1)
  }

  /// Whether the left and right edges of the map meet.
  public var wraps: Bool { abs(Double(width) / pixelsPerDegree - 360) < 0.5 / pixelsPerDegree }

  /// Planetocentric latitude, degrees, of a line coordinate (line centres at i + 0.5).
  public func latitude(line: Double) -> Double { northernLatitude - line / pixelsPerDegree }

  /// East longitude, degrees, not reduced to 0..<360, of a sample coordinate.
  public func longitude(sample: Double) -> Double { westernLongitude + sample / pixelsPerDegree }

  public func fill(_ block: SurfaceBlock) {
    let degree = Double.pi / 180
    let kernels = InstructionLevel.current.kernels
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * block.samples) { columns in
      guard let cosines = columns.baseAddress else { return }
      let sines = cosines + block.samples
      let equatorial = sines + block.samples
      // Along a line the longitude advances by a constant angle: a rotation, not a new sine.
      var (sine, cosine) = Elementary.sinCos(longitude(sample: block.firstSample) * degree)
      let (stepSine, stepCosine) = Elementary.sinCos(block.sampleStep * degree / pixelsPerDegree)
      for sample in 0..<block.samples {
        cosines[sample] = Float(cosine)
        sines[sample] = Float(sine)
        let x = cosine / radii.x
        let y = sine / radii.y
        equatorial[sample] = Float(x * x + y * y)
        (sine, cosine) = (
          sine * stepCosine + cosine * stepSine, cosine * stepCosine - sine * stepSine
        )
      }
      for line in 0..<block.lines {
        let angle = latitude(line: block.firstLine + Double(line) * block.lineStep) * degree
        let (sine, cosine) = Elementary.sinCos(angle)
        let polar = sine / radii.z
        let place = line * block.stride
        kernels.map_line(
          cosines, sines, equatorial, block.samples, Float(cosine), Float(sine),
          Float(polar * polar), block.x + place, block.y + place, block.z + place)
      }
    }
  }
}
