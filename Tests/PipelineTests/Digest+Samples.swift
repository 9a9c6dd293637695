import ImageFormats

@testable import Products

extension Digest {
  /// Of decoded samples, 16-bit ones in little-endian order, as a manifest states it.
  static func sha256(_ samples: RasterImage.Samples) -> String {
    switch samples {
    case .u8(let values): sha256(values)
    case .u16(let values):
      sha256(
        values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
    case .f32(let values):
      sha256(
        values.flatMap { value in
          (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        })
    }
  }
}
