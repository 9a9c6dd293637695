import CImageCodecs
import Foundation

/// Reads TIFF and GeoTIFF files through libtiff: 8- and 16-bit unsigned and 32-bit float samples, any
/// number of bands, strips or tiles, either byte order, uncompressed or LZW, DEFLATE or PackBits with
/// any predictor; the first image of the file.
public enum TIFFReader {
  /// Decodes a file.
  public static func read(
    at url: URL, limits: DecodeLimits = .standard
  ) throws(ImageFormatError) -> GeoTIFF {
    try read(FileBytes(url), limits)
  }

  /// Decodes bytes; errors call them `source`.
  public static func read(
    from bytes: [UInt8], source: String = "TIFF in memory", limits: DecodeLimits = .standard
  ) throws(ImageFormatError) -> GeoTIFF {
    try read(FileBytes(bytes, source: source), limits)
  }

  private static func read(
    _ file: FileBytes, _ limits: DecodeLimits
  ) throws(ImageFormatError) -> GeoTIFF {
    try file.withBytes { (bytes, count) throws(ImageFormatError) in
      let session = try TIFFSession(bytes, count, file.source, limits)
      return GeoTIFF(
        image: try session.image(), geo: session.geo, noData: session.noData,
        gdalMetadata: session.text(TIFFTag.gdalMetadata), texts: session.texts)
    }
  }
}

/// One libtiff reading session over bytes that outlive it.
private final class TIFFSession {
  private let reader: OpaquePointer
  private let header: jc_tiff_header
  private let source: String

  init(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ source: String, _ limits: DecodeLimits
  ) throws(ImageFormatError) {
    var cLimits = jc_limits(limits)
    var opened: OpaquePointer?
    var header = jc_tiff_header()
    try codec(source, .tiff) {
      jc_tiff_reader_open(bytes, count, &cLimits, &opened, &header, $0)
    }
    guard let opened else { throw .outOfMemory(source: source) }
    reader = opened
    self.header = header
    self.source = source
  }

  deinit { jc_tiff_reader_close(reader) }

  func image() throws(ImageFormatError) -> RasterImage {
    let count = Int(header.width) * Int(header.height) * Int(header.bands)
    let samples: RasterImage.Samples
    switch header.sample_bytes {
    case 1: samples = .u8(try decode(count))
    case 2: samples = .u16(try decode(count))
    default: samples = .f32(try decode(count))
    }
    return try RasterImage(
      width: Int(header.width), height: Int(header.height), channels: Int(header.bands),
      samples: samples)
  }

  private func decode<Value: BitwiseCopyable>(_ count: Int) throws(ImageFormatError) -> [Value] {
    try [Value](unsafeUninitializedCapacity: count) { (buffer, used) throws(ImageFormatError) in
      used = count
      let rows = UnsafeMutableRawPointer(buffer.baseAddress!).assumingMemoryBound(to: UInt8.self)
      try codec(source, .tiff) { jc_tiff_reader_image(reader, rows, $0) }
    }
  }

  var geo: GeoTags {
    GeoTags(
      pixelScale: doubles(TIFFTag.pixelScale), tiepoints: doubles(TIFFTag.tiepoints),
      transformation: doubles(TIFFTag.transformation),
      keys: GeoTags.keys(
        shorts(TIFFTag.geoKeys), doubles(TIFFTag.geoDoubles), ascii(TIFFTag.geoAscii)))
  }

  /// GDAL writes the number as a text.
  var noData: Double? {
    text(TIFFTag.gdalNoData).flatMap { Double($0.trimmingCharacters(in: .whitespaces)) }
  }

  var texts: [ImageText] {
    TIFFTag.texts.compactMap { tag, keyword in
      text(tag).map { ImageText(keyword: keyword, text: $0) }
    }
  }

  func text(_ tag: UInt32) -> String? {
    let bytes = ascii(tag)
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// The characters in front of the first NUL.
  private func ascii(_ tag: UInt32) -> [UInt8] {
    var count = 0
    guard let start = jc_tiff_reader_text(reader, tag, &count) else { return [] }
    return UnsafeRawBufferPointer(start: start, count: count).prefix { $0 != 0 }.map { $0 }
  }

  private func doubles(_ tag: UInt32) -> [Double] {
    var count = 0
    let start = jc_tiff_reader_doubles(reader, tag, &count)
    return Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  private func shorts(_ tag: UInt32) -> [UInt16] {
    var count = 0
    let start = jc_tiff_reader_shorts(reader, tag, &count)
    return Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}
