import JunoCam
import Raster
import Testing

@testable import Mapping

@Suite struct MosaicTests {
  @Test func distanceGrowsFromTheEdgeAndAcrossTheSeam() {
    var covered = [Bool](repeating: true, count: 20 * 5)
    for line in 0..<5 { covered[line * 20 + 2] = false }
    let open = EdgeDistance.transform(
      covered: covered, width: 20, height: 5, limit: 50, wraps: false)
    let closed = EdgeDistance.transform(
      covered: covered, width: 20, height: 5, limit: 50, wraps: true)
    #expect(open[2, 2] == 0 && open[2, 0] == 2 && open[2, 12] == 10 && open[2, 19] == 17)
    // Sample 19 is three steps from sample 2 across the seam.
    #expect(closed[2, 19] == 3 && closed[2, 12] == 10)
  }

  @Test func theSharperImageWinsAndCoverageIsTheUnion() throws {
    let width = 40
    let height = 10
    func image(_ value: Float, columns: Range<Int>, gsd: Float) -> (WarpResult, Backplanes) {
      var values = Plane<Float>(width: width, height: height, filledWith: .nan)
      var weights = Plane<Float>(width: width, height: height, filledWith: 0)
      for line in 0..<height {
        for column in columns {
          values[line, column] = value
          weights[line, column] = 1
        }
      }
      let flat = Plane<Float>(width: width, height: height, filledWith: 0.2)
      return (
        WarpResult(
          width: width, height: height,
          bands: [.init(filter: .green, values: values, coverage: weights)]),
        Backplanes(
          emission: flat, incidence: flat, phase: flat,
          groundSampleDistance: Plane(width: width, height: height, filledWith: gsd))
      )
    }
    var options = Mosaic.Options()
    options.featherPixels = 4
    var mosaic = Mosaic(width: width, height: height, filters: [.green], options: options)
    let (sharp, sharpView) = image(1, columns: 0..<30, gsd: 1)
    let (blurred, blurredView) = image(3, columns: 10..<40, gsd: 4)
    mosaic.add(blurred, backplanes: blurredView, wraps: false)
    mosaic.add(sharp, backplanes: sharpView, wraps: false)
    let band = try #require(mosaic.result()[.green])
    #expect(band.values[5, 5] == 1)
    #expect(abs(band.values[5, 20] - (1 + 3 / 256.0) / (1 + 1 / 256.0)) < 1e-3)
    #expect(band.values[5, 36] == 3)
    #expect(!band.values.samples.contains { $0.isNaN })
  }
}
