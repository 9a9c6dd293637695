import JunoCam
import SpaceMath

/// Finds the limb within one stretch to a small fraction of a pixel.
///
/// All samples of the stretch are used as they are, each at its own distance from the predicted
/// curve: the slanted edge samples its profile far finer than the pixel. The model is
/// sky + (a + b·√depth + c·depth + e·along)·step, folded with the point spread, so that a disc that darkens
/// towards its limb does not pull the edge inwards as a half-maximum does. The width of the point
/// spread is fitted along, and its shape counts as uncertain on both sides of the edge alike: the sky
/// has so little noise that its side alone would decide, and a blur with longer tails than the model's
/// would push the edge outwards.
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
  /// What is known of the blur: one sigma of its width, and of its shape at the edge's middle, as shares
  /// of the width and of the contrast.
  var widthSigma = 0.15
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
  ///   - samples: the framelet, NaN where unusable
  ///   - noise: its noise
  /// - Returns: nil where there is no edge, or not one alone
  mutating func fit(_ bin: LimbBin, samples: UnsafeBufferPointer<Float>, noise: SampleNoise)
    -> Fit?
  {
    gather(bin, samples: samples)
    table = tables.table(normal: bin.normal)
    guard values.count >= 24, let start = coarseOffset(noise) else { return nil }
    return refine(from: start, noise: noise, halfLength: bin.halfLength)
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
  private func refine(from start: Double, noise: SampleNoise, halfLength: Double) -> Fit? {
    let used = values.indices.filter {
      across[$0] >= start - insideReach && across[$0] <= start + outsideReach
    }
    var unknowns = SmallSystem.Vector(repeating: 0)
    // Sky, step, root, change along the limb, place, relative change of the blur's width, slope.
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
        let widening = -s * edge.stepSlope * behind
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
      // The root and the step differ little over a few pixels: hold the root to a disc whose
      // brightness changes by its own amount over the reach.
      let rootSigma = unknowns[1].magnitude
      system.addPrior(2, value: -unknowns[2], sigma: rootSigma)
      system.addPrior(5, value: -unknowns[5], sigma: widthSigma)
      // Under a low Sun the disc's brightness bends away from the root.
      system.addPrior(6, value: -unknowns[6], sigma: 0.1 * unknowns[1].magnitude)
      guard let step = system.solve() else { return nil }
      let shift = min(max(step[4], -1), 1)
      for place in 0..<7 { unknowns[place] += place == 4 ? shift : step[place] }
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
        - unknowns[5] * s * edge.stepSlope * behind + unknowns[6] * s * edge.step
      let residual = values[index] - model
      core += 1
      coreMisfit +=
        residual * residual
        / (noise.variance(model) + texture * edge.step + shapeVariance(edge.step, behind))
      if along[index] < 0 { left += 1 }
    }
    // The edge itself must be covered all along, or the rest of the model decides its place.
    guard core >= 4 * halfLength, left >= 0.25 * core, left <= 0.75 * core,
      let variance = system.variance(4)
    else { return nil }
    let contrast = unknowns[1] + unknowns[2] * 2.0.squareRoot()
    let misfit = coreMisfit / core
    let sigma = (variance * max(misfit, 1) + floor * floor).squareRoot()
    let significance = contrast / (variance.squareRoot() * max(unknowns[1], contrast) * 0.7)
    guard unknowns[1] > 0, contrast > 0, significance >= leastSignificance, sigma < 1,
      unknowns[4].magnitude <= search
    else { return nil }
    return Fit(
      offset: unknowns[4], sigma: sigma, contrast: contrast, significance: significance,
      misfit: misfit)
  }
}
