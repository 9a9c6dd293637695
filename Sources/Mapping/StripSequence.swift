import JunoCam
import SpaceMath
import ViewGeometry

/// The framelets of one filter in the order in which the spin sweeps them over the target.
struct StripSequence: Sendable {
  let transforms: [FrameletTransform]
  /// Turn of the camera about its x axis from one frame to the next, rad.
  private let spinStep: Double
  /// Elevation of the strip's middle row in the camera's y-z plane, rad.
  private let elevation: Double

  init(band: BandSource, poses: [Pose]) {
    transforms = band.transforms(poses)
    let camera = band.camera
    let middle = camera.direction(x: camera.centreX, y: Double(FrameletShape.rows) / 2)
    elevation = Elementary.atan2(middle.y, middle.z)
    var turn = 0.0
    for (now, next) in zip(poses, poses.dropFirst()) {
      // The next boresight in the present camera's axes.
      let boresight = now.cameraFromJ2000 * next.cameraFromJ2000.row2
      turn += Elementary.atan2(boresight.y, boresight.z)
    }
    spinStep = poses.count > 1 ? turn / Double(poses.count - 1) : 0
  }

  /// The frame whose strip is nearest a point: a step in spin angle from the middle frame, and
  /// again from there, since the craft moves as it turns.
  func frame(seeing point: Vector3) -> Int {
    guard spinStep != 0 else { return 0 }
    let last = transforms.count - 1
    var frame = last / 2
    for _ in 0..<2 {
      let vector = transforms[frame].cameraVector(point)
      var angle = Elementary.atan2(vector.y, vector.z) - elevation
      // Of the turns that bring the point to the strip, the one that ends inside the image.
      let wanted = Double(frame) + angle / spinStep
      if wanted < -1 || wanted > Double(last) + 1 {
        let turn = angle / spinStep > 0 ? -2 * Double.pi : 2 * Double.pi
        let other = Double(frame) + (angle + (spinStep > 0 ? turn : -turn)) / spinStep
        if other >= -1 && other <= Double(last) + 1 {
          angle = (other - Double(frame)) * spinStep
        }
      }
      let target = Double(frame) + angle / spinStep
      frame = Int(min(max(target, 0), Double(last)).rounded())
    }
    return frame
  }
}
