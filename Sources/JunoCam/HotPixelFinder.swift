/// Finds stationary defects in the image itself: they stand still on the strip while the scene moves
/// by some 115 rows from frame to frame.
///
/// Works on codes, in which photon noise is about the same at every brightness. A hot pixel is one
/// whose minimum over the frames stands out of the minima around it; a dead one falls below the
/// maxima around it. With TDI the charge of a hot pixel is shifted on, so that it draws a run of TDI
/// pixels down the rows.
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
  /// Half-widths of the window of surroundings: wide across the runs, narrow along them.
  private static let reach = (rows: 1, columns: 9)

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
    let range = extremes(framelets)
    let high = range.high
    var flags = grown(excess(range.low), run: tdiStages, flag: .hot)
    // A dead pixel keeps less than half of the light: in codes, which go like a square root, seven
    // tenths. Only where the surroundings are lit in several frames can that be told: a small dark
    // feature of the ground fills the place of a pixel in one of them.
    let surroundings = medians(high)
    for row in 0..<Self.rows {
      for column in FrameletShape.photoactiveColumns {
        let pixel = row * Self.columns + column
        let sides = Self.sides(of: column, inRow: row)
        let usual = Int(
          min(surroundings[sides.left], surroundings[pixel], surroundings[sides.right]))
        let litFrames = min(range.lit[sides.left], range.lit[sides.right])
        if litFrames >= options.leastFrames, 10 * Int(high[pixel]) < 7 * usual {
          flags[pixel] |= FrameletFlags.dead.rawValue
        }
      }
    }
    return flags
  }

  /// Pixels whose windows lie wholly to the left and to the right of a pixel. Where the medians
  /// there differ the scene has an edge, and only what stands out from both sides counts.
  private static func sides(of column: Int, inRow row: Int) -> (left: Int, right: Int) {
    let active = FrameletShape.photoactiveColumns
    return (
      row * columns + max(active.lowerBound, column - reach.columns - 1),
      row * columns + min(active.upperBound - 1, column + reach.columns + 1)
    )
  }

  /// Codes of a pixel over the frames that have it.
  private struct Extremes {
    var low: [UInt8]
    var high: [UInt8]
    /// Frames in which it is clearly lit.
    var lit: [UInt16]
  }

  /// From here on a code counts as lit (SQROOT: 51 DN12).
  private static let litCode: UInt8 = 40

  private func extremes(_ framelets: [Framelet<Companded>]) -> Extremes {
    let count = Self.rows * Self.columns
    var low = [UInt8](repeating: 255, count: count)
    var high = [UInt8](repeating: 0, count: count)
    var lit = [UInt16](repeating: 0, count: count)
    let missing = FrameletFlags.missing.rawValue
    for framelet in framelets {
      framelet.samples.samples.withUnsafeBufferPointer { codes in
        framelet.flags.samples.withUnsafeBufferPointer { flags in
          for pixel in 0..<count {
            // A lost sample must be neither the least nor the greatest.
            let isLost = flags[pixel] & missing != 0
            low[pixel] = min(low[pixel], isLost ? 255 : codes[pixel])
            let code = isLost ? 0 : codes[pixel]
            high[pixel] = max(high[pixel], code)
            lit[pixel] += code >= Self.litCode ? 1 : 0
          }
        }
      }
    }
    return Extremes(low: low, high: high, lit: lit)
  }

  /// Code less the greatest median of the surroundings, photoactive columns only.
  private func excess(_ codes: [UInt8]) -> [Int16] {
    let surroundings = medians(codes)
    var excess = [Int16](repeating: 0, count: codes.count)
    for row in 0..<Self.rows {
      for column in FrameletShape.photoactiveColumns {
        let pixel = row * Self.columns + column
        let sides = Self.sides(of: column, inRow: row)
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

  /// Median over a window of 3 rows × 19 columns, by a histogram that slides along the row.
  private func medians(_ codes: [UInt8]) -> [UInt8] {
    let active = FrameletShape.photoactiveColumns
    var result = [UInt8](repeating: 0, count: codes.count)
    codes.withUnsafeBufferPointer { codes in
      for row in 0..<Self.rows {
        let rows = max(0, row - Self.reach.rows)...min(Self.rows - 1, row + Self.reach.rows)
        var window = SlidingMedian()
        for column in active.lowerBound..<active.lowerBound + Self.reach.columns {
          for other in rows { window.add(codes[other * Self.columns + column]) }
        }
        for column in active {
          let entering = column + Self.reach.columns
          let leaving = column - Self.reach.columns - 1
          for other in rows {
            if entering < active.upperBound { window.add(codes[other * Self.columns + entering]) }
            if leaving >= active.lowerBound {
              window.remove(codes[other * Self.columns + leaving])
            }
          }
          result[row * Self.columns + column] = window.median
        }
      }
    }
    return result
  }
}
