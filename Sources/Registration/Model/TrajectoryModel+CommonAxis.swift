import JunoCam
import SpaceMath
import ViewGeometry

extension TrajectoryModel {
  /// The same image with its uniform spin about another axis and at another rate: the camera's attitude
  /// at mid-image is turned along the shortest way. For images of one pass, which spin about one axis.
  ///
  /// - Parameters:
  ///   - axis: unit vector, J2000
  ///   - axes: first and second axis that the images share
  func spun(about axis: Vector3, rate: Double, axes: (first: Vector3, second: Vector3))
    -> TrajectoryModel
  {
    let middle = poses[poses.count / 2]
    let elapsed = middle.epochET - middleEpoch
    // Attitude at mid-image, its axis brought onto the common one.
    let attitude =
      Matrix3.vectorRotation(spinInCamera * (spinRate * elapsed)) * middle.cameraFromJ2000
      * Self.shortestTurn(from: axis, to: spinInJ2000)
    return TrajectoryModel(
      poses: poses.map { pose in
        var pose = pose
        pose.cameraFromJ2000 =
          Matrix3.vectorRotation(spinInCamera * (-rate * (pose.epochET - middleEpoch))) * attitude
        return pose
      }, cameras: cameras, axes: axes)
  }

  /// Turn of vectors that takes one unit vector onto another one near it.
  private static func shortestTurn(from: Vector3, to: Vector3) -> Matrix3 {
    let cross = from.cross(to)
    let sine = cross.norm
    guard sine > 0 else { return .identity }
    return .vectorRotation(about: cross, by: Elementary.atan2(sine, from.dot(to)))
  }

  /// The spin axis under corrections, J2000, unit vector.
  func spinAxis(with corrections: ImageCorrections) -> Vector3 {
    let axis = Matrix3.vectorRotation(
      -(firstInJ2000 * corrections[.spinAxisFirst] + secondInJ2000 * corrections[.spinAxisSecond]))
    return axis.transposeTimes(spinInJ2000)
  }
}
