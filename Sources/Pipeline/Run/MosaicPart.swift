import Foundation
import Mapping
import Raster

/// One image's share of a mosaic on disk, until its turn comes to be added: sums of floats depend on
/// their order, so images go in by their times, whichever is done first.
struct MosaicPart: Sendable {
  let mosaic: Mosaic
  let height: Int
  private let file: ScratchFile
  /// Lines that hold anything; the others were never written.
  private(set) var covered: [Bool]
  /// The light that it is shown in, if it is not as seen.
  var photometry: PhotometryRecord?
  var statistics = ContentStatistics()

  /// Throws `PipelineError.outputUnwritable`.
  init(mosaic: Mosaic, height: Int, in folder: URL) throws {
    self.mosaic = mosaic
    self.height = height
    file = try ScratchFile(in: folder)
    covered = Array(repeating: false, count: height)
  }

  /// Puts a band of lines away.
  mutating func append(_ lines: [Float], firstLine: Int) throws {
    let step = mosaic.lineCount
    for line in 0..<lines.count / step {
      let slice = lines[line * step..<(line + 1) * step]
      guard mosaic.isCovered(slice) else { continue }
      covered[firstLine + line] = true
      try slice.withUnsafeBufferPointer { try file.write($0, at: (firstLine + line) * step) }
    }
  }

  /// Fades the weights towards the edges of the coverage, when all lines are there.
  ///
  /// - Parameter lines: at a time, at least; few would be worked on mostly as margins of others.
  func fade(lines step: Int, jobs: Int) throws {
    let width = mosaic.width
    let step = max(step, Mosaic.fadeMargins * mosaic.margin)
    try Parallel.tryForEach(count: (height + step - 1) / step, jobs: jobs) { index in
      let lines = index * step..<min((index + 1) * step, height)
      guard covered[lines].contains(true) else { return }
      let window =
        max(0, lines.lowerBound - mosaic.margin)..<min(height, lines.upperBound + mosaic.margin)
      var weights = [Float](repeating: 0, count: window.count * width)
      try weights.withUnsafeMutableBufferPointer { weights in
        for line in window where covered[line] {
          let place = (line - window.lowerBound) * width
          try file.read(
            into: .init(rebasing: weights[place..<place + width]),
            at: line * mosaic.lineCount + mosaic.weightOffset)
        }
      }
      let faded = mosaic.fade(
        weights,
        lines: lines.lowerBound - window.lowerBound..<lines.upperBound - window.lowerBound)
      // Neighbouring bands still need the weights as they were.
      try faded.withUnsafeBufferPointer {
        try file.write($0, at: fadedPlace(lines.lowerBound))
      }
    }
  }

  /// Where a line's faded weights are: behind all lines.
  private func fadedPlace(_ line: Int) -> Int { height * mosaic.lineCount + line * mosaic.width }

  /// Takes a line back, its weights faded.
  func read(_ line: Int, into values: UnsafeMutableBufferPointer<Float>) throws {
    try file.read(into: values, at: line * mosaic.lineCount)
    let weights = mosaic.weightOffset..<mosaic.weightOffset + mosaic.width
    try file.read(into: .init(rebasing: values[weights]), at: fadedPlace(line))
  }
}
