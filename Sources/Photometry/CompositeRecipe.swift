import Raster

/// How the bands of a run's pictures become pictures to look at: colour, tone, display space.
///
/// One recipe serves all pictures of a run, so that they match. Only looks are made here: science
/// products are written from the bands by `LinearScale`.
public struct CompositeRecipe: Hashable, Codable, Sendable {
  /// How bands become colours.
  public var mode: ColourMode
  /// Display space of the result.
  public var space: RGBSpace
  /// Spectra that natural colour expects.
  public var family: SpectralFamily
  /// How luminance is shown.
  public var tone: ToneCurve
  /// Whether 8-bit results are dithered.
  public var dithers: Bool
  /// How the limb in a view gets its colour; nil: by its own bands.
  public var limb: LimbColour?
  /// How colour noise is held down where the noise of the pixels is known.
  public var calming: ChromaCalming
  /// What the enhanced mode does; the other modes do not look at it.
  public var enhancement: Enhancement

  /// A recipe from its parts.
  public init(
    mode: ColourMode = .natural, space: RGBSpace = .sRGB, family: SpectralFamily = .any,
    tone: ToneCurve, dithers: Bool = true,
    limb: LimbColour? = LimbColour(), calming: ChromaCalming = ChromaCalming(),
    enhancement: Enhancement = Enhancement()
  ) {
    self.mode = mode
    self.space = space
    self.family = family
    self.tone = tone
    self.dithers = dithers
    self.limb = limb
    self.calming = calming
    self.enhancement = enhancement
  }

  /// Whether the limb of a view is given the colour of the ground beside it.
  public var evensLimb: Bool { limb != nil && mode != .radiometric }

  /// The picture with a limb of one colour.
  ///
  /// - Parameter jobs: most threads to use at once; nil: all cores.
  public func withEvenLimb(_ image: BandImage, jobs: Int? = nil) -> BandImage {
    guard let limb, evensLimb else { return image }
    return limb(image, exposure: tone.exposure, space: space, family: family, jobs: jobs)
  }

  /// The picture with its colour noise held down.
  ///
  /// - Parameters:
  ///   - noise: standard deviation of the bands of each pixel.
  ///   - jobs: most threads to use at once; nil: all cores.
  public func calmed(_ image: BandImage, noise: Plane<Float>, jobs: Int? = nil) -> BandImage {
    calming(image, noise: noise, mode: mode, space: space, family: family, jobs: jobs)
  }

  /// Counts the scene luminances of a picture, to fit the run's tone curve to.
  public static func countLuminance(
    of image: BandImage, mode: ColourMode, space: RGBSpace, family: SpectralFamily,
    into histogram: inout LuminanceHistogram
  ) {
    let kernel = ColourKernel(mode: mode, space: space, family: family)
    var constants = kernel.constants
    let fast = InstructionLevel.current.kernels.luminance
    var light = [Float](repeating: 0, count: image.width)
    for line in 0..<image.height {
      var done = 0
      if let fast {
        BandRow.withLine(of: image, line) { red, green, blue, whole in
          fast(&constants, red, green, blue, whole, &light)
          done = whole
        }
        for sample in 0..<done { histogram.add(light[sample]) }
      }
      BandRow.forEachEight(of: image, line: line, from: done) { _, lanes, valid in
        guard any(valid) else { return }
        let luminance = kernel.luminance(kernel.linearRGB(lanes))
        for lane in 0..<8 where valid[lane] { histogram.add(luminance[lane]) }
      }
    }
  }

  /// The picture in 8 bits, [line][sample][channel], encoded with the space's transfer curve.
  ///
  /// Pixels of which any band has no data are black; with `alpha` a fourth channel says so.
  ///
  /// - Parameters:
  ///   - firstLine: place of the image's first line in the picture that it is a part of. The enhanced
  ///     mode looks at neighbours: there a picture must come whole.
  ///   - jobs: most threads to use at once, but for what the enhanced mode does beforehand; nil: all
  ///     cores.
  public func display8(
    _ image: BandImage, alpha: Bool = false, firstLine: Int = 0, jobs: Int? = nil
  ) -> [UInt8] {
    PictureEncoder(recipe: self, alpha: alpha, levels: 255, dithers: dithers).encode(
      prepared(image), firstLine: firstLine, jobs: jobs)
  }

  /// The picture in 16 bits, otherwise as `display8`; never dithered.
  public func display16(_ image: BandImage, alpha: Bool = false) -> [UInt16] {
    PictureEncoder(recipe: self, alpha: alpha, levels: 65_535, dithers: false).encode(
      prepared(image))
  }

  private func prepared(_ image: BandImage) -> BandImage {
    mode == .enhanced
      ? enhancement.sharpened(image, space: space, family: family, exposure: tone.exposure)
      : image
  }
}
