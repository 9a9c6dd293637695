import Raster

/// Finds blocks of the on-board transform that never arrived: runs of 16 × 16 samples of one code, on the grid
/// of the transform, that stand out from all that surrounds them.
///
/// They are filled with any constant (229 in RED of 61T00209, frame 2), not only with zeros. Black sky of lossless
/// frames and the middle of a saturated area are constant too; but there the samples across the edge of the block
/// differ by a code or two, not abruptly all around.
struct LostBlocks {
  static let size = 16
  static let across = FrameletShape.columns / size
  static let down = FrameletShape.rows / size
  /// Codes by which a sample across the edge must differ.
  private static let contrast = 4
  /// Share of the edge's samples that must.
  private static let share = 0.75
  /// Columns 1632–1647 see no light: a code so far above that of the dark columns is none of theirs.
  private static let maskedContrast = 8
  /// Codes by which a dark region that reaches into masked columns may differ from them.
  private static let darkDifference = 2

  /// Pixels of a framelet that are lost.
  ///
  /// - Parameter framelet: codes; samples known to be missing are left alone.
  static func pixels(_ framelet: Framelet<Companded>) -> [Int] {
    let codes = constantBlocks(framelet)
    guard codes.contains(where: { $0 >= 0 }) else { return [] }
    let black = MaskedColumns.median(framelet) ?? 0
    var region = [Int](repeating: -1, count: codes.count)
    var lost: [Int] = []
    for seed in codes.indices where codes[seed] >= 0 && region[seed] < 0 {
      let blocks = connected(seed, codes, &region)
      let code = codes[seed]
      let isMasked = blocks.contains { $0 % across == across - 1 }
      let isAtEdge = isMasked || blocks.contains { $0 % across == 0 }
      // Sky without noise is as dark as the masked columns that it reaches into.
      if isAtEdge, abs(code - black) <= darkDifference { continue }
      if isCut(blocks, code, region, seed, framelet)
        || (isMasked && code >= black + maskedContrast)
      {
        lost += blocks
      }
    }
    return lost.flatMap(Self.pixels(ofBlock:))
  }

  /// The code of each block that has only one, else -1.
  private static func constantBlocks(_ framelet: Framelet<Companded>) -> [Int] {
    let missing = FrameletFlags.missing.rawValue
    return framelet.samples.samples.withUnsafeBufferPointer { samples in
      framelet.flags.samples.withUnsafeBufferPointer { flags in
        (0..<down * across).map { block in
          let first = origin(ofBlock: block)
          let code = samples[first]
          for row in 0..<size {
            let start = first + row * FrameletShape.columns
            for place in start..<start + size
            where samples[place] != code || flags[place] & missing != 0 {
              return -1
            }
          }
          return Int(code)
        }
      }
    }
  }

  /// Blocks of the same code that touch one another, starting from one; all get its number in `region`.
  private static func connected(_ seed: Int, _ codes: [Int], _ region: inout [Int]) -> [Int] {
    var blocks: [Int] = []
    var open = [seed]
    region[seed] = seed
    while let block = open.popLast() {
      blocks.append(block)
      for next in neighbours(block) where region[next] < 0 && codes[next] == codes[seed] {
        region[next] = seed
        open.append(next)
      }
    }
    return blocks
  }

  private static func neighbours(_ block: Int) -> [Int] {
    let (row, column) = (block / across, block % across)
    var result: [Int] = []
    if row > 0 { result.append(block - across) }
    if row + 1 < down { result.append(block + across) }
    if column > 0 { result.append(block - 1) }
    if column + 1 < across { result.append(block + 1) }
    return result
  }

  /// Whether the samples across the edges of a region differ from it abruptly.
  private static func isCut(
    _ blocks: [Int], _ code: Int, _ region: [Int], _ seed: Int, _ framelet: Framelet<Companded>
  ) -> Bool {
    var total = 0
    var abrupt = 0
    for block in blocks {
      let first = origin(ofBlock: block)
      for next in neighbours(block) where region[next] != seed {
        for place in facing(first, towards: next, from: block) {
          total += 1
          if abs(Int(framelet.samples.samples[place]) - code) >= contrast { abrupt += 1 }
        }
      }
    }
    return total > 0 && Double(abrupt) >= share * Double(total)
  }

  /// The samples just beyond the edge of a block that begins at `first`, in its neighbour.
  private static func facing(_ first: Int, towards next: Int, from block: Int) -> [Int] {
    let columns = FrameletShape.columns
    switch next - block {
    case -across: return (0..<size).map { first - columns + $0 }
    case across: return (0..<size).map { first + size * columns + $0 }
    case -1: return (0..<size).map { first + $0 * columns - 1 }
    default: return (0..<size).map { first + $0 * columns + size }
    }
  }

  private static func origin(ofBlock block: Int) -> Int {
    block / across * size * FrameletShape.columns + block % across * size
  }

  private static func pixels(ofBlock block: Int) -> [Int] {
    let first = origin(ofBlock: block)
    return (0..<size).flatMap { row in
      (0..<size).map { first + row * FrameletShape.columns + $0 }
    }
  }
}
