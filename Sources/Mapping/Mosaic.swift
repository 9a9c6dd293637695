import JunoCam
import Raster
import SpaceMath

/// Several images on one grid: the sharpest look at each place first, blended into the others.
///
/// An image's weight at a pixel is (1 / ground sample distance)^preference, times a fade towards
/// the edge of its coverage and towards grazing views. A mosaic is made line by line, so that a map
/// of any size needs the memory of a few lines: `part` weighs a band of lines of one image, `fade`
/// brings in the edge of its coverage once all its lines are known, `add` sums lines, and
/// `result` divides.
///
/// Lines of parts and of sums are laid out alike, [plane][sample]: value of each filter (weighted
/// once it is a sum), weight, and, where errors are asked for, the standard deviation (as a sum:
/// weighted variance) and the flags of each filter as whole numbers.
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
  public let filters: [Filter]
  /// Whether lines hold errors too.
  public let hasErrors: Bool
  /// Whether the grid's left and right edges meet.
  public let wraps: Bool
  public let options: Options

  public init(
    width: Int, filters: [Filter], hasErrors: Bool = false, wraps: Bool,
    options: Options = Options()
  ) {
    self.width = width
    self.filters = filters
    self.hasErrors = hasErrors
    self.wraps = wraps
    self.options = options
  }

  /// Floats in a line.
  public var lineCount: Int { (filters.count * (hasErrors ? 3 : 1) + 1) * width }
  /// Place of the weights in a line.
  public var weightOffset: Int { filters.count * width }
  /// Lines around a line that the fade of an edge looks at.
  public var margin: Int { Int(options.featherPixels.rounded(.up)) }
  /// Margins' worth of lines that are faded at once, at least.
  public static let fadeMargins = 8

  /// Weight of a pixel that is covered and yet not to be used: coverage alone counts for the fade.
  private static let coveredOnly: Float = -1

  // MARK: - One image

  /// Lines of an image before their fade; nil if it lacks a filter of the mosaic.
  /// - Parameters:
  ///   - image: lines of the image on the mosaic's grid.
  ///   - backplanes: how it sees them.
  ///   - errors: of the image's values; needed if the mosaic has them.
  ///   - trust: factor on the weight of each pixel, such as that of a photometric model; nil for 1.
  public func part(
    _ image: WarpResult, backplanes: Backplanes, errors: WarpErrors? = nil,
    trust: Plane<Float>? = nil
  ) -> [Float]? {
    precondition(image.width == width, "one grid for all images")
    let bands = filters.compactMap { image[$0] }
    guard bands.count == filters.count else { return nil }
    let known = hasErrors ? filters.compactMap { errors?[$0] } : []
    precondition(known.count == (hasErrors ? filters.count : 0), "errors of every filter")
    var lines = [Float](repeating: 0, count: image.height * lineCount)
    let low = Float(options.emissionFade.lowerBound)
    let high = Float(options.emissionFade.upperBound)
    for line in 0..<image.height {
      let start = line * lineCount
      for sample in 0..<width {
        let index = line * width + sample
        guard bands.allSatisfy({ $0.coverage.samples[index] > 0.5 }) else { continue }
        let gsd = backplanes.groundSampleDistance.samples[index]
        let grazing = Self.ramp((high - backplanes.emission.samples[index]) / (high - low))
        let weight =
          gsd > 0
          ? (grazing + 1e-3) * (trust.map { $0.samples[index] + 1e-3 } ?? 1)
            * Float(Elementary.pow(1 / Double(gsd), options.resolutionPreference)) : 0
        let place = start + sample
        lines[place + weightOffset] = weight > 0 ? weight : Self.coveredOnly
        for (band, values) in bands.enumerated() {
          lines[place + band * width] = values.values.samples[index]
        }
        for (band, errors) in known.enumerated() {
          lines[place + weightOffset + (1 + band) * width] = errors.sigma.samples[index]
          lines[place + weightOffset + (1 + filters.count + band) * width] = Float(
            errors.flags.samples[index])
        }
      }
    }
    return lines
  }

  /// Whether a line of a part holds anything.
  public func isCovered(_ line: ArraySlice<Float>) -> Bool {
    line.dropFirst(weightOffset).prefix(width).contains { $0 != 0 }
  }

  /// The final weights of lines.
  /// - Parameters:
  ///   - weights: of the lines and of `margin` lines on either side, as far as the grid has them.
  ///   - lines: the lines wanted, by their place in `weights`.
  public func fade(_ weights: [Float], lines: Range<Int>) -> [Float] {
    let limit = Float(options.featherPixels)
    let distance = EdgeDistance.transform(
      covered: weights.map { $0 != 0 }, width: width, height: weights.count / width, limit: limit,
      wraps: wraps)
    return (lines.lowerBound * width..<lines.upperBound * width).map { index in
      max(0, weights[index]) * Self.ramp(distance.samples[index] / limit)
    }
  }

  // MARK: - All images

  /// Adds lines of a part, their weights faded, to sums that begin as zeros.
  public func add(_ part: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>, lines: Int) {
    let count = filters.count
    for line in 0..<lines {
      let from = part + line * lineCount
      let to = sums + line * lineCount
      let (weights, totals) = (from + weightOffset, to + weightOffset)
      for band in 0..<count {
        for sample in 0..<width where weights[sample] > 0 {
          to[band * width + sample] += from[band * width + sample] * weights[sample]
        }
      }
      if hasErrors {
        for band in 1...count {
          let flags = (band + count) * width
          for sample in 0..<width where weights[sample] > 0 {
            let sigma = weights[band * width + sample] * weights[sample]
            totals[band * width + sample] += sigma * sigma
            totals[flags + sample] = Float(
              UInt16(totals[flags + sample]) | UInt16(weights[flags + sample]))
          }
        }
      }
      for sample in 0..<width where weights[sample] > 0 { totals[sample] += weights[sample] }
    }
  }

  /// The blend of all images added; coverage is 1 where any image was and 0 elsewhere.
  public func result(_ sums: [Float]) -> WarpResult {
    let height = sums.count / lineCount
    let totals = plane(sums, filters.count)
    let seen = Plane<Float>(width: width, height: height, samples: totals.map { $0 > 0 ? 1 : 0 })
    let bands = filters.indices.map { band in
      let values = zip(plane(sums, band), totals).map { $1 > 0 ? $0 / $1 : .nan }
      return WarpResult.Band(
        filter: filters[band], values: Plane(width: width, height: height, samples: values),
        coverage: seen)
    }
    return WarpResult(width: width, height: height, bands: bands)
  }

  /// How sure the blend is: images err independently. nil without errors. What any of them measured
  /// counts as measured.
  public func errors(_ sums: [Float]) -> WarpErrors? {
    guard hasErrors else { return nil }
    let height = sums.count / lineCount
    let count = filters.count
    let totals = plane(sums, count)
    let guessed = QualityFlags.interpolated.rawValue
    return WarpErrors(
      bands: filters.indices.map { band in
        let sigma = zip(plane(sums, count + 1 + band), totals).map {
          $1 > 0 ? $0.squareRoot() / $1 : .nan
        }
        let flags = plane(sums, 2 * count + 1 + band).map { value in
          let flags = UInt16(value)
          return flags & QualityFlags.measured.rawValue != 0 ? flags & ~guessed : flags
        }
        return WarpErrors.Band(
          filter: filters[band], sigma: Plane(width: width, height: height, samples: sigma),
          flags: Plane(width: width, height: height, samples: flags))
      })
  }

  /// One plane of lines.
  private func plane(_ lines: [Float], _ number: Int) -> [Float] {
    let height = lines.count / lineCount
    return [Float](unsafeUninitializedCapacity: height * width) { buffer, count in
      count = height * width
      lines.withUnsafeBufferPointer { lines in
        for line in 0..<height {
          let from = lines.baseAddress! + line * lineCount + number * width
          (buffer.baseAddress! + line * width).initialize(from: from, count: width)
        }
      }
    }
  }

  /// Smooth step, 0 below 0 and 1 above 1.
  private static func ramp(_ t: Float) -> Float {
    let x = min(max(t, 0), 1)
    return x * x * (3 - 2 * x)
  }
}
