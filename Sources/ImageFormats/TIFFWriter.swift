import CImageCodecs
import Foundation
import Raster

/// Writes tiled TIFF and GeoTIFF files in bands of rows: 8- or 16-bit unsigned or 32-bit float
/// samples, any number of bands, DEFLATE with predictor.
///
/// Directory and tags are written by libtiff. Tiles are packed on several threads and do not depend on
/// their number or on how the rows were cut into bands; a row of tiles is all that is kept in memory.
/// Files that may exceed 4 GB are BigTIFF. The file appears under its name when `finish` has
/// succeeded, and not before; a writer that is dropped leaves nothing behind.
public final class TIFFWriter {
  private let encoder: TIFFTileEncoder
  private let height: Int
  private let type: SampleType
  private let jobs: Int
  private let file: AtomicFile
  private let writer: OpaquePointer
  /// Rows of the present row of tiles.
  private var pending: [UInt8] = []
  private var rowsDone = 0
  private var isFinished = false

  /// Opens a file for `height` rows of `width` pixels of `bands` bands (1...65 535). Throws
  /// `unsupported` for layouts and tags that TIFF cannot hold, `notWritten` or `exists`.
  public init(
    to url: URL, width: Int, height: Int, bands: Int, type: SampleType,
    options: TIFFOptions = TIFFOptions()
  ) throws(ImageFormatError) {
    guard (1...0x7FFF_FFFF).contains(width), (1...0x7FFF_FFFF).contains(height),
      (1...65_535).contains(bands), (16...4096).contains(options.tile), options.tile % 16 == 0
    else {
      throw .unsupported(
        source: url.path, format: .tiff,
        detail:
          "no tiled TIFF holds \(width) × \(height) pixels of \(bands) bands in tiles of "
          + "\(options.tile)")
    }
    file = try AtomicFile(replacing: url, overwrite: options.overwrite)
    encoder = TIFFTileEncoder(
      width: width, bands: bands, sampleBytes: type.bytes, tile: options.tile,
      isPlanar: options.isPlanar && bands > 1)
    self.height = height
    self.type = type
    jobs = options.jobs
    writer = try TIFFHead(width, height, bands, type, options).open(file)
  }

  deinit { jc_tiff_writer_close(writer) }

  /// Appends whole rows of 8-bit samples, bands interleaved.
  public func append(_ rows: [UInt8]) throws(ImageFormatError) { try appendValues(rows, .u8) }

  /// Appends whole rows of 16-bit samples, bands interleaved.
  public func append(_ rows: [UInt16]) throws(ImageFormatError) { try appendValues(rows, .u16) }

  /// Appends whole rows of float samples, bands interleaved.
  public func append(_ rows: [Float]) throws(ImageFormatError) { try appendValues(rows, .f32) }

  /// Completes the file and gives it its name. Throws `wrongSampleCount` if rows are missing.
  public func finish() throws(ImageFormatError) {
    guard !isFinished else { return }
    guard rowsDone == height else {
      let perRow = encoder.width * encoder.bands
      throw .wrongSampleCount(
        expected: height * perRow, found: rowsDone * perRow + pending.count / type.bytes)
    }
    isFinished = true
    try codec(file.url.path, .tiff) { jc_tiff_writer_finish(writer, $0) }
    try file.commit()
  }

  private func appendValues<Value>(
    _ values: [Value], _ given: SampleType
  ) throws(ImageFormatError) {
    let perRow = encoder.width * encoder.bands
    let rowBytes = perRow * type.bytes
    let rows = values.count / perRow
    let left = height - rowsDone - pending.count / rowBytes
    guard given == type, rows * perRow == values.count, rows <= left else {
      throw .wrongSampleCount(expected: perRow * left, found: values.count)
    }
    try values.withUnsafeBufferPointer { (buffer) throws(ImageFormatError) in
      let raw = UnsafeRawBufferPointer(buffer)
      var taken = 0
      while taken < rows {
        let waiting = pending.count / rowBytes
        let wanted = min(encoder.tile, height - rowsDone)
        let part = min(wanted - waiting, rows - taken)
        let start = raw.baseAddress! + taken * rowBytes
        taken += part
        if waiting == 0, part == wanted {
          try writeTiles(start, wanted)
          continue
        }
        pending.append(contentsOf: UnsafeRawBufferPointer(start: start, count: part * rowBytes))
        if waiting + part == wanted { try writePending(wanted) }
      }
    }
  }

  private func writePending(_ count: Int) throws(ImageFormatError) {
    let rows = pending
    pending.removeAll()
    try rows.withUnsafeBufferPointer { (buffer) throws(ImageFormatError) in
      try writeTiles(UnsafeRawPointer(buffer.baseAddress!), count)
    }
  }

  /// Writes one row of tiles.
  private func writeTiles(_ rows: UnsafeRawPointer, _ count: Int) throws(ImageFormatError) {
    if Task.isCancelled { throw .cancelled(path: file.url.path) }
    let across = encoder.across
    let planes = encoder.isPlanar ? encoder.bands : 1
    nonisolated(unsafe) let rows = rows
    let tiles = Parallel.map(count: across * planes, jobs: jobs) { [encoder] index in
      encoder.encode(rows, count: count, column: index % across, band: index / across)
    }
    let down = (height + encoder.tile - 1) / encoder.tile
    let tileRow = rowsDone / encoder.tile
    for (index, bytes) in tiles.enumerated() {
      guard let bytes else { throw .outOfMemory(source: file.url.path) }
      // All tiles of one band precede those of the next.
      let number = (index / across * down + tileRow) * across + index % across
      try codec(file.url.path, .tiff) {
        jc_tiff_writer_tile(writer, UInt32(number), bytes, bytes.count, $0)
      }
    }
    rowsDone += count
  }
}

extension TIFFWriter {
  /// Writes a whole image.
  public static func write(
    _ image: RasterImage, to url: URL, options: TIFFOptions = TIFFOptions()
  ) throws(ImageFormatError) {
    let writer = try TIFFWriter(
      to: url, width: image.width, height: image.height, bands: image.channels,
      type: image.samples.type, options: options)
    switch image.samples {
    case .u8(let values): try writer.append(values)
    case .u16(let values): try writer.append(values)
    case .f32(let values): try writer.append(values)
    }
    try writer.finish()
  }
}
