import Raster

/// The columns that see no light, and which of them are to be trusted.
///
/// Columns 0–7 are not dark columns like the others from 2023 on: column 2 reads about 115 codes in every row
/// of 68C00012, columns 0–6 near zero or full in 61T00209. Columns 16–22 catch what the lossy compression spills
/// over from column 23; so the centre of several columns is a median. Columns 1631–1647 are cooler than the others
/// in a hot camera.
enum MaskedColumns {
  /// The columns whose robust centre is the black level.
  static let centre = 8..<21
  /// Those of them whose 8-column blocks hold no lit column.
  static let left = 8..<16

  /// Median code of a framelet's left columns; nil if all is lost there.
  static func median(_ framelet: Framelet<Companded>) -> Int? {
    var counts = [Int](repeating: 0, count: 256)
    var total = 0
    for row in 0..<framelet.samples.height {
      let start = row * framelet.samples.width
      for place in start + left.lowerBound..<start + left.upperBound
      where framelet.flags.samples[place] & FrameletFlags.missing.rawValue == 0 {
        counts[Int(framelet.samples.samples[place])] += 1
        total += 1
      }
    }
    guard total > 0 else { return nil }
    var below = 0
    for (code, count) in counts.enumerated() {
      below += count
      if 2 * below >= total { return code }
    }
    return nil
  }
}
