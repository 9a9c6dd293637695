import Foundation
import JunoCam
import SpaceMath
import Testing
import ViewGeometry

@testable import Pipeline

/// The smallest good file, from the project's design; line 7 holds the products.
private let smallest = """
  schema: 1
  title: Io, perijove 57
  target: IO
  frames: [frames/JNCE_2023364_57C00022_V01-raw.png]
  kernels: [kernels/pj57.tm]
  products:
    - map: {projection: simple-cylindrical, pixelsPerDegree: 8, longitudes: [0, 360], latitudes: [-90, 90]}
      formats: [png16, png, jpeg]
    - view: {projection: point-perspective}
      formats: [png, jpeg]
  output: out/io-pj57
  """

private func read(_ yaml: String, options: [String] = []) throws -> PipelineSpecification {
  try PipelineFile.specification(yaml: yaml, file: "io.yaml", options: options)
}

private func problems(_ yaml: String, options: [String] = []) -> [PipelineProblem] {
  do {
    _ = try read(yaml, options: options)
    return []
  } catch PipelineError.invalidFile(_, let problems) {
    return problems
  } catch {
    Issue.record(error)
    return []
  }
}

private func replacing(_ old: String, with new: String) -> String {
  smallest.replacingOccurrences(of: old, with: new)
}

@Suite struct PipelineFileTests {
  @Test func smallestFileReads() throws {
    let specification = try read(smallest)
    #expect(specification.title == "Io, perijove 57")
    #expect(specification.target == "IO")
    #expect(specification.frames == ["frames/JNCE_2023364_57C00022_V01-raw.png"])
    #expect(specification.output == "out/io-pj57")
    #expect(specification.registration.mode == .auto)
    #expect(specification.products.map(\.kind.key) == ["map", "view"])
    #expect(specification.products[0].formats == [.png16, .png, .jpeg])
    guard case .map(let map) = specification.products[0].kind else {
      Issue.record("the first product is no map")
      return
    }
    #expect(map.pixelsPerDegree == 8)
    #expect(map.longitudes == [0, 360])
    #expect(map.centre == nil)
  }

  /// Each number that sources dispute can be set and reaches the camera model's options.
  @Test func disputedNumbersReachTheGeometry() throws {
    let text =
      smallest + """

        geometry:
          startTimeBias: 0.05
          interframeDelta: 0.002
          exposureFraction: 0.5
          lightTime: NONE
          pixelOrigin: centre
          centreX: {GREEN: 815}
          centreY: {RED: 303.97, METHANE: 405.48}
          k1: -3.7e-8
          k2: 5.0e-14
          spinTilt: [0.1, -0.2]
        images:
          A: {startTimeOffset: 0.0115, pointing: [0, 0, 1], positionOffset: [1, 2, 3]}
        """
    let specification = try read(text)
    let options = specification.geometry.options(for: try #require(specification.images["A"]))
    #expect(options.startTimeBias == 0.05)
    #expect(options.interframeDelta == 0.002)
    #expect(options.exposureFraction == 0.5)
    #expect(options.lightTimeMode == .none)
    #expect(options.pixelOrigin == .centre)
    #expect(options.centreX == [.green: 815])
    #expect(options.centreY == [.red: 303.97, .methane: 405.48])
    #expect(options.k1 == -3.7e-8)
    #expect(options.k2 == 5.0e-14)
    #expect(abs(options.spinTilt.x - 0.1 * .pi / 180) < 1e-15)
    #expect(abs(options.spinTilt.y + 0.2 * .pi / 180) < 1e-15)
    #expect(options.startTimeOffset == 0.0115)
    #expect(abs(options.pointing.z - .pi / 180) < 1e-15)
    #expect(options.positionOffset == Vector3(1, 2, 3))
    #expect(try PipelineFile.yaml(specification).contains("RED: 303.97"))
    #expect(
      problems(text.replacingOccurrences(of: "{RED:", with: "{REED:")).first?.text
        .contains("did you mean 'RED'?") ?? false)
  }

  @Test func fullFormReadsBackAsTheSame() throws {
    let specification = try read(
      smallest + """

        images: {JNCE_2023364_57C00022_V01: {startTimeOffset: 0.0115}}
        registration: none
        """)
    let full = try PipelineFile.yaml(specification)
    #expect(full.contains("jpegQuality: 92"))
    #expect(full.contains("zoom: 1\n"))
    #expect(full.contains("latitudes: [-90, 90]"))
    #expect(full.contains("brightness: 0.62"))
    #expect(try read(full) == specification)
  }

  @Test func registrationMayBeAWordOrAMapping() throws {
    func registration(_ text: String) throws -> RegistrationSettings {
      try read(smallest + "\nregistration: \(text)\n").registration
    }
    #expect(try registration("auto") == RegistrationSettings())
    let whole = try registration(
      "{joint: false, baseMap: {file: io.tif, centreLongitude: 0, direction: positive-west}}")
    #expect(whole.mode == .auto && !whole.joint)
    #expect(whole.baseMap?.file == "io.tif")
    #expect(whole.baseMap?.centreLongitude == 0)
    #expect(whole.baseMap?.direction == .positiveWest)
    let short = try registration("{mode: auto, baseMap: maps/io.png}")
    #expect(short.joint)
    #expect(short.baseMap == BaseMapSettings(file: "maps/io.png"))
    let full = try PipelineFile.yaml(
      read(smallest + "\nregistration: {baseMap: {file: a.jpg, centreLongitude: 90}}\n"))
    #expect(try read(full).registration.baseMap?.centreLongitude == 90)
  }

  @Test func unknownKeyIsNamedWithItsLineAndTheNearestOne() {
    let found = problems(replacing("title:", with: "titel:"))
    #expect(found.count == 1)
    #expect(found.first?.line == 2)
    #expect(found.first?.column == 1)
    #expect(found.first?.text == "unknown key 'titel'; did you mean 'title'?")

    let nested = problems(replacing("pixelsPerDegree", with: "pixels_per_degre"))
    #expect(nested.first?.line == 7)
    #expect(nested.first?.text.contains("in 'products.0.map'") ?? false)
    #expect(nested.first?.text.contains("did you mean 'pixelsPerDegree'?") ?? false)
  }

  @Test func everyProblemIsTold() {
    let found = problems(
      """
      schema: 2
      target: IO
      frames: []
      kernels: {a: b}
      products:
        - map: {pixelsPerDegree: many}
          formats: [pgn]
      """)
    #expect(found.map(\.line) == [1, 1, 3, 4, 6, 7])
    #expect(found.contains { $0.text.contains("'schema' must be from 1 to 1, not 2") })
    #expect(found.contains { $0.text.contains("'output' is missing") })
    #expect(found.contains { $0.text.contains("'frames' is empty") })
    #expect(found.contains { $0.text.contains("'kernels' must be a list, not a mapping") })
    #expect(found.contains { $0.text.contains("must be a number, not 'many'") })
    #expect(found.contains { $0.text.contains("cannot be 'pgn'; did you mean 'png'?") })
  }

  @Test(arguments: [
    ("longitudes: [0, 360]", "longitudes: [350, 10]", "the second must be larger"),
    ("longitudes: [0, 360]", "longitudes: [0, 361]", "by at most 360"),
    ("latitudes: [-90, 90]", "latitudes: [90, -90]", "lower and the upper edge"),
    ("latitudes: [-90, 90]", "latitudes: [-91, 90]", "must be from -90 to 90, not -91"),
    ("latitudes: [-90, 90]", "latitudes: [1]", "must be a list of 2 numbers"),
    ("projection: simple-cylindrical", "projection: mollweide", "means nothing to a mollweide map"),
    ("pixelsPerDegree: 8", "pixelsPerDegree: 0", "must be from 0.01 to 4096"),
    ("pixelsPerDegree: 8", "pixelsPerDegree: .nan", "must be a number"),
    ("pixelsPerDegree: 8", "pixelsPerDegree: 4000", "more than 2 147 483 647 pixels"),
    ("[png, jpeg]", "[geotiff]", "a view cannot be a geotiff"),
    ("- view: {projection: point-perspective}", "- globe: {}", "unknown key 'globe'"),
    ("- view: {projection: point-perspective}", "- map: {}", "two products are called 'map'"),
    ("schema: 1", "schema: '1'", "'schema' must be a whole number"),
    ("target: IO", "target: [IO]", "'target' must be a text, not a list"),
    ("target: IO", "target:", "'target' must be a text, not nothing"),
    ("target: IO", "target: IO\ntarget: EUROPA", "'target' written more than once"),
    ("target: IO", "target: \"IO", "not YAML"),
    ("target: IO", "target: IO\nregistration: autto", "did you mean 'auto'?"),
    ("target: IO", "target: IO\nregistration: {modus: auto}", "unknown key 'modus'"),
    (
      "target: IO", "target: IO\nregistration: {baseMap: {centreLongitude: 0}}",
      "'registration.baseMap.file' is missing"
    ),
    (
      "target: IO", "target: IO\nregistration: {baseMap: {file: a.png, direction: west}}",
      "cannot be 'west'"
    ),
    ("target: IO", "target: IO\ngallery: maybe", "must be true or false"),
    (
      "target: IO", "target: IO\nimages: {X: {startTimeOfset: 1}}", "did you mean 'startTimeOffset'"
    ),
  ])
  func badValueIsNamed(old: String, new: String, message: String) {
    let found = problems(replacing(old, with: new))
    #expect(found.contains { $0.text.contains(message) }, "\(found)")
    #expect(found.allSatisfy { ($0.line ?? 0) > 0 })
  }

  @Test(arguments: ["", "# nothing\n", "- a list\n", "just text", "\u{0}\u{1}", "a: &x [*x]"])
  func fileThatIsNoMappingIsRefused(yaml: String) {
    #expect(!problems(yaml).isEmpty)
  }

  @Test func optionsOverrideTheFile() throws {
    let specification = try read(
      smallest,
      options: [
        "products.0.map.pixelsPerDegree=2", "title=A: B", "registration=none",
        "products.1.formats=[png]", "images.JNCE_2023364_57C00022_V01.startTimeOffset=-0.0158",
      ])
    guard case .map(let map) = specification.products[0].kind else { return }
    #expect(map.pixelsPerDegree == 2)
    #expect(specification.title == "A: B")
    #expect(specification.registration.mode == .none)
    #expect(specification.products[1].formats == [.png])
    #expect(specification.images["JNCE_2023364_57C00022_V01"]?.startTimeOffset == -0.0158)
  }

  @Test func wrongOptionSaysWhichOptionItWas() {
    let found = problems(smallest, options: ["jpegQualtiy=3"])
    #expect(found.first?.option == "jpegQualtiy=3")
    #expect(
      found.first?.message(file: "io.yaml")
        == "--set jpegQualtiy=3: unknown key 'jpegQualtiy'; did you mean 'jpegQuality'?")
    for option in ["nonsense", "=3", "title.x=3", "products.7.formats=png", "products.x=1"] {
      #expect(throws: PipelineError.self) { try read(smallest, options: [option]) }
    }
  }

  @Test func missingFileIsSaid() {
    #expect(throws: PipelineError.fileMissing(file: "no/such.yaml")) {
      try PipelineFile(path: "no/such.yaml")
    }
  }

  @Test func spellingFindsTheNearest() {
    #expect(Spelling.nearest(to: "fromats", in: ["frames", "formats"]) == "formats")
    #expect(Spelling.nearest(to: "PixelsPerDegree", in: ["pixelsPerDegree"]) == "pixelsPerDegree")
    #expect(Spelling.nearest(to: "zzz", in: ["map", "view"]) == nil)
    #expect(Spelling.editDistance(Array("kitten"), Array("sitting")) == 3)
    #expect(Spelling.editDistance(Array("ab"), Array("ba")) == 1)
  }
}
