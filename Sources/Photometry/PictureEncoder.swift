import CRasterKernels
import Raster

/// Runs a recipe over a picture: colour, tone, gamut, transfer curve and quantiser in one pass.
struct PictureEncoder<Sample: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  private let colour: ColourKernel
  private let tone: ToneKernel
  private let stretch: ChromaStretch?
  private let channels: Int
  private let levels: Float
  private let dithers: Bool
  /// The same for the kernel, but for an image's ceilings.
  private var look: jk_look

  /// - Parameter levels: code of full display value.
  init(recipe: CompositeRecipe, alpha: Bool, levels: Int, dithers: Bool) {
    colour = ColourKernel(mode: recipe.mode, space: recipe.space, family: recipe.family)
    tone = ToneKernel(recipe.tone)
    stretch = recipe.mode == .enhanced ? recipe.enhancement.chroma : nil
    channels = alpha ? 4 : 3
    self.levels = Float(levels)
    self.dithers = dithers
    look = jk_look()
    look.colour = colour.constants
    tone.fill(&look)
    look.levels = self.levels
    look.dithers = dithers ? 1 : 0
  }

  /// All lines; the samples do not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - firstLine: place of the first one in the whole picture, which dithering looks at.
  ///   - jobs: most threads to use at once; nil: all cores.
  func encode(_ image: BandImage, firstLine: Int = 0, jobs: Int? = nil) -> [Sample] {
    let (lineCount, lineSamples) = (image.height, image.width * channels)
    let stripLines = 32
    return Array(unsafeUninitializedCapacity: lineCount * lineSamples) { buffer, initialized in
      initialized = lineCount * lineSamples
      // Strips write to parts of the buffer that do not overlap.
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      let strips = (lineCount + stripLines - 1) / stripLines
      Parallel.forEach(count: strips, jobs: jobs) { strip in
        for line in (strip * stripLines)..<min((strip + 1) * stripLines, lineCount) {
          encode(image, line: line, firstLine: firstLine, into: target + line * lineSamples)
        }
      }
    }
  }

  private func encode(
    _ image: BandImage, line: Int, firstLine: Int, into target: UnsafeMutablePointer<Sample>
  ) {
    let width = image.width
    let place = firstLine + line
    let full = image.ceilings.map(FullBands.init)
    let done = paint(image, line: line, place: place, full, into: target)
    BandRow.forEachEight(of: image, line: line, from: done) { sample, bands, valid in
      guard any(valid) else {
        (target + sample * channels).initialize(
          repeating: 0, count: min(8, width - sample) * channels)
        return
      }
      var shown = colour.linearRGB(full?.withoutColour(bands) ?? bands)
      let luminance = colour.luminance(shown)
      if let stretch {
        shown = stretch.apply(shown, luminance: luminance, weights: colour.luminanceWeights)
      }
      let gain = tone.gain(luminance)
      shown.red *= gain
      shown.green *= gain
      shown.blue *= gain
      shown = GamutLimit.apply(shown, luminance: luminance * gain)
      let red = codes(shown.red, valid, line: place, sample: sample, channel: 0)
      let green = codes(shown.green, valid, line: place, sample: sample, channel: 1)
      let blue = codes(shown.blue, valid, line: place, sample: sample, channel: 2)
      let opaque = SIMD8<UInt32>.zero.replacing(with: 0xFFFF, where: valid)
      let count = min(8, width - sample)
      if count == 8 {
        store(red, green, blue, opaque, count: 8, at: target + sample * channels)
      } else {
        store(red, green, blue, opaque, count: count, at: target + sample * channels)
      }
    }
  }

  /// Lets a kernel do what it can of a line, by the same formulas; how many pixels that is.
  private func paint(
    _ image: BandImage, line: Int, place: Int, _ full: FullBands?,
    into target: UnsafeMutablePointer<Sample>
  ) -> Int {
    guard let paint = InstructionLevel.current.kernels.paint, Sample.self == UInt8.self,
      channels == 3, stretch == nil
    else { return 0 }
    var look = look
    if let full {
      look.has_ceilings = 1
      look.per_ceiling = full.perCeiling
      look.fade_from = FullBands.fades.from
      look.per_fade = FullBands.perFade
    }
    var done = 0
    BandRow.withLine(of: image, line) { red, green, blue, whole in
      target.withMemoryRebound(to: UInt8.self, capacity: 3 * whole) { bytes in
        paint(&look, red, green, blue, whole, UInt32(truncatingIfNeeded: place), 0, bytes)
      }
      done = whole
    }
    return done
  }

  /// Writes pixels interleaved. Called with a literal count where it can be, so that the loop unrolls.
  @inline(__always)
  private func store(
    _ red: SIMD8<UInt32>, _ green: SIMD8<UInt32>, _ blue: SIMD8<UInt32>, _ alpha: SIMD8<UInt32>,
    count: Int, at target: UnsafeMutablePointer<Sample>
  ) {
    if channels == 3 {
      for lane in 0..<count {
        (target + 3 * lane).initialize(to: Sample(truncatingIfNeeded: red[lane]))
        (target + 3 * lane + 1).initialize(to: Sample(truncatingIfNeeded: green[lane]))
        (target + 3 * lane + 2).initialize(to: Sample(truncatingIfNeeded: blue[lane]))
      }
    } else {
      for lane in 0..<count {
        (target + 4 * lane).initialize(to: Sample(truncatingIfNeeded: red[lane]))
        (target + 4 * lane + 1).initialize(to: Sample(truncatingIfNeeded: green[lane]))
        (target + 4 * lane + 2).initialize(to: Sample(truncatingIfNeeded: blue[lane]))
        (target + 4 * lane + 3).initialize(to: Sample(truncatingIfNeeded: alpha[lane]))
      }
    }
  }

  /// Codes of linear display values, 0 where there are no data.
  @inline(__always)
  private func codes(
    _ linear: SIMD8<Float>, _ valid: SIMDMask<SIMD8<Int32>>, line: Int, sample: Int, channel: Int
  ) -> SIMD8<UInt32> {
    var value = TransferCurve.encode(linear) * levels
    if dithers {
      // Rounding down after adding a threshold is rounding to nearest after adding less by a half;
      // a little less than a whole step keeps black and white free of it.
      let threshold = Dither.thresholds(line: line, sample: sample, channel: channel)
      value += (threshold - 0.5) * 0.998
      let zero = SIMD8<Float>(repeating: 0)
      value.replace(with: zero, where: value .< zero)
      let top = SIMD8<Float>(repeating: levels)
      value.replace(with: top, where: value .> top)
    }
    // In 2²³ ..< 2²⁴ the last bit of a Float counts ones: adding 2²³ rounds, and the low bits are
    // the integer.
    let rounded = value + SIMD8<Float>(repeating: 0x1p23)
    let codes = unsafeBitCast(rounded, to: SIMD8<UInt32>.self) & 0xFFFF
    return SIMD8.zero.replacing(with: codes, where: valid)
  }
}
