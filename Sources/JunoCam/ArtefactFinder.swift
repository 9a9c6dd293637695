import Raster

/// Marks samples that may be used with care: where charge from saturated ones may have flowed into the
/// methane strip, and at steps between blocks of the lossy compression.
struct ArtefactFinder {
  let noise: NoiseModel

  /// - Parameters:
  ///   - framelets: of one frame, saturated samples flagged.
  ///   - levels: black levels, DN12, [place of the filter].
  ///   - perDN: unit of the samples per DN12, [place].
  func mark(_ framelets: inout [Framelet<IOverF>], levels: [BlackLevel], perDN: [Float]) {
    var spilling = [Bool](repeating: false, count: FrameletShape.columns)
    let saturated = FrameletFlags.saturated.rawValue
    for place in framelets.indices {
      let samples = framelets[place].samples.samples
      let black = levels[place].value
      let isMethane = framelets[place].filter == .methane
      framelets[place].flags.samples.withUnsafeMutableBufferPointer { flags in
        samples.withUnsafeBufferPointer { samples in
          Self.forEachEight(flags, with: saturated) {
            spilling[$0 % FrameletShape.columns] = true
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

  /// Calls `body` with the places of the flags that have a bit.
  private static func forEachEight(
    _ flags: UnsafeMutableBufferPointer<UInt8>, with bit: UInt8, _ body: (Int) -> Void
  ) {
    guard let base = flags.baseAddress else { return }
    let bits = UInt64(bit) &* 0x0101_0101_0101_0101
    for first in stride(from: 0, to: flags.count, by: 8) {
      let word = UnsafeRawPointer(base + first).loadUnaligned(as: UInt64.self)
      guard word & bits != 0 else { continue }
      for place in first..<first + 8 where flags[place] & bit != 0 { body(place) }
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
