/// Finds steps between the 8 × 8 blocks of the lossy compression in a framelet.
///
/// Ground has steps too. Lines through the middle of blocks are looked at in the same way; what is found
/// there is ground for certain, and tells how much of what is found between blocks is. The limit is set
/// so that at most a fifth is; where none does that, the framelet shows no blocks, and nothing is marked.
struct BlockEdgeFinder {
  /// An edge of eight samples: its first one, and the distances to the samples on its other side and
  /// along it.
  struct Edge: Hashable {
    var first: Int
    var across: Int
    var along: Int
  }

  static let side = 8
  /// Limits that are tried, in standard deviations of what noise makes of a step.
  private static let limits: [Float] = [3, 3.5, 4, 5, 6, 8, 10, 14, 20]
  /// Times that a step must exceed those two samples beside it.
  private static let ratio: Float = 3
  /// Share of ground among the edges found that is put up with.
  private static let mostGround = 0.2

  private let samples: UnsafeBufferPointer<Float>
  private let sigma: (Float) -> Float

  /// - Parameters:
  ///   - samples: of a framelet.
  ///   - sigma: noise at a brightness, in the unit of the samples.
  init(_ samples: UnsafeBufferPointer<Float>, sigma: @escaping (Float) -> Float) {
    self.samples = samples
    self.sigma = sigma
  }

  var edges: [Edge] {
    let width = FrameletShape.columns
    let side = Self.side
    var found: [(edge: Edge, strength: Float)] = []
    var ground: [Float] = []
    func look(_ corner: Int, across: Int, along: Int) {
      let edge = Edge(first: corner, across: across, along: along)
      let size = strength(edge)
      if size >= Self.limits[0] { found.append((edge, size)) }
      let middle = strength(
        Edge(first: corner + side / 2 * across, across: across, along: along))
      if middle >= Self.limits[0] { ground.append(middle) }
    }
    // The outermost blocks hold masked columns.
    for top in stride(from: 0, to: FrameletShape.rows, by: side) {
      for left in stride(from: 4 * side, to: width - 3 * side, by: side) {
        let corner = top * width + left
        look(corner, across: 1, along: width)
        if top > 0 { look(corner, across: width, along: 1) }
      }
    }
    func isMostlyBlocks(_ limit: Float) -> Bool {
      let all = Double(found.count { $0.strength >= limit })
      let wrong = Double(ground.count { $0 >= limit })
      return wrong <= Self.mostGround * all && all - wrong > 3 * (all + wrong).squareRoot()
    }
    guard let limit = Self.limits.first(where: isMostlyBlocks) else { return [] }
    return found.filter { $0.strength >= limit }.map(\.edge)
  }

  /// Height of a step over what noise makes of one; 0 where the samples beside it have steps too.
  private func strength(_ edge: Edge) -> Float {
    let size = step(edge, offset: 0)
    // Second differences of noise with weights ½, 1½, 1½, ½ over eight samples.
    let noise = sigma(samples[edge.first]) * (5 / Float(Self.side)).squareRoot()
    guard size >= Self.limits[0] * noise else { return 0 }
    let beside = max(step(edge, offset: -2), step(edge, offset: 2))
    return size > Self.ratio * beside ? size / noise : 0
  }

  /// Mean step between a line of eight samples and the one before it, less what the slopes on both
  /// sides let expect.
  @inline(__always)
  private func step(_ edge: Edge, offset: Int) -> Float {
    var sum: Float = 0
    for item in 0..<Self.side {
      let place = edge.first + offset * edge.across + item * edge.along
      let (before, after) = (samples[place - edge.across], samples[place])
      let slopes =
        before - samples[place - 2 * edge.across] + samples[place + edge.across] - after
      sum += after - before - 0.5 * slopes
    }
    return abs(sum) / Float(Self.side)
  }
}
