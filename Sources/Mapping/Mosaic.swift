import JunoCam
import Raster
import SpaceMath

/// Several images on one grid: the sharpest look at each place first, blended into the others.
///
/// An image's weight at a pixel is (1 / ground sample distance)^preference, times a fade towards
/// the edge of its coverage and towards grazing views. Sums of weighted values add up in any order.
public struct Mosaic: Sendable {
  /// How images are weighed against each other.
  public struct Options: Codable, Hashable, Sendable {
    /// Exponent of resolution: 4 gives a look twice as sharp sixteen times the weight.
    public var resolutionPreference: Double = 4
    /// Output pixels over which an image fades in from the edge of its coverage.
    public var featherPixels: Double = 24
    /// Emission angles, radians, over which an image fades out.
    public var emissionFade: ClosedRange<Double> = 62 * .pi / 180...82 * .pi / 180

    public init() {}
  }

  public let width: Int
  public let height: Int
  public let filters: [Filter]
  public let options: Options
  private var sums: [[Float]]
  private var totals: [Float]
  /// Σ w² σ² and flags of each filter; empty until an image brings its errors.
  private var variances: [[Float]] = []
  private var flags: [[UInt16]] = []

  public init(width: Int, height: Int, filters: [Filter], options: Options = Options()) {
    self.width = width
    self.height = height
    self.filters = filters
    self.options = options
    sums = filters.map { _ in Array(repeating: 0, count: width * height) }
    totals = Array(repeating: 0, count: width * height)
  }

  /// Adds an image where all filters of the mosaic have data.
  /// - Parameters:
  ///   - image: the image on the mosaic's grid.
  ///   - backplanes: how it sees that grid.
  ///   - wraps: whether the grid's left and right edges meet.
  ///   - gains: factor for each filter of the mosaic, to bring images to one scale.
  ///   - errors: of the image's values; either all images bring them or none.
  ///   - trust: factor on the weight of each pixel, such as that of a photometric model; nil for 1.
  public mutating func add(
    _ image: WarpResult, backplanes: Backplanes, wraps: Bool, gains: [Filter: Float] = [:],
    errors: WarpErrors? = nil, trust: Plane<Float>? = nil
  ) {
    precondition(image.width == width && image.height == height, "one grid for all images")
    let bands = filters.compactMap { image[$0] }
    guard bands.count == filters.count else { return }
    if errors != nil, variances.isEmpty {
      variances = filters.map { _ in Array(repeating: 0, count: width * height) }
      flags = filters.map { _ in Array(repeating: 0, count: width * height) }
    }
    let known = errors.map { errors in filters.compactMap { errors[$0] } } ?? []
    let covered = (0..<width * height).map { index in
      bands.allSatisfy { $0.coverage.samples[index] > 0.5 }
    }
    let limit = Float(options.featherPixels)
    let distance = EdgeDistance.transform(
      covered: covered, width: width, height: height, limit: limit, wraps: wraps)
    let low = Float(options.emissionFade.lowerBound)
    let high = Float(options.emissionFade.upperBound)
    for index in 0..<width * height where covered[index] {
      let edge = Self.ramp(distance.samples[index] / limit)
      let emission = backplanes.emission.samples[index]
      let grazing = Self.ramp((high - emission) / (high - low))
      let gsd = backplanes.groundSampleDistance.samples[index]
      guard gsd > 0 else { continue }
      let weight =
        edge * (grazing + 1e-3) * (trust.map { $0.samples[index] + 1e-3 } ?? 1)
        * Float(Elementary.pow(1 / Double(gsd), options.resolutionPreference))
      guard weight > 0 else { continue }
      for (band, filter) in filters.enumerated() {
        sums[band][index] += bands[band].values.samples[index] * (gains[filter] ?? 1) * weight
      }
      totals[index] += weight
      for (band, known) in known.enumerated() {
        let sigma = known.sigma.samples[index] * (gains[known.filter] ?? 1) * weight
        variances[band][index] += sigma * sigma
        flags[band][index] |= known.flags.samples[index]
      }
    }
  }

  /// How sure the blend is: images err independently. nil if they brought no errors. What any of
  /// them measured counts as measured.
  public func errors() -> WarpErrors? {
    guard !variances.isEmpty else { return nil }
    let guessed = QualityFlags.interpolated.rawValue
    return WarpErrors(
      bands: filters.indices.map { band in
        let sigma = zip(variances[band], totals).map { $1 > 0 ? $0.squareRoot() / $1 : .nan }
        let merged = flags[band].map {
          $0 & QualityFlags.measured.rawValue != 0 ? $0 & ~guessed : $0
        }
        return WarpErrors.Band(
          filter: filters[band], sigma: Plane(width: width, height: height, samples: sigma),
          flags: Plane(width: width, height: height, samples: merged))
      })
  }

  /// The blend of all images added; coverage is 1 where any image was and 0 elsewhere.
  public func result() -> WarpResult {
    let seen = Plane<Float>(
      width: width, height: height, samples: totals.map { $0 > 0 ? 1 : 0 })
    let bands = filters.indices.map { band in
      let values = zip(sums[band], totals).map { $1 > 0 ? $0 / $1 : .nan }
      return WarpResult.Band(
        filter: filters[band],
        values: Plane(width: width, height: height, samples: values), coverage: seen)
    }
    return WarpResult(width: width, height: height, bands: bands)
  }

  /// Smooth step, 0 below 0 and 1 above 1.
  private static func ramp(_ t: Float) -> Float {
    let x = min(max(t, 0), 1)
    return x * x * (3 - 2 * x)
  }
}
