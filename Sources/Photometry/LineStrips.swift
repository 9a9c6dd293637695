import Raster

/// Makes planes line by line on all cores; every line is made by one thread from inputs that do not
/// change, so the result does not depend on how many there are.
enum LineStrips {
  private static let linesPerStrip = 16

  /// A new plane whose lines `body` fills.
  ///
  /// - Parameter body: gets the line's number and its uninitialised samples, all of which it must set.
  static func plane(
    width: Int, height: Int,
    _ body: @Sendable (_ line: Int, _ samples: UnsafeMutablePointer<Float>) -> Void
  ) -> Plane<Float> {
    let samples = [Float](unsafeUninitializedCapacity: width * height) { buffer, initialized in
      initialized = width * height
      guard let base = buffer.baseAddress, width > 0 else { return }
      // Lines do not overlap.
      nonisolated(unsafe) let target = base
      let strips = (height + linesPerStrip - 1) / linesPerStrip
      Parallel.forEach(count: strips) { strip in
        for line in (strip * linesPerStrip)..<min((strip + 1) * linesPerStrip, height) {
          body(line, target + line * width)
        }
      }
    }
    return Plane(width: width, height: height, samples: samples)
  }
}
