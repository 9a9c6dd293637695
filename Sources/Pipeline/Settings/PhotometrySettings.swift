import JunoCam
import Photometry
import SpaceMath

/// How brightness depends on the directions of light and view, as the pipeline file states it; used by
/// products whose `photometry` is not `lit`.
public struct PhotometrySettings: Codable, Hashable, Sendable {
  public var model = Model.lunarLambert
  /// The model's parameter in red, green and blue: L of lunar-lambert, k of minnaert, w of hapke;
  /// nil: what is customary for Io (assumptions, see `BandModels`). Methane takes that of red.
  public var parameters: [Double]?
  /// Whether the parameter is fitted per band to ground that several images of the run saw; for hapke
  /// it is the mean slope that is fitted. What the images cannot decide stays as it is.
  public var fit = false
  /// Phase angle of the standard geometry, degrees: means something to hapke only.
  public var phase = 30.0
  /// Of hapke: mean slope (degrees), width and height of the opposition surge, asymmetry.
  public var meanSlope = 20.0
  public var oppositionWidth = 0.05
  public var oppositionHeight = 0.5
  public var asymmetry = -0.2
  /// How many times brighter than it is Jupiter shines in `two-lights`; nil: so that it gives as much
  /// light as the Sun, band by band.
  public var jupiterGain: Double?

  /// The models.
  public enum Model: String, Codable, Sendable, CaseIterable {
    case lambert
    case lommelSeeliger = "lommel-seeliger"
    case lunarLambert = "lunar-lambert"
    case minnaert
    case hapke
  }

  public init() {}

  init(reading reader: MappingReader) {
    model = reader.choice("model", of: Model.self) ?? model
    parameters = reader.doubles("parameters", count: 3, in: 0...1)
    fit = reader.bool("fit") ?? fit
    phase = reader.double("phase", in: 0...150) ?? phase
    meanSlope = reader.double("meanSlope", in: 0...60) ?? meanSlope
    oppositionWidth = reader.double("oppositionWidth", in: 0.001...1) ?? oppositionWidth
    oppositionHeight = reader.double("oppositionHeight", in: 0...1) ?? oppositionHeight
    asymmetry = reader.double("asymmetry", in: -0.9...0.9) ?? asymmetry
    jupiterGain = reader.double("jupiterGain", in: 1...10_000)
    if parameters != nil, model == .lambert || model == .lommelSeeliger {
      reader.collector.report(
        reader.place(of: "parameters"),
        "'\(reader.path).parameters': \(model.rawValue) has none; leave them out or choose "
          + "lunar-lambert, minnaert or hapke")
    }
    reader.finish()
  }

  /// Where products are brought to.
  var standard: LightingGeometry {
    LightingGeometry(
      incidenceCosine: 1, emissionCosine: 1, phaseCosine: Elementary.cos(Angle.radians(phase)))
  }

  /// The model of a band.
  ///
  /// - Parameters:
  ///   - phaseRad: at the middle of the image.
  ///   - fitted: the parameter that a fit found.
  func bandModel(_ filter: Filter, phaseRad: Double, fitted: Double? = nil) -> PhotometricModel {
    let place = [Filter.red: 0, .methane: 0, .green: 1, .blue: 2][filter] ?? 0
    switch model {
    case .lambert: return .lambert
    case .lommelSeeliger: return .lommelSeeliger
    case .lunarLambert:
      if let l = fitted ?? parameters?[place] { return .lunarLambert(l: l) }
      let usual = BandModels.io(phaseRad: phaseRad)
      return [usual.red, usual.green, usual.blue][place]
    case .minnaert:
      return .minnaert(k: fitted ?? parameters?[place] ?? [0.7, 0.65, 0.55][place])
    case .hapke:
      return .hapke(
        HapkeParameters(
          singleScatteringAlbedo: parameters?[place] ?? [0.95, 0.93, 0.8][place],
          oppositionWidth: oppositionWidth, oppositionHeight: oppositionHeight,
          meanSlopeRad: fitted ?? Angle.radians(meanSlope), asymmetry: asymmetry))
    }
  }

  /// Values of the fitted parameter that are searched; nil for models without.
  var fittedRange: ClosedRange<Double>? {
    switch model {
    case .lambert, .lommelSeeliger: nil
    case .lunarLambert: 0...1
    case .minnaert: 0.3...1
    case .hapke: 0.02...0.9
    }
  }
}
