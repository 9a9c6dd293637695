import Raster
import Testing

@testable import Photometry

@Suite struct LimbStretchTests {
  /// Sky of 0.001 ± 0.002 over a limb of 0.5, with a few brighter spots.
  private var plane: Plane<Float> {
    var plane = Plane<Float>(width: 100, height: 50, filledWith: 0)
    for index in plane.samples.indices {
      let wave = Float((index * 37) % 101) / 50 - 1
      plane.samples[index] = index < 4000 ? 0.001 + 0.0035 * wave : 0.5 + 0.1 * wave
    }
    return plane
  }

  @Test func plumesStandOutAndTheLimbIsNotBlown() {
    let stretch = LimbStretch(fitting: [plane], skyLines: 30)
    let sky = stretch.display(0.001, band: 0)
    let plume = stretch.display(0.015, band: 0)
    // A linear stretch would show the plume at 2.5 %.
    #expect(sky < 0.1)
    #expect(plume - sky > 0.12)
    #expect(stretch.display(0.5, band: 0) < 0.98)
    #expect(stretch.display(0.5, band: 0) - stretch.display(0.45, band: 0) > 0.01)
  }

  @Test func theCurveIsMonotoneAndStaysInside() {
    let stretch = LimbStretch(fitting: [plane, plane, plane], skyLines: 30)
    let values = stride(from: -0.05, through: 1.6, by: 0.0005).map { stretch.display($0, band: 1) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(values.first == 0 && values.last == 1)
  }

  @Test func pixelsWithoutDataAreBlackAndOthersFollowTheCurve() {
    let stretch = LimbStretch(black: [0, 0.01], softness: 0.01, white: 1)
    let scale = LinearScale.standard
    let codes = [0, 0, scale.code(0.3), scale.code(0.3), scale.code(2), scale.code(-0.04)]
    let pixels = stretch.display8(codes, scale: scale, width: 3)
    #expect(pixels[0] == 0 && pixels[1] == 0)
    #expect(abs(Double(pixels[2]) - 255 * stretch.display(0.3, band: 0)) <= 1)
    #expect(abs(Double(pixels[3]) - 255 * stretch.display(0.3, band: 1)) <= 1)
    #expect(pixels[4] == 255 && pixels[5] == 0)
  }
}
