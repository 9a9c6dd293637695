/// A double precision array file (DAF Required Reading): the container of SPK and CK kernels.
///
/// Opening walks the summary records only; arrays stay untouched until they are evaluated. Both
/// byte orders are read in place.
public struct DAFFile: Sendable {
  /// One array of the file.
  struct Segment: Sendable {
    /// Name in the file, trailing blanks removed.
    var name: String
    /// Start and end of coverage (ET in an SPK, encoded ticks in a CK).
    var start: Double
    var stop: Double
    /// SPK: target, centre, frame, type. CK: instrument, frame, type, angular velocity flag.
    var codes: (Int, Int, Int, Int)
    /// Words (of 8 bytes) before the first word, and how many words there are.
    var firstWord: Int
    var wordCount: Int
  }

  static let recordBytes = 1024
  static let wordsPerSummary = 5
  static let summariesPerRecord = 25
  static let nameBytes = 40
  /// Every sequence that a text-mode transfer would rewrite; at byte 699.
  static let transferTest: [UInt8] =
    Array("FTPSTR:".utf8) + [0x0D, 0x3A, 0x0A, 0x3A, 0x0D, 0x0A, 0x3A, 0x0D, 0x00, 0x3A]
    + [0x81, 0x3A, 0x10, 0xCE, 0x3A] + Array("ENDFTP".utf8)

  /// Path, for messages.
  public let path: String
  /// SPK or CK.
  public let kind: KernelKind
  /// The name that the maker gave the file inside.
  public let internalName: String
  /// Whether the numbers are stored most significant byte first.
  public let isBigEndian: Bool
  let bytes: FileBytes
  let segments: [Segment]
  private let firstSummaryRecord: Int

  /// Opens a binary kernel.
  ///
  /// - Throws: `cannotRead`, `notAKernel`, `damagedFile`
  public init(path: String) throws(SPICEError) {
    try self.init(bytes: FileBytes(mapping: path), path: path)
  }

  init(bytes: FileBytes, path: String) throws(SPICEError) {
    self.path = path
    self.bytes = bytes
    let header = try Header(bytes: bytes, path: path)
    kind = header.kind
    internalName = header.internalName
    isBigEndian = header.isBigEndian
    firstSummaryRecord = header.forward
    segments = try SummaryWalk(bytes: bytes, path: path, swapped: header.swapped).segments(
      from: header.forward)
  }

  /// Whether words must have their bytes reversed on this processor.
  var isSwapped: Bool { isBigEndian != (1.bigEndian == 1) }

  /// Names of the segments in file order.
  public var segmentNames: [String] { segments.map(\.name) }

  /// Lines of the comment area (SPICE's dafec).
  public var comments: [String] {
    var text: [UInt8] = []
    let last = min(firstSummaryRecord - 1, bytes.count / Self.recordBytes)
    guard last >= 2 else { return [] }
    area: for record in 1..<last {
      let start = record * Self.recordBytes
      for byte in bytes.buffer[start..<(start + 1000)] {
        if byte == 0x04 { break area }
        text.append(byte == 0 ? 0x0A : byte)
      }
    }
    if text.last == 0x0A { text.removeLast() }
    return text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

extension DAFFile {
  /// The file record.
  private struct Header {
    var kind: KernelKind
    var internalName: String
    var isBigEndian: Bool
    var forward: Int

    var swapped: Bool { isBigEndian != (1.bigEndian == 1) }

    init(bytes: FileBytes, path: String) throws(SPICEError) {
      let word = String(decoding: bytes.buffer.prefix(8), as: UTF8.self)
      guard bytes.count >= recordBytes else {
        throw .damagedFile(
          file: path, offset: bytes.count, problem: "a binary kernel has at least 1024 bytes")
      }
      switch word {
      case "DAF/SPK ": kind = .spk
      case "DAF/CK  ": kind = .ck
      default: throw .notAKernel(file: path, found: "it begins with \"\(printable(word))\"")
      }
      let format = String(decoding: bytes.buffer[88..<96], as: UTF8.self)
      switch format {
      case "BIG-IEEE": isBigEndian = true
      case "LTL-IEEE": isBigEndian = false
      default:
        throw .damagedFile(
          file: path, offset: 88,
          problem: "the number format is \"\(printable(format))\", not BIG-IEEE or LTL-IEEE")
      }
      let isForeign = isBigEndian != (1.bigEndian == 1)
      let integer = { (offset: Int) -> Int in
        let raw = bytes.pointer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return Int(Int32(bitPattern: isForeign ? raw.byteSwapped : raw))
      }
      guard integer(8) == 2, integer(12) == 6 else {
        throw .damagedFile(
          file: path, offset: 8,
          problem: "summaries have \(integer(8)) doubles and \(integer(12)) integers, not 2 and 6")
      }
      let name = bytes.buffer[16..<76]
      internalName = trimmedText(name)
      forward = integer(76)
      try Self.checkTransfer(bytes: bytes, path: path)
    }

    /// The test string shows whether a text-mode transfer has rewritten line ends.
    private static func checkTransfer(bytes: FileBytes, path: String) throws(SPICEError) {
      let expected = transferTest
      let found = bytes.buffer[699..<(699 + expected.count)]
      guard found.starts(with: "FTPSTR".utf8), !found.elementsEqual(expected) else { return }
      throw .damagedFile(
        file: path, offset: 699,
        problem: "the transfer test string is damaged: the file was copied in text mode")
    }
  }

  /// Follows the chain of summary records.
  private struct SummaryWalk {
    let bytes: FileBytes
    let path: String
    let swapped: Bool

    private var recordCount: Int { bytes.count / recordBytes }

    func segments(from forward: Int) throws(SPICEError) -> [Segment] {
      var segments: [Segment] = []
      var visited = Set<Int>()
      var record = forward
      var from = 76
      while record != 0 {
        guard record >= 2, record < recordCount else {
          throw .damagedFile(
            file: path, offset: from,
            problem: "points to summary record \(record) of a file of \(recordCount) records")
        }
        guard visited.insert(record).inserted else {
          throw .damagedFile(
            file: path, offset: from,
            problem: "the chain of summary records returns to record \(record)")
        }
        let base = (record - 1) * recordBytes
        let count = try integer(at: base + 16, "number of summaries")
        guard (0...summariesPerRecord).contains(count) else {
          throw .damagedFile(
            file: path, offset: base + 16, problem: "\(count) summaries in one record")
        }
        for index in 0..<count { segments.append(try segment(record: base, index: index)) }
        from = base
        record = try integer(at: base, "number of the next summary record")
      }
      return segments
    }

    private func double(at offset: Int) -> Double {
      let raw = bytes.pointer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      return Double(bitPattern: swapped ? raw.byteSwapped : raw)
    }

    private func integer(at offset: Int, _ what: String) throws(SPICEError) -> Int {
      let value = double(at: offset)
      guard let whole = Int(exactly: value) else {
        throw .damagedFile(file: path, offset: offset, problem: "the \(what) is \(value)")
      }
      return whole
    }

    private func segment(record base: Int, index: Int) throws(SPICEError) -> Segment {
      let offset = base + 24 + index * wordsPerSummary * 8
      let code = { (position: Int) -> Int in
        let raw = bytes.pointer.loadUnaligned(
          fromByteOffset: offset + 16 + position * 4, as: UInt32.self)
        return Int(Int32(bitPattern: swapped ? raw.byteSwapped : raw))
      }
      let nameOffset = base + recordBytes + index * nameBytes
      let segment = Segment(
        name: trimmedText(bytes.buffer[nameOffset..<(nameOffset + nameBytes)]),
        start: double(at: offset), stop: double(at: offset + 8),
        codes: (code(0), code(1), code(2), code(3)),
        firstWord: code(4) - 1, wordCount: code(5) - code(4) + 1)
      guard segment.start <= segment.stop, segment.start.isFinite, segment.stop.isFinite else {
        throw .damagedFile(
          file: path, offset: offset,
          problem: "segment \(segment.name) covers \(segment.start) to \(segment.stop)")
      }
      guard segment.firstWord >= 0, segment.wordCount > 0, code(5) <= bytes.count / 8 else {
        throw .damagedFile(
          file: path, offset: offset + 32,
          problem: "segment \(segment.name) lies in words \(code(4)) to \(code(5)) of a file of "
            + "\(bytes.count / 8); the file is cut short or its summary is wrong")
      }
      return segment
    }
  }

  /// Text of a fixed field without trailing blanks and zeros.
  private static func trimmedText(_ field: Slice<UnsafeRawBufferPointer>) -> String {
    let end = field.lastIndex { $0 != 0x20 && $0 != 0 }
    return end.map { String(decoding: field[...$0], as: UTF8.self) } ?? ""
  }

  private static func printable(_ text: String) -> String {
    String(text.map { $0.isASCII && !$0.isNewline && $0 >= " " && $0 <= "~" ? $0 : "?" })
  }
}
