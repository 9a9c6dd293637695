import Raster

/// A plane that several threads fill at once, each of them only samples that no other touches.
///
/// The caller keeps that promise (tiles do not overlap); nothing is read before all have finished.
final class SharedPlane: @unchecked Sendable {
  private let width: Int
  private let height: Int
  private let samples: UnsafeMutablePointer<Float>

  init(width: Int, height: Int, filledWith value: Float) {
    self.width = width
    self.height = height
    samples = .allocate(capacity: max(width * height, 1))
    samples.initialize(repeating: value, count: width * height)
  }

  deinit { samples.deallocate() }

  subscript(index: Int) -> Float {
    @inline(__always) get { samples[index] }
    @inline(__always) set { samples[index] = newValue }
  }

  /// Sets neighbouring samples.
  func store(_ values: UnsafePointer<Float>, at index: Int, count: Int) {
    (samples + index).update(from: values, count: count)
  }

  /// The finished plane.
  func plane() -> Plane<Float> {
    let all = UnsafeBufferPointer(start: samples, count: width * height)
    return Plane(width: width, height: height, samples: Array(all))
  }
}
