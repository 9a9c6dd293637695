import Photometry
import Products
import Raster
import SpaceMath

/// Compares one product with its reference.
struct ProductAssessor: Sendable {
  let record: ProductRecord
  let picture: MeasuredPicture
  let grid: ProductGrid
  let reference: ReferencePicture
  /// σ of one detector sample, I/F, BLUE, GREEN, RED; zero without noise.
  let noise: SIMD3<Double>

  /// Patches are matched, and brightness is compared, at emission below 70°.
  private static let leastEmissionCosine: Float = 0.342
  private static let matcher = PatchMatcher(size: 32, leastContrast: 0.03)

  private var main: Plane<Float>? { picture.bands[1] ?? picture.bands[2] ?? picture.bands[0] }
  private var mainBand: Int { picture.bands[1] != nil ? 1 : (picture.bands[2] != nil ? 2 : 0) }

  /// The numbers, and the pictures that go with them.
  struct Result: Sendable {
    var product: Assessment.Product
    /// Displacements as a field of arrows, SVG.
    var plot: String
    /// Measured less true I/F of the main band.
    var difference: Plane<Float>
  }

  var result: Result {
    let matches = (0..<3).map(matches)
    let found = matches[mainBand]
    return Result(
      product: Assessment.Product(
        path: record.path, kind: record.kind, images: record.images,
        registration: registration(found),
        redAgainstGreen: between(matches[2], matches[1]),
        blueAgainstGreen: between(matches[0], matches[1]),
        radiometry: radiometry, discColour: discColour, deltaE2000: colour, seamVisibility: seams,
        coverage: coverage,
        noiseGain: noiseGain),
      plot: VectorPlot(
        width: record.width, height: record.height, matches: found, patch: Self.matcher.size
      ).svg,
      difference: difference)
  }

  /// Displacement of one band less that of another, over the patches in which both were found.
  private func between(_ moving: [PatchMatcher.Match], _ fixed: [PatchMatcher.Match])
    -> ErrorStatistics?
  {
    let known = Dictionary(uniqueKeysWithValues: fixed.map { ($0.centre, $0.shift) })
    return ErrorStatistics(
      moving.compactMap { match in known[match.centre].map { length(match.shift - $0) } })
  }

  private var difference: Plane<Float> {
    guard let main else {
      return Plane(width: record.width, height: record.height, filledWith: .nan)
    }
    return Plane(
      width: main.width, height: main.height,
      samples: zip(main.samples, reference.bands[mainBand].samples).map { $0 - $1 })
  }

  private func length(_ vector: SIMD2<Double>) -> Double {
    (vector.x * vector.x + vector.y * vector.y).squareRoot()
  }

  private func isFrontal(_ match: PatchMatcher.Match) -> Bool {
    let cosine = reference.emissionCosine[Int(match.centre.y), Int(match.centre.x)]
    return cosine > Self.leastEmissionCosine
  }

  private func matches(_ band: Int) -> [PatchMatcher.Match] {
    guard let measured = picture.bands[band] else { return [] }
    return Self.matcher.matches(measured, against: reference.bands[band]).filter(isFrontal)
  }

  private func registration(_ found: [PatchMatcher.Match]) -> Assessment.Registration? {
    var ground: [Double] = []
    var mean = SIMD2<Double>(0, 0)
    for match in found {
      mean += match.shift / Double(found.count)
      if let size = grid.pixelKm(sample: Int(match.centre.x), line: Int(match.centre.y)) {
        ground.append(length(match.shift * size))
      }
    }
    guard let pixels = ErrorStatistics(found.map { length($0.shift) }),
      let kilometres = ErrorStatistics(ground)
    else { return nil }
    return Assessment.Registration(pixels: pixels, kilometres: kilometres, meanPixels: mean)
  }

  /// Calls a function with measured and true I/F of the pixels that can be compared.
  private func forEachPixel(_ band: Int, _ body: (_ place: Int, Float, Float) -> Void) {
    guard let measured = picture.bands[band] else { return }
    let expected = reference.bands[band].samples
    for place in expected.indices {
      let truth = expected[place]
      let value = measured.samples[place]
      guard value.isFinite, truth.isFinite, truth > 0.02,
        reference.emissionCosine.samples[place] > Self.leastEmissionCosine
      else { continue }
      body(place, value, truth)
    }
  }

  private var radiometry: [Assessment.Radiometry] {
    (0..<3).compactMap { band in
      var count = 0.0
      var sum = 0.0
      var squares = 0.0
      var level = 0.0
      forEachPixel(band) { _, value, truth in
        let error = Double(value - truth)
        count += 1
        sum += error
        squares += error * error
        level += Double(truth)
      }
      guard count > 0 else { return nil }
      return Assessment.Radiometry(
        band: ["BLUE", "GREEN", "RED"][band], bias: sum / count,
        rms: (squares / count).squareRoot(), relativeBias: sum / level)
    }
  }

  private var discColour: Assessment.DiscColour? {
    let bands = picture.bands.compactMap(\.self)
    guard bands.count == 3 else { return nil }
    var measured = SIMD3<Double>()
    var expected = SIMD3<Double>()
    for place in bands[0].samples.indices {
      let value = SIMD3(bands[0].samples[place], bands[1].samples[place], bands[2].samples[place])
      let truth = SIMD3(
        reference.bands[0].samples[place], reference.bands[1].samples[place],
        reference.bands[2].samples[place])
      guard value.sum().isFinite, truth.sum().isFinite else { continue }
      measured += SIMD3<Double>(value)
      expected += SIMD3<Double>(truth)
    }
    guard measured.y > 0, expected.y > 0 else { return nil }
    return Assessment.DiscColour(
      blue: measured.x / measured.y, trueBlue: expected.x / expected.y,
      red: measured.z / measured.y, trueRed: expected.z / expected.y)
  }

  private var colour: ErrorStatistics? {
    guard let blue = picture.bands[0], let red = picture.bands[2] else { return nil }
    // Only of Io's ground are the true colours known.
    let natural = NaturalColour(space: .sRGB, family: .sulphur)
    let toLinear = RGBSpace.sRGB.fromXYZ * SunlitColour.toD65
    var values: [Double] = []
    forEachPixel(1) { place, green, truth in
      let known = reference.tristimulus.samples[place]
      let plain = reference.albedo[1].samples[place]
      guard known.w > 0, plain > 0, place % 7 == 0, blue.samples[place].isFinite,
        red.samples[place].isFinite
      else { return }
      // The brightest ground, 0.5, is shown as white.
      let exposure = 2.0
      let light = Double(truth / plain) * exposure
      let true3 = toLinear * (Vector3(Double(known.x), Double(known.y), Double(known.z)) * light)
      let shown = natural.linearRGB(
        SIMD3(Double(red.samples[place]), Double(green), Double(blue.samples[place])) * exposure)
      values.append(
        CIELab(linear: shown, in: .sRGB).deltaE2000(to: CIELab(linear: true3, in: .sRGB)))
    }
    return ErrorStatistics(values)
  }

  /// Relative error of the main band, not a number where it cannot be told.
  private var relativeError: Plane<Float> {
    var plane = Plane<Float>(width: record.width, height: record.height, filledWith: .nan)
    forEachPixel(mainBand) { place, value, truth in
      plane.samples[place] = (value - truth) / truth
    }
    return plane
  }

  private var seams: Double? {
    let error = relativeError
    var across = (sum: 0.0, count: 0.0)
    var within = across
    for line in 0..<record.height - 1 {
      for sample in 0..<record.width {
        let jump = Double(error[line + 1, sample] - error[line, sample])
        guard jump.isFinite else { continue }
        if reference.frame[line, sample] != reference.frame[line + 1, sample] {
          across = (across.sum + jump * jump, across.count + 1)
        } else {
          within = (within.sum + jump * jump, within.count + 1)
        }
      }
    }
    guard across.count > 50, within.count > 50, within.sum > 0 else { return nil }
    return (across.sum / across.count / (within.sum / within.count)).squareRoot()
  }

  private var coverage: Double {
    guard let main else { return 0 }
    var possible = 0
    var present = 0
    for place in main.samples.indices where reference.bands[mainBand].samples[place].isFinite {
      possible += 1
      if main.samples[place].isFinite { present += 1 }
    }
    return possible > 0 ? Double(present) / Double(possible) : 0
  }

  /// Differences of the error between neighbours hold √2 times the noise of a pixel.
  private var noiseGain: Double? {
    guard noise[mainBand] > 0, let measured = picture.bands[mainBand] else { return nil }
    let truth = reference.bands[mainBand]
    var values: [Double] = []
    for line in 0..<record.height {
      for sample in 0..<record.width - 1 {
        let level = truth[line, sample]
        guard level > 0.2, level < 0.3,
          reference.emissionCosine[line, sample] > Self.leastEmissionCosine
        else { continue }
        let jump =
          (measured[line, sample + 1] - truth[line, sample + 1])
          - (measured[line, sample] - level)
        if jump.isFinite { values.append(Double(abs(jump))) }
      }
    }
    guard values.count > 200 else { return nil }
    // The median of |x| of a normal variable is 0.6745 σ: structure in few places does not count.
    let median = values.sorted()[values.count / 2]
    return median / 0.6745 / 2.0.squareRoot() / noise[mainBand]
  }
}
