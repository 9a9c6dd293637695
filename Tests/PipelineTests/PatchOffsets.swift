import SpaceMath

/// Shifts of 32 × 32 patches of one simple cylindrical map against another, by normalised correlation
/// with a parabola through the peak.
///
/// Offsets are lengths on the ground in pixels of the equator: along a parallel the map's pixels are
/// shorter by the cosine of latitude, and what the camera resolves is not. Patches that correlate by
/// less than 0.9 are left out: there shadows and relief outdo the albedo.
struct PatchOffsets {
  private static let side = 32
  private static let reach = 3

  private(set) var offsets: [SIMD2<Double>] = []

  var count: Int { offsets.count }

  /// Root mean square along samples and lines, pixels.
  var rms: SIMD2<Double> {
    let squares = offsets.reduce(into: SIMD2<Double>()) { $0 += $1 * $1 }
    let mean = squares / Double(max(count, 1))
    return SIMD2(mean.x.squareRoot(), mean.y.squareRoot())
  }

  /// Number, root mean squares and largest offsets, for a failed test.
  var report: String {
    let worst = offsets.sorted { ($0 * $0).sum() > ($1 * $1).sum() }.prefix(12)
    let middle = offsets.map { ($0 * $0).sum().squareRoot() }.sorted()[max(count / 2, 0)]
    let mean = offsets.reduce(SIMD2(), +) / Double(max(count, 1))
    return "\(count) patches, RMS \(rms), mean \(mean), median \(middle), worst \(worst)"
  }

  /// - Parameters:
  ///   - wanted: pixels that both pictures show; a patch and its surroundings must be wanted as a
  ///     whole.
  init(
    of map: [Double], against truth: [Double], width: Int, height: Int, wanted: [Bool]
  ) {
    let (side, reach) = (Self.side, Self.reach)
    for top in stride(from: reach, through: height - side - reach, by: side) {
      for left in stride(from: reach, through: width - side - reach, by: side) {
        let isWhole = (top - reach..<top + side + reach).allSatisfy { line in
          (left - reach..<left + side + reach).allSatisfy { wanted[line * width + $0] }
        }
        guard isWhole else { continue }
        // Brightness falls across a patch by shading; the ground's does not: take planes out.
        let reference = Self.flattened(truth, width, top, left, side)
        guard var peak = Self.peak(map, reference, width, top, left) else { continue }
        let middle = 0.5 - (Double(top) + Double(side) / 2) / Double(height)
        peak.x *= Elementary.cos(middle * .pi)
        offsets.append(peak)
      }
    }
  }

  private static func peak(
    _ map: [Double], _ reference: [Double], _ width: Int, _ top: Int, _ left: Int
  ) -> SIMD2<Double>? {
    let size = 2 * reach + 1
    let scores = (0..<size * size).map { index in
      let patch = flattened(
        map, width, top + index / size - reach, left + index % size - reach, side)
      return zip(patch, reference).reduce(0) { $0 + $1.0 * $1.1 }
    }
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] > 0.9
    else { return nil }
    let (row, column) = (best / size, best % size)
    guard row > 0, row < size - 1, column > 0, column < size - 1 else { return nil }
    func vertex(_ before: Double, _ here: Double, _ after: Double) -> Double {
      0.5 * (before - after) / (before - 2 * here + after)
    }
    return SIMD2(
      Double(column - reach) + vertex(scores[best - 1], scores[best], scores[best + 1]),
      Double(row - reach) + vertex(scores[best - size], scores[best], scores[best + size]))
  }

  /// A patch without its best plane, of unit length.
  private static func flattened(
    _ picture: [Double], _ width: Int, _ top: Int, _ left: Int, _ side: Int
  ) -> [Double] {
    var patch: [Double] = []
    for line in top..<top + side {
      patch += picture[line * width + left..<line * width + left + side]
    }
    let middle = Double(side - 1) / 2
    var (mean, slopeX, slopeY, norm) = (0.0, 0.0, 0.0, 0.0)
    for (index, value) in patch.enumerated() {
      let (x, y) = (Double(index % side) - middle, Double(index / side) - middle)
      mean += value
      slopeX += value * x
      slopeY += value * y
      norm += x * x
    }
    mean /= Double(patch.count)
    for index in patch.indices {
      let (x, y) = (Double(index % side) - middle, Double(index / side) - middle)
      patch[index] -= mean + slopeX / norm * x + slopeY / norm * y
    }
    let length = patch.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? patch.map { $0 / length } : patch
  }
}
