import JunoCam
import Raster
import SpaceMath

/// Measures the limb in every framelet of an image.
public struct LimbDetector: Sendable {
  /// How the limb is looked for.
  public struct Options: Hashable, Codable, Sendable {
    /// How far from the prediction the limb may lie, px.
    public var search = 8.0
    /// Length of limb that gives one observation, px.
    public var length = 16.0
    /// One sigma of the camera's point spread, without the pixel's own width, px.
    public var pointSpread = 0.45
    /// Rows over which the spin smears a sample: about one row of each stage of the exposure.
    public var rowSmear = 1.0
    /// Least cosine of the Sun's incidence at the limb: near the terminator the limb fades.
    public var leastSunCosine = 0.12
    /// Direction (body axes) from which a second light falls, Jupiter's on its moons: the limb there
    /// is used as well.
    public var secondLight: Vector3?
    /// Least cosine of the second light's incidence.
    public var leastSecondCosine = 0.2

    public init() {}
  }

  public var options: Options

  public init(options: Options = Options()) {
    self.options = options
  }

  /// One measured stretch of limb.
  public struct Point: Hashable, Codable, Sendable {
    public var observation: LimbObservation
    /// Distance of the measured limb outside the predicted one, px.
    public var offset: Double
    /// Brightness of the disc behind the limb over the sky.
    public var contrast: Double
    /// Mean square of the normalised residuals of the profile.
    public var misfit: Double
    /// Limb point, body axes, km.
    public var ground: Vector3
    /// Cosine of the Sun's incidence there.
    public var sunCosine: Double
  }

  /// Measures the limb.
  ///
  /// - Parameters:
  ///   - image: what to look at
  ///   - index: the image's place in the adjustment
  ///   - state: the geometry that predicts the limb
  /// - Returns: points in the order of frames, filters and along the limb
  func detect(_ image: RegistrationImage, index: Int, state: ImageState) -> [Point] {
    let poses = image.model.poses
    let filters = image.filters
    let tables = EdgeTables(pointSpread: options.pointSpread, rowSmear: options.rowSmear)
    return Parallel.map(count: image.frameCount) { frame in
      let predictor = LimbPredictor(margin: options.search, length: options.length)
      let bins = predictor.bins(
        image: index, frame: frame, filters: filters, state: state, pose: poses[frame])
      var fitter = EdgeFitter(search: options.search, tables: tables)
      var points: [Point] = []
      for (place, filter) in filters.enumerated() {
        image.withFramelet(frame: frame, place: place) { samples in
          for bin in bins where bin.place.filter == filter && isLit(bin) {
            guard let fit = fitter.fit(bin, samples: samples, noise: image.noise[place])
            else { continue }
            points.append(point(bin, fit))
          }
        }
      }
      return points
    }.flatMap { $0 }
  }

  private func point(_ bin: LimbBin, _ fit: EdgeFitter.Fit) -> Point {
    var place = bin.place
    place.pixel += bin.normal * fit.offset
    return Point(
      observation: LimbObservation(place: place, normal: bin.normal, sigma: fit.sigma),
      offset: fit.offset, contrast: fit.contrast, misfit: fit.misfit, ground: bin.ground,
      sunCosine: bin.sunCosine)
  }

  private func isLit(_ bin: LimbBin) -> Bool {
    if bin.sunCosine >= options.leastSunCosine { return true }
    guard let light = options.secondLight else { return false }
    return bin.ground.normalized.dot(light.normalized) >= options.leastSecondCosine
  }
}
