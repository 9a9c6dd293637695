import ArgumentParser
import Products

@main
struct JunoCamCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "junocam",
    abstract: "Colour images, georeferenced maps and a web page from raw JunoCam framelets.",
    discussion: """
      Examples:
        junocam run Pipelines/io-flybys.yaml -o out/io
        junocam run io.yaml --set products.0.map.pixelsPerDegree=16 --dry-run
        junocam point FRAME --lat 12.9 --lon 51.2 --kernels kernels/
        junocam info frames/JNCE_2022229_44C00029_V01-raw.png

      Results go to standard output, progress and messages to standard error.
      Exit codes: 0 done, 1 some products failed, 64 usage, 65 bad data, 66 missing input or \
      kernel, 74 input/output, 130 interrupted.
      """,
    version: "\(SoftwareRecord.current.name) \(SoftwareRecord.current.version)",
    subcommands: [
      RunCommand.self, InfoCommand.self, PointCommand.self, KernelsCommand.self,
      SimulateCommand.self, AssessCommand.self, GalleryCommand.self, CalibrationCommand.self,
      BenchmarkCommand.self,
    ])

  /// Runs a command and turns whatever it throws into a message and an exit code.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      CommandExit.leave(with: error)
    }
  }
}
