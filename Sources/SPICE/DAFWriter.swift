/// Puts segments together into the bytes of a little-endian SPK or CK file (DAF Required Reading).
///
/// The order is: file record, comment area, all summary and name records, all arrays.
struct DAFWriter {
  private struct Segment {
    var name: String
    var start: Double
    var stop: Double
    var codes: [Int32]
    var words: [Double]
  }

  let kind: KernelKind
  private let internalName: String
  private let comments: [String]
  private var segments: [Segment] = []

  /// - Throws: `badInput` for text that a DAF cannot hold.
  init(kind: KernelKind, internalName: String, comments: [String]) throws(SPICEError) {
    self.kind = kind
    try Self.check(internalName, limit: 60, "the internal file name")
    for line in comments { try Self.check(line, limit: 1000, "a comment line") }
    self.internalName = internalName
    self.comments = comments
  }

  /// SPICE takes printable ASCII only.
  private static func check(_ text: String, limit: Int, _ what: String) throws(SPICEError) {
    guard text.utf8.count <= limit else {
      throw .badInput("\(what) \"\(text.prefix(80))\" is longer than \(limit) characters")
    }
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 <= 0x7E }) else {
      throw .badInput(
        "\(what) \"\(text.prefix(80))\" holds characters that are not printable ASCII")
    }
  }

  /// Adds one array.
  ///
  /// - Throws: `badInput` for a bad name, bounds out of order, codes beyond 32 bits or values that
  ///   are not finite.
  mutating func add(
    name: String, start: Double, stop: Double, codes: [Int], words: [Double]
  ) throws(SPICEError) {
    try Self.check(name, limit: DAFFile.nameBytes, "the segment name")
    guard start <= stop, start.isFinite, stop.isFinite else {
      throw .badInput("segment \(name) would cover \(start) to \(stop)")
    }
    guard words.allSatisfy(\.isFinite) else {
      throw .badInput("segment \(name) would hold a value that is not finite")
    }
    var integers: [Int32] = []
    for code in codes {
      guard let code = Int32(exactly: code) else {
        throw .badInput("segment \(name): the code \(code) does not fit in 32 bits")
      }
      integers.append(code)
    }
    segments.append(Segment(name: name, start: start, stop: stop, codes: integers, words: words))
  }

  /// The file's bytes.
  ///
  /// - Throws: `badInput` for a file without segments or of more than 2^31 words.
  func bytes() throws(SPICEError) -> [UInt8] {
    guard !segments.isEmpty else { throw .badInput("an SPK or CK must hold at least one segment") }
    let commentRecords = commentArea()
    let pairs = (segments.count + DAFFile.summariesPerRecord - 1) / DAFFile.summariesPerRecord
    let firstSummary = 2 + commentRecords.count / DAFFile.recordBytes
    let wordsPerRecord = DAFFile.recordBytes / 8
    let firstAddress = (firstSummary - 1 + 2 * pairs) * wordsPerRecord + 1
    let free = segments.reduce(firstAddress) { $0 + $1.words.count }
    guard free <= Int(Int32.max) else { throw .badInput("the file would exceed 2^31 words") }

    var out = fileRecord(firstSummary: firstSummary, pairs: pairs, free: free)
    out += commentRecords
    var address = firstAddress
    for pair in 0..<pairs {
      let from = pair * DAFFile.summariesPerRecord
      let part = segments[from..<min(from + DAFFile.summariesPerRecord, segments.count)]
      let record = firstSummary + 2 * pair
      var summary: [UInt8] = []
      summary.append(double: pair + 1 < pairs ? Double(record + 2) : 0)
      summary.append(double: pair > 0 ? Double(record - 2) : 0)
      summary.append(double: Double(part.count))
      var names: [UInt8] = []
      for segment in part {
        summary.append(double: segment.start)
        summary.append(double: segment.stop)
        for code in segment.codes { summary.append(integer: code) }
        summary.append(integer: Int32(address))
        summary.append(integer: Int32(address + segment.words.count - 1))
        address += segment.words.count
        names.append(text: segment.name, width: DAFFile.nameBytes)
      }
      summary.pad(with: 0)
      names.pad(with: 0x20)
      out += summary + names
    }
    for segment in segments {
      for word in segment.words { out.append(double: word) }
    }
    out.pad(with: 0)
    return out
  }

  private func fileRecord(firstSummary: Int, pairs: Int, free: Int) -> [UInt8] {
    var record: [UInt8] = []
    record.append(text: kind == .ck ? "DAF/CK" : "DAF/SPK", width: 8)
    record.append(integer: 2)
    record.append(integer: 6)
    record.append(text: internalName, width: 60)
    record.append(integer: Int32(firstSummary))
    record.append(integer: Int32(firstSummary + 2 * (pairs - 1)))
    record.append(integer: Int32(free))
    record.append(text: "LTL-IEEE", width: 8)
    record += [UInt8](repeating: 0, count: 699 - record.count)
    record += DAFFile.transferTest
    record.pad(with: 0)
    return record
  }

  /// Lines end with a zero, the text with EOT; each record holds 1000 characters of it.
  private func commentArea() -> [UInt8] {
    guard !comments.isEmpty else { return [] }
    var text: [UInt8] = []
    for line in comments { text += Array(line.utf8) + [0] }
    text.append(0x04)
    var records: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 1000) {
      records += text[start..<min(start + 1000, text.count)]
      records.pad(with: 0)
    }
    return records
  }
}

extension [UInt8] {
  fileprivate mutating func append(double value: Double) {
    Swift.withUnsafeBytes(of: value.bitPattern.littleEndian) { append(contentsOf: $0) }
  }

  fileprivate mutating func append(integer value: Int32) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  fileprivate mutating func append(text: String, width: Int) {
    append(contentsOf: text.utf8)
    append(contentsOf: [UInt8](repeating: 0x20, count: width - text.utf8.count))
  }

  /// Fills up the record that has been begun.
  fileprivate mutating func pad(with byte: UInt8) {
    let rest = count % DAFFile.recordBytes
    if rest > 0 { append(contentsOf: [UInt8](repeating: byte, count: DAFFile.recordBytes - rest)) }
  }
}
