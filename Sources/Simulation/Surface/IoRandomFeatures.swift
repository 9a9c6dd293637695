import SpaceMath

/// Paterae, flow fields and mountains at seeded random places, about as many as are known on Io.
enum IoRandomFeatures {
  private struct Place {
    var latitudeDegrees: Double
    var eastLongitudeDegrees: Double
    var azimuthDegrees: Double
  }

  private static func place(_ random: inout SeededRandom) -> Place {
    let sine = random.uniform(-1, 1)
    return Place(
      latitudeDegrees: Elementary.asin(sine) * 180 / .pi,
      eastLongitudeDegrees: random.uniform(0, 360), azimuthDegrees: random.uniform(0, 180))
  }

  /// A size between two bounds with many small and few large ones (density ∝ size⁻³).
  private static func size(_ low: Double, _ high: Double, _ random: inout SeededRandom) -> Float {
    let a = 1 / (low * low)
    let b = 1 / (high * high)
    return Float(1 / (a + (b - a) * random.unit()).squareRoot())
  }

  static func paterae(seed: UInt64) -> [SurfaceFeature] {
    var random = SeededRandom(seed: seed, stream: 1)
    let halos: [Abundances] = [
      Abundances(mixing: [.greyPlains: 0.6, .yellowPlains: 0.4]),
      Abundances(mixing: [.greyPlains: 0.5, .frost: 0.5]),
      Abundances(mixing: [.redSulphur: 0.8, .yellowPlains: 0.2]),
      Abundances(mixing: [.yellowPlains: 0.7, .green: 0.2, .silicate: 0.1]),
    ]
    return (0..<420).map { _ in
      let place = place(&random)
      let a = size(6, 46, &random)
      let b = a * Float(random.uniform(0.5, 1))
      let dark = Float(random.uniform(0.25, 1))
      let floor = Abundances(mixing: [
        .silicate: dark * 0.9, .green: (1 - dark) * 0.55 + 0.05,
        .polarBrown: (1 - dark) * 0.5 + 0.02,
      ])
      let warm = random.unit() < 0.3
      let second =
        warm
        ? Abundances(mixing: [.redSulphur: 0.5, .silicate: 0.3, .polarBrown: 0.2])
        : Abundances(mixing: [.silicate: 0.5, .green: 0.35, .yellowPlains: 0.15])
      let halo = halos[min(Int(random.unit() * 4.6), 3)]
      let patera = Patera(
        semiAxes: SIMD2(a, b), irregularity: Float(random.uniform(0.12, 0.4)), floor: floor,
        secondFloor: second, secondShare: Float(random.uniform(0.1, 0.7)),
        rimKm: Float(random.uniform(2, 9)), rimOpacity: Float(random.uniform(0, 0.55)),
        haloKm: Float(random.uniform(6, 34)), haloOpacity: Float(random.uniform(0.05, 0.55)),
        halo: halo)
      return SurfaceFeature(
        latitudeDegrees: place.latitudeDegrees, eastLongitudeDegrees: place.eastLongitudeDegrees,
        azimuthDegrees: place.azimuthDegrees, reachKm: a * 2.3 + 5 * patera.haloKm,
        kind: .patera(patera))
    }
  }

  static func flows(seed: UInt64) -> [SurfaceFeature] {
    var random = SeededRandom(seed: seed, stream: 2)
    return (0..<90).map { _ in
      let place = place(&random)
      let a = size(30, 170, &random)
      let b = a * Float(random.uniform(0.4, 1))
      let dark = Float(random.uniform(0.2, 0.9))
      let lava = Abundances(mixing: [
        .silicate: dark, .green: 0.35 * (1.2 - dark), .polarBrown: 0.65 * (1.1 - dark),
      ])
      return SurfaceFeature(
        latitudeDegrees: place.latitudeDegrees, eastLongitudeDegrees: place.eastLongitudeDegrees,
        azimuthDegrees: place.azimuthDegrees, reachKm: a * 1.3,
        kind: .flow(
          Flow(
            semiAxes: SIMD2(a, b), density: Float(random.uniform(0.3, 0.8)), lava: lava,
            margin: Abundances(mixing: [.greyPlains: 0.65, .yellowPlains: 0.35]),
            marginOpacity: Float(random.uniform(0.2, 0.7)))))
    }
  }

  static func mountains(seed: UInt64) -> [SurfaceFeature] {
    var random = SeededRandom(seed: seed, stream: 3)
    return (0..<125).map { _ in
      let place = place(&random)
      let a = size(34, 150, &random)
      let b = a * Float(random.uniform(0.4, 0.95))
      let fault = Elementary.sinCos(random.uniform(0, 2 * .pi))
      let distance = Float(random.uniform(0.15, 0.8))
      return SurfaceFeature(
        latitudeDegrees: place.latitudeDegrees, eastLongitudeDegrees: place.eastLongitudeDegrees,
        azimuthDegrees: place.azimuthDegrees, reachKm: a * 2.2,
        kind: .mountain(
          Mountain(
            semiAxes: SIMD2(a, b), heightKm: Float(random.uniform(2, 10)),
            tilt: Float(random.uniform(-0.9, 0.9)),
            cut: SIMD2(Float(fault.cos), Float(fault.sin)), cutDistance: distance,
            apronOpacity: Float(random.uniform(0, 0.8)),
            rock: Abundances(mixing: [
              .yellowPlains: 0.45, .polarBrown: 0.4, .silicate: 0.15,
            ]),
            apron: Abundances(mixing: [.greyPlains: 0.7, .frost: 0.3]),
            roughness: Float(random.uniform(0.2, 0.5)))))
    }
  }
}
