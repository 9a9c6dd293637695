import SpaceMath

/// Makes an SPK file from states or polynomials; CSPICE reads the result.
///
/// ```swift
/// var writer = try SPKWriter(internalName: "JUNO PJ57", comments: ["Made for a simulation."])
/// try writer.addStates(target: -61, center: 5, name: "JUNO", samples: samples)
/// try writer.write(to: "juno.bsp")
/// ```
public struct SPKWriter {
  /// State at an epoch: km and km/s, relative to the centre, in the segment's frame.
  public struct Sample: Hashable, Sendable {
    /// TDB seconds past J2000.
    public var et: Double
    /// km
    public var position: Vector3
    /// km/s
    public var velocity: Vector3

    /// A state at an epoch.
    @inlinable
    public init(et: Double, position: Vector3, velocity: Vector3) {
      self.et = et
      self.position = position
      self.velocity = velocity
    }
  }

  /// How states between the samples are found.
  public enum Interpolation: Hashable, Sendable {
    /// Hermite polynomials through positions and velocities of the given odd degree, 1...27; the
    /// velocity is the derivative of the position (type 13).
    case hermite(degree: Int)
    /// Lagrange polynomials of the given degree, 1...27, for positions and velocities separately
    /// (type 9).
    case lagrange(degree: Int)
  }

  private var file: DAFWriter

  /// - Parameters:
  ///   - internalName: up to 60 characters of ASCII
  ///   - comments: lines of the comment area, ASCII
  /// - Throws: `badInput`
  public init(internalName: String, comments: [String] = []) throws(SPICEError) {
    file = try DAFWriter(kind: .spk, internalName: internalName, comments: comments)
  }

  /// Adds a segment of discrete states (SPICE's spkw13 and spkw09).
  ///
  /// - Parameters:
  ///   - target: NAIF code of the body
  ///   - center: NAIF code of the body that the states are relative to
  ///   - frame: NAIF code of the frame; 1 is J2000
  ///   - name: segment name, up to 40 characters of ASCII
  ///   - samples: epochs strictly ascending, at least as many as the polynomials need
  ///   - interpolation: type and degree
  ///   - bounds: part of the samples' span that the segment answers for; the whole if nil
  /// - Throws: `badInput`
  public mutating func addStates(
    target: Int, center: Int, frame: Int = 1, name: String, samples: [Sample],
    interpolation: Interpolation = .hermite(degree: 7), bounds: ClosedRange<Double>? = nil
  ) throws(SPICEError) {
    let window: Int
    let type: Int
    switch interpolation {
    case .hermite(let degree):
      guard (1...27).contains(degree), degree % 2 == 1 else {
        throw .badInput("segment \(name): the Hermite degree \(degree) is not odd and 1 to 27")
      }
      (type, window) = (13, (degree + 1) / 2)
    case .lagrange(let degree):
      guard (1...27).contains(degree) else {
        throw .badInput("segment \(name): the Lagrange degree \(degree) is not 1 to 27")
      }
      (type, window) = (9, degree + 1)
    }
    guard samples.count >= max(2, window), let first = samples.first, let last = samples.last
    else {
      throw .badInput(
        "segment \(name): \(samples.count) states, but at least \(max(2, window)) needed")
    }
    try checkAscending(samples.map(\.et), name: name, what: "epochs")
    let bounds = bounds ?? first.et...last.et
    guard bounds.lowerBound >= first.et, bounds.upperBound <= last.et else {
      throw .badInput("segment \(name): the bounds reach beyond the states")
    }
    var words: [Double] = []
    words.reserveCapacity(samples.count * 8)
    for sample in samples {
      words += [sample.position.x, sample.position.y, sample.position.z]
      words += [sample.velocity.x, sample.velocity.y, sample.velocity.z]
    }
    words += samples.map(\.et)
    words += everyHundredth(samples.map(\.et))
    words += [Double(window - 1), Double(samples.count)]
    try add(target, center, frame, type, name: name, bounds: bounds, words: words)
  }

  /// Adds a segment of Chebyshev polynomials over equal intervals: positions alone (type 2, SPICE's
  /// spkw02) or positions and velocities (type 3).
  ///
  /// - Parameters:
  ///   - target: NAIF code of the body
  ///   - center: NAIF code of the body that the states are relative to
  ///   - frame: NAIF code of the frame; 1 is J2000
  ///   - name: segment name, up to 40 characters of ASCII
  ///   - start: ET at which the first interval begins
  ///   - interval: length of every interval, s
  ///   - positions: [interval][term], km; the argument runs from -1 to 1 over the interval
  ///   - velocities: the same for the velocity, km/s; nil for its being the derivative
  /// - Throws: `badInput`
  public mutating func addChebyshev(
    target: Int, center: Int, frame: Int = 1, name: String, start: Double, interval: Double,
    positions: [[Vector3]], velocities: [[Vector3]]? = nil
  ) throws(SPICEError) {
    let terms = positions.first?.count ?? 0
    let limit = velocities == nil ? 28 : 25
    guard (1...limit).contains(terms), positions.allSatisfy({ $0.count == terms }),
      velocities?.count ?? positions.count == positions.count,
      velocities?.allSatisfy({ $0.count == terms }) ?? true
    else {
      throw .badInput(
        "segment \(name): every interval needs the same number of coefficients, 1 to \(limit)")
    }
    guard interval > 0, interval.isFinite, start.isFinite else {
      throw .badInput("segment \(name): intervals of \(interval) s from \(start)")
    }
    var words: [Double] = []
    for (index, position) in positions.enumerated() {
      let radius = interval / 2
      words += [start + interval * Double(index) + radius, radius]
      for series in [position] + (velocities.map { [$0[index]] } ?? []) {
        words += series.map(\.x)
        words += series.map(\.y)
        words += series.map(\.z)
      }
    }
    let recordWords = words.count / positions.count
    words += [start, interval, Double(recordWords), Double(positions.count)]
    try add(
      target, center, frame, velocities == nil ? 2 : 3, name: name,
      bounds: start...(start + interval * Double(positions.count)), words: words)
  }

  private mutating func add(
    _ target: Int, _ center: Int, _ frame: Int, _ type: Int, name: String,
    bounds: ClosedRange<Double>, words: [Double]
  ) throws(SPICEError) {
    guard target != center else {
      throw .badInput("segment \(name): body \(target) cannot be its own centre")
    }
    try file.add(
      name: name, start: bounds.lowerBound, stop: bounds.upperBound,
      codes: [target, center, frame, type], words: words)
  }

  /// The file's bytes: the same for the same input.
  ///
  /// - Throws: `badInput` if no segment was added.
  public func bytes() throws(SPICEError) -> [UInt8] { try file.bytes() }

  /// Writes the file under a temporary name and renames it.
  ///
  /// - Throws: `badInput`, `cannotWrite`
  public func write(to path: String) throws(SPICEError) {
    try AtomicFile.write(try bytes(), to: path)
  }
}

/// Checks that finite values strictly ascend.
func checkAscending(_ values: [Double], name: String, what: String) throws(SPICEError) {
  for (index, value) in values.enumerated() {
    guard value.isFinite, index == 0 || values[index - 1] < value else {
      throw .badInput("segment \(name): the \(what) do not ascend at number \(index), \(value)")
    }
  }
}

/// The directory of a table: its entries 100, 200, ... but not the last one.
func everyHundredth(_ values: [Double]) -> [Double] {
  stride(from: 99, to: values.count - 1, by: 100).map { values[$0] }
}
