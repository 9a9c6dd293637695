/// Decides whether a fit may be used, and says in plain words why not.
public struct RegistrationJudge: Hashable, Codable, Sendable {
  /// Least number of measured stretches of limb.
  public var leastLimbPoints = 12
  /// Greatest one-sigma uncertainty of where the ground falls, px along either axis; and as a share
  /// of that before the fit. Only a fit that misses both has decided nothing.
  public var greatestSigma = 0.6
  public var greatestSigmaShare = 0.35
  /// Greatest median residual of the limb, and of the ties in either axis, px.
  public var greatestLimbResidual = 0.8
  public var greatestTieResidual = 0.6
  /// Fewer ties than this contradict nothing: two patches of ground can both be mistaken.
  public var leastTies = 10
  /// Greatest median residual of what ties the image to other images and to a base map, px.
  public var greatestMapResidual = 1.0
  /// Greatest share of observations that the robust weights leave out.
  public var greatestRejected = 0.5
  /// Greatest shift of the ground in units of the a-priori sigma.
  public var greatestShift = 5.0

  public init() {}

  /// Before solving: nil if there is enough limb.
  func refusal(limbPoints: Int, length: Double) -> String? {
    guard limbPoints < leastLimbPoints else { return nil }
    return "too little limb: \(limbPoints) stretches of \(Int(length)) px were found, "
      + "needed are \(leastLimbPoints)"
  }

  /// After solving: nil if the fit may be used.
  func refusal(_ solution: AdjustmentSolution, shift: GroundShift) -> String? {
    guard solution.hasConverged else {
      return "the fit did not settle in \(solution.iterations) iterations"
    }
    let sigma = shift.sigma
    let share = sigma / shift.priorSigma
    let isDecided =
      (sigma.x <= greatestSigma || share.x <= greatestSigmaShare)
      && (sigma.y <= greatestSigma || share.y <= greatestSigmaShare)
    guard isDecided else {
      return "the limb seen does not decide where the image lies: the ground at mid-image stays "
        + "uncertain by \(SignificantDigits.fixed(sigma.x, decimals: 2)) px along columns and "
        + "\(SignificantDigits.fixed(sigma.y, decimals: 2)) px along rows"
    }
    let ratio = shift.shift / shift.priorSigma
    guard max(ratio.x.magnitude, ratio.y.magnitude) <= greatestShift else {
      return "the fit moves the image by \(SignificantDigits.fixed(shift.shift.x, decimals: 1)), "
        + "\(SignificantDigits.fixed(shift.shift.y, decimals: 1)) px, far beyond what start time, "
        + "pointing and ephemeris allow"
    }
    let limb = ResidualStatistics(solution.fits, kind: .limb)
    if limb.median.x > greatestLimbResidual {
      return "the limb is missed by \(SignificantDigits.fixed(limb.median.x, decimals: 2)) px in "
        + "the median: body, optics or kernels are not those of the image"
    }
    if limb.rejectedShare > greatestRejected {
      return "\(Int((limb.rejectedShare * 100).rounded())) % of the limb contradicts the rest"
    }
    if let reason = refusal(ties: ResidualStatistics(solution.fits, kind: .tie)) { return reason }
    for (kind, name) in [(ObservationKind.link, "other images"), (.map, "the base map")] {
      let found = ResidualStatistics(solution.fits, kind: kind)
      guard found.count >= leastTies,
        max(found.median.x, found.median.y) > greatestMapResidual
      else { continue }
      return "the ground contradicts \(name) by "
        + "\(SignificantDigits.fixed(found.median.x, decimals: 2)), "
        + "\(SignificantDigits.fixed(found.median.y, decimals: 2)) px in the median"
    }
    return nil
  }

  /// After solving: nil unless overlapping framelets contradict the fit.
  func refusal(ties: ResidualStatistics) -> String? {
    guard ties.count >= leastTies, max(ties.median.x, ties.median.y) > greatestTieResidual
    else { return nil }
    return "overlapping framelets disagree by "
      + "\(SignificantDigits.fixed(ties.median.x, decimals: 2)), "
      + "\(SignificantDigits.fixed(ties.median.y, decimals: 2)) px in the median"
  }
}
