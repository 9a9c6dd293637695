import Foundation
import SpaceMath
import Testing

@testable import Photometry

@Suite struct PhotometricModelTests {
  static let rough = HapkeParameters(
    singleScatteringAlbedo: 0.93, oppositionWidth: 0.05, oppositionHeight: 0.6,
    meanSlopeRad: 25 * Double.pi / 180, asymmetry: -0.25)
  static let smooth = HapkeParameters(
    singleScatteringAlbedo: 0.6, oppositionWidth: 0.05, oppositionHeight: 0.5,
    meanSlopeRad: 0, asymmetry: -0.25)

  /// Integral of I/F × μ over the lit and seen part of a unit sphere, over π: the disc-integrated
  /// brightness relative to a flat white disc. Plain midpoint rule in planetocentric coordinates with
  /// the observer in the equator at longitude 0 and the Sun at longitude `phase`.
  private func discIntegral(phase: Double, steps: Int = 160, _ shape: (LightingGeometry) -> Double)
    -> Double
  {
    var sum = 0.0
    let (low, high) = (phase - Double.pi / 2, Double.pi / 2)
    let step = (high - low) / Double(steps)
    let latitudeStep = Double.pi / Double(steps)
    for line in 0..<steps {
      let latitude = -Double.pi / 2 + (Double(line) + 0.5) * latitudeStep
      for column in 0..<steps {
        let longitude = low + (Double(column) + 0.5) * step
        let mu = cos(latitude) * cos(longitude)
        let mu0 = cos(latitude) * cos(longitude - phase)
        let value = shape(
          LightingGeometry(incidenceCosine: mu0, emissionCosine: mu, phaseCosine: cos(phase)))
        sum += value * mu * cos(latitude) * step * latitudeStep
      }
    }
    return sum / Double.pi
  }

  @Test("Lambert sphere: 2/3 at full phase and its phase law", arguments: [0.0, 0.5, 1.1, 2.0])
  func lambertSphere(phase: Double) {
    let integral = discIntegral(phase: phase) { PhotometricModel.lambert.shape($0) }
    #expect(abs(integral - 2.0 / 3 * Jupitershine.lambertSpherePhase(phase)) < 2e-4)
  }

  @Test("Lommel-Seeliger sphere: its closed phase law", arguments: [0.3, 1.1, 2.0])
  func lommelSeeligerSphere(phase: Double) {
    let integral = discIntegral(phase: phase) { PhotometricModel.lommelSeeliger.shape($0) }
    let closed = 1 - sin(phase / 2) * tan(phase / 2) * log(1 / tan(phase / 4))
    #expect(abs(integral - closed) < 2e-4)
  }

  @Test("Minnaert sphere at full phase: 2 / (2k + 1)", arguments: [0.5, 0.7, 1.0])
  func minnaertSphere(k: Double) {
    let integral = discIntegral(phase: 0) { PhotometricModel.minnaert(k: k).shape($0) }
    #expect(abs(integral - 2 / (2 * k + 1)) < 4e-4)
  }

  @Test("Lunar-Lambert is the mean of its parts")
  func lunarLambert() {
    let geometry = LightingGeometry(incidenceCosine: 0.4, emissionCosine: 0.8, phaseCosine: 0.5)
    let value = PhotometricModel.lunarLambert(l: 0.3).shape(geometry)
    #expect(abs(value - (0.3 * 2 * 0.4 / 1.2 + 0.7 * 0.4)) < 1e-15)
    #expect(abs(PhotometricModel.minnaert(k: 1).shape(geometry) - 0.4) < 1e-14)
  }

  @Test("Smooth Hapke sphere: geometric albedo of Hapke's closed approximation")
  func hapkeSphere() {
    // Hapke 1981, eq. 44: A_p = r0/2 (1 + r0/3) + w/8 [(1 + B0) p(0) - 1], good to a few per cent.
    let parameters = Self.smooth
    let integral = discIntegral(phase: 0) { parameters.iOverF($0) }
    let gamma = (1 - parameters.singleScatteringAlbedo).squareRoot()
    let r0 = (1 - gamma) / (1 + gamma)
    let closed =
      r0 / 2 * (1 + r0 / 3)
      + parameters.singleScatteringAlbedo / 8
      * ((1 + parameters.oppositionHeight) * parameters.phaseFunction(phaseCosine: 1) - 1)
    #expect(abs(integral / closed - 1) < 0.03)
  }

  @Test("A dark isotropic Hapke surface without surge is Lommel-Seeliger")
  func hapkeLimit() {
    let dark = HapkeParameters(
      singleScatteringAlbedo: 1e-6, oppositionWidth: 0.05, oppositionHeight: 0, meanSlopeRad: 0,
      lobeAsymmetry: 0, backwardShare: 0)
    let geometry = LightingGeometry(incidenceCosine: 0.3, emissionCosine: 0.7, phaseCosine: 0.2)
    #expect(abs(dark.iOverF(geometry) / 1e-6 * 8 / (2 * 0.3 / 1.0) - 1) < 1e-5)
  }

  @Test("Hapke is reciprocal: I/F over μ₀ does not change when light and view swap")
  func reciprocity() {
    for (mu0, mu, phase) in [(0.9, 0.4, 0.6), (0.2, 0.6, -0.1), (0.75, 0.7, 0.9)] {
      let there = LightingGeometry(incidenceCosine: mu0, emissionCosine: mu, phaseCosine: phase)
      let back = LightingGeometry(incidenceCosine: mu, emissionCosine: mu0, phaseCosine: phase)
      let ratio = Self.rough.iOverF(there) / mu0 / (Self.rough.iOverF(back) / mu)
      #expect(abs(ratio - 1) < 1e-12)
    }
  }

  @Test("The phase functions have mean 1 over the sphere")
  func phaseFunctionNorm() {
    let parameters = HapkeParameters(
      singleScatteringAlbedo: 0.9, oppositionWidth: 0.05, oppositionHeight: 0.6, meanSlopeRad: 0.3,
      lobeAsymmetry: 0.4, backwardShare: 0.3)
    let steps = 2000
    let mean =
      (0..<steps).reduce(0.0) { sum, index in
        sum + parameters.phaseFunction(phaseCosine: -1 + (Double(index) + 0.5) * 2 / Double(steps))
      } / Double(steps)
    #expect(abs(mean - 1) < 1e-5)
    #expect(parameters.phaseFunction(phaseCosine: 1) > parameters.phaseFunction(phaseCosine: -1))
    #expect(Self.rough.phaseFunction(phaseCosine: 1) > Self.rough.phaseFunction(phaseCosine: -1))
  }

  @Test("Roughness darkens grazing geometry, fades smoothly to the smooth surface, never explodes")
  func roughness() {
    var smooth = Self.rough
    smooth.meanSlopeRad = 0
    var slight = Self.rough
    slight.meanSlopeRad = 0.002
    for mu0 in stride(from: 0.01, through: 1, by: 0.09) {
      for mu in stride(from: 0.01, through: 1, by: 0.09) {
        let across = ((1 - mu0 * mu0) * (1 - mu * mu)).squareRoot()
        for azimuth in stride(from: -1.0, through: 1, by: 0.25) {
          let geometry = LightingGeometry(
            incidenceCosine: mu0, emissionCosine: mu, phaseCosine: mu0 * mu + across * azimuth)
          let value = Self.rough.iOverF(geometry)
          #expect(value.isFinite && value >= 0 && value < 2)
          #expect(abs(slight.iOverF(geometry) - smooth.iOverF(geometry)) < 3e-3)
        }
      }
    }
    let backlit = LightingGeometry(incidenceCosine: 0.2, emissionCosine: 0.2, phaseCosine: -0.9)
    #expect(Self.rough.iOverF(backlit) < smooth.iOverF(backlit))
  }

  @Test("Rough relief: no shadow is seen at zero phase; no step where incidence equals emission")
  func roughLimits() {
    let slope = 25 * Double.pi / 180
    for cosine in [0.05, 0.3, 0.6, 0.95] {
      let opposition = LightingGeometry(
        incidenceCosine: cosine, emissionCosine: cosine, phaseCosine: 1)
      let rough = RoughSurface(meanSlopeRad: slope, geometry: opposition)
      #expect(abs(rough.shadowing - 1) < 1e-7)
      #expect(abs(rough.incidenceCosine - rough.emissionCosine) < 1e-12)
      let across = 1 - cosine * cosine
      for azimuth in [-0.9, -0.3, 0.2, 0.8] {
        func effective(_ shift: Double) -> RoughSurface {
          RoughSurface(
            meanSlopeRad: slope,
            geometry: LightingGeometry(
              incidenceCosine: cosine + shift, emissionCosine: cosine - shift,
              phaseCosine: cosine * cosine + across * azimuth))
        }
        let (below, above) = (effective(-1e-8), effective(1e-8))
        #expect(abs(below.incidenceCosine - above.incidenceCosine) < 1e-6)
        #expect(abs(below.emissionCosine - above.emissionCosine) < 1e-6)
        #expect(abs(below.shadowing - above.shadowing) < 1e-6)
      }
    }
  }

  @Test("Disk functions are 1 at the standard geometry and 0 in the dark")
  func standard() {
    let models: [PhotometricModel] = [
      .lambert, .lommelSeeliger, .lunarLambert(l: 0.4), .minnaert(k: 0.6), .hapke(Self.rough),
    ]
    for model in models {
      #expect(abs(model.diskFunction(.standard) - 1) < 1e-12)
      let night = LightingGeometry(incidenceCosine: -0.1, emissionCosine: 0.5, phaseCosine: 0)
      #expect(model.diskFunction(night) == 0)
      let away = LightingGeometry(incidenceCosine: 0.5, emissionCosine: 0, phaseCosine: 0)
      #expect(model.diskFunction(away) == 0)
    }
  }

  @Test("Normalisation undoes the model in the middle and fades at the edges")
  func normalisation() {
    let normalisation = PhotometricNormalisation(model: .lunarLambert(l: 0.4))
    let middle = LightingGeometry(incidenceCosine: 0.6, emissionCosine: 0.7, phaseCosine: 0.5)
    let correction = normalisation.correction(middle)
    #expect(abs(correction.factor * normalisation.model.diskFunction(middle) - 1) < 1e-12)
    #expect(correction.weight == 1)
    var last = 0.0
    for mu0 in stride(from: 0.0005, through: 0.5, by: 0.0005) {
      let edge = LightingGeometry(incidenceCosine: mu0, emissionCosine: 0.5, phaseCosine: 0.3)
      let here = normalisation.correction(edge)
      #expect(here.factor <= 10)
      // Brightness of a uniform surface after correction rises monotonically from 0 to its albedo.
      let result = here.factor * normalisation.model.diskFunction(edge)
      #expect(result >= last - 1e-12 && result < 1 + 1e-12 && result - last < 0.03)
      last = result
    }
    #expect(abs(last - 1) < 1e-12)
    #expect(
      normalisation.correction(
        LightingGeometry(incidenceCosine: 0.08, emissionCosine: 0.9, phaseCosine: 0)
      ).weight == 0)
  }

  @Test("Jupiter-shine at the encounters is the tabled share of sunlight")
  func jupitershine() {
    let green = Jupitershine(band: .green)
    // Full Jupiter gives 1.5 %; PJ57 at 62° and PJ60 at 54° give 0.9 and 1.0 %.
    #expect(abs(green.irradiance(phaseRad: 0) - 0.015) < 0.0002)
    #expect(abs(green.irradiance(phaseRad: 62 * Double.pi / 180) - 0.009) < 0.0005)
    #expect(abs(green.irradiance(phaseRad: 54 * Double.pi / 180) - 0.010) < 0.0005)
    #expect(green.irradiance(phaseRad: Double.pi) < 1e-15)
    #expect(Jupitershine(band: .methane).irradiance(phaseRad: 0) < 0.004)
  }

  @Test("Jupiter sets softly, as a disc integral says")
  func settingJupiter() {
    let shine = Jupitershine(geometricAlbedo: 0.5)
    let radius = Jupitershine.jupiterRadiusKm / Jupitershine.ioDistanceKm
    for height in [-0.2, -0.1, 0, 0.05, 0.16, 0.3, 0.9] {
      var sum = 0.0
      var count = 0.0
      let steps = 400
      for line in 0..<steps {
        for column in 0..<steps {
          let x = (Double(column) + 0.5) / Double(steps) * 2 - 1
          let y = (Double(line) + 0.5) / Double(steps) * 2 - 1
          guard x * x + y * y < 1 else { continue }
          count += 1
          sum += max(0, height + radius * y)
        }
      }
      #expect(abs(shine.meanIncidenceCosine(centreCosine: height) - sum / count) < 1e-4)
    }
  }
}
