import Almanac
import JunoCam
import SPICE

/// What the geometry of an image rests on: for each kind of knowledge one sentence that says where
/// it comes from, how sure it is, and which kernel would make it better.
struct KernelSources {
  var kernels: KernelSet
  /// NAIF code.
  var target: Int
  /// At mid-image.
  var et: Double
  /// Of the camera's numbers.
  var constantsSource: String
  /// Of the image.
  var day: KernelDate?
  /// Whether the craft's place comes from the label, and its attitude from the image.
  var hasLabelledPath: Bool
  var hasUnknownAttitude: Bool

  var lines: [String] {
    [leapSeconds, body, camera, sun] + (moon.map { [$0] } ?? []) + [position, attitude]
  }

  /// Those of several images, each sentence once.
  static func all(_ images: [LocatedImage]) -> [String] {
    var seen: Set<String> = []
    return images.flatMap(\.sources).filter { seen.insert($0).inserted }
  }

  private var name: String {
    let name = kernels.bodyName(target) ?? "\(target)"
    return String(name.prefix(1)) + name.dropFirst().lowercased()
  }

  private var leapSeconds: String {
    sentence("Leap seconds", [kernels.source(variable: "DELTET/DELTA_AT")]) {
      "built in, complete up to that of 2017-01-01, the last one so far; "
        + better(.leapSeconds, "replaces them")
    }
  }

  private var body: String {
    let sources = ["RADII", "PM"].map { kernels.source(variable: "BODY\(target)_\($0)") }
    return sentence("Shape and rotation of \(name)", sources) {
      "built in, the IAU's values as in pck00011.tpc; "
        + better(.planetaryConstants, "replaces them")
    }
  }

  private var camera: String {
    let frames = kernels.source(variable: "TKFRAME_-61500_ANGLES")
    let optics =
      kernels.source(variable: "INS-61501_DISTORTION_X")
      ?? .layer(constantsSource)
    return sentence("Camera", [optics, frames]) {
      switch (frames, optics) {
      case (.file(let path)?, _):
        "mounting from \(Self.fileName(path)), optics and timing built in, as in "
          + "juno_junocam_v03.ti; " + better(.instrument, "replaces them")
      case (_, .file(let path)):
        "optics and timing from \(Self.fileName(path)), mounting built in, as in juno_v12.tf; "
          + better(.frames, "replaces it")
      default:
        "built in, optics and timing as in juno_junocam_v03.ti, mounting as in juno_v12.tf"
      }
    }
  }

  private var sun: String {
    let sources = [10, 5].map { kernels.source(body: $0, et: et) }
    return sentence("Sun and Jupiter", sources) {
      "built-in series (VSOP87B), the Sun's direction good to \(Almanac.sunErrorDegrees)°; "
        + better(.planetEphemeris, "is exact")
    }
  }

  private var moon: String? {
    guard (501...504).contains(target) else { return nil }
    return sentence("\(name)'s place about Jupiter", [kernels.source(body: target, et: et)]) {
      "built-in series (L1.2), good to \(Almanac.moonErrorDegrees)°; "
        + better(.satelliteEphemeris, "is exact")
    }
  }

  private var position: String {
    let source = hasLabelledPath ? nil : kernels.source(body: -61, et: et)
    return sentence("Juno's position", [source]) {
      "the label's altitude and sub-spacecraft point, and the fit; "
        + better(.spacecraftEphemeris, "tells it to some kilometres")
    }
  }

  private var attitude: String {
    guard hasUnknownAttitude else { return "Juno's attitude: the CK that was given." }
    return sentence("Juno's attitude", [nil]) {
      "found in the image itself; " + better(.attitude, "tells it") + ", together with the newest "
        + (KernelSuggestion.list(.clock, days: []).first?.name ?? "clock kernel")
        + (RefinedKernelWriter.hasClock(kernels)
          ? "" : ", without which the fit is not written as CK and SPK")
    }
  }

  /// - Parameters:
  ///   - sources: of all parts; nil where no kernel has one
  ///   - builtIn: what to say if one of them is not from a file
  private func sentence(
    _ what: String, _ sources: [KernelSource?], builtIn: () -> String
  ) -> String {
    var files: [String] = []
    for source in sources {
      guard case .file(let path)? = source else { return "\(what): \(builtIn())." }
      let name = Self.fileName(path)
      if !files.contains(name) { files.append(name) }
    }
    return "\(what): \(files.joined(separator: ", "))."
  }

  private func better(_ role: KernelRole, _ verb: String) -> String {
    guard let kernel = KernelSuggestion.list(role, days: day.map { [$0] } ?? []).first else {
      return "a kernel \(verb)"
    }
    let which = kernel.name.contains("*") ? kernel.note.map { " (\($0))" } ?? "" : ""
    return "\(kernel.name)\(which) \(verb)"
  }

  private static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
