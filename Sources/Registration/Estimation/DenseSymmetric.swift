/// A symmetric matrix of moderate size, with what an adjustment needs of linear algebra.
struct DenseSymmetric: Sendable {
  let order: Int
  /// All elements, row after row.
  private(set) var elements: [Double]

  init(order: Int) {
    self.order = order
    elements = Array(repeating: 0, count: order * order)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * order + column] }
    set { elements[row * order + column] = newValue }
  }

  /// Calls `body` with the elements in place.
  mutating func update(_ body: (inout [Double]) -> Void) { body(&elements) }

  /// Lower triangle L with L·Lᵀ the matrix; nil if it is not positive definite.
  func cholesky() -> DenseSymmetric? {
    var lower = DenseSymmetric(order: order)
    for i in 0..<order {
      for j in 0...i {
        var sum = self[i, j]
        for k in 0..<j { sum -= lower[i, k] * lower[j, k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          lower[i, i] = sum.squareRoot()
        } else {
          lower[i, j] = sum / lower[j, j]
        }
      }
    }
    return lower
  }

  /// Solves L·Lᵀ·x = b, with the matrix holding L.
  func solveCholesky(_ b: [Double]) -> [Double] {
    var x = b
    for i in 0..<order {
      var sum = x[i]
      for k in 0..<i { sum -= self[i, k] * x[k] }
      x[i] = sum / self[i, i]
    }
    for i in stride(from: order - 1, through: 0, by: -1) {
      var sum = x[i]
      for k in (i + 1)..<max(order, i + 1) { sum -= self[k, i] * x[k] }
      x[i] = sum / self[i, i]
    }
    return x
  }

  /// The inverse; nil if the matrix is not positive definite.
  func inverse() -> DenseSymmetric? {
    guard let lower = cholesky() else { return nil }
    var result = DenseSymmetric(order: order)
    for column in 0..<order {
      var unit = [Double](repeating: 0, count: order)
      unit[column] = 1
      let solution = lower.solveCholesky(unit)
      for row in 0..<order { result[row, column] = solution[row] }
    }
    return result
  }

  /// The quadratic form vᵀ·M·w.
  func form(_ v: [Double], _ w: [Double]) -> Double {
    var sum = 0.0
    for i in 0..<order {
      var row = 0.0
      for j in 0..<order { row += elements[i * order + j] * w[j] }
      sum += v[i] * row
    }
    return sum
  }

  /// Eigenvalues, descending, with unit eigenvectors, by cyclic Jacobi rotations.
  func eigen() -> [(value: Double, vector: [Double])] {
    var a = self
    var vectors = DenseSymmetric(order: order)
    for i in 0..<order { vectors[i, i] = 1 }
    for _ in 0..<60 {
      var rest = 0.0
      var total = 0.0
      for i in 0..<order {
        total += a[i, i] * a[i, i]
        for j in 0..<i { rest += a[i, j] * a[i, j] }
      }
      if rest <= 1e-26 * total { break }
      for p in 0..<order {
        for q in (p + 1)..<max(order, p + 1) where a[p, q] != 0 {
          let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
          let root = (theta * theta + 1).squareRoot()
          let t = theta >= 0 ? 1 / (theta + root) : 1 / (theta - root)
          let c = 1 / (t * t + 1).squareRoot()
          let s = t * c
          for k in 0..<order {
            let (kp, kq) = (a[k, p], a[k, q])
            a[k, p] = c * kp - s * kq
            a[k, q] = s * kp + c * kq
          }
          for k in 0..<order {
            let (pk, qk) = (a[p, k], a[q, k])
            a[p, k] = c * pk - s * qk
            a[q, k] = s * pk + c * qk
          }
          for k in 0..<order {
            let (kp, kq) = (vectors[k, p], vectors[k, q])
            vectors[k, p] = c * kp - s * kq
            vectors[k, q] = s * kp + c * kq
          }
        }
      }
    }
    return (0..<order)
      .map { column in (a[column, column], (0..<order).map { vectors[$0, column] }) }
      .sorted { $0.0 > $1.0 }
  }
}
