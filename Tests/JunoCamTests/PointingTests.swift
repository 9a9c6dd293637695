import Foundation
import JunoCam
import SPICE
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

/// What CSPICE says of pixels and places of a sample frame (Tests/Scripts/point_fixture.py).
struct PointFixture: Decodable {
  struct Pixel: Decodable {
    var correction: LightTimeMode
    var filter: Filter
    var frame: Int
    var x, y, et: Double
    var utc, sclk: String
    var rightAscension, declination: Double
    var latitude, longitudeEast, radiusKm, rangeKm: Double?
    var incidence, emission, phase, localSolarTime: Double?
  }

  struct Place: Decodable {
    struct Seen: Decodable {
      var filter: Filter
      var frame: Int
      var x, y: Double
    }

    var latitude, longitudeEast: Double
    var seen: [Seen]
  }

  var pixels: [Pixel]
  var places: [Place]

  static func load() throws -> PointFixture { try Fixture.json("point", as: PointFixture.self) }

  /// The sample frame that the fixture is about.
  static func image(_ mode: LightTimeMode = .lightTimeAndStellar) throws -> ImagePointing {
    let folder = DataPack.sampleFrames.appendingPathComponent("pj57")
    let product = try JunoCamProduct.open(
      folder.appendingPathComponent("frames/JNCE_2023364_57C90001_V01-raw.png"))
    let label = try product.requireLabel()
    var options = GeometryOptions()
    options.lightTimeMode = mode
    let solver = try PoseSolver(
      kernels: try KernelSet(loading: ["kernels/pj57.tm"], relativeTo: folder),
      target: label.target, options: options)
    return try ImagePointing(label: label, solver: solver)
  }
}

@Suite struct PointingTests {
  /// Distance on the ground between two places of degrees, km.
  private func distance(
    _ a: (latitude: Double, longitude: Double), _ b: (latitude: Double, longitude: Double)
  ) -> Double {
    func direction(_ place: (latitude: Double, longitude: Double)) -> Vector3 {
      .direction(
        longitude: Angle.radians(place.longitude), latitude: Angle.radians(place.latitude))
    }
    return (direction(a) - direction(b)).norm * 1830
  }

  @Test(arguments: LightTimeMode.allCases)
  func pixelsAgreeWithCSPICE(mode: LightTimeMode) throws {
    let image = try PointFixture.image(mode)
    let pixels = try PointFixture.load().pixels.filter { $0.correction == mode }
    #expect(pixels.count >= 30)
    var worst = (metres: 0.0, angle: 0.0, sky: 0.0)
    for pixel in pixels {
      let sighting = try image.sighting(
        filter: pixel.filter, frame: pixel.frame, x: pixel.x, y: pixel.y)
      let record = try SightingRecord(sighting, of: image)
      #expect((record.et - pixel.et).magnitude < 1e-6)
      #expect(record.utc == pixel.utc && record.sclk == pixel.sclk)
      worst.sky = max(
        worst.sky, (record.rightAscension - pixel.rightAscension).magnitude,
        (record.declination - pixel.declination).magnitude)
      #expect((record.latitude == nil) == (pixel.latitude == nil))
      #expect((record.passes == nil) == (pixel.latitude != nil))
      guard let latitude = pixel.latitude, let east = pixel.longitudeEast else { continue }
      let found = (try #require(record.latitude), try #require(record.longitudeEast))
      worst.metres = max(worst.metres, 1000 * distance(found, (latitude, east)))
      #expect((record.longitudeWest.map { ($0 + found.1 - 360).magnitude } ?? 1) < 1e-9)
      for (value, golden) in [(record.radiusKm, pixel.radiusKm), (record.rangeKm, pixel.rangeKm)] {
        worst.metres = max(
          worst.metres, 1000 * (try #require(value) - (try #require(golden))).magnitude)
      }
      for (value, golden) in [
        (record.incidence, pixel.incidence), (record.emission, pixel.emission),
        (record.phase, pixel.phase),
      ] {
        worst.angle = max(worst.angle, (try #require(value) - (try #require(golden))).magnitude)
      }
      let hours = try #require(record.localSolarTime) - (try #require(pixel.localSolarTime))
      #expect(hours.magnitude < 1.5 / 3600)
      let scale = try #require(record.groundSampleKm) / (try #require(record.rangeKm))
      // Between the middle of the field and its edge, 1/f is shortened by cos^1.5 of 31 degrees.
      #expect(scale < 1.0001 / 1480.59 && scale > 0.79 / 1480.6)
    }
    #expect(worst.metres < 1, "\(worst.metres) m")
    #expect(worst.angle < 1e-6 * Angle.degreesPerRadian, "\(worst.angle) degrees")
    #expect(worst.sky < 1e-9, "\(worst.sky) degrees")
  }

  @Test func placesAreSeenWhereCSPICESaysSo() throws {
    let image = try PointFixture.image()
    var framelets = 0
    for place in try PointFixture.load().places {
      let found = image.sightings(
        latitude: Angle.radians(place.latitude), longitude: Angle.radians(place.longitudeEast))
      #expect(found.map(\.frame) == place.seen.map(\.frame))
      #expect(found.map(\.filter) == place.seen.map(\.filter))
      for (sighting, golden) in zip(found, place.seen) {
        #expect((sighting.x - golden.x).magnitude < 1e-4)
        #expect((sighting.y - golden.y).magnitude < 1e-4)
        // The other way round leads back to the place; at the limb SPICE's single step of light time
        // there and the converged one here part.
        guard let here = sighting.ground, here.emission < 1.4 else { continue }
        let back = try image.sighting(
          filter: sighting.filter, frame: sighting.frame, x: sighting.x, y: sighting.y)
        let ground = try #require(back.ground)
        #expect((ground.point - here.point).norm < 1e-3)
      }
      framelets += found.count
    }
    #expect(framelets > 100)
  }

  /// The quick test of a frame's reach must not lose anything, whatever the light-time mode.
  @Test(arguments: LightTimeMode.allCases)
  func reachLosesNothing(mode: LightTimeMode) throws {
    let image = try PointFixture.image(mode)
    var seen = 0
    for frame in stride(from: 0, to: image.frameCount, by: 3) {
      for filter in image.filters {
        for (x, y) in [(23.0, 0.0), (1630.999, 0.001), (23, 127.999), (1630.9, 127.9), (800, 0)] {
          let sighting = try image.sighting(filter: filter, frame: frame, x: x, y: y)
          guard let ground = sighting.ground, ground.emission < 1.5 else { continue }
          // A hair inside, so that rounding does not decide.
          let inside = try image.sighting(
            filter: filter, frame: frame, x: x + (x < 100 ? 1e-3 : -1e-3),
            y: y + (y < 64 ? 1e-3 : -1e-3))
          guard let place = inside.ground else { continue }
          let found = image.sightings(latitude: place.latitude, longitude: place.longitude)
          #expect(found.contains { $0.filter == filter && $0.frame == frame })
          seen += 1
        }
      }
    }
    #expect(seen > 5)
  }

  @Test func whatTheImageLacksIsSaid() throws {
    let image = try PointFixture.image()
    #expect(
      throws: JunoCamError.outsideImage(
        product: "JNCE_2023364_57C90001_V01", found: "filter METHANE",
        available: "BLUE, GREEN, RED")
    ) {
      try image.sighting(filter: .methane, frame: 0, x: 1, y: 1)
    }
    for (frame, x, y) in [(16, 1.0, 1.0), (-1, 1, 1), (0, -0.1, 1), (0, 1, 128.5), (0, .nan, 1)] {
      #expect(throws: JunoCamError.self) {
        try image.sighting(filter: .red, frame: frame, x: x, y: y)
      }
    }
  }

  /// Each disputed number moves the answer, and by about what it should.
  @Test func optionsTakeEffect() throws {
    let folder = DataPack.sampleFrames.appendingPathComponent("pj57")
    let label = try JunoCamProduct.open(
      folder.appendingPathComponent("frames/JNCE_2023364_57C90001_V01-raw.png")
    ).requireLabel()
    let kernels = try KernelSet(loading: ["kernels/pj57.tm"], relativeTo: folder)
    func declination(_ change: (inout GeometryOptions) -> Void) throws -> Sighting {
      var options = GeometryOptions()
      change(&options)
      let solver = try PoseSolver(kernels: kernels, target: "IO", options: options)
      return try ImagePointing(label: label, solver: solver)
        .sighting(filter: .red, frame: 4, x: 1200, y: 20)
    }
    let standard = try declination { _ in }
    func turn(_ change: (inout GeometryOptions) -> Void) throws -> Double {
      let other = try declination(change)
      let a = Vector3.direction(
        longitude: standard.rightAscension, latitude: standard.declination)
      let b = Vector3.direction(longitude: other.rightAscension, latitude: other.declination)
      return (a - b).norm * 1480.6
    }
    // 1 ms of spin is about 0.3 px at the axis, less towards the sides.
    let spin = try turn { $0.startTimeOffset = 0.01 }
    #expect(spin > 1.5 && spin < 3.2)
    #expect(abs(try turn { $0.startTimeBias = 0.07188 } - spin) < 1e-3)
    #expect(abs(try turn { $0.interframeDelta = 0.0035 } - spin) < 1e-3)
    #expect(abs(try turn { $0.exposureFraction = 0.5 } - 0.32 * spin) < 1e-3)
    #expect(abs(try turn { $0.centreY[.red] = -150.52 } - 1) < 0.15)
    #expect(abs(try turn { $0.centreX[.red] = 815.21 } - 1) < 0.2)
    #expect(try turn { $0.pixelOrigin = .centre } > 0.5)
    #expect(try turn { $0.k1 = 0 } > 1)
    #expect(try turn { $0.k2 = 0 } > 0.01)
    #expect(try turn { $0.focalLength = 1500 } > 3)
    #expect(abs(try turn { $0.spinTilt = SIMD2(0, 1e-3) } - 1.4) < 0.2)
    #expect(abs(try turn { $0.pointing = Vector3(1e-3, 0, 0) } - 1.4) < 0.2)
  }
}
