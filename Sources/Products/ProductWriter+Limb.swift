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
    let pixels = stretch.display8(codes, scale: scale, width: product.width)
    let look = try JSONValue(encoding: stretch)
    return try formats.map { format in
      let file = try SampleFile(
        self, format, product, channels: product.bands.count, type: .u8, space: .sRGB, scale: nil)
      try file.append(pixels[...])
      var record = try file.finish()
      record.look = look
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
