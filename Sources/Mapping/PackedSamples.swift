/// Buffers of one thread for the points of a block that a framelet sees.
final class PackedSamples {
  let x: UnsafeMutablePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let weights: UnsafeMutablePointer<Float>
  let values: UnsafeMutablePointer<Float>
  let places: UnsafeMutablePointer<UInt32>
  let rejected: UnsafeMutablePointer<UInt32>

  /// - Parameter capacity: points of a block; the kernels write up to eight more.
  init(capacity: Int) {
    let size = capacity + 8
    x = .allocate(capacity: size)
    y = .allocate(capacity: size)
    weights = .allocate(capacity: size)
    values = .allocate(capacity: size)
    places = .allocate(capacity: size)
    rejected = .allocate(capacity: size)
  }

  deinit {
    for column in [x, y, weights, values] { column.deallocate() }
    for column in [places, rejected] { column.deallocate() }
  }
}
