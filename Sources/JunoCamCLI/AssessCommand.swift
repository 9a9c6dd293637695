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
        junocam assess --summary out/*/score

      Measurements (png16) are compared: registration, band-to-band shift, brightness, colour, \
      seams, coverage, noise; and, for each image, what registration recovered and which hot pixels \
      and particle hits were found. With -o a folder gets assessment.json, table.md, and for each \
      product the displacements (SVG) and measured less true I/F (PNG).
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folder with manifest.json; with --summary, folders of earlier assessments.",
      valueName: "folder"), completion: .directory)
  var folders: [String]

  @Option(help: "Folder that junocam simulate wrote.", completion: .directory)
  var truth: String?

  @Option(help: "Picture that was given to junocam simulate as --albedo.")
  var albedo: String?

  @Option(
    name: [.short, .long], help: "Folder for assessment.json, table.md and pictures.",
    completion: .directory)
  var output: String?

  @Flag(help: "Print JSON instead of tables.")
  var json = false

  @Flag(help: "Print one line for each of the assessments in the folders.")
  var summary = false

  func validate() throws {
    if summary {
      guard truth == nil, output == nil, albedo == nil, !json else {
        throw ValidationError("--summary goes with folders only: leave the other options out.")
      }
    } else {
      guard folders.count == 1 else { throw ValidationError("name one run folder.") }
      guard truth != nil else {
        throw ValidationError("say with --truth which folder of junocam simulate to compare with.")
      }
    }
  }

  func run() throws {
    if summary { return try printSummary() }
    let assessor = try RunAssessor(
      run: URL(fileURLWithPath: folders[0]), scene: URL(fileURLWithPath: truth ?? ""),
      albedo: albedo)
    let outcome = try assessor.assess { path in
      FileHandle.standardError.write(Data("comparing \(path)\n".utf8))
    }
    let bytes = try CanonicalJSON.bytes(outcome.assessment, pretty: true)
    let table = Array(ScoreTable(outcome.assessment).text.utf8)
    if let output { try write(outcome, json: bytes, table: table, to: output) }
    FileHandle.standardOutput.write(Data(json ? bytes : table))
  }

  private func write(
    _ outcome: RunAssessor.Outcome, json: [UInt8], table: [UInt8], to output: String
  ) throws {
    let folder = URL(fileURLWithPath: output)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try AtomicFile.write(json, to: folder.appendingPathComponent("assessment.json"))
    try AtomicFile.write(table, to: folder.appendingPathComponent("table.md"))
    func url(_ path: String, _ ending: String) -> URL {
      let name = path.split(separator: "/").joined(separator: "-")
      return folder.appendingPathComponent(name + ending)
    }
    for (path, plot) in outcome.plots {
      try AtomicFile.write(Array(plot.utf8), to: url(path, "-displacements.svg"))
    }
    for (path, picture) in outcome.differences {
      try AtomicFile.write(picture, to: url(path, "-difference.png"))
    }
  }

  private func printSummary() throws {
    let assessments = try folders.map { folder in
      let url = URL(fileURLWithPath: folder).appendingPathComponent("assessment.json")
      return try Assessment(contentsOf: url)
    }
    FileHandle.standardOutput.write(Data(ScoreTable.summary(assessments).utf8))
  }
}
