import Cartography

/// What a product is, before it is written in one or more formats.
public struct ProductDescription: Sendable {
  /// Path relative to the run folder, without the ending that the format adds.
  public var stem: String
  /// What it shows, for people.
  public var title: String
  /// Longer text that is put into the file.
  public var text: String
  /// `map`, `mosaic` or `view`; `backplane` of what lies beside one of these.
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
  /// By image: the light that the ground is shown in, if it is not as seen.
  public var photometry: JSONValue?
  /// What the pixels are if they are not I/F.
  public var backplane: BackplaneKind?
  /// See `BandImage.ceilings`.
  public var ceilings: SIMD3<Float>?

  public init(
    stem: String, title: String, text: String, kind: String, name: String, images: [String],
    projection: ProjectionRecord, geoReference: GeoReference? = nil, content: ContentRecord?,
    width: Int, height: Int,
    bands: [String], photometry: JSONValue? = nil
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
    self.photometry = photometry
  }

  /// The same grid with something else on it.
  ///
  /// - Parameter bands: filters, or the kind itself where it does not depend on the filter.
  public func backplane(_ kind: BackplaneKind, bands: [String]) -> ProductDescription {
    var description = self
    description.backplane = kind
    description.stem += "-\(kind.rawValue)"
    description.title += ", \(kind.rawValue)"
    description.kind = "backplane"
    description.bands = bands
    return description
  }

  /// Path of the file in a format, relative to the run folder.
  public func path(_ format: ProductFormat) -> String { format.path(stem: stem) }
}
