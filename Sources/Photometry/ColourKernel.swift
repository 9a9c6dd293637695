import CRasterKernels
import SpaceMath

/// Red, green and blue of eight pixels.
struct ColourLanes {
  var red: SIMD8<Float>
  var green: SIMD8<Float>
  var blue: SIMD8<Float>
}

/// Bands to linear display RGB, eight pixels at once, in Float.
///
/// The same formula as `NaturalColour.linearRGB`; for radiometric colour the matrix is the identity
/// and there is no quadratic part.
struct ColourKernel: Sendable {
  private let linear: LaneMatrix
  private let quadratic: LaneMatrix
  private let isIdentity: Bool
  /// Shares of red, green and blue in luminance.
  let luminanceWeights: (red: Float, green: Float, blue: Float)

  init(mode: ColourMode, space: RGBSpace, family: SpectralFamily) {
    let weights = space.luminanceWeights
    luminanceWeights = (Float(weights.x), Float(weights.y), Float(weights.z))
    isIdentity = mode == .radiometric
    let natural = NaturalColour(space: space, family: family)
    linear = LaneMatrix(natural.linear)
    quadratic = LaneMatrix(natural.quadratic)
  }

  /// The same for the kernels.
  var constants: jk_colour {
    jk_colour(
      linear: linear.rows, quadratic: quadratic.rows, luminance: luminanceWeights,
      smallest_mean: Float(NaturalColour.smallestMean),
      largest_ratio: Float(NaturalColour.largestRatio), is_identity: isIdentity ? 1 : 0)
  }

  @inline(__always)
  func luminance(_ lanes: ColourLanes) -> SIMD8<Float> {
    lanes.red * luminanceWeights.red + lanes.green * luminanceWeights.green
      + lanes.blue * luminanceWeights.blue
  }

  @inline(__always)
  func linearRGB(_ bands: ColourLanes) -> ColourLanes {
    if isIdentity { return bands }
    var result = linear.product(bands)
    let floor = SIMD8<Float>(repeating: Float(NaturalColour.smallestMean))
    let mean = (bands.red + bands.green + bands.blue) * Float(1.0 / 3)
    let scale = floor.replacing(with: mean, where: mean .> floor)
    let u = Self.limit((bands.red - bands.green) / scale)
    let v = Self.limit((bands.blue - bands.green) / scale)
    let zero = SIMD8<Float>(repeating: 0)
    let weight = zero.replacing(with: mean, where: mean .> zero)
    let (um, vm) = (u * weight, v * weight)
    let bent = quadratic.product(ColourLanes(red: u * um, green: u * vm, blue: v * vm))
    result.red += bent.red
    result.green += bent.green
    result.blue += bent.blue
    return result
  }

  @inline(__always)
  private static func limit(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let bound = SIMD8<Float>(repeating: Float(NaturalColour.largestRatio))
    let upper = x.replacing(with: bound, where: x .> bound)
    return upper.replacing(with: -bound, where: upper .< -bound)
  }
}

/// A 3×3 matrix in Float, as separate numbers so that no array stands in the inner loop's way.
private struct LaneMatrix: Sendable {
  private let rr, rg, rb, gr, gg, gb, br, bg, bb: Float

  init(_ matrix: Matrix3) {
    (rr, rg, rb) = (Float(matrix[0, 0]), Float(matrix[0, 1]), Float(matrix[0, 2]))
    (gr, gg, gb) = (Float(matrix[1, 0]), Float(matrix[1, 1]), Float(matrix[1, 2]))
    (br, bg, bb) = (Float(matrix[2, 0]), Float(matrix[2, 1]), Float(matrix[2, 2]))
  }

  var rows: (Float, Float, Float, Float, Float, Float, Float, Float, Float) {
    (rr, rg, rb, gr, gg, gb, br, bg, bb)
  }

  @inline(__always)
  func product(_ lanes: ColourLanes) -> ColourLanes {
    ColourLanes(
      red: lanes.red * rr + lanes.green * rg + lanes.blue * rb,
      green: lanes.red * gr + lanes.green * gg + lanes.blue * gb,
      blue: lanes.red * br + lanes.green * bg + lanes.blue * bb)
  }
}
