import SpaceMath

/// Ground whose brightness changes as Io's does: a random field whose correlation falls as
/// exp(−distance / 164 km), its logarithm with a scatter of 0.3.
///
/// Along 4000 great circles of the Galileo and Voyager colour mosaic (USGS, ClrMerge, green, linear), means
/// over 100 km across differ by 0.11, 0.19, 0.26, 0.31 and 0.36 of their average at 20, 50, 100, 200 and
/// 400 km: so does exp(−d/164 km) with a scatter of 0.26.
struct MottledGround: Sendable {
  private let waves: [(wave: Vector3, phase: Double)]
  private static let count = 48
  private static let length = 164.0
  private static let scatter = 0.3

  init(seed: Int) {
    var random = Noise(seed: seed * 6007 + 11)
    waves = (0..<Self.count).map { index in
      // The spectrum of an exponential in three dimensions is 1/(1 + k²l²)²; what lies below kl = x of it
      // is 2/π (atan x − x/(1 + x²)). One wave of each equal share.
      let share = (Double(index) + random.uniform()) / Double(Self.count)
      let wave = Self.inverse(share) / Self.length
      var direction = Vector3(random.gaussian(), random.gaussian(), random.gaussian())
      direction = direction.normalized
      return (direction * wave, 2 * .pi * random.uniform())
    }
  }

  private static func inverse(_ share: Double) -> Double {
    // Nothing finer than 50 km, which pixels would take for noise.
    var (low, high) = (0.0, 20.0)
    for _ in 0..<60 {
      let x = 0.5 * (low + high)
      let below = 2 / Double.pi * (Elementary.atan2(x, 1) - x / (1 + x * x))
      if below < share { low = x } else { high = x }
    }
    return 0.5 * (low + high)
  }

  /// Brightness at a body-fixed point (km), about 1.
  func brightness(_ point: Vector3) -> Double {
    var sum = 0.0
    for wave in waves { sum += Elementary.sin(wave.wave.dot(point) + wave.phase) }
    return Elementary.exp(Self.scatter * sum * (2 / Double(Self.count)).squareRoot())
  }
}
