import Raster

/// The way from the numbers of one band of an RDR back to the codes that the camera sent.
///
/// The archive writes floor(DN12 · f) with one factor f for a band, so codes come back exactly. f is
/// read off the numbers themselves, near the one that the archive's scale gives: the label's solar
/// distance has five digits only, and of green no exact k is known.
struct ArchiveInversion {
  /// The factor f that explains the most of the numbers; of several the one nearest to the scale's.
  let factor: Double
  /// The code of each number, 0…65 535. Where f < 1 makes one number of several codes, the middle
  /// one of them; a number that no code gives has the code with the nearest.
  let codes: [UInt8]
  /// Samples whose number no code gives.
  let strays: Int

  /// How far f may be from the archive's scale: green's k is known to 3 %.
  static let reach = 0.04
  static let largest = 65_535

  /// - Parameters:
  ///   - counts: how often each of the 65 536 numbers occurs.
  ///   - table: DN12 of each code, strictly increasing.
  ///   - expected: f by the archive's scale, above 0.
  init(counts: [Int], table: [Int], expected: Double) {
    factor = Self.factor(
      numbers: counts.indices.filter { counts[$0] > 0 && $0 > 0 }, table: table, expected)
    let sent = table.map { [factor] in Self.number($0, factor) }
    let nearest = Self.codes(sent)
    codes = nearest
    strays = counts.indices.reduce(0) { sum, number in
      sent[Int(nearest[number])] == number ? sum : sum + counts[number]
    }
  }

  /// What the archive writes for a DN12.
  static func number(_ dn12: Int, _ factor: Double) -> Int {
    Int(min(Double(dn12) * factor, Double(largest)))
  }

  /// Each number allows f to lie in a few intervals, [number / DN12, (number + 1) / DN12) for the DN12 of
  /// a code each: f is where the intervals of the most numbers overlap.
  private static func factor(numbers: [Int], table: [Int], _ expected: Double) -> Double {
    let (least, most) = (expected * (1 - reach), expected * (1 + reach))
    var steps: [(place: Double, change: Int)] = []
    for number in numbers {
      var end = -Double.infinity
      // From high DN12 to low, so that the intervals come in rising order.
      for dn12 in table.reversed() where dn12 > 0 {
        let first = max(Double(number) / Double(dn12), least)
        let last = number == largest ? most : min(Double(number + 1) / Double(dn12), most)
        guard first < last, last > end else { continue }
        if first > end {
          if end > 0 { steps.append((end, -1)) }
          steps.append((first, 1))
        }
        end = last
      }
      if end > 0 { steps.append((end, -1)) }
    }
    // An interval that begins where another ends does not overlap with it.
    steps.sort { $0.place < $1.place || ($0.place == $1.place && $0.change < $1.change) }
    var best = (count: 0, factor: expected, distance: Double.infinity)
    var count = 0
    for (index, step) in steps.enumerated() {
      count += step.change
      guard index + 1 < steps.count, count >= best.count, count > 0 else { continue }
      let (first, last) = (step.place, steps[index + 1].place)
      guard first < last else { continue }
      // Inside by a little: ends are rounded quotients.
      let margin = (last - first) * 1e-3
      let nearest = min(max(expected, first + margin), last - margin)
      let distance = abs(nearest - expected)
      if count > best.count || distance < best.distance { best = (count, nearest, distance) }
    }
    return best.factor
  }

  private static func codes(_ sent: [Int]) -> [UInt8] {
    var codes = [UInt8](repeating: 0, count: largest + 1)
    var code = 0
    var before: (number: Int, code: UInt8)?
    while code < sent.count {
      // Codes that share a number.
      var last = code
      while last + 1 < sent.count, sent[last + 1] == sent[code] { last += 1 }
      let (number, middle) = (sent[code], UInt8((code + last) / 2))
      if let before {
        let half = (before.number + number) / 2
        for between in before.number...number {
          codes[between] = between <= half ? before.code : middle
        }
      } else {
        for below in 0...number { codes[below] = middle }
      }
      before = (number, middle)
      code = last + 1
    }
    if let before { for above in before.number...largest { codes[above] = before.code } }
    return codes
  }
}

extension DecodedImage {
  /// The codes of the image: those of an RDR are worked out from its numbers.
  ///
  /// - Parameter solarDistanceKm: Sun to target, for a label that has none.
  /// - Returns: the codes, and what is to be said of the way back.
  /// - Throws: `JunoCamError.noSolarDistance` for an RDR without any.
  func companded(
    solarDistanceKm distance: Double? = nil, jobs: Int = 1
  ) throws -> (frames: FrameSet<Companded>, warnings: [String]) {
    switch frames {
    case .companded(let frames): return (frames, [])
    case .scaled(let scaled): return try inverted(scaled, solarDistanceKm: distance, jobs: jobs)
    }
  }

  private func inverted(
    _ scaled: FrameSet<ArchiveScaled>, solarDistanceKm distance: Double?, jobs: Int
  ) throws -> (frames: FrameSet<Companded>, warnings: [String]) {
    // The archive scaled by its own distance, not by a better one.
    guard let radiometry = label.radiometry(solarDistanceKm: label.solarDistanceKm ?? distance)
    else { throw JunoCamError.noSolarDistance(product: label.productID.description) }
    let table = label.sampleBitMode.table
    var warnings: [String] = []
    let inversions = scaled.filters.indices.map { place in
      let filter = scaled.filters[place]
      var counts = [Int](repeating: 0, count: ArchiveInversion.largest + 1)
      for framelets in scaled.frames {
        for number in framelets[place].samples.samples { counts[Int(number)] += 1 }
      }
      let inversion = ArchiveInversion(
        counts: counts, table: table, expected: radiometry.archiveCountsPerDN(filter))
      if inversion.strays > 0 {
        warnings.append(
          "\(inversion.strays) of \(counts.reduce(0, +)) \(filter.rawValue) samples of this RDR are not "
            + "what the archive makes of a code; they were read as the nearest code.")
      }
      return inversion
    }
    let frames = scaled.map(jobs: jobs) { framelet -> Framelet<Companded> in
      let table = inversions[scaled.filters.firstIndex(of: framelet.filter) ?? 0].codes
      let codes = framelet.samples.samples.map { table[Int($0)] }
      var flags = framelet.flags
      // As the highest code of an EDR is flagged when it is read.
      for place in codes.indices where codes[place] == .max {
        flags.samples[place] |= FrameletFlags.saturated.rawValue
      }
      return Framelet<Companded>(
        frame: framelet.frame, filter: framelet.filter,
        samples: Plane(
          width: framelet.samples.width, height: framelet.samples.height, samples: codes),
        flags: flags)
    }
    return (frames, warnings)
  }
}
