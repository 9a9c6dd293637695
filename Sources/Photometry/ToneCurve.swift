import CRasterKernels

/// How linear luminance becomes display luminance: one curve for all pictures of a run, so that they
/// match.
///
/// In the middle it is a straight line (an exposure); a toe lets the darkest part, where noise lives,
/// fall off gently; a shoulder leads highlights to white instead of cutting them. The curve and (but
/// at white itself) its slope are continuous. It acts on luminance only: chromaticity stays.
public struct ToneCurve: Hashable, Codable, Sendable {
  /// Display luminance per scene luminance (I/F) on the straight part.
  public var exposure: Float
  /// Exposed luminance below which the toe begins; 0 for none.
  public var toe: Float
  /// Slope at black relative to the straight part, 0…1.
  public var toeSlope: Float
  /// Exposed luminance at which the shoulder begins, 0 ..< 1; not below the toe.
  public var shoulder: Float
  /// Exposed luminance that becomes white, at least 1.
  public var white: Float

  /// A curve from its numbers, which are brought into their ranges.
  public init(
    exposure: Float, toe: Float = 0.012, toeSlope: Float = 0.6, shoulder: Float = 0.6,
    white: Float = 1.6
  ) {
    self.exposure = max(exposure, Float.leastNormalMagnitude)
    self.toe = min(max(toe, 0), 0.5)
    self.toeSlope = min(max(toeSlope, 0), 1)
    self.shoulder = min(max(shoulder, self.toe), 0.99)
    self.white = max(white, 1)
  }

  /// No curve at all: I/F 1 is white, what is above is cut.
  public static let linear = ToneCurve(exposure: 1, toe: 0, toeSlope: 1, shoulder: 0.99, white: 1)

  /// Fits the exposure to the pooled luminances of a run.
  ///
  /// The 98th percentile of what is lit (luminance above 5 % of the brightest thousandth) gets
  /// display luminance `brightness`; the brightest part of ten thousand becomes white, unless that
  /// would flatten the shoulder (more than 3) or leave none.
  ///
  /// A histogram without any light gives `linear`.
  public init(fitting histogram: LuminanceHistogram, brightness: Float = 0.62) {
    guard let top = histogram.percentile(0.999),
      let bright = histogram.percentile(0.98, above: 0.05 * top),
      let highest = histogram.percentile(0.9999)
    else {
      self = .linear
      return
    }
    let exposure = brightness / bright
    self.init(exposure: exposure, white: min(max(exposure * highest, 1.15), 3))
  }

  /// Display luminance of a scene luminance; not clipped below zero.
  public func callAsFunction(_ luminance: Float) -> Float {
    let gain = ToneKernel(self).gain(SIMD8(repeating: luminance))
    return luminance * gain[0]
  }
}

/// A tone curve made ready for eight pixels at once.
struct ToneKernel: Sendable {
  private let exposure: SIMD8<Float>
  private let perToe: SIMD8<Float>
  private let toeSlope: SIMD8<Float>
  private let toeRise: SIMD8<Float>
  private let shoulder: SIMD8<Float>
  private let room: SIMD8<Float>
  private let perRoom: SIMD8<Float>
  private let perWhiteSquared: SIMD8<Float>
  private let white: SIMD8<Float>

  init(_ curve: ToneCurve) {
    exposure = SIMD8(repeating: curve.exposure)
    // Without a toe every positive luminance lies beyond it.
    perToe = SIMD8(repeating: curve.toe > 0 ? 1 / curve.toe : Float.greatestFiniteMagnitude)
    toeSlope = SIMD8(repeating: curve.toeSlope)
    toeRise = SIMD8(repeating: 1 - curve.toeSlope)
    shoulder = SIMD8(repeating: curve.shoulder)
    let spread = 1 - curve.shoulder
    room = SIMD8(repeating: spread)
    perRoom = SIMD8(repeating: 1 / spread)
    let highest = (curve.white - curve.shoulder) / spread
    perWhiteSquared = SIMD8(repeating: 1 / (highest * highest))
    white = SIMD8(repeating: curve.white)
  }

  /// Puts the same numbers where the kernels look for them.
  func fill(_ look: inout jk_look) {
    look.exposure = exposure[0]
    look.per_toe = perToe[0]
    look.toe_slope = toeSlope[0]
    look.toe_rise = toeRise[0]
    look.shoulder = shoulder[0]
    look.room = room[0]
    look.per_room = perRoom[0]
    look.per_white_squared = perWhiteSquared[0]
    look.white = white[0]
  }

  /// Factor that turns scene luminance (and with it red, green and blue) into display luminance.
  @inline(__always)
  func gain(_ luminance: SIMD8<Float>) -> SIMD8<Float> {
    let zero = SIMD8<Float>(repeating: 0)
    let one = SIMD8<Float>(repeating: 1)
    let y = luminance * exposure
    // Toe: slope rises from toeSlope to 1 as a smooth step of y.
    var t = y * perToe
    t.replace(with: zero, where: t .< zero)
    t.replace(with: one, where: t .> one)
    let low = toeSlope + toeRise * (t * t * (3 - 2 * t))
    // Shoulder: u (1 + u / W²) / (1 + u) has slope 1 at u = 0 and reaches 1 at u = W.
    let u = (y - shoulder) * perRoom
    let bent = shoulder + room * (u * (1 + u * perWhiteSquared) / (1 + u))
    let top = one.replacing(with: bent, where: y .< white)
    let relative = low.replacing(with: top / y, where: y .> shoulder)
    return relative * exposure
  }
}
