import Foundation
import ImageFormats

/// How far Jupiter's belts run off the parallels in a simple-cylindrical picture: rows per column, by the
/// likeness of colour profiles of strips of columns; nothing of the registration has a part in it.
struct BeltSlope {
  /// Strips that were compared, and those that were alike.
  let count: Int
  let used: Int
  /// Rows per column.
  let slope: Double

  /// - Parameters:
  ///   - picture: red, green and blue
  ///   - columns: of the strips
  ///   - rows: of the profiles
  init(_ picture: RasterImage, columns: Range<Int>, rows: Range<Int>) {
    let (red, blue) = (picture.plane(0), picture.plane(2))
    let profiles = stride(from: columns.lowerBound, to: columns.upperBound, by: 12).map { column in
      let ratio = rows.map { row -> Double in
        let places = (0..<12).map { row * picture.width + column + $0 }
        func mean(_ plane: [Float]) -> Double {
          places.reduce(0) { $0 + Double(plane[$1]) } / 12
        }
        return Foundation.log((mean(red) + 1) / (mean(blue) + 1))
      }
      return (column: Double(column + 6), values: Self.highPass(ratio))
    }
    let middle = profiles[profiles.count / 2].values
    var found: [SIMD2<Double>] = []
    for profile in profiles {
      let best = (-30...30).map { shift in
        (shift, Self.correlation(middle, profile.values, shift: shift))
      }.max { $0.1 < $1.1 }
      if let best, best.1 > 0.6 { found.append(SIMD2(profile.column, Double(best.0))) }
    }
    count = profiles.count
    used = found.count
    let mean = found.reduce(.zero, +) / Double(max(found.count, 1))
    var (product, square) = (0.0, 0.0)
    for point in found {
      let d = point - mean
      product += d.x * d.y
      square += d.x * d.x
    }
    slope = square > 0 ? product / square : .infinity
  }

  /// Less a running mean over 81 rows.
  private static func highPass(_ values: [Double]) -> [Double] {
    values.indices.map { index in
      let window = (-40...40).map { values[min(max(index + $0, 0), values.count - 1)] }
      return values[index] - window.reduce(0, +) / 81
    }
  }

  private static func correlation(_ first: [Double], _ second: [Double], shift: Int) -> Double {
    let range = 40..<(first.count - 40)
    let a = range.map { first[$0] }
    let b = range.map { second[($0 + shift + second.count) % second.count] }
    let count = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      ab += (x - meanA) * (y - meanB)
      aa += (x - meanA) * (x - meanA)
      bb += (y - meanB) * (y - meanB)
    }
    return ab / (aa * bb).squareRoot()
  }
}
