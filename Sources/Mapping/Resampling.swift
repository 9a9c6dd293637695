import JunoCam

/// How a value between the samples of a framelet is formed.
public enum Resampling: String, Codable, Sendable, CaseIterable {
  case nearest
  case bilinear
  /// Catmull-Rom cubic, 4 × 4 samples (Keys 1981, a = −1/2); the default.
  case bicubic
  /// Windowed sinc over 6 × 6 samples.
  case lanczos3
}

/// A separable interpolation kernel over a square of samples.
///
/// The caller passes the address of the sample at row 0, column 0, and a position in sample units
/// (pixel centres at whole numbers) that keeps every tap inside the stored block.
protocol ResamplingKernel: SendableMetatype {
  /// Taps on one side of the square.
  static var taps: Int { get }
  /// Interpolated value; NaN if any tap is NaN.
  static func sample(_ origin: UnsafePointer<Float>, x: Float, y: Float) -> Float
  /// Weight of tap `index`, for the careful path around rejected samples.
  static func weight(_ index: Int, fraction: Float) -> Float
}

enum NearestKernel: ResamplingKernel {
  static var taps: Int { 1 }

  @inline(__always)
  static func sample(_ origin: UnsafePointer<Float>, x: Float, y: Float) -> Float {
    let column = Int((x + 0.5).rounded(.down))
    let row = Int((y + 0.5).rounded(.down))
    return origin[row * FrameletShape.columns + column]
  }

  static func weight(_ index: Int, fraction: Float) -> Float { 1 }
}

enum BilinearKernel: ResamplingKernel {
  static var taps: Int { 2 }

  @inline(__always)
  static func sample(_ origin: UnsafePointer<Float>, x: Float, y: Float) -> Float {
    let (column, fx) = split(x)
    let (row, fy) = split(y)
    let upper = origin + (row * FrameletShape.columns + column)
    let lower = upper + FrameletShape.columns
    let top: Float = upper[0] + (upper[1] - upper[0]) * fx
    let bottom: Float = lower[0] + (lower[1] - lower[0]) * fx
    return top + (bottom - top) * fy
  }

  static func weight(_ index: Int, fraction: Float) -> Float {
    index == 0 ? 1 - fraction : fraction
  }
}

enum BicubicKernel: ResamplingKernel {
  static var taps: Int { 4 }

  /// Weights of the four taps at a fraction 0...1 past the second of them.
  @inline(__always)
  static func weights(_ t: Float) -> SIMD4<Float> {
    let cubic = SIMD4<Float>(-0.5, 1.5, -1.5, 0.5)
    let square = SIMD4<Float>(1, -2.5, 2, -0.5)
    let linear = SIMD4<Float>(-0.5, 0, 0.5, 0)
    let constant = SIMD4<Float>(0, 1, 0, 0)
    return ((cubic * t + square) * t + linear) * t + constant
  }

  @inline(__always)
  static func sample(_ origin: UnsafePointer<Float>, x: Float, y: Float) -> Float {
    let (column, fx) = split(x)
    let (row, fy) = split(y)
    let wx = weights(fx)
    let wy = weights(fy)
    let stride = FrameletShape.columns
    let base = UnsafeRawPointer(origin + ((row - 1) * stride + column - 1))
    let line0 = base.loadUnaligned(as: SIMD4<Float>.self)
    let line1 = base.loadUnaligned(fromByteOffset: 4 * stride, as: SIMD4<Float>.self)
    let line2 = base.loadUnaligned(fromByteOffset: 8 * stride, as: SIMD4<Float>.self)
    let line3 = base.loadUnaligned(fromByteOffset: 12 * stride, as: SIMD4<Float>.self)
    var sum: SIMD4<Float> = line0 * wy[0]
    sum += line1 * wy[1]
    sum += line2 * wy[2]
    sum += line3 * wy[3]
    sum *= wx
    return (sum[0] + sum[2]) + (sum[1] + sum[3])
  }

  static func weight(_ index: Int, fraction: Float) -> Float { weights(fraction)[index] }
}

enum Lanczos3Kernel: ResamplingKernel {
  static var taps: Int { 6 }

  @inline(__always)
  static func sample(_ origin: UnsafePointer<Float>, x: Float, y: Float) -> Float {
    let (column, fx) = split(x)
    let (row, fy) = split(y)
    let wx = LanczosTable.shared.weights(fx)
    let wy = LanczosTable.shared.weights(fy)
    let stride = FrameletShape.columns
    let base = UnsafeRawPointer(origin + ((row - 2) * stride + column - 2))
    var sum = SIMD8<Float>()
    for tap in 0..<6 {
      let line = base.loadUnaligned(fromByteOffset: 4 * stride * tap, as: SIMD8<Float>.self)
      sum += line * wy[tap]
    }
    // Lanes 6 and 7 were read beside the window; they may be NaN, so they are never multiplied.
    let low = sum.lowHalf * wx.lowHalf
    let inner: Float = (low[0] + low[2]) + (low[1] + low[3])
    let outer: Float = sum[4] * wx[4] + sum[5] * wx[5]
    return inner + outer
  }

  static func weight(_ index: Int, fraction: Float) -> Float {
    LanczosTable.shared.weights(fraction)[index]
  }
}

/// Whole part and fraction of a non-negative position.
@inline(__always)
func split(_ position: Float) -> (whole: Int, fraction: Float) {
  let whole = Int(position)
  return (whole, position - Float(whole))
}
