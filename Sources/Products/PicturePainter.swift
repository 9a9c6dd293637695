import ImageFormats
import Photometry

/// Paints bands of rows of a picture from the codes of a measurement, and compresses them at once where
/// a PNG wants them. Several threads may use it at once.
public struct PicturePainter: Sendable {
  let product: ProductDescription
  let scale: LinearScale
  let recipe: CompositeRecipe
  let channels: Int
  let strips: PNGStripEncoder?

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
    return max(1, wanted / step) * step
  }

  /// Lines above a band whose codes must come with it: a PNG's filters look at one.
  public func lead(ofBandAt line: Int) -> Int { line > 0 && strips != nil ? 1 : 0 }

  /// - Parameters:
  ///   - codes: whole rows, [line][sample][band], on the measurement's scale, those of `lead` included.
  ///   - firstLine: place of the band in the picture.
  ///   - jobs: most threads to use at once.
  /// - Throws: `ImageFormatError.outOfMemory`.
  public func band(_ codes: [UInt16], firstLine: Int, jobs: Int) throws -> Band {
    let lead = lead(ofBandAt: firstLine)
    let lines = codes.count / (product.width * product.bands.count)
    let rows = rows(codes, lines: lines, firstLine: firstLine - lead, jobs: jobs)
    let made = try strips.map { encoder in
      let isEnd = firstLine - lead + lines == product.height
      guard let made = encoder.strips(rows, lead: lead, isEnd: isEnd, jobs: jobs) else {
        throw ImageFormatError.outOfMemory(source: product.stem)
      }
      return made
    }
    return Band(rows: rows[(lead * product.width * channels)...], strips: made)
  }

  private func rows(_ codes: [UInt16], lines: Int, firstLine: Int, jobs: Int) -> [UInt8] {
    if codes.allSatisfy({ $0 == 0 }) {
      return [UInt8](repeating: 0, count: lines * product.width * channels)
    }
    var bands = BandImage(
      codes: codes, scale: scale, bands: product.bands, width: product.width)
    bands.ceilings = product.ceilings
    let pixels = recipe.display8(bands, firstLine: firstLine, jobs: jobs)
    return channels == 1 ? stride(from: 0, to: pixels.count, by: 3).map { pixels[$0] } : pixels
  }
}
