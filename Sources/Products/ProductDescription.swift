import Cartography

/// What a product is, before it is written in one or more formats.
public struct ProductDescription: Sendable {
  /// Path relative to the run folder, without the ending that the format adds.
  public var stem: String
  /// What it shows, for people.
  public var title: String
  /// Longer text that is put into the file.
  public var text: String
  /// `map`, `mosaic` or `view`.
  public var kind: String
  /// The entry of the pipeline file.
  public var name: String
  /// Product identifiers.
  public var images: [String]
  public var projection: ProjectionRecord
  /// Coordinate system of a map and the place of its pixels; nil for a view.
  public var geoReference: GeoReference?
  public var content: ContentRecord?
  public var width: Int
  public var height: Int
  /// Filters, in the order of the channels.
  public var bands: [String]

  public init(
    stem: String, title: String, text: String, kind: String, name: String, images: [String],
    projection: ProjectionRecord, geoReference: GeoReference? = nil, content: ContentRecord?,
    width: Int, height: Int,
    bands: [String]
  ) {
    self.stem = stem
    self.title = title
    self.text = text
    self.kind = kind
    self.name = name
    self.images = images
    self.projection = projection
    self.geoReference = geoReference
    self.content = content
    self.width = width
    self.height = height
    self.bands = bands
  }

  /// Path of the file in a format, relative to the run folder.
  public func path(_ format: ProductFormat) -> String { format.path(stem: stem) }
}
