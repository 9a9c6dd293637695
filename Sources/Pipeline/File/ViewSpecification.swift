/// Projections in which views are made.
public enum ViewProjection: String, Codable, Sendable, CaseIterable, Hashable {
  /// As a pinhole camera at the craft's place at mid-image sees it, north up.
  case pointPerspective = "point-perspective"
}

/// A view from the craft as the pipeline file states it.
public struct ViewSpecification: Codable, Hashable, Sendable {
  public var projection: ViewProjection
  /// Output pixels per pixel of the camera at the disc's centre.
  public var zoom: Double
  /// Sky around the disc, as a part of its radius.
  public var margin: Double
  /// Width and height in pixels; nil: what holds the whole disc with its margin.
  public var size: [Int]?

  public init(
    projection: ViewProjection = .pointPerspective, zoom: Double = 1, margin: Double = 0.1,
    size: [Int]? = nil
  ) {
    self.projection = projection
    self.zoom = zoom
    self.margin = margin
    self.size = size
  }

  /// Widest view: the largest side that a JPEG can have.
  static let maximumSide = 65_500

  init(reading reader: MappingReader) {
    self.init()
    projection = reader.choice("projection", of: ViewProjection.self) ?? projection
    zoom = reader.double("zoom", in: 0.01...16) ?? zoom
    margin = reader.double("margin", in: 0...10) ?? margin
    size = reader.doubles("size", count: 2, in: 1...Double(Self.maximumSide)).map {
      $0.map { Int($0) }
    }
    reader.finish()
  }
}
