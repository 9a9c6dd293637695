import CImageCodecs
import Foundation

/// Writes JPEG files, grey or RGB, in bands of rows, through libjpeg-turbo.
///
/// The file appears under its name when `finish` has succeeded, and not before; a writer that is
/// dropped leaves nothing behind.
public final class JPEGWriter {
  private let width: Int
  private let height: Int
  private let channels: Int
  private let file: AtomicFile?
  private let box: SinkBox
  private let writer: OpaquePointer
  private var rowsDone = 0
  private var isFinished = false

  /// Opens a file for `height` rows of `width` pixels (at most 65 500 each) of 1 or 3 channels.
  /// Throws `unsupported` for other layouts and captions that do not fit, `notWritten` or `exists`.
  public convenience init(
    to url: URL, width: Int, height: Int, channels: Int, options: JPEGOptions = JPEGOptions()
  ) throws(ImageFormatError) {
    let file = try AtomicFile(replacing: url, overwrite: options.overwrite)
    try self.init(file, file, width, height, channels, options)
  }

  init(
    _ sink: any ByteSink, _ file: AtomicFile?, _ width: Int, _ height: Int, _ channels: Int,
    _ options: JPEGOptions
  ) throws(ImageFormatError) {
    guard channels == 1 || channels == 3, (1...65_500).contains(width),
      (1...65_500).contains(height), (1...100).contains(options.quality)
    else {
      throw .unsupported(
        source: sink.name, format: .jpeg,
        detail:
          "no JPEG holds \(width) × \(height) pixels of \(channels) channels at quality "
          + "\(options.quality)")
    }
    self.width = width
    self.height = height
    self.channels = channels
    self.file = file
    box = SinkBox(sink)
    writer = try Self.open(box, width, height, channels, options)
  }

  deinit { jc_jpeg_writer_close(writer) }

  /// Appends whole rows of 8-bit samples, interleaved.
  public func append(_ rows: [UInt8]) throws(ImageFormatError) {
    let perRow = width * channels
    let count = rows.count / perRow
    guard count * perRow == rows.count, count <= height - rowsDone else {
      throw .wrongSampleCount(expected: perRow * (height - rowsDone), found: rows.count)
    }
    // Cancellation is looked for every few rows: a large picture takes a while.
    let step = max(1, (1 << 20) / perRow)
    for start in stride(from: 0, to: count, by: step) {
      if Task.isCancelled { throw .cancelled(path: box.sink.name) }
      let part = UInt32(min(step, count - start))
      try codec(box.sink.name, .jpeg) { failure in
        rows.withUnsafeBufferPointer {
          jc_jpeg_writer_rows(writer, $0.baseAddress! + start * perRow, part, failure)
        }
      }
    }
    rowsDone += count
  }

  /// Completes the file and gives it its name. Throws `wrongSampleCount` if rows are missing.
  public func finish() throws(ImageFormatError) {
    guard !isFinished else { return }
    guard rowsDone == height else {
      throw .wrongSampleCount(
        expected: height * width * channels, found: rowsDone * width * channels)
    }
    isFinished = true
    try codec(box.sink.name, .jpeg) { jc_jpeg_writer_finish(writer, $0) }
    try file?.commit()
  }

  private static func open(
    _ box: SinkBox, _ width: Int, _ height: Int, _ channels: Int, _ options: JPEGOptions
  ) throws(ImageFormatError) -> OpaquePointer {
    let segments = JPEGSegments.make(options, isGrey: channels == 1)
    let bytes = segments.flatMap(\.bytes)
    var opened: OpaquePointer?
    for segment in segments where segment.bytes.count > 65_533 {
      throw .unsupported(
        source: box.sink.name, format: .jpeg, detail: "the caption is longer than 65 kB")
    }
    try codec(box.sink.name, .jpeg) { failure in
      bytes.withUnsafeBufferPointer { buffer in
        var cSegments: [jc_jpeg_segment] = []
        var offset = 0
        for segment in segments {
          cSegments.append(
            jc_jpeg_segment(
              marker: segment.marker, bytes: buffer.baseAddress! + offset,
              count: UInt32(segment.bytes.count)))
          offset += segment.bytes.count
        }
        return cSegments.withUnsafeBufferPointer {
          var layout = jc_jpeg_layout(
            width: UInt32(width), height: UInt32(height), channels: Int32(channels),
            quality: Int32(options.quality), chroma_step: options.chroma == .full ? 1 : 2,
            progressive: options.isProgressive ? 1 : 0, segments: $0.baseAddress,
            segment_count: Int32($0.count))
          return jc_jpeg_writer_open(&layout, box.cSink, &opened, failure)
        }
      }
    }
    guard let opened else { throw .outOfMemory(source: box.sink.name) }
    return opened
  }
}

extension JPEGWriter {
  /// Writes a whole image. Throws `unsupported` unless its samples are 8-bit.
  public static func write(
    _ image: RasterImage, to url: URL, options: JPEGOptions = JPEGOptions()
  ) throws(ImageFormatError) {
    let samples = try eightBit(image, url.path)
    let writer = try JPEGWriter(
      to: url, width: image.width, height: image.height, channels: image.channels, options: options)
    try writer.append(samples)
    try writer.finish()
  }

  /// The bytes of a whole image. Throws `unsupported` unless its samples are 8-bit.
  public static func bytes(
    of image: RasterImage, options: JPEGOptions = JPEGOptions()
  ) throws(ImageFormatError) -> [UInt8] {
    let sink = MemorySink()
    let samples = try eightBit(image, sink.name)
    let writer = try JPEGWriter(sink, nil, image.width, image.height, image.channels, options)
    try writer.append(samples)
    try writer.finish()
    return sink.bytes
  }

  private static func eightBit(
    _ image: RasterImage, _ source: String
  ) throws(ImageFormatError) -> [UInt8] {
    guard case .u8(let samples) = image.samples else {
      throw .unsupported(
        source: source, format: .jpeg, detail: "JPEG holds 8-bit samples only; convert them first")
    }
    return samples
  }
}
