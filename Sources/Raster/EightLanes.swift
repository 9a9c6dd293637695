extension SIMD8<Float> {
  /// Eight neighbouring samples.
  @inlinable @inline(__always)
  package init(at samples: UnsafePointer<Float>) {
    self = UnsafeRawPointer(samples).loadUnaligned(as: Self.self)
  }

  /// Up to eight neighbouring samples; NaN beyond.
  @inlinable @inline(__always)
  package init(at samples: UnsafePointer<Float>, count: Int) {
    guard count < 8 else {
      self.init(at: samples)
      return
    }
    self.init(repeating: .nan)
    for lane in 0..<count { self[lane] = samples[lane] }
  }
}
