import Foundation

/// What a band of a TIFF file holds, in GDAL's metadata.
public struct TIFFBand: Sendable, Equatable, Codable {
  /// The band's name or description.
  public var description: String
  /// Physical value = offset + scale × sample; nil writes nothing.
  public var scale: Double?
  /// See `scale`.
  public var offset: Double?
  /// Unit of the physical value, empty for none.
  public var unit: String

  /// A band from its parts.
  public init(
    description: String, scale: Double? = nil, offset: Double? = nil, unit: String = ""
  ) {
    self.description = description
    self.scale = scale
    self.offset = offset
    self.unit = unit
  }
}

/// How a TIFF file is written: always tiled, DEFLATE with predictor, little-endian.
public struct TIFFOptions: Sendable {
  /// Side of a tile in pixels, a multiple of 16.
  public var tile: Int
  /// Whether each band has its own tiles (better for bands that differ in kind) or a pixel's bands lie
  /// side by side.
  public var isPlanar: Bool
  /// Georeferencing, if any.
  public var geo: GeoTags?
  /// The sample value that means "no data" (tag 42113); `nan` for float.
  public var noData: Double?
  /// Descriptions of the bands, in order; fewer than bands or none.
  public var bands: [TIFFBand]
  /// Further items of GDAL's metadata (tag 42112): name and value.
  public var metadata: [ImageText]
  /// Texts of the baseline tags.
  public var caption: ImageCaption
  /// Anything but `unspecified` makes the first three bands colours, with an ICC profile.
  public var colourSpace: ColourSpace
  /// Most threads; the bytes do not depend on it.
  public var jobs: Int
  /// Whether an existing file may be replaced.
  public var overwrite: Bool

  /// Options from parts.
  public init(
    tile: Int = 256, isPlanar: Bool = true, geo: GeoTags? = nil, noData: Double? = nil,
    bands: [TIFFBand] = [], metadata: [ImageText] = [], caption: ImageCaption = ImageCaption(),
    colourSpace: ColourSpace = .unspecified,
    jobs: Int = ProcessInfo.processInfo.activeProcessorCount, overwrite: Bool = true
  ) {
    self.tile = tile
    self.isPlanar = isPlanar
    self.geo = geo
    self.noData = noData
    self.bands = bands
    self.metadata = metadata
    self.caption = caption
    self.colourSpace = colourSpace
    self.jobs = jobs
    self.overwrite = overwrite
  }

  /// GDAL's metadata document, nil if there is nothing to say.
  var gdalMetadata: String? {
    var items = metadata.map { item in
      "<Item name=\"\(XML.escaped(item.keyword))\">\(XML.escaped(item.text))</Item>"
    }
    for (index, band) in bands.enumerated() {
      func add(_ name: String, _ role: String, _ value: String) {
        items.append(
          "<Item name=\"\(name)\" sample=\"\(index)\" role=\"\(role)\">\(XML.escaped(value))</Item>"
        )
      }
      if !band.description.isEmpty { add("DESCRIPTION", "description", band.description) }
      if let offset = band.offset { add("OFFSET", "offset", "\(offset)") }
      if let scale = band.scale { add("SCALE", "scale", "\(scale)") }
      if !band.unit.isEmpty { add("UNITTYPE", "unittype", band.unit) }
    }
    guard !items.isEmpty else { return nil }
    return "<GDALMetadata>\n  \(items.joined(separator: "\n  "))\n</GDALMetadata>\n"
  }
}
