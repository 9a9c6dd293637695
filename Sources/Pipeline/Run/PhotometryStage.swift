import JunoCam
import Mapping
import Photometry
import Raster
import SpaceMath
import ViewGeometry

/// Brings one image on a grid to the light that a product asks for.
struct PhotometryStage: Sendable {
  var settings: PhotometrySettings
  /// Parameters that were fitted to the run's images.
  var fits: [Filter: PhotometryFitRecord]
  /// Product id, for messages.
  var image: String
  /// Pose at the middle of the image.
  var pose: Pose
  var jupiter: JupiterLight?
  var jobs: Int

  /// Noise in the relit picture, I/F, at which a look counts half.
  private static let tolerableNoise: Float = 0.05

  private func model(_ filter: Filter) -> PhotometricModel {
    let camera = -(pose.bodyFromJ2000 * pose.targetPosition)
    return settings.bandModel(
      filter, phaseRad: camera.angle(to: pose.sunPosition), fitted: fits[filter]?.parameter)
  }

  /// The part, which must have backplanes, in another light.
  ///
  /// - Throws: `PipelineError.noJupiter`.
  func applied(
    _ mode: PhotometryMode, to part: GridBand, on grid: OutputGrid
  ) throws -> GridBand {
    guard mode != .lit, let backplanes = part.backplanes else { return part }
    guard mode == .twoLights else { return albedo(part, backplanes) }
    guard let jupiter else { throw PipelineError.noJupiter(productID: image) }
    return relit(part, backplanes, jupiter, grid)
  }

  /// What a manifest says of the light; nil for that of the image itself.
  func record(_ mode: PhotometryMode, filters: [Filter]) -> PhotometryRecord? {
    guard mode != .lit else { return nil }
    func each<Value>(_ value: (Filter) -> Value) -> [String: Value] {
      Dictionary(uniqueKeysWithValues: filters.map { ($0.rawValue, value($0)) })
    }
    var record = PhotometryRecord(mode: mode, models: each(model))
    record.fits = fits.isEmpty ? nil : fits.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
    if mode == .albedo { record.standard = settings.standard }
    if mode == .twoLights, let jupiter {
      record.jupiter = jupiter
      record.jupiterIrradiance = each { jupiter.lamp($0.passBand).irradiance }
      record.jupiterGain = each { gain(jupiter.lamp($0.passBand).irradiance) }
    }
    return record
  }

  private func gain(_ irradiance: Double) -> Double {
    settings.jupiterGain ?? (irradiance > 0 ? max(1, 1 / irradiance) : 1)
  }

  // MARK: - Albedo

  private func albedo(_ part: GridBand, _ backplanes: Backplanes) -> GridBand {
    let normalisations = part.result.bands.map {
      PhotometricNormalisation(model: model($0.filter), standard: settings.standard)
    }
    return changed(part) { index, factors, bands in
      guard let sun = backplanes.lighting(at: index), sun.incidenceCosine > 0 else {
        // Without light nothing is known of the ground.
        for band in 0..<bands { factors[band] = .nan }
        return 0
      }
      var trust: Float = 1
      for band in 0..<bands {
        let correction = normalisations[band].correction(sun)
        factors[band] = correction.factor > 0 ? Float(correction.factor) : .nan
        trust = min(trust, Float(correction.weight))
      }
      return trust
    }
  }

  // MARK: - Two lights

  private func relit(
    _ part: GridBand, _ backplanes: Backplanes, _ jupiter: JupiterLight, _ grid: OutputGrid
  ) -> GridBand {
    var lampPose = pose
    lampPose.sunPosition = jupiter.position
    let lampPlanes = Backplanes(
      grid: grid.surface, pose: lampPose, focalLength: 1, lines: part.lines, seen: part.result,
      jobs: jobs)
    let lights = part.result.bands.map { band -> (TwoLights, Jupitershine, Double) in
      let (shine, irradiance) = jupiter.lamp(band.filter.passBand)
      return (
        TwoLights(model: model(band.filter), jupiterIrradiance: irradiance), shine,
        gain(irradiance)
      )
    }
    let sigmas = part.result.bands.map { part.errors?[$0.filter]?.sigma.samples }
    return changed(part) { index, factors, bands in
      guard let sun = backplanes.lighting(at: index),
        var lamp = lampPlanes.lighting(at: index), sun.emissionCosine > 1e-6
      else {
        for band in 0..<bands { factors[band] = 1 }
        return 1
      }
      let height = lamp.incidenceCosine
      var trust: Float = 1
      for band in 0..<bands {
        let (light, shine, gain) = lights[band]
        lamp.incidenceCosine = shine.meanIncidenceCosine(centreCosine: height)
        let factor = Float(light.relighting(sun: sun, jupiter: lamp, gain: gain))
        factors[band] = factor
        let noise = (sigmas[band]?[index] ?? 0) * factor / Self.tolerableNoise
        trust = min(trust, 1 / (1 + noise * noise))
      }
      return trust
    }
  }

  // MARK: - Pixels

  /// Multiplies every pixel's bands by factors; NaN takes a pixel out.
  ///
  /// - Parameter body: sets a pixel's factors, and returns its trust.
  private func changed(
    _ part: GridBand,
    _ body: @Sendable (_ index: Int, _ factors: UnsafeMutablePointer<Float>, _ bands: Int) -> Float
  ) -> GridBand {
    var part = part
    let bands = part.result.bands.count
    let (width, height) = (part.result.width, part.result.height)
    let values = part.result.bands.map(\.values.samples)
    let flags = part.errors?.bands.map(\.flags.samples) ?? []
    let saturated = QualityFlags.saturated.rawValue
    // [pixel][band], and the trust behind them.
    let step = bands + 1
    let factors = [Float](unsafeUninitializedCapacity: width * height * step) { buffer, count in
      count = width * height * step
      buffer.initialize(repeating: 0)
      guard let base = buffer.baseAddress else { return }
      // Lines do not overlap.
      nonisolated(unsafe) let target = base
      Parallel.forEach(count: height, jobs: jobs) { line in
        for index in line * width..<(line + 1) * width
        where values.contains(where: { !$0[index].isNaN }) {
          let place = target + index * step
          place[bands] = body(index, place, bands)
          // A lower bound has neither colour nor albedo.
          if flags.contains(where: { $0[index] & saturated != 0 }) {
            for band in 0...bands { place[band] = band < bands ? .nan : 0 }
          }
        }
      }
    }
    for band in 0..<bands {
      let filter = part.result.bands[band].filter
      let own = Plane(
        width: width, height: height,
        samples: (0..<width * height).map { factors[$0 * step + band] })
      part.result.bands[band].scale(by: own)
      if let place = part.errors?.bands.firstIndex(where: { $0.filter == filter }) {
        part.errors?.bands[place].scale(by: own)
      }
    }
    part.trust = Plane(
      width: width, height: height,
      samples: (0..<width * height).map { factors[$0 * step + bands] })
    return part
  }
}

extension Backplanes {
  /// The Sun's geometry at a pixel, by its place in line order; nil where there is no ground.
  func lighting(at index: Int) -> LightingGeometry? {
    let (i, e, g) = (incidence.samples[index], emission.samples[index], phase.samples[index])
    guard i.isFinite, e.isFinite, g.isFinite else { return nil }
    return LightingGeometry(
      incidenceCosine: Elementary.cos(Double(i)), emissionCosine: Elementary.cos(Double(e)),
      phaseCosine: Elementary.cos(Double(g)))
  }
}

extension Filter {
  /// The band of the same name.
  var passBand: PassBand {
    switch self {
    case .methane: .methane
    case .blue: .blue
    case .green: .green
    case .red: .red
    }
  }
}
