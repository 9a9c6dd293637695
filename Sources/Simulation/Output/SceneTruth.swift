import JunoCam
import SpaceMath
import ViewGeometry

/// What really happened while one image was taken: written beside the frames, read only by
/// `assess`.
public struct ImageTruth: Codable, Sendable {
  /// One exposure.
  public struct Frame: Codable, Sendable {
    public var frame: Int
    public var pose: Pose
    /// Rotation vector by which the camera was turned from its predicted attitude, camera axes,
    /// rad, in the sense of `GeometryOptions.pointing`.
    public var pointing: Vector3
    /// DN12 that every sample got, by filter name.
    public var black: [String: Double]
  }

  public var schema = 1
  public var product: String
  /// s by which the exposures came later than the label says.
  public var startTimeOffset: Double
  /// s by which the craft ran ahead of its ephemeris.
  public var ephemerisTimeOffset: Double
  /// True optics by filter name.
  public var optics: [String: CameraModel]
  public var frames: [Frame]
  /// Hot pixels by filter name.
  public var hotPixels: [String: [HotPixel]]
  public var hits: [RadiationHit]
  /// Lines of the raw file that were lost: first and count.
  public var lostLines: [SIMD2<Int>]
  /// I/F of one DN12 above black, by filter name.
  public var iOverFPerDN: [String: Double]
  /// Files of per-pixel truth beside this one, if written: little-endian Float32, line by line as
  /// in the raw file. Angles in degrees, longitude east; not a number in the sky.
  public var planes: [String: String]
  /// Raw picture beside this file of what would have been sent had there been neither hot pixels nor
  /// hits.
  public var sound: String

  init<Surface: MoonSurface>(
    model: SceneModel, index: Int, result: ImageRenderer<Surface>.Result, planes: [String: String]
  ) {
    let image = model.description.images[index]
    let camera = model.description.camera
    product = "\(image.product)"
    startTimeOffset = image.startTimeError / 1000
    ephemerisTimeOffset = model.actual.deviation.timeAhead
    func table<Value>(_ value: (Filter) -> Value) -> [String: Value] {
      Dictionary(uniqueKeysWithValues: image.filters.map { ($0.rawValue, value($0)) })
    }
    optics = table { model.optics($0) }
    frames = result.exposures.enumerated().map { number, exposure in
      Frame(
        frame: number, pose: exposure.pose,
        pointing: model.actual.pointingError(at: exposure.pose.epochET),
        black: Dictionary(
          uniqueKeysWithValues: zip(image.filters, result.readouts[number]).map {
            ($0.rawValue, $1.black)
          }))
    }
    hotPixels = table {
      DetectorEvents.hotPixels(camera, filter: $0, seed: model.description.seed)
    }
    hits = result.readouts.flatMap { $0.flatMap(\.hits) }
    sound = "\(image.product)-sound.png"
    lostLines = image.lostLines
    let radiometry = model.radiometry(image: index)
    iOverFPerDN = table { radiometry.iOverFPerDN($0) }
    self.planes = planes
  }
}
