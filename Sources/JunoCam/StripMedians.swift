/// Medians of the codes around every pixel of a strip: wide along the rows, narrow down them, since TDI
/// draws defects into runs down the rows.
enum StripMedians {
  private static let rows = FrameletShape.rows
  private static let columns = FrameletShape.columns
  /// Half-widths of the window.
  static let reach = (rows: 1, columns: 9)

  /// Median over a window of 3 rows × 19 columns, by a histogram that slides along the row; 0 in masked
  /// columns.
  static func all(_ codes: [UInt8]) -> [UInt8] {
    let active = FrameletShape.photoactiveColumns
    var result = [UInt8](repeating: 0, count: codes.count)
    codes.withUnsafeBufferPointer { codes in
      for row in 0..<rows {
        let lines = lines(around: row)
        var window = SlidingMedian()
        for column in active.lowerBound..<active.lowerBound + reach.columns {
          for other in lines { window.add(codes[other * columns + column]) }
        }
        for column in active {
          let entering = column + reach.columns
          let leaving = column - reach.columns - 1
          for other in lines {
            if entering < active.upperBound { window.add(codes[other * columns + entering]) }
            if leaving >= active.lowerBound { window.remove(codes[other * columns + leaving]) }
          }
          result[row * columns + column] = window.median
        }
      }
    }
    return result
  }

  /// The same for one pixel of photoactive columns.
  static func one(_ codes: UnsafeBufferPointer<UInt8>, at pixel: Int) -> UInt8 {
    let active = FrameletShape.photoactiveColumns
    let (row, column) = (pixel / columns, pixel % columns)
    var window: [UInt8] = []
    window.reserveCapacity((2 * reach.rows + 1) * (2 * reach.columns + 1))
    let first = max(active.lowerBound, column - reach.columns)
    let last = min(active.upperBound - 1, column + reach.columns)
    for line in lines(around: row) {
      for other in first...last { window.append(codes[line * columns + other]) }
    }
    window.sort()
    return window[(window.count - 1) / 2]
  }

  /// Pixels whose windows lie wholly to the left and to the right of a pixel. Where the medians
  /// there differ the scene has an edge, and only what stands out from both sides counts.
  static func sides(of pixel: Int) -> (left: Int, right: Int) {
    let active = FrameletShape.photoactiveColumns
    let (row, column) = (pixel / columns, pixel % columns)
    return (
      row * columns + max(active.lowerBound, column - reach.columns - 1),
      row * columns + min(active.upperBound - 1, column + reach.columns + 1)
    )
  }

  private static func lines(around row: Int) -> ClosedRange<Int> {
    max(0, row - reach.rows)...min(rows - 1, row + reach.rows)
  }
}
