import Raster

/// Tells frames whose codes are 12-bit numbers as the detector gave them, whatever their label says.
///
/// The first image set after launch (00A00002 of 2011) says SQROOT, but its samples are linear with the bias left
/// in: 104.5 in all filters, with a scatter of 1.08, the read noise. The bias is free of noise (calibration report:
/// 106 to 132 DN12 by temperature) and alike in all filters and rows. A square-root code of that size would mean a
/// black level of some 340 DN12 of dark current, which brings noise of its own (0.7 codes), rises along the rows
/// and differs between the filters.
struct LinearCodes {
  /// Codes that the bias may have.
  private static let bias = 95.0...140.0
  /// Codes by which it may differ between filters, and between upper and lower rows.
  private static let difference = 2.0
  /// Least scatter, codes: between that of read noise in linear codes and that of dark current.
  private static let leastScatter = 0.85

  /// What the masked columns of one framelet read.
  struct Reading {
    var mean: Double
    var upper: Double
    var lower: Double
    var scatter: Double
  }

  /// The mean bias of an image that is linear; nil where the label is right.
  static func bias(_ frames: FrameSet<Companded>) -> Double? {
    guard frames.label.sampleBitMode == .squareRoot else { return nil }
    let readings = frames.framelets.filter { !$0.isMissing }.compactMap(reading)
    guard !readings.isEmpty else { return nil }
    let means = readings.map(\.mean)
    let mean = means.reduce(0, +) / Double(means.count)
    let isAlike = means.allSatisfy { abs($0 - mean) <= difference }
    let isLevel = readings.allSatisfy { abs($0.upper - $0.lower) <= difference }
    let scatters = readings.map(\.scatter).sorted()
    guard bias.contains(mean), isAlike, isLevel, scatters[scatters.count / 2] >= leastScatter
    else { return nil }
    return mean
  }

  private static func reading(_ framelet: Framelet<Companded>) -> Reading? {
    let half = FrameletShape.rows / 2
    guard let centre = MaskedColumns.median(framelet) else { return nil }
    var sums = (upper: 0.0, lower: 0.0, squares: 0.0)
    var counts = (upper: 0.0, lower: 0.0)
    for row in 0..<FrameletShape.rows {
      for column in MaskedColumns.left {
        // Hits and hot pixels say nothing of the bias.
        let code = Int(framelet.samples[row, column])
        guard abs(code - centre) <= 6,
          framelet.flags[row, column] & FrameletFlags.missing.rawValue == 0
        else { continue }
        let offset = Double(code - centre)
        sums.squares += offset * offset
        if row < half {
          sums.upper += offset
          counts.upper += 1
        } else {
          sums.lower += offset
          counts.lower += 1
        }
      }
    }
    let number = counts.upper + counts.lower
    guard counts.upper > 0, counts.lower > 0 else { return nil }
    let mean = (sums.upper + sums.lower) / number
    return Reading(
      mean: Double(centre) + mean, upper: sums.upper / counts.upper,
      lower: sums.lower / counts.lower,
      scatter: max(0, sums.squares / number - mean * mean).squareRoot())
  }
}
