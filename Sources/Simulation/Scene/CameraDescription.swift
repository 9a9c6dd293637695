import JunoCam
import ViewGeometry

/// The simulated camera and all that it does to light. Every effect can be switched off by a zero.
public struct CameraDescription: Hashable, Sendable {
  /// Sub-samples along each edge of a pixel.
  public var samplesPerEdge = 2
  public var lightTimeMode = LightTimeMode.lightTimeAndStellar
  /// σ of the optics' point-spread function, px.
  public var pointSpread = 0.45
  /// Whether scene motion within a TDI stage and the mismatch of TDI and motion blur the image.
  public var hasSmear = true
  /// Loss of light from the axis to the ends of the strip, 0...1.
  public var vignetting = 0.0
  public var radiometry = Radiometry.Options()

  /// Shot and read noise.
  public var hasNoise = true
  /// DN12.
  public var readNoise = 1.0
  public var electronsPerDN = 16.3
  /// DN12 above black at which a pixel is full.
  public var fullWell = 1872.0
  /// Whether charge above the full well spills along the column.
  public var hasBlooming = true
  /// DN12 that every sample gets.
  public var black: [Filter: Double] = [.methane: 2, .blue: 2, .green: 2.5, .red: 3]
  /// Its rise per frame and its random wander (σ) from framelet to framelet, DN12.
  public var blackDrift = 0.03
  public var blackWander = 0.0
  /// Random offset of every line (σ), DN12.
  public var lineNoise = 0.0
  /// DN12 per ms of exposure.
  public var darkCurrent = 0.02
  /// Hot pixels of each strip, and the median of their levels in DN12 per TDI stage.
  public var hotPixels = 40
  public var hotPixelLevel = 30.0
  /// Radiation hits per framelet, on average, and the median of their charge in DN12.
  public var hitsPerFramelet = 0.0
  public var hitLevel = 120.0
  public var sampleBitMode = SampleBitMode.squareRoot
  /// Step of the 8×8 transform's coefficients in codes; 0 is lossless.
  public var compressionStep = 0.0
}
