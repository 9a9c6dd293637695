import JunoCam
import SpaceMath
import ViewGeometry

/// Where the limb should be in each framelet.
struct LimbPredictor: Sendable {
  /// Rows beyond the strip within which the limb may be predicted and still be found on it.
  var margin: Double
  /// Length of a stretch, px.
  var length: Double

  /// Stretches of the limb in all framelets of a frame.
  func bins(
    image: Int, frame: Int, filters: [Filter], state: ImageState, pose: Pose
  ) -> [LimbBin] {
    let sight = state.sights[frame]
    // Steps of about two pixels on a limb that fills the field.
    let count = 4096
    let limb = sight.limb(count: count)
    guard !limb.isEmpty else { return [] }
    let sun = pose.sunPosition.normalized
    var bins: [LimbBin] = []
    for filter in filters {
      let camera = state.cameras[filter.ordinal]
      let pixels = limb.map { camera.pixel(along: $0.direction) }
      let isInside = pixels.map { pixel in
        guard let pixel else { return false }
        return pixel.x >= Double(FrameletShape.photoactiveColumns.lowerBound)
          && pixel.x <= Double(FrameletShape.photoactiveColumns.upperBound)
          && pixel.y >= -margin && pixel.y <= Double(FrameletShape.rows) + margin
      }
      // Start outside a run so that none is cut in two.
      let start = isInside.firstIndex(of: false) ?? 0
      var run: [Int] = []
      func finish() {
        bins += split(
          run, pixels: pixels, limb: limb, image: image, frame: frame, filter: filter,
          state: state, sun: sun)
        run = []
      }
      for step in 0..<count {
        let index = (start + step) % count
        if isInside[index] { run.append(index) } else { finish() }
      }
      finish()
    }
    return bins
  }

  /// Cuts a run of neighbouring limb points into stretches.
  private func split(
    _ run: [Int], pixels: [SIMD2<Double>?], limb: [FrameSight.LimbPoint], image: Int, frame: Int,
    filter: Filter, state: ImageState, sun: Vector3
  ) -> [LimbBin] {
    let points = run.compactMap { pixels[$0] }
    guard points.count == run.count, points.count >= 3 else { return [] }
    var bins: [LimbBin] = []
    var first = 0
    var travelled = 0.0
    for index in 1..<points.count {
      let step = points[index] - points[index - 1]
      travelled += (step * step).sum().squareRoot()
      guard travelled >= length || index == points.count - 1 else { continue }
      if travelled >= 0.5 * length, index - first >= 2 {
        let middle = (first + index) / 2
        if let bin = bin(
          from: points[first], through: points[middle], to: points[index], travelled: travelled,
          limbPoint: limb[run[middle]], image: image, frame: frame, filter: filter, state: state,
          sun: sun)
        {
          bins.append(bin)
        }
      }
      first = index
      travelled = 0
    }
    return bins
  }

  private func bin(
    from a: SIMD2<Double>, through b: SIMD2<Double>, to c: SIMD2<Double>, travelled: Double,
    limbPoint: FrameSight.LimbPoint, image: Int, frame: Int, filter: Filter, state: ImageState,
    sun: Vector3
  ) -> LimbBin? {
    let chord = c - a
    let chordLength = (chord * chord).sum().squareRoot()
    guard chordLength > 0 else { return nil }
    let tangent = chord / chordLength
    var normal = SIMD2(-tangent.y, tangent.x)
    let place = FrameletPoint(image: image, frame: frame, filter: filter, pixel: b)
    let slope = state.clearanceSlope(place, along: normal)
    guard slope.isFinite, slope != 0 else { return nil }
    if slope < 0 { normal = -normal }
    // Distance of the middle point beyond the chord, from which the circle through all three.
    let beyond = ((b - a) * normal).sum()
    let along = ((b - a) * tangent).sum()
    let other = chordLength - along
    let curvature = along > 0 && other > 0 ? 2 * beyond / (along * other) : 0
    // The tangent at the middle point itself.
    let turn = curvature * (along - 0.5 * chordLength)
    let turned = (tangent - normal * turn)
    let scale = (turned * turned).sum().squareRoot()
    let t = turned / scale
    let n0 = SIMD2(-t.y, t.x)
    let n = (n0 * normal).sum() < 0 ? -n0 : n0
    let surfaceNormal =
      (limbPoint.ground / state.sights[frame].limbRadii
      / state.sights[frame].limbRadii).normalized
    return LimbBin(
      place: place, normal: n, tangent: t, curvature: curvature, halfLength: 0.5 * travelled,
      sunCosine: surfaceNormal.dot(sun), ground: limbPoint.ground)
  }
}
