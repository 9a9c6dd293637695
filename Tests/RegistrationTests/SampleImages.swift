import Foundation
import JunoCam
import SPICE
import SpaceMath
import TestSupport

@testable import Registration

/// The repository's sample frames with their true poses: their kernels tell the truth.
enum SampleImages {
  static func kernels(_ flyby: String) throws -> KernelSet {
    let folder = DataPack.sampleFrames.appendingPathComponent("\(flyby)/kernels")
    return try KernelSet(loading: [folder.appendingPathComponent("\(flyby).tm").path])
  }

  /// An image and its true geometry.
  static func image(_ id: String, flyby: String) throws -> (RegistrationImage, ImageGeometry) {
    let folder = DataPack.sampleFrames.appendingPathComponent("\(flyby)/frames")
    let product = try JunoCamProduct.open(folder.appendingPathComponent("\(id)-raw.png"))
    let solver = try PoseSolver(kernels: kernels(flyby), target: "IO")
    let geometry = try solver.geometry(of: product.requireLabel())
    let calibrated = try Calibration().calibrate(product.decode(), geometry: geometry)
    return (try RegistrationImage(calibrated, geometry: geometry), geometry)
  }

  /// An image as it is without a CK, with the attitude that its picture shows, and its true geometry.
  static func imageWithoutAttitude(_ id: String, flyby: String) throws
    -> (RegistrationImage, TrajectoryModel)
  {
    var (image, geometry) = try image(id, flyby: flyby)
    let truth = image.model
    let solver = try PoseSolver(kernels: kernels(flyby), target: "IO")
    let middle = geometry.poses[geometry.poses.count / 2].epochET
    for frame in geometry.poses.indices { geometry.poses[frame].cameraFromJ2000 = .identity }
    image.model = TrajectoryModel(poses: geometry.poses, cameras: geometry.cameras)
    guard
      let model = SpinAttitudeFinder().find(
        image, mounting: solver.cameraFromSpacecraft,
        axis: try solver.expectedSpinAxis(et: middle))
    else { throw RegistrationError.noAttitude(image: id, reason: "no disc") }
    image.model = model
    return (image, truth)
  }
}

/// How far fitted poses put the ground from where it is, px at mid-image.
struct GroundError {
  /// Mean over the visible disc, columns and rows.
  var mean: SIMD2<Double>
  var largest: Double

  init(fitted: TrajectoryModel, truth: TrajectoryModel) {
    let fitted = ImageState(fitted, corrections: ImageCorrections(), limbHeight: 0)
    let truth = ImageState(truth, corrections: ImageCorrections(), limbHeight: 0)
    let frame = truth.sights.count / 2
    let sight = truth.sights[frame]
    let axis = sight.cameraInBody.normalized
    let side = axis.anyPerpendicular
    var sum = SIMD2<Double>.zero
    var count = 0.0
    var largest = 0.0
    for ring in [0.0, 0.25, 0.5] {
      for step in 0..<(ring == 0 ? 1 : 8) {
        let (sine, cosine) = Elementary.sinCos(Double(step) * .pi / 4)
        let around = side * cosine + axis.cross(side) * sine
        let ground = (axis + around * ring).normalized * sight.radii.x
        guard let a = fitted.pixel(of: ground, frame: frame, filter: .green),
          let b = truth.pixel(of: ground, frame: frame, filter: .green)
        else { continue }
        sum += a - b
        count += 1
        largest = max(largest, ((a - b) * (a - b)).sum().squareRoot())
      }
    }
    mean = sum / max(count, 1)
    self.largest = largest
  }
}
