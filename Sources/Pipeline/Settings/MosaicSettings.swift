import Mapping
import SpaceMath

/// How images are blended into one map, as the pipeline file states it.
public struct MosaicSettings: Codable, Hashable, Sendable {
  /// Exponent of resolution: 4 gives a look twice as sharp sixteen times the weight.
  public var resolutionPreference = 4.0
  /// Map pixels over which an image fades in from its edge.
  public var featherPixels = 24.0
  /// Emission angles over which an image fades out, degrees.
  public var emissionFade = [62.0, 82.0]

  public init() {}

  init(reading reader: MappingReader) {
    resolutionPreference =
      reader.double("resolutionPreference", in: 0...16) ?? resolutionPreference
    featherPixels = reader.double("featherPixels", in: 1...1000) ?? featherPixels
    emissionFade = reader.doubles("emissionFade", count: 2, in: 0...90) ?? emissionFade
    if emissionFade[0] >= emissionFade[1] {
      reader.collector.report(
        reader.place(of: "emissionFade"),
        "'\(reader.path).emissionFade' are the angles at which an image begins to fade and at which "
          + "it is gone: the second must be larger")
    }
    reader.finish()
  }

  var options: Mosaic.Options {
    var options = Mosaic.Options()
    options.resolutionPreference = resolutionPreference
    options.featherPixels = featherPixels
    options.emissionFade = Angle.radians(emissionFade[0])...Angle.radians(emissionFade[1])
    return options
  }
}
