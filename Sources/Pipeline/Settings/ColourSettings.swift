import Photometry

/// How bands become pictures to look at, as the pipeline file states it. One tone serves the run.
public struct ColourSettings: Codable, Hashable, Sendable {
  public var mode = ColourMode.natural
  /// Display space of the pictures.
  public var space = RGBSpace.sRGB
  /// Spectra that natural colour expects; nil: those of the target's kind.
  public var spectra: SpectralFamily?
  /// Whether the limb in views is given the colour of the ground beside it.
  public var evenLimb = true
  /// Display luminance, 0…1, that the bright parts of the run get.
  public var brightness = 0.62
  /// Display luminance per I/F; nil: fitted to the run by `brightness`.
  public var exposure: Double?
  /// Whether 8-bit pictures are dithered.
  public var dither = true

  public init() {}

  init(reading reader: MappingReader) {
    mode = reader.choice("mode", of: ColourMode.self) ?? mode
    space = reader.choice("space", of: RGBSpace.self) ?? space
    spectra = reader.choice("spectra", of: SpectralFamily.self)
    evenLimb = reader.bool("evenLimb") ?? evenLimb
    brightness = reader.double("brightness", in: 0.01...1) ?? brightness
    exposure = reader.double("exposure", in: 1e-4...1e4)
    dither = reader.bool("dither") ?? dither
    reader.finish()
  }

  /// Nothing gathered yet of what the pictures of a target have in common.
  func look(target: String) -> LookStatistics {
    LookStatistics(mode: mode, space: space, family: spectra ?? SpectralFamily(target: target))
  }

  /// The recipe of all pictures of a run.
  func recipe(_ look: LookStatistics) -> CompositeRecipe {
    var recipe = look.recipe(
      brightness: Float(brightness), exposure: exposure.map { Float($0) }, dithers: dither)
    if !evenLimb { recipe.limb = nil }
    return recipe
  }
}
