/// A type 1 spacecraft clock (SCLK Required Reading): clock strings, encoded ticks and ET.
///
/// Encoded ticks count from the start of the first partition through all partitions; CK files are
/// tagged with them. For Juno's clock -61 a tick is 1/256 s.
public struct SpacecraftClock: Sendable {
  /// NAIF code of the clock, such as -61.
  public let id: Int
  /// Encoded ticks at which the last partition ends.
  public var lastTick: Double { correlation.lastTick }
  /// ET of the first and the last correlation in the clock's kernel; after the last one the clock
  /// is extrapolated.
  public let correlatedRange: ClosedRange<Double>
  private let moduli: [Double]
  private let offsets: [Double]
  private let delimiter: Character
  /// Reading of the clock, in ticks, where each partition starts and stops.
  private let partitionStarts: [Double]
  private let partitionStops: [Double]
  /// Encoded ticks before each partition.
  private let partitionOffsets: [Double]
  let correlation: ClockCorrelation
  /// Keeps the correlation's table.
  private let arena: Arena

  /// - Throws: `missingVariable` or `badVariable` if the pool holds no usable kernel of the clock.
  init(
    id: Int, pool: KernelPool, scales: Result<TimeScales, SPICEError>, arena: Arena
  ) throws(SPICEError) {
    self.id = id
    let suffix = id == .min ? "_0" : "_\(-id)"
    let purpose = "spacecraft clock \(id) (load a clock kernel, SCLK)"
    func values(_ name: String, count: Int = 1) throws(SPICEError) -> [Double] {
      try pool.required(name + suffix, count: count, for: purpose)
    }
    guard try values("SCLK_DATA_TYPE")[0] == 1 else {
      throw pool.problem("SCLK_DATA_TYPE" + suffix, "is not 1, the only supported type")
    }
    guard let fields = Int(exactly: try values("SCLK01_N_FIELDS")[0]), (1...10).contains(fields)
    else { throw pool.problem("SCLK01_N_FIELDS" + suffix, "is not 1 to 10") }
    moduli = Array(try values("SCLK01_MODULI", count: fields).prefix(fields))
    offsets = Array(try values("SCLK01_OFFSETS", count: fields).prefix(fields))
    guard moduli.allSatisfy({ $0 >= 1 && $0 < 1e15 && $0 == $0.rounded() }) else {
      throw pool.problem("SCLK01_MODULI" + suffix, "holds a modulus that is no positive integer")
    }
    guard offsets.allSatisfy({ abs($0) < 1e15 && $0 == $0.rounded() }) else {
      throw pool.problem("SCLK01_OFFSETS" + suffix, "holds an offset that is no integer")
    }
    let delimiters: [Character] = [".", ":", "-", ",", " "]
    let code = pool.integer("SCLK01_OUTPUT_DELIM" + suffix) ?? 1
    delimiter = delimiters.indices.contains(code - 1) ? delimiters[code - 1] : "."
    (partitionStarts, partitionStops) = try Self.partitions(pool, suffix: suffix, values)
    var offset = 0.0
    var partitionOffsets: [Double] = []
    for (start, stop) in zip(partitionStarts, partitionStops) {
      partitionOffsets.append(offset)
      offset = (stop - start + offset).rounded(.toNearestOrAwayFromZero)
    }
    self.partitionOffsets = partitionOffsets
    let system = pool.double("SCLK01_TIME_SYSTEM" + suffix) ?? 1
    guard system == 1 || system == 2 else {
      throw pool.problem("SCLK01_TIME_SYSTEM" + suffix, "is neither 1 (TDB) nor 2 (TDT)")
    }
    let rows = try Self.rows(
      pool, name: "SCLK01_COEFFICIENTS" + suffix,
      values: values("SCLK01_COEFFICIENTS", count: 3),
      ticksPerCount: moduli.dropFirst().reduce(1, *))
    correlation = ClockCorrelation(
      rows: arena.copy(rows), lastTick: offset,
      barycentric: system == 2 ? try scales.get().barycentric : nil)
    self.arena = arena
    let first = correlation.et(time: rows[0].time)
    correlatedRange = first...max(first, correlation.et(time: rows[rows.count - 1].time))
  }

  private static func partitions(
    _ pool: KernelPool, suffix: String,
    _ values: (String, Int) throws(SPICEError) -> [Double]
  ) throws(SPICEError) -> (starts: [Double], stops: [Double]) {
    let starts = try values("SCLK_PARTITION_START", 1)
    let stops = try values("SCLK_PARTITION_END", 1)
    guard starts.count == stops.count, starts.count <= 9999,
      zip(starts, stops).allSatisfy({ $0 <= $1 && $0 >= 0 && $1 < 1e18 })
    else {
      throw pool.problem(
        "SCLK_PARTITION_END" + suffix, "does not close the partitions of SCLK_PARTITION_START")
    }
    return (
      starts.map { $0.rounded(.toNearestOrAwayFromZero) },
      stops.map { $0.rounded(.toNearestOrAwayFromZero) }
    )
  }

  private static func rows(
    _ pool: KernelPool, name: String, values: [Double], ticksPerCount: Double
  ) throws(SPICEError) -> [ClockCorrelation.Row] {
    guard values.count % 3 == 0 else {
      throw pool.problem(name, "is no list of triples")
    }
    var result: [ClockCorrelation.Row] = []
    for index in stride(from: 0, to: values.count, by: 3) {
      let next = ClockCorrelation.Row(
        ticks: values[index], time: values[index + 1],
        secondsPerTick: values[index + 2] / ticksPerCount)
      guard next.secondsPerTick > 0 else {
        throw pool.problem(name, "holds a rate that is not > 0")
      }
      if let last = result.last, last.ticks > next.ticks || last.time > next.time {
        throw pool.problem(name, "holds triples that do not ascend (triple \(index / 3 + 1))")
      }
      result.append(next)
    }
    return result
  }
}

extension SpacecraftClock {
  /// ET of encoded ticks, which may have a fraction (SPICE's sct2e).
  ///
  /// - Throws: `badClock` outside the clock's partitions.
  public func et(ticks: Double) throws(SPICEError) -> Double {
    guard ticks >= correlation.firstTick, ticks <= lastTick else {
      throw .badClock(
        clock: id, text: "\(ticks)",
        problem: "the clock counts from \(correlation.firstTick) to \(lastTick) ticks")
    }
    return correlation.et(ticks: ticks)
  }

  /// Encoded ticks of an ET, with fraction (SPICE's sce2c).
  ///
  /// - Throws: `badClock` before the clock starts or after its last partition; `badEpoch`
  public func ticks(et: Double) throws(SPICEError) -> Double {
    let ticks = correlation.ticks(et: et)
    guard ticks >= correlation.firstTick, ticks <= lastTick else {
      guard et.isFinite else { throw .badEpoch(et) }
      throw .badClock(
        clock: id, text: "ET \(et)", problem: "that epoch lies outside the clock's partitions")
    }
    return ticks
  }

  /// Whether an ET lies after the last correlation of the clock kernel, so that the clock is
  /// extrapolated: with an old kernel the result may be wrong by seconds.
  public func isExtrapolated(et: Double) -> Bool { et > correlatedRange.upperBound }

  /// Whether encoded ticks lie after the last correlation of the clock kernel.
  public func isExtrapolated(ticks: Double) -> Bool { ticks > correlation.lastCorrelatedTick }
}

extension SpacecraftClock {
  /// Encoded ticks of a string such as `5/0525560580:087`, `525560580:87` or `525560580.87`
  /// (SPICE's scencd). The fields are counts, not decimals. Without a partition the first one that
  /// the count lies in is meant.
  ///
  /// - Throws: `badClock`
  public func ticks(_ text: String) throws(SPICEError) -> Double {
    func fault(_ problem: String) -> SPICEError {
      .badClock(clock: id, text: String(text.prefix(64)), problem: problem)
    }
    guard text.utf8.count <= 64 else { throw fault("it is too long") }
    var count = Substring(text)
    var partition: Int?
    if let slash = text.firstIndex(of: "/") {
      let number = text[..<slash].filter { $0 != " " }
      guard let value = Int(number), (1...partitionStarts.count).contains(value) else {
        throw fault("the partition is not 1 to \(partitionStarts.count)")
      }
      partition = value - 1
      count = text[text.index(after: slash)...]
    }
    let reading = try reading(count, fault)
    let index =
      partition
      ?? partitionStarts.indices.first {
        partitionStarts[$0] <= reading && reading <= partitionStops[$0]
      }
    guard let index, partitionStarts[index] <= reading, reading <= partitionStops[index] else {
      throw fault("the count lies in no partition of the clock")
    }
    return reading - partitionStarts[index] + partitionOffsets[index]
  }

  /// ET of a clock string.
  ///
  /// - Throws: `badClock`
  public func et(_ text: String) throws(SPICEError) -> Double { try et(ticks: ticks(text)) }

  private func reading(
    _ text: Substring, _ fault: (String) -> SPICEError
  ) throws(SPICEError) -> Double {
    var fields: [Double] = []
    var words = [""]
    // Blanks separate fields only where no other delimiter does.
    var afterBlank = false
    for character in text {
      switch character {
      case ".", ":", "-", ",":
        words.append("")
        afterBlank = false
      case " ":
        afterBlank = words[words.count - 1] != ""
      default:
        if afterBlank { words.append("") }
        words[words.count - 1].append(character)
        afterBlank = false
      }
    }
    for (index, word) in words.enumerated() {
      guard index < moduli.count else { throw fault("it has more than \(moduli.count) fields") }
      if word.isEmpty {
        guard index > 0 else { throw fault("the first field is missing") }
        fields.append(0)
        continue
      }
      guard word.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let value = Double(word) else {
        throw fault("the field \"\(word)\" is no whole number")
      }
      guard value >= offsets[index] else {
        throw fault("the field \(word) is less than its first value \(offsets[index])")
      }
      fields.append(value - offsets[index])
    }
    var ticks = 0.0
    for index in moduli.indices {
      ticks *= moduli[index]
      if index < fields.count { ticks += fields[index] }
    }
    return ticks.rounded(.toNearestOrAwayFromZero)
  }

  /// Clock string of encoded ticks, with partition (SPICE's scdecd), such as `5/0525560580.087`.
  ///
  /// - Throws: `badClock` outside the clock's partitions.
  public func text(ticks: Double) throws(SPICEError) -> String {
    let whole = ticks.rounded(.toNearestOrAwayFromZero)
    guard whole >= 0, whole <= lastTick else {
      throw .badClock(
        clock: id, text: "\(ticks)", problem: "the clock counts to \(lastTick) ticks")
    }
    let index = max(0, (partitionOffsets.firstIndex { $0 > whole } ?? partitionOffsets.count) - 1)
    var rest = whole - partitionOffsets[index] + partitionStarts[index]
    var fields: [String] = []
    for field in moduli.indices.reversed() {
      let modulus = field > 0 ? moduli[field] : .infinity
      let value = modulus.isFinite ? rest.truncatingRemainder(dividingBy: modulus) : rest
      rest = modulus.isFinite ? ((rest - value) / modulus) : 0
      let digits = String(Int(value + offsets[field]))
      let width = String(Int(moduli[field] + offsets[field] - 1)).count
      fields.append(String(repeating: "0", count: max(0, width - digits.count)) + digits)
    }
    return "\(index + 1)/" + fields.reversed().joined(separator: String(delimiter))
  }
}
