/// Where the detector is full, as the histogram of a filter's codes shows it.
///
/// A full detector piles samples up: a narrow peak with nothing above it, and far fewer samples just below it.
/// The ground value (1872 DN12, calibration report) is that of one photodiode; with TDI the charge of several is
/// summed, and frames of two stages and more rise smoothly to 2100 DN12 (44C00029, 45C00088) and pile up at
/// 2530–2620 (43C00078, six stages). So a frame without a pile-up has no full samples, however bright it is.
struct FullWell: Hashable, Sendable {
  /// The lowest code that counts as full; above 255 only wrapped codes do.
  var code: Int
  /// Its DN12, black level included.
  var level: Double

  /// DN12 above black below which nothing is taken for a pile-up: about half of the ground value.
  static let least = 1000.0
  /// Samples that a pile-up needs.
  private static let leastSamples = 100
  /// Share of the peak's samples that may lie above it.
  private static let above = 0.02
  /// How much denser (samples for each DN12) the peak must be than the emptiest code just below, and by how
  /// many standard deviations. Smooth scenes reach 1.1 (44C00029) to 1.3 (45C00088).
  private static let contrast = 1.5
  private static let significance = 6.0
  /// Codes below the peak among which the emptiest is looked for, and codes that belong to the peak.
  private static let reach = 16
  private static let width = 3

  /// - Parameters:
  ///   - counts: samples of each code, wrapped codes at their place beyond 255.
  ///   - scale: DN12 of the codes.
  ///   - black: black level, DN12.
  /// - Returns: nil where nothing piles up.
  init?(counts: [Int], scale: CodeScale, black: Double) {
    let density = counts.indices.map { Double(counts[$0]) / scale.step($0) }
    guard let top = counts.lastIndex(where: { $0 > 0 }) else { return nil }
    for peak in stride(from: top, to: Self.reach, by: -1) {
      guard scale.values[peak] - black >= Self.least else { return nil }
      let next = peak + 1 < density.count ? density[peak + 1] : 0
      guard density[peak] >= density[peak - 1], density[peak] >= next else { continue }
      let body = counts[peak - 2..<min(peak + Self.width + 1, counts.count)].reduce(0, +)
      guard body >= Self.leastSamples else { continue }
      let rest = counts.dropFirst(peak + Self.width + 1).reduce(0, +)
      // What lies above the highest peak of any size lies above all lower ones as well.
      guard Double(rest) <= Self.above * Double(body) else { return nil }
      let valley = density[peak - Self.reach...peak - 2].min() ?? 0
      let expected = valley * scale.step(peak)
      let found = Double(counts[peak])
      guard density[peak] >= Self.contrast * valley,
        found - expected >= Self.significance * (found + expected + 1).squareRoot()
      else { continue }
      var code = peak
      while code > 1, density[code - 1] > 1.5 * valley { code -= 1 }
      self.code = code
      level = scale.values[code]
      return
    }
    return nil
  }
}
