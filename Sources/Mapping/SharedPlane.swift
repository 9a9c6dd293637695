import Raster

/// A plane that several threads fill at once, each of them only samples that no other touches.
///
/// The caller keeps that promise (tiles do not overlap); nothing is read before all have finished.
struct SharedPlane: @unchecked Sendable {
  private let samples: UnsafeMutablePointer<Float>

  /// Planes of one size, filled by `body` where they will stay: nothing is copied.
  ///
  /// - Parameter values: what each plane holds to begin with.
  static func filled(
    with values: [Float], width: Int, height: Int, _ body: ([SharedPlane]) -> Void
  ) -> [Plane<Float>] {
    let count = width * height
    return PlaneStorage.filled(values.count, count: count) { planes in
      for (plane, value) in zip(planes, values) { plane.initialize(repeating: value, count: count) }
      body(planes.map(SharedPlane.init(samples:)))
    }.map { Plane(width: width, height: height, samples: $0) }
  }

  subscript(index: Int) -> Float {
    @inline(__always) get { samples[index] }
    @inline(__always) nonmutating set { samples[index] = newValue }
  }

  /// Sets eight neighbouring samples.
  @inline(__always)
  func store(_ lanes: SIMD8<Float>, at index: Int) {
    UnsafeMutableRawPointer(samples + index).storeBytes(of: lanes, as: SIMD8<Float>.self)
  }

  /// Sets neighbouring samples.
  func store(_ values: UnsafePointer<Float>, at index: Int, count: Int) {
    (samples + index).update(from: values, count: count)
  }
}
