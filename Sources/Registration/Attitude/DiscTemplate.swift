import SpaceMath

/// A matt sphere as a small patch of a `SpinMosaic` would show it, and how well a patch agrees.
struct DiscTemplate: Sendable {
  /// Cells of the patch: how far from its middle, and the sphere's brightness there.
  private let offsets: [(column: Int, row: Int)]
  private let model: [Double]
  private let total: Double
  /// Middle of the light, cells.
  let light: SIMD2<Double>

  /// Least share of a patch, and of its light, that must have been seen.
  private static let leastShare = 0.5

  /// - Parameters:
  ///   - radius: angular radius of the body, rad
  ///   - step: rad from one cell to the next
  ///   - cosElevation: by which columns are closer than rows
  ///   - sun: direction of the Sun at the body along azimuth, elevation and away from the observer
  init(radius: Double, step: Double, cosElevation: Double, sun: Vector3) {
    let reach = 1.5 * radius
    let columns = Int(reach / (step * cosElevation))
    let rows = Int(reach / step)
    var offsets: [(column: Int, row: Int)] = []
    var model: [Double] = []
    var sum = 0.0
    var moment = SIMD2<Double>.zero
    for row in -rows...rows {
      for column in -columns...columns {
        let x = Double(column) * step * cosElevation / radius
        let y = Double(row) * step / radius
        let square = x * x + y * y
        guard square <= 1.5 * 1.5 else { continue }
        var value = 0.0
        if square < 1 {
          value = max(x * sun.x + y * sun.y - (1 - square).squareRoot() * sun.z, 0)
        }
        offsets.append((column, row))
        model.append(value)
        sum += value
        moment += SIMD2(Double(column), Double(row)) * value
      }
    }
    self.offsets = offsets
    self.model = model
    total = sum
    light = sum > 0 ? moment / sum : .zero
  }

  /// Correlation of the patch around a cell with the sphere; nil where too little of it was seen.
  func correlation(_ values: UnsafeBufferPointer<Float>, width: Int, column: Int, row: Int)
    -> Double?
  {
    let height = values.count / width
    var count = 0.0
    var (m, mm, v, vv, mv) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (offset, light) in zip(offsets, model) {
      let x = column + offset.column
      let y = row + offset.row
      guard x >= 0, x < width, y >= 0, y < height else { continue }
      let value = Double(values[y * width + x])
      guard value == value else { continue }
      count += 1
      m += light
      mm += light * light
      v += value
      vv += value * value
      mv += light * value
    }
    guard count >= Self.leastShare * Double(model.count),
      m >= Self.leastShare * total
    else { return nil }
    let covariance = mv / count - m * v / (count * count)
    let modelVariance = mm / count - m * m / (count * count)
    let variance = vv / count - v * v / (count * count)
    guard modelVariance > 0, variance > 0 else { return nil }
    return covariance / (modelVariance * variance).squareRoot()
  }
}
