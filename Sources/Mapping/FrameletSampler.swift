import JunoCam
import SpaceMath

/// The inner loop: eight surface points at a time into one framelet, sampled and accumulated.
///
/// Single precision, lane by lane, without contraction or reassociation, so that every processor
/// gives the same bits.
struct FrameletSampler {
  typealias Lanes = SIMD8<Float>

  // Rows 0 and 1 carry the focal length, so that a division by depth gives pixels.
  private let xx, xy, xz, xt: Float
  private let yx, yy, yz, yt: Float
  private let zx, zy, zz, zt: Float
  private let rxx, rxy, rxz, rxt: Float
  private let ryx, ryy, ryz, ryt: Float
  private let rzx, rzy, rzz, rzt: Float
  private let inverseFocalSquared: Float
  private let k1, k2, centreX, centreY: Float
  private let cameraX, cameraY, cameraZ: Float
  private let normalX, normalY, normalZ: Float
  private let minimumCosine: Float
  private let hiddenWeight: Float
  private let inverseFeather: Float

  init(transform: FrameletTransform, radii: Vector3, options: WarpOptions) {
    let f = transform.camera.focalLength
    let m = transform.matrix
    let r = transform.rangeMatrix
    (xx, xy, xz, xt) = Self.row(m.row0 * f, transform.offset.x * f)
    (yx, yy, yz, yt) = Self.row(m.row1 * f, transform.offset.y * f)
    (zx, zy, zz, zt) = Self.row(m.row2, transform.offset.z)
    (rxx, rxy, rxz, rxt) = Self.row(r.row0 * f, transform.rangeOffset.x * f)
    (ryx, ryy, ryz, ryt) = Self.row(r.row1 * f, transform.rangeOffset.y * f)
    (rzx, rzy, rzz, rzt) = Self.row(r.row2, transform.rangeOffset.z)
    inverseFocalSquared = Float(1 / (f * f))
    k1 = Float(transform.camera.k1)
    k2 = Float(transform.camera.k2)
    centreX = Float(transform.camera.centreX)
    centreY = Float(transform.camera.centreY)
    (cameraX, cameraY, cameraZ, _) = Self.row(transform.cameraInBody, 0)
    let inverse = Vector3(1, 1, 1) / (radii * radii)
    (normalX, normalY, normalZ, _) = Self.row(inverse, 0)
    minimumCosine = Float(Elementary.cos(options.maximumEmission))
    hiddenWeight = options.keepsHidden ? Self.unmeasuredWeight : 0
    inverseFeather = Float(1 / max(options.featherRows, 0.5))
  }

  private static func row(_ v: Vector3, _ t: Double) -> (Float, Float, Float, Float) {
    (Float(v.x), Float(v.y), Float(v.z), Float(t))
  }

  /// Framelet coordinates and weights of eight points; weight 0 where the framelet does not see
  /// the point.
  @inline(__always)
  func project(_ sx: Lanes, _ sy: Lanes, _ sz: Lanes) -> (x: Lanes, y: Lanes, weight: Lanes) {
    var qx = sx * xx + sy * xy + sz * xz + xt
    var qy = sx * yx + sy * yy + sz * yz + yt
    var qz = sx * zx + sy * zy + sz * zz + zt
    let range = ((qx * qx + qy * qy) * inverseFocalSquared + qz * qz).squareRoot()
    qx += (sx * rxx + sy * rxy + sz * rxz + rxt) * range
    qy += (sx * ryx + sy * ryy + sz * ryz + ryt) * range
    qz += (sx * rzx + sy * rzy + sz * rzz + rzt) * range
    let inverseDepth = 1 / qz
    let ux = qx * inverseDepth
    let uy = qy * inverseDepth
    let r2 = ux * ux + uy * uy
    let distortion = (r2 * k2 + k1) * r2 + 1
    let x = ux * distortion + centreX
    let y = uy * distortion + centreY

    // With n = S / radii², S·n is 1 on the ellipsoid and more above it, and (C − S)·n has the
    // sign of the cosine of emission.
    let nx = sx * normalX
    let ny = sy * normalY
    let nz = sz * normalZ
    let level = sx * nx + sy * ny + sz * nz
    let rise = nx * cameraX + ny * cameraY + nz * cameraZ - level
    let cosine = rise / ((nx * nx + ny * ny + nz * nz).squareRoot() * range)

    let edge = pointwiseMin(y, Float(FrameletShape.rows) - y)
    let ramp = pointwiseMin(
      (edge * inverseFeather).clamped(
        lowerBound: Lanes(repeating: 0), upperBound: Lanes(repeating: 1)), Lanes(repeating: 1))
    var weight = ramp * ramp * (3 - 2 * ramp) + 1e-4

    let first = Float(FrameletShape.photoactiveColumns.lowerBound) + 0.5
    let last = Float(FrameletShape.photoactiveColumns.upperBound) - 0.5
    let isInside =
      (x .>= Lanes(repeating: first)) .& (x .<= Lanes(repeating: last))
      .& (y .>= Lanes(repeating: 0.5))
      .& (y .<= Lanes(repeating: Float(FrameletShape.rows) - 0.5)) .& (qz .> Lanes())
    let isAbove = level .> Lanes(repeating: 1 + 1e-5)
    let isSeen = isAbove .| (cosine .>= Lanes(repeating: minimumCosine))
    weight.replace(with: weight * hiddenWeight, where: .!isSeen)
    weight.replace(with: 0, where: .!isInside)
    return (x, y, weight)
  }

  /// Accumulates `count` points (a multiple of eight) of one line.
  ///
  /// - Parameters:
  ///   - framelet: address of the framelet's row 0, column 0.
  ///   - sums, totals: accumulators of the same points.
  @inline(__always)
  func accumulate<Kernel: ResamplingKernel>(
    _ kernel: Kernel.Type, framelet: UnsafePointer<Float>, count: Int,
    x: UnsafePointer<Float>, y: UnsafePointer<Float>, z: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>, totals: UnsafeMutablePointer<Float>
  ) {
    for start in stride(from: 0, to: count, by: 8) {
      let projected = project(load(x + start), load(y + start), load(z + start))
      let isSeen = projected.weight .> Lanes()
      guard any(isSeen) else { continue }
      let px = projected.x - 0.5
      let py = projected.y - 0.5
      for lane in 0..<8 where isSeen[lane] {
        var value = Kernel.sample(framelet, x: px[lane], y: py[lane])
        var weight = projected.weight[lane]
        if value.isNaN {
          (value, weight) = Self.sampleAround(
            kernel, framelet: framelet, x: px[lane], y: py[lane], weight: weight)
        }
        sums[start + lane] += value * weight
        totals[start + lane] += weight
      }
    }
  }

  /// Interpolates around rejected samples: the remaining taps, renormalised, and less weight the
  /// less is left; weight 0 if they hold less than half of the kernel.
  private static func sampleAround<Kernel: ResamplingKernel>(
    _ kernel: Kernel.Type, framelet: UnsafePointer<Float>, x: Float, y: Float, weight: Float
  ) -> (Float, Float) {
    let taps = Kernel.taps
    let (column, fx) = split(taps == 1 ? x + 0.5 : x)
    let (row, fy) = split(taps == 1 ? y + 0.5 : y)
    let before = (taps - 1) / 2
    var sum: Float = 0
    var total: Float = 0
    for j in 0..<taps {
      let wy = Kernel.weight(j, fraction: fy)
      for i in 0..<taps {
        let sample = framelet[(row + j - before) * FrameletShape.columns + column + i - before]
        guard !sample.isNaN else { continue }
        let tap = wy * Kernel.weight(i, fraction: fx)
        sum += tap * sample
        total += tap
      }
    }
    guard total > 0.5 else {
      return fillFromNeighbours(framelet: framelet, row: row, column: column, weight: weight)
    }
    return (sum / total, weight * min(total * total, 1))
  }

  /// Where nearly all of the kernel is rejected, the nearest usable samples speak for it, with a
  /// weight so small that any other look at the place outvotes them.
  private static func fillFromNeighbours(
    framelet: UnsafePointer<Float>, row: Int, column: Int, weight: Float
  ) -> (Float, Float) {
    let reach = 6
    var sum: Float = 0
    var total: Float = 0
    for j in max(row - reach, 0)...min(row + reach, FrameletShape.rows - 1) {
      let columns =
        max(
          column - reach, FrameletShape.photoactiveColumns.lowerBound)...min(
          column + reach, FrameletShape.photoactiveColumns.upperBound - 1)
      for i in columns {
        let sample = framelet[j * FrameletShape.columns + i]
        guard !sample.isNaN else { continue }
        let square = Float((j - row) * (j - row) + (i - column) * (i - column))
        let closeness = 1 / ((square + 0.5) * (square + 0.5))
        sum += closeness * sample
        total += closeness
      }
    }
    guard total > 0 else { return (0, 0) }
    return (sum / total, weight * unmeasuredWeight)
  }

  /// Weight of a guess against a measurement.
  private static let unmeasuredWeight: Float = 1e-3

  @inline(__always)
  private func load(_ pointer: UnsafePointer<Float>) -> Lanes {
    UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
  }
}
