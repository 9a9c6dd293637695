import JunoCam

/// What a pixel sees.
enum Sight {
  case ground
  case sky
  /// The limb is near, with all that stands on it.
  case limb
  /// No pose tells.
  case unknown
}

/// What the pixels of one framelet see, worked out in cells as they are asked for.
struct SightMap {
  private static let cell = 16
  private static let across = FrameletShape.columns / cell
  private static let down = FrameletShape.rows / cell
  /// The window of a search, and errors of pointing.
  private static let limbMargin = 5.0
  /// Mountains, hazes and plumes, in radii of the target.
  private static let reliefMargin = 0.003

  private let finder: LookFinder?
  private let frame: Int
  private let place: Int
  private let margin: Double
  private var cells: [Cell?]

  private struct Cell {
    /// Nil where pixels of the cell differ.
    var sight: Sight?
    var looks: [Look] = []
  }

  init(finder: LookFinder?, frame: Int, place: Int) {
    self.finder = finder
    self.frame = frame
    self.place = place
    margin =
      Self.limbMargin
      + Self.reliefMargin * (finder?.radiusInPixels(frame: frame, place: place) ?? 0)
    cells = Array(repeating: nil, count: Self.across * Self.down)
  }

  /// What a pixel sees, and in `looks` the framelets that saw the same ground: at most one of each
  /// filter, the one that has it farthest from its edge; the pixel's own filter last.
  mutating func sight(x: Int, y: Int, looks: inout [Look], filterCount: Int) -> Sight {
    looks.removeAll(keepingCapacity: true)
    guard let finder else { return .unknown }
    let index = y / Self.cell * Self.across + x / Self.cell
    let cell = cells[index] ?? work(finder, x / Self.cell * Self.cell, y / Self.cell * Self.cell)
    cells[index] = cell
    let sight = cell.sight ?? kind(finder, Double(x), Double(y), reach: 0) ?? .limb
    if case .sky = sight { return sight }
    for turn in 1...filterCount {
      if let best = best(cell.looks, (place + turn) % filterCount, x, y) { looks.append(best) }
    }
    return sight
  }

  private func best(_ looks: [Look], _ other: Int, _ x: Int, _ y: Int) -> Look? {
    let last = Float(FrameletShape.rows - 1)
    let active = FrameletShape.photoactiveColumns
    var best: Look?
    var bestDistance: Float = 1
    for look in looks where look.place == other {
      let pixel = look.position(x: Float(x), y: Float(y))
      let distance = min(pixel.y, last - pixel.y)
      guard distance > bestDistance, pixel.x > Float(active.lowerBound + 1),
        pixel.x < Float(active.upperBound - 2)
      else { continue }
      best = look
      bestDistance = distance
    }
    return best
  }

  private func work(_ finder: LookFinder, _ left: Int, _ top: Int) -> Cell {
    let half = Self.cell / 2
    // To the corners of the cell.
    let corner = 1.5 * Double(half)
    let sight = kind(finder, Double(left + half), Double(top + half), reach: corner)
    if case .sky = sight { return Cell(sight: sight) }
    return Cell(
      sight: sight,
      looks: finder.looks(
        frame: frame, place: place, x: left + half, y: top + half, step: Double(half - 1),
        reach: corner))
  }

  /// What everything within `reach` pixels of a place sees; nil if that differs.
  private func kind(_ finder: LookFinder, _ x: Double, _ y: Double, reach: Double) -> Sight? {
    let distance = finder.distanceFromLimb(frame: frame, place: place, x: x, y: y)
    if distance > margin + reach { return .sky }
    if distance < -margin - reach { return .ground }
    return abs(distance) < margin - reach ? .limb : nil
  }
}
