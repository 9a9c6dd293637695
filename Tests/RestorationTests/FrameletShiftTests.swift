import JunoCam
import Testing

@testable import Restoration

/// Shifts between colours on a sample frame whose optics are known, as they are and displaced.
struct FrameletShiftTests {
  private func shifts(displacing red: SIMD2<Double>) throws -> [FrameletShift] {
    let sample = try SampleImage(folder: "pj57", number: "57C90002", frames: 3..<10)
    var geometry = sample.geometry
    geometry.cameras[.red]?.centreX += red.x
    geometry.cameras[.red]?.centreY += red.y
    let image = try Calibration().calibrate(sample.image, geometry: sample.geometry)
    let place = try #require(image.frames.filters.firstIndex(of: .red))
    return FrameletShiftFinder().shifts(image, geometry: geometry, jobs: 2)
      .compactMap { $0[place] }
  }

  @Test func trueOpticsLeaveNoShift() throws {
    let shifts = try shifts(displacing: .zero)
    #expect(shifts.count >= 3)
    for shift in shifts {
      // Red of the sample frames is fainter by the exact radiometric scale (k 0.4733): at most 0.051.
      #expect(shift.sigma < 0.055)
      #expect(abs(shift.columns) < 0.03 + 3 * shift.sigma, "\(shift)")
      #expect(abs(shift.rows) < 0.03 + 3 * shift.sigma, "\(shift)")
    }
  }

  @Test func displacedOpticsAreFound() throws {
    let shifts = try shifts(displacing: SIMD2(0.4, -0.25))
    #expect(shifts.count >= 3)
    for shift in shifts {
      // The kernel has red too far right and too high: the ground lies left of it and below.
      #expect(abs(shift.columns + 0.4) < 0.03 + 3 * shift.sigma, "\(shift)")
      #expect(abs(shift.rows - 0.25) < 0.03 + 3 * shift.sigma, "\(shift)")
    }
  }
}
