import Foundation
import JunoCam
import SPICE
import ViewGeometry

/// Opens a frame with kernels, for questions about single points.
public struct PointingRequest: Sendable {
  /// The frame: a file, or a folder that holds one product.
  public var frame: String
  /// Meta-kernels, kernels, folders or globs.
  public var kernels: [String]
  /// NAIF name of the body; nil: what the label says.
  public var target: String?
  public var options: GeometryOptions

  public init(
    frame: String, kernels: [String], target: String? = nil, options: GeometryOptions = .init()
  ) {
    self.frame = frame
    self.kernels = kernels
    self.target = target
    self.options = options
  }

  /// Paths are taken from the working directory.
  ///
  /// - Throws: `JunoCamError` for the frame, `PipelineError.noKernels` and `SPICEError` for kernels.
  public func open() throws -> ImagePointing {
    let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let product = try JunoCamProduct.open(URL(fileURLWithPath: frame))
    let label = try product.requireLabel()
    let solver = try PoseSolver(
      kernels: try KernelFinder(folder: folder).load(kernels), target: target ?? label.target,
      options: options)
    return try ImagePointing(label: label, solver: solver)
  }
}

/// Turns what a user names (files, folders, globs) into loaded kernels.
struct KernelFinder {
  /// What relative paths are relative to.
  var folder: URL

  /// - Throws: `PipelineError.noKernels` for a pattern that names nothing.
  func files(_ patterns: [String]) throws -> [URL] {
    try patterns.flatMap { pattern in
      let found = FileGlob.expand(pattern, in: folder)
      guard !found.isEmpty else {
        throw PipelineError.noKernels(pattern: pattern, folder: folder.path)
      }
      return found
    }
  }

  func load(_ patterns: [String]) throws -> KernelSet {
    try KernelSet(loading: try files(patterns).map(\.path))
  }
}
