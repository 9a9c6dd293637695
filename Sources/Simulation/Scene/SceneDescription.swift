import JunoCam
import Photometry
import SpaceMath
import ViewGeometry

/// Everything that a scene file says, with every default filled in.
///
/// Angles and times are in the file's own units, named at each member; `SceneModel` turns them into
/// radians and ephemeris time.
public struct SceneDescription: Hashable, Sendable {
  /// A place on the moon as maps of Io name it: planetocentric latitude and west longitude,
  /// degrees.
  public struct Place: Hashable, Sendable {
    public var latitude: Double
    public var westLongitude: Double
  }

  /// The flyby, as it is published or invented.
  public struct Track: Hashable, Sendable {
    /// UTC of closest approach.
    public var closestApproach: CivilTime
    /// Above the ellipsoid at closest approach, km.
    public var altitudeKm: Double
    /// Relative to the moon, km/s.
    public var speed: Double
    /// Below the spacecraft at closest approach.
    public var subSpacecraft: Place
    /// Towards which the spacecraft moves at closest approach.
    public var heading: Place
    /// Below the Sun at closest approach.
    public var subSolar: Place
    public var solarDistanceAU: Double
  }

  /// The spacecraft's spin.
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

  /// What the surface is.
  public enum Ground: Hashable, Sendable {
    /// The analytic Io; the seed is that of its noise and random features.
    case io(seed: UInt64)
    /// Even ground of a moon (EUROPA, GANYMEDE, …) with faint texture.
    case plain(seed: UInt64)
    /// A simple-cylindrical picture, longitude 0 at its left edge, east to the right.
    case texture(path: String)
  }

  /// The light.
  public struct Light: Hashable, Sendable {
    public var model = PhotometricModel.lunarLambert(l: 0.35)
    public var hasPhaseFunction = true
    public var hasJupitershine = true
    public var hasShadows = true
    public var hasPlumes = true
    public var hasStars = true
  }

  /// The errors that the kernels and labels do not tell of.
  public struct Hidden: Hashable, Sendable {
    /// Constant rotation of the camera, arc minutes about its own x, y, z, in the sense of
    /// `GeometryOptions.pointing`.
    public var pointing = Vector3(0, 0, 0)
    /// Its growth per second after closest approach, arc minutes.
    public var pointingDrift = Vector3(0, 0, 0)
    /// Distance by which the spacecraft runs ahead of its ephemeris, km.
    public var alongTrackKm = 0.0
    /// Half-angle of a nutation, arc minutes, and its period in spacecraft axes, s.
    public var nutation = 0.0
    public var nutationPeriod = 47.0
    /// Relative change of the distortion terms K1 and K2.
    public var distortion = 0.0
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
    /// As the label gives it, s.
    public var interframeDelay = 0.373
    /// By how much the exposures come later than the label says, ms.
    public var startTimeError = 0.0
    /// Lines of the raw file that were lost on the way down: first line and count.
    public var lostLines: [SIMD2<Int>] = []
  }

  public var title: String
  public var seed: UInt64
  /// IO, EUROPA or GANYMEDE.
  public var target: String
  public var track: Track
  public var craft = Craft()
  public var ground: Ground
  public var light = Light()
  public var camera = CameraDescription()
  public var hidden = Hidden()
  public var output = OutputDescription()
  public var images: [Image]
}

/// What of a scene is written.
public struct OutputDescription: Hashable, Sendable {
  /// PDS3 pairs beside the website's PNG and JSON.
  public var archive = false
  /// Truth per pixel: latitude, longitude and I/F as raw planes.
  public var truthPlanes = false
}
