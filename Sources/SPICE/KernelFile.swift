/// What a kernel file holds.
public enum KernelKind: String, Hashable, Codable, Sendable, CaseIterable {
  /// Leap seconds.
  case lsk
  /// Spacecraft clock.
  case sclk
  /// Body shapes and rotation.
  case pck
  /// Frame definitions.
  case fk
  /// Instrument description.
  case ik
  /// Ephemeris.
  case spk
  /// Attitude.
  case ck
  /// A list of other kernels.
  case meta
  /// Text kernel whose kind neither its first line nor its name tells.
  case text

  /// Kinds of the ID words that NAIF puts at the start of text kernels.
  init?(textIDWord word: String) {
    switch word {
    case "LSK": self = .lsk
    case "SCLK": self = .sclk
    case "PCK": self = .pck
    case "FK": self = .fk
    case "IK": self = .ik
    case "MK": self = .meta
    default: return nil
    }
  }

  /// Kinds of NAIF's file name extensions (without the dot, any case).
  init?(pathExtension: String) {
    switch pathExtension.lowercased() {
    case "tls": self = .lsk
    case "tsc": self = .sclk
    case "tpc": self = .pck
    case "tf": self = .fk
    case "ti": self = .ik
    case "tm": self = .meta
    case "bsp": self = .spk
    case "bc": self = .ck
    default: return nil
    }
  }
}

/// One file that a `KernelSet` was made of.
public struct KernelFile: Hashable, Codable, Sendable {
  /// Path as found on disk (absolute or relative to the working directory).
  public let path: String
  /// What the file holds.
  public let kind: KernelKind
  /// Size in bytes when it was opened.
  public let bytes: Int

  /// Last component of `path`.
  public var name: String { String(path.split(separator: "/").last ?? "") }
}
