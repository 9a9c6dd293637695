/// How well the observations of one kind fit.
public struct ResidualStatistics: Hashable, Codable, Sendable {
  /// All observations, and those with a weight of at least a half.
  public var count: Int
  public var used: Int
  /// Median magnitude, px along columns and rows; of limb points x is across the limb and y is 0.
  public var median: SIMD2<Double>
  /// Root mean square of those used, px.
  public var rms: SIMD2<Double>
  /// Share of observations without weight.
  public var rejectedShare: Double
  /// Mean share of an observation that the others check, 0 to 1.
  public var redundancy: Double

  init(_ fits: [ObservationFit], kind: ObservationKind) {
    let fits = fits.filter { $0.kind == kind }
    let used = fits.filter { $0.weight >= 0.5 }
    count = fits.count
    self.used = used.count
    median = SIMD2(
      Self.median(fits.map(\.residual.x.magnitude)), Self.median(fits.map(\.residual.y.magnitude)))
    var squares = SIMD2<Double>.zero
    for fit in used { squares += fit.residual * fit.residual }
    rms = used.isEmpty ? .zero : (squares / Double(used.count)).squareRoot()
    let rejected = fits.count { $0.weight == 0 }
    rejectedShare = fits.isEmpty ? 0 : Double(rejected) / Double(fits.count)
    redundancy =
      used.isEmpty ? 0 : used.reduce(0) { $0 + $1.redundancy } / Double(used.count)
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}
