import ImageFormats
import Photometry
import Raster

/// Paints bands of rows of a picture from the codes of a measurement, and compresses them at once where
/// a PNG wants them. Several threads may use it at once.
public struct PicturePainter: Sendable {
  let product: ProductDescription
  let scale: LinearScale
  let recipe: CompositeRecipe
  let channels: Int
  let strips: PNGStripEncoder?
  /// Scale of the pixels' noise, if that comes with the codes.
  let noiseScale: LinearScale?

  /// A band of rows, ready to be appended.
  public struct Band: Sendable {
    /// 8-bit samples, interleaved.
    let rows: ArraySlice<UInt8>
    let strips: [PNGStrip]?
  }

  /// Whether the recipe looks beyond single pixels, so that the picture must come in one piece.
  public var needsWhole: Bool { recipe.mode == .enhanced }

  /// Lines in a band, about as many as are wanted; all bands but the last must have so many.
  public func lines(about wanted: Int) -> Int {
    guard !needsWhole else { return product.height }
    let step = strips?.stripRows ?? 1
    // What lies around a band is calmed with it and thrown away.
    return max(1, max(wanted, 4 * margin) / step) * step
  }

  /// Lines whose codes a band needs: a PNG's filters look at the one above, calming at many around.
  public func needed(for lines: Range<Int>) -> Range<Int> {
    max(
      0, lines.lowerBound - lead(ofBandAt: lines.lowerBound) - margin)..<min(
        product.height, lines.upperBound + margin)
  }

  private var margin: Int {
    (noiseScale == nil ? 0 : recipe.calming.reach) + (evensLimb ? LimbColour.reach : 0)
  }

  /// Views show the sky; a map ends at the limb.
  private var evensLimb: Bool {
    recipe.evensLimb && product.kind == "view" && product.bands.count == 3
  }

  private func lead(ofBandAt line: Int) -> Int { line > 0 && strips != nil ? 1 : 0 }

  /// - Parameters:
  ///   - codes: whole rows, [line][sample][band], on the measurement's scale, of the lines that are
  ///     `needed`.
  ///   - noise: standard deviations of the bands, one code for each pixel of the same lines; empty
  ///     where they are not known.
  ///   - lines: place of the band in the picture.
  ///   - jobs: most threads to use at once.
  /// - Throws: `ImageFormatError.outOfMemory`.
  public func band(
    _ codes: [UInt16], noise: [UInt16] = [], lines: Range<Int>, jobs: Int
  ) throws -> Band {
    let lead = lead(ofBandAt: lines.lowerBound)
    let painted = lines.lowerBound - lead..<lines.upperBound
    let rows = rows(codes, noise, of: painted, jobs: jobs)
    let made = try strips.map { encoder in
      let isEnd = lines.upperBound == product.height
      guard let made = encoder.strips(rows, lead: lead, isEnd: isEnd, jobs: jobs) else {
        throw ImageFormatError.outOfMemory(source: product.stem)
      }
      return made
    }
    return Band(rows: rows[(lead * product.width * channels)...], strips: made)
  }

  private func rows(
    _ codes: [UInt16], _ noise: [UInt16], of lines: Range<Int>, jobs: Int
  ) -> [UInt8] {
    if codes.allSatisfy({ $0 == 0 }) {
      return [UInt8](repeating: 0, count: lines.count * product.width * channels)
    }
    var bands = BandImage(
      codes: codes, scale: scale, bands: product.bands, width: product.width)
    bands.ceilings = product.ceilings
    if let noiseScale, let sigma = noiseScale.values(noise, channels: 1).first {
      let plane = Plane(width: bands.width, height: bands.height, samples: sigma)
      bands = recipe.calmed(bands, noise: plane, jobs: jobs)
    }
    if evensLimb { bands = recipe.withEvenLimb(bands, jobs: jobs) }
    if bands.height > lines.count {
      bands = bands.lines(from: min(lines.lowerBound, margin), count: lines.count)
    }
    let pixels = recipe.display8(bands, firstLine: lines.lowerBound, jobs: jobs)
    return channels == 1 ? stride(from: 0, to: pixels.count, by: 3).map { pixels[$0] } : pixels
  }
}
