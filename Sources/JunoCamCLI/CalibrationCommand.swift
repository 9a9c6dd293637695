import ArgumentParser
import Foundation
import JunoCam
import Pipeline

struct CalibrationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Make calibration files, or calibrate framelets without kernels.",
    subcommands: [BuildCalibrationCommand.self, CalibrateFrameletsCommand.self])
}

struct BuildCalibrationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Make a dark, a flat and a map of defective pixels from a set of frames.",
    discussion: """
      Writes dark.tif (DN12 above the masked columns), flat.tif (response from pixel to pixel and \
      column to column; no vignetting) and defects.png (flags: 8 hot, 128 dead), the filters \
      stacked downwards as in a frame.

      Example:
        junocam calibrate build frames/ -o calibration/pj57
      """)

  @OptionGroup var paths: CalibrationPaths

  func run() throws {
    var builder = CalibrationBuilder()
    for file in try paths.frameFiles() {
      try builder.add(try JunoCamProduct.open(file).decode())
      Terminal.say("\(file.lastPathComponent) added")
    }
    let folder = try paths.folder()
    let files = ["dark.tif", "flat.tif", "defects.png"].map(folder.appendingPathComponent)
    try CalibrationPlanes.write(builder.dark(), to: files[0], missing: 0, overwrite: paths.force)
    try CalibrationPlanes.write(builder.flat(), to: files[1], missing: 1, overwrite: paths.force)
    try builder.defects().write(to: files[2], overwrite: paths.force)
    for file in files { Terminal.print(file.path) }
  }
}

struct CalibrateFrameletsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "framelets",
    abstract: "Calibrate framelets as they are, without kernels.",
    discussion: """
      Writes ID-framelets.tif (I/F as 32-bit floats, not a number where a sample is no \
      measurement) and ID-flags.png (1 masked, 2 missing, 4 saturated, 8 hot, 16 particle hit, \
      32 edge, 64 artefact, 128 dead, and their sums), both laid out as the raw file. Black \
      level from masked columns; particle hits by their surroundings alone.

      Example:
        junocam calibrate framelets frames/ -o framelets
      """)

  @OptionGroup var paths: CalibrationPaths

  @Option(
    help: ArgumentHelp(
      "Distance from Sun to target, where the label does not say it.", valueName: "km"))
  var solarDistance: Double?

  func validate() throws {
    if let solarDistance, !(solarDistance > 0 && solarDistance.isFinite) {
      throw ValidationError("--solar-distance must be above 0.")
    }
  }

  func run() throws {
    let folder = try paths.folder()
    let files = FrameletFiles(
      solarDistanceKm: solarDistance, jobs: ProcessInfo.processInfo.activeProcessorCount)
    for file in try paths.frameFiles() {
      let product = try JunoCamProduct.open(file)
      let written = try files.write(product, to: folder, overwrite: paths.force) {
        Terminal.say("\(file.lastPathComponent): \($0)")
      }
      for url in written { Terminal.print(url.path) }
    }
  }
}
