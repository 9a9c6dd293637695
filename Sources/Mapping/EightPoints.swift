import SpaceMath

/// Eight surface points side by side, and how they are seen and lit.
struct EightPoints {
  static let count = 8

  typealias Lanes = SIMD8<Double>

  private let x: Lanes
  private let y: Lanes
  private let z: Lanes

  /// Points of the first line of a block.
  @inline(__always)
  init(_ block: SurfaceBlock, sample: Int) {
    func lanes(_ column: UnsafeMutablePointer<Float>) -> Lanes {
      var lanes = Lanes()
      for lane in 0..<Self.count { lanes[lane] = Double(column[sample + lane]) }
      return lanes
    }
    x = lanes(block.x)
    y = lanes(block.y)
    z = lanes(block.z)
  }

  /// Angles in radians; lengths in the points' unit. Lanes without a point are NaN.
  struct Views {
    var emission: Lanes
    var incidence: Lanes
    var phase: Lanes
    /// To the camera.
    var range: Lanes
    /// Of emission, and its root where it is positive.
    var cosine: Lanes
    var root: Lanes
  }

  /// - Parameter inverseSquares: of the ellipsoid's semi-axes.
  @inline(__always)
  func seen(from camera: Vector3, litFrom sun: Vector3, inverseSquares: Vector3) -> Views {
    let (nx, ny, nz) = (x * inverseSquares.x, y * inverseSquares.y, z * inverseSquares.z)
    let (cx, cy, cz) = (camera.x - x, camera.y - y, camera.z - z)
    let (sx, sy, sz) = (sun.x - x, sun.y - y, sun.z - z)
    let normal = (nx * nx + ny * ny + nz * nz).squareRoot()
    let range = (cx * cx + cy * cy + cz * cz).squareRoot()
    let toSun = (sx * sx + sy * sy + sz * sz).squareRoot()
    let emission = (nx * cx + ny * cy + nz * cz) / (normal * range)
    let incidence = (nx * sx + ny * sy + nz * sz) / (normal * toSun)
    let phase = (cx * sx + cy * sy + cz * sz) / (range * toSun)
    return Views(
      emission: Self.arcCosine(emission), incidence: Self.arcCosine(incidence),
      phase: Self.arcCosine(phase), range: range, cosine: emission,
      root: emission.replacing(with: 0, where: emission .< Lanes(repeating: 0)).squareRoot())
  }

  /// Angles of cosines, to 1e-9 rad; cosines beyond ±1 by rounding count as ±1.
  ///
  /// Up to ½ from arcsin x = x + x³ P(x²), beyond from the half angle, as `Elementary.acos` does it.
  @inline(__always)
  static func arcCosine(_ cosine: Lanes) -> Lanes {
    let one = Lanes(repeating: 1)
    var a = cosine.replacing(with: -cosine, where: cosine .< Lanes(repeating: 0))
    a.replace(with: one, where: a .> one)
    let isLarge = a .> Lanes(repeating: 0.5)
    let square = (a * a).replacing(with: (1 - a) * 0.5, where: isLarge)
    let s = a.replacing(with: square.squareRoot(), where: isLarge)
    let arcSine = s + s * square * Elementary.asinLanes(square)
    let small = Double.pi / 2 - arcSine
    var angle = small.replacing(with: 2 * arcSine, where: isLarge)
    angle.replace(with: Double.pi - angle, where: cosine .< Lanes(repeating: 0))
    return angle
  }
}
