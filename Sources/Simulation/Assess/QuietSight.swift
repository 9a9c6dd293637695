import JunoCam
import ViewGeometry

/// Tells which samples of an image lie far from limb and terminator, by the truth.
struct QuietSight: Sendable {
  private let views: [BodyView]
  private let optics: [String: CameraModel]
  /// A sample and its surroundings at three pixels.
  private static let steps: [SIMD2<Double>] = [
    SIMD2(0, 0), SIMD2(3, 0), SIMD2(-3, 0), SIMD2(0, 3), SIMD2(0, -3), SIMD2(2, 2), SIMD2(2, -2),
    SIMD2(-2, 2), SIMD2(-2, -2),
  ]

  private enum Kind { case day, night, sky }

  init(_ truth: ImageTruth) {
    views = truth.frames.map { BodyView($0.pose) }
    optics = truth.optics
  }

  /// Whether a sample and everything within three pixels of it see day, night or sky alone.
  func isQuiet(frame: Int, filter: Filter, index: Int) -> Bool {
    guard views.indices.contains(frame), let camera = optics[filter.rawValue] else { return true }
    let centre = SIMD2(
      Double(index % FrameletShape.columns) + 0.5, Double(index / FrameletShape.columns) + 0.5)
    let view = views[frame]
    let kinds = Self.steps.map { step -> Kind in
      let place = centre + step
      guard let hit = view.intercept(cameraDirection: camera.direction(x: place.x, y: place.y))
      else { return .sky }
      return view.illuminationCosines(at: hit.point).incidence > 0 ? .day : .night
    }
    return kinds.allSatisfy { $0 == kinds[0] }
  }
}
