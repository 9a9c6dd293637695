import ArgumentParser
import Foundation
import ImageFormats
import Products
import Simulation

/// `junocam assess`: products of a run against the truth of a simulated scene.
struct AssessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: "Compare the products of a run with the truth of the scene its frames came from.",
    discussion: """
      Examples:
        junocam assess out/run --truth out/pj57
        junocam assess out/run --truth out/pj57 -o out/score --json

      Measurements (png16) are compared: registration, band-to-band shift, brightness, colour, \
      seams, coverage, noise, and what registration recovered.
      """)

  @Argument(
    help: ArgumentHelp("Run folder with manifest.json.", valueName: "run"), completion: .directory)
  var runFolder: String

  @Option(help: "Folder that junocam simulate wrote.", completion: .directory)
  var truth: String

  @Option(help: "Picture that was given to junocam simulate as --albedo.")
  var albedo: String?

  @Option(
    name: [.short, .long], help: "Folder for assessment.json and plots.", completion: .directory)
  var output: String?

  @Flag(help: "Print JSON instead of tables.")
  var json = false

  func run() throws {
    let assessor = try RunAssessor(
      run: URL(fileURLWithPath: runFolder), scene: URL(fileURLWithPath: truth), albedo: albedo)
    let outcome = try assessor.assess { path in
      FileHandle.standardError.write(Data("comparing \(path)\n".utf8))
    }
    let bytes = try CanonicalJSON.bytes(outcome.assessment, pretty: true)
    if let output {
      let folder = URL(fileURLWithPath: output)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try AtomicFile.write(bytes, to: folder.appendingPathComponent("assessment.json"))
      for (path, plot) in outcome.plots {
        let name = path.split(separator: "/").joined(separator: "-") + "-displacements.svg"
        try AtomicFile.write(Array(plot.utf8), to: folder.appendingPathComponent(name))
      }
    }
    FileHandle.standardOutput.write(
      json ? Data(bytes) : Data(ScoreTable(outcome.assessment).text.utf8))
  }
}
