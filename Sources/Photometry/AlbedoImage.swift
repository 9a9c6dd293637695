import Raster

/// A picture brought to one geometry of light and view: what the surface is, not how it is lit.
public struct AlbedoImage: Sendable {
  /// I/F at the standard geometry; NaN where there are no data or no surface, 0 where unlit.
  public var bands: BandImage
  /// Trust, 0…1, fading to the terminator and the limb; multiply mosaic weights by this.
  public var weight: Plane<Float>

  /// Normalises a picture band by band.
  ///
  /// - Parameters:
  ///   - image: I/F as seen.
  ///   - angles: its lighting, of the same size.
  ///   - models: how each band depends on lighting.
  ///   - template: standard geometry and fades; its own model is not used.
  public init(
    of image: BandImage, angles: PhotometricAngles, models: BandModels,
    template: PhotometricNormalisation = PhotometricNormalisation(model: .lambert)
  ) {
    let (width, height) = (image.width, image.height)
    precondition(
      angles.incidence.width == width && angles.incidence.height == height,
      "angles must have the picture's size")
    func plane(_ band: Plane<Float>, _ model: PhotometricModel) -> Plane<Float> {
      var normalisation = template
      normalisation.model = model
      let prepared = normalisation
      return LineStrips.plane(width: width, height: height) { line, target in
        for sample in 0..<width {
          let index = line * width + sample
          let value = band.samples[index]
          guard value.isFinite, let geometry = angles.geometry(at: index) else {
            target[sample] = .nan
            continue
          }
          target[sample] = value * Float(prepared.correction(geometry).factor)
        }
      }
    }
    bands = BandImage(
      red: plane(image.red, models.red), green: plane(image.green, models.green),
      blue: plane(image.blue, models.blue))
    weight = LineStrips.plane(width: width, height: height) { line, target in
      for sample in 0..<width {
        let geometry = angles.geometry(at: line * width + sample)
        target[sample] = geometry.map { Float(template.correction($0).weight) } ?? 0
      }
    }
  }
}
