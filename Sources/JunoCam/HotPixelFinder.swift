/// Finds stationary defects in the image itself: they stand still on the strip while the scene moves
/// by some 115 rows from frame to frame.
///
/// Works on codes, in which photon noise is about the same at every brightness. A hot pixel is one
/// whose minimum over the frames stands out of the minima around it; what is too dark `DarkSpotFinder`
/// finds. With TDI the charge of a hot pixel is shifted on, so that it draws a run of TDI pixels down
/// the rows.
public struct HotPixelFinder: Sendable {
  /// Thresholds.
  public struct Options: Hashable, Codable, Sendable {
    /// Least excess over the surroundings, codes.
    public var leastExcess: Int
    /// Least excess in robust standard deviations of all pixels' excess.
    public var sigmas: Double
    /// Fewer frames than this hold too little motion to tell a defect from the scene.
    public var leastFrames: Int

    public init(leastExcess: Int = 5, sigmas: Double = 6, leastFrames: Int = 4) {
      self.leastExcess = leastExcess
      self.sigmas = sigmas
      self.leastFrames = leastFrames
    }
  }

  public var options: Options

  public init(options: Options = .init()) { self.options = options }

  private static let rows = FrameletShape.rows
  private static let columns = FrameletShape.columns

  /// Defects of all filters of an image; none where it has too few frames.
  ///
  /// - Parameters:
  ///   - frames: codes, lost lines flagged.
  ///   - tdiStages: length of the runs.
  public func find(in frames: FrameSet<Companded>, tdiStages: Int) -> HotPixelMap {
    var map = HotPixelMap()
    for (place, filter) in frames.filters.enumerated() {
      let framelets = frames.frames.map { $0[place] }.filter { !$0.isMissing }
      guard framelets.count >= options.leastFrames else { continue }
      map.formUnion(
        HotPixelMap(filter: filter, flags: defects(framelets, tdiStages: tdiStages)))
    }
    return map
  }

  private func defects(_ framelets: [Framelet<Companded>], tdiStages: Int) -> [UInt8] {
    let sums = sums(framelets)
    var flags = grown(excess(sums.low), run: tdiStages, flag: .hot)
    let spots = DarkSpotFinder(leastFrames: options.leastFrames)
      .spots(framelets, means: sums.means, lit: sums.lit)
    for pixel in spots { flags[pixel] |= FrameletFlags.dead.rawValue }
    return flags
  }

  /// Codes of a pixel over the frames that have it.
  private struct Sums {
    var low: [UInt8]
    /// Frames in which it is clearly lit, and its mean over them.
    var lit: [UInt32]
    var means: [UInt8]
  }

  private func sums(_ framelets: [Framelet<Companded>]) -> Sums {
    let count = Self.rows * Self.columns
    var low = [UInt8](repeating: 255, count: count)
    var lit = [UInt32](repeating: 0, count: count)
    var sum = [UInt32](repeating: 0, count: count)
    let missing = FrameletFlags.missing.rawValue
    for framelet in framelets {
      framelet.samples.samples.withUnsafeBufferPointer { codes in
        framelet.flags.samples.withUnsafeBufferPointer { flags in
          for pixel in 0..<count {
            // A lost sample must neither be the least nor count as lit.
            let isLost = flags[pixel] & missing != 0
            low[pixel] = min(low[pixel], isLost ? 255 : codes[pixel])
            let isLit = !isLost && codes[pixel] >= DarkSpotFinder.litCode
            lit[pixel] += isLit ? 1 : 0
            sum[pixel] += isLit ? UInt32(codes[pixel]) : 0
          }
        }
      }
    }
    let means = zip(sum, lit).map { $1 > 0 ? UInt8(($0 + $1 / 2) / $1) : 0 }
    return Sums(low: low, lit: lit, means: means)
  }

  /// Code less the greatest median of the surroundings, photoactive columns only.
  private func excess(_ codes: [UInt8]) -> [Int16] {
    let surroundings = StripMedians.all(codes)
    var excess = [Int16](repeating: 0, count: codes.count)
    for row in 0..<Self.rows {
      for column in FrameletShape.photoactiveColumns {
        let pixel = row * Self.columns + column
        let sides = StripMedians.sides(of: pixel)
        let usual = max(surroundings[sides.left], surroundings[pixel], surroundings[sides.right])
        excess[pixel] = Int16(codes[pixel]) - Int16(usual)
      }
    }
    return excess
  }

  /// Pixels above the threshold, and those above half of it that touch them: sideways by one pixel
  /// (the lossy compression spreads them), up and down by the length of a run.
  private func grown(_ excess: [Int16], run: Int, flag: FrameletFlags) -> [UInt8] {
    let threshold = max(Double(options.leastExcess), options.sigmas * spread(excess))
    let strong = Int16(min(255, threshold.rounded(.up)))
    let weak = Int16(min(255, (threshold / 2).rounded(.up)))
    var flags = [UInt8](repeating: 0, count: excess.count)
    for seed in excess.indices where excess[seed] >= strong {
      let row = seed / Self.columns
      let column = seed % Self.columns
      flags[seed] |= flag.rawValue
      for side in [column - 1, column + 1] where FrameletShape.photoactiveColumns.contains(side) {
        let pixel = row * Self.columns + side
        if excess[pixel] >= weak { flags[pixel] |= flag.rawValue }
      }
      for direction in [-1, 1] {
        var next = row + direction
        while (0..<Self.rows).contains(next), abs(next - row) < max(2, run) {
          let pixel = next * Self.columns + column
          guard excess[pixel] >= weak else { break }
          flags[pixel] |= flag.rawValue
          next += direction
        }
      }
    }
    return flags
  }

  /// Robust standard deviation of the excess, at least that of the rounding to whole codes.
  private func spread(_ excess: [Int16]) -> Double {
    var counts = [Int](repeating: 0, count: 512)
    for row in 0..<Self.rows {
      for column in FrameletShape.photoactiveColumns {
        counts[min(511, Int(excess[row * Self.columns + column].magnitude))] += 1
      }
    }
    let total = Self.rows * FrameletShape.photoactiveColumns.count
    // 68.27 % lie within one sigma.
    var below = 0
    for (size, count) in counts.enumerated() {
      below += count
      if Double(below) >= 0.6827 * Double(total) { return max(0.29, Double(size)) }
    }
    return 0.29
  }
}
