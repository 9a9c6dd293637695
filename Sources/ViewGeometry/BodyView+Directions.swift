import SpaceMath

extension BodyView {
  /// Apparent right ascension (0..<2π) and declination, J2000, rad, of a camera direction (SPICE's
  /// recrad of the ray).
  @inlinable
  public func rightAscensionDeclination(
    cameraDirection: Vector3
  ) -> (rightAscension: Double, declination: Double) {
    let ray = pose.cameraFromJ2000.transposeTimes(cameraDirection)
    return (ray.longitude, ray.latitude)
  }

  /// Apparent vector to the target's centre, camera axes, km.
  @inlinable public var centreVector: Vector3 { cameraFromBody * apparent(centre, after: 0) }

  /// Direction of the target's north (+z) pole in the image at the target's centre: angle from the
  /// image's up (−y, decreasing line) clockwise to the right (+x), 0..<2π. The pole's axis is
  /// projected on the plane at right angles to the line of sight to the centre.
  @inlinable public var northAngleInImage: Double {
    let sight = centreVector.normalized
    let pole = (cameraFromBody * Vector3(0, 0, 1)).perpendicular(to: sight)
    let up = Vector3(0, -1, 0).perpendicular(to: sight)
    return Angle.wrapped(Elementary.atan2(up.cross(pole).dot(sight), up.dot(pole)))
  }

  /// Position angle of the target's north pole on the sky at its apparent centre: from J2000 north
  /// through east (increasing right ascension), 0..<2π.
  @inlinable public var positionAngleOfNorth: Double {
    let sight = pose.cameraFromJ2000.transposeTimes(centreVector).normalized
    let pole = pose.bodyFromJ2000.row2
    let east = Vector3(0, 0, 1).cross(sight)
    let north = sight.cross(east)
    return Angle.wrapped(Elementary.atan2(pole.dot(east), pole.dot(north)))
  }

  /// Ground sample distance: the side, in km, of the square of equal area to what one pixel covers on
  /// a plane that faces the camera at a point seen along a camera direction, for a pinhole of the
  /// given focal length in pixels. Divide by the cosine of emission for the longer side on the
  /// ground. On the axis it is range / focal length.
  @inlinable
  public static func groundSampleDistance(
    rangeKm: Double, cameraDirection: Vector3, focalLength: Double
  ) -> Double {
    let cosine = cameraDirection.z / cameraDirection.norm
    return cosine > 0 ? rangeKm * cosine * cosine.squareRoot() / focalLength : .infinity
  }
}
