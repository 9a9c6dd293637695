import JunoCam

/// How far the colours of an image lie off one another, for manifests.
public struct FrameletShiftSummary: Hashable, Codable, Sendable {
  /// One filter against the reference.
  public struct Band: Hashable, Codable, Sendable {
    public var filter: Filter
    /// Framelets that tell.
    public var framelets: Int
    /// Their mean shift along columns and rows, weighted by the squares of their errors, pixels.
    public var columns: Double
    public var rows: Double
    /// Error of the mean, one sigma of either coordinate, from the framelets' scatter, pixels.
    public var sigma: Double
    /// Largest shift of a framelet, pixels.
    public var largest: Double
    /// Framelets whose shift is significant by the two limits.
    public var significant: Int
  }

  /// The filter that the others are compared with.
  public var reference: Filter
  /// A shift counts from this many of its standard deviations and this many pixels on.
  public var leastSigmas: Double
  public var leastPixels: Double
  public var bands: [Band]

  /// - Parameters:
  ///   - shifts: [frame][place of the filter].
  ///   - filters: of the image.
  public init(_ shifts: [[FrameletShift?]], filters: [Filter]) {
    reference = FrameletShiftFinder.reference
    leastSigmas = FrameletShift.leastSigmas
    leastPixels = FrameletShift.leastPixels
    bands = filters.indices.compactMap { place in
      Self.band(shifts.compactMap { $0[place] }, filters[place])
    }
  }

  private static func band(_ shifts: [FrameletShift], _ filter: Filter) -> Band? {
    guard !shifts.isEmpty else { return nil }
    let weights = shifts.map { 1 / ($0.sigma * $0.sigma + 1e-6) }
    let total = weights.reduce(0, +)
    func mean(_ value: (FrameletShift) -> Double) -> Double {
      zip(shifts, weights).reduce(0) { $0 + value($1.0) * $1.1 } / total
    }
    let (columns, rows) = (mean(\.columns), mean(\.rows))
    // χ² of two coordinates about their means; an error is no less than the stated ones make it.
    let misfit = zip(shifts, weights).reduce(0) { sum, item in
      let (dx, dy) = (item.0.columns - columns, item.0.rows - rows)
      return sum + item.1 * (dx * dx + dy * dy)
    }
    let reduced = max(1, misfit / Double(max(1, 2 * shifts.count - 2)))
    return Band(
      filter: filter, framelets: shifts.count, columns: columns, rows: rows,
      sigma: (reduced / total).squareRoot(), largest: shifts.map(\.length).max() ?? 0,
      significant: shifts.count { $0.isSignificant })
  }
}
