import Raster

/// Flags the samples at the full well.
struct SaturationFinder: Sendable {
  /// The pile-up of each filter, [place]; nil where nothing piles up.
  let fullWells: [FullWell?]

  /// - Parameters:
  ///   - screening: the codes.
  ///   - levels: black levels, DN12, [frame][place].
  ///   - defects: stationary defects, which pile up by themselves.
  ///   - tables: DN12 of the codes, [place].
  init(
    _ screening: CodeScreening, levels: [[BlackLevel]], defects: HotPixelMap, tables: [[Float]],
    jobs: Int
  ) {
    let frames = screening.frames
    fullWells = Parallel.map(count: frames.filters.count, jobs: jobs) { place in
      let known = defects.flags[frames.filters[place]]
      let unseen = FrameletFlags([.masked, .missing]).rawValue
      var counts = [Int](repeating: 0, count: 256 + CodeScale.wrapped)
      for (frame, framelets) in frames.frames.enumerated() {
        let framelet = framelets[place]
        framelet.samples.samples.withUnsafeBufferPointer { codes in
          framelet.flags.samples.withUnsafeBufferPointer { flags in
            for pixel in codes.indices where flags[pixel] & unseen == 0 {
              if let known, known[pixel] != 0 { continue }
              counts[Int(codes[pixel])] += 1
            }
          }
        }
        for pixel in screening.wrapped[frame][place] where known.map({ $0[pixel] == 0 }) ?? true {
          let code = Int(framelet.samples.samples[pixel])
          counts[code] -= 1
          counts[256 + code] += 1
        }
      }
      let blacks = levels.map { $0[place].value }
      let black = blacks.reduce(0, +) / Double(max(1, blacks.count))
      return FullWell(counts: counts, scale: CodeScale(table: tables[place]), black: black)
    }
  }

  /// Flags the full samples of a framelet: those that pile up, and those of the highest code.
  ///
  /// - Parameters:
  ///   - framelet: codes.
  ///   - place: of its filter.
  ///   - given: the lowest code by row that counts as full, where the caller knows the full well.
  func mark(_ framelet: inout Framelet<Companded>, place: Int, given: [Int]? = nil) {
    let limit = min(255, fullWells[place]?.code ?? 255)
    let saturated = FrameletFlags.saturated.rawValue
    let width = framelet.samples.width
    framelet.samples.samples.withUnsafeBufferPointer { codes in
      framelet.flags.samples.withUnsafeMutableBufferPointer { flags in
        for row in 0..<FrameletShape.rows {
          let least = UInt8(clamping: given?[row] ?? limit)
          for column in FrameletShape.photoactiveColumns {
            let pixel = row * width + column
            if codes[pixel] >= least { flags[pixel] |= saturated }
          }
        }
      }
    }
  }

  /// The lowest code of each row that reaches a full well, three standard deviations of noise below it.
  ///
  /// - Parameters:
  ///   - fullWell: DN12 above black.
  ///   - black: DN12 by row.
  static func codes(
    fullWell: Double, black: [Double], table: [Float], noise: NoiseModel
  ) -> [Int] {
    let limit = fullWell - 3 * noise.sigma(dn12: fullWell)
    return black.map { black in
      table.firstIndex { Double($0) >= limit + black } ?? 256
    }
  }
}
