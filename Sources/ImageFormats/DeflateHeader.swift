/// The code lengths in front of a dynamic DEFLATE block (RFC 1951, section 3.2.7), with a single
/// distance code of one bit.
struct DeflateHeader {
  /// Bits it takes, without the three of the block type.
  let bitCount: Int
  private let literalCount: Int
  private let items: [Item]
  private let code: HuffmanCode
  private let orderedLengths: [UInt8]

  /// A symbol of the code length alphabet with its extra bits.
  private struct Item {
    var symbol: Int
    var extra: UInt64 = 0
    var extraBits: UInt64 = 0
  }

  private static let order = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  init(_ lengths: [UInt8]) {
    literalCount = max(257, (lengths.lastIndex { $0 > 0 } ?? 0) + 1)
    items = Self.items(Array(lengths[..<literalCount]) + [1])
    var frequencies = [UInt32](repeating: 0, count: 19)
    for item in items { frequencies[item.symbol] += 1 }
    code = HuffmanCode(frequencies: frequencies, limit: 7)
    let ordered = Self.order.map { [code] in code.lengths[$0] }
    orderedLengths = Array(ordered[..<max(4, (ordered.lastIndex { $0 > 0 } ?? 0) + 1)])
    bitCount =
      14 + 3 * orderedLengths.count + code.cost(frequencies)
      + items.reduce(0) { $0 + Int($1.extraBits) }
  }

  func write(to bits: inout BitWriter) {
    bits.put(UInt64(literalCount - 257), 5)
    bits.put(0, 5)
    bits.put(UInt64(orderedLengths.count - 4), 4)
    for length in orderedLengths {
      bits.put(UInt64(length), 3)
      bits.flush()
    }
    for item in items {
      bits.put(UInt64(code.codes[item.symbol]), UInt64(code.lengths[item.symbol]))
      bits.put(item.extra, item.extraBits)
      bits.flush()
    }
  }

  /// Lengths with repetitions: 16 copies the one before 3...6 times, 17 and 18 are runs of zeros.
  private static func items(_ lengths: [UInt8]) -> [Item] {
    var items: [Item] = []
    var index = 0
    while index < lengths.count {
      let length = lengths[index]
      var run = lengths[index...].prefix { $0 == length }.count
      index += run
      if length > 0 {
        items.append(Item(symbol: Int(length)))
        run -= 1
      }
      while run > 0 {
        if length == 0, run >= 11 {
          let part = min(run, 138)
          items.append(Item(symbol: 18, extra: UInt64(part - 11), extraBits: 7))
          run -= part
        } else if length == 0, run >= 3 {
          let part = min(run, 10)
          items.append(Item(symbol: 17, extra: UInt64(part - 3), extraBits: 3))
          run -= part
        } else if length > 0, run >= 3 {
          let part = min(run, 6)
          items.append(Item(symbol: 16, extra: UInt64(part - 3), extraBits: 2))
          run -= part
        } else {
          items.append(Item(symbol: Int(length)))
          run -= 1
        }
      }
    }
    return items
  }
}
