import SpaceMath

extension KernelSet {
  private var pending: SPICEError { .badInput("this part of the kernel library is being written") }

  /// NAIF code of a body name (SPICE's bods2c), case and extra blanks ignored; a number is its own code.
  public func bodyID(_ name: String) throws(SPICEError) -> Int { throw pending }
  /// Name of a body, nil if unknown (SPICE's bodc2n).
  public func bodyName(_ id: Int) -> String? { nil }
  /// Code of a reference frame (SPICE's namfrm).
  public func frameID(_ name: String) throws(SPICEError) -> Int { throw pending }
  /// Name of a reference frame, nil if unknown (SPICE's frmnam).
  public func frameName(_ id: Int) -> String? { nil }
  /// Name of the body-fixed frame of a body, such as IAU_IO for 501 (SPICE's cidfrm).
  public func bodyFixedFrame(body: Int) throws(SPICEError) -> String { throw pending }
  /// Radii of the body's ellipsoid, km: a towards longitude 0, b towards 90, c polar.
  public func radii(body: Int) throws(SPICEError) -> Vector3 { throw pending }
  /// The clock of a spacecraft, such as -61.
  public func clock(_ spacecraft: Int) throws(SPICEError) -> SpacecraftClock { throw pending }
  /// State of a target relative to an observer, as SPICE's spkezr.
  public func state(
    target: Int, observer: Int, frame: String = "J2000", et: Double,
    correction: AberrationCorrection = .none
  ) throws(SPICEError) -> State { throw pending }
  /// Rotation that maps components in frame `from` to components in frame `to` (SPICE's pxform).
  public func rotation(from: String, to: String, et: Double) throws(SPICEError) -> Matrix3 {
    throw pending
  }
  /// Angular velocity of frame `frame` with respect to frame `base`, rad/s, components in `base`.
  public func angularVelocity(
    of frame: String, relativeTo base: String = "J2000", et: Double
  ) throws(SPICEError) -> Vector3 { throw pending }
  /// Rotation J2000 to body-fixed, and the body's angular velocity in body axes, rad/s.
  public func bodyRotation(body: Int, et: Double) throws(SPICEError) -> (
    rotation: Matrix3, rate: Vector3
  ) { throw pending }
  /// Intervals of ET in which the loaded SPKs hold the body, merged over files, ascending.
  public func spkCoverage(body: Int) -> [ClosedRange<Double>] { [] }
  /// Intervals of ET in which the loaded CKs hold the frame (class ID such as -61000).
  public func ckCoverage(frameClassID: Int) throws(SPICEError) -> [ClosedRange<Double>] {
    throw pending
  }
}
