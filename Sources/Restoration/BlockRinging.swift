import JunoCam
import Raster

/// How far the lossy compression throws off the samples of a block that holds a stationary defect.
///
/// A hot pixel fills all 64 coefficients of its block of 8 × 8, and what rounds them rings through the
/// block in every frame, since the defect stands still. The scatter of the block's good samples, a median
/// over the frames while the scene moves on, less that of the blocks without defects around, is the
/// ringing.
struct BlockRinging: Sendable {
  /// Samples along the edge of a block.
  static let side = 8
  /// Fewer frames than this hold too little motion to tell ringing from the scene.
  private static let leastFrames = 4
  /// Fewer good samples than this tell no scatter.
  private static let leastSamples = 16
  /// Blocks to all sides among which those without defects tell what is usual, and the least count of
  /// these.
  private static let reach = (rows: 1, columns: 6)
  private static let leastBlocks = 5
  /// A block without a known defect rings too if its variance exceeds the usual
  /// one this many times: a faint hot pixel may have been flattened until none of it stands out.
  private static let leastRatio: Float = 3
  /// Median ringing around defects from which on the compression counts as coarse, in standard deviations of
  /// noise: a hit hides behind the ringing that it causes itself, and rough ground is no longer taken for
  /// ringing.
  private static let coarse: Float = 2
  private static let across = FrameletShape.columns / side
  private static let down = FrameletShape.rows / side

  /// [place of the filter] Ringing of each block in standard deviations of noise; nil where the compression
  /// is not coarse.
  private let strips: [[Float]?]

  /// - Parameters:
  ///   - stack: stationary defects taken out.
  ///   - noise: of the samples.
  ///   - jobs: most threads to use at once.
  init(_ stack: FrameletStack, noise: SampleNoise, jobs: Int) {
    strips = Parallel.map(count: stack.filterCount, jobs: jobs) { place in
      stack.frameCount >= Self.leastFrames ? Self.strip(stack, noise, place) : nil
    }
  }

  /// Ringing at a sample, in standard deviations of noise: 0 where nothing rings; nil where the compression
  /// is so fine that ringing does not rise above noise and scene.
  func sigma(place: Int, x: Int, y: Int) -> Float? {
    strips[place].map { $0[y / Self.side * Self.across + x / Self.side] }
  }

  private static func strip(_ stack: FrameletStack, _ noise: SampleNoise, _ place: Int)
    -> [Float]?
  {
    let active = FrameletShape.photoactiveColumns
    // The outermost blocks hold masked columns.
    let columns = (active.lowerBound + side - 1) / side..<active.upperBound / side
    let blocks = (0..<down).flatMap { row in columns.map { row * across + $0 } }
    var scatters = [Float](repeating: .nan, count: across * down)
    var isSound = [Bool](repeating: false, count: across * down)
    for block in blocks {
      let found = (0..<stack.frameCount).compactMap { scatter(stack, noise, $0, place, block) }
      guard found.count >= leastFrames else { continue }
      scatters[block] = found.map(\.sigma).sorted()[found.count / 2]
      isSound[block] = found.contains { $0.isWhole }
    }
    var sigmas = [Float](repeating: 0, count: across * down)
    var ratios = sigmas
    for block in blocks where scatters[block].isFinite {
      guard let usual = usual(around: block, scatters, isSound) else { continue }
      let square = scatters[block] * scatters[block]
      sigmas[block] = max(square - usual * usual, 0).squareRoot()
      ratios[block] = square / (usual * usual)
    }
    let known = blocks.filter { scatters[$0].isFinite && !isSound[$0] }.map { sigmas[$0] }.sorted()
    guard known.count >= leastBlocks, known[known.count / 2] > coarse else { return nil }
    // Rough ground is no ringing.
    for block in blocks where isSound[block] && ratios[block] < leastRatio { sigmas[block] = 0 }
    return sigmas
  }

  /// Median scatter of the blocks without defects around a block; nil where there are too few.
  private static func usual(
    around block: Int, _ scatters: [Float], _ isSound: [Bool]
  ) -> Float? {
    let (row, column) = (block / across, block % across)
    var found: [Float] = []
    for y in max(row - reach.rows, 0)...min(row + reach.rows, down - 1) {
      for x in max(column - reach.columns, 0)...min(column + reach.columns, across - 1)
      where isSound[y * across + x] {
        found.append(scatters[y * across + x])
      }
    }
    return found.count >= leastBlocks ? found.sorted()[found.count / 2] : nil
  }

  /// Standard deviation of a block's good samples over that of noise, and whether all 64 are good; nil
  /// where too few are.
  private static func scatter(
    _ stack: FrameletStack, _ noise: SampleNoise, _ frame: Int, _ place: Int, _ block: Int
  ) -> (sigma: Float, isWhole: Bool)? {
    let first = block / across * side * FrameletStack.stride + block % across * side
    return stack.withFramelet(stack.index(frame: frame, place: place)) { framelet in
      let samples = framelet + first
      var (count, sum, squares) = (Float(0), Float(0), Float(0))
      var base = Float.nan
      for row in 0..<side {
        for column in 0..<side {
          let value = samples[row * FrameletStack.stride + column]
          guard value > -.infinity else { continue }
          if base.isNaN { base = value }
          count += 1
          sum += value - base
          squares += (value - base) * (value - base)
        }
      }
      guard count >= Float(leastSamples) else { return nil }
      let mean = sum / count
      let variance = max(squares / count - mean * mean, 0)
      return (
        variance.squareRoot() / noise.sigma(base + mean, frame, place),
        count == Float(side * side)
      )
    }
  }
}
