import SpaceMath
import Testing

@testable import Simulation

@Suite struct SurfaceTests {
  private static let io = IoSurface(seed: 57)

  private func direction(_ latitude: Double, west: Double) -> Vector3 {
    .direction(longitude: Angle.radians(-west), latitude: Angle.radians(latitude))
  }

  private func bands(_ latitude: Double, west: Double, footprint: Double = 2) -> SIMD4<Float> {
    Self.io.point(along: direction(latitude, west: west), footprintKm: footprint).bands
  }

  @Test func abundancesAreSharesOfAWhole() {
    var random = SeededRandom(seed: 1, stream: 1)
    for _ in 0..<150 {
      let point = Self.io.point(
        along: .direction(
          longitude: random.uniform(0, 6.28), latitude: Elementary.asin(random.uniform(-1, 1))),
        footprintKm: random.uniform(0.5, 60))
      #expect(abs(point.abundances.sum() - 1) < 1e-4)
      #expect(point.abundances.min() > -1e-5)
      #expect(point.bands.min() > 0.01 && point.bands.max() < 1.05)
    }
  }

  @Test func namedFeaturesLieWhereTheyBelong() {
    // Loki: dark on its rim's lake, bright on the island inside.
    let lake = bands(11.0, west: 308.8)
    let island = bands(13.6, west: 306.6)
    #expect(lake.y < 0.12)
    #expect(island.y > 3 * lake.y)
    // Pele's ring is red against the plains outside and inside.
    let ring = bands(-18, west: 236, footprint: 100)
    let outside = bands(-18, west: 222, footprint: 100)
    #expect(ring.z / ring.x > 1.35 * outside.z / outside.x)
    // Amaterasu and Babbar are dark, Colchis is bright.
    #expect(bands(37.7, west: 306.6).y < 0.12)
    #expect(bands(-39.8, west: 272.2).y < 0.15)
    #expect(bands(8, west: 205, footprint: 300).y > 0.5)
  }

  /// Error of a coarse value against the mean of 64 fine ones, over the scatter of these.
  private func coarseness(_ footprint: Double, seed: UInt64, places: Int) -> Float {
    var random = SeededRandom(seed: seed, stream: 7)
    var squares: Float = 0
    var scatter: Float = 0
    for _ in 0..<places {
      let centre = Vector3.direction(
        longitude: random.uniform(0, 6.28), latitude: random.uniform(-1.2, 1.2))
      let east = Vector3(0, 0, 1).cross(centre).normalized
      let north = centre.cross(east)
      var samples: [Float] = []
      for i in 0..<8 {
        for j in 0..<8 {
          let dx = (Double(i) - 3.5) / 8 * footprint / IoSurface.radiusKm
          let dy = (Double(j) - 3.5) / 8 * footprint / IoSurface.radiusKm
          samples.append(
            Self.io.point(
              along: (centre + east * dx + north * dy).normalized, footprintKm: footprint / 8
            ).bands.y)
        }
      }
      let mean = samples.reduce(0, +) / 64
      let coarse = Self.io.point(along: centre, footprintKm: footprint).bands.y
      squares += (coarse - mean) * (coarse - mean)
      scatter += samples.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 64
    }
    return (squares / scatter).squareRoot()
  }

  @Test(arguments: [3.0, 9.0, 24.0, 70.0])
  func coarseFootprintsSeeTheAverageOfFineOnes(footprint: Double) {
    // The coarse value misses the mean by much less than single fine points scatter about it.
    let ratio = coarseness(footprint, seed: 7, places: footprint > 50 ? 12 : 40)
    #expect(ratio < 0.6, "\(ratio)")
  }

  @Test func discAverageHasIosColour() {
    var sum = SIMD4<Float>.zero
    var random = SeededRandom(seed: 3, stream: 3)
    for _ in 0..<1500 {
      sum +=
        Self.io.point(
          along: .direction(
            longitude: random.uniform(0, 6.283), latitude: Elementary.asin(random.uniform(-1, 1))),
          footprintKm: 60
        ).bands
    }
    // Blue/green about 0.6, red/green about 1.15 to 1.2, V albedo about 0.6 (facts of the
    // literature, roughly).
    #expect((0.52...0.68).contains(sum.x / sum.y), "\(sum.x / sum.y)")
    #expect((1.1...1.24).contains(sum.z / sum.y), "\(sum.z / sum.y)")
    #expect((0.45...0.65).contains(sum.y / 1500))
  }

  @Test func seedsMoveOnlyWhatIsRandom() {
    let other = IoSurface(seed: 58)
    let lake = other.point(along: direction(11.0, west: 308.8), footprintKm: 2).bands
    #expect(lake.y < 0.12)
    let here = direction(5, west: 20)
    let one = Self.io.point(along: here, footprintKm: 2).bands
    let two = other.point(along: here, footprintKm: 2).bands
    #expect(one != two)
    #expect(one == Self.io.point(along: here, footprintKm: 2).bands)
  }

  @Test func theIndexFindsEveryFeatureInReach() {
    let features = IoRandomFeatures.paterae(seed: 5) + IoNamedFeatures.regions
    let index = FeatureIndex(features: features, radiusKm: IoSurface.radiusKm)
    var random = SeededRandom(seed: 9, stream: 9)
    for _ in 0..<80 {
      let direction = Vector3.direction(
        longitude: random.uniform(0, 6.283), latitude: Elementary.asin(random.uniform(-1, 1)))
      let expected = features.filter {
        $0.local(direction, radiusKm: IoSurface.radiusKm) != nil
      }
      let found = index.range(near: direction).map { index.feature(at: $0) }.filter {
        $0.local(direction, radiusKm: IoSurface.radiusKm) != nil
      }
      #expect(found.map(\.centre) == expected.map(\.centre))
    }
  }

  @Test func mountainsShadeTheGroundBehindThem() throws {
    // Euboea Montes with the Sun 8° high in the east: dark to the west, lit to the east.
    let centre = direction(-48.9, west: 338.8)
    let east = Vector3(0, 0, 1).cross(centre).normalized
    let height = Elementary.sinCos(Angle.radians(8))
    let sun = (centre * height.sin + east * height.cos).normalized
    func light(_ kilometres: Double) -> Float {
      let place = (centre + east * (kilometres / IoSurface.radiusKm)).normalized
      let point = Self.io.point(along: place, footprintKm: 1)
      return Self.io.sunlight(on: point, along: place, sun: sun, footprintKm: 1)
    }
    let west = stride(from: -160.0, through: -100, by: 5).map(light)
    let farEast = stride(from: 115.0, through: 175, by: 5).map(light)
    #expect(try #require(west.min()) < 0.1)
    #expect(farEast.reduce(0, +) / Float(farEast.count) > 0.9)
  }

  @Test func spectraAreSmoothAndPhysical() {
    for material in SurfaceMaterial.allCases {
      let values = material.spectrum.values
      #expect(values.allSatisfy { $0 > 0 && $0 <= 0.95 })
      // Steps of 5 nm: the edge of red sulphur is the steepest.
      #expect(zip(values, values.dropFirst()).allSatisfy { abs($1 - $0) < 0.0375 })
    }
  }

  /// Bands of the materials as they were before their spectra took the shape of measured ones, so that
  /// scenes look the same to the camera.
  @Test func bandsOfTheMaterials() {
    let expected: [SurfaceMaterial: SIMD3<Double>] = [
      .greyPlains: [0.7318, 0.6597, 0.4732], .yellowPlains: [0.6998, 0.6072, 0.3447],
      .polarBrown: [0.5252, 0.4124, 0.2341], .redSulphur: [0.5989, 0.2796, 0.1440],
      .frost: [0.8847, 0.8662, 0.8271], .green: [0.3365, 0.3233, 0.2099],
    ]
    for (material, bands) in expected {
      let found = material.spectrum.redGreenBlue
      for band in 0..<3 { #expect(abs(found[band] / bands[band] - 1) < 0.002, "\(material)") }
    }
  }
}
