import JunoCam
import Raster

/// Adds the charge of particle hits to a decoded image: single pixels, pairs and tracks.
struct HitInjector {
  /// One struck sample.
  struct Hit: Hashable {
    var frame: Int
    var place: Int
    var pixel: Int
    /// Added charge in standard deviations of the noise model.
    var strength: Double
  }

  /// Hits per framelet.
  var perFramelet = 120
  /// Strengths, uniformly drawn.
  var strengths = 4.0...30.0
  var seed: UInt64 = 1

  /// The struck image and what was struck.
  func strike(_ frames: FrameSet<Companded>) -> (frames: FrameSet<Companded>, hits: [Hit]) {
    var numbers = SeededNumbers(seed: seed)
    let decompanding = Decompanding(mode: .squareRoot, binPosition: .centre)
    let values = decompanding.values.map { Double($0) }
    let codes = decompanding.codes
    let noise = NoiseModel()
    var hits: [Hit] = []
    let struck: FrameSet<Companded> = frames.map { original in
      var framelet = original
      let place = frames.filters.firstIndex(of: framelet.filter) ?? 0
      var taken = Set<Int>()
      for _ in 0..<perFramelet {
        let strength = Double.random(in: strengths, using: &numbers)
        for pixel in track(&numbers) where taken.insert(pixel).inserted {
          let level = values[Int(framelet.samples.samples[pixel])]
          let dn = level + strength * noise.sigma(dn12: level)
          guard dn < 2800 else { continue }
          framelet.samples.samples[pixel] = codes[Int(dn.rounded())]
          hits.append(
            Hit(frame: framelet.frame, place: place, pixel: pixel, strength: strength))
        }
      }
      return framelet
    }
    return (struck, hits)
  }

  /// One pixel (most often), two, or a straight track of up to eight.
  private func track(_ numbers: inout SeededNumbers) -> [Int] {
    let active = FrameletShape.photoactiveColumns
    let x = Int.random(in: active, using: &numbers)
    let y = Int.random(in: 0..<FrameletShape.rows, using: &numbers)
    let kind = Int.random(in: 0..<10, using: &numbers)
    let length = kind < 6 ? 1 : kind < 8 ? 2 : Int.random(in: 3...8, using: &numbers)
    let slopes = [(1.0, 0.0), (0.0, 1.0), (1.0, 0.4), (0.5, 1.0), (1.0, -1.0)]
    let (dx, dy) = slopes[Int.random(in: 0..<slopes.count, using: &numbers)]
    return (0..<length).compactMap { step in
      let column = x + Int((Double(step) * dx).rounded())
      let row = y + Int((Double(step) * dy).rounded())
      guard active.contains(column), (0..<FrameletShape.rows).contains(row) else { return nil }
      return row * FrameletShape.columns + column
    }
  }
}
