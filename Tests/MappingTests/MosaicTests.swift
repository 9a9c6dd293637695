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
    let mosaic = Mosaic(width: width, filters: [.green], wraps: false, options: options)
    let (sharp, sharpView) = image(1, columns: 0..<30, gsd: 1)
    let (blurred, blurredView) = image(3, columns: 10..<40, gsd: 4)
    var sums = [Float](repeating: 0, count: height * mosaic.lineCount)
    for (image, view) in [(blurred, blurredView), (sharp, sharpView)] {
      var part = try #require(mosaic.part(image, backplanes: view))
      var weights: [Float] = []
      for line in 0..<height {
        let start: Int = line * mosaic.lineCount + mosaic.weightOffset
        weights += part[start..<start + width]
      }
      let faded = mosaic.fade(weights, lines: 0..<height)
      for line in 0..<height {
        let start: Int = line * mosaic.lineCount + mosaic.weightOffset
        for sample in 0..<width { part[start + sample] = faded[line * width + sample] }
      }
      mosaic.add(part, to: &sums, lines: height)
    }
    let band = try #require(mosaic.result(sums)[.green])
    #expect(band.values[5, 5] == 1)
    #expect(abs(band.values[5, 20] - (1 + 3 / 256.0) / (1 + 1 / 256.0)) < 1e-3)
    #expect(band.values[5, 36] == 3)
    #expect(!band.values.samples.contains { $0.isNaN })
  }

  /// A fade that sees a band of lines and its margin is that of the whole grid, to the last bit.
  @Test(arguments: [true, false]) func fadeDoesNotDependOnTheBand(wraps: Bool) {
    let (width, height) = (90, 70)
    var options = Mosaic.Options()
    options.featherPixels = 12.5
    let mosaic = Mosaic(width: width, filters: [.red], wraps: wraps, options: options)
    // Blobs with slanted edges, a hole, and covered pixels that must not be used.
    let weights = (0..<width * height).map { index -> Float in
      let (line, sample) = (index / width, index % width)
      let isHole = (line - 30) * (line - 30) + (sample - 20) * (sample - 20) < 9
      if isHole || (line + 2 * sample) % 140 < 17 { return 0 }
      return (line * 7 + sample) % 11 == 0 ? -1 : Float(1 + index % 5) / 3
    }
    let whole = mosaic.fade(weights, lines: 0..<height)
    #expect(Set(whole).count > 50)
    for lines in [0..<7, 20..<33, 33..<34, 60..<70] {
      let window =
        max(0, lines.lowerBound - mosaic.margin)..<min(height, lines.upperBound + mosaic.margin)
      let (first, last): (Int, Int) = (window.lowerBound * width, window.upperBound * width)
      let place: Int = lines.lowerBound - window.lowerBound
      let part = mosaic.fade(Array(weights[first..<last]), lines: place..<place + lines.count)
      let wanted = whole[lines.lowerBound * width..<lines.upperBound * width]
      #expect(part == Array(wanted))
    }
  }
}
