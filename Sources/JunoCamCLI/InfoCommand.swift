import ArgumentParser
import Foundation
import JunoCam
import Pipeline
import Products

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Say what products are: label, framelets, times. Needs no kernels.",
    discussion: """
      Examples:
        junocam info frames/JNCE_2022229_44C00029_V01-raw.png
        junocam info --json frames/ | jq '.products[].startTime'
      """)

  @Argument(
    help: ArgumentHelp(
      "Raw PNG, .LBL, .IMG or zip file, or a folder that holds some.", valueName: "frame"))
  var frames: [String]

  @Flag(help: "Print JSON.")
  var json = false

  /// The document that `--json` prints.
  private struct Document: Encodable {
    struct Failure: Encodable {
      var file: String
      var reason: String
    }

    var schema = 1
    var products: [ProductSummary]
    var failures: [Failure]
  }

  func run() throws {
    let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let finder = FrameFinder(folder: folder)
    var document = Document(products: [], failures: [])
    var firstError: (any Error)?
    func fail(_ file: String, _ error: any Error) {
      firstError = firstError ?? error
      document.failures.append(Document.Failure(file: file, reason: "\(error)"))
      Terminal.error("\(error)")
    }
    var groups: [FrameFinder.Found] = []
    if let found = try? finder.find(frames) {
      groups = [found]
    } else {
      // What names nothing, or no product, must not hide the others.
      for frame in frames {
        do { groups.append(try finder.find([frame])) } catch { fail(frame, error) }
      }
    }
    for group in groups {
      for file in group.frames {
        do {
          let product = try JunoCamProduct.open(file, metadata: group.metadata)
          document.products.append(ProductSummary(product))
        } catch {
          fail(file.lastPathComponent, error)
        }
      }
    }
    if json {
      let bytes = try CanonicalJSON.bytes(document, pretty: true)
      Terminal.print(String(decoding: bytes, as: UTF8.self), terminator: "")
    } else if !document.products.isEmpty {
      Terminal.print(
        document.products.map { SummaryTable(summary: $0).text }.joined(separator: "\n\n"))
    }
    if let firstError {
      let code = document.products.isEmpty ? CommandExit(for: firstError) : .someFailed
      throw ExitCode(code.rawValue)
    }
  }
}
