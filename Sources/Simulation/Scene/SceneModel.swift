import JunoCam
import Photometry
import SpaceMath
import ViewGeometry

/// A scene made ready: geometry, light and timing of all its images.
struct SceneModel: Sendable {
  let description: SceneDescription
  let moon: MoonConstants
  /// What kernels and labels will say.
  let predicted: SceneGeometry
  /// What the camera really does.
  let actual: SceneGeometry
  /// One per image; predicted.
  let timings: [ImageTiming]

  /// - Throws: `SimulationError.unknownTarget`.
  init(_ description: SceneDescription) throws(SimulationError) {
    self.description = description
    guard let moon = MoonConstants.moon(named: description.target) else {
      throw .unknownTarget(description.target)
    }
    self.moon = moon
    let track = description.track
    let flyby = Flyby(
      moon: moon, epochET: SceneClock.et(utcMilliseconds: track.closestApproach.milliseconds),
      closest: track.subSpacecraft.direction, heading: track.heading.direction,
      altitudeKm: track.altitudeKm, speed: track.speed, sun: track.subSolar.direction,
      sunDistanceAU: track.solarDistanceAU)
    let craft = description.craft
    let spin = Spin(
      axis: flyby.axis(fromSunDegrees: craft.axisFromSun),
      revolutionsPerMinute: craft.revolutionsPerMinute, epochET: flyby.epochET,
      phase: craft.phase * .pi / 180, tiltDegrees: craft.tilt)
    let predicted = SceneGeometry(
      flyby: flyby, spin: spin, lightTimeMode: description.camera.lightTimeMode)
    self.predicted = predicted
    let hidden = description.hidden
    let arcMinute = Double.pi / 10_800
    var actual = predicted
    actual.deviation = SceneGeometry.Deviation(
      timeAhead: hidden.alongTrackKm / track.speed, pointing: hidden.pointing * arcMinute,
      pointingDrift: hidden.pointingDrift * arcMinute, nutation: hidden.nutation * arcMinute,
      nutationRate: 2 * .pi / hidden.nutationPeriod)
    self.actual = actual
    timings = description.images.map { image in
      ImageTiming(geometry: predicted, image: image, nominalET: flyby.epochET + image.time)
    }
  }

  /// True ephemeris times of an image's exposures.
  func exposureET(image index: Int) -> [Double] {
    let error = description.images[index].startTimeError / 1000
    return timings[index].frameET.map { $0 + error }
  }

  /// True optics of a strip.
  func optics(_ filter: Filter) -> CameraModel {
    var model = CameraModel.instrumentKernelV03(filter)
    model.k1 *= 1 + description.hidden.distortion
    model.k2 *= 1 + description.hidden.distortion
    return model
  }

  /// Light at an exposure.
  func lighting(at pose: Pose) -> Lighting {
    let time = pose.epochET - pose.centreLightTime
    let phase = actual.jupiterPhase(at: time)
    var irradiance = SIMD4<Float>.zero
    if description.light.hasJupitershine {
      for (index, band) in [PassBand.blue, .green, .red, .methane].enumerated() {
        let shine = Jupitershine(band: band, distanceKm: moon.orbitRadiusKm)
        irradiance[index] = Float(shine.irradiance(phaseRad: phase))
      }
    }
    return Lighting(
      sun: pose.sunPosition.normalized, jupiter: actual.jupiterDirection(at: time),
      jupiterIrradiance: irradiance, model: description.light.model,
      hasPhaseFunction: description.light.hasPhaseFunction,
      hasShadows: description.light.hasShadows)
  }

  /// Sun–moon distance, km.
  var solarDistanceKm: Double { description.track.solarDistanceAU * Flyby.kilometresPerAU }

  /// Radiometry of an image, as its label implies it.
  func radiometry(image index: Int) -> Radiometry {
    let image = description.images[index]
    return Radiometry(
      exposure: 0.0032 * Double(image.tdiStages), tdiStages: image.tdiStages,
      solarDistanceKm: solarDistanceKm, orbit: image.product.orbit,
      options: description.camera.radiometry)
  }
}

extension SceneDescription.Place {
  /// Unit vector in body axes.
  var direction: Vector3 {
    Vector3.direction(
      longitude: -westLongitude * .pi / 180, latitude: latitude * .pi / 180)
  }
}

extension Filter {
  /// Place of the band in vectors of bands: BLUE, GREEN, RED, METHANE.
  var bandIndex: Int {
    switch self {
    case .blue: 0
    case .green: 1
    case .red: 2
    case .methane: 3
    }
  }
}
