import Foundation
import JunoCam
import Photometry
import SpaceMath
import ViewGeometry
import Yams

extension SceneDescription {
  /// Reads a scene file (YAML).
  ///
  /// - Throws: `SimulationError.badScene` with all problems and their lines, `notRead`.
  public init(contentsOf url: URL) throws(SimulationError) {
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw .notRead(path: url.path, reason: error.localizedDescription)
    }
    try self.init(yaml: text, file: url.lastPathComponent)
  }

  /// Reads the text of a scene file.
  ///
  /// - Parameter file: its name, for messages.
  /// - Throws: `SimulationError.badScene`.
  public init(yaml text: String, file: String) throws(SimulationError) {
    let node: Node
    do {
      guard let composed = try Yams.compose(yaml: text) else {
        throw SimulationError.badScene(file: file, problems: ["the file is empty"])
      }
      node = composed
    } catch let error as SimulationError {
      throw error
    } catch {
      throw .badScene(file: file, problems: ["not YAML: \(error)"])
    }
    let problems = SceneMapping.Problems()
    let scene = SceneReader.scene(SceneMapping(node, problems: problems))
    guard let scene, problems.lines.isEmpty else {
      throw .badScene(file: file, problems: problems.lines)
    }
    self = scene
  }
}

/// The keys of a scene file.
enum SceneReader {
  static func scene(_ file: SceneMapping) -> SceneDescription? {
    _ = file.integer("schema", in: 1...1)
    file.missing("schema", example: "1")
    let title = file.text("title") ?? ""
    let seed = UInt64(file.integer("seed", in: 0...Int.max) ?? 1)
    let target = file.text("target")?.uppercased() ?? "IO"
    let track = file.mapping("flyby").flatMap(readTrack)
    file.missing("flyby", example: "{closestApproach: …}")
    let ground = file.mapping("surface").map { readGround($0, target: target, seed: seed) }
    let images = (file.mappings("images") ?? []).compactMap(readImage)
    file.missing("images", example: "[{product: …}]")
    let craft = file.mapping("spacecraft").map(readCraft)
    let light = file.mapping("light").map(readLight)
    let camera = file.mapping("camera").map(CameraReader.camera)
    let hidden = file.mapping("hidden").map(readHidden)
    let output = file.mapping("output").map(readOutput)
    file.finish()
    guard let track, !images.isEmpty else { return nil }
    var scene = SceneDescription(
      title: title, seed: seed, target: target, track: track,
      ground: ground ?? (target == "IO" ? .io(seed: seed) : .plain(seed: seed)), images: images)
    scene.craft = craft ?? scene.craft
    scene.light = light ?? scene.light
    scene.camera = camera ?? scene.camera
    scene.hidden = hidden ?? scene.hidden
    scene.output = output ?? scene.output
    return scene
  }

  private static func place(_ parent: SceneMapping, _ key: String) -> SceneDescription.Place? {
    guard let mapping = parent.mapping(key) else {
      parent.missing(key, example: "{latitude: 3.09, westLongitude: 241.9}")
      return nil
    }
    let latitude = mapping.number("latitude", in: -90...90)
    let longitude = mapping.number("westLongitude", in: 0...360)
    mapping.missing("latitude", example: "3.09")
    mapping.missing("westLongitude", example: "241.9")
    mapping.finish()
    guard let latitude, let longitude else { return nil }
    return SceneDescription.Place(latitude: latitude, westLongitude: longitude)
  }

  private static func readTrack(_ mapping: SceneMapping) -> SceneDescription.Track? {
    let time = mapping.converted(
      "closestApproach", expecting: "a UTC such as 2023-12-30T08:36:00.836", CivilTime.init)
    let altitude = mapping.number("altitude", in: 1...1e6)
    let speed = mapping.number("speed", in: 0.01...100)
    let below = place(mapping, "subSpacecraft")
    let heading = place(mapping, "heading")
    let sun = place(mapping, "subSolar")
    let distance = mapping.number("solarDistance", in: 4...6.5)
    mapping.missing("closestApproach", example: "2023-12-30T08:36:00.836")
    mapping.missing("altitude", example: "1500")
    mapping.missing("speed", example: "29.1")
    mapping.missing("solarDistance", example: "4.983")
    mapping.finish()
    guard let time, let altitude, let speed, let below, let heading, let sun, let distance else {
      return nil
    }
    return SceneDescription.Track(
      closestApproach: time, altitudeKm: altitude, speed: speed, subSpacecraft: below,
      heading: heading, subSolar: sun, solarDistanceAU: distance)
  }

  private static func readCraft(_ mapping: SceneMapping) -> SceneDescription.Craft {
    var craft = SceneDescription.Craft()
    craft.revolutionsPerMinute =
      mapping.number("spinRate", in: 0.5...5) ?? craft.revolutionsPerMinute
    craft.phase = mapping.number("spinPhase", in: 0...360) ?? craft.phase
    craft.axisFromSun = mapping.number("axisFromSun", in: -30...30) ?? craft.axisFromSun
    if let tilt = mapping.numbers("spinTilt", count: 2, in: -5...5) {
      craft.tilt = SIMD2(tilt[0], tilt[1])
    }
    mapping.finish()
    return craft
  }

  private static func readGround(
    _ mapping: SceneMapping, target: String, seed: UInt64
  ) -> SceneDescription.Ground {
    let own = mapping.integer("seed", in: 0...Int.max).map { UInt64($0) } ?? seed
    let albedo = mapping.text("albedo")
    mapping.finish()
    if let albedo { return .texture(path: albedo) }
    return target == "IO" ? .io(seed: own) : .plain(seed: own)
  }

  /// Names of the photometric models in a scene file.
  private enum ModelName: String, CaseIterable {
    case lambert
    case lommelSeeliger = "lommel-seeliger"
    case lunarLambert = "lunar-lambert"
    case minnaert
    case hapke
  }

  private static func readLight(_ mapping: SceneMapping) -> SceneDescription.Light {
    var light = SceneDescription.Light()
    let l = mapping.number("l", in: 0...1) ?? 0.35
    let k = mapping.number("k", in: 0...2) ?? 0.65
    let albedo = mapping.number("singleScatteringAlbedo", in: 0.01...1) ?? 0.9
    let slope = mapping.number("meanSlope", in: 0...50) ?? 25
    switch mapping.choice("model", of: ModelName.self) {
    case .lambert: light.model = .lambert
    case .lommelSeeliger: light.model = .lommelSeeliger
    case .minnaert: light.model = .minnaert(k: k)
    case .hapke:
      light.model = .hapke(
        HapkeParameters(
          singleScatteringAlbedo: albedo, oppositionWidth: 0.06, oppositionHeight: 0.6,
          meanSlopeRad: slope * .pi / 180, asymmetry: -0.3))
    case .lunarLambert, nil: light.model = .lunarLambert(l: l)
    }
    light.hasPhaseFunction = mapping.flag("phaseFunction") ?? light.hasPhaseFunction
    light.hasJupitershine = mapping.flag("jupitershine") ?? light.hasJupitershine
    light.hasShadows = mapping.flag("shadows") ?? light.hasShadows
    light.hasPlumes = mapping.flag("plumes") ?? light.hasPlumes
    light.hasStars = mapping.flag("stars") ?? light.hasStars
    mapping.finish()
    return light
  }

  private static func readHidden(_ mapping: SceneMapping) -> SceneDescription.Hidden {
    var hidden = SceneDescription.Hidden()
    if let values = mapping.numbers("pointing", count: 3, in: -600...600) {
      hidden.pointing = Vector3(values[0], values[1], values[2])
    }
    if let values = mapping.numbers("pointingDrift", count: 3, in: -60...60) {
      hidden.pointingDrift = Vector3(values[0], values[1], values[2])
    }
    hidden.alongTrackKm = mapping.number("alongTrack", in: -1000...1000) ?? 0
    hidden.nutation = mapping.number("nutation", in: 0...60) ?? 0
    hidden.nutationPeriod =
      mapping.number("nutationPeriod", in: 1...10_000) ?? hidden.nutationPeriod
    hidden.distortion = mapping.number("distortion", in: -1...1) ?? 0
    mapping.finish()
    return hidden
  }

  private static func readOutput(_ mapping: SceneMapping) -> OutputDescription {
    var output = OutputDescription()
    output.archive = mapping.flag("archive") ?? output.archive
    output.truthPlanes = mapping.flag("truthPlanes") ?? output.truthPlanes
    mapping.finish()
    return output
  }

  private static func readImage(_ mapping: SceneMapping) -> SceneDescription.Image? {
    let product = mapping.converted(
      "product", expecting: "a product id such as JNCE_2023364_57C90001_V01"
    ) { ProductID($0) }
    let title = mapping.text("title") ?? ""
    let time = mapping.number("time", in: -3000...3000)
    let frames = mapping.integer("frames", in: 1...200)
    let filters = mapping.choices("filters", of: Filter.self)
    let stages = mapping.integer("tdi", in: 1...64)
    let delay = mapping.number("interframeDelay", in: 0.2...60)
    let error = mapping.number("startTimeError", in: -1000...1000)
    let lost = mapping.mappings("lostLines")?.compactMap(readLines)
    mapping.missing("product", example: "JNCE_2023364_57C90001_V01")
    mapping.missing("time", example: "114")
    mapping.missing("frames", example: "20")
    mapping.finish()
    guard let product, let time, let frames else { return nil }
    var image = SceneDescription.Image(product: product, title: title, time: time, frames: frames)
    image.filters = filters ?? image.filters
    image.tdiStages = stages ?? image.tdiStages
    image.interframeDelay = delay ?? image.interframeDelay
    image.startTimeError = error ?? image.startTimeError
    image.lostLines = lost ?? image.lostLines
    return image
  }

  private static func readLines(_ mapping: SceneMapping) -> SIMD2<Int>? {
    let first = mapping.integer("first", in: 0...1_000_000)
    let count = mapping.integer("count", in: 1...1_000_000)
    mapping.missing("first", example: "2000")
    mapping.missing("count", example: "64")
    mapping.finish()
    guard let first, let count else { return nil }
    return SIMD2(first, count)
  }
}
