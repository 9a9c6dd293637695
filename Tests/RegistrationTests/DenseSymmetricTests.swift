import Testing

@testable import Registration

@Suite struct DenseSymmetricTests {
  /// A Hilbert-like matrix, positive definite, condition about 1e4.
  private func matrix() -> DenseSymmetric {
    var m = DenseSymmetric(order: 4)
    for i in 0..<4 { for j in 0..<4 { m[i, j] = 1 / Double(i + j + 1) } }
    return m
  }

  @Test func inverseUndoes() throws {
    let m = matrix()
    let inverse = try #require(m.inverse())
    // The inverse of the Hilbert matrix of order 4 is known in integers.
    #expect((inverse[0, 0] - 16).magnitude < 1e-8)
    #expect((inverse[1, 2] + 2700).magnitude < 1e-6)
    #expect((inverse[3, 3] - 2800).magnitude < 1e-6)
  }

  @Test func eigenvaluesOfAKnownMatrix() {
    var m = DenseSymmetric(order: 3)
    let rows = [[2.0, -1, 0], [-1, 2, -1], [0, -1, 2]]
    for i in 0..<3 { for j in 0..<3 { m[i, j] = rows[i][j] } }
    let eigen = m.eigen()
    let root = 2.0.squareRoot()
    for (found, expected) in zip(eigen.map(\.value), [2 + root, 2, 2 - root]) {
      #expect((found - expected).magnitude < 1e-12)
    }
    for (value, vector) in eigen {
      for i in 0..<3 {
        let product = (0..<3).reduce(0.0) { $0 + m[i, $1] * vector[$1] }
        #expect((product - value * vector[i]).magnitude < 1e-12)
      }
    }
  }

  @Test func indefiniteHasNoFactor() {
    var m = DenseSymmetric(order: 2)
    m[0, 0] = 1
    m[0, 1] = 2
    m[1, 0] = 2
    m[1, 1] = 1
    #expect(m.cholesky() == nil)
    #expect(m.inverse() == nil)
  }

  @Test func numbersAsText() {
    #expect(SignificantDigits.text(0.0123456, digits: 3) == "+0.0123")
    #expect(SignificantDigits.text(-12_345, digits: 2) == "-12345")
    #expect(SignificantDigits.text(3.14159e-9, digits: 2) == "+3.1e-9")
    #expect(SignificantDigits.fixed(-0.0004, decimals: 3) == "0.000")
    #expect(SignificantDigits.fixed(2.5, decimals: 2) == "2.50")
  }
}
