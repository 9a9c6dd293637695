import Cartography
import Foundation
import ImageFormats
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
  public var jobs: Int

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
    let file = try MeasurementFile(self, scale: scale, as: format, product)
    try file.append(codes)
    return try file.finish()
  }

  func tiffOptions(
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
  /// I/F of the codes of whole lines, whose three channels are red, green and blue in the order that
  /// `bands` states, or whose only channel is shown in grey.
  public init(codes: [UInt16], scale: LinearScale, bands: [String], width: Int) {
    let channels = bands.count
    let planes = scale.values(codes, channels: channels).map {
      Plane(width: width, height: $0.count / width, samples: $0)
    }
    func plane(_ name: String) -> Plane<Float> { planes[bands.firstIndex(of: name) ?? 0] }
    if channels == 1 {
      self.init(grey: planes[0])
    } else if channels == 2 {
      // Of two colours: green lies midway between its neighbours, and an outer band is as bright as green.
      let green =
        bands.contains("GREEN") ? plane("GREEN") : Self.mean(of: plane("RED"), plane("BLUE"))
      self.init(
        red: bands.contains("RED") ? plane("RED") : green, green: green,
        blue: bands.contains("BLUE") ? plane("BLUE") : green)
    } else {
      self.init(red: plane("RED"), green: plane("GREEN"), blue: plane("BLUE"))
    }
  }

  private static func mean(of one: Plane<Float>, _ other: Plane<Float>) -> Plane<Float> {
    Plane(
      width: one.width, height: one.height,
      samples: zip(one.samples, other.samples).map { ($0 + $1) / 2 })
  }
}
