import ArgumentParser
import Foundation
import Gallery

struct GalleryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gallery",
    abstract: "Make the web page of a finished run.",
    discussion: """
      Without -o the page is written into the run folder. With -o the site folder gets the page, \
      the products and the manifest: all that has to be uploaded.
      """)

  @Argument(help: "Folder of a run, with its manifest.json.")
  var folder: String

  @Option(name: .shortAndLong, help: "Folder to put the site in.")
  var output: String?

  @Flag(help: "Replace files that exist.")
  var force = false

  func run() throws {
    let writer = GalleryWriter(run: URL(fileURLWithPath: folder))
    let site = output.map { URL(fileURLWithPath: $0) }
    if let site {
      try FileManager.default.createDirectory(at: site, withIntermediateDirectories: true)
    }
    Terminal.print(try writer.write(to: site, overwrite: force).path)
  }
}
