/// Map from offsets in a patch of one picture to places in another: of second order, since over a patch
/// a ball bends away by a sizeable part of a pixel, and one-sidedly so.
struct PatchWarp {
  /// Where the middle of the patch falls.
  let origin: SIMD2<Double>
  /// Derivatives there.
  let alongX: SIMD2<Double>
  let alongY: SIMD2<Double>
  private let bendX: SIMD2<Double>
  private let bendY: SIMD2<Double>
  private let twist: SIMD2<Double>

  /// Half the spacing of the probes, offsets.
  static let reach = SIMD2(9.0, 5.0)

  /// Offsets of the probes: the middle and eight around it, row after row.
  static let probes: [SIMD2<Double>] = [-1.0, 0, 1].flatMap { y in
    [-1.0, 0, 1].map { x in SIMD2(x, y) * reach }
  }

  /// - Parameter places: where each of `probes` falls
  init(_ places: [SIMD2<Double>]) {
    precondition(places.count == 9, "nine probes")
    let h = Self.reach.x
    let k = Self.reach.y
    origin = places[4]
    alongX = (places[5] - places[3]) / (2 * h)
    alongY = (places[7] - places[1]) / (2 * k)
    bendX = (places[5] + places[3] - places[4] * 2) / (2 * h * h)
    bendY = (places[7] + places[1] - places[4] * 2) / (2 * k * k)
    twist = (places[8] - places[6] - places[2] + places[0]) / (4 * h * k)
  }

  @inline(__always)
  func place(_ x: Double, _ y: Double) -> SIMD2<Double> {
    origin + (alongX + bendX * x + twist * y) * x + (alongY + bendY * y) * y
  }

  var determinant: Double { alongX.x * alongY.y - alongY.x * alongX.y }

  /// Size of a pixel of the patch in pixels of the other picture; nil if they are too unlike to be
  /// compared.
  func scale(greatestRatio: Double) -> Double? {
    let scale = determinant.magnitude.squareRoot()
    let square = (alongX * alongX + alongY * alongY).sum()
    // Sum of the squares of the axes over twice their product: 1 for a circle.
    guard scale > 1 / greatestRatio, scale < greatestRatio,
      square < (greatestRatio + 1 / greatestRatio) * scale * scale
    else { return nil }
    return scale
  }

  /// Turns an inverse covariance of offsets into one of places.
  func information(_ offsets: PlaceInformation) -> PlaceInformation? {
    guard determinant.magnitude > 1e-3 else { return nil }
    // Offsets from places.
    let a = alongY.y / determinant
    let b = -alongY.x / determinant
    let c = -alongX.y / determinant
    let d = alongX.x / determinant
    return PlaceInformation(
      xx: a * a * offsets.xx + 2 * a * c * offsets.xy + c * c * offsets.yy,
      xy: a * b * offsets.xx + (a * d + b * c) * offsets.xy + c * d * offsets.yy,
      yy: b * b * offsets.xx + 2 * b * d * offsets.xy + d * d * offsets.yy)
  }
}
