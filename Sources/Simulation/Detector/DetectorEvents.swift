import JunoCam
import SpaceMath

/// A pixel that adds charge of its own in every frame.
public struct HotPixel: Hashable, Codable, Sendable {
  public var row: Int
  public var column: Int
  /// DN12 in one TDI stage.
  public var level: Double
}

/// The track of one energetic particle in one framelet.
public struct RadiationHit: Hashable, Codable, Sendable {
  public var frame: Int
  public var filter: Filter
  /// Where it enters, in framelet coordinates (pixel centre = index + 0.5).
  public var x: Double
  public var y: Double
  /// Length of the track in columns and rows, px; zero for a point.
  public var dx: Double
  public var dy: Double
  /// DN12 per pixel of track.
  public var level: Double
  /// DN12 by which its strongest sample differs, as sent, from that of the same framelet without any
  /// hit: full wells, companding and on-board compression may leave little of it. nil if not known.
  public var sent: Double?
  /// DN12: noise of its strongest sample, or the scatter of the 24 samples around as they would be sent
  /// without any hit, hot ones left out, whichever is larger. nil if not known.
  public var sigma: Double?

  /// `sent` in units of `sigma`; nil if not known.
  public var strength: Double? {
    guard let sent, let sigma, sigma > 0 else { return nil }
    return sent / sigma
  }
}

/// Draws what radiation does to the detector; every list depends on its own seed only.
enum DetectorEvents {
  /// Hot pixels of a strip, the same in all images of a scene.
  static func hotPixels(
    _ camera: CameraDescription, filter: Filter, seed: UInt64
  ) -> [HotPixel] {
    var random = SeededRandom(seed: seed, stream: 0x686F_7400 + UInt64(filter.bandIndex))
    return (0..<camera.hotPixels).map { _ in
      let row = Int(random.uniform(0, Double(FrameletShape.rows)))
      let column = Int(random.uniform(23, 1631))
      let spread = Elementary.exp(1.1 * random.gaussian())
      return HotPixel(row: row, column: column, level: camera.hotPixelLevel * spread)
    }
  }

  /// Hits of one framelet; two thirds are points, the rest streaks.
  static func hits(
    _ camera: CameraDescription, frame: Int, filter: Filter, random: inout SeededRandom
  ) -> [RadiationHit] {
    guard camera.hitsPerFramelet > 0 else { return [] }
    return (0..<random.poisson(camera.hitsPerFramelet)).map { _ in
      let x = random.uniform(0, Double(FrameletShape.columns))
      let y = random.uniform(0, Double(FrameletShape.rows))
      let level = camera.hitLevel * Elementary.exp(0.9 * random.gaussian())
      let length = random.unit() < 0.65 ? 0 : 2 - 7 * Elementary.log(1 - random.unit())
      let turn = Elementary.sinCos(random.uniform(0, 2 * .pi))
      return RadiationHit(
        frame: frame, filter: filter, x: x, y: y, dx: length * turn.cos, dy: length * turn.sin,
        level: level)
    }
  }
}

extension RadiationHit {
  /// The pixel of a framelet that gets most of the charge; nil for a track outside of it.
  func strongest(width: Int, height: Int) -> Int? {
    deposits(width: width, height: height).max { $0.charge < $1.charge }?.index
  }

  /// Charge, DN12, that the track leaves in each pixel of a framelet, as indices line by line.
  func deposits(width: Int, height: Int) -> [(index: Int, charge: Double)] {
    let length = (dx * dx + dy * dy).squareRoot()
    let steps = max(1, Int(length * 2) + 1)
    let share = level * max(length, 1) / Double(steps)
    var deposits: [(index: Int, charge: Double)] = []
    for step in 0..<steps {
      let t = steps == 1 ? 0 : Double(step) / Double(steps - 1)
      let column = Int(x + dx * t)
      let row = Int(y + dy * t)
      guard x + dx * t >= 0, y + dy * t >= 0, column < width, row < height else { continue }
      let index = row * width + column
      // A track never comes back to a pixel that it has left.
      if let last = deposits.last, last.index == index {
        deposits[deposits.count - 1].charge += share
      } else {
        deposits.append((index, share))
      }
    }
    return deposits
  }
}
