/// The number that a framelet shows where no light falls, in DN12.
public struct BlackLevel: Hashable, Codable, Sendable {
  /// What it was measured on.
  public enum Source: String, Codable, Sendable {
    /// Sky pixels of the framelet itself.
    case sky
    /// Masked columns, plus the filter's usual difference between sky and masked columns where
    /// other framelets of the image show one.
    case masked
    /// Given by the caller.
    case given
  }

  /// DN12.
  public var value: Double
  /// Its standard error, DN12; 0 if given.
  public var sigma: Double
  public var source: Source

  public init(value: Double, sigma: Double, source: Source) {
    self.value = value
    self.sigma = sigma
    self.source = source
  }

  /// How the level is to be found.
  public struct Options: Hashable, Codable, Sendable {
    public enum Method: String, Codable, Sendable, CaseIterable {
      /// Sky where there is some, else masked columns. The default.
      case automatic
      /// Masked columns only.
      case masked
      /// The numbers in `given`, 0 where none is.
      case given
    }

    public var method: Method
    /// DN12 per filter, for `given`.
    public var given: [Filter: Double]
    /// Sky must be farther than this from the target's limb, in target radii and in pixels: plumes
    /// and scattered light reach beyond the limb.
    public var skyMarginRadii: Double
    public var skyMarginPixels: Double
    /// Whether a framelet's reading is drawn towards a smooth curve over the image's frames, as far
    /// as its own error asks for (`BlackLevelDrift`).
    public var followsDrift: Bool

    public init(
      method: Method = .automatic, given: [Filter: Double] = [:], skyMarginRadii: Double = 0.05,
      skyMarginPixels: Double = 32, followsDrift: Bool = true
    ) {
      self.method = method
      self.given = given
      self.skyMarginRadii = skyMarginRadii
      self.skyMarginPixels = skyMarginPixels
      self.followsDrift = followsDrift
    }
  }
}
