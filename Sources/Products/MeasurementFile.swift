import ImageFormats
import Mapping
import Photometry

/// A measurement (`png16`, `geotiff`) that is written in bands of rows.
///
/// One thread at a time may use it. A file that is dropped unfinished leaves nothing behind.
public final class MeasurementFile {
  private let file: SampleFile
  private let scale: LinearScale
  private let product: ProductDescription

  /// - Throws: `ImageFormatError`.
  public init(
    _ writer: ProductWriter, scale: LinearScale, as format: ProductFormat,
    _ product: ProductDescription
  ) throws {
    file = try SampleFile(
      writer, format, product, channels: product.bands.count, type: .u16, space: .unspecified,
      scale: scale)
    self.scale = scale
    self.product = product
  }

  /// Appends whole rows of codes, [line][sample][band], on the file's scale; 0 is "no data".
  public func append(_ codes: [UInt16]) throws { try file.append(codes) }

  /// Completes the file and records it.
  ///
  /// - Throws: `ImageFormatError`, `ProductsError`.
  public func finish() throws -> ProductRecord {
    var record = try file.finish()
    record.scale = scale.scale
    record.offset = scale.offset
    record.noData = 0
    if let backplane = product.backplane {
      record.quantity = backplane.rawValue
      record.unit = backplane.unit
      record.flags = backplane == .quality ? QualityFlags.names : nil
    }
    return record
  }
}
