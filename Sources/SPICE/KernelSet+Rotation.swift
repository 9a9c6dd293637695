import SpaceMath

extension KernelSet {
  /// Rotation that maps components in frame `from` to components in frame `to` (SPICE's pxform).
  ///
  /// - Throws: `unknownFrame`, `noPointing`, `unsupportedFrame`, `unconnectedFrames`, `badEpoch`,
  ///   `missingVariable`, `damagedSegment`
  public func rotation(from: String, to: String, et: Double) throws(SPICEError) -> Matrix3 {
    try moving(from: from, to: to, et: et, needsRate: false).rotation
  }

  /// Angular velocity of a frame with respect to another, rad/s, components in the other.
  ///
  /// Attitude segments without angular velocity are passed over, as SPICE does.
  ///
  /// - Throws: as `rotation(from:to:et:)`
  public func angularVelocity(
    of frame: String, relativeTo base: String = "J2000", et: Double
  ) throws(SPICEError) -> Vector3 {
    try moving(from: base, to: frame, et: et, needsRate: true).rate
  }

  /// Rotation from one frame to another and its derivative by time (1/s): the two distinct blocks
  /// of SPICE's sxform. A state maps to (r p, d p + r v).
  ///
  /// - Throws: as `rotation(from:to:et:)`
  public func stateTransform(
    from: String, to: String, et: Double
  ) throws(SPICEError) -> (rotation: Matrix3, derivative: Matrix3) {
    let moving = try moving(from: from, to: to, et: et, needsRate: true)
    return (moving.rotation, moving.derivative)
  }

  /// Rotation from J2000 to a body's fixed frame, and the body's angular velocity in the axes of
  /// that frame, rad/s.
  ///
  /// - Throws: as `rotation(from:to:et:)`, for the frame of `bodyFixedFrame(body:)`
  public func bodyRotation(
    body: Int, et: Double
  ) throws(SPICEError) -> (rotation: Matrix3, rate: Vector3) {
    let frame = try bodyFixedFrame(body: body)
    let moving = try moving(from: "J2000", to: frame, et: et, needsRate: true)
    return (moving.rotation, moving.rotation * moving.rate)
  }

  private func moving(
    from: String, to: String, et: Double, needsRate: Bool
  ) throws(SPICEError) -> MovingRotation {
    let first = from == "J2000" ? 0 : try node(from)
    let last = to == "J2000" ? 0 : try node(to)
    do throws(ChainFault) {
      guard et.isFinite else { throw .badEpoch }
      return try store.chain(from: first, to: last, et: et, needsRate: needsRate)
    } catch {
      throw store.error(error, et: et, from: from, to: to)
    }
  }
}
