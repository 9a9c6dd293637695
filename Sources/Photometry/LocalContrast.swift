import Raster

/// Draws out differences between neighbouring areas without touching edges or grain.
///
/// A guided filter (He, Sun & Tang 2010) on the square root of luminance, self-guided and computed on a
/// coarser grid, gives a base that follows strong edges such as the limb; what a slightly smoothed
/// picture shows beyond that base is amplified. Fine noise is not, because it is smoothed away
/// first; halos do not arise, because the base has the edges.
public struct LocalContrast: Hashable, Codable, Sendable {
  /// Amplification of differences; 1 changes nothing.
  public var gain: Float
  /// Size of the neighbourhood: sigma in pixels.
  public var radius: Float
  /// Differences of the square root of exposed luminance well above this count as edges.
  public var edge: Float

  /// Parameters with moderate defaults.
  public init(gain: Float = 1.5, radius: Float = 24, edge: Float = 0.08) {
    self.gain = max(0, gain)
    self.radius = max(1, radius)
    self.edge = max(1e-4, edge)
  }

  /// Square root of luminance below which amplification fades: there is mostly noise.
  private static let dark: Float = 0.08

  /// The plane (square root of exposed luminance) with its contrast drawn out.
  func callAsFunction(_ plane: WeightedPlane) -> Plane<Float> {
    guard gain != 1, plane.width > 0, plane.height > 0 else { return plane.values }
    let step = max(1, Int(radius / 4))
    let coarse = Self.reduced(plane, by: step)
    let blur = GaussianBlur(sigma: Double(radius) / Double(step))
    let mean = blur(coarse)
    let squares = WeightedPlane(
      values: Self.product(coarse.values, coarse.values), weights: coarse.weights)
    let meanSquare = blur(squares)
    let noise = edge * edge
    let slope = LineStrips.plane(width: mean.width, height: mean.height) { line, target in
      for sample in 0..<mean.width {
        let index = line * mean.width + sample
        let average = mean.samples[index]
        let variance = max(0, meanSquare.samples[index] - average * average)
        target[sample] = variance / (variance + noise)
      }
    }
    let offset = LineStrips.plane(width: mean.width, height: mean.height) { line, target in
      for sample in 0..<mean.width {
        let index = line * mean.width + sample
        target[sample] = mean.samples[index] * (1 - slope.samples[index])
      }
    }
    let smoothSlope = blur(
      WeightedPlane(values: Self.product(slope, coarse.weights), weights: coarse.weights))
    let smoothOffset = blur(
      WeightedPlane(values: Self.product(offset, coarse.weights), weights: coarse.weights))
    let calm = GaussianBlur(sigma: 1.2)(plane)
    let (width, extra) = (plane.width, gain - 1)
    return LineStrips.plane(width: width, height: plane.height) { line, target in
      let rows = CoarseRows(smoothSlope, smoothOffset, line: line, step: step)
      for sample in 0..<width {
        let index = line * width + sample
        let value = plane.values.samples[index]
        guard plane.weights.samples[index] > 0 else {
          target[sample] = 0
          continue
        }
        let (a, b) = rows[sample]
        let difference = calm.samples[index] * (1 - a) - b
        let light = value * value / (value * value + Self.dark * Self.dark)
        target[sample] = max(0, value + extra * difference * light)
      }
    }
  }

  private static func product(_ first: Plane<Float>, _ second: Plane<Float>) -> Plane<Float> {
    Plane(
      width: first.width, height: first.height,
      samples: zip(first.samples, second.samples).map { $0 * $1 })
  }

  /// Means of blocks of `step` × `step`; a block without data is a hole.
  private static func reduced(_ plane: WeightedPlane, by step: Int) -> WeightedPlane {
    let width = (plane.width + step - 1) / step
    let height = (plane.height + step - 1) / step
    var values = Plane<Float>(width: width, height: height, filledWith: 0)
    var weights = values
    for line in 0..<height {
      for sample in 0..<width {
        var (sum, count) = (Float(0), Float(0))
        for y in (line * step)..<min((line + 1) * step, plane.height) {
          for x in (sample * step)..<min((sample + 1) * step, plane.width) {
            sum += plane.values[y, x]
            count += plane.weights[y, x]
          }
        }
        guard count > 0 else { continue }
        values[line, sample] = sum / count
        weights[line, sample] = 1
      }
    }
    return WeightedPlane(values: values, weights: weights)
  }
}

/// Bilinear look-up of slope and offset on the coarse grid for one line of the fine one.
private struct CoarseRows {
  private let slopes: [Float]
  private let offsets: [Float]
  private let perStep: Float

  init(_ slope: Plane<Float>, _ offset: Plane<Float>, line: Int, step: Int) {
    let place = (Float(line) + 0.5) / Float(step) - 0.5
    let lower = max(0, min(Int(place.rounded(.down)), slope.height - 1))
    let upper = min(lower + 1, slope.height - 1)
    let share = min(max(place - Float(lower), 0), 1)
    slopes = (0..<slope.width).map {
      slope[lower, $0] + share * (slope[upper, $0] - slope[lower, $0])
    }
    offsets = (0..<slope.width).map {
      offset[lower, $0] + share * (offset[upper, $0] - offset[lower, $0])
    }
    perStep = 1 / Float(step)
  }

  subscript(sample: Int) -> (slope: Float, offset: Float) {
    let place = max(0, (Float(sample) + 0.5) * perStep - 0.5)
    let lower = min(Int(place), slopes.count - 1)
    let upper = min(lower + 1, slopes.count - 1)
    let share = min(place - Float(lower), 1)
    return (
      slopes[lower] + share * (slopes[upper] - slopes[lower]),
      offsets[lower] + share * (offsets[upper] - offsets[lower])
    )
  }
}
