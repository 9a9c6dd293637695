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
    /// The blur that is expected: a point spread of 0.45 px, and about one row of each stage of the
    /// exposure by the spin.
    public var blur = LimbBlur(pointSpread: 0.45, rowSmear: 1)
    /// How far a stretch's own blur may be from that, px² of variance, one sigma.
    public var blurSigma = 0.05
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
    /// How much more the limb is blurred than was expected, px² of variance across it, and the inverse
    /// variance of that.
    public var blurChange: Double
    public var blurInformation: Double
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
    let tables = EdgeTables(blur: options.blur)
    return Parallel.map(count: image.frameCount) { frame in
      let predictor = LimbPredictor(margin: options.search, length: options.length)
      let bins = predictor.bins(
        image: index, frame: frame, filters: filters, state: state, pose: poses[frame])
      var fitter = EdgeFitter(search: options.search, tables: tables)
      fitter.blurSigma = options.blurSigma
      var points: [Point] = []
      for (place, filter) in filters.enumerated() {
        image.withFramelet(frame: frame, place: place) { samples in
          for bin in bins where bin.place.filter == filter {
            guard let cosine = lightCosine(bin),
              let fit = fitter.fit(
                bin, lightCosine: cosine, samples: samples, noise: image.noise[place])
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
      sunCosine: bin.sunCosine, blurChange: fit.blurChange, blurInformation: fit.blurInformation)
  }

  /// Cosine of the incidence of the light that shows the limb here; nil in the dark.
  private func lightCosine(_ bin: LimbBin) -> Double? {
    if bin.sunCosine >= options.leastSunCosine { return bin.sunCosine }
    guard let light = options.secondLight else { return nil }
    let cosine = bin.ground.normalized.dot(light.normalized)
    return cosine >= options.leastSecondCosine ? cosine : nil
  }
}
