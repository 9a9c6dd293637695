import SpaceMath
import ViewGeometry

/// Every number of camera and timing that sources dispute or that must be fitted, each with a named
/// default. Goes into the manifest as it is.
///
/// Optional values mean "as the instrument kernel says" when nil. `notes` explains each entry.
public struct GeometryOptions: Hashable, Codable, Sendable {
  /// What the kernel's pixel coordinates count from.
  public enum PixelOrigin: String, Codable, Sendable, CaseIterable {
    /// The corner of the first pixel: the centre of (column, row) is (column + 0.5, row + 0.5).
    case corner
    /// The centre of the first pixel, as several tools have it; 0.71 px off on real limbs.
    case centre
  }

  /// s added to START_TIME; nil: INS-61500_START_TIME_BIAS (0.06188).
  public var startTimeBias: Double? = nil
  /// s added to INTERFRAME_DELAY; nil: INS-61500_INTERFRAME_DELTA (0.001).
  public var interframeDelta: Double? = nil
  /// Fraction of the exposure added to every epoch: 0 (kernel, default) or 0.5 (ISIS, ALE).
  public var exposureFraction = 0.0
  /// Correction of this image's START_TIME, s, known or fitted.
  public var startTimeOffset = 0.0
  /// Treatment of light time and aberration.
  public var lightTimeMode = LightTimeMode.lightTimeAndStellar
  /// Origin of the kernel's pixel coordinates.
  public var pixelOrigin = PixelOrigin.corner
  /// Foot of the optical axis per filter, x and y in px, where it differs from the kernel's.
  public var centreX: [Filter: Double] = [:]
  public var centreY: [Filter: Double] = [:]
  /// Radial distortion, px⁻² and px⁻⁴; nil: kernel.
  public var k1: Double? = nil
  public var k2: Double? = nil
  /// Focal length, px; nil: kernel.
  public var focalLength: Double? = nil
  /// Tilt of the spacecraft's axes from those of the attitude, rad: frame rotations about x, then y
  /// (v' = [x]₁ [y]₂ v), applied between the attitude and the fixed camera mounting.
  public var spinTilt = SIMD2<Double>(0, 0)
  /// Small rotation of the camera about its own axes, rad, as a rotation vector of the frame.
  public var pointing = Vector3(0, 0, 0)
  /// s by which the craft runs ahead of its ephemeris along its track.
  public var ephemerisTimeOffset = 0.0
  /// Displacement of the craft, J2000 km.
  public var positionOffset = Vector3(0, 0, 0)

  /// The kernel's own model.
  public init() {}

  /// An option, its default and why one may want another value.
  public struct Note: Hashable, Codable, Sendable {
    public let name: String
    public let standard: String
    public let text: String
  }

  /// One note per stored property, in their order.
  public static let notes: [Note] = [
    Note(
      name: "startTimeBias", standard: "instrument kernel, 0.06188 s",
      text: "Fixed bias of the start time; a jitter of some 20 ms per image remains."),
    Note(
      name: "interframeDelta", standard: "instrument kernel, 0.001 s",
      text: "The camera's frame interval is longer than its label says."),
    Note(
      name: "exposureFraction", standard: "0",
      text:
        "ISIS and ALE take mid-exposure (0.5); the kernel's rule does not. 1.6 ms per TDI stage."),
    Note(
      name: "startTimeOffset", standard: "0 s",
      text: "Known or fitted correction of this image's start time; 1 ms is 0.3 px of spin."),
    Note(
      name: "lightTimeMode", standard: "LT+S",
      text: "SPICE's sense: light time to each surface point, and stellar aberration."),
    Note(
      name: "pixelOrigin", standard: "corner",
      text: "The kernel's field-of-view corners show that pixel centres lie at half-integers."),
    Note(
      name: "centreX", standard: "instrument kernel, 814.21 px",
      text: "Foot of the optical axis, in framelet coordinates."),
    Note(
      name: "centreY", standard: "instrument kernel",
      text: "METHANE read-outs that were moved state 405.48 in RATIONALE_DESC; that is applied."),
    Note(
      name: "k1", standard: "instrument kernel, -5.962e-8 px^-2",
      text: "Fits to star images gave -3.7e-8 to -7.2e-8."),
    Note(
      name: "k2", standard: "instrument kernel, 2.738e-14 px^-4",
      text: "Fits to star images gave up to 5.0e-14."),
    Note(
      name: "focalLength", standard: "instrument kernel, 1480.5905 px",
      text: "Fits to star images gave 1499 to 1505 px with other distortion terms."),
    Note(
      name: "spinTilt", standard: "0, 0",
      text: "The spin axis leaves the spacecraft's z axis by some tenths of a degree."),
    Note(
      name: "pointing", standard: "0, 0, 0",
      text: "Fitted error of attitude and mounting."),
    Note(
      name: "ephemerisTimeOffset", standard: "0 s",
      text: "Real Europa images needed 1.1 s (27 km) along the track."),
    Note(
      name: "positionOffset", standard: "0, 0, 0 km",
      text: "Fitted error of the craft's ephemeris."),
  ]
}

extension GeometryOptions {
  private enum CodingKeys: String, CodingKey {
    case startTimeBias, interframeDelta, exposureFraction, startTimeOffset, lightTimeMode
    case pixelOrigin, centreX, centreY, k1, k2, focalLength, spinTilt, pointing
    case ephemerisTimeOffset, positionOffset
  }

  /// Keys that are absent keep their default.
  public init(from decoder: any Decoder) throws {
    self.init()
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func read<Value: Decodable>(_ key: CodingKeys, into value: inout Value) throws {
      value = try values.decodeIfPresent(Value.self, forKey: key) ?? value
    }
    startTimeBias = try values.decodeIfPresent(Double.self, forKey: .startTimeBias)
    interframeDelta = try values.decodeIfPresent(Double.self, forKey: .interframeDelta)
    k1 = try values.decodeIfPresent(Double.self, forKey: .k1)
    k2 = try values.decodeIfPresent(Double.self, forKey: .k2)
    focalLength = try values.decodeIfPresent(Double.self, forKey: .focalLength)
    try read(.exposureFraction, into: &exposureFraction)
    try read(.startTimeOffset, into: &startTimeOffset)
    try read(.lightTimeMode, into: &lightTimeMode)
    try read(.pixelOrigin, into: &pixelOrigin)
    try read(.centreX, into: &centreX)
    try read(.centreY, into: &centreY)
    try read(.spinTilt, into: &spinTilt)
    try read(.pointing, into: &pointing)
    try read(.ephemerisTimeOffset, into: &ephemerisTimeOffset)
    try read(.positionOffset, into: &positionOffset)
  }
}
