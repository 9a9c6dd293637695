import SpaceMath

/// Optics of one JunoCam strip: the pinhole with two radial terms of NAIF's instrument kernel
/// juno_junocam_v03.ti.
///
/// Coordinates are the kernel's own: x to the right, y down, origin at the upper-left corner of the
/// framelet, so that the centre of the pixel in column c and row r is (c + 0.5, r + 0.5). Vectors
/// are in JUNO_JUNOCAM: +x along columns, +y down the rows, +z boresight.
public struct CameraModel: Hashable, Codable, Sendable {
  /// Focal length in pixels (INS-61500_FOCAL_LENGTH / PIXEL_SIZE).
  public var focalLength: Double
  /// Foot of the optical axis in framelet coordinates, pixels (DISTORTION_X, DISTORTION_Y).
  public var centreX: Double
  public var centreY: Double
  /// Radial terms, px⁻² and px⁻⁴ (DISTORTION_K1, K2).
  public var k1: Double
  public var k2: Double

  public init(focalLength: Double, centreX: Double, centreY: Double, k1: Double, k2: Double) {
    self.focalLength = focalLength
    self.centreX = centreX
    self.centreY = centreY
    self.k1 = k1
    self.k2 = k2
  }

  /// The model of a filter with the numbers of juno_junocam_v03.ti, for use without kernels.
  public static func instrumentKernelV03(_ filter: Filter) -> CameraModel {
    let centreY =
      switch filter {
      case .methane: 315.48
      case .blue: 158.48
      case .green: 3.48
      case .red: -151.52
      }
    return CameraModel(
      focalLength: 10.95637 / 0.0074, centreX: 814.21, centreY: centreY,
      k1: -5.9624209455667325e-08, k2: 2.7381910042256151e-14)
  }

  /// Framelet coordinates at which a direction is imaged; nil behind the camera (z ≤ 0).
  /// The result may lie outside the strip.
  @inlinable
  public func pixel(along vector: Vector3) -> SIMD2<Double>? {
    guard vector.z > 0 else { return nil }
    let scale = focalLength / vector.z
    let x = vector.x * scale
    let y = vector.y * scale
    let r2 = x * x + y * y
    let distortion = 1 + k1 * r2 + k2 * r2 * r2
    return SIMD2(x * distortion + centreX, y * distortion + centreY)
  }

  /// Unit vector that a point of the framelet sees.
  ///
  /// The kernel's text inverts the radial terms with five fixed-point steps, which leaves up to
  /// 8e-7 px; `iterations` chooses that (5) or more. Twelve steps converge to rounding.
  @inlinable
  public func direction(x: Double, y: Double, iterations: Int = 12) -> Vector3 {
    let cx = x - centreX
    let cy = y - centreY
    var ux = cx
    var uy = cy
    for _ in 0..<iterations {
      let r2 = ux * ux + uy * uy
      let distortion = 1 + k1 * r2 + k2 * r2 * r2
      ux = cx / distortion
      uy = cy / distortion
    }
    return Vector3(ux, uy, focalLength).normalized
  }
}
