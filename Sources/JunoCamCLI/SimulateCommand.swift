import ArgumentParser
import Foundation
import JunoCam
import Simulation

/// `junocam simulate`: raw frames, kernels and truth of a scene.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Render raw frames, kernels and truth of a simulated flyby.",
    discussion: """
      Examples:
        junocam simulate Pipelines/scenes/pj57.yaml -o out/pj57
        junocam simulate scene.yaml -o out/scene --albedo io-map.png --force
      """)

  @Argument(help: "Scene file (YAML).", completion: .file(extensions: ["yaml", "yml"]))
  var scene: String

  @Option(name: [.short, .long], help: "Folder to write.", completion: .directory)
  var output: String

  @Option(
    help: "Simple-cylindrical picture (longitude 0 at the left, east to the right) as ground.",
    completion: .file(extensions: ["png", "jpg", "jpeg"]))
  var albedo: String?

  @Option(
    name: .customLong("image"), parsing: .singleValue,
    help: "Product to render (repeatable); all images if none is given.",
    transform: { text in
      guard let product = ProductID(text) else {
        throw ValidationError("\"\(text)\" is no product id such as JNCE_2023364_57C90001_V01")
      }
      return product
    })
  var images: [ProductID] = []

  @Flag(help: "Write into a folder that holds files already.")
  var force = false

  func run() throws {
    let folder = URL(fileURLWithPath: output)
    let writer = try SceneWriter(contentsOf: URL(fileURLWithPath: scene), albedo: albedo)
    try writer.write(to: folder, overwrite: force, only: images) { product in
      FileHandle.standardError.write(Data("rendering \(product)\n".utf8))
    }
    print(folder.appendingPathComponent("kernels/\(writer.name).tm").path)
    let products = images.isEmpty ? writer.description.images.map(\.product) : images
    for product in products {
      print(folder.appendingPathComponent("frames/\(product)-raw.png").path)
    }
  }
}
