/// Working memory of one thread of a warp, allocated once for all its tiles.
final class TileScratch {
  /// Points of one sub-sample of a tile, [line][sample] with a line stride of `tileSide`.
  let x: UnsafeMutablePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let z: UnsafeMutablePointer<Float>
  /// Weighted sums and sums of weights of one sub-sample, [band][line][sample].
  let sums: UnsafeMutablePointer<Float>
  let weights: UnsafeMutablePointer<Float>
  /// Sums of the sub-samples' means, and how many sub-samples were seen.
  let means: UnsafeMutablePointer<Float>
  let counts: UnsafeMutablePointer<Float>
  let bandStride: Int
  let packed: PackedSamples
  private let bands: Int

  init(tileSide: Int, bands: Int) {
    bandStride = tileSide * tileSide
    self.bands = bands
    packed = PackedSamples(capacity: tileSide)
    x = .allocate(capacity: bandStride)
    y = .allocate(capacity: bandStride)
    z = .allocate(capacity: bandStride)
    sums = .allocate(capacity: bandStride * bands)
    weights = .allocate(capacity: bandStride * bands)
    means = .allocate(capacity: bandStride * bands)
    counts = .allocate(capacity: bandStride * bands)
    for column in [x, y, z] { column.initialize(repeating: 0, count: bandStride) }
    clear()
  }

  deinit {
    for column in [x, y, z, sums, weights, means, counts] { column.deallocate() }
  }

  /// Empties all accumulators.
  func clear() {
    for column in [sums, weights, means, counts] {
      column.initialize(repeating: 0, count: bandStride * bands)
    }
  }

  /// Closes a sub-sample: its weighted mean counts once, whatever its weight, so that the mean of
  /// a pixel is not drawn towards the side that more framelets see.
  func closeSubSample() {
    for index in 0..<bandStride * bands {
      let weight = weights[index]
      if weight > 0 {
        means[index] += sums[index] / weight
        counts[index] += 1
        sums[index] = 0
        weights[index] = 0
      }
    }
  }
}
