/// Makes small ICC version 4 display profiles (ICC.1:2010): matrix and curve for RGB, a curve for
/// grey. All numbers come from the definitions of the colour spaces; nothing is copied from a file.
enum ICCProfile {
  /// The profile's bytes, nil for `unspecified`.
  static func bytes(_ space: ColourSpace, isGrey: Bool) -> [UInt8]? {
    guard let points = space.chromaticities else { return nil }
    let name: String
    switch space {
    case .sRGB: name = isGrey ? "Grey with the sRGB curve" : "sRGB"
    case .displayP3: name = isGrey ? "Grey with the sRGB curve" : "Display P3"
    default: name = isGrey ? "Linear grey" : "Linear sRGB"
    }
    let curve = space == .linear ? linearCurve : sRGBCurve
    let adaptation = Self.adaptation(from: xyz(points[0]))
    var tags: [(String, [UInt8])] = [
      ("desc", text(name)),
      ("cprt", text("No copyright, use freely")),
      ("wtpt", triple(d50)),
      ("chad", tag("sf32") + adaptation.flatMap { $0.flatMap(fixed) }),
    ]
    if isGrey {
      tags.append(("kTRC", curve))
    } else {
      let columns = primaries(points).map { multiply(adaptation, $0) }
      tags += zip(["rXYZ", "gXYZ", "bXYZ"], columns).map { ($0, triple($1)) }
      tags += ["rTRC", "gTRC", "bTRC"].map { ($0, curve) }
    }
    return assemble(tags, isGrey: isGrey)
  }

  private static let d50 = [0.9642, 1.0, 0.8249]

  private static func assemble(_ tags: [(String, [UInt8])], isGrey: Bool) -> [UInt8] {
    var table = word(UInt32(tags.count))
    var body: [UInt8] = []
    var places: [[UInt8]: Int] = [:]
    let bodyStart = 128 + 4 + 12 * tags.count
    for (name, content) in tags {
      // Equal contents (the three curves) are stored once.
      let place = places[content] ?? bodyStart + body.count
      if places[content] == nil {
        places[content] = place
        body += content + zeros((4 - content.count % 4) % 4)
      }
      table += Array(name.utf8) + word(UInt32(place)) + word(UInt32(content.count))
    }
    var header = word(UInt32(bodyStart + body.count)) + zeros(4) + word(0x0430_0000)
    header += Array("mntr\(isGrey ? "GRAY" : "RGB ")XYZ ".utf8)
    // A fixed date: files must not differ from run to run.
    header += [0x07, 0xE8, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0] + Array("acsp".utf8) + zeros(28)
    header += d50.flatMap(fixed) + zeros(48)
    return header + table + body
  }

  /// Parametric curve of type 3 with the constants of IEC 61966-2-1.
  private static let sRGBCurve: [UInt8] = curve(
    type: 3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045])

  private static let linearCurve: [UInt8] = curve(type: 0, [1])

  private static func curve(type: UInt8, _ parameters: [Double]) -> [UInt8] {
    tag("para") + [0, type, 0, 0] + parameters.flatMap(fixed)
  }

  private static func text(_ string: String) -> [UInt8] {
    let units = string.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    let record = Array("enUS".utf8) + word(UInt32(units.count)) + word(28)
    return tag("mluc") + word(1) + word(12) + record + units
  }

  private static func triple(_ values: [Double]) -> [UInt8] {
    tag("XYZ ") + values.flatMap(fixed)
  }

  /// A type signature and the four reserved bytes behind it.
  private static func tag(_ signature: String) -> [UInt8] { Array(signature.utf8) + zeros(4) }

  /// Signed 15.16 fixed point, big-endian.
  private static func fixed(_ value: Double) -> [UInt8] {
    word(UInt32(bitPattern: Int32((value * 65536).rounded())))
  }

  private static func word(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  /// Tristimulus values of a chromaticity at Y = 1.
  private static func xyz(_ point: (x: Double, y: Double)) -> [Double] {
    [point.x / point.y, 1, (1 - point.x - point.y) / point.y]
  }

  /// Tristimulus values of the primaries, scaled so that they add up to white.
  private static func primaries(_ points: [(x: Double, y: Double)]) -> [[Double]] {
    let columns = points[1...].map(xyz)
    let matrix = (0..<3).map { row in columns.map { $0[row] } }
    let scales = multiply(inverse(matrix), xyz(points[0]))
    return zip(columns, scales).map { column, scale in column.map { $0 * scale } }
  }

  /// Bradford adaptation from a white to D50 (ICC.1:2010, annex E).
  private static func adaptation(from white: [Double]) -> [[Double]] {
    let cones = [
      [0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296],
    ]
    let from = multiply(cones, white)
    let to = multiply(cones, d50)
    let scaled = (0..<3).map { row in cones[row].map { $0 * to[row] / from[row] } }
    let back = inverse(cones)
    return (0..<3).map { row in
      (0..<3).map { column in (0..<3).reduce(0) { $0 + back[row][$1] * scaled[$1][column] } }
    }
  }

  private static func multiply(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { row in row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2] }
  }

  private static func inverse(_ m: [[Double]]) -> [[Double]] {
    func minor(_ row: Int, _ column: Int) -> Double {
      let (a, b) = ((row + 1) % 3, (row + 2) % 3)
      let (c, d) = ((column + 1) % 3, (column + 2) % 3)
      return m[a][c] * m[b][d] - m[a][d] * m[b][c]
    }
    let determinant = (0..<3).reduce(0) { $0 + m[0][$1] * minor(0, $1) }
    return (0..<3).map { row in (0..<3).map { minor($0, row) / determinant } }
  }
}
