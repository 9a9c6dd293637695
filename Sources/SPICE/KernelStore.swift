/// What a `KernelSet` refers to: made once, never changed.
///
/// Everything that a lookup touches is a plain value or a pointer into the arena or into a mapped
/// file, so that threads share nothing that they write to.
final class KernelStore: Sendable {
  let files: [KernelFile]
  /// Names of kernels in memory that lie beneath the files.
  let layer: Set<String>
  let pool: KernelPool
  let bodies: BodyTable
  let scales: Result<TimeScales, SPICEError>
  let clocks: [Int: Result<SpacecraftClock, SPICEError>]
  let frames: FrameTable
  let ephemeris: EphemerisTable
  let attitude: AttitudeTable
  /// Keeps the mappings and the tables.
  let binaries: [DAFFile]
  private let arena: Arena

  init(_ loader: KernelLoader) throws(SPICEError) {
    let arena = Arena()
    self.arena = arena
    files = loader.files
    layer = loader.layer
    let pool = loader.pool
    self.pool = pool
    binaries = loader.binaries
    bodies = try BodyTable(pool: pool)
    let scales = Result { () throws(SPICEError) in try TimeScales(pool: pool) }
    self.scales = scales
    var clocks: [Int: Result<SpacecraftClock, SPICEError>] = [:]
    for name in pool.names where name.hasPrefix("SCLK_DATA_TYPE_") {
      guard let number = Int(name.dropFirst(15)), number > .min else { continue }
      clocks[-number] = Result { () throws(SPICEError) in
        try SpacecraftClock(id: -number, pool: pool, scales: scales, arena: arena)
      }
    }
    self.clocks = clocks
    frames = FrameTable(pool: pool, bodies: bodies, arena: arena) {
      id throws(SPICEError) in try Self.clock(id, among: clocks).correlation
    }
    ephemeris = EphemerisTable(binaries: binaries, arena: arena)
    attitude = AttitudeTable(binaries: binaries, arena: arena)
  }

  static func clock(
    _ id: Int, among clocks: [Int: Result<SpacecraftClock, SPICEError>]
  ) throws(SPICEError) -> SpacecraftClock {
    guard let clock = clocks[id] else {
      throw .missingVariable(
        name: "SCLK_DATA_TYPE_\(id == .min ? 0 : -id)",
        purpose: "spacecraft clock \(id) (load a clock kernel, SCLK)")
    }
    return try clock.get()
  }

  /// An epoch for messages: UTC to the millisecond, or ET if no leap-second kernel is loaded.
  func epochText(_ et: Double) -> String {
    if case .success(let scales) = scales, let text = try? scales.utc(et: et, decimals: 3) {
      return text
    }
    return "ET \(et)"
  }

  /// The error for a segment that could not be evaluated.
  func error(_ fault: SegmentFault, file: Int, segment: Int, type: Int) -> SPICEError {
    let daf = binaries[file]
    let name = "\(segment + 1) \"\(daf.segments[segment].name)\""
    if case .unsupportedType = fault {
      return .unsupportedSegment(file: daf.path, segment: name, type: type)
    }
    return .damagedSegment(file: daf.path, segment: name, problem: fault.text)
  }
}
