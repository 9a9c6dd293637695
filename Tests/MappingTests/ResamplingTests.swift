import Testing

@testable import Mapping

@Suite struct ResamplingTests {
  private func plane(_ value: (Int, Int) -> Float) -> [Float] {
    (0..<16 * 1648).map { value($0 / 1648, $0 % 1648) }
  }

  private func check<K: ResamplingKernel>(_ kernel: K.Type, tolerance: Float) {
    // Every kernel of two taps or more must reproduce a linear ramp; its weights sum to one.
    let samples = plane { row, column in 3 + 0.25 * Float(column) - 0.5 * Float(row) }
    samples.withUnsafeBufferPointer { block in
      for step in 0..<40 {
        let x = 100 + Float(step) * 0.173
        let y = 6 + Float(step) * 0.041
        let value = K.sample(block.baseAddress!, x: x, y: y)
        #expect(abs(value - (3 + 0.25 * x - 0.5 * y)) < tolerance)
      }
    }
    for step in 0...10 {
      let total = (0..<K.taps).reduce(Float(0)) { $0 + K.weight($1, fraction: Float(step) / 10) }
      #expect(abs(total - 1) < 1e-5)
    }
  }

  @Test func rampsAndWeights() {
    check(BilinearKernel.self, tolerance: 1e-4)
    check(BicubicKernel.self, tolerance: 1e-4)
    // A windowed sinc only approximates a ramp: its ripple is below 2 % of the step of a sample.
    check(Lanczos3Kernel.self, tolerance: 0.02)
  }

  @Test func cubicIsExactForQuadratics() {
    // Keys' a = −1/2 kernel has third-order convergence: parabolas are reproduced.
    let samples = plane { _, column in Float((column - 100) * (column - 100)) }
    samples.withUnsafeBufferPointer { block in
      for step in 0..<20 {
        let x = 101 + Float(step) * 0.11
        let value = BicubicKernel.sample(block.baseAddress!, x: x, y: 5.3)
        #expect(abs(value - (x - 100) * (x - 100)) < 1e-3)
      }
    }
  }

  @Test func aRejectedTapMakesTheValueNaN() {
    var samples = plane { _, _ in 1 }
    samples[7 * 1648 + 200] = .nan
    samples.withUnsafeBufferPointer { block in
      #expect(BicubicKernel.sample(block.baseAddress!, x: 199.5, y: 6.5).isNaN)
      #expect(!BicubicKernel.sample(block.baseAddress!, x: 195.5, y: 6.5).isNaN)
    }
  }
}
