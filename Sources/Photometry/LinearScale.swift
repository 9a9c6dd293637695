import Raster

/// The scale of 16-bit science products: I/F = offset + scale × code; code 0 is "no data", valid codes
/// begin at 1. Linear, the same for all bands, before any look.
public struct LinearScale: Hashable, Codable, Sendable {
  /// I/F of code 0, were it valid.
  public let offset: Double
  /// I/F per code, above 0.
  public let scale: Double

  /// A scale from its numbers.
  public init(offset: Double, scale: Double) {
    precondition(scale > 0, "scale must be positive")
    self.offset = offset
    self.scale = scale
  }

  /// Holds I/F from −0.05 (noise below black) to `highest`.
  public init(highest: Double) {
    let lowest = -0.05
    let scale = (max(highest, lowest + 0.001) - lowest) / 65_534
    self.init(offset: lowest - scale, scale: scale)
  }

  /// The default: −0.05 … 1.6, so that neither the brightest frost facing the Sun nor noise is cut.
  public static let standard = LinearScale(highest: 1.6)

  /// I/F of a code; nil for 0.
  public func iOverF(_ code: UInt16) -> Double? {
    code == 0 ? nil : offset + scale * Double(code)
  }

  /// Code of an I/F: nearest, at least 1 and at most 65 535; 0 for NaN and infinity.
  public func code(_ iOverF: Float) -> UInt16 {
    guard iOverF.isFinite else { return 0 }
    // Truncating after adding a half is rounding to nearest: below 2¹⁶ the sum is exact enough.
    let code = min(max((Double(iOverF) - offset) / scale, 1), 65_535)
    return UInt16(code + 0.5)
  }

  /// Codes of planes of one size, interleaved [line][sample][band].
  public func codes(_ bands: [Plane<Float>]) -> [UInt16] {
    guard let first = bands.first else { return [] }
    precondition(
      bands.allSatisfy { $0.samples.count == first.samples.count }, "bands must have one size")
    let kernel = InstructionLevel.current.kernels.codes
    let total = first.samples.count
    return Array(unsafeUninitializedCapacity: total * bands.count) { buffer, initialized in
      initialized = total * bands.count
      PlaneStorage.read(bands) { planes in
        kernel?(planes, planes.count, total, offset, scale, buffer.baseAddress)
      }
    }
  }

  /// I/F of interleaved codes, [channel]; NaN for 0.
  public func values(_ codes: [UInt16], channels: Int) -> [[Float]] {
    let count = codes.count / channels
    let kernel = InstructionLevel.current.kernels.decode
    return PlaneStorage.filled(channels, count: count) { planes in
      codes.withUnsafeBufferPointer {
        kernel?($0.baseAddress, channels, count, offset, scale, planes.map(Optional.init))
      }
    }
  }
}
