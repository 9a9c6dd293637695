import JunoCam
import SpaceMath
import ViewGeometry

@testable import Registration

/// The Cramér–Rao bound of the observations of `AdjustmentTests`, from the exact geometry of
/// `BodyView` by differences: nothing of the estimator has a part in it.
struct Fisher {
  /// Least variances of the unknowns, and the bound of the ground at mid-image, px along columns and
  /// rows.
  let sigmas: [Double]
  let ground: SIMD2<Double>

  init(_ scene: SpinScene, limbSigma: Double, tieSigma: Double) {
    let model = scene.predicted
    let slots = AdjustmentTests.slots
    let steps = slots.map { $0.priorSigma * 0.02 }
    func moved(_ index: Int, _ sign: Double) -> SpinScene {
      var scene = scene
      let step = sign * steps[index]
      switch slots[index].parameter {
      case .startTime: scene.startTime += step
      case .spinPhase: scene.phase += step
      case .spinRate: scene.rate += step
      case .spinAxisFirst:
        scene.axis += SIMD2(model.firstInJ2000.x, model.firstInJ2000.y) * step
      case .spinAxisSecond:
        scene.axis += SIMD2(model.secondInJ2000.x, model.secondInJ2000.y) * step
      case .alongTrack: scene.displacement += model.along * step
      case .crossTrack: scene.displacement += model.cross * step
      case .radial: scene.displacement += model.radial * step
      default: preconditionFailure("the scene has no such error")
      }
      return scene
    }
    var information = DenseSymmetric(order: slots.count)
    func add(_ row: [Double], sigma: Double) {
      for i in row.indices {
        for j in row.indices { information[i, j] += row[i] * row[j] / (sigma * sigma) }
      }
    }
    let views = scene.truePoses.map { BodyView($0) }
    let pairs = slots.indices.map { index in
      [1.0, -1.0].map { sign in moved(index, sign).truePoses.map { BodyView($0) } }
    }
    func pixel(_ point: Vector3, _ view: BodyView, _ filter: Filter) -> SIMD2<Double>? {
      CameraModel.instrumentKernelV03(filter).pixel(along: view.cameraVector(toSurface: point))
    }
    func isOnStrip(_ p: SIMD2<Double>) -> Bool {
      p.x > 24 && p.x < 1630 && p.y > 0 && p.y < 128
    }
    for (frame, view) in views.enumerated() {
      let limb = view.limbPoints(count: 90)
      let others = pairs.map { $0.map { $0[frame].limbPoints(count: 90) } }
      for filter in SpinScene.filters {
        for (place, point) in limb.enumerated() {
          guard let p = pixel(point.point, view, filter), isOnStrip(p),
            let q = pixel(point.point * 1.0005, view, filter)
          else { continue }
          let normal = (q - p) / ((q - p) * (q - p)).sum().squareRoot()
          // Only what moves the limb across itself counts, over how far it then lies off along the
          // measured direction: sliding along does not.
          guard limb.count == 90,
            let before = pixel(limb[(place + 89) % 90].point, view, filter),
            let after = pixel(limb[(place + 1) % 90].point, view, filter)
          else { continue }
          let across = SIMD2(before.y - after.y, after.x - before.x)
          let row = slots.indices.map { index -> Double in
            let ahead = pixel(others[index][0][place].point, pairs[index][0][frame], filter) ?? p
            let behind = pixel(others[index][1][place].point, pairs[index][1][frame], filter) ?? p
            return ((ahead - behind) * across).sum() / (normal * across).sum() / (2 * steps[index])
          }
          add(row, sigma: limbSigma)
        }
        let camera = CameraModel.instrumentKernelV03(filter)
        for x in stride(from: 100.5, to: 1600, by: 220) {
          for y in [30.5, 98.5] {
            let direction = camera.direction(x: x, y: y)
            guard let ground = view.intercept(cameraDirection: direction)?.point else { continue }
            for other in (frame + 1)..<max(min(frame + 4, views.count), frame + 1) {
              for second in SpinScene.filters {
                guard let p = pixel(ground, views[other], second), isOnStrip(p) else { continue }
                let slopes = slots.indices.map { index -> SIMD2<Double> in
                  let places = (0..<2).map { side -> SIMD2<Double> in
                    let views = pairs[index][side]
                    guard let ground = views[frame].intercept(cameraDirection: direction)?.point
                    else { return p }
                    return pixel(ground, views[other], second) ?? p
                  }
                  return (places[0] - places[1]) / (2 * steps[index])
                }
                add(slopes.map(\.x), sigma: tieSigma)
                add(slopes.map(\.y), sigma: tieSigma)
              }
            }
          }
        }
      }
    }
    for index in slots.indices {
      information[index, index] += 1 / (slots[index].priorSigma * slots[index].priorSigma)
    }
    // In units of the priors, or the matrix is all but singular in numbers.
    var scaled = information
    for i in slots.indices {
      for j in slots.indices {
        scaled[i, j] = information[i, j] * slots[i].priorSigma * slots[j].priorSigma
      }
    }
    let covariance = scaled.inverse() ?? DenseSymmetric(order: slots.count)
    sigmas = slots.indices.map { covariance[$0, $0].squareRoot() * slots[$0].priorSigma }
    let frame = scene.frames / 2
    let middle = TriaxialEllipsoid(radii: scene.radii).surfacePoint(along: -views[frame].centre)
    let slopes = slots.indices.map { index -> SIMD2<Double> in
      let ahead = pixel(middle, pairs[index][0][frame], .green) ?? .zero
      let behind = pixel(middle, pairs[index][1][frame], .green) ?? .zero
      return (ahead - behind) / (2 * steps[index]) * slots[index].priorSigma
    }
    ground = SIMD2(
      covariance.form(slopes.map(\.x), slopes.map(\.x)).squareRoot(),
      covariance.form(slopes.map(\.y), slopes.map(\.y)).squareRoot())
  }
}
