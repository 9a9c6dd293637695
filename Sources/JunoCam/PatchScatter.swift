/// The samples of a square patch, some perhaps left out, and how they scatter about their plane.
struct PatchScatter {
  private let side: Int
  private let cell: Int
  private var values: [Float]
  private(set) var count = 0

  /// - Parameters:
  ///   - side: of the patch, a multiple of `cell`.
  ///   - cell: side of the cells in which noise is told from detail.
  init(side: Int, cell: Int) {
    self.side = side
    self.cell = cell
    values = Array(repeating: .nan, count: side * side)
  }

  mutating func add(_ value: Float, x: Int, y: Int) {
    values[y * side + x] = value
    count += 1
  }

  /// Mean; variance of a sample about its cell's mean; variance of the cells' means, times the samples
  /// in a cell, so that noise makes both alike. Nil for fewer than half of the samples.
  func variances() -> (mean: Float, within: Float, between: Float)? {
    guard count * 2 >= values.count else { return nil }
    var mean: Float = 0
    for value in values where !value.isNaN { mean += value }
    mean /= Float(count)
    let centre = Float(side - 1) / 2
    var (alongX, alongY, squareX, squareY): (Float, Float, Float, Float) = (0, 0, 0, 0)
    for index in values.indices where !values[index].isNaN {
      let (x, y) = (Float(index % side) - centre, Float(index / side) - centre)
      alongX += x * (values[index] - mean)
      alongY += y * (values[index] - mean)
      squareX += x * x
      squareY += y * y
    }
    let slope = (x: alongX / squareX, y: alongY / squareY)
    let across = side / cell
    var (within, between): (Float, Float) = (0, 0)
    var (free, cells) = (0, 0)
    for place in 0..<across * across {
      var (sum, square): (Float, Float) = (0, 0)
      var number = 0
      for y in place / across * cell..<(place / across + 1) * cell {
        for x in place % across * cell..<(place % across + 1) * cell {
          let value = values[y * side + x]
          guard !value.isNaN else { continue }
          let rest =
            value - mean - slope.x * (Float(x) - centre) - slope.y * (Float(y) - centre)
          sum += rest
          square += rest * rest
          number += 1
        }
      }
      guard number > 1 else { continue }
      within += square - sum * sum / Float(number)
      free += number - 1
      between += sum * sum / Float(number)
      cells += 1
    }
    // The plane has taken three numbers, nearly all from the means of cells.
    guard free > 0, cells > 3 else { return nil }
    return (mean, within / Float(free), between / Float(cells - 3))
  }
}
