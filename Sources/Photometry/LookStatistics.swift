/// What a run's pictures have in common, gathered from all of them before the first is made: the base of
/// the one tone curve and the one colour stretch that make a set match.
///
/// Pictures, and the statistics of parts of a run, may be added in any order.
public struct LookStatistics: Hashable, Sendable {
  /// Mode and space that the pictures will be shown in.
  public let mode: ColourMode
  /// Display space.
  public let space: RGBSpace
  /// Spectra that natural colour expects.
  public let family: SpectralFamily
  /// Scene luminances.
  public private(set) var luminance = LuminanceHistogram()
  /// Colours; gathered in the enhanced mode only.
  public private(set) var chroma = ChromaStatistics()

  /// Nothing gathered.
  public init(mode: ColourMode, space: RGBSpace, family: SpectralFamily = .any) {
    self.mode = mode
    self.space = space
    self.family = family
  }

  /// Gathers from a picture.
  public mutating func add(_ image: BandImage) {
    CompositeRecipe.countLuminance(
      of: image, mode: mode, space: space, family: family, into: &luminance)
    if mode == .enhanced { chroma.add(image, space: space, family: family) }
  }

  /// Gathers from other statistics of the same look.
  public mutating func merge(_ other: LookStatistics) {
    precondition(
      other.mode == mode && other.space == space && other.family == family,
      "statistics of one look")
    luminance.merge(other.luminance)
    chroma.merge(other.chroma)
  }

  /// The recipe for all pictures of the run.
  ///
  /// - Parameters:
  ///   - brightness: display luminance of the bright parts, 0…1.
  ///   - exposure: display luminance per I/F; nil to fit it by `brightness`.
  ///   - deconvolution: the point spread in output pixels, for the enhanced mode.
  public func recipe(
    brightness: Float = 0.62, exposure: Float? = nil, dithers: Bool = true,
    deconvolution: Deconvolution = Deconvolution()
  ) -> CompositeRecipe {
    let tone =
      exposure.map { ToneCurve(exposure: $0) }
      ?? ToneCurve(fitting: luminance, brightness: brightness)
    let stretch = mode == .enhanced ? ChromaStretch(fitting: chroma) : .none
    return CompositeRecipe(
      mode: mode, space: space, family: family, tone: tone, dithers: dithers,
      enhancement: Enhancement(deconvolution: deconvolution, chroma: stretch))
  }
}
