import Foundation

/// How image positions are corrected before they are mapped.
public enum RegistrationMode: String, Codable, Sendable, CaseIterable, Hashable {
  /// Correct what the data can decide, else leave the prediction and say so.
  case auto
  /// Leave the prediction, with the corrections given per image.
  case none
}

/// Registration as the pipeline file states it: `registration: auto`, or a mapping.
public struct RegistrationSettings: Codable, Hashable, Sendable {
  public var mode: RegistrationMode
  /// Whether the images of a flyby are fitted together, tied by the ground that they share.
  public var joint = true
  /// A map that images are laid onto; nil: none.
  public var baseMap: BaseMapSettings?
  /// How far predictions may be wrong.
  public var priors = PriorSettings()

  public init(mode: RegistrationMode = .auto) { self.mode = mode }

  init(reading reader: MappingReader, key: String) {
    self.init()
    guard let node = reader.node(key) else { return }
    guard case .mapping = node.content, let settings = reader.mapping(key) else {
      mode = reader.choice(key, of: RegistrationMode.self) ?? mode
      return
    }
    mode = settings.choice("mode", of: RegistrationMode.self) ?? mode
    joint = settings.bool("joint") ?? joint
    if let map = settings.node("baseMap") {
      if case .scalar = map.content {
        baseMap = settings.string("baseMap").map { BaseMapSettings(file: $0) }
      } else {
        baseMap = settings.mapping("baseMap").flatMap(BaseMapSettings.init(reading:))
      }
    }
    if let stated = settings.mapping("priors") { priors = PriorSettings(reading: stated) }
    settings.finish()
  }
}

/// A base map as the pipeline file names it: simple cylindrical, planetocentric, north up and east to
/// the right; PNG, JPEG or TIFF.
public struct BaseMapSettings: Codable, Hashable, Sendable {
  public var file: String
  /// Longitude of the middle of a map of the whole body, degrees; nil: what a GeoTIFF says, else 180.
  public var centreLongitude: Double?
  /// The sense in which that longitude is counted.
  public var direction = Direction.positiveEast

  /// A sense of longitudes.
  public enum Direction: String, Codable, Sendable, CaseIterable {
    case positiveEast = "positive-east"
    case positiveWest = "positive-west"
  }

  public init(file: String) { self.file = file }

  init?(reading reader: MappingReader) {
    reader.require("file", example: "maps/io.tif")
    let file = reader.string("file")
    centreLongitude = reader.double("centreLongitude", in: -360...360)
    direction = reader.choice("direction", of: Direction.self) ?? direction
    reader.finish()
    guard let file else { return nil }
    self.file = file
  }
}
