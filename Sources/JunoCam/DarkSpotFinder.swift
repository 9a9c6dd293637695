/// Finds pixels that respond too little: dead ones, and spots of dust, which take some of the light of a few
/// pixels. They stand still on the strip while the scene moves.
///
/// The mean over the frames, in which the ground blurs, tells where to look. A pixel counts if in nearly all
/// frames that light it, and in enough of them, it is darker than its surroundings and those on both sides: a
/// dark feature of the ground fills the place of a pixel in one frame. Where the edge of a disc lights a
/// pixel in few frames, two are enough if the loss is large, and alike in all of them.
struct DarkSpotFinder {
  /// Frames that must show a pixel dark.
  let leastFrames: Int

  /// From here on a code counts as lit (SQROOT: 51 DN12).
  static let litCode: UInt8 = 40
  /// By how many codes a spot is too dark at its darkest, and at its rim. Noise is about one code at every
  /// brightness.
  private static let leastDeficit = 5
  private static let rimDeficit = 2
  /// Share of the lit frames that must agree.
  private static let share = 0.8
  /// Lit frames, deficit and likeness (largest over least loss) that a spot needs where fewer frames than
  /// `leastFrames` are lit.
  private static let few = (frames: 2, deficit: 12, likeness: 1.5)

  /// - Parameters:
  ///   - framelets: of one filter.
  ///   - means: mean code of every pixel over the frames in which it is lit, else 0.
  ///   - lit: number of those frames.
  /// - Returns: pixels, in no order.
  func spots(_ framelets: [Framelet<Companded>], means: [UInt8], lit: [UInt32]) -> [Int] {
    let surroundings = StripMedians.all(means)
    func deficit(_ pixel: Int) -> Int {
      let sides = StripMedians.sides(of: pixel)
      guard min(lit[sides.left], lit[sides.right]) >= Self.few.frames else { return 0 }
      let usual = min(surroundings[sides.left], surroundings[pixel], surroundings[sides.right])
      return Int(usual) - Int(means[pixel])
    }
    var isTaken = [Bool](repeating: false, count: means.count)
    var spots: [Int] = []
    let active = FrameletShape.photoactiveColumns
    for row in 0..<FrameletShape.rows {
      for column in active {
        let seed = row * FrameletShape.columns + column
        guard !isTaken[seed], deficit(seed) >= Self.leastDeficit - 1,
          isDark(seed, framelets, by: Self.leastDeficit)
        else { continue }
        var edge = [seed]
        isTaken[seed] = true
        while let pixel = edge.popLast() {
          spots.append(pixel)
          for next in neighbours(of: pixel)
          where !isTaken[next] && deficit(next) >= Self.rimDeficit
            && isDark(next, framelets, by: Self.rimDeficit)
          {
            isTaken[next] = true
            edge.append(next)
          }
        }
      }
    }
    return spots
  }

  private func neighbours(of pixel: Int) -> [Int] {
    let (row, column) = (pixel / FrameletShape.columns, pixel % FrameletShape.columns)
    var result: [Int] = []
    for y in max(0, row - 1)...min(FrameletShape.rows - 1, row + 1) {
      for x in column - 1...column + 1
      where FrameletShape.photoactiveColumns.contains(x) && (y, x) != (row, column) {
        result.append(y * FrameletShape.columns + x)
      }
    }
    return result
  }

  /// Whether nearly all frames whose ground is lit there show a pixel darker than both sides.
  private func isDark(_ pixel: Int, _ framelets: [Framelet<Companded>], by least: Int) -> Bool {
    let sides = StripMedians.sides(of: pixel)
    let missing = FrameletFlags.missing.rawValue
    /// One for each frame that is lit there.
    var losses: [(codes: Int, share: Double)] = []
    for framelet in framelets where framelet.flags.samples[pixel] & missing == 0 {
      framelet.samples.samples.withUnsafeBufferPointer { codes in
        guard codes[sides.left] >= Self.litCode, codes[sides.right] >= Self.litCode else { return }
        let beside = min(
          StripMedians.one(codes, at: sides.left), StripMedians.one(codes, at: sides.right))
        guard beside >= Self.litCode else { return }
        let usual = Int(min(beside, StripMedians.one(codes, at: pixel)))
        let loss = usual - Int(codes[pixel])
        losses.append((loss, Double(loss) / Double(max(usual, 1))))
      }
    }
    guard losses.count < leastFrames else {
      let dark = losses.count { $0.codes >= least }
      return dark >= leastFrames && Double(dark) >= Self.share * Double(losses.count)
    }
    // A rim may be faint; the spot that it belongs to is not.
    let isSpot = least >= Self.leastDeficit
    let needed = isSpot ? Self.few.deficit : least
    guard losses.count >= Self.few.frames, losses.allSatisfy({ $0.codes >= needed }) else {
      return false
    }
    let shares = losses.map(\.share)
    guard isSpot, let smallest = shares.min(), let largest = shares.max() else { return true }
    return largest <= Self.few.likeness * smallest
  }
}
