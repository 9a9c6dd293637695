/// What a kernel is needed for.
public enum KernelRole: String, Codable, Sendable, CaseIterable {
  case leapSeconds
  case planetaryConstants
  case frames
  case instrument
  case clock
  case spacecraftEphemeris
  case satelliteEphemeris
  case planetEphemeris
  case attitude

  /// In words.
  public var title: String {
    switch self {
    case .leapSeconds: "leap seconds (LSK)"
    case .planetaryConstants: "body shapes and rotation (PCK)"
    case .frames: "frames (FK)"
    case .instrument: "camera (IK)"
    case .clock: "spacecraft clock (SCLK)"
    case .spacecraftEphemeris: "Juno's position (SPK)"
    case .satelliteEphemeris: "the target's position (SPK)"
    case .planetEphemeris: "Sun and planets (SPK)"
    case .attitude: "Juno's attitude (CK)"
    }
  }

  /// Folders of NAIF's server that hold such kernels, the best first, below its root.
  var folders: [String] {
    switch self {
    case .leapSeconds: ["JUNO/kernels/lsk/", "generic_kernels/lsk/"]
    case .planetaryConstants: ["JUNO/kernels/pck/", "generic_kernels/pck/"]
    case .frames: ["JUNO/kernels/fk/"]
    case .instrument: ["JUNO/kernels/ik/"]
    case .clock: ["JUNO/kernels/sclk/"]
    case .spacecraftEphemeris: ["JUNO/kernels/spk/"]
    case .satelliteEphemeris: ["JUNO/kernels/spk/", "generic_kernels/spk/satellites/"]
    case .planetEphemeris: ["JUNO/kernels/spk/", "generic_kernels/spk/planets/"]
    case .attitude: ["JUNO/kernels/ck/"]
    }
  }
}
