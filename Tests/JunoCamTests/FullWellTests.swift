import Raster
import Testing

@testable import JunoCam

/// Where the detector is full, on frames whose brightness is known.
struct FullWellTests {
  private func saturated(_ image: CalibratedImage, _ filter: Filter) -> Int {
    image.frames.framelets.filter { $0.filter == filter }.reduce(0) { sum, framelet in
      sum + framelet.flags.samples.count { $0 & FrameletFlags.saturated.rawValue != 0 }
    }
  }

  /// Brightness that rises to 2143 DN12 along the columns, far above the ground report's 1872, and ends there: nothing
  /// is full, with noise and without.
  @Test(arguments: [nil, 1.0])
  func smoothRampIsNotFull(readNoise: Double?) throws {
    let tops: [Filter: Double] = [.blue: 600, .green: 1250, .red: 2143]
    let drawn = DrawnFrames(
      filters: [.blue, .green, .red], frames: 2, readNoise: readNoise
    ) { _, filter, _, column in
      (300..<1300).contains(column) ? (tops[filter] ?? 0) * Double(column - 300) / 999 : 0
    }
    let image = try Calibration().calibrate(drawn.image())
    for filter in drawn.filters { #expect(saturated(image, filter) == 0) }
    #expect(image.findings.allSatisfy { $0.fullWell == nil && $0.saturated == 0 })
    // The caller's word counts.
    let given = try Calibration(options: .init(fullWell: 1872)).calibrate(drawn.image())
    #expect(saturated(given, .red) > 25_000 && saturated(given, .green) == 0)
  }

  /// The same ramp in a detector that is full at 1500, 1872 or 2500 DN12.
  @Test(arguments: [1500.0, 1872, 2500]) func pileUpIsFound(fullWell: Double) throws {
    func light(_ column: Int) -> Double {
      (300..<1300).contains(column) ? 3000 * Double(column - 300) / 999 : 0
    }
    let drawn = DrawnFrames(frames: 2) { _, _, _, column in min(light(column), fullWell) }
    let image = try Calibration().calibrate(drawn.image())
    let found = try #require(image.findings[0].fullWell)
    // Four standard deviations of noise and a step of the table.
    #expect(found < fullWell && found > fullWell - 4 * 13 - 32, "\(found)")
    let framelet = try #require(image.frames[0, .red])
    let flagged = (0..<FrameletShape.columns).filter { column in
      framelet.flags(row: 64, column: column).contains(.saturated)
    }
    // What is well above the full well is flagged, what is well below is not.
    let full = (300..<1300).filter { light($0) > fullWell + 60 }
    // Noise of three standard deviations may leave one below.
    #expect(Set(full).subtracting(flagged).count * 50 <= full.count)
    #expect(flagged.allSatisfy { light($0) > fullWell - 150 })
    #expect(abs(Double(image.ceiling(.red)) / image.radiometry.iOverFPerDN(.red) - found) < 1)
  }

  /// A hot pixel in each strip reads the same in all frames: a peak in the histogram, but no pile-up of the scene.
  @Test func hotPixelsAreNoPileUp() throws {
    let drawn = DrawnFrames(frames: 30) { _, _, row, column in
      column % 100 == 50 && (40..<42).contains(row) ? 1600 : 5
    }
    let image = try Calibration().calibrate(drawn.image())
    #expect(image.findings[0].fullWell == nil && image.findings[0].saturated == 0)
  }
}
