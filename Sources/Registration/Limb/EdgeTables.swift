/// Profiles of a blurred limb for every direction in which it may lie: across the rows the scene moves
/// on while a stage of the exposure lasts, so that edges are wider there.
struct EdgeTables: Sendable {
  /// For equal steps of the square of the normal's share along columns of pixels.
  private let tables: [EdgeTable]
  private static let steps = 4

  /// - Parameters:
  ///   - pointSpread: one sigma of the point spread without the pixel's own width, px
  ///   - rowSmear: rows over which a sample is smeared by the spin
  init(pointSpread: Double, rowSmear: Double) {
    tables = (0...Self.steps).map { step in
      let share = Double(step) / Double(Self.steps)
      let variance = pointSpread * pointSpread + (1 + share * rowSmear * rowSmear) / 12
      return EdgeTable(sigma: variance.squareRoot(), reach: 10)
    }
  }

  /// The table for an edge with this unit normal.
  func table(normal: SIMD2<Double>) -> EdgeTable {
    let place = (normal.y * normal.y * Double(Self.steps)).rounded()
    return tables[min(max(Int(place), 0), Self.steps)]
  }
}
