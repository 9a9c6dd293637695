import SpaceMath

/// A body's pole and prime meridian as a text PCK gives them (PCK Required Reading).
///
/// The order of the arithmetic is that of SPICE's tisbod: a prime meridian of some 1e6 degrees
/// loses eleven digits in rounding, and only the same rounding gives the same rotation to 1e-12.
struct RotationModel: @unchecked Sendable, BitwiseCopyable {
  /// Rotation from an inertial frame to the body-fixed frame, and how fast it changes.
  struct Attitude {
    var rotation: Matrix3
    /// Angular velocity of the body-fixed frame, in body axes, rad/s.
    var bodyRate: Vector3
  }

  private static let day = 86400.0
  private static let century = 86400.0 * 36525
  private static let radiansPerDegree = Double.pi / 180

  /// Code of the inertial frame that the constants refer to.
  let referenceFrame: Int
  /// ET of the constants' epoch.
  private let epoch: Double
  private let rightAscension: Vector3
  private let declination: Vector3
  private let meridian: Vector3
  /// Coefficients of the angles theta, `angleTerms` per angle.
  private let angles: UnsafeBufferPointer<Double>
  private let angleTerms: Int
  private let angleCount: Int
  /// Amplitudes for right ascension, declination and meridian, of every angle.
  private let amplitudes: UnsafeBufferPointer<Vector3>

  /// Whether the pool says how the body turns.
  static func exists(body: Int, pool: KernelPool) -> Bool { pool.contains("BODY\(body)_PM") }

  /// - Throws: `missingVariable` or `badVariable`
  init(body: Int, pool: KernelPool, arena: Arena) throws(SPICEError) {
    let purpose = "the rotation of body \(body) (load a planetary constants kernel, PCK)"
    func polynomial(_ item: String) throws(SPICEError) -> Vector3 {
      let values = try pool.required("BODY\(body)_\(item)", for: purpose)
      guard values.count <= 3 else {
        throw pool.problem("BODY\(body)_\(item)", "has more than 3 coefficients")
      }
      return Vector3(
        values[0], values.count > 1 ? values[1] : 0, values.count > 2 ? values[2] : 0)
    }
    rightAscension = try polynomial("POLE_RA")
    declination = try polynomial("POLE_DEC")
    meridian = try polynomial("PM")

    // Planets and satellites share the constants of their barycentre.
    let owner = Self.systemCode(of: body)
    let julianDate = pool.double("BODY\(owner)_CONSTANTS_JED_EPOCH") ?? 2_451_545
    epoch = Self.day * (julianDate - 2_451_545)
    referenceFrame = pool.integer("BODY\(owner)_CONSTANTS_REF_FRAME") ?? 1
    guard InertialFrames.rotations.indices.contains(referenceFrame - 1) else {
      throw pool.problem("BODY\(owner)_CONSTANTS_REF_FRAME", "names no inertial frame")
    }

    let degree = pool.integer("BODY\(owner)_MAX_PHASE_DEGREE") ?? 1
    guard (1...3).contains(degree) else {
      throw pool.problem("BODY\(owner)_MAX_PHASE_DEGREE", "is not 1 to 3")
    }
    angleTerms = degree + 1
    let right = pool.doubles("BODY\(body)_NUT_PREC_RA") ?? []
    let up = pool.doubles("BODY\(body)_NUT_PREC_DEC") ?? []
    let around = pool.doubles("BODY\(body)_NUT_PREC_PM") ?? []
    let angleValues = pool.doubles("BODY\(owner)_NUT_PREC_ANGLES") ?? []
    let used = max(right.count, up.count, around.count)
    guard angleValues.count / angleTerms >= used else {
      throw pool.problem(
        "BODY\(owner)_NUT_PREC_ANGLES",
        "gives \(angleValues.count / angleTerms) angles, but body \(body) has \(used) amplitudes")
    }
    // Angles without an amplitude change nothing.
    let amplitudes = (0..<used).map { index in
      Vector3(
        index < right.count ? right[index] : 0, index < up.count ? up[index] : 0,
        index < around.count ? around[index] : 0)
    }
    angleCount = used
    angles = arena.copy(Array(angleValues.prefix(used * angleTerms)))
    self.amplitudes = arena.copy(amplitudes)
  }

  /// The code under which a system's common constants stand: the barycentre for planets and
  /// satellites, the body itself otherwise (SPICE's zzbodbry).
  static func systemCode(of body: Int) -> Int {
    switch body {
    case 100...999: body / 100
    case 10_000...99_999: body / 10_000
    default: body
    }
  }

  /// Rotation from the reference frame to the body-fixed frame at an ET.
  func attitude(et: Double) -> Attitude {
    let seconds = et - epoch
    let t = seconds / Self.century
    let d = seconds / Self.day
    var angle = Vector3(
      rightAscension.x + t * (rightAscension.y + t * rightAscension.z),
      declination.x + t * (declination.y + t * declination.z),
      meridian.x + d * (meridian.y + d * meridian.z))
    var rate = Vector3(
      (rightAscension.y + t * 2 * rightAscension.z) / Self.century,
      (declination.y + t * 2 * declination.z) / Self.century,
      (meridian.y + d * 2 * meridian.z) / Self.day)
    var change = Vector3.zero
    var changeRate = Vector3.zero
    for index in 0..<angleCount {
      let amplitude = amplitudes[index]
      if amplitude == .zero { continue }
      let (theta, thetaRate) = phase(index, t: t)
      let (s, c) = Elementary.sinCos(theta)
      change += amplitude * Vector3(s, c, s)
      changeRate += amplitude * Vector3(c, -s, c) * thetaRate
    }
    angle += change
    rate += changeRate
    angle *= Self.radiansPerDegree
    rate *= Self.radiansPerDegree
    // CSPICE's remainder is this difference, whose rounding an exact remainder would not share.
    let turns = (angle.z / (2 * Double.pi)).rounded(.towardZero)
    let w = angle.z - 2 * Double.pi * turns
    return Self.assemble(
      w: w, delta: Double.pi / 2 - angle.y, phi: angle.x + Double.pi / 2,
      rates: Vector3(rate.z, -rate.y, rate.x))
  }

  /// Angle theta of a nutation or libration term (rad) and its rate (rad/s). Powers are summed from
  /// the lowest on, as SPICE does; nested multiplication rounds otherwise.
  @inline(__always)
  private func phase(_ index: Int, t: Double) -> (Double, Double) {
    let first = index * angleTerms
    var value = angles[first]
    var slope = 0.0
    var power = 1.0
    for term in 1..<angleTerms {
      slope += Double(term) * angles[first + term] * power
      power *= t
      value += angles[first + term] * power
    }
    return (value * Self.radiansPerDegree, slope / Self.century * Self.radiansPerDegree)
  }

  /// [w]_3 [delta]_1 [phi]_3, and its angular velocity in body axes from the angles' rates
  /// (of w, delta, phi).
  private static func assemble(
    w: Double, delta: Double, phi: Double, rates: Vector3
  ) -> Attitude {
    let (sw, cw) = Elementary.sinCos(w)
    let (sd, cd) = Elementary.sinCos(delta)
    let (sp, cp) = Elementary.sinCos(phi)
    let rotation = Matrix3(
      Vector3(cw * cp - sw * cd * sp, cw * sp + sw * cd * cp, sw * sd),
      Vector3(-sw * cp - cw * cd * sp, -sw * sp + cw * cd * cp, cw * sd),
      Vector3(sd * sp, -sd * cp, cd))
    let bodyRate = Vector3(
      rates.y * cw + rates.z * sw * sd,
      -rates.y * sw + rates.z * cw * sd,
      rates.x + rates.z * cd)
    return Attitude(rotation: rotation, bodyRate: bodyRate)
  }
}
