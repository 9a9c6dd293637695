import SpaceMath
import ViewGeometry

/// A matt sphere in place of the body, as one frame sees it, J2000 or the axes that it is turned to.
struct SphereSight: Sendable {
  /// Unit vector to the centre.
  private(set) var centre: Vector3
  /// km.
  let distance: Double
  let radius: Double
  /// Unit vector from the body to the Sun.
  private(set) var sun: Vector3

  init(pose: Pose) {
    centre = pose.targetPosition.normalized
    distance = pose.targetPosition.norm
    radius = (pose.radii.x + pose.radii.y + pose.radii.z) / 3
    sun = pose.bodyFromJ2000.transposeTimes(pose.sunPosition).normalized
  }

  /// Angular radius, rad; a right angle from within the sphere.
  var apparentRadius: Double { Elementary.asin(min(radius / distance, 1)) }

  /// The same in other axes: v_there = turn · v_here.
  func turned(by turn: Matrix3) -> SphereSight {
    var result = self
    result.centre = turn * centre
    result.sun = turn * sun
    return result
  }

  /// Cosine of the Sun's incidence where a direction meets the sphere; 0 in the sky and at night.
  @inline(__always)
  func brightness(along direction: Vector3) -> Double {
    let along = direction.dot(centre) * distance
    let square = radius * radius - distance * distance + along * along
    guard along > 0, square >= 0 else { return 0 }
    let normal = direction * (along - square.squareRoot()) - centre * distance
    return max(normal.dot(sun) / radius, 0)
  }
}
