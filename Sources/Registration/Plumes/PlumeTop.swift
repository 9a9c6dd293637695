/// Where the light along a plume's axis ends.
struct PlumeTop {
  /// Rows above the limb at which the profile falls to a fifth of its greatest value, or to twice its
  /// noise if that is more.
  let rows: Double
  let sigmaRows: Double

  /// - Parameters:
  ///   - profile: light and its standard deviation for each row.
  ///   - highest: highest row that belongs to the plume for certain.
  init?(_ profile: [(value: Double, sigma: Double)], highest: Int) {
    let smooth = profile.indices.map { row in
      let near = max(row - 1, 0)...min(row + 1, profile.count - 1)
      return near.reduce(0) { $0 + profile[$1].value } / Double(near.count)
    }
    // The first rows above the limb hold its own scatter.
    let candidates = 2...max(min(highest + 1, profile.count - 2), 2)
    guard profile.count > 4,
      let peak = candidates.max(by: { smooth[$0] < smooth[$1] }), smooth[peak] > 0
    else { return nil }
    let noise = profile[min(highest, profile.count - 1)].sigma
    let level = max(0.2 * smooth[peak], min(2 * noise / 3.0.squareRoot(), 0.5 * smooth[peak]))
    var row = peak
    while row + 1 < profile.count, smooth[row + 1] >= level { row += 1 }
    guard row + 1 < profile.count else {
      rows = Double(profile.count)
      sigmaRows = 1
      return
    }
    let fall = smooth[row] - smooth[row + 1]
    rows = Double(row) + 0.5 + (smooth[row] - level) / fall
    sigmaRows = (0.3 * 0.3 + (noise / 3.0.squareRoot() / fall) * (noise / 3.0.squareRoot() / fall))
      .squareRoot()
  }
}
