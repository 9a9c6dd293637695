import Raster

/// Samples that were too bright for the companding table and came down as the lowest codes.
///
/// Where dark current has raised the black level far above zero no sample can be as dark as that: such a code is
/// the mark of saturation (errata of PJ74; 61T00209 has 1122 such samples in RED of frame 1, at black levels of
/// 650 to 890 DN12).
struct WrapAround {
  /// A framelet's masked columns must read at least this code: well above what a wrapped code is.
  static let leastBlack = 40

  /// Highest code of a framelet that is a wrapped one; nil where the black level is too low to tell.
  static func highest(_ framelet: Framelet<Companded>) -> Int? {
    guard let black = MaskedColumns.median(framelet), black >= leastBlack else { return nil }
    return CodeScale.wrapped - 1
  }

  /// Pixels of a framelet that are wrapped: photoactive, and not lost.
  static func pixels(_ framelet: Framelet<Companded>) -> [Int] {
    guard let highest = highest(framelet) else { return [] }
    let unseen = FrameletFlags([.masked, .missing]).rawValue
    return framelet.samples.samples.withUnsafeBufferPointer { codes in
      framelet.flags.samples.withUnsafeBufferPointer { flags in
        codes.indices.filter { codes[$0] <= highest && flags[$0] & unseen == 0 }
      }
    }
  }
}
