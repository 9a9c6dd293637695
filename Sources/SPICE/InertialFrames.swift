import SpaceMath

/// The inertial frames built into SPICE (FRAMES Required Reading, "Inertial frames").
enum InertialFrames {
  /// Codes 1...21 in order: name, base, and the rotations (arcseconds, axis) that lead from the
  /// base to the frame, the last one applied first.
  private static let definitions: [(name: String, base: Int, turns: [(Double, Int)])] = [
    ("J2000", 1, []),
    (
      "B1950", 1,
      [(1152.84248596724, 3), (-1002.26108439117, 2), (1153.04066200330, 3)]
    ),
    ("FK4", 2, [(0.525, 3)]),
    ("DE-118", 2, [(0.53155, 3)]),
    ("DE-96", 2, [(0.4107, 3)]),
    ("DE-102", 2, [(0.1359, 3)]),
    ("DE-108", 2, [(0.4775, 3)]),
    ("DE-111", 2, [(0.5880, 3)]),
    ("DE-114", 2, [(0.5529, 3)]),
    ("DE-122", 2, [(0.5316, 3)]),
    ("DE-125", 2, [(0.5754, 3)]),
    ("DE-130", 2, [(0.5247, 3)]),
    ("GALACTIC", 3, [(1_177_200, 3), (225_360, 1), (1_016_100, 3)]),
    ("DE-200", 1, []),
    ("DE-202", 1, []),
    ("MARSIAU", 1, [(324_000, 3), (133_610.4, 2), (-152_348.4, 3)]),
    ("ECLIPJ2000", 1, [(84_381.448, 1)]),
    ("ECLIPB1950", 2, [(84_404.836, 1)]),
    (
      "DE-140", 1,
      [(1152.71013777252, 3), (-1002.25042010533, 2), (1153.75719544491, 3)]
    ),
    (
      "DE-142", 1,
      [(1152.72061453864, 3), (-1002.25052830351, 2), (1153.74663857521, 3)]
    ),
    (
      "DE-143", 1,
      [(1153.03919093833, 3), (-1002.24822382286, 2), (1153.42900222357, 3)]
    ),
  ]

  /// Names of codes 1, 2, ...
  static let names = definitions.map(\.name)

  /// Rotations from J2000, of codes 1, 2, ...
  static let rotations: [Matrix3] = {
    var result: [Matrix3] = []
    for (index, definition) in definitions.enumerated() {
      var rotation = definition.base <= index ? result[definition.base - 1] : .identity
      for (arcseconds, axis) in definition.turns.reversed() {
        let angle = arcseconds / 3600 * Double.pi / 180
        rotation = Matrix3.frameRotation(angle, axis: axis) * rotation
      }
      result.append(rotation)
    }
    return result
  }()
}
