import Foundation

/// The developers' folder of real frames, kernels and golden values, which a user's clone lacks.
///
/// It is looked for beside the checkout (`../shared/data`) and, if set, in the folder that the
/// environment variable `JUNOCAM_DATA` names. Tests that need it are enabled by `isPresent`.
public enum DataPack {
  /// Root of the checkout, found from this file's own place in it.
  public static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder, where it was found.
  public static let folder: URL? = {
    var candidates = [
      repository.deletingLastPathComponent().appendingPathComponent("shared/data"),
      repository.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("shared/data"),
    ]
    if let path = ProcessInfo.processInfo.environment["JUNOCAM_DATA"] {
      candidates.insert(URL(fileURLWithPath: path), at: 0)
    }
    return candidates.first { FileManager.default.fileExists(atPath: $0.path) }
  }()

  /// Whether the folder was found: the condition of tests that need it.
  public static var isPresent: Bool { folder != nil }

  /// A file of the pack. Call only where `isPresent`.
  public static func url(_ path: String) -> URL {
    (folder ?? URL(fileURLWithPath: "/nonexistent")).appendingPathComponent(path)
  }

  /// The frames and kernels that the repository ships.
  public static var sampleFrames: URL { repository.appendingPathComponent("SampleFrames") }
}
