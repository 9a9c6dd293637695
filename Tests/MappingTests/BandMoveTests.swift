import JunoCam
import Raster
import Testing

@testable import Mapping

/// A framelet that lies off its optics is drawn where it belongs once its move is told.
struct BandMoveTests {
  @Test func movesMakeUpForWrongOptics() throws {
    let flyby = SyntheticFlyby(frames: 4)
    let right = flyby.image(filters: [.blue])
    let framelets = (0..<4).map { frame in
      var plane = Plane<Float>(width: 1648, height: 128, filledWith: 0)
      right.bands[0].withFramelet(frame) { samples in
        for pixel in plane.samples.indices { plane.samples[pixel] = samples[pixel] }
      }
      return plane
    }
    let shift = SIMD2(0.75, -1.25)
    var camera = right.bands[0].camera
    camera.centreX -= shift.x
    camera.centreY -= shift.y
    func source(_ moves: [SIMD2<Double>]) -> ImageSource {
      ImageSource(
        productID: "MOVED",
        bands: [BandSource(filter: .blue, camera: camera, framelets: framelets, moves: moves)],
        poses: right.poses)
    }
    let grid = PlateCarree(radii: flyby.radii, pixelsPerDegree: 2)
    func worst(_ source: ImageSource) throws -> Float {
      let expected = try #require(Warper(source: right).warp(onto: grid)[.blue]).values.samples
      let found = try #require(Warper(source: source).warp(onto: grid)[.blue]).values.samples
      return zip(expected, found).reduce(0) { worst, pair in
        pair.0.isNaN || pair.1.isNaN ? worst : max(worst, abs(pair.0 - pair.1))
      }
    }
    #expect(try worst(source([])) > 0.01)
    #expect(try worst(source(Array(repeating: shift, count: 4))) < 1e-4)
  }
}
