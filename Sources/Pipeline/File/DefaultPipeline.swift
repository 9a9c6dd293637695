import Cartography
import Foundation
import JunoCam
import SpaceMath

/// The pipeline of a run that is given frames instead of a pipeline file: a view, a map and a page of
/// what the labels name, with whatever kernels there are.
public struct DefaultPipeline: Sendable {
  /// Paths as given: frames, folders, globs, zip archives.
  public var frames: [String]
  /// Paths as given; none is needed.
  public var kernels: [String]

  public init(frames: [String], kernels: [String] = []) {
    self.frames = frames
    self.kernels = kernels
  }

  /// The pipeline that labels ask for.
  ///
  /// - Parameters:
  ///   - labels: of all frames
  ///   - target: body instead of the labels' own
  /// - Throws: `PipelineError.noTarget` and `.severalTargets`.
  public func specification(
    _ labels: [ImageLabel], target: String? = nil
  ) throws -> PipelineSpecification {
    let target = try target ?? Self.target(labels)
    let products = [
      ProductSpecification(
        kind: .view(ViewSpecification(zoom: Self.zoom(labels, target: target))),
        formats: [.png16, .png, .jpeg]),
      ProductSpecification(
        kind: .map(
          MapSpecification(pixelsPerDegree: Self.pixelsPerDegree(labels, target: target))),
        formats: [.png16, .png, .jpeg]),
    ]
    var specification = PipelineSpecification(
      title: Self.title(labels, target: target), target: target, frames: frames, kernels: kernels,
      products: products, output: Self.output(labels, target: target))
    specification.builtInKernels = true
    specification.geometry.position = .auto
    return specification
  }

  /// Bodies that the built-in constants describe, and their mean radii, km.
  static let bodies = [
    "JUPITER": 69_911.0, "IO": 1821.5, "EUROPA": 1560.8, "GANYMEDE": 2631.2, "CALLISTO": 2410.3,
  ]

  private static func target(_ labels: [ImageLabel]) throws -> String {
    let targets = Set(labels.map(\.target)).sorted()
    guard let target = targets.first else { throw PipelineError.noTarget(found: "no label") }
    guard targets.count == 1 else { throw PipelineError.severalTargets(targets: targets) }
    guard bodies[target] != nil else { throw PipelineError.noTarget(found: target) }
    return target
  }

  private static func title(_ labels: [ImageLabel], target: String) -> String {
    let orbits = Set(labels.map(\.orbit)).sorted()
    let passes = orbits.map(String.init).joined(separator: ", ")
    let body = target.prefix(1) + target.dropFirst().lowercased()
    return "\(body), \(orbits.count == 1 ? "perijove" : "perijoves") \(passes)"
  }

  /// `out/68C00012` for one image, `out/jupiter-pj44` for several.
  private static func output(_ labels: [ImageLabel], target: String) -> String {
    if labels.count == 1, let name = labels.first?.productID.stem.split(separator: "_").last {
      return "out/\(name)"
    }
    let orbits = Set(labels.map(\.orbit)).sorted().map { "pj\($0)" }
    return "out/" + ([target.lowercased()] + orbits.prefix(3)).joined(separator: "-")
  }

  /// Distances from the body's centre that the labels tell, in its radii.
  private static func distances(_ labels: [ImageLabel], target: String) -> [Double] {
    guard let radius = bodies[target] else { return [] }
    return labels.compactMap(\.altitudeKm).filter { $0 > 0 && $0 < 1e8 }.map { 1 + $0 / radius }
  }

  private static let focalLength = CameraModel.instrumentKernelV03(.green).focalLength

  /// A small disc is drawn larger, so that it can be looked at: at least some 400 pixels wide, at most
  /// eight times the camera's scale.
  static func zoom(_ labels: [ImageLabel], target: String) -> Double {
    guard let nearest = distances(labels, target: target).min(), nearest > 1 else { return 1 }
    let width = 2 * focalLength / (nearest * nearest - 1).squareRoot()
    return min(max((400 / width).rounded(.up), 1), 8)
  }

  /// The camera's own scale below the craft, up to the next power of two: 4 to 16 pixels a degree.
  static func pixelsPerDegree(_ labels: [ImageLabel], target: String) -> Double {
    guard let nearest = distances(labels, target: target).min(), nearest > 1 else { return 8 }
    let scale = Angle.radians(1) * focalLength / (nearest - 1)
    return [4.0, 8].first { scale <= $0 } ?? 16
  }
}

extension PipelineFile {
  /// The default pipeline of frames that the command line names, relative to the working directory.
  ///
  /// - Parameters:
  ///   - pipeline: frames and kernels.
  ///   - options: as of a file's.
  /// - Throws: `PipelineError`; what the first frame is refused for, if none can be read.
  public init(default pipeline: DefaultPipeline, options: [String] = []) throws {
    folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    path = Self.defaultName
    let found = try FrameFinder(folder: folder).find(pipeline.frames)
    var labels: [ImageLabel] = []
    var refusal: (any Error)?
    for file in found.frames {
      do {
        labels.append(try JunoCamProduct.open(file, metadata: found.metadata).requireLabel())
      } catch {
        refusal = refusal ?? error
      }
    }
    if labels.isEmpty, let refusal { throw refusal }
    let target = options.last { $0.hasPrefix("target=") }.map {
      $0.dropFirst("target=".count).uppercased()
    }
    let yaml = try Self.yaml(try pipeline.specification(labels, target: target))
    specification = try Self.specification(yaml: yaml, file: path, options: options)
  }

  static let defaultName = "default pipeline"

  /// Whether a word of the command line names frames, not a pipeline file: a folder, a glob, or a
  /// file of a kind that products come in.
  public static func namesFrames(_ word: String) -> Bool {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: word, isDirectory: &isFolder), isFolder.boolValue {
      return true
    }
    let kinds = ["png", "json", "lbl", "img", "zip"]
    let kind = URL(fileURLWithPath: word).pathExtension.lowercased()
    return kinds.contains(kind) || word.contains("*") && !["yaml", "yml"].contains(kind)
  }

  /// The same pipeline as a file in another folder: relative paths become absolute.
  ///
  /// - Parameter folder: of the file.
  public func yaml(in folder: URL) throws -> String {
    var specification = specification
    if folder.standardizedFileURL.path != self.folder.standardizedFileURL.path {
      func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : self.folder.appendingPathComponent(path).path
      }
      specification.frames = specification.frames.map(absolute)
      specification.kernels = specification.kernels.map(absolute)
      specification.output = absolute(specification.output)
      if let map = specification.registration.baseMap?.file {
        specification.registration.baseMap?.file = absolute(map)
      }
      specification.calibration.flatField = specification.calibration.flatField.map(absolute)
      specification.calibration.defects = specification.calibration.defects.map(absolute)
    }
    return try Self.yaml(specification)
  }
}
