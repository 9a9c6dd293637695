/// How well the products of a run agree with the truth of the scene that its frames came from.
public struct Assessment: Codable, Sendable {
  /// Where a product's content lies against the truth.
  public struct Registration: Codable, Sendable {
    /// Length of the displacement of 32 × 32 patches, px of the product.
    public var pixels: ErrorStatistics
    /// The same on the ground, km.
    public var kilometres: ErrorStatistics
    /// Mean displacement to the right and down, px.
    public var meanPixels: SIMD2<Double>
  }

  /// Brightness of one band against the truth, I/F.
  public struct Radiometry: Codable, Sendable {
    public var band: String
    public var bias: Double
    public var rms: Double
    /// `bias` as a share of the mean true I/F.
    public var relativeBias: Double
  }

  /// One product.
  public struct Product: Codable, Sendable {
    public var path: String
    public var kind: String
    public var images: [String]
    public var registration: Registration?
    /// Displacement of RED and BLUE against GREEN, px of the product.
    public var redAgainstGreen: ErrorStatistics?
    public var blueAgainstGreen: ErrorStatistics?
    public var radiometry: [Radiometry]
    /// Difference of colours (CIEDE2000) from the ground's true ones in the same light.
    public var deltaE2000: ErrorStatistics?
    /// Jump of the error across seams between frames, over that between other neighbours; 1 is
    /// invisible.
    public var seamVisibility: Double?
    /// Share of the ground that the frames could show and the product does.
    public var coverage: Double
    /// Error of single pixels without the slow part, over the noise of one sample of the detector.
    public var noiseGain: Double?
  }

  /// A number that registration recovered.
  public struct Recovered: Codable, Sendable {
    public var image: String
    public var name: String
    public var unit: String
    public var recovered: Double
    public var truth: Double
    /// Stated by the run, one sigma.
    public var sigma: Double?

    /// Recovered less true.
    public var error: Double { recovered - truth }
  }

  public var schema = 1
  public var scene: String
  public var products: [Product]
  public var recovered: [Recovered]
}
