/// Where the pixels of a product lie on (or just above) the target.
///
/// A map grid, a perspective view, an unrolled limb: whatever can say which body-fixed point an
/// output position shows can be filled by the same warp.
public protocol SurfaceGrid: Sendable {
  /// Output samples in a line.
  var width: Int { get }
  /// Output lines.
  var height: Int { get }
  /// Semi-axes of the target, km.
  var radii: SIMD3<Double> { get }

  /// Fills the points (body axes, km) of a lattice of output positions; NaN where the output
  /// shows neither target nor sky.
  func fill(_ block: SurfaceBlock)
}

/// A lattice of output positions and the borrowed columns that receive their points.
public struct SurfaceBlock {
  /// Output line coordinate of the first row of the lattice (the centre of line i is i + 0.5), and
  /// the step to the next.
  public let firstLine: Double
  public let lineStep: Double
  /// Output sample coordinate of the first column, and the step to the next.
  public let firstSample: Double
  public let sampleStep: Double
  /// Rows of the lattice.
  public let lines: Int
  /// Columns of the lattice; a multiple of eight.
  public let samples: Int
  /// Elements from one row to the next.
  public let stride: Int
  /// Body-fixed coordinates, km.
  public let x: UnsafeMutablePointer<Float>
  public let y: UnsafeMutablePointer<Float>
  public let z: UnsafeMutablePointer<Float>

  /// A lattice with steps of one output pixel unless stated.
  public init(
    firstLine: Double, lineStep: Double = 1, lines: Int, firstSample: Double,
    sampleStep: Double = 1, samples: Int, stride: Int, x: UnsafeMutablePointer<Float>,
    y: UnsafeMutablePointer<Float>, z: UnsafeMutablePointer<Float>
  ) {
    precondition(samples % 8 == 0 && samples <= stride, "columns come in eights")
    self.firstLine = firstLine
    self.lineStep = lineStep
    self.lines = lines
    self.firstSample = firstSample
    self.sampleStep = sampleStep
    self.samples = samples
    self.stride = stride
    self.x = x
    self.y = y
    self.z = z
  }

  /// Stores one point.
  @inlinable
  public func set(line: Int, sample: Int, _ point: SIMD3<Double>) {
    let index = line * stride + sample
    x[index] = Float(point.x)
    y[index] = Float(point.y)
    z[index] = Float(point.z)
  }

  /// The stored point.
  @inlinable
  public func point(line: Int, sample: Int) -> SIMD3<Double> {
    let index = line * stride + sample
    return SIMD3(Double(x[index]), Double(y[index]), Double(z[index]))
  }
}
