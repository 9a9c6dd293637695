/// Everything that can go wrong with kernels: what is wrong, where, and what to do about it.
public enum SPICEError: Error, Hashable, Sendable {
  /// The operating system refused to open, read or map a file.
  case cannotRead(file: String, reason: String)
  /// The operating system refused to write a file.
  case cannotWrite(file: String, reason: String)
  /// A kernel that a caller or a meta-kernel named does not exist.
  case missingFile(file: String, listedIn: String?, searched: [String])
  /// The bytes are no kernel that this library reads.
  case notAKernel(file: String, found: String)
  /// A text kernel breaks the rules at a line (counted from 1).
  case badText(file: String, line: Int, problem: String)
  /// A meta-kernel lists itself, directly or through others.
  case metaKernelCycle(files: [String])
  /// The structure of a binary kernel is damaged at a byte offset.
  case damagedFile(file: String, offset: Int, problem: String)
  /// A segment's contents contradict themselves.
  case damagedSegment(file: String, segment: String, problem: String)
  /// A segment is of a type that this library does not evaluate.
  case unsupportedSegment(file: String, segment: String, type: Int)
  /// A text-kernel variable is needed and no loaded kernel assigns it.
  case missingVariable(name: String, purpose: String)
  /// A text-kernel variable has a value that cannot be used.
  case badVariable(name: String, file: String, line: Int, problem: String)
  /// A body name that neither the built-in table nor a kernel defines.
  case unknownBody(String)
  /// A frame name or code that neither the built-in table nor a kernel defines.
  case unknownFrame(String)
  /// A frame whose definition this library does not evaluate.
  case unsupportedFrame(name: String, problem: String)
  /// Two frames have no common ancestor at the epoch.
  case unconnectedFrames(from: String, to: String, epoch: String)
  /// A time string cannot be read.
  case badTime(text: String, problem: String)
  /// A clock string or count does not belong to the clock.
  case badClock(clock: Int, text: String, problem: String)
  /// An epoch that is not a finite number.
  case badEpoch(Double)
  /// No loaded SPK gives this body's position at the epoch.
  case noEphemeris(body: String, epoch: String, et: Double, coverage: [FileCoverage])
  /// No loaded SPK connects two bodies at the epoch.
  case unconnectedBodies(target: String, observer: String, epoch: String)
  /// No loaded CK gives this frame's orientation at the epoch.
  case noPointing(frame: String, epoch: String, et: Double, coverage: [FileCoverage])
  /// A caller's argument is outside what the routine can do.
  case badInput(String)
}

/// The stretches of time that one file covers for one body or frame.
public struct FileCoverage: Hashable, Sendable {
  /// Path of the SPK or CK.
  public let file: String
  /// Covered intervals in ET: ascending, or in an error message the nearest first.
  public let intervals: [ClosedRange<Double>]
  /// The intervals, or the first of them, printed in UTC ("start to stop").
  public let text: [String]
}

extension SPICEError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotRead(let file, let reason):
      "cannot read \(file): \(reason)"
    case .cannotWrite(let file, let reason):
      "cannot write \(file): \(reason)"
    case .missingFile(let file, let listedIn, let searched):
      "kernel \(file)\(listedIn.map { ", listed in \($0)," } ?? "") does not exist "
        + "(looked for \(searched.joined(separator: " and "))); correct the path or fetch the file"
    case .notAKernel(let file, let found):
      "\(file) is no kernel that can be read: \(found)"
    case .badText(let file, let line, let problem):
      "\(file), line \(line): \(problem)"
    case .metaKernelCycle(let files):
      "meta-kernels list each other in a circle: \(files.joined(separator: " -> ")); "
        + "remove one of the entries from KERNELS_TO_LOAD"
    case .damagedFile(let file, let offset, let problem):
      "\(file), byte \(offset): \(problem); fetch the file again"
    case .damagedSegment(let file, let segment, let problem):
      "\(file), segment \(segment): \(problem); fetch the file again"
    case .unsupportedSegment(let file, let segment, let type):
      "\(file), segment \(segment): data type \(type) is not supported "
        + "(SPK types 1, 2, 3, 9, 13, 21 and CK types 2, 3 are)"
    case .missingVariable(let name, let purpose):
      "\(purpose) needs the kernel variable \(name), which no loaded text kernel assigns"
    case .badVariable(let name, let file, let line, let problem):
      "\(file), line \(line): \(name) \(problem)"
    case .unknownBody(let name):
      "no body is called \(name); give its NAIF code or load the kernel that defines it"
    case .unknownFrame(let name):
      "no reference frame is called \(name); load the frame kernel (FK) that defines it"
    case .unsupportedFrame(let name, let problem):
      "reference frame \(name) cannot be used: \(problem)"
    case .unconnectedFrames(let from, let to, let epoch):
      "no chain of frames connects \(from) and \(to) at \(epoch)"
    case .badTime(let text, let problem):
      "\"\(text)\" is no UTC time: \(problem); write it like 2023-12-30T08:36:00.836"
    case .badClock(let clock, let text, let problem):
      "spacecraft clock \(clock), \"\(text)\": \(problem)"
    case .badEpoch(let et):
      "epoch ET \(et) is not a finite number of seconds"
    case .noEphemeris(let body, let epoch, _, let coverage):
      "no position of \(body) at \(epoch); "
        + FileCoverage.sentence(coverage, kind: "SPK")
    case .unconnectedBodies(let target, let observer, let epoch):
      "the loaded SPKs do not connect \(target) and \(observer) at \(epoch); "
        + "load the SPK that relates their centres"
    case .noPointing(let frame, let epoch, _, let coverage):
      "no pointing for \(frame) at \(epoch); "
        + FileCoverage.sentence(coverage, kind: "CK")
    case .badInput(let problem):
      problem
    }
  }
}

extension FileCoverage {
  /// At most a handful of files and stretches are spelled out, so that a message stays readable.
  static func sentence(_ coverage: [FileCoverage], kind: String) -> String {
    guard !coverage.isEmpty else {
      return "no loaded \(kind) holds it; load the \(kind) that covers it"
    }
    let parts = coverage.prefix(5).map { file in
      let name = file.file.split(separator: "/").last.map(String.init) ?? file.file
      let shown = file.text.prefix(4).joined(separator: ", ")
      let hidden = file.intervals.count - min(4, file.text.count)
      let more = hidden > 0 ? " and \(hidden) more stretches" : ""
      return "\(name) covers \(shown)\(more)"
    }
    let more = coverage.count > 5 ? "; \(coverage.count - 5) more files cover other times" : ""
    return parts.joined(separator: "; ") + more + "; load the \(kind) that covers it"
  }
}
