import JunoCam
import Mapping
import Raster

/// All bands above the limb, background removed, and measures of what is found there.
struct LimbSky {
  let width: Int
  let rows: Int
  let kilometresPerRow: Double
  let filters: [Filter]
  let bands: [LimbResidual]
  let edge: LimbEdge

  /// Scores of all bands together, each cut, with standard deviation 1 where all are noise.
  func joined(cut: Float) -> [Float] {
    (0..<width * rows).map { index in
      var sum: Float = 0
      var count: Float = 0
      for band in bands where !band.score[index].isNaN {
        sum += min(max(band.score[index], -cut), cut)
        count += 1
      }
      return count > 0 ? min(max(sum / count.squareRoot(), -cut), cut) : .nan
    }
  }

  /// Whether the ground below a region is lit.
  func isLit(_ region: PlumeRegion) -> Bool {
    let brightest = edge.inside.max() ?? 0
    return ground(below: region, margin: 0) > 0.1 * brightest
  }

  /// Whether a region is faint beside the ground near it, as a sunlit mountain is not.
  func isFaint(_ region: PlumeRegion) -> Bool {
    let lights = region.pixels.map { light($0).value }.sorted()
    let bright = Double(lights[lights.count * 9 / 10])
    return bright < 0.1 * ground(below: region, margin: width / 72)
  }

  /// Brightest ground inside the limb along a region and so many columns beside it, I/F.
  private func ground(below region: PlumeRegion, margin: Int) -> Double {
    let start = region.origin + region.first - margin
    return (0..<min(region.columns + 2 * margin, width)).reduce(0) {
      max($0, edge.inside[((start + $1) % width + width) % width])
    }
  }

  /// Mean of the bands at a pixel, I/F, and its standard deviation.
  private func light(_ index: Int) -> (value: Float, sigma: Float) {
    var sum: Float = 0
    var variance: Float = 0
    var count: Float = 0
    for band in bands where !band.score[index].isNaN && band.score[index] != 0 {
      let sigma = band.light[index] / band.score[index]
      sum += band.light[index]
      variance += sigma * sigma
      count += 1
    }
    return count > 0 ? (sum / count, variance.squareRoot() / count) : (0, 0)
  }

  /// Place, height and strength of a plume; nil where there is nothing to measure.
  func measure(_ region: PlumeRegion, grid: LimbGrid) -> LimbPlume? {
    var moment = 0.0
    var total = 0.0
    for pixel in region.pixels where pixel / width >= 2 {
      let value = max(Double(light(pixel).value), 0)
      moment += value * (Double(region.place(pixel)) + 0.5)
      total += value
    }
    guard total > 0 else { return nil }
    let axis = moment / total
    // A canopy falls off with the square of the distance from its axis: a narrow middle keeps its top.
    let reach = max(Double(region.columns) / 24, 1.5)
    let middle = Int((axis - reach).rounded(.down))...Int((axis + reach).rounded(.down))
    let profile = (0..<rows).map { row -> (value: Double, sigma: Double) in
      let cells = middle.map {
        light(row * width + (((region.origin + $0) % width) + width) % width)
      }.filter { $0.sigma > 0 }
      guard !cells.isEmpty else { return (0, 0) }
      let count = Double(cells.count)
      let variance = cells.reduce(0) { $0 + Double($1.sigma) * Double($1.sigma) }
      return (cells.reduce(0) { $0 + Double($1.value) } / count, variance.squareRoot() / count)
    }
    guard let top = PlumeTop(profile, highest: region.highest) else { return nil }
    let sample = (Double(region.origin) + axis).truncatingRemainder(dividingBy: Double(width))
    let spot = brightest(region)
    let all = sums(region)
    let rise = edge.rms * kilometresPerRow
    let sigma = top.sigmaRows * kilometresPerRow
    return LimbPlume(
      sample: sample, positionAngle: grid.positionAngle(sample: sample),
      heightKm: top.rows * kilometresPerRow,
      heightSigmaKm: (sigma * sigma + rise * rise).squareRoot(),
      widthDegrees: breadth(region) * 360 / Double(width),
      peakAltitudeKm: (Double(spot.pixel / width) + 0.5) * kilometresPerRow,
      peak: Dictionary(
        uniqueKeysWithValues: zip(filters, bands.map { $0.mean(around: spot.pixel) }).filter {
          !$1.isNaN
        }), peakSignificance: spot.significance, significance: all)
  }

  /// Brightest place of a region as a mean over 3 × 3 pixels, over the error of one pixel.
  private func brightest(_ region: PlumeRegion) -> (pixel: Int, significance: Double) {
    var best = (pixel: region.pixels[0], significance: -Double.infinity)
    for pixel in region.pixels where pixel / width >= 2 {
      let sigma = Double(light(pixel).sigma)
      guard sigma > 0 else { continue }
      let means = bands.map { $0.mean(around: pixel) }.filter { !$0.isNaN }
      guard !means.isEmpty else { continue }
      let value = means.reduce(0, +) / Double(means.count) / sigma
      if value > best.significance { best = (pixel, value) }
    }
    return best
  }

  private func sums(_ region: PlumeRegion) -> Double {
    let all = bands.map { $0.sum(over: region).significance }
    return all.reduce(0, +) / Double(max(all.count, 1)).squareRoot()
  }

  /// Columns over which the light summed up the columns exceeds half of its greatest.
  private func breadth(_ region: PlumeRegion) -> Double {
    var sums = [Double](repeating: 0, count: width)
    for pixel in region.pixels where pixel / width >= 2 {
      sums[region.place(pixel)] += max(Double(light(pixel).value), 0)
    }
    let half = (sums.max() ?? 0) / 2
    let places = sums.indices.filter { sums[$0] >= half && sums[$0] > 0 }
    return Double((places.last ?? 0) - (places.first ?? 0) + 1)
  }
}

extension LimbResidual {
  /// Light of a region over the error of the sum, errors of neighbours taken for independent.
  func sum(over region: PlumeRegion) -> (light: Double, significance: Double) {
    var light = 0.0
    var variance = 0.0
    for pixel in region.pixels where !score[pixel].isNaN && score[pixel] != 0 {
      let sigma = Double(self.light[pixel] / score[pixel])
      light += Double(self.light[pixel])
      variance += sigma * sigma
    }
    return (light, variance > 0 ? light / variance.squareRoot() : 0)
  }

  /// Mean light of 3 × 3 pixels, I/F.
  func mean(around pixel: Int) -> Double {
    let (row, column) = (pixel / width, pixel % width)
    var sum = 0.0
    var count = 0.0
    for line in max(row - 1, 0)...min(row + 1, rows - 1) {
      for step in -1...1 {
        let value = light[line * width + (column + step + width) % width]
        guard !value.isNaN else { continue }
        sum += Double(value)
        count += 1
      }
    }
    return count > 0 ? sum / count : .nan
  }
}
