import SpaceMath

/// Makes a CK file of attitudes that are interpolated at constant rate between instances (type 3);
/// CSPICE reads the result.
public struct CKWriter {
  /// Orientation at a clock reading.
  public struct Instance: Hashable, Sendable {
    /// Encoded ticks of the frame's clock (`SpacecraftClock.ticks(et:)`).
    public var ticks: Double
    /// Rotation whose matrix maps components from the reference frame to the instrument's.
    public var quaternion: Quaternion
    /// Angular velocity of the instrument frame, in reference axes, rad/s.
    public var angularVelocity: Vector3

    /// An orientation at a clock reading.
    @inlinable
    public init(ticks: Double, quaternion: Quaternion, angularVelocity: Vector3) {
      self.ticks = ticks
      self.quaternion = quaternion
      self.angularVelocity = angularVelocity
    }

    /// An orientation given as the matrix that maps from the reference frame to the instrument's.
    @inlinable
    public init(ticks: Double, rotation: Matrix3, angularVelocity: Vector3) {
      self.init(
        ticks: ticks, quaternion: Quaternion(rotation), angularVelocity: angularVelocity)
    }
  }

  private var file: DAFWriter

  /// - Parameters:
  ///   - internalName: up to 60 characters of ASCII
  ///   - comments: lines of the comment area, ASCII
  /// - Throws: `badInput`
  public init(internalName: String, comments: [String] = []) throws(SPICEError) {
    file = try DAFWriter(kind: .ck, internalName: internalName, comments: comments)
  }

  /// Adds a segment of type 3 (SPICE's ckw03).
  ///
  /// - Parameters:
  ///   - instrument: class ID of the frame, such as -61000
  ///   - reference: code of the frame that the attitudes refer to; 1 is J2000
  ///   - name: segment name, up to 40 characters of ASCII
  ///   - stretches: runs of instances between which to interpolate; no pointing is given between
  ///     one run and the next. Ticks ascend strictly through all of them.
  ///   - includesAngularVelocity: whether the angular velocities are written
  /// - Throws: `badInput`
  public mutating func addInstances(
    instrument: Int, reference: Int = 1, name: String, stretches: [[Instance]],
    includesAngularVelocity: Bool = true
  ) throws(SPICEError) {
    let instances = stretches.flatMap { $0 }
    guard let first = instances.first, let last = instances.last,
      stretches.allSatisfy({ !$0.isEmpty })
    else { throw .badInput("segment \(name): a stretch has no instances") }
    let ticks = instances.map(\.ticks)
    try checkAscending(ticks, name: name, what: "ticks")
    guard first.ticks >= 0 else {
      throw .badInput("segment \(name): the first tick, \(first.ticks), is negative")
    }
    var words: [Double] = []
    words.reserveCapacity(instances.count * 8 + 16)
    for instance in instances {
      let quaternion = instance.quaternion
      guard quaternion.norm > 0, quaternion.norm.isFinite else {
        throw .badInput("segment \(name): no rotation at tick \(instance.ticks)")
      }
      let unit = quaternion.normalized
      words += [unit.w, unit.v.x, unit.v.y, unit.v.z]
      if includesAngularVelocity {
        let rate = instance.angularVelocity
        words += [rate.x, rate.y, rate.z]
      }
    }
    let starts = stretches.map { $0[0].ticks }
    words += ticks + everyHundredth(ticks) + starts + everyHundredth(starts)
    words += [Double(starts.count), Double(ticks.count)]
    try file.add(
      name: name, start: first.ticks, stop: last.ticks,
      codes: [instrument, reference, 3, includesAngularVelocity ? 1 : 0], words: words)
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
