import JunoCam
import Raster
import Testing

@testable import JunoCam
@testable import Simulation

/// Edges of compression blocks on a sample frame, against the same frame without compression.
struct BlockEdgeTests {
  private struct Score {
    /// Edges at which the compression made a step of a standard deviation and more.
    var real = 0
    var found = 0
    var marked = 0
    var samples = 0
    var flagged = 0
  }

  /// What compression did to a sample.
  private func score(step: Double) throws -> Score {
    let sample = try SampleImage(folder: "pj57", number: "57C90002", frames: 4..<9)
    let compression = BlockCompression(step: step)
    let squeezed = sample.frames.map { framelet in
      var framelet = framelet
      if step > 0 { framelet.samples = compression.squeezed(framelet.samples) }
      return framelet
    }
    func calibrated(_ frames: FrameSet<Companded>) throws -> CalibratedImage {
      try Calibration().calibrate(
        DecodedImage(frames: .companded(frames)), geometry: sample.geometry)
    }
    let clean = try calibrated(sample.frames)
    let image = try calibrated(squeezed)
    var score = Score()
    for (index, framelet) in image.frames.framelets.enumerated() {
      let before = clean.frames.framelets[index]
      score.samples += framelet.flags.samples.count
      score.flagged += framelet.flags.samples.count {
        $0 & FrameletFlags.artefact.rawValue != 0
      }
      let added = zip(framelet.samples.samples, before.samples.samples).map { $0 - $1 }
      let width = FrameletShape.columns
      let side = BlockEdgeFinder.side
      func weigh(_ first: Int, across: Int, along: Int) {
        var jump: Float = 0
        var isMarked = true
        for item in 0..<side {
          let place = first + item * along
          jump += (added[place] - added[place - across]) / Float(side)
          let both = framelet.flags.samples[place] & framelet.flags.samples[place - across]
          if both & FrameletFlags.artefact.rawValue == 0 { isMarked = false }
        }
        let sigma = clean.sigma(
          iOverF: before.samples.samples[first], frame: framelet.frame, filter: framelet.filter)
        let isReal = abs(jump) > sigma
        score.real += isReal ? 1 : 0
        score.marked += isMarked ? 1 : 0
        score.found += isReal && isMarked ? 1 : 0
      }
      for top in stride(from: 0, to: FrameletShape.rows, by: side) {
        for left in stride(from: 4 * side, to: width - 3 * side, by: side) {
          weigh(top * width + left, across: 1, along: width)
          if top > 0 { weigh(top * width + left, across: width, along: 1) }
        }
      }
    }
    return score
  }

  @Test func groundIsNoBlock() throws {
    let score = try score(step: 0)
    print("no compression: \(score)")
    #expect(score.real == 0)
    #expect(Double(score.flagged) < 1e-4 * Double(score.samples), "\(score)")
  }

  @Test(arguments: [5.0, 10])
  func whatIsMarkedIsMostlyCompression(step: Double) throws {
    let score = try score(step: step)
    print("step \(step): \(score)")
    #expect(score.marked > 100, "\(score)")
    #expect(Double(score.found) > 0.6 * Double(score.marked), "\(score)")
  }
}
