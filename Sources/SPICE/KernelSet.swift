import Foundation
import SpaceMath

/// Loaded kernels as one immutable value: SPICE's kernel pool and its segment lists without the
/// global state, safe to use from any number of threads at once.
///
/// Binary kernels are mapped into memory and never read as a whole. A file must not be shortened
/// while a set that maps it is in use; replace kernels by renaming a new file over the old one.
///
/// Times are ET, TDB seconds past J2000. Bodies are NAIF codes, frames are names in any case.
public struct KernelSet: Sendable {
  let store: KernelStore

  /// Loads kernels in order; of two that cover the same, the later one wins.
  ///
  /// - Parameters:
  ///   - paths: kernels, meta-kernels and folders. A folder stands for the kernels directly in it
  ///     (meta-kernels excepted): text kernels first, predicted before other binary ones.
  ///   - base: where relative paths start; the working directory if nil. Relative paths inside a
  ///     meta-kernel start at its own folder, then at the working directory.
  ///   - layer: kernels in memory that lie beneath the files: each file wins over them, whatever it
  ///     holds. `files` does not list them.
  /// - Throws: the first fault found, with file and place.
  public init(
    loading paths: [String], relativeTo base: URL? = nil, over layer: [KernelContents] = []
  ) throws(SPICEError) {
    var loader = KernelLoader()
    for contents in layer { try loader.load(beneath: contents) }
    try loader.load(paths, relativeTo: base)
    store = try KernelStore(loader)
  }

  /// Loads kernels that are in memory, under names for messages; for tests that make up files by
  /// the million.
  package init(contents: [(name: String, bytes: [UInt8])]) throws(SPICEError) {
    var loader = KernelLoader()
    for file in contents { try loader.load(file.bytes, name: file.name) }
    store = try KernelStore(loader)
  }

  /// Every file that was loaded, meta-kernels included, in the order of loading.
  public var files: [KernelFile] { store.files }

  /// The loaded SPKs and CKs with their comments and segment names, in the order of loading, those in
  /// memory first.
  public var binaryFiles: [DAFFile] { store.binaries }

  /// The variables of all text kernels.
  public var pool: KernelPool { store.pool }
}

extension KernelSet {
  /// The time scales of the leap-second kernel.
  ///
  /// - Throws: `missingVariable` if none is loaded.
  public var timeScales: TimeScales {
    get throws(SPICEError) { try store.scales.get() }
  }

  /// Ephemeris time of a UTC string; see `TimeScales.et(utc:)`.
  ///
  /// - Throws: `badTime`, `missingVariable` without a leap-second kernel
  public func et(utc: String) throws(SPICEError) -> Double { try timeScales.et(utc: utc) }

  /// UTC of an ephemeris time as `YYYY-MM-DDTHH:MM:SS.fff` (SPICE's et2utc, ISOC).
  ///
  /// - Throws: `badEpoch`, `missingVariable` without a leap-second kernel
  public func utc(et: Double, decimals: Int) throws(SPICEError) -> String {
    try timeScales.utc(et: et, decimals: decimals)
  }

  /// The clock of a spacecraft, such as -61.
  ///
  /// - Throws: `missingVariable` or `badVariable` if no usable clock kernel is loaded.
  public func clock(_ spacecraft: Int) throws(SPICEError) -> SpacecraftClock {
    try KernelStore.clock(spacecraft, among: store.clocks)
  }
}

extension KernelSet {
  /// NAIF code of a body name in any case, or of a number written out (SPICE's bods2c).
  ///
  /// - Throws: `unknownBody`
  public func bodyID(_ name: String) throws(SPICEError) -> Int {
    guard let code = store.bodies.code(name) else { throw .unknownBody(name) }
    return code
  }

  /// Name of a body, nil if it has none (SPICE's bodc2n).
  public func bodyName(_ id: Int) -> String? { store.bodies.name(id) }

  /// Code of a reference frame (SPICE's namfrm).
  ///
  /// - Throws: `unknownFrame`
  public func frameID(_ name: String) throws(SPICEError) -> Int {
    store.frames.definitions[try node(name)].id
  }

  /// Name of a reference frame, nil if unknown (SPICE's frmnam).
  public func frameName(_ id: Int) -> String? {
    store.frames.node(id: id).map { store.frames.definitions[$0].name }
  }

  /// Name of the body-fixed frame of a body, such as IAU_IO for 501 (SPICE's cidfrm): what a kernel
  /// states with OBJECT_501_FRAME, else the built-in frame.
  ///
  /// - Throws: `unknownFrame`
  public func bodyFixedFrame(body: Int) throws(SPICEError) -> String {
    for key in ["\(body)"] + (bodyName(body).map { [$0.uppercased()] } ?? []) {
      if let name = pool.string("OBJECT_\(key)_FRAME") { return name }
      if let id = pool.integer("OBJECT_\(key)_FRAME"), let name = frameName(id) { return name }
    }
    let builtIn = BuiltInFrames.bodyFixed.first { $0.body == body }
    guard let builtIn else {
      throw .unknownFrame("body-fixed frame of \(store.bodies.label(body))")
    }
    return builtIn.name
  }

  /// Radii of the body's ellipsoid, km: towards longitude 0, towards longitude 90, polar.
  ///
  /// - Throws: `missingVariable` or `badVariable` if no loaded PCK gives three positive numbers.
  public func radii(body: Int) throws(SPICEError) -> Vector3 {
    let name = "BODY\(body)_RADII"
    let values = try pool.required(
      name, count: 3,
      for: "the shape of \(store.bodies.label(body)) (load a planetary constants kernel, PCK)")
    guard values[0] > 0, values[1] > 0, values[2] > 0 else {
      throw pool.problem(name, "holds a radius that is not positive")
    }
    return Vector3(values[0], values[1], values[2])
  }

  func node(_ frame: String) throws(SPICEError) -> Int {
    guard let node = store.frames.node(named: frame) else { throw .unknownFrame(frame) }
    return node
  }
}
