import JunoCam

/// One sample between pixels, by cubic convolution (Keys 1981, a = −1/2).
enum CubicSample {
  /// Value at array coordinates (x, y); not finite outside the strip or beside an excluded sample.
  static func value(_ framelet: UnsafePointer<Float>, at position: SIMD2<Float>) -> Float {
    guard position.x >= 1, position.x < Float(FrameletShape.columns - 2), position.y > -1,
      position.y < Float(FrameletShape.rows)
    else { return -.infinity }
    let column = Int(position.x)
    let row = Int(position.y + 1) - 1
    let wx = weights(position.x - Float(column))
    let wy = weights(position.y - Float(row))
    let corner = UnsafeRawPointer(framelet + ((row - 1) * FrameletStack.stride + column - 1))
    let line = FrameletStack.stride * MemoryLayout<Float>.stride
    var columns = SIMD4<Float>()
    for tap in 0..<4 {
      let samples = corner.loadUnaligned(fromByteOffset: tap * line, as: SIMD4<Float>.self)
      columns += samples * wy[tap]
    }
    let weighted = columns * wx
    return (weighted.x + weighted.z) + (weighted.y + weighted.w)
  }

  @inline(__always)
  private static func weights(_ t: Float) -> SIMD4<Float> {
    let u = 1 - t
    let first = -0.5 * t * u * u
    let last = -0.5 * u * t * t
    let second = (1.5 * t - 2.5) * (t * t) + 1
    return SIMD4(first, second, 1 - first - second - last, last)
  }
}
