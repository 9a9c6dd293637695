import ArgumentParser
import Foundation
import Pipeline

/// Where frames to calibrate come from, and where files go.
struct CalibrationPaths: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Raw PNG, .LBL or .IMG file, or a folder that holds some.", valueName: "frame"))
  var frames: [String]

  @Option(name: .shortAndLong, help: "Folder to write to.")
  var output: String

  @Flag(help: "Replace files that exist.")
  var force = false

  /// The frames that are named.
  func frameFiles() throws -> [URL] {
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    return try FrameFinder(folder: here).files(frames)
  }

  /// The folder to write to, made if it is missing.
  func folder() throws -> URL {
    let folder = URL(fileURLWithPath: output)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
