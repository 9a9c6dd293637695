import JunoCam
import SpaceMath
import ViewGeometry

/// Camera and timing as the pipeline file states them, in the units of people; an entry that is
/// left out keeps the kernel's number.
public struct GeometrySettings: Codable, Hashable, Sendable {
  /// Where the craft's place is taken from.
  public enum Position: String, Codable, Sendable, CaseIterable {
    /// The SPKs; a run that they do not cover does not begin.
    case ephemeris
    /// The SPKs, and the image's label where they end.
    case auto
    /// The image's label.
    case label
  }

  public var position = Position.ephemeris
  /// How far a label's place may be wrong along the craft's track, km, one sigma.
  public var labelPositionSigma = LabelPosition.ephemerisSigma
  /// s; nil: the instrument kernel's.
  public var startTimeBias: Double?
  /// s; nil: the instrument kernel's.
  public var interframeDelta: Double?
  /// Part of the exposure that is added to every epoch: 0 (kernel) or 0.5 (ISIS).
  public var exposureFraction = 0.0
  public var lightTime = LightTimeMode.lightTimeAndStellar
  public var pixelOrigin = GeometryOptions.PixelOrigin.corner
  /// Foot of the optical axis by filter (BLUE, GREEN, RED, METHANE), px in framelet coordinates,
  /// where it differs from the instrument kernel's (CX, CY).
  public var centreX: [String: Double] = [:]
  public var centreY: [String: Double] = [:]
  /// px⁻² and px⁻⁴; nil: the instrument kernel's.
  public var k1: Double?
  public var k2: Double?
  /// Pixels; nil: the instrument kernel's.
  public var focalLength: Double?
  /// Tilt of the spin axis about the craft's x and y axes, degrees.
  public var spinTilt = [0.0, 0.0]

  public init() {}

  /// - Parameter defaults: what entries that are left out keep.
  init(reading reader: MappingReader, from defaults: GeometrySettings = .init()) {
    self = defaults
    position = reader.choice("position", of: Position.self) ?? position
    labelPositionSigma =
      reader.double("labelPositionSigma", in: 1e-3...1e5) ?? labelPositionSigma
    startTimeBias = reader.double("startTimeBias", in: -10...10)
    interframeDelta = reader.double("interframeDelta", in: -1...1)
    exposureFraction = reader.double("exposureFraction", in: 0...1) ?? exposureFraction
    lightTime = reader.choice("lightTime", of: LightTimeMode.self) ?? lightTime
    pixelOrigin =
      reader.choice("pixelOrigin", of: GeometryOptions.PixelOrigin.self) ?? pixelOrigin
    centreX = Self.byFilter("centreX", in: reader)
    centreY = Self.byFilter("centreY", in: reader)
    k1 = reader.double("k1", in: -1e-6...1e-6)
    k2 = reader.double("k2", in: -1e-12...1e-12)
    focalLength = reader.double("focalLength", in: 100...10_000)
    spinTilt = reader.doubles("spinTilt", count: 2, in: -5...5) ?? spinTilt
    reader.finish()
  }

  private static func byFilter(_ key: String, in reader: MappingReader) -> [String: Double] {
    guard let filters = reader.mapping(key) else { return [:] }
    var values: [String: Double] = [:]
    for filter in Filter.allCases {
      values[filter.rawValue] = filters.double(filter.rawValue, in: -2000...2000)
    }
    filters.finish()
    return values
  }

  /// What each entry means by default and why one may want another value, one line each, in the
  /// names of the pipeline file.
  public static var notes: [String] {
    positionNotes
      + GeometryOptions.notes.map { note in
        let name = note.name == "lightTimeMode" ? "lightTime" : note.name
        return "\(name): default \(note.standard). \(note.text)"
      }
  }

  private static let positionNotes = [
    "position: default ephemeris, with builtInKernels auto. The craft's place comes from SPKs; auto: where none covers an "
      + "image, from its label (altitude and sub-spacecraft point at mid-image); label: always from "
      + "there. Its velocity, from the labels of a flyby if there are several, is then solved for.",
    "labelPositionSigma: default \(Int(LabelPosition.ephemerisSigma)) km. Labels round to 0.1 km and "
      + "1e-4 degrees, but those of perijoves 43 and 44 lie 44 to 367 km along the track from the "
      + "predicted SPK, and up to 6 km across. Of a label alone the track's direction is not known.",
  ]

  /// The options of one image: these settings and the image's own corrections.
  func options(for image: ImageOverride) -> GeometryOptions {
    var options = GeometryOptions()
    options.startTimeBias = startTimeBias
    options.interframeDelta = interframeDelta
    options.exposureFraction = exposureFraction
    options.lightTimeMode = lightTime
    options.pixelOrigin = pixelOrigin
    for filter in Filter.allCases {
      options.centreX[filter] = centreX[filter.rawValue]
      options.centreY[filter] = centreY[filter.rawValue]
    }
    options.k1 = k1
    options.k2 = k2
    options.focalLength = focalLength
    options.spinTilt = SIMD2(Angle.radians(spinTilt[0]), Angle.radians(spinTilt[1]))
    options.startTimeOffset = image.startTimeOffset
    options.ephemerisTimeOffset = image.ephemerisTimeOffset
    options.pointing = Vector3(
      Angle.radians(image.pointing[0]), Angle.radians(image.pointing[1]),
      Angle.radians(image.pointing[2]))
    options.positionOffset = Vector3(
      image.positionOffset[0], image.positionOffset[1], image.positionOffset[2])
    return options
  }
}
