/// Normal equations of up to eight unknowns, kept on the stack.
struct SmallSystem {
  typealias Vector = SIMD8<Double>

  let order: Int
  private var rows: (Vector, Vector, Vector, Vector, Vector, Vector, Vector, Vector)
  private var right = Vector(repeating: 0)

  init(order: Int) {
    self.order = order
    let zero = Vector(repeating: 0)
    rows = (zero, zero, zero, zero, zero, zero, zero, zero)
  }

  mutating func reset() { self = SmallSystem(order: order) }

  /// Adds one observation: value ≈ row · unknowns.
  @inline(__always)
  mutating func add(row: Vector, value: Double, weight: Double) {
    let scaled = row * weight
    rows.0 += scaled * row[0]
    rows.1 += scaled * row[1]
    rows.2 += scaled * row[2]
    rows.3 += scaled * row[3]
    rows.4 += scaled * row[4]
    rows.5 += scaled * row[5]
    rows.6 += scaled * row[6]
    rows.7 += scaled * row[7]
    right += scaled * value
  }

  /// Adds what is known of one unknown.
  mutating func addPrior(_ index: Int, value: Double, sigma: Double) {
    var row = Vector(repeating: 0)
    row[index] = 1
    add(row: row, value: value, weight: 1 / (sigma * sigma))
  }

  private func matrixRow(_ index: Int) -> Vector {
    switch index {
    case 0: rows.0
    case 1: rows.1
    case 2: rows.2
    case 3: rows.3
    case 4: rows.4
    case 5: rows.5
    case 6: rows.6
    default: rows.7
    }
  }

  /// The lower triangle of the matrix' Cholesky factor; nil if the unknowns are not determined.
  private func factor() -> DenseSymmetric? {
    var matrix = DenseSymmetric(order: order)
    for i in 0..<order {
      let row = matrixRow(i)
      for j in 0..<order { matrix[i, j] = row[j] }
    }
    return matrix.cholesky()
  }

  /// The least-squares solution.
  func solve() -> Vector? {
    guard let lower = factor() else { return nil }
    let solution = lower.solveCholesky((0..<order).map { right[$0] })
    var result = Vector(repeating: 0)
    for index in 0..<order { result[index] = solution[index] }
    return result
  }

  /// Variance of an unknown if the weights are inverse variances.
  func variance(_ index: Int) -> Double? {
    guard let lower = factor() else { return nil }
    var unit = [Double](repeating: 0, count: order)
    unit[index] = 1
    let value = lower.solveCholesky(unit)[index]
    return value > 0 && value.isFinite ? value : nil
  }
}
