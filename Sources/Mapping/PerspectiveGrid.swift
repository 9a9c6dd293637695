import SpaceMath
import ViewGeometry

/// The target as it looks from one place: a central projection onto a plane that faces the
/// target's centre, north up.
///
/// A ray that misses the target is followed to its point nearest the ellipsoid, so that sky, limb
/// and plumes are drawn in one piece with the ground.
public struct PerspectiveGrid: SurfaceGrid {
  public let radii: Vector3
  /// Camera's place in body axes, km.
  public let camera: Vector3
  /// Unit vectors in body axes: towards the target's centre, to the right, and up the picture.
  public let forward: Vector3
  public let right: Vector3
  public let up: Vector3
  /// Distance of the picture plane, pixels; 1 / focalLength radians per pixel at the disc's centre.
  public let focalLength: Double
  public let width: Int
  public let height: Int
  /// Picture coordinates of the target's centre, pixels (pixel centres at whole + 0.5).
  public let centreX: Double
  public let centreY: Double

  /// A picture that holds the whole disc.
  ///
  /// - Parameters:
  ///   - pose: where the camera is.
  ///   - focalLength: scale at the disc's centre, in pixels; the detector's own by default.
  ///   - margin: sky around the disc, as a share of its radius.
  ///   - largestSide: the scale is lowered until the picture is no larger than this.
  public init(
    pose: Pose, focalLength: Double, margin: Double = 0.06, largestSide: Int = 8192
  ) {
    let camera = -(pose.bodyFromJ2000 * pose.targetPosition)
    let distance = camera.norm
    let sine = min(max(pose.radii.x, pose.radii.y, pose.radii.z) / distance, 0.98)
    let tangent = sine / (1 - sine * sine).squareRoot()
    let wanted = 2 * tangent * focalLength * (1 + margin)
    let scale = min(1, Double(largestSide) / wanted)
    let side = max(Int((wanted * scale).rounded(.up)), 16)
    self.init(
      radii: pose.radii, camera: camera, focalLength: focalLength * scale, width: side,
      height: side, centreX: Double(side) / 2, centreY: Double(side) / 2)
  }

  /// A picture of stated size and centre.
  public init(
    radii: Vector3, camera: Vector3, focalLength: Double, width: Int, height: Int,
    centreX: Double, centreY: Double
  ) {
    self.radii = radii
    self.camera = camera
    self.focalLength = focalLength
    self.width = width
    self.height = height
    self.centreX = centreX
    self.centreY = centreY
    forward = -camera.normalized
    // Seen from above a pole there is no north on the disc: the prime meridian takes its place.
    let pole = abs(forward.z) > 0.999_999 ? Vector3(1, 0, 0) : Vector3(0, 0, 1)
    right = forward.cross(pole).normalized
    up = right.cross(forward)
  }

  /// The part of this picture inside a rectangle.
  public func cropped(lines: Range<Int>, samples: Range<Int>) -> PerspectiveGrid {
    PerspectiveGrid(
      radii: radii, camera: camera, focalLength: focalLength, width: samples.count,
      height: lines.count, centreX: centreX - Double(samples.lowerBound),
      centreY: centreY - Double(lines.lowerBound))
  }

  /// Direction, body axes, not normalised, of a picture coordinate.
  public func direction(line: Double, sample: Double) -> Vector3 {
    forward * focalLength + right * (sample - centreX) - up * (line - centreY)
  }

  /// Picture coordinates (sample, line) of a body-fixed point; nil behind the camera.
  public func position(of point: Vector3) -> SIMD2<Double>? {
    let ray = point - camera
    let depth = forward.dot(ray)
    guard depth > 0 else { return nil }
    return SIMD2(
      centreX + right.dot(ray) / depth * focalLength, centreY - up.dot(ray) / depth * focalLength)
  }

  public func fill(_ block: SurfaceBlock) {
    let inverse = Vector3(1, 1, 1) / radii
    let origin = camera * inverse
    let level = origin.dot(origin) - 1
    for line in 0..<block.lines {
      var ray = direction(
        line: block.firstLine + Double(line) * block.lineStep, sample: block.firstSample)
      for sample in 0..<block.samples {
        let scaled = ray * inverse
        let a = scaled.dot(scaled)
        let b = scaled.dot(origin)
        let discriminant = b * b - a * level
        let along = (-b - max(discriminant, 0).squareRoot()) / a
        block.set(line: line, sample: sample, camera + ray * along)
        ray += right * block.sampleStep
      }
    }
  }
}
