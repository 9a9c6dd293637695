/// Where the pixels of a product lie on (or just above) the target.
///
/// A map grid, a perspective view, an unrolled limb: whatever can say which body-fixed point an
/// output position shows can be filled by the same warp.
public protocol SurfaceGrid: Sendable {
  /// Output samples in a line.
  var width: Int { get }
  /// Output lines.
  var height: Int { get }
  /// Semi-axes of the target, km.
  var radii: SIMD3<Double> { get }

  /// Fills points (body axes, km) for `points.count` output positions on one line.
  ///
  /// - Parameters:
  ///   - line: output line coordinate; the centre of line i is i + 0.5.
  ///   - firstSample: coordinate of the first position; the next ones follow at steps of 1.
  ///   - points: receives the points; NaN where the output shows neither target nor sky.
  func fill(line: Double, firstSample: Double, points: SurfacePoints)
}

/// Three borrowed columns of coordinates that a `SurfaceGrid` fills.
public struct SurfacePoints {
  /// Number of points; a multiple of eight.
  public let count: Int
  /// Body-fixed coordinates, km.
  public let x: UnsafeMutablePointer<Float>
  public let y: UnsafeMutablePointer<Float>
  public let z: UnsafeMutablePointer<Float>

  public init(
    count: Int, x: UnsafeMutablePointer<Float>, y: UnsafeMutablePointer<Float>,
    z: UnsafeMutablePointer<Float>
  ) {
    self.count = count
    self.x = x
    self.y = y
    self.z = z
  }

  /// Stores one point.
  @inlinable
  public func set(_ index: Int, _ point: SIMD3<Double>) {
    x[index] = Float(point.x)
    y[index] = Float(point.y)
    z[index] = Float(point.z)
  }
}
