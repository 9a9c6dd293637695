import Raster

/// Marks samples that may be used with care: at the full well, where charge from there may have
/// flowed into the methane strip, and at steps between blocks of the lossy compression.
struct ArtefactFinder {
  /// DN12 above black at which the detector's response ends (calibration report: about 1872).
  let fullWell: Double
  let noise: NoiseModel

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

  /// Flags the samples on both sides of the edges of blocks.
  private func markSteps(
    _ samples: UnsafeBufferPointer<Float>, _ flags: UnsafeMutableBufferPointer<UInt8>,
    sigma: (Float) -> Float
  ) {
    withoutActuallyEscaping(sigma) { sigma in
      for edge in BlockEdgeFinder(samples, sigma: sigma).edges {
        for item in 0..<BlockEdgeFinder.side {
          flags[edge.first + item * edge.along] |= FrameletFlags.artefact.rawValue
          flags[edge.first + item * edge.along - edge.across] |= FrameletFlags.artefact.rawValue
        }
      }
    }
  }
}
