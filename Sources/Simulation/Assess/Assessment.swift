import Foundation

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

  /// Colour of all that a product shows of the moon: sums of I/F over the pixels that have all bands.
  public struct DiscColour: Codable, Sendable {
    /// BLUE over GREEN.
    public var blue: Double
    public var trueBlue: Double
    /// RED over GREEN.
    public var red: Double
    public var trueRed: Double
  }

  /// One product.
  public struct Product: Codable, Sendable {
    public var path: String
    public var kind: String
    public var images: [String]
    public var registration: Registration?
    /// Displacement of RED and BLUE against GREEN, px of the product: each band's displacement from
    /// its own truth, less that of GREEN.
    public var redAgainstGreen: ErrorStatistics?
    public var blueAgainstGreen: ErrorStatistics?
    public var radiometry: [Radiometry]
    public var discColour: DiscColour?
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

  /// Hits of like strength, farther than three pixels from limb and terminator.
  public struct StrengthClass: Codable, Hashable, Sendable {
    /// Least difference that a hit makes to its strongest sample as sent, in standard deviations of noise
    /// or, if larger, of the samples around (`RadiationHit.sigma`); the next class begins where this ends.
    public var from: Double
    public var struck: Int
    public var found: Int

    /// All classes, nothing in them.
    static let none = [4.0, 5, 6, 8, 12].map { StrengthClass(from: $0, struck: 0, found: 0) }
  }

  /// What a run found of one kind of defect in one image.
  public struct Detection: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Sendable { case hotPixels, hits }

    public var image: String
    public var kind: Kind
    /// Defects that the truth lists on light-sensitive samples.
    public var present: Int
    /// Those that stand out of the noise of ground of I/F 0.25 by `RunAssessor.detectableSigmas`, hits
    /// also in what was sent.
    public var detectable: Int
    /// Detectable ones that the run flagged.
    public var found: Int
    /// Hits by their strength; empty for hot pixels.
    public var classes: [StrengthClass]
    /// Samples that the run looked at; of hot pixels those of a strip.
    public var samples: Int
    /// Samples that the run flagged as this kind, and those of them with nothing of the truth within
    /// two pixels that are not off by four standard deviations of noise on account of any defect.
    public var flagged: Int
    public var falselyFlagged: Int

    /// `found` / `detectable`; nil where there was nothing to find.
    public var recall: Double? {
      detectable > 0 ? Double(found) / Double(detectable) : nil
    }

    /// Share of the hits of at least some strength that were found; nil where there were none.
    public func recall(from strength: Double) -> Double? {
      let taken = classes.filter { $0.from >= strength }
      let struck = taken.reduce(0) { $0 + $1.struck }
      return struck > 0 ? Double(taken.reduce(0) { $0 + $1.found }) / Double(struck) : nil
    }

    /// `falselyFlagged` / `samples`.
    public var falseShare: Double { Double(falselyFlagged) / Double(max(samples, 1)) }

    /// Share of the flagged samples that are true; nil where nothing was flagged.
    public var precision: Double? {
      flagged > 0 ? Double(flagged - falselyFlagged) / Double(flagged) : nil
    }
  }

  /// Where the ground below the craft is imaged in the middle frame, true less told, px of the
  /// detector along columns and rows. Start time, pointing and ephemeris err alike in it, so that it
  /// says what is left where single numbers may stand for one another.
  public struct Sight: Codable, Hashable, Sendable {
    public var image: String
    /// With label and kernels alone.
    public var predicted: SIMD2<Double>
    /// With the run's corrections.
    public var corrected: SIMD2<Double>
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
  public var sights: [Sight]
  public var detections: [Detection]
}

extension Assessment {
  /// Reads an assessment that was written as JSON.
  ///
  /// - Throws: `SimulationError.notRead`.
  public init(contentsOf url: URL) throws(SimulationError) {
    do {
      self = try JSONDecoder().decode(Assessment.self, from: try Data(contentsOf: url))
    } catch let error as DecodingError {
      throw .notRead(path: url.path, reason: "it is no assessment: \(error)")
    } catch {
      throw .notRead(path: url.path, reason: error.localizedDescription)
    }
  }
}
