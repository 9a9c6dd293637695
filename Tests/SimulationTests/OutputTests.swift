import Foundation
import JunoCam
import PlanetaryLabels
import Raster
import SpaceMath
import TestSupport
import Testing

@testable import Simulation

@Suite struct OutputTests {
  /// A scene that renders fast: two frames, one filter, few samples.
  private func small(_ changes: (inout SceneDescription) -> Void = { _ in }) throws
    -> SceneDescription
  {
    var scene = try Scenes.model("pj57").description
    scene.images = [scene.images[3]]
    scene.images[0].frames = 1
    scene.images[0].filters = [.red]
    scene.camera.samplesPerEdge = 1
    scene.ground = .plain(seed: 4)
    scene.light.hasPlumes = false
    changes(&scene)
    return scene
  }

  private func render(_ scene: SceneDescription) throws -> Plane<UInt8> {
    let model = try SceneModel(scene)
    return ImageRenderer(
      model: model, surface: PlainSurface(moon: model.moon, seed: 4), index: 0
    ).render().codes
  }

  /// Keys of the mission website's metadata files.
  private static let websiteKeys = [
    "COMPRESSION_TYPE", "DATA_SET_ID", "DESCRIPTION", "EXPOSURE_DURATION", "FILE_NAME",
    "FILE_RECORDS", "FILTER_NAME", "FOCAL_PLANE_TEMPERATURE", "IMAGE_TIME",
    "INSTRUMENT_HOST_NAME", "INSTRUMENT_ID", "INSTRUMENT_NAME", "INTERFRAME_DELAY",
    "JNO:TDI_STAGES_COUNT", "LINES", "LINE_PREFIX_BYTES", "LINE_SAMPLES", "LINE_SUFFIX_BYTES",
    "MISSION_PHASE_NAME", "ORBIT_NUMBER", "PJ", "PROCESSING_LEVEL_ID", "PRODUCER_ID",
    "PRODUCT_CREATION_TIME", "PRODUCT_ID", "PRODUCT_VERSION_ID", "RATIONALE_DESC",
    "RECORD_BYTES", "SAMPLE_BITS", "SAMPLE_BIT_MASK", "SAMPLE_BIT_MODE_ID", "SAMPLE_TYPE",
    "SAMPLING_FACTOR", "SEQUENCE_ID", "SOFTWARE_NAME", "SOLAR_DISTANCE", "SOURCE_PRODUCT_ID",
    "SPACECRAFT_ALTITUDE", "SPACECRAFT_CLOCK_START_COUNT", "SPACECRAFT_CLOCK_STOP_COUNT",
    "SPACECRAFT_NAME", "STANDARD_DATA_PRODUCT_ID", "START_TIME", "STOP_TIME",
    "SUB_SPACECRAFT_LATITUDE", "SUB_SPACECRAFT_LONGITUDE", "TARGET_NAME", "TITLE", "TOKEN_ID",
  ]

  @Test func labelsHaveTheWebsitesKeys() throws {
    let label = LabelMaker(model: try Scenes.model("pj57"), index: 0)
    #expect(label.entries.map(\.keyword) == Self.websiteKeys)
  }

  @Test func everyImageOfTheFlybysShowsTheMoonInItsMiddle() throws {
    for scene in ["pj57", "pj58"] {
      let model = try Scenes.model(scene)
      for (index, image) in model.description.images.enumerated() {
        let frames = model.exposureET(image: index)
        let pose = model.actual.pose(at: frames[image.frames / 2])
        let centre = pose.cameraFromJ2000 * pose.targetPosition
        let pixel = try #require(model.optics(.green).pixel(along: centre))
        #expect((60...1600).contains(pixel.x))
        #expect((-100...230).contains(pixel.y))
      }
    }
  }

  @Test func theSameSceneGivesTheSameBytes() throws {
    let scene = try small()
    #expect(try render(scene) == render(scene))
  }

  @Test func hiddenErrorsShowInThePictureOnly() throws {
    let honest = try small { $0.camera.hasNoise = false }
    var bent = honest
    bent.hidden.pointing = Vector3(3, 5, -4)
    bent.hidden.alongTrackKm = 27
    bent.hidden.nutation = 1
    bent.hidden.distortion = 0.05
    bent.images[0].startTimeError = 14
    let straight = try SceneModel(honest)
    let crooked = try SceneModel(bent)
    #expect(
      LabelMaker(model: straight, index: 0).entries
        == LabelMaker(model: crooked, index: 0).entries)
    #expect(
      try DynamicKernels(model: straight).spk() == DynamicKernels(model: crooked).spk())
    #expect(try DynamicKernels(model: straight).ck() == DynamicKernels(model: crooked).ck())
    #expect(try render(honest) != render(bent))
    #expect(abs(crooked.actual.deviation.timeAhead - 27 / 29.1) < 1e-12)
  }

  @Test func knownErrorsGivenToThePoseSolverExplainThePicture() throws {
    var scene = try small()
    scene.hidden.pointing = Vector3(3, 5, -4)
    scene.hidden.alongTrackKm = 27
    scene.images[0].startTimeError = 14
    let model = try SceneModel(scene)
    let folder = try TemporaryFolder()
    try SceneFolder.write(model, to: folder.url)
    var options = GeometryOptions()
    options.startTimeOffset = 0.014
    options.ephemerisTimeOffset = 27 / 29.1
    options.pointing = Vector3(3, 5, -4) * (.pi / 10_800)
    let solver = try PoseSolver(
      kernels: SceneFolder.kernels(folder.url), target: "IO", options: options)
    let et = model.exposureET(image: 0)[0]
    let truth = model.actual.pose(at: et)
    let solved = try solver.pose(et: et)
    #expect((truth.targetPosition - solved.targetPosition).norm < 1e-4)
    let axis = truth.cameraFromJ2000.transposeTimes(Vector3(0, 0, 1))
    #expect(axis.angle(to: solved.cameraFromJ2000.transposeTimes(Vector3(0, 0, 1))) < 1e-8)
    let row = truth.cameraFromJ2000.transposeTimes(Vector3(0, 1, 0))
    #expect(row.angle(to: solved.cameraFromJ2000.transposeTimes(Vector3(0, 1, 0))) < 1e-8)
  }

  @Test(arguments: [-3900.0, -1475, 4000])
  func kernelsReachFromTheLightsDeparture(time: Double) throws {
    var scene = try small()
    scene.images[0].time = time
    let model = try SceneModel(scene)
    let folder = try TemporaryFolder()
    try SceneFolder.write(model, to: folder.url)
    let solver = try PoseSolver(
      kernels: SceneFolder.kernels(folder.url), target: "IO", options: GeometryOptions())
    let et = model.exposureET(image: 0)[0]
    let truth = model.actual.pose(at: et)
    let solved = try solver.pose(et: et)
    #expect((truth.targetPosition - solved.targetPosition).norm < 1e-3)
    #expect(truth.sunPosition.angle(to: solved.sunPosition) < 1e-8)
  }

  @Test func lostLinesAreZero() throws {
    let codes = try render(
      small {
        $0.images[0].lostLines = [SIMD2(100, 20)]
        $0.camera.black = [.red: 40]
      })
    #expect((100..<120).allSatisfy { line in (0..<1648).allSatisfy { codes[line, $0] == 0 } })
    #expect(codes[99, 800] > 20 && codes[120, 800] > 20)
  }

  @Test func archivePairsAreReadBackByTheDecoder() throws {
    let scene = try small { $0.output.archive = true }
    let model = try SceneModel(scene)
    let codes = try render(scene)
    let pair = ArchivePair(
      maker: LabelMaker(model: model, index: 0), codes: codes,
      radiometry: model.radiometry(image: 0))
    let folder = try TemporaryFolder()
    let raw = pair.rawBytes
    let calibrated = pair.calibratedBytes(filters: [.red], mode: .squareRoot)
    let product = scene.images[0].product
    for (kind, bytes) in [(ProductID.Kind.edr, raw), (.rdr, calibrated)] {
      let base = folder.url.appendingPathComponent("\(product.sibling(kind))")
      try Data(bytes).write(to: base.appendingPathExtension("IMG"))
      try Data(try pair.label(kind, image: bytes).utf8)
        .write(to: base.appendingPathExtension("LBL"))
    }
    let edr = try ProductLabel(
      contentsOf: folder.url.appendingPathComponent("\(product).LBL"))
    #expect(try edr.productID == "\(product)")
    #expect(try edr.lines == 128)
    #expect(try edr.filterNames == ["RED"])
    let rdr = try ProductLabel(
      contentsOf: folder.url.appendingPathComponent("\(product.sibling(.rdr)).LBL"))
    #expect(try rdr.sampleBits == 16)
    #expect(calibrated.count == 2 * raw.count)
    // floor(DN12 · k · d² / t), k of red on a real RDR, 3.2 ms.
    let place = try #require(codes.samples.indices.max { codes.samples[$0] < codes.samples[$1] })
    let number = Decompanding(mode: .squareRoot).values[Int(codes.samples[place])]
    let count = Double(calibrated[2 * place]) * 256 + Double(calibrated[2 * place + 1])
    let distance = scene.track.solarDistanceAU
    #expect(count == (number * 0.47327 * distance * distance / 3.2).rounded(.down))
  }
}
