import SpaceMath

extension SIMD3 where Scalar == Double {
  /// A vector from the three numbers of a fixture.
  public init(fixture numbers: [Double]) {
    precondition(numbers.count == 3, "a vector has three components")
    self.init(numbers[0], numbers[1], numbers[2])
  }
}
