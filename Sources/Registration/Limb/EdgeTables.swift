/// Profiles of a blurred limb for every direction in which it may lie: pixels are squares, and across
/// the rows the scene moves on while a stage of the exposure lasts.
struct EdgeTables: Sendable {
  /// For equal steps of the square of the normal's share along columns of pixels.
  private let tables: [EdgeTable]
  private static let steps = 8

  init(blur: LimbBlur) {
    tables = (0...Self.steps).map { step in
      let share = Double(step) / Double(Self.steps)
      return EdgeTable(
        normal: SIMD2((1 - share).squareRoot(), share.squareRoot()),
        variance: blur.columns * (1 - share) + blur.rows * share, reach: 10)
    }
  }

  /// The table for an edge with this unit normal.
  func table(normal: SIMD2<Double>) -> EdgeTable {
    let place = (normal.y * normal.y * Double(Self.steps)).rounded()
    return tables[min(max(Int(place), 0), Self.steps)]
  }
}
