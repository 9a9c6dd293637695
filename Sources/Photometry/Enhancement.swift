import Raster

/// What the enhanced mode does beyond natural colour.
///
/// Sharpness and local contrast are found on luminance and given to all bands as one factor per pixel,
/// so that they cannot colour an edge; colour differences are drawn out afterwards
/// by the stretch.
public struct Enhancement: Hashable, Codable, Sendable {
  /// Sharpening by the camera's point spread.
  public var deconvolution: Deconvolution
  /// Contrast of neighbouring areas.
  public var localContrast: LocalContrast
  /// Calming of colour noise, before colours are drawn apart.
  public var chromaSmoothing: ChromaSmoothing
  /// Contrast of colours.
  public var chroma: ChromaStretch

  /// An enhancement from its parts.
  public init(
    deconvolution: Deconvolution = Deconvolution(), localContrast: LocalContrast = LocalContrast(),
    chromaSmoothing: ChromaSmoothing = ChromaSmoothing(), chroma: ChromaStretch = .none
  ) {
    self.deconvolution = deconvolution
    self.localContrast = localContrast
    self.chromaSmoothing = chromaSmoothing
    self.chroma = chroma
  }

  /// Largest factor by which a pixel may brighten, and the reciprocal of the smallest.
  private static let largestFactor: Float = 2.5

  /// The picture with calmer colours, its sharpness and local contrast drawn out.
  ///
  /// - Parameter exposure: of the tone curve; local contrast works on exposed luminance.
  func sharpened(
    _ image: BandImage, space: RGBSpace, family: SpectralFamily, exposure: Float
  ) -> BandImage {
    let (width, height) = (image.width, image.height)
    guard width > 0, height > 0 else { return image }
    let luminance = Self.luminance(of: image, space: space, family: family)
    let calm = chromaSmoothing(image, luminance: luminance)
    let sharp = deconvolution(luminance)
    let root = LineStrips.plane(width: width, height: height) { line, target in
      for sample in 0..<width {
        target[sample] = max(0, sharp.samples[line * width + sample] * exposure).squareRoot()
      }
    }
    let drawn = localContrast(WeightedPlane(values: root, weights: luminance.weights))
    let factor = LineStrips.plane(width: width, height: height) { line, target in
      for sample in 0..<width {
        let index = line * width + sample
        let (before, after) = (luminance.values.samples[index], drawn.samples[index])
        let wanted = before > 0 ? after * after / (exposure * before) : 1
        target[sample] = min(max(wanted, 1 / Self.largestFactor), Self.largestFactor)
      }
    }
    func scaled(_ plane: Plane<Float>) -> Plane<Float> {
      LineStrips.plane(width: width, height: height) { line, target in
        for index in (line * width)..<((line + 1) * width) {
          target[index - line * width] = plane.samples[index] * factor.samples[index]
        }
      }
    }
    return BandImage(
      red: scaled(calm.red), green: scaled(calm.green), blue: scaled(calm.blue),
      ceilings: image.ceilings)
  }

  /// Luminance in natural colour; holes where any band has none.
  private static func luminance(
    of image: BandImage, space: RGBSpace, family: SpectralFamily
  ) -> WeightedPlane {
    let kernel = ColourKernel(mode: .natural, space: space, family: family)
    let (width, height) = (image.width, image.height)
    func plane(_ wantsWeights: Bool) -> Plane<Float> {
      LineStrips.plane(width: width, height: height) { line, target in
        BandRow.forEachEight(of: image, line: line) { sample, lanes, valid in
          let values = kernel.luminance(kernel.linearRGB(lanes))
          for lane in 0..<min(8, width - sample) {
            target[sample + lane] = valid[lane] ? (wantsWeights ? 1 : values[lane]) : 0
          }
        }
      }
    }
    return WeightedPlane(values: plane(false), weights: plane(true))
  }
}
