import JunoCam
import SpaceMath
import ViewGeometry

/// The predicted poses and optics of one image, and what they become under corrections.
///
/// Between frames the craft moves straight and the camera turns at a constant rate, which over the
/// tens of milliseconds of a start-time correction is exact to a metre.
public struct TrajectoryModel: Sendable {
  /// Predicted poses, one for each frame.
  public let poses: [Pose]
  /// Predicted optics.
  public let cameras: [Filter: CameraModel]
  /// Epoch of the middle of the image, s ET.
  public let middleEpoch: Double
  /// Camera's angular velocity relative to J2000, camera axes, rad/s, for each frame.
  private let turning: [Vector3]
  /// Unit vectors: spin axis, first and second axis, in the camera and (at mid-image) in J2000.
  let spinInCamera: Vector3
  let firstInCamera: Vector3
  let secondInCamera: Vector3
  let spinInJ2000: Vector3
  let firstInJ2000: Vector3
  let secondInJ2000: Vector3
  /// Unit vectors of the craft's motion relative to the target at mid-image, J2000.
  let along: Vector3
  let radial: Vector3
  let cross: Vector3
  /// Camera's turning rate at mid-image, rad/s.
  let spinRate: Double
  /// Distance to the target's centre at mid-image, km.
  let range: Double

  /// Spin of the craft in cruise, rad/s (2 rpm), and its axis in the camera, for an image of one
  /// frame, which does not show it.
  private static let nominalSpin = Vector3(-0.2094, 0, 0)

  /// - Parameters:
  ///   - poses: predicted poses, in the order of the frames; at least one
  ///   - cameras: predicted optics of each filter of the image
  ///   - axes: first and second axis of the spin's, unit vectors of J2000 at right angles to it, where
  ///     several images share them; nil: the camera's at mid-image
  public init(
    poses: [Pose], cameras: [Filter: CameraModel], axes: (first: Vector3, second: Vector3)? = nil
  ) {
    precondition(!poses.isEmpty, "an image has at least one frame")
    self.poses = poses
    self.cameras = cameras
    let epochs = poses.map(\.epochET)
    middleEpoch = 0.5 * (epochs[0] + epochs[epochs.count - 1])
    turning = poses.indices.map { index in
      let before = poses[max(index - 1, 0)]
      let after = poses[min(index + 1, poses.count - 1)]
      let interval = after.epochET - before.epochET
      guard interval > 0 else { return Self.nominalSpin }
      let step = after.cameraFromJ2000 * before.cameraFromJ2000.transpose
      // A frame that turns by w makes vectors turn by −w.
      let (axis, angle) = step.axisAngle
      return axis * (-angle / interval)
    }
    let middle = poses[poses.count / 2]
    let spin = turning[poses.count / 2]
    spinRate = spin.norm
    spinInCamera = spin.normalized
    let y = Vector3(0, 1, 0)
    firstInCamera = (y - spinInCamera * y.dot(spinInCamera)).normalized
    secondInCamera = spinInCamera.cross(firstInCamera)
    spinInJ2000 = middle.cameraFromJ2000.transposeTimes(spinInCamera)
    firstInJ2000 = axes?.first ?? middle.cameraFromJ2000.transposeTimes(firstInCamera)
    secondInJ2000 = axes?.second ?? middle.cameraFromJ2000.transposeTimes(secondInCamera)
    let motion = middle.observerVelocity - middle.targetVelocity
    let outward = -middle.targetPosition
    range = outward.norm
    along = motion.norm > 0 ? motion.normalized : outward.anyPerpendicular
    let upward = outward - along * outward.dot(along)
    radial = upward.norm > 0 ? upward.normalized : along.anyPerpendicular
    cross = along.cross(radial)
  }

  /// The pose of a frame, carried on by a time in s.
  private func pose(_ frame: Int, after time: Double) -> Pose {
    var pose = poses[frame]
    guard time != 0 else { return pose }
    let approach = pose.targetVelocity - pose.observerVelocity
    let closing =
      pose.lightTimeMode == .none
      ? 0 : approach.dot(pose.targetPosition.normalized) / FrameSight.speedOfLight
    pose.epochET += time
    pose.targetPosition += (approach - pose.targetVelocity * closing) * time
    pose.centreLightTime += closing * time
    let bodyTurn = pose.bodyAngularVelocity * (time * (1 - closing))
    pose.bodyFromJ2000 = Matrix3.vectorRotation(-bodyTurn) * pose.bodyFromJ2000
    pose.cameraFromJ2000 =
      Matrix3.vectorRotation(turning[frame] * -time) * pose.cameraFromJ2000
    return pose
  }

  /// Poses under corrections.
  public func poses(with corrections: ImageCorrections) -> [Pose] {
    let axis = Matrix3.vectorRotation(
      -(firstInJ2000 * corrections[.spinAxisFirst] + secondInJ2000 * corrections[.spinAxisSecond]))
    let displacement =
      along * corrections[.alongTrack] + radial * corrections[.radial]
      + cross * corrections[.crossTrack]
    let velocity =
      along * corrections[.alongTrackRate] + radial * corrections[.radialRate]
      + cross * corrections[.crossTrackRate]
    return poses.indices.map { frame in
      let shift = corrections[.startTime] + Double(frame) * corrections[.interframeDelta]
      let elapsed = poses[frame].epochET - middleEpoch
      var pose = pose(frame, after: shift)
      let phase = corrections[.spinPhase] + corrections[.spinRate] * elapsed
      let first = corrections[.tiltFirst] + corrections[.driftFirst] * elapsed
      let second = corrections[.tiltSecond] + corrections[.driftSecond] * elapsed
      let tilt = Matrix3.vectorRotation(-(firstInCamera * first + secondInCamera * second))
      let turn = Matrix3.vectorRotation(spinInCamera * -phase)
      pose.cameraFromJ2000 = tilt * turn * pose.cameraFromJ2000 * axis
      displace(&pose, by: displacement + velocity * (elapsed + shift))
      pose.observerVelocity += velocity
      pose.radii = pose.radii * (1 + corrections[.radiiScale])
      return pose
    }
  }

  /// Moves the craft by a vector in J2000, km. Light from the target's centre then left at another
  /// time, when the target was elsewhere: half a metre for 8 km.
  private func displace(_ pose: inout Pose, by displacement: Vector3) {
    let distance = pose.targetPosition.norm
    pose.targetPosition -= displacement
    guard pose.lightTimeMode != .none else { return }
    let later = (pose.targetPosition.norm - distance) / FrameSight.speedOfLight
    pose.targetPosition -= pose.targetVelocity * later
    pose.centreLightTime += later
    pose.bodyFromJ2000 =
      Matrix3.vectorRotation(pose.bodyAngularVelocity * later) * pose.bodyFromJ2000
  }

  /// Optics under corrections.
  public func cameras(with corrections: ImageCorrections) -> [Filter: CameraModel] {
    Dictionary(
      uniqueKeysWithValues: cameras.map { filter, camera in
        var camera = camera
        camera.centreX += corrections[.centreX] + corrections[.bandX(filter)]
        camera.centreY += corrections[.centreY] + corrections[.bandY(filter)]
        camera.k1 += corrections[.k1]
        camera.k2 += corrections[.k2]
        camera.focalLength *= 1 + corrections[.focalScale]
        return (filter, camera)
      })
  }

  /// The change of a parameter that moves the image by about a pixel.
  func pixelUnit(of parameter: CorrectionParameter) -> Double {
    let focalLength = cameras.values.map(\.focalLength).max() ?? 1480
    let pixel = 1 / focalLength
    let duration = max(poses[poses.count - 1].epochET - poses[0].epochET, 0.4)
    // Distortion at two thirds of the way to the field's edge.
    let radius = 550.0
    switch parameter {
    case .startTime: return pixel / max(spinRate, 0.02)
    case .interframeDelta: return pixel / max(spinRate, 0.02) / Double(max(poses.count, 2))
    case .spinPhase, .spinAxisFirst, .spinAxisSecond, .tiltFirst, .tiltSecond: return pixel
    case .spinRate, .driftFirst, .driftSecond: return 2 * pixel / duration
    case .alongTrack, .radial, .crossTrack, .limbHeight, .limbWave: return range * pixel
    case .alongTrackRate, .radialRate, .crossTrackRate: return 2 * range * pixel / duration
    case .centreX, .centreY, .bandX, .bandY: return 1
    case .k1: return 1 / (radius * radius * radius)
    case .k2: return 1 / (radius * radius * radius * radius * radius)
    case .focalScale: return 1 / radius
    case .radiiScale: return range * pixel / max(poses[0].radii.x, 1)
    }
  }
}
