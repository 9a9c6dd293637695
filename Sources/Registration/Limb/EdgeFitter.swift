import JunoCam
import SpaceMath

/// Finds the limb within one stretch to a small fraction of a pixel.
///
/// All samples of the stretch are used as they are, each at its own distance from the predicted
/// curve: the slanted edge samples its profile far finer than the pixel. The model is
/// sky + (a + b·√depth + c·depth + e·along)·step, folded with the pixel and the blur, so that a disc that
/// darkens towards its limb does not pull the edge inwards as a half-maximum does.
///
/// b and c are held to what the light on a smooth body can do (see `Darkening`). Left free they follow
/// the ground instead: seen edge-on, a pixel behind the limb holds a hundred kilometres of it, Io's
/// albedo changes by a quarter within them, and a fit that may darken the rim as it likes moves the
/// edge inwards where the rim is dark, but not as far outwards where it is bright. On profiles of the
/// Galileo mosaic that alone was 0.05 px; with a blur taken 0.2 px too wide it was 0.11 px. The blur
/// therefore is the image's own (see `LimbBlur`), and its change is fitted along. Its shape counts as
/// uncertain on both sides of the edge alike: the sky has so little noise that its side alone would
/// decide, and a blur with longer tails than the model's would push the edge outwards.
struct EdgeFitter {
  /// What was found.
  struct Fit: Sendable {
    /// Distance of the edge from the predicted limb, px, outwards positive.
    var offset: Double
    var sigma: Double
    /// Brightness behind the edge less that of the sky, and the same in sigmas.
    var contrast: Double
    var significance: Double
    /// Mean square of the normalised residuals near the edge.
    var misfit: Double
    /// How much more the limb is blurred along the normal than the tables say, px² of variance, and
    /// the inverse variance of that by this stretch alone.
    var blurChange: Double
    var blurInformation: Double
  }

  /// How far the light on a smooth body may change behind its limb, as shares of the brightness there:
  /// one sigma for each root of a pixel of depth, and for each pixel.
  struct Darkening: Sendable {
    var root: Double
    var slope: Double

    /// - Parameters:
    ///   - curvature: of the limb, px⁻¹
    ///   - lightCosine: of the light's incidence at the limb
    ///
    /// At the depth s of a disc of radius R the cosine of emission is √(2s/R), and that of incidence
    /// changes by as much at most. Laws from Lambert to Lommel–Seeliger so change by √(2s/R)/μ₀ in first
    /// order and by s/(Rμ₀²) in second.
    init(curvature: Double, lightCosine: Double) {
      let bend = max(curvature, 1e-5)
      let cosine = max(lightCosine, 0.12)
      root = min((2 * bend).squareRoot() / cosine, 1)
      slope = min(bend / (cosine * cosine), 0.3)
    }
  }

  /// How far from the prediction the edge may lie, px.
  var search: Double
  /// Samples used on either side of the edge, px.
  var insideReach = 7.0
  var outsideReach = 5.0
  /// The least number of sigmas by which disc and sky must differ.
  var leastSignificance = 6.0
  /// Error that no model removes, px.
  var floor = 0.01
  /// What is known of the blur: one sigma of its variance, px², and of its shape at the edge's middle,
  /// as a share of the contrast.
  var blurSigma = 0.05
  var shapeSigma = 0.02
  let tables: EdgeTables
  private var table: EdgeTable

  private var across: [Double] = []
  private var along: [Double] = []
  private var values: [Double] = []

  init(search: Double, tables: EdgeTables) {
    self.search = search
    self.tables = tables
    table = tables.table(normal: SIMD2(1, 0))
  }

  /// Fits one stretch.
  ///
  /// - Parameters:
  ///   - bin: predicted limb
  ///   - lightCosine: of the incidence there of the light that shows it
  ///   - samples: the framelet, NaN where unusable
  ///   - noise: its noise
  /// - Returns: nil where there is no edge, or not one alone
  mutating func fit(
    _ bin: LimbBin, lightCosine: Double, samples: UnsafeBufferPointer<Float>, noise: SampleNoise
  ) -> Fit? {
    gather(bin, samples: samples)
    table = tables.table(normal: bin.normal)
    guard values.count >= 24, let start = coarseOffset(noise) else { return nil }
    return refine(
      from: start, noise: noise, halfLength: bin.halfLength,
      darkening: Darkening(curvature: bin.curvature, lightCosine: lightCosine))
  }

  /// Collects the samples around the predicted limb.
  private mutating func gather(_ bin: LimbBin, samples: UnsafeBufferPointer<Float>) {
    across.removeAll(keepingCapacity: true)
    along.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    let low = -search - insideReach
    let high = search + outsideReach
    let farthest = max(-low, high)
    let spanX = bin.tangent.x.magnitude * bin.halfLength + bin.normal.x.magnitude * farthest + 1
    let spanY = bin.tangent.y.magnitude * bin.halfLength + bin.normal.y.magnitude * farthest + 1
    let centre = bin.place.pixel
    let columns = FrameletShape.photoactiveColumns
    let firstColumn = max(Int((centre.x - spanX).rounded(.down)), columns.lowerBound)
    let lastColumn = min(Int((centre.x + spanX).rounded(.up)), columns.upperBound - 1)
    let firstRow = max(Int((centre.y - spanY).rounded(.down)), 0)
    let lastRow = min(Int((centre.y + spanY).rounded(.up)), FrameletShape.rows - 1)
    guard firstColumn <= lastColumn, firstRow <= lastRow else { return }
    for row in firstRow...lastRow {
      for column in firstColumn...lastColumn {
        let value = samples[row * FrameletShape.columns + column]
        guard value == value else { continue }
        let (d, t) = bin.distance(Double(column) + 0.5, Double(row) + 0.5)
        guard d >= low, d <= high, t.magnitude <= bin.halfLength else { continue }
        across.append(d)
        along.append(t)
        values.append(Double(value))
      }
    }
  }

  /// The place of the greatest fall of brightness outwards, from means over three pixels.
  private func coarseOffset(_ noise: SampleNoise) -> Double? {
    let low = -search - insideReach
    let count = Int(2 * search + insideReach + outsideReach) + 1
    var sums = [Double](repeating: 0, count: count)
    var counts = [Double](repeating: 0, count: count)
    for index in values.indices {
      let slot = min(max(Int(across[index] - low), 0), count - 1)
      sums[slot] += values[index]
      counts[slot] += 1
    }
    var best: (score: Double, offset: Double)?
    guard count > 6 else { return nil }
    for edge in 3...(count - 3) {
      let offset = low + Double(edge)
      guard offset.magnitude <= search + 0.5 else { continue }
      let inner = sums[(edge - 3)..<edge].reduce(0, +)
      let innerCount = counts[(edge - 3)..<edge].reduce(0, +)
      let outer = sums[edge..<(edge + 3)].reduce(0, +)
      let outerCount = counts[edge..<(edge + 3)].reduce(0, +)
      guard innerCount >= 6, outerCount >= 6 else { continue }
      let step = inner / innerCount - outer / outerCount
      let variance =
        noise.variance(inner / innerCount) / innerCount
        + noise.variance(outer / outerCount) / outerCount
      guard step > 0, step * step > 16 * variance else { continue }
      if best.map({ step > $0.score }) ?? true { best = (step, offset) }
    }
    return best?.offset
  }

  /// Variance by which the shape of the blur is uncertain where it has let this share of the edge pass.
  @inline(__always)
  private func shapeVariance(_ step: Double, _ contrast: Double) -> Double {
    let sigma = shapeSigma * contrast
    return sigma * sigma * 4 * step * (1 - step)
  }

  /// Gauss–Newton on the edge's place and the brightness terms.
  private func refine(
    from start: Double, noise: SampleNoise, halfLength: Double, darkening: Darkening
  ) -> Fit? {
    let used = values.indices.filter {
      across[$0] >= start - insideReach && across[$0] <= start + outsideReach
    }
    var unknowns = SmallSystem.Vector(repeating: 0)
    // Sky, step, root, change along the limb, place, change of the blur's variance, slope.
    var inner = (sum: 0.0, count: 0.0)
    var outer = (sum: 0.0, count: 0.0)
    for index in used {
      let depth = start - across[index]
      if depth > 1.5, depth < 4 { inner = (inner.sum + values[index], inner.count + 1) }
      if depth < -1.5 { outer = (outer.sum + values[index], outer.count + 1) }
    }
    guard inner.count >= 4, outer.count >= 4 else { return nil }
    unknowns[0] = outer.sum / outer.count
    unknowns[1] = inner.sum / inner.count - unknowns[0]
    guard unknowns[1] > 0 else { return nil }
    unknowns[4] = start
    var texture = 0.0
    var system = SmallSystem(order: 7)
    for iteration in 0..<14 {
      system.reset()
      var insideMisfit = 0.0
      var insideCount = 0.0
      for index in used {
        let s = unknowns[4] - across[index]
        let edge = table.value(s)
        let t = along[index] / halfLength
        let behind = unknowns[1] + unknowns[3] * t
        let widening = 0.5 * edge.stepBend * behind
        let model =
          unknowns[0] + behind * edge.step + unknowns[2] * edge.root + unknowns[5] * widening
          + unknowns[6] * s * edge.step
        let variance =
          noise.variance(model) + texture * edge.step + shapeVariance(edge.step, behind)
        let residual = values[index] - model
        let normalised = residual.magnitude / variance.squareRoot()
        let weight = (normalised < 3 ? 1 : 3 / normalised) / variance
        let row = SmallSystem.Vector(
          1, edge.step, edge.root, t * edge.step,
          behind * edge.stepSlope + unknowns[2] * edge.rootSlope, widening, s * edge.step, 0)
        system.add(row: row, value: residual, weight: weight)
        if s > 2 {
          insideMisfit += min(residual * residual, 16 * variance) - variance + texture
          insideCount += 1
        }
      }
      let brightness = unknowns[1].magnitude
      system.addPrior(2, value: -unknowns[2], sigma: darkening.root * brightness)
      system.addPrior(5, value: -unknowns[5], sigma: blurSigma)
      system.addPrior(6, value: -unknowns[6], sigma: darkening.slope * brightness)
      guard let step = system.solve() else { return nil }
      let shift = min(max(step[4], -1), 1)
      for place in 0..<7 where place != 4 && place != 5 { unknowns[place] += step[place] }
      unknowns[4] += shift
      unknowns[5] += min(max(step[5], -0.1), 0.1)
      guard unknowns[4].isFinite, (unknowns[4] - start).magnitude < 4 else { return nil }
      if insideCount > 8 { texture = max(insideMisfit / insideCount, 0) }
      if iteration >= 3, shift.magnitude < 5e-4 { break }
    }
    return judged(
      unknowns, system: system, used: used, noise: noise, texture: texture,
      halfLength: halfLength)
  }

  /// Decides whether the fitted edge is one.
  private func judged(
    _ unknowns: SmallSystem.Vector, system: SmallSystem, used: [Int], noise: SampleNoise,
    texture: Double, halfLength: Double
  ) -> Fit? {
    var core = 0.0
    var coreMisfit = 0.0
    var left = 0.0
    for index in used {
      let s = unknowns[4] - across[index]
      guard s.magnitude < 2 else { continue }
      let edge = table.value(s)
      let t = along[index] / halfLength
      let behind = unknowns[1] + unknowns[3] * t
      let model =
        unknowns[0] + behind * edge.step + unknowns[2] * edge.root
        + 0.5 * unknowns[5] * edge.stepBend * behind + unknowns[6] * s * edge.step
      let residual = values[index] - model
      core += 1
      coreMisfit +=
        residual * residual
        / (noise.variance(model) + texture * edge.step + shapeVariance(edge.step, behind))
      if along[index] < 0 { left += 1 }
    }
    // The edge itself must be covered all along, or the rest of the model decides its place.
    guard core >= 4 * halfLength, left >= 0.25 * core, left <= 0.75 * core,
      let variance = system.variance(4), let blurVariance = system.variance(5)
    else { return nil }
    let contrast = unknowns[1] + unknowns[2] * 2.0.squareRoot()
    let misfit = coreMisfit / core
    let sigma = (variance * max(misfit, 1) + floor * floor).squareRoot()
    let significance = contrast / (variance.squareRoot() * max(unknowns[1], contrast) * 0.7)
    guard unknowns[1] > 0, contrast > 0, significance >= leastSignificance, sigma < 1,
      unknowns[4].magnitude <= search
    else { return nil }
    // What the stretch says of the blur without what was known of it before.
    let information = max(1 / blurVariance - 1 / (blurSigma * blurSigma), 0)
    let change = information > 0 ? unknowns[5] / (blurVariance * information) : 0
    return Fit(
      offset: unknowns[4], sigma: sigma, contrast: contrast, significance: significance,
      misfit: misfit, blurChange: change, blurInformation: information / max(misfit, 1))
  }
}
