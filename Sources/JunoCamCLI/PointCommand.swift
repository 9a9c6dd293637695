import ArgumentParser
import Foundation
import JunoCam
import Pipeline
import Products
import SpaceMath

struct PointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "point",
    abstract: "Say what a pixel sees, or which pixels see a place.",
    discussion: """
      Frames count from 0; x and y are the camera model's own coordinates, with their origin at the \
      corner of the framelet, so that the centre of column c and row r is c+0.5,r+0.5.

      Examples:
        junocam point FRAME --kernels pj57.tm --filter RED --frame 12 --pixel 800.5,64.5
        junocam point FRAME --kernels pj57.tm --lat 13 --lon 51.2
        junocam point FRAME --kernels pj57.tm --points points.csv > answers.csv
      """)

  @Argument(help: "Raw PNG, .LBL or .IMG file, or a folder that holds one.")
  var frame: String

  @Option(
    name: .customLong("kernels"), parsing: .upToNextOption,
    help: ArgumentHelp("Meta-kernels, kernels or folders.", valueName: "path"))
  var kernels: [String]

  @Option(help: "NAIF name of the body, if not the label's.")
  var target: String?

  @Option(help: "Filter: RED, GREEN, BLUE or METHANE.", transform: PointCommand.filter)
  var filter: Filter?

  @Option(name: .customLong("frame"), help: "Frame, counted from 0.")
  var frameNumber: Int?

  @Option(help: ArgumentHelp("Place in the framelet.", valueName: "x,y"))
  var pixel: String?

  @Option(parsing: .unconditional, help: "Planetocentric latitude, degrees.")
  var lat: Double?

  @Option(parsing: .unconditional, help: "East longitude, degrees.")
  var lon: Double?

  @Option(
    help: ArgumentHelp(
      "Table with columns filter,frame,x,y or lat,lon; prints a table.", valueName: "file.csv"))
  var points: String?

  @Option(help: "Most threads for --points; all cores if not given.")
  var jobs: Int?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: "Geometry options") var geometry: GeometryFlags

  /// What is asked.
  private enum Question {
    case pixel(Filter, frame: Int, x: Double, y: Double)
    case place(latitude: Double, longitude: Double)
    case table(String)
  }

  func validate() throws { _ = try question }

  private var question: Question {
    get throws {
      let isPixel = filter != nil || frameNumber != nil || pixel != nil
      let isPlace = lat != nil || lon != nil
      guard [isPixel, isPlace, points != nil].filter({ $0 }).count == 1 else {
        throw ValidationError(
          "Ask for a pixel (--filter, --frame, --pixel), a place (--lat, --lon) or a table (--points)."
        )
      }
      if let points {
        if json { throw ValidationError("--points answers with CSV; leave out --json.") }
        return .table(points)
      }
      if isPlace {
        guard let lat, let lon, abs(lat) <= 90, abs(lon) <= 720 else {
          throw ValidationError(
            "A place needs --lat, from -90 to 90, and --lon, an east longitude.")
        }
        return .place(latitude: lat, longitude: lon)
      }
      guard let filter, let frameNumber, let pixel else {
        throw ValidationError("A pixel needs --filter, --frame and --pixel.")
      }
      let parts = pixel.split(separator: ",").compactMap { Double($0) }
      guard parts.count == 2 else {
        throw ValidationError("--pixel is x,y, for example 800.5,64.5; not '\(pixel)'.")
      }
      return .pixel(filter, frame: frameNumber, x: parts[0], y: parts[1])
    }
  }

  private struct Document: Encodable {
    var schema = 1
    var image: String
    var target: String
    var options: GeometryOptions
    var warnings: [String]
    var sightings: [SightingRecord]
  }

  func run() throws {
    let question = try question
    let image = try PointingRequest(
      frame: frame, kernels: kernels, target: target, options: geometry.options
    ).open()
    image.warnings.forEach { Terminal.warning($0) }
    let sightings: [Sighting]
    switch question {
    case .table(let path): return try answer(path, image)
    case .pixel(let filter, let frame, let x, let y):
      sightings = [try image.sighting(filter: filter, frame: frame, x: x, y: y)]
    case .place(let latitude, let longitude):
      sightings = image.sightings(
        latitude: Angle.radians(latitude), longitude: Angle.radians(longitude))
    }
    let records = try sightings.map { try SightingRecord($0, of: image) }
    if json {
      let document = Document(
        image: image.label.productID.description, target: image.geometry.target,
        options: image.geometry.options,
        warnings: image.warnings, sightings: records)
      let bytes = try CanonicalJSON.bytes(document, pretty: true)
      Terminal.print(String(decoding: bytes, as: UTF8.self), terminator: "")
    } else if records.isEmpty {
      Terminal.say("no framelet of \(image.label.productID) sees that place")
    } else {
      Terminal.print(records.map { SightingTable(record: $0).text }.joined(separator: "\n\n"))
    }
  }

  private func answer(_ path: String, _ image: ImagePointing) throws {
    let table: Data
    do { table = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) } catch {
      throw FileManager.default.fileExists(atPath: path)
        ? JunoCamError.unreadable(path: path, reason: error.localizedDescription)
        : JunoCamError.noSuchFile(path: path)
    }
    let threads = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    try table.withUnsafeBytes { bytes in
      try PointTable(image: image, path: path, jobs: threads).answer(bytes) { piece in
        try FileHandle.standardOutput.write(contentsOf: piece)
      }
    }
  }

  @Sendable private static func filter(_ text: String) throws -> Filter {
    let all = Filter.allCases
    guard let filter = all.first(where: { $0.rawValue == text.uppercased() }) else {
      throw ValidationError("--filter is one of RED, GREEN, BLUE, METHANE; not '\(text)'.")
    }
    return filter
  }
}
