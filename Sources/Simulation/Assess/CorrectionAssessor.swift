import JunoCam
import Products
import Registration
import SpaceMath
import ViewGeometry

/// Compares the corrections that a run applied to its images with the scene's hidden errors.
struct CorrectionAssessor: Sendable {
  let model: SceneModel
  let manifest: Manifest

  /// Names of corrections and the truth behind them at the middle of an image, s and rad.
  private func truths(_ index: Int) -> [(name: String, unit: String, value: Double)] {
    let frames = model.exposureET(image: index)
    let pointing = model.actual.pointingError(at: frames[frames.count / 2])
    return [
      ("startTimeOffset", "s", model.description.images[index].startTimeError / 1000),
      ("ephemerisTimeOffset", "s", model.actual.deviation.timeAhead),
      ("pointingX", "rad", pointing.x), ("pointingY", "rad", pointing.y),
      ("pointingZ", "rad", pointing.z),
    ]
  }

  private func record(_ index: Int) -> ImageRecord? {
    manifest.images.first { $0.id == "\(model.description.images[index].product)" }
  }

  /// Factor that turns a unit of the manifest into s or rad.
  private func factor(_ unit: String) -> Double {
    switch unit {
    case "deg": .pi / 180
    case "arcmin": .pi / 10_800
    case "arcsec": .pi / 648_000
    case "ms": 0.001
    default: 1
    }
  }

  /// A correction in s or rad; zero where the run made none.
  private func correction(_ name: String, of record: ImageRecord) -> (value: Double, sigma: Double?)
  {
    guard let found = record.corrections.first(where: { $0.name == name }) else { return (0, nil) }
    let factor = factor(found.unit)
    return (found.value * factor, found.sigma.map { $0 * factor })
  }

  /// What registration found, by the names of its parameters; the start time is one of them.
  private func fitted(_ record: ImageRecord) -> ImageCorrections {
    var corrections = ImageCorrections()
    for found in record.corrections {
      guard let parameter = CorrectionParameter(name: found.name) else { continue }
      corrections[parameter] += found.value * factor(found.unit)
    }
    return corrections
  }

  /// Corrections beside the truth: all that the run made and all that it should have made.
  var recovered: [Assessment.Recovered] {
    model.description.images.indices.flatMap { index -> [Assessment.Recovered] in
      guard let record = record(index) else { return [] }
      return truths(index).compactMap { truth in
        let found = correction(truth.name, of: record)
        guard truth.value != 0 || found.value != 0 else { return nil }
        return Assessment.Recovered(
          image: record.id, name: truth.name, unit: truth.unit, recovered: found.value,
          truth: truth.value, sigma: found.sigma)
      }
    }
  }

  /// Where the ground below the craft is imaged, true less told, before and after correction.
  var sights: [Assessment.Sight] {
    model.description.images.indices.compactMap { index in
      guard let record = record(index) else { return nil }
      let middle = model.timings[index].frameET.count / 2
      let nominal = model.timings[index].frameET
      let actual = model.actual.pose(at: model.exposureET(image: index)[middle])
      var told = model.predicted
      told.deviation.timeAhead = correction("ephemerisTimeOffset", of: record).value
      told.deviation.pointing = Vector3(
        correction("pointingX", of: record).value, correction("pointingY", of: record).value,
        correction("pointingZ", of: record).value)
      let filter: Filter =
        model.description.images[index].filters.contains(.green)
        ? .green : model.description.images[index].filters[0]
      let ground = BodyView(actual).subObserverPoint().point
      let plain = CameraModel.instrumentKernelV03(filter)
      let trajectory = TrajectoryModel(
        poses: nominal.map { told.pose(at: $0) }, cameras: [filter: plain])
      let fitted = fitted(record)
      guard let truth = pixel(of: ground, actual, model.optics(filter)),
        let before = pixel(of: ground, model.predicted.pose(at: nominal[middle]), plain),
        let after = pixel(
          of: ground, trajectory.poses(with: fitted)[middle],
          trajectory.cameras(with: fitted)[filter] ?? plain)
      else { return nil }
      return Assessment.Sight(image: record.id, predicted: truth - before, corrected: truth - after)
    }
  }

  private func pixel(of point: Vector3, _ pose: Pose, _ optics: CameraModel) -> SIMD2<Double>? {
    optics.pixel(along: BodyView(pose).cameraVector(toSurface: point))
  }
}
