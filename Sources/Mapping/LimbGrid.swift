import SpaceMath
import ViewGeometry

/// The limb unrolled: position angle along the lines, altitude up the columns.
///
/// A line of sight is named by the half plane that it lies in, bounded by the line from camera to
/// centre, and by the altitude of the ellipsoid that it touches: the one whose semi-axes are longer by
/// that altitude, which over Io differs from the surface at that distance by metres. Below altitude 0
/// the sight meets the ground in front of the limb, and the ground is what it shows.
///
/// Position angle is counted from the projected north pole (+z) counter-clockwise as the camera sees
/// the disc, the sense of celestial position angles. It falls along a line from 360° at the left edge
/// to 0° at the right, so that a picture with altitude upwards is no mirror image. The half planes are
/// fixed in the body by the reference pose: a vent on the limb keeps its position angle to first order
/// while the camera passes by. The limb itself is each frame's own (`seen(from:)`).
public struct LimbGrid: SurfaceGrid {
  public let radii: Vector3
  /// Camera's place in body axes, km.
  public let camera: Vector3
  /// Unit vectors in body axes across the reference sight to the centre: to the projected north, and
  /// to the left of it.
  public let north: Vector3
  public let left: Vector3
  /// Altitudes of the lower and upper edges, km.
  public let altitudes: ClosedRange<Double>
  public let width: Int
  public let height: Int

  /// Kilometres of altitude per line.
  public var kilometresPerLine: Double {
    (altitudes.upperBound - altitudes.lowerBound) / Double(height)
  }

  /// A grid of a stated size.
  public init(
    radii: Vector3, camera: Vector3, north: Vector3, left: Vector3,
    altitudes: ClosedRange<Double>, width: Int, height: Int
  ) {
    precondition(width > 0 && height > 0, "a grid has pixels")
    self.radii = radii
    self.camera = camera
    self.north = north
    self.left = left
    self.altitudes = altitudes
    self.width = width
    self.height = height
  }

  /// The limb from a reference pose with pixels that are square there.
  ///
  /// - Parameters:
  ///   - focalLength: of the camera, pixels.
  ///   - altitudes: km, above −(least radius).
  ///   - kilometresPerPixel: nil for what a pixel of the camera covers at the limb.
  ///   - largestSide: the scale is lowered until neither side is larger.
  public init(
    pose: Pose, focalLength: Double, altitudes: ClosedRange<Double>,
    kilometresPerPixel: Double? = nil, largestSide: Int = 65_500
  ) {
    let camera = -(pose.bodyFromJ2000 * pose.targetPosition)
    let view = PerspectiveGrid(
      radii: pose.radii, camera: camera, focalLength: focalLength, width: 1, height: 1,
      centreX: 0.5, centreY: 0.5)
    let radius = (pose.radii.x + pose.radii.y + pose.radii.z) / 3
    let distance = max(camera.norm, radius * 1.001)
    let tangent = (distance * distance - radius * radius).squareRoot()
    let circumference = 2 * Double.pi * radius * tangent / distance
    let span = altitudes.upperBound - altitudes.lowerBound
    let wanted = kilometresPerPixel ?? tangent / focalLength
    let scale = max(wanted, max(circumference, span) / Double(largestSide))
    self.init(
      radii: pose.radii, camera: camera, north: view.up, left: -view.right, altitudes: altitudes,
      width: max(Int((circumference / scale).rounded()), 8),
      height: max(Int((span / scale).rounded()), 4))
  }

  /// The same half planes and altitudes from another place: the grid of another frame.
  public func seen(from camera: Vector3) -> LimbGrid {
    LimbGrid(
      radii: radii, camera: camera, north: north, left: left, altitudes: altitudes, width: width,
      height: height)
  }

  /// The same grid with more lines below.
  public func extended(lines: Int) -> LimbGrid {
    let lower = altitudes.lowerBound - Double(lines) * kilometresPerLine
    return LimbGrid(
      radii: radii, camera: camera, north: north, left: left,
      altitudes: lower...altitudes.upperBound, width: width, height: height + lines)
  }

  /// Position angle of a sample coordinate, degrees.
  public func positionAngle(sample: Double) -> Double { 360 * (1 - sample / Double(width)) }

  /// Altitude of a line coordinate, km.
  public func altitude(line: Double) -> Double {
    altitudes.upperBound - line * kilometresPerLine
  }

  /// Line coordinate of an altitude, km.
  public func line(altitude: Double) -> Double {
    (altitudes.upperBound - altitude) / kilometresPerLine
  }

  /// Unit vector, body axes, that with the line to the centre fixes the half plane of a sample
  /// coordinate.
  public func direction(sample: Double) -> Vector3 {
    let (sine, cosine) = Angle.sinCos(degrees: positionAngle(sample: sample))
    return north * cosine + left * sine
  }

  /// The limb point of a sample coordinate; nil from inside the body.
  public func limbPoint(sample: Double) -> Vector3? {
    TriaxialEllipsoid(radii: radii).limbPoint(from: camera, towards: direction(sample: sample))
  }

  public func fill(_ block: SurfaceBlock) {
    let directions = (0..<block.samples).map {
      direction(sample: block.firstSample + Double($0) * block.sampleStep)
    }
    let ground = TriaxialEllipsoid(radii: radii)
    let nowhere = Vector3(repeating: .nan)
    for line in 0..<block.lines {
      let altitude = altitude(line: block.firstLine + Double(line) * block.lineStep)
      let touched = TriaxialEllipsoid(radii: radii + Vector3(repeating: altitude))
      for sample in 0..<block.samples {
        var point = touched.limbPoint(from: camera, towards: directions[sample])
        if altitude < 0, let beyond = point {
          point = ground.intercept(origin: camera, direction: beyond - camera)
        }
        block.set(line: line, sample: sample, point ?? nowhere)
      }
    }
  }
}
