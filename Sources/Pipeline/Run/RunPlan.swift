import Foundation
import Products

/// What a run would read and where it would write.
public struct RunPlan: Sendable {
  /// One file for each frame.
  public var frames: [URL]
  /// Metadata that were named with them.
  public var metadata: [URL] = []
  /// Kernels, meta-kernels and folders, in the order of loading.
  public var kernels: [URL]
  public var output: URL
}

/// What a run did.
public struct RunResult: Sendable {
  public var output: URL
  public var manifest: Manifest
  /// Images that could not be used; empty if all is well.
  public var failures: [ImageFailure]
}

/// The parameters that a manifest records: all that a pipeline file says but where files are, which
/// inputs and kernels tell by content.
struct RunParameters: Encodable {
  let specification: PipelineSpecification

  func encode(to encoder: any Encoder) throws {
    guard case .object(var values) = try JSONValue(encoding: specification) else { return }
    for key in ["frames", "kernels", "output"] { values.removeValue(forKey: key) }
    if case .object(var calibration)? = values["calibration"] {
      for key in ["flatField", "defects"] { calibration.removeValue(forKey: key) }
      values["calibration"] = .object(calibration)
    }
    if case .object(var registration)? = values["registration"] {
      if case .object(var map)? = registration["baseMap"] {
        map.removeValue(forKey: "file")
        registration["baseMap"] = .object(map)
      }
      values["registration"] = .object(registration)
    }
    values["geometryNotes"] = try JSONValue(encoding: GeometrySettings.notes)
    try JSONValue.object(values).encode(to: encoder)
  }
}
