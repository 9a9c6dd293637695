import JunoCam
import Photometry
import Raster
import SpaceMath
import Testing
import ViewGeometry

@testable import Simulation

/// Ground of one reflectance.
private struct UniformSurface: MoonSurface {
  func reflectance(
    along direction: Vector3, footprintKm: Double, sun: Vector3?
  ) -> SurfaceReflectance { SurfaceReflectance(bands: SIMD4(repeating: 0.5)) }
}

@Suite struct LightTests {
  /// A sphere of 1000 km in the middle of the GREEN strip, 12 px across, lit at a phase angle.
  private func disc(phase: Double, model: PhotometricModel) -> (exposure: Exposure, pixels: Double)
  {
    let distance = 250_000.0
    let optics = CameraModel.instrumentKernelV03(.green)
    let towards = optics.direction(x: 814.21, y: 64)
    let pose = Pose(
      epochET: 0, cameraFromJ2000: .identity, observerVelocity: Vector3(0, 0, 0),
      targetPosition: towards * distance, targetVelocity: Vector3(0, 0, 0), centreLightTime: 0,
      bodyFromJ2000: .identity, bodyAngularVelocity: Vector3(0, 0, 0),
      sunPosition: Vector3(0, 0, 0), radii: Vector3(1000, 1000, 1000), lightTimeMode: .none)
    let back = towards * -1
    let aside = Vector3(1, 0, 0)
    let turn = Elementary.sinCos(phase)
    let sun = (back * turn.cos + aside * turn.sin).normalized
    let lighting = Lighting(
      sun: sun, jupiter: back, jupiterIrradiance: .zero, model: model, hasPhaseFunction: false,
      hasShadows: false)
    // Solid angle of the disc over that of a pixel at this place.
    let x = optics.direction(x: 814.71, y: 64).angle(to: optics.direction(x: 813.71, y: 64))
    let y = optics.direction(x: 814.21, y: 64.5).angle(to: optics.direction(x: 814.21, y: 63.5))
    let sine = 1000 / distance
    let solid = 2 * Double.pi * (1 - (1 - sine * sine).squareRoot())
    return (Exposure(pose: pose, lighting: lighting, plumes: []), solid / (x * y))
  }

  /// Means of I/F over the discs against the closed forms: for Lambert spheres
  /// ⅔ A (sin α + (π − α) cos α) / π, for Lommel–Seeliger ones
  /// A (1 − sin(α/2) tan(α/2) ln cot(α/4)).
  @Test func spheresShineAsTheClosedFormsSay() {
    let lambert = [0.0, 0.7, 1.4, 2.2].map { phase in
      let turn = Elementary.sinCos(phase)
      let mean = 2.0 / 3 * 0.5 * (turn.sin + (.pi - phase) * turn.cos) / .pi
      return (disc(phase: phase, model: .lambert), mean, 0.0015)
    }
    let lommelSeeliger = [0.5, 1.2, 2.0].map { phase in
      let half = phase / 2
      let logarithm = -Elementary.log(Elementary.tan(phase / 4))
      let mean = 0.5 * (1 - Elementary.sin(half) * Elementary.tan(half) * logarithm)
      return (disc(phase: phase, model: .lommelSeeliger), mean, 0.0025)
    }
    let cases = lambert + lommelSeeliger
    let renderer = FrameletRenderer(surface: UniformSurface(), samplesPerEdge: 7, margin: 0)
    let planes = renderer.planes(
      filter: .green, model: .instrumentKernelV03(.green), exposures: cases.map(\.0.exposure))
    for (plane, (sphere, expected, tolerance)) in zip(planes, cases) {
      let mean = plane.samples.reduce(0) { $0 + Double($1) } / sphere.pixels
      #expect(abs(mean - expected) < tolerance)
    }
  }

  @Test func blurKeepsTheLightAndHasItsVariance() {
    var plane = Plane<Float>(width: FrameletShape.columns, height: 46, filledWith: 0)
    plane[23, 900] = 1
    let blur = PointSpread(sigma: 0.45, rowSmear: [1, 0.2], columnSmear: [])
    let result = blur.blurred(plane, columns: RowOptics.columns)
    #expect(result.height == 40)
    var sum: Float = 0
    var rows: Float = 0
    var columns: Float = 0
    for row in 0..<40 {
      for column in 880..<920 {
        let value = result[row, column]
        sum += value
        rows += value * Float((row - 20) * (row - 20))
        columns += value * Float((column - 900) * (column - 900))
      }
    }
    #expect(abs(sum - 1) < 1e-5)
    #expect(abs(columns - 0.2025) < 0.001)
    #expect(abs(rows - (0.2025 + 1.04 / 12)) < 0.001)
  }

  @Test func plumesStandAboveTheLimbAndInTheSunOnly() {
    let plume = Plume(latitude: 0, westLongitude: 270, heightKm: 300, strength: 0.1)
    let sun = Vector3(1, 0.3, 0).normalized
    // The vent lies at +y; look along −x past the limb there.
    func light(_ altitude: Double, sun: Vector3) -> Float {
      plume.iOverF(
        origin: Vector3(20_000, 1821 + altitude, 0), direction: Vector3(-1, 0, 0),
        endKm: .infinity, sun: sun, bodyRadiusKm: 1821
      ).y
    }
    #expect(light(200, sun: sun) > 0.02)
    #expect(light(450, sun: sun) < 0.001)
    #expect(light(200, sun: sun) > light(30, sun: sun) * 0.8)
    // With the Sun behind the moon the foot of the plume is dark.
    #expect(light(60, sun: Vector3(0.05, -1, 0).normalized) == 0)
    let blue = plume.iOverF(
      origin: Vector3(20_000, 2021, 0), direction: Vector3(-1, 0, 0), endKm: .infinity, sun: sun,
      bodyRadiusKm: 1821)
    #expect(blue.x > blue.y && blue.y > blue.z)
  }

  @Test func starsFallWhereTheSkyHasThem() throws {
    let model = try Scenes.model("pj57")
    let renderer = ImageRenderer(model: model, surface: UniformSurface(), index: 0)
    let exposures = Array(renderer.exposures().prefix(1))
    let star = try #require(BrightStar.all.first)
    // Turn the camera so that Sirius stands at a known pixel of GREEN.
    let optics = model.optics(.green)
    var pose = exposures[0].pose
    let seen = optics.direction(x: 700.5, y: 40.5)
    let apparent = Aberration.apparent(star.direction, observerVelocity: pose.observerVelocity)
    let axis = (pose.cameraFromJ2000 * apparent).cross(seen)
    let angle = (pose.cameraFromJ2000 * apparent).angle(to: seen)
    pose.cameraFromJ2000 =
      Matrix3.vectorRotation(about: axis.normalized, by: angle) * pose.cameraFromJ2000
    let exposure = Exposure(pose: pose, lighting: exposures[0].lighting, plumes: [])
    var plane = Plane<Float>(width: FrameletShape.columns, height: 128, filledWith: 0)
    StarField(model: model, image: 0, filter: .green)
      .add(to: &plane, exposure: exposure, optics: optics, margin: 0)
    let brightest = try #require(
      plane.samples.indices.max { plane.samples[$0] < plane.samples[$1] })
    #expect(brightest / plane.width == 40 && brightest % plane.width == 700)
    // Sirius gives some tens of DN12 in 6.4 ms.
    let number = model.radiometry(image: 0).dn12(iOverF: Double(plane.samples[brightest]), .green)
    #expect((10...60).contains(number))
  }
}
