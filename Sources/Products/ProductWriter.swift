import Cartography
import Foundation
import ImageFormats
import Mapping
import Photometry
import Raster

/// Writes products into a run folder, each file complete or not at all, and records them.
public struct ProductWriter: Sendable {
  /// The run folder.
  public let folder: URL
  /// Title of the run, credit line: what every file says of itself.
  public let caption: ImageCaption
  /// Quality of JPEG files, 1…100.
  public let jpegQuality: Int
  /// Whether files that exist may be replaced.
  public let overwrite: Bool
  /// Most threads that one file may use.
  public let jobs: Int

  public init(
    folder: URL, title: String, credit: String, jpegQuality: Int, overwrite: Bool, jobs: Int
  ) {
    self.folder = folder
    caption = ImageCaption(
      title: title, credit: credit,
      software: "\(SoftwareRecord.current.name) \(SoftwareRecord.current.version)")
    self.jpegQuality = jpegQuality
    self.overwrite = overwrite
    self.jobs = jobs
  }

  /// Writes codes of a measurement (`png16`, `geotiff`).
  ///
  /// - Parameters:
  ///   - codes: [line][sample][band], on `scale`; 0 is "no data".
  /// - Throws: `ImageFormatError`, `ProductsError`.
  public func write(
    _ codes: [UInt16], scale: LinearScale, as format: ProductFormat, _ product: ProductDescription
  ) throws -> ProductRecord {
    let image = try RasterImage(
      width: product.width, height: product.height, channels: product.bands.count,
      samples: .u16(codes))
    var record = try save(image, as: format, space: .unspecified, product, scale: scale)
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

  /// Makes a picture to look at (`png`, `jpeg`) of a measurement, and writes it.
  public func write(
    picture codes: [UInt16], scale: LinearScale, recipe: CompositeRecipe,
    as formats: [ProductFormat], _ product: ProductDescription
  ) throws -> [ProductRecord] {
    let bands = BandImage(codes: codes, scale: scale, product)
    let pixels = recipe.display8(bands)
    let space: ColourSpace = recipe.space == .displayP3 ? .displayP3 : .sRGB
    let isGrey = product.bands.count == 1
    let image = try RasterImage(
      width: product.width, height: product.height, channels: isGrey ? 1 : 3,
      samples: .u8(isGrey ? stride(from: 0, to: pixels.count, by: 3).map { pixels[$0] } : pixels))
    return try formats.map { format in
      var record = try save(image, as: format, space: space, product)
      record.look = try JSONValue(encoding: recipe)
      if !isGrey { record.bands = ["R", "G", "B"] }
      return record
    }
  }

  func save(
    _ image: RasterImage, as format: ProductFormat, space: ColourSpace,
    _ product: ProductDescription, scale: LinearScale? = nil
  ) throws -> ProductRecord {
    let path = product.path(format)
    let url = folder.appendingPathComponent(path)
    var caption = caption
    caption.title = "\(caption.title): \(product.title)"
    caption.description = product.text
    var samples = Digest.sha256(image.samples)
    switch format {
    case .png16, .png:
      try PNGWriter.write(
        image, to: url,
        options: PNGOptions(
          caption: caption, colourSpace: space, jobs: jobs, overwrite: overwrite))
    case .jpeg:
      try JPEGWriter.write(
        image, to: url,
        options: JPEGOptions(
          quality: jpegQuality, caption: caption, colourSpace: space, overwrite: overwrite))
      samples = Digest.sha256(try JPEGReader.image(at: url).samples)
    case .geotiff:
      try TIFFWriter.write(image, to: url, options: tiffOptions(product, caption, scale))
    }
    let file = try FileRecord(hashing: url)
    var record = ProductRecord(
      path: path, title: product.title, kind: product.kind, name: product.name,
      format: format.rawValue, images: product.images, projection: product.projection,
      width: image.width, height: image.height, bands: product.bands, content: product.content,
      bytes: file.bytes, sha256: file.sha256, samplesSHA256: samples, codec: format.codec.codec)
    record.photometry = product.photometry
    return record
  }

  private func tiffOptions(
    _ product: ProductDescription, _ caption: ImageCaption, _ scale: LinearScale?
  ) -> TIFFOptions {
    TIFFOptions(
      geo: product.geoReference.map(GeoTags.init), noData: 0,
      bands: product.bands.map { band in
        TIFFBand(
          description: product.backplane.map { $0.isPerBand ? " \($0.rawValue)" : "" }
            .map { band + $0 } ?? "\(band) I/F",
          scale: scale?.scale, offset: scale?.offset, unit: product.backplane?.unit ?? "")
      },
      metadata: [
        ImageText(keyword: "AREA_OR_POINT", text: "Area"),
        ImageText(keyword: "IMAGES", text: product.images.joined(separator: ",")),
      ], caption: caption, jobs: jobs, overwrite: overwrite)
  }
}

extension GeoTags {
  /// Tags of a map's coordinate system.
  init(_ reference: GeoReference) {
    self.init(
      pixelScale: reference.pixelScale, tiepoints: reference.tiepoint,
      keys: reference.keys.map { key in
        switch key.value {
        case .short(let value): .short(key.id, value)
        case .double(let value): .double(key.id, value)
        case .ascii(let text): .ascii(key.id, text)
        }
      })
  }
}

extension BandImage {
  /// I/F of codes whose three channels are red, green and blue in the order that `product.bands`
  /// states, or whose only channel is shown in grey.
  public init(codes: [UInt16], scale: LinearScale, _ product: ProductDescription) {
    let table = (0...65_535).map { code in
      scale.iOverF(UInt16(code)).map(Float.init) ?? Float.nan
    }
    let channels = product.bands.count
    func plane(_ band: String) -> Plane<Float> {
      let channel = product.bands.firstIndex(of: band) ?? 0
      let count = product.width * product.height
      let samples = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
        table.withUnsafeBufferPointer { table in
          codes.withUnsafeBufferPointer { codes in
            for pixel in 0..<count {
              buffer.initializeElement(
                at: pixel, to: table[Int(codes[pixel * channels + channel])])
            }
          }
        }
        filled = count
      }
      return Plane(width: product.width, height: product.height, samples: samples)
    }
    if channels == 1 {
      self.init(grey: plane(product.bands[0]))
    } else {
      self.init(red: plane("RED"), green: plane("GREEN"), blue: plane("BLUE"))
    }
  }
}

extension Digest {
  /// Of samples, 16-bit ones and floats in little-endian order.
  static func sha256(_ samples: RasterImage.Samples) -> String {
    switch samples {
    case .u8(let values): values.withUnsafeBytes { sha256($0) }
    case .u16(let values):
      littleEndian(values).withUnsafeBytes { sha256($0) }
    case .f32(let values):
      littleEndian(values.map(\.bitPattern)).withUnsafeBytes { sha256($0) }
    }
  }

  private static func littleEndian<Value: FixedWidthInteger>(_ values: [Value]) -> [Value] {
    Value(1).littleEndian == 1 ? values : values.map(\.littleEndian)
  }
}
