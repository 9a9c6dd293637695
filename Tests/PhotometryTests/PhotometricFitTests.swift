import Foundation
import Raster
import SpaceMath
import Testing

@testable import Photometry

@Suite struct PhotometricFitTests {
  /// Two looks at random places from one model, with noise and some changed ground.
  private func samples(
    _ model: PhotometricModel, count: Int, noise: Double, brightness: [Double]
  ) -> [PhotometricFit.Sample] {
    var random = SplitMix64(seed: 77)
    return (0..<count).map { index in
      func look() -> LightingGeometry {
        LightingGeometry(
          incidenceCosine: random.uniform(0.15...0.95), emissionCosine: random.uniform(0.3...1),
          phaseCosine: 0.3)
      }
      let (first, second) = (look(), look())
      let albedo = random.uniform(0.1...0.9)
      let grain = 1 + noise * (0..<12).reduce(-6.0) { sum, _ in sum + random.uniform(0...1) }
      let changed = index % 50 == 0 ? 2.0 : 1.0
      let pair = index % brightness.count
      return PhotometricFit.Sample(
        pair: pair, first: albedo * model.shape(first) * grain * changed * brightness[pair],
        second: albedo * model.shape(second), sigma: noise, firstGeometry: first,
        secondGeometry: second)
    }
  }

  @Test("Lunar-Lambert's L comes back within its error, whatever the images' brightness ratios")
  func lunarLambert() throws {
    let data = samples(.lunarLambert(l: 0.37), count: 240, noise: 0.03, brightness: [1, 0.8, 1.3])
    let fit = try #require(PhotometricFit(samples: data, range: 0...1) { .lunarLambert(l: $0) })
    #expect(abs(fit.parameter - 0.37) < 3 * fit.sigma)
    #expect(fit.sigma < 0.04)
    #expect(abs(fit.scatter - 0.03) < 0.008)
  }

  /// Brightness that falls with phase must not be taken for limb darkening, and the error must own up
  /// to ground that is wrong region by region.
  ///
  /// - Parameter isBent: whether the decline is a quadratic in the cosine, as in the simulator, whose
  ///   logarithm has the slope 0.56 at 90°, or exponential.
  @Test(
    "L comes back from looks at different phases, its error holds for correlated errors",
    arguments: [false, true])
  func phaseAndRegions(isBent: Bool) throws {
    var random = SplitMix64(seed: 5)
    let truth = PhotometricModel.lunarLambert(l: 0.35)
    var misses: [Double] = []
    for _ in 0..<12 {
      var data: [PhotometricFit.Sample] = []
      for _ in 0..<24 {
        let wrong = 1 + 0.03 * (0..<12).reduce(-6.0) { sum, _ in sum + random.uniform(0...1) }
        // A region is lit and seen alike; phase goes with incidence, as across a disc.
        let (sun, view) = (random.uniform(0.2...0.9), random.uniform(0.4...0.9))
        for _ in 0..<20 {
          func look(_ incidence: Double, _ emission: Double) -> LightingGeometry {
            LightingGeometry(
              incidenceCosine: incidence, emissionCosine: emission,
              phaseCosine: 0.8 * incidence - 0.2 + random.uniform(-0.2...0.2))
          }
          let first = look(sun + random.uniform(-0.1...0.1), view + random.uniform(-0.1...0.1))
          let second = look(random.uniform(0.3...0.9), random.uniform(0.4...1))
          func light(_ geometry: LightingGeometry) -> Double {
            let half = (1 + geometry.phaseCosine) / 2
            let decline =
              isBent
              ? 0.3 + 0.6 * half + 0.1 * half * half : Elementary.exp(0.56 * geometry.phaseCosine)
            return truth.diskFunction(geometry) * decline
          }
          data.append(
            PhotometricFit.Sample(
              pair: 0, first: 0.4 * light(first) * wrong, second: 0.4 * light(second),
              sigma: 0.02, firstGeometry: first, secondGeometry: second))
        }
      }
      let fit = try #require(PhotometricFit(samples: data, range: 0...1) { .lunarLambert(l: $0) })
      #expect(abs(fit.phaseSlope - 0.56) < 0.15)
      misses.append((fit.parameter - 0.35) / fit.sigma)
    }
    let spread = (misses.reduce(0) { $0 + $1 * $1 } / Double(misses.count)).squareRoot()
    #expect(spread > 0.4 && spread < 1.4, "\(misses)")
  }

  /// Slopes of the ground err in every pair of images that saw them; the pairs of one place lie far apart
  /// in the list.
  @Test func errorsOfOnePlaceCountOnceInAllItsPairs() throws {
    var random = SplitMix64(seed: 9)
    let truth = PhotometricModel.minnaert(k: 0.62)
    var misses: [Double] = []
    var withoutPlaces: [Double] = []
    for _ in 0..<16 {
      // Brightness of 40 places in five images is off by 4 % each time; five samples of each place.
      var looks: [[(geometry: LightingGeometry, light: Double)]] = []
      for _ in 0..<40 {
        looks.append(
          (0..<5).map { _ in
            let geometry = LightingGeometry(
              incidenceCosine: random.uniform(0.25...0.95),
              emissionCosine: random.uniform(0.4...1), phaseCosine: random.uniform(0.1...0.5))
            let wrong = 0.04 * (0..<12).reduce(-6.0) { sum, _ in sum + random.uniform(0...1) }
            return (geometry, 0.4 * truth.diskFunction(geometry) * (1 + wrong))
          })
      }
      var data: [PhotometricFit.Sample] = []
      var pair = 0
      for first in 0..<5 {
        for second in first + 1..<5 {
          for (region, place) in looks.enumerated() {
            for _ in 0..<5 {
              let grain = 1 + random.uniform(-0.005...0.005)
              data.append(
                PhotometricFit.Sample(
                  pair: pair, region: region, first: place[first].light * grain,
                  second: place[second].light, sigma: 0.05,
                  firstGeometry: place[first].geometry, secondGeometry: place[second].geometry))
            }
          }
          pair += 1
        }
      }
      let fit = try #require(PhotometricFit(samples: data, range: 0.3...1) { .minnaert(k: $0) })
      misses.append((fit.parameter - 0.62) / fit.sigma)
      let blind = try #require(
        PhotometricFit(
          samples: data.map { sample in
            var sample = sample
            sample.region = 0
            return sample
          }, range: 0.3...1
        ) { .minnaert(k: $0) })
      withoutPlaces.append((blind.parameter - 0.62) / blind.sigma)
    }
    func spread(_ misses: [Double]) -> Double {
      (misses.reduce(0) { $0 + $1 * $1 } / Double(misses.count)).squareRoot()
    }
    print("errors over sigma: \(spread(misses)), without places \(spread(withoutPlaces))")
    #expect(spread(misses) > 0.6 && spread(misses) < 1.4, "\(misses)")
    #expect(spread(withoutPlaces) > 1.2 * spread(misses))
  }

  @Test("Minnaert's k and Hapke's mean slope come back")
  func others() throws {
    let minnaert = samples(.minnaert(k: 0.62), count: 150, noise: 0.02, brightness: [1])
    let k = try #require(PhotometricFit(samples: minnaert, range: 0.3...1) { .minnaert(k: $0) })
    #expect(abs(k.parameter - 0.62) < max(3 * k.sigma, 0.005))
    func hapke(_ slope: Double) -> PhotometricModel {
      .hapke(
        HapkeParameters(
          singleScatteringAlbedo: 0.9, oppositionWidth: 0.05, oppositionHeight: 0.5,
          meanSlopeRad: slope, asymmetry: -0.2))
    }
    let rough = samples(hapke(0.4), count: 100, noise: 0.01, brightness: [1])
    let slope = try #require(PhotometricFit(samples: rough, range: 0.05...0.8, model: hapke))
    #expect(abs(slope.parameter - 0.4) < max(3 * slope.sigma, 0.01))
  }

  @Test("Data that cannot decide give no answer")
  func undecided() {
    let few = samples(.lambert, count: 10, noise: 0.01, brightness: [1])
    #expect(PhotometricFit(samples: few, range: 0...1) { .lunarLambert(l: $0) } == nil)
    let alike = LightingGeometry(incidenceCosine: 0.5, emissionCosine: 0.5, phaseCosine: 0.3)
    let same = (0..<100).map { index in
      PhotometricFit.Sample(
        pair: 0, first: 0.5 + 0.001 * Double(index % 7), second: 0.5, sigma: 0.01,
        firstGeometry: alike, secondGeometry: alike)
    }
    #expect(PhotometricFit(samples: same, range: 0...1) { .lunarLambert(l: $0) } == nil)
  }

  @Test("A uniform sphere becomes flat where it is trusted")
  func albedo() {
    let models = BandModels.io(phaseRad: 1.2)
    let size = 48
    let phase = 1.2
    var planes = (0..<3).map { _ in Plane<Float>(width: size, height: size, filledWith: .nan) }
    var bands = planes
    for line in 0..<size {
      for sample in 0..<size {
        let x = (Double(sample) + 0.5) / 24 - 1
        let y = (Double(line) + 0.5) / 24 - 1
        guard x * x + y * y < 1 else { continue }
        let mu = (1 - x * x - y * y).squareRoot()
        let mu0 = x * sin(phase) + mu * cos(phase)
        planes[0][line, sample] = Float(acos(mu0))
        planes[1][line, sample] = Float(acos(mu))
        planes[2][line, sample] = Float(phase)
        let geometry = LightingGeometry(
          incidenceCosine: mu0, emissionCosine: mu, phaseCosine: cos(phase))
        bands[0][line, sample] = Float(0.7 * models.red.diskFunction(geometry))
        bands[1][line, sample] = Float(0.6 * models.green.diskFunction(geometry))
        bands[2][line, sample] = Float(0.4 * models.blue.diskFunction(geometry))
      }
    }
    let result = AlbedoImage(
      of: BandImage(red: bands[0], green: bands[1], blue: bands[2]),
      angles: PhotometricAngles(incidence: planes[0], emission: planes[1], phase: planes[2]),
      models: models)
    var trusted = 0
    for index in 0..<size * size {
      let weight = result.weight.samples[index]
      if planes[0].samples[index].isNaN {
        #expect(result.bands.red.samples[index].isNaN && weight == 0)
      } else if weight > 0.9 {
        trusted += 1
        #expect(abs(result.bands.red.samples[index] - 0.7) < 1e-4)
        #expect(abs(result.bands.green.samples[index] - 0.6) < 1e-4)
        #expect(abs(result.bands.blue.samples[index] - 0.4) < 1e-4)
      } else {
        #expect(result.bands.red.samples[index] <= 0.7001)
      }
    }
    #expect(trusted > 450)
  }

  @Test("Two lights: day hardly changed, night brightened, no step between, true dark left dark")
  func twoLights() {
    let lights = TwoLights(model: .lambert, jupiterIrradiance: 0.009)
    func light(_ cosine: Double) -> LightingGeometry {
      LightingGeometry(incidenceCosine: cosine, emissionCosine: 0.9, phaseCosine: 0.2)
    }
    #expect(lights.relighting(sun: light(0.8), jupiter: light(0.5), gain: 60) < 1.4)
    let night = lights.relighting(sun: light(-0.3), jupiter: light(0.9), gain: 60)
    #expect(night > 45 && night <= 60)
    #expect(lights.relighting(sun: light(-0.3), jupiter: light(-0.1), gain: 60) == 1)
    var last = lights.relighting(sun: light(-0.01), jupiter: light(0.5), gain: 60)
    for step in 0...1000 {
      let here = lights.relighting(
        sun: light(Double(step) / 1000 * 0.3), jupiter: light(0.5), gain: 60)
      #expect(here <= last + 1e-9)
      last = here
    }
    // Albedo from both lights agrees.
    let (sun, jupiter) = (light(0.2), light(0.7))
    let seen = 0.5 * (0.2 + 0.009 * 0.7)
    #expect(abs(lights.albedoFactor(sun: sun, jupiter: jupiter) * seen - 0.5) < 1e-12)
    let dark = 0.5 * 0.009 * 0.7
    #expect(abs(lights.albedoFactor(sun: light(-0.5), jupiter: jupiter) * dark - 0.5) < 1e-12)
    #expect(lights.albedoFactor(sun: light(-0.5), jupiter: light(-0.5)) < 1000)
  }
}
