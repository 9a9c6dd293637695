import CRasterKernels

/// The inner loops in plain Swift, one sample at a time: what the C levels are held against.
///
/// Each operation stands here in the same order as in kernels.inc, so the results agree bit by bit.
enum ReferenceKernels {
  static let all = jk_kernels(
    name: nil, project: project, nearest: nearest, bilinear: bilinear,
    bicubic: bicubic, lanczos3: lanczos3, accumulate: accumulate, map_line: mapLine,
    view: view, decompand: decompand, decompand_sqroot: decompandSquareRoot,
    codes: codes, decode: decode, luminance: nil, paint: nil)

  private static let project: jk_project_fn = {
    framelet, sx, sy, sz, count, x, y, weight, place in
    guard let framelet, let sx, let sy, let sz, let x, let y, let weight, let place else {
      return 0
    }
    let f = FrameletProjection(framelet.pointee)
    var seen = 0
    for index in 0..<count {
      guard let found = f.project(sx[index], sy[index], sz[index]) else { continue }
      x[seen] = found.x
      y[seen] = found.y
      weight[seen] = found.weight
      place[seen] = UInt32(index)
      seen += 1
    }
    return seen
  }

  private static let nearest: jk_sample_fn = { plane, stride, x, y, count, out in
    guard let plane, let x, let y, let out else { return }
    for index in 0..<count {
      out[index] = plane[Int(Int32(y[index] + 0.5)) * stride + Int(Int32(x[index] + 0.5))]
    }
  }

  private static let bilinear: jk_sample_fn = { plane, stride, x, y, count, out in
    guard let plane, let x, let y, let out else { return }
    for index in 0..<count {
      let (column, fx) = split(x[index])
      let (row, fy) = split(y[index])
      let upper = plane + (row * stride + column)
      let lower = upper + stride
      let top: Float = upper[0] + (upper[1] - upper[0]) * fx
      let bottom: Float = lower[0] + (lower[1] - lower[0]) * fx
      out[index] = top + (bottom - top) * fy
    }
  }

  private static let bicubic: jk_sample_fn = { plane, stride, x, y, count, out in
    guard let plane, let x, let y, let out else { return }
    for index in 0..<count {
      let (column, fx) = split(x[index])
      let (row, fy) = split(y[index])
      let wx = cubic(fx)
      let wy = cubic(fy)
      let corner = plane + ((row - 1) * stride + column - 1)
      var columns = SIMD4<Float>()
      for tap in 0..<4 {
        let upper: Float = corner[tap] * wy[0] + corner[stride + tap] * wy[1]
        let lower: Float = corner[2 * stride + tap] * wy[2] + corner[3 * stride + tap] * wy[3]
        columns[tap] = upper + lower
      }
      let left: Float = columns[0] * wx[0] + columns[1] * wx[1]
      let right: Float = columns[2] * wx[2] + columns[3] * wx[3]
      out[index] = left + right
    }
  }

  private static let lanczos3: jk_sample_table_fn = {
    plane, stride, table, steps, x, y, count, out in
    guard let plane, let table, let x, let y, let out else { return }
    let differences = table + (steps + 1) * 8
    let scale = Float(steps)
    for index in 0..<count {
      let (column, fx) = split(x[index])
      let (row, fy) = split(y[index])
      let (ix, px) = split(fx * scale)
      let (iy, py) = split(fy * scale)
      let corner = plane + ((row - 2) * stride + column - 2)
      let wx = SIMD8<Float> { table[ix * 8 + $0] + differences[ix * 8 + $0] * px }
      let wy = SIMD8<Float> { table[iy * 8 + $0] + differences[iy * 8 + $0] * py }
      var columns = SIMD8<Float>()
      for tap in 0..<6 {
        let first: Float = corner[tap] * wy[0] + corner[stride + tap] * wy[1]
        let second: Float = corner[2 * stride + tap] * wy[2] + corner[3 * stride + tap] * wy[3]
        let third: Float = corner[4 * stride + tap] * wy[4] + corner[5 * stride + tap] * wy[5]
        columns[tap] = (first + second) + third
      }
      let weighted = columns * wx
      let inner: Float = (weighted[0] + weighted[1]) + (weighted[2] + weighted[3])
      let outer: Float = weighted[4] + weighted[5]
      out[index] = inner + outer
    }
  }

  private static let accumulate: jk_accumulate_fn = {
    values, weights, places, count, sums, totals, rejected in
    guard let values, let weights, let places, let sums, let totals, let rejected else {
      return 0
    }
    var bad = 0
    for index in 0..<count {
      if values[index].isNaN {
        rejected[bad] = UInt32(index)
        bad += 1
      } else {
        sums[Int(places[index])] += values[index] * weights[index]
        totals[Int(places[index])] += weights[index]
      }
    }
    return bad
  }

  private static let mapLine: jk_map_line_fn = {
    cosLongitude, sinLongitude, equatorial, count, cosLatitude, sinLatitude, polar, x, y, z in
    guard let cosLongitude, let sinLongitude, let equatorial, let x, let y, let z else { return }
    let square = cosLatitude * cosLatitude
    for index in 0..<count {
      let radius = 1 / (equatorial[index] * square + polar).squareRoot()
      let along = radius * cosLatitude
      x[index] = along * cosLongitude[index]
      y[index] = along * sinLongitude[index]
      z[index] = radius * sinLatitude
    }
  }

  private static let view: jk_view_fn = {
    view, x, y, z, count, emission, incidence, phase, distance in
    guard let view, let x, let y, let z, let emission, let incidence, let phase, let distance
    else { return }
    let seen = SurfaceView(view.pointee)
    for index in 0..<count {
      let point = SIMD3(Double(x[index]), Double(y[index]), Double(z[index]))
      let angles = seen.angles(point)
      emission[index] = angles.emission
      incidence[index] = angles.incidence
      phase[index] = angles.phase
      distance[index] = angles.distance
    }
  }

  private static let decompand: jk_decompand_fn = {
    codes, table, black, gain, flat, count, out in
    guard let codes, let table, let out else { return }
    for index in 0..<count {
      let value = (table[Int(codes[index])] - black) * gain
      out[index] = flat.map { value * $0[index] } ?? value
    }
  }

  private static let decompandSquareRoot: jk_decompand_fn = {
    codes, _, black, gain, flat, count, out in
    guard let codes, let out else { return }
    for index in 0..<count {
      let code = Int32(codes[index])
      var value = code + max(code - 23, 0) + 2 * max(code - 43, 0)
      value += 4 * max(code - 89, 0) + 8 * max(code - 184, 0) + 16 * max(code - 209, 0)
      let linear = (Float(value) - black) * gain
      out[index] = flat.map { linear * $0[index] } ?? linear
    }
  }

  private static let codes: jk_codes_fn = { planes, channels, count, offset, scale, out in
    guard let planes, let out else { return }
    for channel in 0..<channels {
      guard let values = planes[channel] else { continue }
      for index in 0..<count {
        let value = values[index]
        var code: UInt16 = 0
        if value.isFinite {
          // Truncating after adding a half is rounding to nearest.
          code = UInt16(min(max((Double(value) - offset) / scale, 1), 65_535) + 0.5)
        }
        out[index * channels + channel] = code
      }
    }
  }

  private static let decode: jk_decode_fn = { codes, channels, count, offset, scale, planes in
    guard let codes, let planes else { return }
    for channel in 0..<channels {
      guard let out = planes[channel] else { continue }
      for index in 0..<count {
        let code = codes[index * channels + channel]
        out[index] = code == 0 ? .nan : Float(offset + scale * Double(code))
      }
    }
  }

  /// Whole part and fraction of a non-negative position.
  private static func split(_ position: Float) -> (whole: Int, fraction: Float) {
    let whole = Int(position)
    return (whole, position - Float(whole))
  }

  /// Catmull-Rom weights of the four taps (Keys 1981, a = −1/2).
  private static func cubic(_ t: Float) -> SIMD4<Float> {
    let u = 1 - t
    let a = -0.5 * t * u
    let first = a * u
    let last = a * t
    let second = (1.5 * t - 2.5) * (t * t) + 1
    return SIMD4(first, second, 1 - first - second - last, last)
  }
}

extension SIMD8 where Scalar == Float {
  /// The first six lanes from a function of the tap; the others are 0.
  fileprivate init(_ weight: (Int) -> Float) {
    self.init()
    for tap in 0..<6 { self[tap] = weight(tap) }
  }
}
