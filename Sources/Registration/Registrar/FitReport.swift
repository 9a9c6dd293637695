import JunoCam
import SpaceMath

/// A fit in numbers for manifests: names are stable, values rounded to what they mean.
public struct FitReport: Hashable, Codable, Sendable {
  /// `accepted` or `refused`.
  public var verdict: String
  /// Why refused.
  public var reason: String?
  public var limb: Residuals?
  public var ties: Residuals?
  /// Ground that an earlier image shows as well.
  public var links: Residuals?
  public var map: Residuals?
  /// Images that were fitted together with this one.
  public var jointWith: [String]?
  public var ground: Ground?
  /// The turn about the line of sight, of an image without a CK.
  public var turn: Turn?
  /// Names of the unknowns, in the order of `sigmas` and of rows and columns of `correlations`.
  public var unknowns: [String]?
  public var priorSigmas: [Double]?
  public var sigmas: [Double]?
  public var correlations: [[Double]]?
  public var undecided: [Undecided]?
  public var iterations: Int?

  /// Residuals of one kind of observation, px.
  public struct Residuals: Hashable, Codable, Sendable {
    public var count: Int
    public var used: Int
    /// Along columns and rows; of the limb, across it alone.
    public var median: [Double]
    public var rms: [Double]
    /// Mean share of an observation that the others check.
    public var redundancy: Double
    /// Scatter in units of the stated sigmas.
    public var scale: Double
  }

  /// Where the middle of the disc lies at mid-image: the combination of all unknowns that counts.
  public struct Ground: Hashable, Codable, Sendable {
    /// Fitted less predicted, px along columns and rows, and one sigma after and before the fit.
    public var shift: [Double]
    public var sigma: [Double]
    public var priorSigma: [Double]
  }

  /// The turn about the line of sight to the target's centre, degrees.
  public struct Turn: Hashable, Codable, Sendable {
    /// One sigma after the fit and before it.
    public var sigma: Double
    public var priorSigma: Double
    /// `open` where sigma exceeds half a degree, else `decided`.
    public var verdict: String
    /// What belts and shading say, measured less fitted, with their own sigmas.
    public var observations: [Observation]

    /// One observation's part.
    public struct Observation: Hashable, Codable, Sendable {
      /// `belts` or `shading`.
      public var source: String
      public var residual: Double
      public var sigma: Double
    }
  }

  /// A combination of unknowns that the data leave at their priors.
  public struct Undecided: Hashable, Codable, Sendable {
    public var direction: String
    public var pixels: Double
    public var posteriorToPrior: Double
  }
}

extension FitReport {
  init(_ fit: ImageFit) {
    self.init(verdict: fit.refusal == nil ? "accepted" : "refused", reason: fit.refusal)
    guard let solution = fit.solution else { return }
    limb = Residuals(solution, kind: .limb)
    ties = Residuals(solution, kind: .tie)
    links = Residuals(solution, kind: .link)
    map = Residuals(solution, kind: .map)
    jointWith = fit.others.isEmpty ? nil : fit.others
    if let shift = fit.shift {
      ground = Ground(
        shift: Self.pair(shift.shift), sigma: Self.pair(shift.sigma),
        priorSigma: Self.pair(shift.priorSigma))
    }
    let range = solution.slots.indices
    unknowns = solution.slots.map(\.parameter.name)
    priorSigmas = solution.slots.map { SignificantDigits.rounded($0.priorSigma, digits: 4) }
    sigmas = range.map { SignificantDigits.rounded(solution.sigma($0), digits: 4) }
    correlations = range.map { first in
      range.map { Self.rounded(solution.correlation(first, $0)) }
    }
    undecided = solution.undecided().map {
      Undecided(
        direction: $0.description, pixels: Self.rounded($0.pixels),
        posteriorToPrior: Self.rounded($0.posteriorToPrior))
    }
    if let turn = fit.turn {
      self.turn = Turn(turn)
      if turn.isOpen {
        let edge = min(fit.discRadius, 800)
        undecided?.append(
          Undecided(
            direction: "the turn about the line of sight is open: sigma "
              + "\(SignificantDigits.fixed(Angle.degrees(turn.sigma), decimals: 1))°",
            pixels: Self.rounded(turn.sigma * edge),
            posteriorToPrior: Self.rounded(turn.sigma / turn.priorSigma)))
      }
    }
    iterations = solution.iterations
  }

  fileprivate static func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }

  fileprivate static func pair(_ value: SIMD2<Double>) -> [Double] {
    [rounded(value.x), rounded(value.y)]
  }
}

extension FitReport.Turn {
  init(_ turn: LineOfSightTurn) {
    func degrees(_ angle: Double) -> Double { (Angle.degrees(angle) * 1000).rounded() / 1000 }
    self.init(
      sigma: degrees(turn.sigma), priorSigma: degrees(turn.priorSigma),
      verdict: turn.isOpen ? "open" : "decided",
      observations: turn.observations.map {
        Observation(
          source: $0.source.rawValue, residual: degrees($0.residual), sigma: degrees($0.sigma))
      })
  }
}

extension FitReport.Residuals {
  fileprivate init?(_ solution: AdjustmentSolution, kind: ObservationKind) {
    let statistics = ResidualStatistics(solution.fits, kind: kind)
    guard statistics.count > 0 else { return nil }
    func numbers(_ value: SIMD2<Double>) -> [Double] {
      kind == .limb ? [FitReport.rounded(value.x)] : FitReport.pair(value)
    }
    count = statistics.count
    used = statistics.used
    median = numbers(statistics.median)
    rms = numbers(statistics.rms)
    redundancy = FitReport.rounded(statistics.redundancy)
    scale = FitReport.rounded(solution.scales[kind] ?? 1)
  }
}
