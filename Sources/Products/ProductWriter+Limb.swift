import Foundation
import ImageFormats
import Photometry

extension ProductWriter {
  /// Makes a picture (`png`, `jpeg`) of an unrolled limb by its own stretch, and writes it.
  ///
  /// - Parameter codes: [line][sample][band], on `scale`; 0 is "no data".
  public func write(
    limb codes: [UInt16], scale: LinearScale, stretch: LimbStretch, as formats: [ProductFormat],
    _ product: ProductDescription
  ) throws -> [ProductRecord] {
    let image = try RasterImage(
      width: product.width, height: product.height, channels: product.bands.count,
      samples: .u8(stretch.display8(codes, scale: scale, width: product.width)))
    return try formats.map { format in
      var record = try save(image, as: format, space: .sRGB, product)
      record.look = try JSONValue(encoding: stretch)
      if product.bands.count == 3 { record.bands = ["R", "G", "B"] }
      return record
    }
  }

  /// Writes a table beside a product.
  ///
  /// - Parameter path: relative to the run folder.
  public func write(table bytes: [UInt8], path: String) throws -> FileRecord {
    let url = folder.appendingPathComponent(path)
    try AtomicFile.write(bytes, to: url, overwrite: overwrite)
    return FileRecord(name: path, bytes: bytes.count, sha256: bytes.withUnsafeBytes(Digest.sha256))
  }
}
