import Foundation

/// Finds and reads the files of a kernel set: folders, meta-kernels, relative paths.
struct KernelLoader {
  private(set) var files: [KernelFile] = []
  private(set) var pool = KernelPool()
  private(set) var binaries: [DAFFile] = []
  /// Names of contents that lie beneath the files.
  private(set) var layer: Set<String> = []
  /// Meta-kernels that are being read, outermost first.
  private var stack: [String] = []

  /// More than SPICE itself can hold; stops meta-kernels that multiply each other.
  static let fileLimit = 5000

  mutating func load(_ paths: [String], relativeTo base: URL?) throws(SPICEError) {
    for path in paths {
      let expanded = path.hasPrefix("~") ? NSString(string: path).expandingTildeInPath : path
      let place = Self.locate(expanded, folders: [base?.path ?? ""])
      guard let place = place.found else {
        throw .missingFile(file: path, listedIn: nil, searched: place.searched)
      }
      try load(place)
    }
  }

  /// Takes over contents that are in memory already.
  mutating func load(_ contents: [UInt8], name: String) throws(SPICEError) {
    try load(FileBytes(copying: contents), path: name)
  }

  /// Takes over contents that every file wins over; call before files are loaded.
  mutating func load(beneath contents: KernelContents) throws(SPICEError) {
    try load(FileBytes(copying: contents.bytes), path: contents.name)
    files.removeLast()
    layer.insert(contents.name)
  }

  private mutating func load(_ path: String) throws(SPICEError) {
    if Self.isFolder(path) {
      for file in try Self.kernels(inFolder: path) { try loadFile(file) }
    } else {
      try loadFile(path)
    }
  }

  private mutating func loadFile(_ path: String) throws(SPICEError) {
    guard files.count < Self.fileLimit else {
      throw .badInput(
        "more than \(Self.fileLimit) kernels to load (the last one is \(path)); "
          + "do meta-kernels list each other many times?")
    }
    try load(FileBytes(mapping: path), path: path)
  }

  /// Takes over the contents of one file.
  private mutating func load(_ bytes: FileBytes, path: String) throws(SPICEError) {
    if bytes.buffer.starts(with: "DAF/".utf8) {
      let binary = try DAFFile(bytes: bytes, path: path)
      files.append(KernelFile(path: path, kind: binary.kind, bytes: bytes.count))
      binaries.append(binary)
      return
    }
    try Self.checkIsText(bytes, path: path)
    let text = try TextKernel(bytes: bytes.buffer, file: path)
    let isMeta = text.assignments.contains { $0.name == "KERNELS_TO_LOAD" }
    files.append(
      KernelFile(
        path: path, kind: isMeta ? .meta : Self.textKind(bytes, path: path), bytes: bytes.count))
    for assignment in text.assignments where !Self.metaNames.contains(assignment.name) {
      try pool.apply(assignment, file: path)
    }
    if isMeta { try loadMeta(text, path: path) }
  }

  private static let metaNames: Set = ["KERNELS_TO_LOAD", "PATH_VALUES", "PATH_SYMBOLS"]

  private static func checkIsText(_ bytes: FileBytes, path: String) throws(SPICEError) {
    let head = bytes.buffer.prefix(1024)
    if head.starts(with: "DAFETF".utf8) || head.starts(with: "'NAIF/DAF'".utf8) {
      throw .notAKernel(
        file: path, found: "it is a transfer file; convert it with NAIF's tobin program first")
    }
    if head.starts(with: "NAIF/DAF".utf8) {
      throw .notAKernel(
        file: path,
        found: "it is a binary kernel of the old NAIF/DAF form; rewrite it with NAIF's "
          + "bingo or dafcat program")
    }
    guard !head.isEmpty else { throw .notAKernel(file: path, found: "it is empty") }
    guard !head.contains(0) else {
      throw .notAKernel(file: path, found: "it holds zero bytes and has no DAF header")
    }
  }

  /// The kind that the first line states, else the one that the file's name suggests.
  private static func textKind(_ bytes: FileBytes, path: String) -> KernelKind {
    let line = bytes.buffer.prefix(16).prefix { $0 > 0x20 }
    if line.starts(with: "KPL/".utf8) {
      let word = String(decoding: line.dropFirst(4), as: UTF8.self)
      if let kind = KernelKind(textIDWord: word) { return kind }
    }
    return KernelKind(pathExtension: URL(fileURLWithPath: path).pathExtension) ?? .text
  }
}

extension KernelLoader {
  private mutating func loadMeta(_ text: TextKernel, path: String) throws(SPICEError) {
    let identity = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard !stack.contains(identity) else {
      throw .metaKernelCycle(files: stack + [identity])
    }
    stack.append(identity)
    defer { stack.removeLast() }
    let meta = try MetaKernel(text, file: path)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    for kernel in meta.kernels {
      let place = Self.locate(kernel, folders: [folder, ""])
      guard let found = place.found else {
        throw .missingFile(file: kernel, listedIn: path, searched: place.searched)
      }
      try load(found)
    }
  }

  /// First of the folders ("" is the working directory) in which a path exists.
  private static func locate(
    _ path: String, folders: [String]
  ) -> (found: String?, searched: [String]) {
    var searched: [String] = []
    for folder in folders {
      let isJoined = !path.hasPrefix("/") && !folder.isEmpty
      let candidate = isJoined ? (folder.hasSuffix("/") ? folder : folder + "/") + path : path
      if searched.contains(candidate) { continue }
      searched.append(candidate)
      if FileManager.default.fileExists(atPath: candidate) { return (candidate, searched) }
    }
    return (nil, searched)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The kernels directly in a folder: text first, then predicted and then other binary ones, each
  /// in order of names, so that reconstructed files win over predicted and newer over older ones.
  private static func kernels(inFolder path: String) throws(SPICEError) -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw .cannotRead(file: path, reason: error.localizedDescription)
    }
    func rank(_ name: String) -> Int? {
      guard let kind = KernelKind(pathExtension: URL(fileURLWithPath: name).pathExtension),
        kind != .meta
      else { return nil }
      guard kind == .spk || kind == .ck else { return 0 }
      let lower = name.lowercased()
      return ["_pre_", "_prl_", "_raw_"].contains(where: lower.contains) ? 1 : 2
    }
    let kernels = names.compactMap { name in rank(name).map { (rank: $0, name: name) } }
    guard !kernels.isEmpty else {
      throw .missingFile(file: path, listedIn: nil, searched: ["\(path)/*.tls, *.bsp, *.bc, ..."])
    }
    return kernels.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }.map { path + "/" + $0.name }
  }
}
