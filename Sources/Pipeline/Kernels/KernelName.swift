/// What the name of a file at NAIF says of it.
struct KernelName: Hashable, Sendable {
  let name: String
  let role: KernelRole
  /// Made before the fact, and so good for planning only.
  let isPredicted: Bool
  /// First and last day that the name states.
  let days: ClosedRange<KernelDate>?
  /// Orders files of a kind: later ones supersede earlier ones.
  private let rank: [Int]

  /// Nil for names of no kind that an image needs.
  init?(_ name: String) {
    let lower = name.lowercased()
    guard let dot = lower.lastIndex(of: ".") else { return nil }
    let stem = lower[..<dot]
    guard let kind = Self.kind(stem: stem, extension: lower[lower.index(after: dot)...]) else {
      return nil
    }
    self.name = name
    role = kind.role
    isPredicted = kind.isPredicted
    let words = stem.split(separator: "_")
    let dates = words.map { KernelDate(digits: $0) }
    var days: ClosedRange<KernelDate>?
    var rank: [Int] = []
    if let first = dates.indices.dropLast().first(where: {
      dates[$0] != nil && dates[$0 + 1] != nil
    }), let start = dates[first], let end = dates[first + 1] {
      guard start <= end else { return nil }
      days = start...end
      // What follows the dates is the day of making or a version.
      rank = words.dropFirst(first + 2).flatMap(Self.numbers)
    } else {
      rank = Self.numbers(stem[...])
      // Of two cuts of one ephemeris, the short one (de440s) does.
      if stem.hasSuffix("s") { rank.append(1) }
    }
    self.days = days
    self.rank = rank
  }

  private static func kind(
    stem: Substring, extension suffix: Substring
  ) -> (role: KernelRole, isPredicted: Bool)? {
    func begins(_ words: String...) -> Bool { words.contains { stem.hasPrefix($0) } }
    func isNumbered(_ word: String) -> Bool {
      stem.hasPrefix(word) && stem.dropFirst(word.count).first?.isNumber == true
    }
    switch suffix {
    case "tls" where isNumbered("naif"): return (.leapSeconds, false)
    case "tpc" where isNumbered("pck"): return (.planetaryConstants, false)
    case "tf" where begins("juno_v"): return (.frames, false)
    case "ti" where begins("juno_junocam_v"): return (.instrument, false)
    case "tsc" where begins("jno_sclkscet"): return (.clock, false)
    case "bsp":
      if begins("spk_rec", "juno_rec") { return (.spacecraftEphemeris, false) }
      if begins("spk_pre", "juno_pre") { return (.spacecraftEphemeris, true) }
      if isNumbered("jup") { return (.satelliteEphemeris, false) }
      return isNumbered("de") ? (.planetEphemeris, false) : nil
    case "bc":
      if begins("juno_sc_rec") { return (.attitude, false) }
      return begins("juno_sc_pr", "juno_sc_raw") ? (.attitude, true) : nil
    default: return nil
    }
  }

  /// The runs of digits in a word.
  private static func numbers(_ word: Substring) -> [Int] {
    word.split { !($0.isASCII && $0.isNumber) }.compactMap { Int($0) }
  }

  /// Whether the file, by its name, may hold a day.
  func mayCover(_ day: KernelDate) -> Bool { days?.contains(day) ?? true }

  /// Names of a role that may cover a day, the best first: reconstructed before predicted, then the
  /// latest version.
  static func candidates(
    among names: [String], role: KernelRole, covering day: KernelDate?
  ) -> [KernelName] {
    names.compactMap { KernelName($0) }
      .filter { name in name.role == role && day.map { name.mayCover($0) } ?? true }
      .sorted { left, right in
        if left.isPredicted != right.isPredicted { return right.isPredicted }
        if left.rank != right.rank { return right.rank.lexicographicallyPrecedes(left.rank) }
        return left.name < right.name
      }
  }
}
