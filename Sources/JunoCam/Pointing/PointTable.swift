import Raster
import SpaceMath

/// Answers a whole table of points (comma-separated, with a header line) by another table.
///
/// Input columns are `filter,frame,x,y` (frames from 0, corner-origin pixels) or `lat,lon` (degrees,
/// planetocentric, east); others are passed over. Blank lines and lines that begin with # are
/// skipped. The output has one row for each sighting, in the order of the input: its first column
/// `point` counts the input's rows from 0. A pixel that misses the target leaves the ground's
/// columns empty; a place that no framelet sees has no row.
public struct PointTable: Sendable {
  /// The output's columns. Angles in degrees, local solar time in hours.
  public static let columns = [
    "point", "filter", "frame", "x", "y", "latitude", "longitudeEast", "longitudeWest", "radiusKm",
    "rangeKm", "incidence", "emission", "phase", "groundSampleKm", "localSolarTime",
    "rightAscension", "declination", "utc", "et", "sclk",
  ]

  /// Rows that one piece of work holds.
  private static let rowsPerChunk = 4096

  private let image: ImagePointing
  private let path: String
  private let jobs: Int
  /// The last columns of each frame's rows.
  private let epochs: [[UInt8]]

  /// - Parameters:
  ///   - image: answers.
  ///   - path: of the table, for messages.
  ///   - jobs: threads to use; the result does not depend on it.
  public init(image: ImagePointing, path: String, jobs: Int) {
    self.image = image
    self.path = path
    self.jobs = max(1, jobs)
    epochs = image.epochs.map { epoch in
      var text = Array(",\(epoch.utc),".utf8)
      DecimalText.append(epoch.et, decimals: 6, to: &text)
      text += Array(",\(epoch.sclk ?? "")\n".utf8)
      return text
    }
  }

  /// A run of whole lines.
  private struct Chunk {
    var bytes: Range<Int>
    /// Rows before it, and lines before it.
    var firstRow: Int
    var firstLine: Int
  }

  /// Reads the table and hands out the answer in pieces, in order.
  ///
  /// - Throws: `JunoCamError.badTable` naming the first line that cannot be used, or what `write`
  ///   throws.
  public func answer(
    _ table: UnsafeRawBufferPointer, write: (_ piece: [UInt8]) throws -> Void
  ) throws {
    let bytes = table.bindMemory(to: UInt8.self)
    var lines = TableLines(bytes, from: 0)
    guard let first = lines.next() else {
      throw JunoCamError.badTable(path: path, line: 1, problem: "the table is empty")
    }
    let header = try PointTableHeader(
      UnsafeBufferPointer(rebasing: bytes[first.bytes]), path: path, number: first.number)
    try write(Array((Self.columns.joined(separator: ",") + "\n").utf8))
    var row = 0
    var isDone = false
    while !isDone {
      var chunks: [Chunk] = []
      while chunks.count < 4 * jobs, !isDone {
        let chunk = Self.nextChunk(&lines, row: &row)
        if let chunk { chunks.append(chunk) } else { isDone = true }
      }
      // The buffer outlives the call, and nothing writes to it.
      nonisolated(unsafe) let source = bytes
      for result in try map(chunks, { try answer($0, of: source, header: header) }) {
        try write(result)
      }
    }
  }

  private static func nextChunk(_ lines: inout TableLines, row: inout Int) -> Chunk? {
    let start = lines.position
    let line = lines.number
    let firstRow = row
    for _ in 0..<rowsPerChunk {
      guard lines.next() != nil else { break }
      row += 1
    }
    return row > firstRow
      ? Chunk(bytes: start..<lines.position, firstRow: firstRow, firstLine: line) : nil
  }

  /// The results of all chunks in order; of several failures the first.
  private func map(
    _ chunks: [Chunk], _ body: @Sendable (Chunk) throws -> [UInt8]
  ) throws -> [[UInt8]] {
    try Parallel.map(count: chunks.count, jobs: jobs) { index in
      Result { try body(chunks[index]) }
    }.map { try $0.get() }
  }
}

extension PointTable {
  private func answer(
    _ chunk: Chunk, of bytes: UnsafeBufferPointer<UInt8>, header: PointTableHeader
  ) throws(JunoCamError) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(Self.rowsPerChunk * 320)
    var lines = TableLines(bytes, from: chunk.bytes.lowerBound, number: chunk.firstLine)
    var row = chunk.firstRow
    var fields = TableFields(header.columns)
    while lines.position < chunk.bytes.upperBound, let line = lines.next() {
      guard fields.read(UnsafeBufferPointer(rebasing: bytes[line.bytes])) else {
        throw bad(line.number, "there are fewer columns than in the header")
      }
      switch header.kind {
      case .pixels: try appendPixel(fields, row: row, line: line.number, to: &text)
      case .places: try appendPlace(fields, row: row, line: line.number, to: &text)
      }
      row += 1
    }
    return text
  }

  private func appendPixel(
    _ fields: TableFields, row: Int, line: Int, to text: inout [UInt8]
  ) throws(JunoCamError) {
    guard let filter = Self.filter(fields[0]) else {
      throw bad(line, "\(fields.shown(0)) is no filter")
    }
    guard let frame = DecimalText.count(fields[1]) else {
      throw bad(line, "\(fields.shown(1)) is no frame number")
    }
    guard let x = DecimalText.number(fields[2]), let y = DecimalText.number(fields[3]) else {
      throw bad(line, "\(fields.shown(2)), \(fields.shown(3)) are no pixel coordinates")
    }
    let sighting: Sighting
    do {
      sighting = try image.sighting(filter: filter, frame: frame, x: x, y: y)
    } catch .outsideImage(_, let found, let available) {
      throw bad(line, "there is no \(found); the image has \(available)")
    }
    append(sighting, row: row, to: &text)
  }

  private func appendPlace(
    _ fields: TableFields, row: Int, line: Int, to text: inout [UInt8]
  ) throws(JunoCamError) {
    guard let latitude = DecimalText.number(fields[0]), latitude.magnitude <= 90,
      let longitude = DecimalText.number(fields[1]), longitude.magnitude <= 720
    else {
      throw bad(
        line,
        "\(fields.shown(0)), \(fields.shown(1)) are no latitude of -90...90 and longitude in degrees"
      )
    }
    let sightings = image.sightings(
      latitude: Angle.radians(latitude), longitude: Angle.radians(longitude))
    for sighting in sightings { append(sighting, row: row, to: &text) }
  }

  private func append(_ sighting: Sighting, row: Int, to text: inout [UInt8]) {
    func add(_ value: Double, _ decimals: Int) {
      text.append(UInt8(ascii: ","))
      DecimalText.append(value, decimals: decimals, to: &text)
    }
    DecimalText.append(row, to: &text)
    text.append(UInt8(ascii: ","))
    text.append(contentsOf: sighting.filter.rawValue.utf8)
    text.append(UInt8(ascii: ","))
    DecimalText.append(sighting.frame, to: &text)
    add(sighting.x, 6)
    add(sighting.y, 6)
    if let ground = sighting.ground {
      let east = Angle.degrees(ground.longitude)
      add(Angle.degrees(ground.latitude), 9)
      add(Self.printable(east), 9)
      add(Self.printable(Angle.wrappedDegrees(-east)), 9)
      add(ground.radiusKm, 6)
      add(ground.rangeKm, 6)
      add(Angle.degrees(ground.incidence), 7)
      add(Angle.degrees(ground.emission), 7)
      add(Angle.degrees(ground.phase), 7)
      add(ground.groundSampleKm, 7)
      add(ground.localSolarTime, 7)
    } else {
      text.append(contentsOf: ",,,,,,,,,,".utf8)
    }
    add(Self.printable(Angle.degrees(sighting.rightAscension)), 9)
    add(Angle.degrees(sighting.declination), 9)
    text.append(contentsOf: epochs[sighting.frame])
  }

  /// A longitude that nine decimals do not round to 360.
  private static func printable(_ degrees: Double) -> Double {
    degrees < 359.999_999_999_5 ? degrees : 0
  }

  /// A filter by its name or first letter, in any case.
  private static func filter(_ text: UnsafeBufferPointer<UInt8>) -> Filter? {
    guard let first = text.first else { return nil }
    let filter: Filter
    switch first | 0x20 {
    case UInt8(ascii: "r"): filter = .red
    case UInt8(ascii: "g"): filter = .green
    case UInt8(ascii: "b"): filter = .blue
    case UInt8(ascii: "m"): filter = .methane
    default: return nil
    }
    guard text.count > 1 else { return filter }
    return text.count == filter.rawValue.utf8.count
      && zip(text, filter.rawValue.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 } ? filter : nil
  }

  private func bad(_ line: Int, _ problem: String) -> JunoCamError {
    .badTable(path: path, line: line, problem: problem)
  }
}
