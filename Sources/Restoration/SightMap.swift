import JunoCam

/// What the pixels of one framelet see, worked out in cells as they are asked for.
struct SightMap {
  private static let cell = 16
  private static let across = FrameletShape.columns / cell
  private static let down = FrameletShape.rows / cell

  private let finder: LookFinder?
  private let frame: Int
  private let place: Int
  private var cells: [Cell?]

  private enum Cell {
    /// The whole cell sees ground that the same framelets saw.
    case whole(Sight)
    /// The limb runs through it, or the edge of another strip: each pixel for itself.
    case mixed
  }

  init(finder: LookFinder?, frame: Int, place: Int) {
    self.finder = finder
    self.frame = frame
    self.place = place
    cells = Array(repeating: nil, count: Self.across * Self.down)
  }

  mutating func sight(x: Int, y: Int) -> Sight {
    guard let finder else { return .unknown }
    let index = y / Self.cell * Self.across + x / Self.cell
    let cell = cells[index] ?? work(finder, x / Self.cell * Self.cell, y / Self.cell * Self.cell)
    cells[index] = cell
    switch cell {
    case .whole(let sight): return sight
    case .mixed: return finder.sight(frame: frame, place: place, x: x, y: y, step: 2)
    }
  }

  private func work(_ finder: LookFinder, _ left: Int, _ top: Int) -> Cell {
    let half = Self.cell / 2
    let last = Self.cell - 1
    let corners = [(0, 0), (last, 0), (0, last), (last, last)].map {
      finder.sight(frame: frame, place: place, x: left + $0.0, y: top + $0.1, step: 2)
    }
    let middle = finder.sight(
      frame: frame, place: place, x: left + half, y: top + half, step: Double(half - 1))
    let pattern = Self.signature(middle)
    return corners.allSatisfy { Self.signature($0) == pattern } ? .whole(middle) : .mixed
  }

  /// Who saw it.
  private static func signature(_ sight: Sight) -> [Int]? {
    guard case .ground(let looks) = sight else { return nil }
    return looks.map { $0.frame * 8 + $0.place }
  }
}
