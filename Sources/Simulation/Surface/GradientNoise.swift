import SpaceMath

/// Four independent fields of gradient noise (Perlin 1985, quintic fade) in three dimensions,
/// evaluated together: the eight corners of a lattice cell are hashed once for all four.
///
/// A field has mean 0 and stays within about ±1; its power is concentrated near one cycle per
/// lattice cell. All arithmetic is integer or lane-wise Float, so results do not depend on the
/// processor.
struct GradientNoise: Sendable {
  private static let entries = 256
  /// For every entry the x, y and z components of four gradients.
  private let gradients: [SIMD4<Float>]

  init(seed: UInt64) {
    var random = SeededRandom(seed: seed, stream: 0x6E6F_6973)
    var table: [SIMD4<Float>] = []
    table.reserveCapacity(3 * Self.entries)
    for _ in 0..<Self.entries {
      var columns = [SIMD4<Float>](repeating: .zero, count: 3)
      for field in 0..<4 {
        let gradient = Self.direction(&random) * 1.55
        for axis in 0..<3 { columns[axis][field] = Float(gradient[axis]) }
      }
      table.append(contentsOf: columns)
    }
    gradients = table
  }

  /// A direction uniform on the sphere, by rejection (no trigonometry).
  private static func direction(_ random: inout SeededRandom) -> Vector3 {
    while true {
      let candidate = Vector3(
        random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1))
      let length = candidate.norm
      if length > 0.1, length <= 1 { return candidate / length }
    }
  }

  /// Floor and fraction of a coordinate whose magnitude is below 2³¹, without a library call.
  @inline(__always)
  private static func split(_ value: Double) -> (UInt32, Float) {
    let magic = 6_755_399_441_055_744.0
    let shifted = (value - 0.5) + magic
    return (UInt32(truncatingIfNeeded: shifted.bitPattern), Float(value - (shifted - magic)))
  }

  /// The four fields at a point in lattice units; `salt` chooses among unrelated noises.
  @inline(__always)
  func fields(_ x: Double, _ y: Double, _ z: Double, salt: UInt32) -> SIMD4<Float> {
    let (ix, fx) = Self.split(x)
    let (iy, fy) = Self.split(y)
    let (iz, fz) = Self.split(z)
    let primeX: UInt32 = 0x8DA6_B343
    let primeY: UInt32 = 0xD816_3841
    let primeZ: UInt32 = 0xCB1A_B31F
    let x0 = (ix &* primeX) ^ salt
    let x1 = ((ix &+ 1) &* primeX) ^ salt
    let y0 = iy &* primeY
    let y1 = y0 &+ primeY
    let z0 = iz &* primeZ
    let z1 = z0 &+ primeZ
    let gx = fx - 1
    let gy = fy - 1
    let gz = fz - 1
    let u = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
    let v = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
    let w = fz * fz * fz * (fz * (fz * 6 - 15) + 10)
    return gradients.withUnsafeBufferPointer { table in
      let c000 = Self.corner(table, x0 ^ y0 ^ z0, fx, fy, fz)
      let c100 = Self.corner(table, x1 ^ y0 ^ z0, gx, fy, fz)
      let c010 = Self.corner(table, x0 ^ y1 ^ z0, fx, gy, fz)
      let c110 = Self.corner(table, x1 ^ y1 ^ z0, gx, gy, fz)
      let c001 = Self.corner(table, x0 ^ y0 ^ z1, fx, fy, gz)
      let c101 = Self.corner(table, x1 ^ y0 ^ z1, gx, fy, gz)
      let c011 = Self.corner(table, x0 ^ y1 ^ z1, fx, gy, gz)
      let c111 = Self.corner(table, x1 ^ y1 ^ z1, gx, gy, gz)
      let near0 = c000 + (c100 - c000) * u
      let near1 = c010 + (c110 - c010) * u
      let far0 = c001 + (c101 - c001) * u
      let far1 = c011 + (c111 - c011) * u
      let near = near0 + (near1 - near0) * v
      let far = far0 + (far1 - far0) * v
      return near + (far - near) * w
    }
  }

  @inline(__always)
  private static func corner(
    _ table: UnsafeBufferPointer<SIMD4<Float>>, _ mixed: UInt32, _ dx: Float, _ dy: Float,
    _ dz: Float
  ) -> SIMD4<Float> {
    var hash = mixed
    hash ^= hash >> 15
    hash = hash &* 0x2C1B_3C6D
    hash ^= hash >> 13
    let entry = 3 * Int(hash & 255)
    return table[entry] * dx + table[entry + 1] * dy + table[entry + 2] * dz
  }
}
