import Cartography
import Products
import Raster
import SpaceMath
import Testing
import ViewGeometry

@testable import Simulation

/// Pictures drawn from the truth itself, with one known fault each.
@Suite struct ProductAssessorTests {
  private struct Case: Sendable {
    var grid: ProductGrid
    var reference: ReferencePicture
  }

  private static let size = 224

  /// The lit side as the middle frame of the second image of perijove 57 sees it, with its content
  /// displaced by a shift.
  private static func draw(_ shift: SIMD2<Double>) throws -> Case {
    let model = try Scenes.model("pj57")
    let frames = model.exposureET(image: 1)
    let pose = model.actual.pose(at: frames[frames.count / 2])
    let viewpoint = (pose.bodyFromJ2000 * pose.targetPosition) * -1
    let ground = (viewpoint.normalized + pose.sunPosition.normalized * 0.9).normalized * 1821.0
    let half = Double(size) / 2
    let view = PerspectiveView(
      width: size, height: size, viewpoint: viewpoint,
      viewFromBody: PerspectiveView.looking(along: ground - viewpoint, up: Vector3(0, 0, 1)),
      focalLength: 900, principalPoint: SIMD2(half + shift.x, half + shift.y))
    let grid = ProductGrid.view(PerspectiveSurface(view: view, radii: model.moon.radii))
    let surface = IoSurface(seed: 57)
    return Case(
      grid: grid,
      reference: ReferencePicture(
        grid: grid, width: size, height: size, model: model, images: [1], surface: surface,
        truth: surface))
  }

  private static let plain = Result { try draw(SIMD2(0, 0)) }

  private let plain: Case
  private let record: ProductRecord

  init() throws {
    plain = try Self.plain.get()
    record = ProductRecord(
      path: "views/x.png", title: "", kind: "view", name: "x", format: "png16", images: [],
      projection: ProjectionRecord(name: "point-perspective", ellipsoidRadiiKm: [1, 1, 1]),
      width: Self.size, height: Self.size, bands: ["RED", "GREEN", "BLUE"], bytes: 0, sha256: "",
      samplesSHA256: "", codec: "")
  }

  private func assess(_ bands: [Plane<Float>?], noise: Double = 0) -> Assessment.Product {
    ProductAssessor(
      record: record, picture: MeasuredPicture(bands: bands), grid: plain.grid,
      reference: plain.reference, noise: SIMD3(repeating: noise)
    ).result.product
  }

  private func changed(
    _ plane: Plane<Float>, _ change: (_ place: Int, Float) -> Float
  ) -> Plane<Float> {
    Plane(
      width: plane.width, height: plane.height,
      samples: plane.samples.enumerated().map { change($0.offset, $0.element) })
  }

  @Test func theTruthItselfHasNoError() throws {
    let product = assess(plain.reference.bands)
    let registration = try #require(product.registration)
    #expect(registration.pixels.count >= 9)
    #expect(registration.pixels.rms < 1e-3)
    #expect(try #require(product.redAgainstGreen).rms < 1e-3)
    #expect(product.radiometry.map(\.band) == ["BLUE", "GREEN", "RED"])
    #expect(product.radiometry.allSatisfy { $0.rms == 0 && $0.bias == 0 })
    #expect(product.coverage == 1)
    // Three bands do not tell a spectrum: some error of colour is left.
    #expect(try #require(product.deltaE2000).median < 4)
  }

  @Test func aShiftedProductIsReportedAsShiftedByThatMuch() throws {
    let shift = SIMD2(0.41, -0.26)
    let moved = try Self.draw(shift).reference.bands
    let product = assess(moved)
    let registration = try #require(product.registration)
    #expect(abs(registration.meanPixels.x - shift.x) < 0.02)
    #expect(abs(registration.meanPixels.y - shift.y) < 0.02)
    let length = (0.41 * 0.41 + 0.26 * 0.26).squareRoot()
    #expect(abs(registration.pixels.median - length) < 0.03)
    // Some 3 km per pixel: distance over focal length, and more where the ground is oblique.
    let size = try #require(plain.grid.pixelKm(sample: Self.size / 2, line: Self.size / 2))
    #expect(registration.kilometres.median > 0.7 * length * min(size.x, size.y))
    #expect(registration.kilometres.median < 1.5 * length * max(size.x, size.y))
    // All bands alike: nothing between them.
    #expect(try #require(product.redAgainstGreen).median < 0.02)

    let blueOnly = assess([moved[0], plain.reference.bands[1], plain.reference.bands[2]])
    #expect(abs(try #require(blueOnly.blueAgainstGreen).median - length) < 0.03)
    #expect(try #require(blueOnly.redAgainstGreen).median < 0.01)
    #expect(try #require(blueOnly.registration).pixels.median < 0.01)
  }

  @Test func addedAndScaledLightIsReported() {
    var bands = plain.reference.bands
    bands[1] = changed(bands[1]) { _, value in value + 0.01 }
    bands[2] = changed(bands[2]) { _, value in value * 0.95 }
    let product = assess(bands)
    #expect(abs(product.radiometry[0].bias) < 1e-7)
    #expect(abs(product.radiometry[1].bias - 0.01) < 1e-6)
    #expect(abs(product.radiometry[1].rms - 0.01) < 1e-6)
    #expect(abs(product.radiometry[2].relativeBias + 0.05) < 1e-5)
  }

  @Test func missingGroundLowersTheCoverage() {
    let bands = plain.reference.bands.map { plane in
      changed(plane) { place, value in place % Self.size % 4 == 0 ? .nan : value }
    }
    #expect(abs(assess(bands).coverage - 0.75) < 0.01)
  }

  @Test func jumpsBetweenFramesAreSeams() throws {
    var random = SeededRandom(seed: 4, stream: 4)
    let noisy = changed(plain.reference.bands[1]) { _, value in
      value * Float(1 + 0.002 * random.gaussian())
    }
    var bands = plain.reference.bands
    bands[1] = noisy
    let clean = try #require(assess(bands).seamVisibility)
    #expect(abs(clean - 1) < 0.25)
    bands[1] = changed(noisy) { place, value in
      plain.reference.frame.samples[place] & 1 == 0 ? value : value * 1.01
    }
    let stepped = try #require(assess(bands).seamVisibility)
    // A step of 1 % on differences of √2 · 0.2 %.
    #expect(abs(stepped - (1 + 0.01 * 0.01 / (2 * 0.002 * 0.002)).squareRoot()) < 0.8)
  }

  @Test func noiseIsReportedInUnitsOfTheDetectors() throws {
    var random = SeededRandom(seed: 6, stream: 6)
    var bands = plain.reference.bands
    bands[1] = changed(bands[1]) { _, value in value + Float(0.006 * random.gaussian()) }
    let gain = try #require(assess(bands, noise: 0.004).noiseGain)
    #expect(abs(gain - 1.5) < 0.15)
  }

  @Test func picturesShowMeasuredLessTrue() {
    var bands = plain.reference.bands
    bands[1] = changed(bands[1]) { _, value in value + 0.02 }
    let result = ProductAssessor(
      record: record, picture: MeasuredPicture(bands: bands), grid: plain.grid,
      reference: plain.reference, noise: .zero
    ).result
    let finite = result.difference.samples.filter(\.isFinite)
    #expect(finite.count > 10_000)
    #expect(finite.allSatisfy { abs($0 - 0.02) < 1e-6 })
  }
}
