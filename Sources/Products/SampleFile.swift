import Crypto
import Foundation
import ImageFormats
import Photometry

/// A product file that takes its rows in bands, hashes their samples on the way and appears under
/// its name when it is complete.
final class SampleFile {
  private enum Sink {
    case png(PNGWriter)
    case jpeg(JPEGWriter)
    case tiff(TIFFWriter)
  }

  private let sink: Sink
  private let url: URL
  private let format: ProductFormat
  private let product: ProductDescription
  private var hash = SHA256()

  /// - Parameters:
  ///   - type: of the samples that will come, in `channels` channels; pictures have 8 bits.
  ///   - scale: of a measurement.
  /// - Throws: `ImageFormatError`.
  init(
    _ writer: ProductWriter, _ format: ProductFormat, _ product: ProductDescription,
    channels: Int, type: SampleType, space: ColourSpace, scale: LinearScale?
  ) throws {
    url = writer.folder.appendingPathComponent(product.path(format))
    self.format = format
    self.product = product
    var caption = writer.caption
    caption.title = "\(caption.title): \(product.title)"
    caption.description = product.text
    let (width, height) = (product.width, product.height)
    switch format {
    case .png16, .png:
      sink = .png(
        try PNGWriter(
          to: url, width: width, height: height, channels: channels, type: type,
          options: PNGOptions(
            caption: caption, colourSpace: space, jobs: writer.jobs, overwrite: writer.overwrite)))
    case .jpeg:
      sink = .jpeg(
        try JPEGWriter(
          to: url, width: width, height: height, channels: channels,
          options: JPEGOptions(
            quality: writer.jpegQuality, caption: caption, colourSpace: space,
            overwrite: writer.overwrite)))
    case .geotiff:
      sink = .tiff(
        try TIFFWriter(
          to: url, width: width, height: height, bands: channels, type: type,
          options: writer.tiffOptions(product, caption, scale)))
    }
  }

  /// Makes a PNG's strips; nil for the other formats.
  var stripEncoder: PNGStripEncoder? {
    if case .png(let writer) = sink { writer.encoder } else { nil }
  }

  /// Appends whole rows of a picture, channels interleaved.
  ///
  /// - Parameter strips: a PNG's, of the same rows, where they are made already.
  func append(_ rows: ArraySlice<UInt8>, strips: [PNGStrip]? = nil) throws {
    switch sink {
    case .png(let writer):
      if let strips { try writer.append(strips) } else { try writer.append(Array(rows)) }
    case .tiff(let writer): try writer.append(Array(rows))
    case .jpeg(let writer):
      // What a reader sees is hashed, not what went in.
      return try writer.append(Array(rows))
    }
    rows.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  /// Appends whole rows of a measurement, channels interleaved.
  func append(_ rows: [UInt16]) throws {
    switch sink {
    case .png(let writer): try writer.append(rows)
    case .tiff(let writer): try writer.append(rows)
    case .jpeg: preconditionFailure("a JPEG holds no measurement")
    }
    Digest.withLittleEndianBytes(rows) { hash.update(bufferPointer: $0) }
  }

  /// Completes the file and records it.
  func finish() throws -> ProductRecord {
    var samples: String?
    switch sink {
    case .png(let writer): try writer.finish()
    case .tiff(let writer): try writer.finish()
    case .jpeg(let writer):
      try writer.finish()
      var hash = SHA256()
      try JPEGReader.forEachBand(at: url) { rows in
        rows.withUnsafeBytes { hash.update(bufferPointer: $0) }
      }
      samples = Digest.hexadecimal(hash.finalize())
    }
    let file = try FileRecord(hashing: url)
    var record = ProductRecord(
      path: product.path(format), title: product.title, kind: product.kind, name: product.name,
      format: format.rawValue, images: product.images, projection: product.projection,
      width: product.width, height: product.height, bands: product.bands,
      content: product.content, bytes: file.bytes, sha256: file.sha256,
      samplesSHA256: samples ?? Digest.hexadecimal(hash.finalize()), codec: format.codec.codec)
    record.photometry = product.photometry
    return record
  }
}
