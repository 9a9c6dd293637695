import JunoCam
import Photometry
import ViewGeometry

/// Everything that a scene file says, with every default filled in.
public struct SceneDescription: Sendable {
  /// A place on the moon as maps of Io name it: planetocentric latitude and west longitude, degrees.
  public struct Place: Hashable, Sendable {
    public var latitude: Double
    public var westLongitude: Double
  }

  /// The flyby; see `Flyby`.
  public struct Track: Hashable, Sendable {
    /// UTC of closest approach, `YYYY-MM-DDTHH:MM:SS.fff`.
    public var closestApproach: String
    public var altitudeKm: Double
    /// km/s, relative to the moon.
    public var speed: Double
    public var subSpacecraft: Place
    public var heading: Place
    public var subSolar: Place
    public var solarDistanceAU: Double
  }

  /// The spacecraft's spin; see `Spin`.
  public struct Craft: Hashable, Sendable {
    public var revolutionsPerMinute = 1.9818
    /// Spin phase at closest approach, degrees: it decides at which instants the moon can be seen.
    public var phase = 0.0
    /// Angle between spin axis and Sun, towards the side on which the Earth stands after an
    /// opposition, degrees.
    public var axisFromSun = 3.5
    /// Rotations about the spacecraft's X and Y that take the spin axis to +Z, degrees.
    public var tilt = SIMD2(0.26, -0.42)
  }

  /// The surface.
  public struct Ground: Hashable, Sendable {
    public var seed: UInt64 = 57
    public var model = PhotometricModel.lunarLambert(l: 0.35)
    public var hasPhaseFunction = true
    public var hasJupitershine = true
  }

  /// The camera and what it does to light.
  public struct Camera: Hashable, Sendable {
    public var samplesPerEdge = 2
    public var lightTimeMode = LightTimeMode.lightTimeAndStellar
    public var hasNoise = true
    public var readNoise = 1.0
    public var electronsPerDN = 16.3
    public var fullWell = 1872.0
    public var black: [Filter: Double] = [.methane: 4, .blue: 3, .green: 4, .red: 5]
    public var blackDrift = 0.03
    public var vignetting = 0.0
    public var hotPixelsPerFilter = 40
    public var radiometry = Radiometry.Options()
  }

  /// One image.
  public struct Image: Hashable, Sendable {
    public var product: ProductID
    public var title: String
    /// Seconds after closest approach near which the moon's centre is to cross the GREEN strip.
    public var time: Double
    public var frames: Int
    public var filters: [Filter] = [.blue, .green, .red]
    public var tdiStages = 1
    /// s, as the label gives it.
    public var interframeDelay = 0.373
  }

  public var title: String
  public var seed: UInt64
  /// IO, EUROPA or GANYMEDE.
  public var target: String
  public var track: Track
  public var craft = Craft()
  public var ground = Ground()
  public var camera = Camera()
  public var images: [Image]
}
