/// A canonical, length-limited Huffman code for DEFLATE (RFC 1951, section 3.2.2).
struct HuffmanCode {
  /// Code lengths by symbol, 0 for symbols that do not occur.
  let lengths: [UInt8]
  /// Codes by symbol, first bit lowest, as DEFLATE packs them.
  let codes: [UInt16]

  /// A code for the given frequencies with lengths up to `limit`. A code has at least two symbols,
  /// because some decoders refuse incomplete ones.
  init(frequencies: [UInt32], limit: Int) {
    // Frequency above, symbol below: ties are broken by the symbol, so that the code depends on the
    // frequencies alone, and whole words sort fast.
    var keys: [UInt64] = []
    keys.reserveCapacity(frequencies.count)
    for (symbol, frequency) in frequencies.enumerated() where frequency > 0 {
      keys.append(UInt64(frequency) << 16 | UInt64(symbol))
    }
    for symbol in frequencies.indices where keys.count < 2 && frequencies[symbol] == 0 {
      keys.append(1 << 16 | UInt64(symbol))
    }
    keys.sort()
    var depths = Self.optimalDepths(keys.map { $0 >> 16 })
    Self.limit(&depths, to: limit)
    var lengths = [UInt8](repeating: 0, count: frequencies.count)
    for (key, depth) in zip(keys, depths) { lengths[Int(key & 0xFFFF)] = UInt8(depth) }
    self.lengths = lengths
    codes = Self.canonicalCodes(lengths)
  }

  /// Bits that symbols of these frequencies take.
  func cost(_ frequencies: [UInt32]) -> Int {
    zip(frequencies, lengths).reduce(0) { $0 + Int($1.0) * Int($1.1) }
  }

  /// Depths of Huffman's tree for weights in ascending order: leaves and inner nodes wait in two
  /// queues, both of which stay sorted (van Leeuwen 1976).
  private static func optimalDepths(_ weights: [UInt64]) -> [Int] {
    let count = weights.count
    var nodeWeights: [UInt64] = []
    var parents = [Int](repeating: 0, count: 2 * count - 1)
    nodeWeights.reserveCapacity(count - 1)
    var nextLeaf = 0
    var nextNode = 0
    for made in 0..<(count - 1) {
      var sum: UInt64 = 0
      for _ in 0..<2 {
        let takesLeaf =
          nextLeaf < count
          && (nextNode >= nodeWeights.count || weights[nextLeaf] <= nodeWeights[nextNode])
        if takesLeaf {
          sum += weights[nextLeaf]
          parents[nextLeaf] = count + made
          nextLeaf += 1
        } else {
          sum += nodeWeights[nextNode]
          parents[count + nextNode] = count + made
          nextNode += 1
        }
      }
      nodeWeights.append(sum)
    }
    var depths = [Int](repeating: 0, count: 2 * count - 1)
    for node in stride(from: 2 * count - 3, through: 0, by: -1) {
      depths[node] = depths[parents[node]] + 1
    }
    return Array(depths[..<count])
  }

  /// Cuts depths (longest first) to the limit and lengthens the cheapest others until the code fits
  /// again (Kraft's inequality).
  private static func limit(_ depths: inout [Int], to limit: Int) {
    guard depths.contains(where: { $0 > limit }) else { return }
    var space = 0
    for index in depths.indices {
      depths[index] = min(depths[index], limit)
      space += 1 << (limit - depths[index])
    }
    var excess = space - (1 << limit)
    while excess > 0 {
      // The rarest symbol that is still shorter than the limit loses least.
      guard let index = depths.firstIndex(where: { $0 < limit }) else { return }
      depths[index] += 1
      excess -= 1 << (limit - depths[index])
    }
    // What the last step freed beyond need goes to the most frequent symbols that fit it.
    for index in depths.indices.reversed() {
      while depths[index] > 1, 1 << (limit - depths[index]) <= -excess {
        excess += 1 << (limit - depths[index])
        depths[index] -= 1
      }
    }
  }

  private static func canonicalCodes(_ lengths: [UInt8]) -> [UInt16] {
    var counts = [Int](repeating: 0, count: 17)
    for length in lengths where length > 0 { counts[Int(length)] += 1 }
    var next = [Int](repeating: 0, count: 17)
    for length in 1..<17 { next[length] = (next[length - 1] + counts[length - 1]) << 1 }
    return lengths.map { length in
      guard length > 0 else { return 0 }
      let code = next[Int(length)]
      next[Int(length)] += 1
      var reversed: UInt16 = 0
      for bit in 0..<Int(length) where code >> bit & 1 == 1 {
        reversed |= 1 << (Int(length) - 1 - bit)
      }
      return reversed
    }
  }
}
