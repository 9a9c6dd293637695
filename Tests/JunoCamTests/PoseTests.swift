import Foundation
import JunoCam
import SPICE
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

/// A comma-separated golden file.
struct GoldenTable {
  let rows: [[String: String]]

  init(_ path: String) throws {
    let text = try String(contentsOf: DataPack.url(path), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = lines.first ?? []
    rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}

extension [String: String] {
  func number(_ key: String) -> Double { self[key].flatMap(Double.init) ?? .nan }
}

enum Kernels {
  static let text = [
    "naif0012.tls", "pck00010.tpc", "juno_v12.tf", "juno_junocam_v03.ti", "jno_sclkscet_00090.tsc",
  ]

  /// The real kernels around 2016-08-27T09:00, from which the golden intercepts come.
  static func august2016() throws -> KernelSet {
    try KernelSet(
      loading: text + [
        "JNCR_2016240_01M06152_V01_METHANE_0008_0.bsp",
        "JNCR_2016240_01M06152_V01_METHANE_0008_1.bsp",
        "juno_sc_rec_160821_160827_v01_0_sliced_-61000.bc",
        "juno_sc_rec_160821_160827_v01_1_sliced_-61000.bc",
      ], relativeTo: DataPack.url("kernels"))
  }

  static func methaneLabel() throws -> ImageLabel {
    ImageLabel(
      productID: try #require(ProductID("JNCR_2016240_01M06152_V01")), target: "JUPITER",
      startTime: "2016-08-27T09:00:04.129", filters: [.methane], lines: 12 * 128, exposure: 0.2048,
      tdiStages: 64, interframeDelay: 0.378)
  }
}

@Suite(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
struct PoseTests {
  /// Every filter, eleven points: vectors of the kernel's five steps and of the converged inverse.
  @Test func cameraVectors() throws {
    let kernels = try KernelSet(
      loading: ["juno_junocam_v03.ti"], relativeTo: DataPack.url("kernels"))
    let constants = try InstrumentConstants(pool: kernels.pool)
    #expect(constants.source == "juno_junocam_v03.ti")
    #expect(constants.startTimeBias == 0.06188 && constants.interframeDelta == 0.001)
    let table = try GoldenTable("golden/camera_pixel_vectors.csv")
    #expect(table.rows.count == 44)
    for row in table.rows {
      let filter = try #require(Filter(rawValue: row["filter"] ?? ""))
      let camera = constants.camera(filter)
      #expect(camera == CameraModel.instrumentKernelV03(filter))
      let x = row.number("x")
      let y = row.number("y")
      for (name, iterations) in [("5iter", 5), ("converged", 40)] {
        let golden = Vector3(
          row.number("vx_\(name)"), row.number("vy_\(name)"), row.number("vz_\(name)"))
        #expect((camera.direction(x: x, y: y, iterations: iterations) - golden).norm < 1e-12)
      }
      let back = try #require(camera.pixel(along: camera.direction(x: x, y: y)))
      #expect(abs(back.x - x) < 1e-9 && abs(back.y - y) < 1e-9)
      let five = try #require(camera.pixel(along: camera.direction(x: x, y: y, iterations: 5)))
      #expect(abs(five.x - x) < 1e-6 && abs(five.y - y) < 1e-6)
    }
  }

  /// The full chain on a real image: START_TIME → epoch → CK and SPK → pose → surface, against
  /// CSPICE's sincpt and ilumin.
  @Test(arguments: [LightTimeMode.none, .lightTimeAndStellar])
  func methaneImage(mode: LightTimeMode) throws {
    var options = GeometryOptions()
    options.lightTimeMode = mode
    let solver = try PoseSolver(
      kernels: try Kernels.august2016(), target: "Jupiter", options: options)
    let geometry = try solver.geometry(of: try Kernels.methaneLabel())
    let camera = try #require(geometry.cameras[.methane])
    #expect(geometry.poses.count == 12 && geometry.target == "JUPITER")
    let table = try GoldenTable("golden/jnc_2016240_01M06152_methane_intercepts.csv")
    var hits = 0
    var largest = (position: 0.0, angle: 0.0, direction: 0.0)
    for row in table.rows where row["abcorr"] == mode.rawValue {
      let pose = geometry.poses[Int(row.number("frame_index_from_0"))]
      #expect(abs(pose.epochET - row.number("et")) < 1e-6)
      let direction = camera.direction(x: row.number("x"), y: row.number("y"), iterations: 5)
      let inertial = Vector3(row.number("vx_j2000"), row.number("vy_j2000"), row.number("vz_j2000"))
      largest.direction = max(
        largest.direction, (pose.cameraFromJ2000.transposeTimes(direction) - inertial).norm)
      let intercept = pose.intercept(cameraDirection: direction)
      guard row["range_km"]?.isEmpty == false else {
        #expect(intercept == nil)
        continue
      }
      let point = try #require(intercept)
      hits += 1
      let degree = Double.pi / 180
      let longitude = row.number("lon_east_deg") * degree
      let latitude = row.number("lat_planetocentric_deg") * degree
      let golden =
        Vector3(
          Foundation.cos(latitude) * Foundation.cos(longitude),
          Foundation.cos(latitude) * Foundation.sin(longitude), Foundation.sin(latitude))
        * point.point.norm
      largest.position = max(
        largest.position, (point.point - golden).norm, abs(point.rangeKm - row.number("range_km")))
      let light = pose.illumination(at: point.point)
      for (value, key) in [
        (light.incidence, "incidence_deg"), (light.emission, "emission_deg"),
        (light.phase, "phase_deg"),
      ] {
        largest.angle = max(largest.angle, abs(value - row.number(key) * degree))
      }
    }
    #expect(hits == 228)
    // km, rad, unit vector.
    #expect(largest.position < 1e-3, "\(largest.position) km")
    #expect(largest.angle < 1e-6, "\(largest.angle) rad")
    #expect(largest.direction < 1e-9, "\(largest.direction)")
  }

  @Test func optionsMoveWhatTheySay() throws {
    let kernels = try Kernels.august2016()
    let label = try Kernels.methaneLabel()
    let plain = try PoseSolver(kernels: kernels, target: "JUPITER").geometry(of: label)

    var options = GeometryOptions()
    options.startTimeOffset = 0.5
    options.exposureFraction = 0.5
    options.interframeDelta = 0.002
    options.pixelOrigin = .centre
    options.k1 = 0
    options.positionOffset = Vector3(1, 2, 3)
    let moved = try PoseSolver(kernels: kernels, target: "JUPITER", options: options)
      .geometry(of: label)
    #expect(abs(moved.poses[0].epochET - plain.poses[0].epochET - 0.5 - 0.1024) < 1e-6)
    #expect(abs(moved.timing.interval - 0.380) < 1e-12)
    #expect(moved.cameras[.methane]?.k1 == 0 && moved.cameras[.methane]?.centreX == 814.71)

    options = GeometryOptions()
    options.positionOffset = Vector3(1, 2, 3)
    let shifted = try PoseSolver(kernels: kernels, target: "JUPITER", options: options)
      .pose(et: plain.poses[3].epochET)
    let shift = shifted.targetPosition - plain.poses[3].targetPosition
    // The light time changes by a few microseconds, in which Jupiter moves some 0.1 m.
    #expect((shift + Vector3(1, 2, 3)).norm < 1e-3)

    options = GeometryOptions()
    options.pointing = Vector3(1e-3, 0, 0)
    let turned = try PoseSolver(kernels: kernels, target: "JUPITER", options: options)
      .pose(et: plain.poses[3].epochET)
    // The frame turns about x from y to z: a boresight target then shows at +y.
    let boresight = plain.poses[3].cameraFromJ2000.transposeTimes(Vector3(0, 0, 1))
    #expect(abs((turned.cameraFromJ2000 * boresight).y - 1e-3) < 1e-9)

    options = GeometryOptions()
    options.ephemerisTimeOffset = 1
    let ahead = try PoseSolver(kernels: kernels, target: "JUPITER", options: options)
      .pose(et: plain.poses[3].epochET)
    let speed =
      (ahead.targetPosition - plain.poses[3].targetPosition)
      - (plain.poses[3].targetVelocity - plain.poses[3].observerVelocity)
    #expect(speed.norm < 0.02)
  }

  @Test func optionsSurviveJSON() throws {
    var options = GeometryOptions()
    options.centreY = [.methane: 405.48]
    options.spinTilt = SIMD2(0.001, -0.002)
    let data = try JSONEncoder().encode(options)
    #expect(try JSONDecoder().decode(GeometryOptions.self, from: data) == options)
    let sparse = Data("{\"startTimeOffset\": 0.0115, \"centreY\": {\"METHANE\": 405.48}}".utf8)
    let read = try JSONDecoder().decode(GeometryOptions.self, from: sparse)
    #expect(read.startTimeOffset == 0.0115 && read.centreY == [.methane: 405.48])
    #expect(read.lightTimeMode == .lightTimeAndStellar)
    #expect(GeometryOptions.notes.count == Mirror(reflecting: options).children.count)
    #expect(GeometryOptions.notes.map(\.name) == Mirror(reflecting: options).children.map(\.label))
  }

  @Test func saysWhatIsMissing() throws {
    let label = try Kernels.methaneLabel()
    let folder = DataPack.url("kernels")
    let text = try KernelSet(loading: Kernels.text, relativeTo: folder)
    let late = try PoseSolver(kernels: try Kernels.august2016(), target: "JUPITER")
    var tomorrow = label
    tomorrow.startTime = "2016-08-28T09:00:04.129"
    #expect(message { _ = try late.geometry(of: tomorrow) }.contains("JUNO"))
    #expect(
      message { _ = try PoseSolver(kernels: text, target: "JUPITER").geometry(of: label) }
        .contains("SPK"))
    #expect(message { _ = try PoseSolver(kernels: text, target: "NOWHERE") }.contains("NOWHERE"))
    let io = try PoseSolver(kernels: try Kernels.august2016(), target: "Io")
    #expect(message { _ = try io.geometry(of: label) }.contains("IO"))
    let bare = try KernelSet(loading: ["naif0012.tls"], relativeTo: folder)
    #expect(message { _ = try PoseSolver(kernels: bare, target: "IO") }.contains("RADII"))
  }

  @Test func refusesAnInstrumentKernelWithGaps() throws {
    try withTemporaryFolder { folder in
      let kernel = "KPL/IK\n\\begindata\nINS-61501_DISTORTION_X = 814.21\n\\begintext\n"
      try kernel.write(
        to: folder.appendingPathComponent("x.ti"), atomically: true, encoding: .utf8)
      let pool = try KernelSet(loading: ["x.ti"], relativeTo: folder).pool
      #expect(
        message { _ = try InstrumentConstants(pool: pool) }.contains("INS-61504_FOCAL_LENGTH"))
    }
  }
}
