import CRasterKernels
import JunoCam
import Raster
import SpaceMath

/// The inner loop: blocks of surface points into one framelet, sampled and accumulated.
///
/// Single precision, lane by lane, without contraction or reassociation, so that every processor
/// gives the same bits. A block is projected, the points that the framelet sees are packed, the
/// packed positions are sampled, and the samples are added at the places they came from.
struct FrameletSampler: Sendable {
  /// Weight of a guess, or of a look at something hidden, against a measurement.
  static let unmeasuredWeight: Float = 1e-3

  private let framelet: jk_framelet
  private let kernels: jk_kernels
  private let resampling: Resampling

  init(
    transform: FrameletTransform, radii: Vector3, options: WarpOptions, level: InstructionLevel
  ) {
    kernels = level.kernels
    resampling = options.resampling
    let f = transform.camera.focalLength
    let m = transform.matrix
    let r = transform.rangeMatrix
    var framelet = jk_framelet()
    framelet.matrix = Self.rows(
      (m.row0 * f, transform.offset.x * f), (m.row1 * f, transform.offset.y * f),
      (m.row2, transform.offset.z))
    framelet.range = Self.rows(
      (r.row0 * f, transform.rangeOffset.x * f), (r.row1 * f, transform.rangeOffset.y * f),
      (r.row2, transform.rangeOffset.z))
    framelet.inverse_focal_squared = Float(1 / (f * f))
    framelet.k1 = Float(transform.camera.k1)
    framelet.k2 = Float(transform.camera.k2)
    framelet.centre_x = Float(transform.camera.centreX)
    framelet.centre_y = Float(transform.camera.centreY)
    let camera = transform.cameraInBody
    framelet.camera = (Float(camera.x), Float(camera.y), Float(camera.z))
    let inverse = Vector3(1, 1, 1) / (radii * radii)
    framelet.inverse_radii2 = (Float(inverse.x), Float(inverse.y), Float(inverse.z))
    let cosine = Elementary.cos(options.maximumEmission)
    framelet.minimum_cosine2 = Float(cosine * abs(cosine))
    framelet.hidden_weight = options.keepsHidden ? Self.unmeasuredWeight : 0
    framelet.inverse_feather = Float(1 / max(options.featherRows, 0.5))
    framelet.rows = Float(FrameletShape.rows)
    framelet.first_x = Float(FrameletShape.photoactiveColumns.lowerBound) + 0.5
    framelet.last_x = Float(FrameletShape.photoactiveColumns.upperBound) - 0.5
    self.framelet = framelet
  }

  private typealias Row = (Vector3, Double)

  private static func rows(_ a: Row, _ b: Row, _ c: Row) -> (
    Float, Float, Float, Float, Float, Float, Float, Float, Float, Float, Float, Float
  ) {
    (
      Float(a.0.x), Float(a.0.y), Float(a.0.z), Float(a.1),
      Float(b.0.x), Float(b.0.y), Float(b.0.z), Float(b.1),
      Float(c.0.x), Float(c.0.y), Float(c.0.z), Float(c.1)
    )
  }

  /// Accumulates `count` points (a multiple of eight, at most the packed buffers' size).
  ///
  /// - Parameters:
  ///   - samples: address of the framelet's row 0, column 0.
  ///   - sums, totals: accumulators of the same points.
  func accumulate(
    samples: UnsafePointer<Float>, count: Int, x: UnsafePointer<Float>, y: UnsafePointer<Float>,
    z: UnsafePointer<Float>, packed: PackedSamples, sums: UnsafeMutablePointer<Float>,
    totals: UnsafeMutablePointer<Float>
  ) {
    let seen = project(count: count, x: x, y: y, z: z, packed: packed)
    guard seen > 0 else { return }
    let stride = FrameletShape.columns
    switch resampling {
    case .nearest:
      kernels.nearest(samples, stride, packed.x, packed.y, seen, packed.values)
    case .bilinear:
      kernels.bilinear(samples, stride, packed.x, packed.y, seen, packed.values)
    case .bicubic:
      kernels.bicubic(samples, stride, packed.x, packed.y, seen, packed.values)
    case .lanczos3:
      LanczosTable.shared.entries.withUnsafeBufferPointer {
        kernels.lanczos3(
          samples, stride, $0.baseAddress, LanczosTable.steps, packed.x, packed.y, seen,
          packed.values)
      }
    }
    let bad = kernels.accumulate(
      packed.values, packed.weights, packed.places, seen, sums, totals, packed.rejected)
    for index in 0..<bad {
      let item = Int(packed.rejected[index])
      let (value, weight) = sampleAround(
        samples, x: packed.x[item], y: packed.y[item], weight: packed.weights[item])
      let place = Int(packed.places[item])
      sums[place] += value * weight
      totals[place] += weight
    }
  }

  /// Packs the points that the framelet sees: array coordinates, weights and places in the block.
  ///
  /// - Returns: how many they are.
  func project(
    count: Int, x: UnsafePointer<Float>, y: UnsafePointer<Float>, z: UnsafePointer<Float>,
    packed: PackedSamples
  ) -> Int {
    withUnsafePointer(to: framelet) {
      kernels.project($0, x, y, z, count, packed.x, packed.y, packed.weights, packed.places)
    }
  }

  /// Sample position of one point, if the framelet sees it.
  func project(_ point: Vector3) -> SIMD2<Float>? {
    let packed = PackedSamples(capacity: 8)
    let columns = [point.x, point.y, point.z].map { [Float](repeating: Float($0), count: 8) }
    let seen = withUnsafePointer(to: framelet) {
      kernels.project(
        $0, columns[0], columns[1], columns[2], 8, packed.x, packed.y, packed.weights,
        packed.places)
    }
    return seen > 0 ? SIMD2(packed.x[0], packed.y[0]) : nil
  }

  /// Interpolates around rejected samples: the remaining taps, renormalised, and less weight the
  /// less is left; a guess from the surroundings if they hold less than half of the kernel.
  private func sampleAround(
    _ samples: UnsafePointer<Float>, x: Float, y: Float, weight: Float
  ) -> (Float, Float) {
    let taps = resampling.taps
    let shift: Float = taps == 1 ? 0.5 : 0
    let column = Int(x + shift)
    let row = Int(y + shift)
    let before = (taps - 1) / 2
    var sum: Float = 0
    var total: Float = 0
    for j in 0..<taps {
      let wy = resampling.weight(j, fraction: y - Float(row))
      for i in 0..<taps {
        let sample = samples[(row + j - before) * FrameletShape.columns + column + i - before]
        guard !sample.isNaN else { continue }
        let tap = wy * resampling.weight(i, fraction: x - Float(column))
        sum += tap * sample
        total += tap
      }
    }
    guard total > 0.5 else {
      return fillFromNeighbours(samples, row: row, column: column, weight: weight)
    }
    return (sum / total, weight * min(total * total, 1))
  }

  /// Where nearly all of the kernel is rejected, the nearest usable samples speak for it, with a
  /// weight so small that any other look at the place outvotes them.
  private func fillFromNeighbours(
    _ samples: UnsafePointer<Float>, row: Int, column: Int, weight: Float
  ) -> (Float, Float) {
    guard let fill = SurroundingFill(row: row, column: column, samples: samples) else {
      return (0, 0)
    }
    return (fill.value, weight * Self.unmeasuredWeight)
  }
}
