/// The name of a JunoCam product, such as `JNCE_2022229_44C00029_V01` (SIS section 4.2).
///
/// Website names carry a tail (`-raw.png`), archive names an extension (`.IMG`); `init(named:)`
/// takes both. Ordering is by stem and then by version, so the last of a sorted list of one stem is
/// the version that counts.
public struct ProductID: Hashable, Sendable {
  /// What kind of product a name belongs to: the fourth letter.
  public enum Kind: Character, Sendable, CaseIterable {
    /// Raw, companded 8-bit framelets.
    case edr = "E"
    /// Decompanded 16-bit framelets scaled to I/F × 10 000.
    case rdr = "R"
    /// Map-projected product.
    case map = "M"
  }

  public var kind: Kind
  /// UTC year and day of year (1...366) of the start.
  public var year: Int
  public var dayOfYear: Int
  /// Perijove number; 0 in cruise.
  public var orbit: Int
  /// Filter letter: A all four, B, G, R, M (methane), C blue+green+red, T red+blue; P and H are
  /// maps.
  public var filterCode: Character
  /// Index of the image in its mission phase, 0...99999.
  public var index: Int
  /// Version, 1...99.
  public var version: Int

  public init(
    kind: Kind, year: Int, dayOfYear: Int, orbit: Int, filterCode: Character, index: Int,
    version: Int
  ) {
    self.kind = kind
    self.year = year
    self.dayOfYear = dayOfYear
    self.orbit = orbit
    self.filterCode = filterCode
    self.index = index
    self.version = version
  }

  /// Parses an exact identifier, `JNC[ERM]_YYYYDDD_OOFNNNNN_VXX`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == Self.length, bytes[12] == UInt8(ascii: "_"),
      bytes.starts(with: "JNC".utf8), bytes[4] == UInt8(ascii: "_"),
      bytes[21] == UInt8(ascii: "_"), bytes[22] == UInt8(ascii: "V"),
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[15]),
      let kind = Kind(rawValue: Character(Unicode.Scalar(bytes[3]))),
      let year = Self.number(bytes[5..<9]), let day = Self.number(bytes[9..<12]),
      let orbit = Self.number(bytes[13..<15]), let index = Self.number(bytes[16..<21]),
      let version = Self.number(bytes[23..<25]), (1...366).contains(day)
    else { return nil }
    self.init(
      kind: kind, year: year, dayOfYear: day, orbit: orbit,
      filterCode: Character(Unicode.Scalar(bytes[15])), index: index, version: version)
  }

  /// Finds the identifier at the start of a file name: folders before it and whatever follows it
  /// (`-raw.png`, `.LBL`) are ignored. Lower-case names are accepted, as some mirrors have them.
  public init?(named fileName: some StringProtocol) {
    let name = String(fileName).split(separator: "/").last.map(String.init) ?? ""
    guard name.utf8.count >= Self.length, name.utf8.allSatisfy({ $0 < 128 }) else { return nil }
    let tail = name.dropFirst(Self.length)
    if let next = tail.first, next.isLetter || next.isNumber || next == "_" { return nil }
    self.init(name.prefix(Self.length).uppercased())
  }

  private static let length = 25

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  /// The identifier without its version: what all versions of one product share.
  public var stem: String {
    "JNC\(kind.rawValue)_\(padded(year, 4))\(padded(dayOfYear, 3))_"
      + "\(padded(orbit, 2))\(filterCode)\(padded(index, 5))"
  }

  /// Filters that the letter stands for, in the order of their stacking; nil for map letters.
  ///
  /// The label's FILTER_NAME decides where there is a label; this serves names without one.
  public var filters: [Filter]? {
    switch filterCode {
    case "A": [.methane, .blue, .green, .red]
    case "B": [.blue]
    case "C": [.blue, .green, .red]
    case "G": [.green]
    case "M": [.methane]
    case "R": [.red]
    case "T": [.blue, .red]
    default: nil
    }
  }

  /// The same product at another level: EDR and RDR of one image differ in one letter.
  public func sibling(_ kind: Kind) -> ProductID {
    var other = self
    other.kind = kind
    return other
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension ProductID: CustomStringConvertible {
  public var description: String { "\(stem)_V\(padded(version, 2))" }
}

extension ProductID: Comparable {
  public static func < (left: ProductID, right: ProductID) -> Bool {
    let leftStem = left.stem
    let rightStem = right.stem
    return leftStem == rightStem ? left.version < right.version : leftStem < rightStem
  }
}

extension ProductID: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let identifier = ProductID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is no JunoCam product identifier")
    }
    self = identifier
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Sequence where Element == ProductID {
  /// One identifier per stem, the one with the highest version, sorted.
  public var highestVersions: [ProductID] {
    var best: [String: ProductID] = [:]
    for identifier in self {
      if let known = best[identifier.stem], known.version >= identifier.version { continue }
      best[identifier.stem] = identifier
    }
    return best.values.sorted()
  }
}
