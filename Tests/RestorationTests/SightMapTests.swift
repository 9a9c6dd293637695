import JunoCam
import SpaceMath
import Testing
import ViewGeometry

@testable import Restoration

/// Which framelets saw the ground of a pixel, by cells, against a search of all frames for each pixel.
struct SightMapTests {
  private static let kept = 3..<12

  private struct Exact {
    var frame: Int
    var pixel: SIMD2<Double>
  }

  private let sample: SampleImage
  private let views: [BodyView]
  private let cameras: [CameraModel]

  init() throws {
    let sample = try SampleImage(folder: "pj57", number: "57C90002", frames: Self.kept)
    self.sample = sample
    views = sample.geometry.poses.map(BodyView.init)
    cameras = try sample.frames.filters.map { try #require(sample.geometry.cameras[$0]) }
  }

  /// The look of a filter that has the ground farthest from its edges.
  private func exact(_ ground: Vector3, place: Int, except own: (frame: Int, place: Int)) -> Exact?
  {
    var best: Exact?
    var bestDistance = 1.0
    for frame in views.indices where (frame, place) != own {
      guard let at = cameras[place].pixel(along: views[frame].cameraVector(toSurface: ground)),
        views[frame].isVisible(ground), at.x > 25.5, at.x < 1628.5
      else { continue }
      let distance = min(at.y - 0.5, Double(FrameletShape.rows) - 0.5 - at.y)
      if distance > bestDistance {
        best = Exact(frame: frame, pixel: at - 0.5)
        bestDistance = distance
      }
    }
    return best
  }

  @Test func looksAreThoseOfAFullSearch() throws {
    let finder = try #require(
      LookFinder(sample.geometry, filters: sample.frames.filters, frameCount: Self.kept.count))
    var looks: [Look] = []
    var compared = 0
    var kinds: [Sight: Int] = [:]
    for frame in 2..<7 {
      for place in cameras.indices {
        var map = SightMap(finder: finder, frame: frame, place: place)
        for (x, y) in stride(from: 25, to: 1630, by: 37).map({ ($0, ($0 * 7 + frame) % 128) }) {
          let sight = map.sight(x: x, y: y, looks: &looks, filterCount: cameras.count)
          kinds[sight, default: 0] += 1
          let ray = cameras[place].direction(x: Double(x) + 0.5, y: Double(y) + 0.5)
          let ground = views[frame].intercept(cameraDirection: ray)?.point
          if case .sky = sight { #expect(ground == nil) }
          guard case .ground = sight else { continue }
          let point = try #require(ground)
          let turns = (1...cameras.count).map { (place + $0) % cameras.count }
          let expected = turns.map { exact(point, place: $0, except: (frame, place)) }
          for (other, exact) in zip(turns, expected) {
            let look = looks.first { $0.place == other }
            // At the very edge of a strip the two may differ over whether it is seen.
            guard let exact, min(exact.pixel.y, 127 - exact.pixel.y) > 1.2 else { continue }
            let found = try #require(look, "frame \(frame), filter \(place), \(x) \(y)")
            let at = found.position(x: Float(x), y: Float(y))
            guard found.frame == exact.frame else {
              // Two framelets have it equally far from their edges.
              #expect(
                abs(min(at.y, 127 - at.y) - Float(min(exact.pixel.y, 127 - exact.pixel.y))) < 0.2)
              continue
            }
            let miss = SIMD2<Double>(at) - exact.pixel
            #expect((miss * miss).sum().squareRoot() < 0.15, "\(frame) \(place) \(x) \(y) \(miss)")
            compared += 1
          }
          #expect(
            looks.map(\.place) == turns.filter { turn in looks.contains { $0.place == turn } })
        }
      }
    }
    #expect(compared > 300)
    #expect((kinds[.sky] ?? 0) > 20 && (kinds[.limb] ?? 0) > 3)
  }
}
