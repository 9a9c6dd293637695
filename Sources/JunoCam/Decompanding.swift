/// Where in a code's bin the SIS table value lies. No source says; frames hint at the top (the
/// counts of neighbouring codes step up where the table's step doubles, one code late), but the lossy
/// compression blurs that evidence.
public enum BinPosition: String, Codable, Sendable, CaseIterable {
  /// The bin starts at the table value and ends below the next one.
  case bottom
  /// The table value is the middle of the bin: it is used as it stands. The default.
  case centre
  /// The bin ends at the table value and starts above the one before.
  case top
}

/// The way from 8-bit codes to 12-bit numbers and back.
public struct Decompanding: Hashable, Codable, Sendable {
  /// Table in force.
  public var mode: SampleBitMode
  /// Where the table value lies in its bin.
  public var binPosition: BinPosition

  public init(mode: SampleBitMode, binPosition: BinPosition = .centre) {
    self.mode = mode
    self.binPosition = binPosition
  }

  /// Best estimate of the 12-bit number behind each of the 256 codes: the mean of the integers in
  /// its bin, or the table value itself for `centre`.
  public var values: [Double] {
    let table = mode.table.map(Double.init)
    switch binPosition {
    case .centre:
      return table
    case .bottom:
      return zip(table, mode.steps).map { $0 + Double($1 - 1) / 2 }
    case .top:
      return table.indices.map { code in
        code == 0 ? table[0] : table[code] - (table[code] - table[code - 1] - 1) / 2
      }
    }
  }

  /// The code of each 12-bit number 0...4095, consistent with `binPosition`: what the camera would
  /// send. Numbers above the table's end give 255.
  public var codes: [UInt8] {
    let table = mode.table
    var codes: [UInt8] = []
    codes.reserveCapacity(4096)
    var code = 0
    for number in 0..<4096 {
      while code < 255, belongsAbove(number, code: code, table: table) { code += 1 }
      codes.append(UInt8(code))
    }
    return codes
  }

  /// Whether a number lies above the bin of a code. A number halfway between two table values goes
  /// to the even code of the two: if all such numbers went one way, the mean of every bin would lie
  /// half a DN12 off its table value.
  private func belongsAbove(_ number: Int, code: Int, table: [Int]) -> Bool {
    switch binPosition {
    case .bottom: number >= table[code + 1]
    case .centre:
      2 * number > table[code] + table[code + 1] - (code.isMultiple(of: 2) ? 0 : 1)
    case .top: number > table[code]
    }
  }
}
