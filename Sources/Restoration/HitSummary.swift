import JunoCam

/// What a search for hits found, for manifests.
public struct HitSummary: Hashable, Codable, Sendable {
  /// One filter's numbers.
  public struct Band: Hashable, Codable, Sendable {
    public var filter: Filter
    /// Pixels flagged as hit, those around hits included.
    public var pixels: Int
    /// Of these, found by comparison with other looks or colours.
    public var seconded: Int
    /// Share of the filter's photoactive pixels.
    public var fraction: Double
  }

  public var bands: [Band]
  public var options: HitOptions
}
