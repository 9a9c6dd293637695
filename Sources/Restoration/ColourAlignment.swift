import JunoCam

/// What is to be done about colours that lie off one another after geometry has done its part: errors of the
/// optics that are common to a colour, and strays of single framelets.
///
/// A colour is moved along columns, along rows or both by the mean of its framelets' shifts where that is
/// significant by both limits. A single framelet is moved away from the mean only where the framelets of its
/// colour scatter by more than their errors explain and by more than can be seen, and as far only as its own
/// error allows against that scatter.
public struct ColourAlignment: Sendable {
  /// A mean shift counts from this many of its standard deviations on.
  public static let leastSigmas = 3.0
  /// Smaller shifts are not seen: a tenth of a pixel is far below the camera's blur.
  public static let leastPixels = 0.1
  /// Fewer framelets than this are no mean, and fewer than the second have no scatter.
  private static let leastFramelets = (mean: 2, scatter: 5)

  /// What a manifest says.
  public struct Summary: Hashable, Codable, Sendable {
    /// The filter that the others are compared with.
    public var reference: Filter
    public var leastSigmas: Double
    public var leastPixels: Double
    public var bands: [Band]
  }

  /// One filter against the reference.
  public struct Band: Hashable, Codable, Sendable {
    public var filter: Filter
    /// Framelets that tell.
    public var framelets: Int
    /// Their mean shift along columns and rows, weighted by their errors, pixels.
    public var columns: Double
    public var rows: Double
    /// Error of the mean, one sigma of either coordinate, from the framelets' scatter, pixels.
    public var sigma: Double
    /// Scatter of the framelets that their errors do not explain, pixels; 0 where there is none.
    public var strays: Double
    /// Largest shift of a framelet, pixels.
    public var largest: Double
    /// By how much the whole colour is moved, pixels.
    public var movedColumns: Double
    public var movedRows: Double
    /// Whether single framelets are moved besides.
    public var movesFramelets: Bool
  }

  public let summary: Summary
  private let filters: [Filter]
  /// [place of the filter][frame], pixels; no frames where nothing is moved.
  private let moves: [[SIMD2<Double>]]

  /// - Parameters:
  ///   - shifts: [frame][place of the filter], as `FrameletShiftFinder` finds them.
  ///   - filters: of the image.
  public init(_ shifts: [[FrameletShift?]], filters: [Filter]) {
    let bands = filters.indices.map { place in
      Self.band(shifts.map { $0[place] }, filters[place])
    }
    self.filters = filters
    moves = bands.map { $0?.moves ?? [] }
    summary = Summary(
      reference: FrameletShiftFinder.reference, leastSigmas: Self.leastSigmas,
      leastPixels: Self.leastPixels, bands: bands.compactMap { $0?.band })
  }

  /// By how much the optics of each frame's framelet have to be moved, columns and rows, pixels; empty
  /// where they need not.
  public func moves(_ filter: Filter) -> [SIMD2<Double>] {
    filters.firstIndex(of: filter).map { moves[$0] } ?? []
  }

  private static func band(
    _ all: [FrameletShift?], _ filter: Filter
  ) -> (band: Band, moves: [SIMD2<Double>])? {
    let shifts = all.compactMap(\.self)
    guard !shifts.isEmpty else { return nil }
    // The error of a framelet comes from a handful of patches: none is taken for better than this.
    let variances = shifts.map { max($0.sigma * $0.sigma, 1e-4) }
    var strays = 0.0
    var (mean, total) = Self.mean(shifts, variances)
    let free = Double(2 * shifts.count - 2)
    let misfit = zip(shifts, variances).reduce(0) { sum, item in
      let off = item.0.vector - mean
      return sum + (off * off).sum() / item.1
    }
    // χ² of so many free numbers has this spread.
    if shifts.count >= leastFramelets.scatter, misfit > free + 3 * (2 * free).squareRoot() {
      // DerSimonian and Laird (1986), for two coordinates.
      let squares = variances.reduce(0) { $0 + 1 / ($1 * $1) }
      strays = (misfit - free) / (2 * (total - squares / total))
      (mean, total) = Self.mean(shifts, variances.map { $0 + strays })
    }
    let reduced = strays > 0 || free == 0 ? 1 : max(1, misfit / free)
    let sigma = (reduced / total).squareRoot()
    func moved(_ mean: Double) -> Double {
      shifts.count >= leastFramelets.mean && abs(mean) >= max(leastPixels, leastSigmas * sigma)
        ? mean : 0
    }
    let common = SIMD2(moved(mean.x), moved(mean.y))
    let movesFramelets = strays.squareRoot() >= leastPixels
    let band = Band(
      filter: filter, framelets: shifts.count, columns: mean.x, rows: mean.y, sigma: sigma,
      strays: strays.squareRoot(),
      largest: shifts.map { ($0.vector * $0.vector).sum().squareRoot() }.max() ?? 0,
      movedColumns: common.x, movedRows: common.y, movesFramelets: movesFramelets)
    guard movesFramelets || common != .zero else { return (band, []) }
    let moves = all.map { shift -> SIMD2<Double> in
      guard let shift, movesFramelets else { return common }
      let trust = strays / (strays + max(shift.sigma * shift.sigma, 1e-4))
      return mean + (shift.vector - mean) * trust
    }
    return (band, moves)
  }

  private static func mean(
    _ shifts: [FrameletShift], _ variances: [Double]
  ) -> (mean: SIMD2<Double>, total: Double) {
    var total = 0.0
    var sum = SIMD2<Double>.zero
    for (shift, variance) in zip(shifts, variances) {
      total += 1 / variance
      sum += shift.vector / variance
    }
    return (sum / total, total)
  }
}
