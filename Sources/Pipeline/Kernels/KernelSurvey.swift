import Foundation
import SPICE

/// The kernels on disk that can be loaded, and what is wrong with the others.
public struct KernelSurvey: Sendable {
  public let kernels: KernelSet
  /// Why some files were left out.
  public let faults: [String]

  /// Loads kernels, meta-kernels and folders like `KernelSet(loading:)`, but passes over files that
  /// cannot be loaded or are not there.
  ///
  /// - Throws: `SPICEError` if files contradict each other so that no set can be made of them.
  public init(_ paths: [String]) throws {
    if let all = try? KernelSet(loading: paths) {
      kernels = all
      faults = []
      return
    }
    var walk = Walk()
    for path in paths { walk.visit(path, depth: 0) }
    kernels = try KernelSet(loading: walk.files)
    faults = walk.faults
  }

  /// Finds the files one by one.
  private struct Walk {
    var files: [String] = []
    var faults: [String] = []

    mutating func visit(_ path: String, depth: Int) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        faults.append("\(path) does not exist")
        return
      }
      if isFolder.boolValue {
        visitFolder(path)
        return
      }
      do throws(SPICEError) {
        if depth < 8, let list = try KernelSet.list(ofMetaKernel: path) {
          let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
          for kernel in list { visit(Self.place(kernel, in: folder), depth: depth + 1) }
          return
        }
        _ = try KernelSet(loading: [path])
        files.append(path)
      } catch {
        faults.append("\(error)")
      }
    }

    /// The kernels directly in a folder: predicted ones first, so that others win over them.
    private mutating func visitFolder(_ path: String) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      let suffixes: Set = ["tls", "tsc", "tpc", "tf", "ti", "bsp", "bc"]
      let kernels = names.filter {
        suffixes.contains(URL(fileURLWithPath: $0).pathExtension.lowercased())
      }
      func rank(_ name: String) -> Int { KernelName(name)?.isPredicted == true ? 0 : 1 }
      for name in kernels.sorted(by: { (rank($0), $0) < (rank($1), $1) }) {
        visit(path + "/" + name, depth: 8)
      }
    }

    /// From the meta-kernel's folder, then from the working directory, as when it is loaded.
    private static func place(_ kernel: String, in folder: URL) -> String {
      guard !kernel.hasPrefix("/") else { return kernel }
      let beside = folder.appendingPathComponent(kernel).path
      return FileManager.default.fileExists(atPath: beside) ? beside : kernel
    }
  }
}
