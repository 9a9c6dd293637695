import JunoCam
import SpaceMath
import Testing

@testable import Restoration

/// Rows whose response is made to change by a known share, on a sample frame.
struct RowResponseTests {
  private func image(_ change: Double) throws -> (CalibratedImage, ImageGeometry) {
    let sample = try SampleImage(folder: "pj57", number: "57C90001")
    var image = try Calibration().calibrate(sample.image, geometry: sample.geometry, jobs: 2)
    let slope = Elementary.log(change) / Double(FrameletShape.rows - 1)
    image.frames.update(jobs: 2) { _, framelets in
      for place in framelets.indices {
        for pixel in framelets[place].samples.samples.indices {
          let row = Double(pixel / FrameletShape.columns) - 63.5
          framelets[place].samples.samples[pixel] *= Float(Elementary.exp(slope * row))
        }
      }
    }
    return (image, sample.geometry)
  }

  @Test(arguments: [1.08, 0.95]) func knownSlopeIsFound(change: Double) throws {
    var (image, geometry) = try image(change)
    RowResponse().correct(&image, geometry: geometry, jobs: 2)
    for findings in image.findings {
      let found = try #require(findings.rowResponse)
      #expect(abs(found - change) < 0.006, "\(found)")
    }
    // What was done to the samples is undone.
    let plain = try self.image(1).0
    let (here, before) = (image.frames.frames[8][1].samples, plain.frames.frames[8][1].samples)
    for row in stride(from: 4, to: 124, by: 8) {
      for column in stride(from: 100, to: 1500, by: 50) where before[row, column] > 0.05 {
        #expect(abs(here[row, column] / before[row, column] - 1) < 0.005)
      }
    }
  }

  @Test func evenResponseIsLeftAlone() throws {
    var (image, geometry) = try image(1)
    RowResponse().correct(&image, geometry: geometry, jobs: 2)
    #expect(image.findings.allSatisfy { $0.rowResponse == nil })
    #expect(image.rowResponses.isEmpty)
  }

  /// A flat field for the filter holds what there is.
  @Test func flatFieldIsTrusted() throws {
    let (image, geometry) = try image(1.08)
    let flat = try FlatField(
      [.red: .init(width: FrameletShape.columns, height: FrameletShape.rows, filledWith: 1)],
      kind: .response, path: "flat")
    var flattened = try Calibration(flatField: flat).calibrate(
      DecodedImage(frames: .companded(SampleImage(folder: "pj57", number: "57C90001").frames)),
      geometry: geometry, jobs: 2)
    flattened.frames = image.frames
    RowResponse().correct(&flattened, geometry: geometry, jobs: 2)
    for (place, filter) in flattened.frames.filters.enumerated() {
      #expect((flattened.findings[place].rowResponse == nil) == (filter == .red))
    }
  }
}
