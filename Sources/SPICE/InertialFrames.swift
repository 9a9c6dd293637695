import SpaceMath

/// The inertial frames built into SPICE (FRAMES Required Reading, "Inertial frames").
enum InertialFrames {
  /// Codes 1...21 in order: name, base, and the rotations (arcseconds, axis) that lead from the
  /// base to the frame, the last one applied first.
  private static let definitions: [(name: String, base: Int, turns: [(Double, Axis)])] = [
    ("J2000", 1, []),
    (
      "B1950", 1,
      [(1152.84248596724, .z), (-1002.26108439117, .y), (1153.04066200330, .z)]
    ),
    ("FK4", 2, [(0.525, .z)]),
    ("DE-118", 2, [(0.53155, .z)]),
    ("DE-96", 2, [(0.4107, .z)]),
    ("DE-102", 2, [(0.1359, .z)]),
    ("DE-108", 2, [(0.4775, .z)]),
    ("DE-111", 2, [(0.5880, .z)]),
    ("DE-114", 2, [(0.5529, .z)]),
    ("DE-122", 2, [(0.5316, .z)]),
    ("DE-125", 2, [(0.5754, .z)]),
    ("DE-130", 2, [(0.5247, .z)]),
    ("GALACTIC", 3, [(1_177_200, .z), (225_360, .x), (1_016_100, .z)]),
    ("DE-200", 1, []),
    ("DE-202", 1, []),
    ("MARSIAU", 1, [(324_000, .z), (133_610.4, .y), (-152_348.4, .z)]),
    ("ECLIPJ2000", 1, [(84_381.448, .x)]),
    ("ECLIPB1950", 2, [(84_404.836, .x)]),
    (
      "DE-140", 1,
      [(1152.71013777252, .z), (-1002.25042010533, .y), (1153.75719544491, .z)]
    ),
    (
      "DE-142", 1,
      [(1152.72061453864, .z), (-1002.25052830351, .y), (1153.74663857521, .z)]
    ),
    (
      "DE-143", 1,
      [(1153.03919093833, .z), (-1002.24822382286, .y), (1153.42900222357, .z)]
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
        rotation = Matrix3.frameRotation(about: axis, by: angle) * rotation
      }
      result.append(rotation)
    }
    return result
  }()
}
