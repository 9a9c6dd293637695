import Raster

/// Walks over a line of a picture in steps of eight pixels.
enum BandRow {
  /// Calls `body` with the first sample, the bands of eight pixels and which of them have data; beyond
  /// the line's end there is none. Bands without data read as 0.
  ///
  /// - Parameter first: sample to begin at.
  @inline(__always)
  static func forEachEight(
    of image: BandImage, line: Int, from first: Int = 0,
    _ body: (_ sample: Int, _ lanes: ColourLanes, _ valid: SIMDMask<SIMD8<Int32>>) -> Void
  ) {
    let width = image.width
    withLine(of: image, line) { red, green, blue, _ in
      for sample in stride(from: first, to: width, by: 8) {
        let count = min(8, width - sample)
        var lanes = ColourLanes(
          red: SIMD8(at: red + sample, count: count),
          green: SIMD8(at: green + sample, count: count),
          blue: SIMD8(at: blue + sample, count: count))
        let sum = lanes.red + lanes.green + lanes.blue
        let infinity = SIMD8<Float>(repeating: .infinity)
        let valid = (sum .< infinity) .& (sum .> -infinity)
        let zero = SIMD8<Float>(repeating: 0)
        lanes.red = zero.replacing(with: lanes.red, where: valid)
        lanes.green = zero.replacing(with: lanes.green, where: valid)
        lanes.blue = zero.replacing(with: lanes.blue, where: valid)
        body(sample, lanes, valid)
      }
    }
  }

  /// Calls `body` with the bands of a line, and how many of its pixels make whole eights.
  @inline(__always)
  static func withLine(
    of image: BandImage, _ line: Int,
    _ body: (
      _ red: UnsafePointer<Float>, _ green: UnsafePointer<Float>, _ blue: UnsafePointer<Float>,
      _ whole: Int
    ) -> Void
  ) {
    let start = line * image.width
    image.red.samples.withUnsafeBufferPointer { red in
      image.green.samples.withUnsafeBufferPointer { green in
        image.blue.samples.withUnsafeBufferPointer { blue in
          guard let r = red.baseAddress, let g = green.baseAddress, let b = blue.baseAddress
          else { return }
          body(r + start, g + start, b + start, image.width & ~7)
        }
      }
    }
  }
}
