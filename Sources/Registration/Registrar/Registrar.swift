import JunoCam
import SpaceMath

/// Finds the corrections of one image by itself: limb and overlaps are measured where the
/// prediction has them, the estimator moves the prediction, and so on with a shrinking search.
///
/// The outcome carries a verdict. A refused fit leaves the prediction untouched.
public struct Registrar: Sendable {
  /// One round of measuring and solving.
  public struct Pass: Hashable, Codable, Sendable {
    /// How far from the prediction the limb may lie, px.
    public var limbSearch: Double
    /// Whole pixels by which ground may lie beside its prediction in a second look; nil: no ties.
    public var tieSearch: Int?
    /// How far the blur of a stretch of limb may be from what is known of the image's, px² of variance.
    public var blurSigma: Double

    public init(limbSearch: Double, tieSearch: Int?, blurSigma: Double = 0.05) {
      self.limbSearch = limbSearch
      self.tieSearch = tieSearch
      self.blurSigma = blurSigma
    }
  }

  /// How a fit is made and judged.
  public struct Options: Hashable, Codable, Sendable {
    public var limb = LimbDetector.Options()
    public var ties = TieFinder.Options()
    public var passes = [
      Pass(limbSearch: 24, tieSearch: nil, blurSigma: 0.15),
      Pass(limbSearch: 7, tieSearch: nil, blurSigma: 0.1),
      Pass(limbSearch: 3.5, tieSearch: 3),
    ]
    public var judge = RegistrationJudge()
    /// Part of a tie's and of a limb point's error that no noise explains, px: relief, the camera
    /// model, differences between colours.
    public var limbFloor = 0.06
    public var tieFloor = 0.06
    /// Height over the ellipsoid at which the limb is expected, km; nil: what the target's name
    /// says.
    public var limbHeight: Double?

    public init() {}

    /// For an attitude that is known to a fraction of a degree only.
    public static var wide: Options {
      var options = Options()
      options.passes = [
        Pass(limbSearch: 40, tieSearch: nil, blurSigma: 0.15),
        Pass(limbSearch: 16, tieSearch: nil, blurSigma: 0.1),
        Pass(limbSearch: 8, tieSearch: 5), Pass(limbSearch: 4, tieSearch: 3),
      ]
      return options
    }
  }

  public var options: Options
  /// What is known beforehand; nil: by the target's name.
  public var priors: RegistrationPriors?

  public init(options: Options = Options(), priors: RegistrationPriors? = nil) {
    self.options = options
    self.priors = priors
  }

  /// Fits one image.
  ///
  /// - Returns: corrections, their covariance and the verdict; corrections are empty if refused.
  public func register(_ image: RegistrationImage) -> ImageFit {
    let priors = priors ?? RegistrationPriors(target: image.target)
    let height = height(target: image.target)
    var adjustment = Adjustment(
      images: [image.model], limbHeights: [height],
      slots: priors.slots(image: 0, model: image.model, filters: image.filters))
    var values = Array(repeating: 0.0, count: adjustment.slots.count)
    var points: [LimbDetector.Point] = []
    var solution: AdjustmentSolution?
    var limb = options.limb
    for pass in options.passes {
      let state = adjustment.states(values)[0]
      limb.search = pass.limbSearch
      limb.blurSigma = pass.blurSigma
      points = measureLimb(image, state: state, options: limb)
      limb.blur = limb.blur.refined(by: points)
      adjustment.limb = points.map { point in
        var observation = point.observation
        observation.sigma = sigma(observation.sigma)
        return observation
      }
      if let reason = options.judge.refusal(limbPoints: points.count, length: options.limb.length) {
        return ImageFit(refused: reason, image: image, limb: points)
      }
      if let search = pass.tieSearch {
        var finder = TieFinder(options: options.ties)
        finder.options.search = search
        adjustment.ties = finder.find(in: image, index: 0, state: state).map { tie in
          var tie = tie
          tie.information = tie.information.withFloor(options.tieFloor)
          return tie
        }
      }
      if priors.isAttitudeOpen, pass != options.passes.first {
        adjustment.turns = TurnFinder().find(
          in: image, corrections: adjustment.corrections(values)[0], limbHeight: height)
      }
      do {
        var solved = try adjustment.solve(from: values)
        if pass == options.passes.last {
          adjustment.inflations[.limb] = LimbClusters.inflation(
            points, fits: solved.fits.prefix(points.count),
            size: options.limb.length * image.model.pixelUnit(of: .limbHeight))
          solved = try adjustment.solve(from: solved.values)
        }
        values = solved.values
        solution = solved
      } catch {
        return ImageFit(refused: "\(error)", image: image, limb: points)
      }
    }
    guard let solution else {
      return ImageFit(refused: "no pass was asked for", image: image, limb: points)
    }
    let shift = solution.groundShift(image: 0)
    let reason = options.judge.refusal(solution, shift: shift)
    return ImageFit(
      image: image, solution: solution, shift: shift, limb: points, ties: adjustment.ties,
      turns: adjustment.turns, isAttitudeOpen: priors.isAttitudeOpen, refused: reason)
  }

  /// Height over the ellipsoid at which the limb is expected, km.
  func height(target: String) -> Double {
    options.limbHeight ?? LimbLight.height(target: target)
  }

  /// A limb point's sigma with what no noise explains, px.
  func sigma(_ measured: Double) -> Double {
    (measured * measured + options.limbFloor * options.limbFloor).squareRoot()
  }

  /// The limb as the options of this registrar have it found, or others.
  func measureLimb(
    _ image: RegistrationImage, state: ImageState, options: LimbDetector.Options
  ) -> [LimbDetector.Point] {
    var detector = LimbDetector(options: options)
    if detector.options.secondLight == nil {
      detector.options.secondLight = LimbLight.second(target: image.target)
    }
    return detector.detect(image, index: 0, state: state)
  }

  func measureLimb(_ image: RegistrationImage, state: ImageState, search: Double)
    -> [LimbDetector.Point]
  {
    var limb = options.limb
    limb.search = search
    return measureLimb(image, state: state, options: limb)
  }
}

extension PlaceInformation {
  /// The same with a further error of equal size in all directions.
  func withFloor(_ sigma: Double) -> PlaceInformation {
    let determinant = xx * yy - xy * xy
    guard determinant > 0 else { return self }
    let vx = yy / determinant + sigma * sigma
    let vy = xx / determinant + sigma * sigma
    let vxy = -xy / determinant
    let total = vx * vy - vxy * vxy
    return PlaceInformation(xx: vy / total, xy: -vxy / total, yy: vx / total)
  }
}
