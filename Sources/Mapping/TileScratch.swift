/// Working memory of one thread of a warp, allocated once for all its tiles.
final class TileScratch {
  /// Points of one sub-sample of a tile, [line][sample] with a line stride of `tileSide`.
  let x: UnsafeMutablePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let z: UnsafeMutablePointer<Float>
  /// Weighted sums and sums of weights, [band][line][sample].
  let sums: UnsafeMutablePointer<Float>
  let weights: UnsafeMutablePointer<Float>
  let bandStride: Int
  private let bands: Int

  init(tileSide: Int, bands: Int) {
    bandStride = tileSide * tileSide
    self.bands = bands
    x = .allocate(capacity: bandStride)
    y = .allocate(capacity: bandStride)
    z = .allocate(capacity: bandStride)
    sums = .allocate(capacity: bandStride * bands)
    weights = .allocate(capacity: bandStride * bands)
    for column in [x, y, z] { column.initialize(repeating: 0, count: bandStride) }
    clear()
  }

  deinit {
    for column in [x, y, z, sums, weights] { column.deallocate() }
  }

  /// Empties the accumulators.
  func clear() {
    sums.initialize(repeating: 0, count: bandStride * bands)
    weights.initialize(repeating: 0, count: bandStride * bands)
  }
}
