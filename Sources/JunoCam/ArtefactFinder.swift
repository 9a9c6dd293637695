import Raster

/// Marks samples that may be used with care: at the full well, where charge from there may have
/// flowed into the methane strip, and at steps between blocks of the lossy compression.
struct ArtefactFinder {
  /// DN12 above black at which the detector's response ends (calibration report: about 1872).
  let fullWell: Double
  let noise: NoiseModel

  /// Side of the blocks that the compression transforms.
  static let block = 8
  /// Standard deviations of noise that a step between blocks must exceed.
  static let stepSigmas = 4.0
  /// Times that it must exceed steps inside the two blocks.
  static let stepRatio: Float = 3

  /// - Parameters:
  ///   - framelets: of one frame.
  ///   - levels: black levels, DN12, [place of the filter].
  ///   - perDN: unit of the samples per DN12, [place].
  func mark(_ framelets: inout [Framelet<IOverF>], levels: [BlackLevel], perDN: [Float]) {
    var spilling = [Bool](repeating: false, count: FrameletShape.columns)
    let saturated = FrameletFlags.saturated.rawValue
    for place in framelets.indices {
      let samples = framelets[place].samples.samples
      // Noise about the full well falls on both sides of it.
      let limit = Float(fullWell - 3 * noise.sigma(dn12: fullWell)) * perDN[place]
      let black = levels[place].value
      let isMethane = framelets[place].filter == .methane
      framelets[place].flags.samples.withUnsafeMutableBufferPointer { flags in
        samples.withUnsafeBufferPointer { samples in
          for pixel in samples.indices where samples[pixel] >= limit { flags[pixel] |= saturated }
          var (pixel, column) = (0, 0)
          while pixel < flags.count {
            if flags[pixel] & saturated != 0 { spilling[column] = true }
            pixel += 1
            column = column + 1 == FrameletShape.columns ? 0 : column + 1
          }
          if !isMethane {
            markSteps(samples, flags) { value in
              Float(noise.sigma(dn12: Double(value / perDN[place]) + black)) * perDN[place]
            }
          }
        }
      }
    }
    guard let methane = framelets.firstIndex(where: { $0.filter == .methane }),
      spilling.contains(true)
    else { return }
    for pixel in framelets[methane].flags.samples.indices
    where spilling[pixel % FrameletShape.columns] {
      framelets[methane].flags.samples[pixel] |= FrameletFlags.artefact.rawValue
    }
  }

  /// Flags the samples on both sides of block edges that the scene does not explain: the step, less
  /// what the slopes on both sides let expect, over the eight samples of an edge.
  private func markSteps(
    _ samples: UnsafeBufferPointer<Float>, _ flags: UnsafeMutableBufferPointer<UInt8>,
    sigma: (Float) -> Float
  ) {
    let width = FrameletShape.columns
    let side = Self.block
    let bound = Float(Self.stepSigmas * (1.5 / Double(side)).squareRoot())
    /// Mean step between a line of eight samples and the one before it.
    func step(_ first: Int, across: Int, along: Int) -> Float {
      var sum: Float = 0
      for item in 0..<side {
        let place = first + item * along
        let (before, after) = (samples[place - across], samples[place])
        let slopes = before - samples[place - 2 * across] + samples[place + across] - after
        sum += after - before - 0.5 * slopes
      }
      return abs(sum) / Float(side)
    }
    func mark(_ first: Int, across: Int, along: Int) {
      let size = step(first, across: across, along: along)
      guard size > bound * sigma(samples[first]) else { return }
      let inside = max(
        step(first - 4 * across, across: across, along: along),
        step(first + 4 * across, across: across, along: along))
      guard size > Self.stepRatio * inside else { return }
      for item in 0..<side {
        flags[first + item * along] |= FrameletFlags.artefact.rawValue
        flags[first + item * along - across] |= FrameletFlags.artefact.rawValue
      }
    }
    // The outermost blocks hold masked columns.
    for top in stride(from: 0, to: FrameletShape.rows, by: side) {
      for left in stride(from: 4 * side, to: width - 3 * side, by: side) {
        let corner = top * width + left
        mark(corner, across: 1, along: width)
        if top > 0 { mark(corner, across: width, along: 1) }
      }
    }
  }
}
