/// The symbols of DEFLATE as entries of `InflateTable` (RFC 1951, section 3.2.5).
enum InflateAlphabets {
  /// Literals, end of block, lengths; the last two symbols do not occur.
  static let literals: [UInt32] =
    (0..<256).map { UInt32($0) << 16 | InflateTable.Kind.literal | 1 << 8 }
    + [InflateTable.Kind.end]
    + bases(from: 3, count: 28, perOctave: 4)
    + [258 << 16, InflateTable.Kind.invalid, InflateTable.Kind.invalid]

  /// Distances; the last two symbols do not occur.
  static let distances: [UInt32] =
    bases(from: 1, count: 30, perOctave: 2)
    + [InflateTable.Kind.invalid, InflateTable.Kind.invalid]

  /// Code lengths: the symbol itself.
  static let codeLengths: [UInt32] = (0..<19).map { UInt32($0) << 16 }

  /// Values with ever more extra bits: the first two octaves' worth have none.
  private static func bases(from start: UInt32, count: Int, perOctave: Int) -> [UInt32] {
    var value = start
    return (0..<count).map { index in
      let extra = UInt32(max(index / perOctave - 1, 0))
      defer { value += 1 << extra }
      return value << 16 | extra << 8
    }
  }
}
