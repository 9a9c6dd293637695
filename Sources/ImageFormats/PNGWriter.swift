import CImageCodecs
import Foundation
import Raster

/// Writes PNG files of 8 or 16 bits, grey, grey with alpha, RGB or RGBA, in bands of rows.
///
/// The chunks are written by libpng. The image data are filtered and compressed in strips on several
/// threads by zlib (`ZlibPiece`); the strips do not depend on the number of threads or on how the rows
/// were cut into bands. The file appears under its name when `finish` has succeeded, and not before;
/// a writer that is dropped leaves nothing behind.
public final class PNGWriter {
  /// Makes strips of rows for `append(_:)`; any thread may use it.
  public let encoder: PNGStripEncoder
  private let width: Int
  private let height: Int
  private let channels: Int
  private let type: SampleType
  private let jobs: Int
  private let file: AtomicFile?
  private let box: SinkBox
  private let writer: OpaquePointer
  /// Rows that wait for their strip to fill, in native byte order.
  private var pending: [UInt8] = []
  /// The last row written, which filters look at; empty before the first.
  private var lastRow: [UInt8] = []
  private var rowsDone = 0
  private var checksum: UInt32 = 1
  private var isFinished = false

  /// Opens a file for `height` rows of `width` pixels. `type` is `u8` or `u16`, `channels` 1 to 4.
  /// Throws `unsupported` for other layouts and texts that PNG cannot hold, `notWritten` or `exists`.
  public convenience init(
    to url: URL, width: Int, height: Int, channels: Int, type: SampleType,
    options: PNGOptions = PNGOptions()
  ) throws(ImageFormatError) {
    let file = try AtomicFile(replacing: url, overwrite: options.overwrite)
    try self.init(file, file, width, height, channels, type, options)
  }

  init(
    _ sink: any ByteSink, _ file: AtomicFile?, _ width: Int, _ height: Int, _ channels: Int,
    _ type: SampleType, _ options: PNGOptions
  ) throws(ImageFormatError) {
    guard type != .f32, (1...4).contains(channels), (1...0x7FFF_FFFF).contains(width),
      (1...0x7FFF_FFFF).contains(height)
    else {
      throw .unsupported(
        source: sink.name, format: .png,
        detail: "no PNG holds \(width) × \(height) pixels of \(channels) × \(type.rawValue)")
    }
    encoder = PNGStripEncoder(width: width, channels: channels, type: type)
    self.width = width
    self.height = height
    self.channels = channels
    self.type = type
    self.file = file
    jobs = options.jobs
    box = SinkBox(sink)
    writer = try PNGHead(width, height, channels, type, options).open(box)
  }

  deinit { jc_png_writer_close(writer) }

  /// Appends whole rows of 8-bit samples, interleaved.
  public func append(_ rows: [UInt8]) throws(ImageFormatError) {
    try appendValues(rows, .u8)
  }

  /// Appends whole rows of 16-bit samples in native byte order, interleaved.
  public func append(_ rows: [UInt16]) throws(ImageFormatError) {
    try appendValues(rows, .u16)
  }

  /// Appends strips that `encoder` made of the next rows. A file is made either of strips or of rows.
  public func append(_ strips: [PNGStrip]) throws(ImageFormatError) {
    for strip in strips {
      if Task.isCancelled { throw .cancelled(path: box.sink.name) }
      let rows = strip.filteredCount / (encoder.rowBytes + 1)
      guard rows <= height - rowsDone else {
        let perRow = width * channels
        throw .wrongSampleCount(
          expected: (height - rowsDone) * perRow, found: rows * perRow)
      }
      try write(strip)
    }
  }

  /// Completes the file and gives it its name. Throws `wrongSampleCount` if rows are missing.
  public func finish() throws(ImageFormatError) {
    guard !isFinished else { return }
    guard rowsDone + pendingRows == height else {
      let perRow = width * channels
      throw .wrongSampleCount(
        expected: height * perRow, found: (rowsDone + pendingRows) * perRow)
    }
    isFinished = true
    try codec(box.sink.name, .png) { jc_png_writer_finish(writer, $0) }
    try file?.commit()
  }

  private var pendingRows: Int { pending.count / encoder.rowBytes }

  private func appendValues<Value>(
    _ values: [Value], _ given: SampleType
  ) throws(ImageFormatError) {
    let perRow = width * channels
    let rows = values.count / perRow
    guard given == type, rows * perRow == values.count, rows <= height - rowsDone - pendingRows
    else {
      throw .wrongSampleCount(
        expected: perRow * max(0, height - rowsDone - pendingRows), found: values.count)
    }
    try values.withUnsafeBufferPointer { (buffer) throws(ImageFormatError) in
      let bytes = UnsafeRawBufferPointer(buffer).bindMemory(to: UInt8.self)
      guard let start = bytes.baseAddress else { return }
      try appendBytes(start, rows)
    }
  }

  /// Writes all strips that are complete and keeps the rest.
  private func appendBytes(_ rows: UnsafePointer<UInt8>, _ count: Int) throws(ImageFormatError) {
    let rowBytes = encoder.rowBytes
    var taken = 0
    while taken < count {
      let start = rows + taken * rowBytes
      let given = count - taken
      let left = height - rowsDone
      let waiting = pendingRows
      let whole = given == left ? given : given / encoder.stripRows * encoder.stripRows
      if waiting == 0, whole > 0 {
        try writeStrips(start, whole)
        taken += whole
        continue
      }
      let wanted = min(encoder.stripRows, left)
      let part = min(wanted - waiting, given)
      pending.append(contentsOf: UnsafeBufferPointer(start: start, count: part * rowBytes))
      taken += part
      if waiting + part == wanted {
        let strip = pending
        pending.removeAll()
        try strip.withUnsafeBufferPointer { (buffer) throws(ImageFormatError) in
          try writeStrips(buffer.baseAddress!, wanted)
        }
      }
    }
  }

  private func writeStrips(
    _ rows: UnsafePointer<UInt8>, _ count: Int
  ) throws(ImageFormatError) {
    let above = lastRow
    try above.withUnsafeBufferPointer { (buffer) throws(ImageFormatError) in
      try writeStrips(rows, count, above: above.isEmpty ? nil : buffer.baseAddress)
    }
    let end = rows + (count - 1) * encoder.rowBytes
    lastRow = Array(UnsafeBufferPointer(start: end, count: encoder.rowBytes))
  }

  private func writeStrips(
    _ rows: UnsafePointer<UInt8>, _ count: Int, above: UnsafePointer<UInt8>?
  ) throws(ImageFormatError) {
    let rowBytes = encoder.rowBytes
    let stripRows = encoder.stripRows
    let strips = (count + stripRows - 1) / stripRows
    // Few strips are in flight at a time, which bounds the memory of a large map.
    let batch = 8 * max(jobs, 1)
    for start in stride(from: 0, to: strips, by: batch) {
      if Task.isCancelled { throw .cancelled(path: box.sink.name) }
      nonisolated(unsafe) let rows = rows
      nonisolated(unsafe) let above = above
      let isEnd = rowsDone + (count - start * stripRows) == height
      let encoded = Parallel.map(count: min(batch, strips - start), jobs: jobs) {
        [encoder] index in
        let first = (start + index) * stripRows
        return encoder.encode(
          rows + first * rowBytes, count: min(stripRows, count - first),
          above: first > 0 ? rows + (first - 1) * rowBytes : above,
          isLast: isEnd && start + index == strips - 1)
      }
      for strip in encoded {
        guard let strip else { throw .outOfMemory(source: box.sink.name) }
        try write(strip)
      }
    }
  }

  private func write(_ strip: PNGStrip) throws(ImageFormatError) {
    checksum = jc_adler32_combine(checksum, strip.checksum, strip.filteredCount)
    let rows = strip.filteredCount / (encoder.rowBytes + 1)
    var chunk = strip.compressed
    // The zlib wrapper (RFC 1950): 32 KiB window before the first strip, checksum behind the last.
    if rowsDone == 0 { chunk.insert(contentsOf: [0x78, 0x01], at: 0) }
    if rowsDone + rows == height {
      chunk += (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * UInt32($0))) }
    }
    try codec(box.sink.name, .png) { jc_png_writer_data(writer, chunk, chunk.count, $0) }
    rowsDone += rows
  }
}

extension PNGWriter {
  /// Writes a whole image. Throws `unsupported` for float samples.
  public static func write(
    _ image: RasterImage, to url: URL, options: PNGOptions = PNGOptions()
  ) throws(ImageFormatError) {
    let writer = try PNGWriter(
      to: url, width: image.width, height: image.height, channels: image.channels,
      type: image.samples.type, options: options)
    try writer.appendAll(image)
  }

  /// The bytes of a whole image. Throws `unsupported` for float samples.
  public static func bytes(
    of image: RasterImage, options: PNGOptions = PNGOptions()
  ) throws(ImageFormatError) -> [UInt8] {
    let sink = MemorySink()
    let writer = try PNGWriter(
      sink, nil, image.width, image.height, image.channels, image.samples.type, options)
    try writer.appendAll(image)
    return sink.bytes
  }

  private func appendAll(_ image: RasterImage) throws(ImageFormatError) {
    switch image.samples {
    case .u8(let values): try append(values)
    case .u16(let values): try append(values)
    case .f32: break
    }
    try finish()
  }
}
