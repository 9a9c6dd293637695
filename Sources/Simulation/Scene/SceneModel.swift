import JunoCam
import Photometry
import SpaceMath
import ViewGeometry

/// A scene made ready: geometry, light and timing of all its images.
struct SceneModel: Sendable {
  let description: SceneDescription
  let moon: MoonConstants
  let geometry: SceneGeometry
  /// One per image.
  let timings: [ImageTiming]

  /// - Throws: `SimulationError` for a target or a time that cannot be used.
  init(_ description: SceneDescription) throws(SimulationError) {
    self.description = description
    guard let moon = MoonConstants.moon(named: description.target) else {
      throw .unknownTarget(description.target)
    }
    guard let epoch = CivilTime(description.track.closestApproach) else {
      throw .badTime(description.track.closestApproach)
    }
    self.moon = moon
    let track = description.track
    let flyby = Flyby(
      moon: moon, epochET: SceneClock.et(utcMilliseconds: epoch.milliseconds),
      closest: track.subSpacecraft.direction, heading: track.heading.direction,
      altitudeKm: track.altitudeKm, speed: track.speed, sun: track.subSolar.direction,
      sunDistanceAU: track.solarDistanceAU)
    let craft = description.craft
    let spin = Spin(
      axis: flyby.axis(fromSunDegrees: craft.axisFromSun),
      revolutionsPerMinute: craft.revolutionsPerMinute, epochET: flyby.epochET,
      phase: craft.phase * .pi / 180,
      tiltDegrees: craft.tilt)
    let geometry = SceneGeometry(
      flyby: flyby, spin: spin, lightTimeMode: description.camera.lightTimeMode)
    self.geometry = geometry
    timings = description.images.map { image in
      ImageTiming(geometry: geometry, image: image, nominalET: flyby.epochET + image.time)
    }
  }

  /// Light at an exposure.
  func lighting(at pose: Pose) -> Lighting {
    let time = pose.epochET - pose.centreLightTime
    let phase = geometry.jupiterPhase(at: time)
    var irradiance = SIMD4<Float>.zero
    if description.ground.hasJupitershine {
      for (index, band) in [PassBand.blue, .green, .red, .methane].enumerated() {
        let shine = Jupitershine(band: band, distanceKm: moon.orbitRadiusKm)
        irradiance[index] = Float(shine.irradiance(phaseRad: phase))
      }
    }
    return Lighting(
      sun: pose.sunPosition.normalized, jupiter: geometry.jupiterDirection(at: time),
      jupiterIrradiance: irradiance, model: description.ground.model,
      hasPhaseFunction: description.ground.hasPhaseFunction)
  }

  /// Sun–moon distance, km.
  var solarDistanceKm: Double { description.track.solarDistanceAU * Flyby.kilometresPerAU }
}

extension SceneDescription.Place {
  /// Unit vector in body axes.
  var direction: Vector3 {
    let radians = Double.pi / 180
    let parallel = Elementary.sinCos(latitude * radians)
    let meridian = Elementary.sinCos(-westLongitude * radians)
    return Vector3(parallel.cos * meridian.cos, parallel.cos * meridian.sin, parallel.sin)
  }
}
