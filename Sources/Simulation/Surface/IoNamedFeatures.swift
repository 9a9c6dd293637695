/// Features at the places that Io's gazetteer and maps give them. Positions are facts; sizes are
/// rounded from published diameters where there is one and chosen to look plausible elsewhere.
enum IoNamedFeatures {
  private static let darkFloor = Abundances(mixing: [.silicate: 0.92, .green: 0.08])
  private static let warmFloor = Abundances(
    mixing: [.silicate: 0.45, .redSulphur: 0.35, .polarBrown: 0.2])
  private static let oliveFloor = Abundances(
    mixing: [.silicate: 0.52, .green: 0.42, .yellowPlains: 0.06])
  private static let greenFloor = Abundances(mixing: [.green: 0.8, .silicate: 0.2])
  private static let paleFloor = Abundances(mixing: [.greyPlains: 0.75, .yellowPlains: 0.25])
  private static let white = Abundances(mixing: [.greyPlains: 0.55, .frost: 0.45])
  private static let cream = Abundances(mixing: [.greyPlains: 0.6, .yellowPlains: 0.4])
  private static let red = Abundances(.redSulphur)
  private static let orange = Abundances(mixing: [.redSulphur: 0.55, .yellowPlains: 0.45])
  private static let black = Abundances(.silicate)
  private static let smoke = Abundances(
    mixing: [.silicate: 0.75, .green: 0.1, .greyPlains: 0.15])

  // MARK: Paterae

  private static func patera(
    _ latitude: Double, west: Double, _ a: Float, _ b: Float, azimuth: Double = 0,
    floor: Abundances = darkFloor, second: Abundances = oliveFloor, share: Float = 0.3,
    irregularity: Float = 0.28, rim: Float = 6, rimOpacity: Float = 0.35, halo: Abundances = cream,
    haloKm: Float = 22, haloOpacity: Float = 0.35, island: SIMD2<Float> = .zero,
    islandOffset: SIMD2<Float> = .zero
  ) -> SurfaceFeature {
    let patera = Patera(
      semiAxes: SIMD2(a, b), irregularity: irregularity, floor: floor, secondFloor: second,
      secondShare: share, rimKm: rim, rimOpacity: rimOpacity, rim: cream, haloKm: haloKm,
      haloOpacity: haloOpacity, halo: halo, island: island, islandOffset: islandOffset)
    return SurfaceFeature(
      latitudeDegrees: latitude, eastLongitudeDegrees: 360 - west, azimuthDegrees: azimuth,
      reachKm: max(a, b) * 2.3 + 5 * haloKm, kind: .patera(patera))
  }

  static let paterae: [SurfaceFeature] = [
    // Loki: a dark horseshoe, open to the north-west, around a bright island.
    patera(
      13.0, west: 308.8, 108, 96, azimuth: 20, share: 0.06, irregularity: 0.07, rim: 8,
      rimOpacity: 0.25, haloKm: 40, haloOpacity: 0.2, island: SIMD2(0.62, 0.56),
      islandOffset: SIMD2(0.16, 0.24)),
    // Pele: a small dark patera inside dark fans.
    patera(
      -18.7, west: 255.3, 24, 15, azimuth: 80, share: 0.15, halo: smoke, haloKm: 60,
      haloOpacity: 0.55),
    patera(
      -1.5, west: 153.0, 14, 12, halo: orange, haloKm: 20, haloOpacity: 0.3),
    patera(
      62.8, west: 123.5, 60, 30, azimuth: 75, share: 0.5, irregularity: 0.4, halo: white,
      haloKm: 40, haloOpacity: 0.3),
    patera(61.0, west: 119.0, 34, 22, azimuth: 20, share: 0.6, irregularity: 0.4),
    patera(
      45.2, west: 336.5, 40, 24, azimuth: 60, share: 0.35, halo: orange, haloKm: 60,
      haloOpacity: 0.45),
    patera(
      54.6, west: 301.5, 56, 42, azimuth: 80, floor: oliveFloor, second: darkFloor, share: 0.45,
      irregularity: 0.1, rim: 12, rimOpacity: 0.4, haloKm: 25),
    patera(
      -8.3, west: 324.7, 22, 17, share: 0.3, halo: orange, haloKm: 60, haloOpacity: 0.3),
    patera(
      -39.8, west: 272.2, 46, 34, azimuth: 30, share: 0.1, halo: smoke, haloKm: 110,
      haloOpacity: 0.92),
    patera(-40.4, west: 288.0, 30, 22, azimuth: 70, share: 0.3, halo: red, haloOpacity: 0.5),
    patera(
      -52.4, west: 343.5, 64, 36, azimuth: 100, floor: oliveFloor, second: greenFloor,
      irregularity: 0.2, rim: 16, rimOpacity: 0.5, halo: cream, haloKm: 60, haloOpacity: 0.5),
    patera(
      -12.3, west: 243.3, 36, 30, share: 0.2, halo: smoke, haloKm: 55, haloOpacity: 0.4),
    patera(-13.4, west: 235.3, 34, 28, floor: oliveFloor, rim: 10, rimOpacity: 0.45),
    patera(
      -20.2, west: 160.2, 26, 20, share: 0.4, halo: red, haloKm: 70, haloOpacity: 0.65),
    patera(
      -18.7, west: 141.1, 40, 36, second: warmFloor, share: 0.5, irregularity: 0.15, halo: red,
      haloKm: 16, haloOpacity: 0.6),
    patera(-3.2, west: 119.1, 36, 30, azimuth: 40, share: 0.1, irregularity: 0.2, halo: white),
    patera(-4.6, west: 39.0, 26, 22, halo: red, haloOpacity: 0.3),
    patera(
      40.4, west: 74.3, 60, 32, azimuth: 10, second: warmFloor, share: 0.5, halo: red,
      haloKm: 60, haloOpacity: 0.5),
    patera(16.2, west: 90.3, 56, 44, azimuth: 70, share: 0.4, irregularity: 0.3),
    patera(-3.5, west: 79.5, 34, 24, azimuth: 10, share: 0.2),
    patera(-33.7, west: 152.1, 56, 32, azimuth: 15, floor: oliveFloor, second: darkFloor),
    patera(
      29.8, west: 208.5, 50, 28, azimuth: 40, share: 0.4, irregularity: 0.45, halo: red,
      haloKm: 40, haloOpacity: 0.4),
    patera(19.2, west: 274.3, 24, 17, azimuth: 20, share: 0.25, halo: red, haloOpacity: 0.35),
    patera(-34.2, west: 128.5, 30, 24, second: warmFloor, share: 0.6, halo: red, haloOpacity: 0.5),
    patera(-34.5, west: 109.0, 28, 20, share: 0.1),
    // Amaterasu: very dark.
    patera(
      37.7, west: 306.6, 50, 38, azimuth: 60, floor: black, second: darkFloor, share: 0.2,
      irregularity: 0.22, haloKm: 14, haloOpacity: 0.3),
    patera(28.3, west: 327.6, 26, 24, floor: paleFloor, second: oliveFloor, rim: 7),
    patera(35.5, west: 322.1, 36, 28, floor: warmFloor, second: oliveFloor, halo: red),
    patera(68.5, west: 249.9, 58, 26, azimuth: 80, share: 0.3, irregularity: 0.35, halo: orange),
    patera(-47.9, west: 310.1, 38, 34, floor: oliveFloor, halo: red, haloKm: 80, haloOpacity: 0.4),
    patera(2.0, west: 289.5, 24, 20, share: 0.4),
    patera(-14.9, west: 294.8, 46, 30, azimuth: 30, share: 0.3),
    patera(-48.3, west: 267.5, 44, 34, share: 0.2),
    patera(-53.7, west: 101.2, 30, 24, share: 0.4),
    patera(22.3, west: 240.0, 40, 26, azimuth: 20, share: 0.3, irregularity: 0.4),
    patera(-64.5, west: 4.9, 44, 32, share: 0.4),
    patera(-9.1, west: 313.5, 40, 26, azimuth: 60, share: 0.4, irregularity: 0.4),
    patera(75.1, west: 294.0, 44, 30, floor: oliveFloor, second: darkFloor, irregularity: 0.35),
    // Kinich Ahau: brown, with darker vents inside.
    patera(
      49.3, west: 310.2, 58, 48, floor: warmFloor, second: oliveFloor, share: 0.35, rim: 5,
      haloKm: 18),
  ]

  // MARK: Flows

  private static func flow(
    _ latitude: Double, west: Double, _ a: Float, _ b: Float, azimuth: Double = 0,
    density: Float = 0.75, lava: Abundances = darkFloor, margin: Abundances = cream,
    marginOpacity: Float = 0.45
  ) -> SurfaceFeature {
    SurfaceFeature(
      latitudeDegrees: latitude, eastLongitudeDegrees: 360 - west, azimuthDegrees: azimuth,
      reachKm: max(a, b) * 1.3,
      kind: .flow(
        Flow(
          semiAxes: SIMD2(a, b), density: density, lava: lava, margin: margin,
          marginOpacity: marginOpacity)))
  }

  static let flows: [SurfaceFeature] = [
    flow(-1.5, west: 154.6, 34, 62, density: 0.8, margin: white),
    flow(24.5, west: 114.7, 150, 45, azimuth: 15, density: 0.8),
    flow(19.5, west: 123.0, 60, 70, density: 0.6, lava: oliveFloor),
    flow(-26.0, west: 210.0, 90, 40, azimuth: 120, density: 0.75),
    flow(-46.5, west: 57.0, 130, 60, azimuth: 30, density: 0.75),
    flow(28.6, west: 172.5, 90, 50, azimuth: 120, density: 0.7),
    flow(18.0, west: 173.5, 80, 34, azimuth: 100, density: 0.7),
    flow(45.2, west: 334.5, 90, 60, azimuth: 40, density: 0.6),
    flow(-17.7, west: 33.6, 110, 60, azimuth: 160, density: 0.75),
    flow(38.0, west: 204.0, 200, 130, azimuth: 70, density: 0.85, lava: oliveFloor),
    flow(46.0, west: 209.0, 170, 60, azimuth: 110, density: 0.8, lava: greenFloor),
    flow(
      68.7, west: 240.8, 260, 180, azimuth: 60, density: 0.72, lava: oliveFloor, margin: white,
      marginOpacity: 0.6),
    flow(60.0, west: 252.0, 120, 90, azimuth: 20, density: 0.7, lava: oliveFloor, margin: white),
    flow(
      42.8, west: 272.7, 90, 130, azimuth: 0, density: 0.7, lava: oliveFloor, margin: cream),
    flow(39.2, west: 133.1, 90, 70, azimuth: 60, density: 0.65),
    flow(22.0, west: 235.0, 80, 50, azimuth: 80, density: 0.75),
    flow(-14.0, west: 240.0, 110, 70, azimuth: 100, density: 0.6),
    flow(36.0, west: 277.0, 100, 70, azimuth: 130, density: 0.6, lava: oliveFloor),
    flow(31.0, west: 312.0, 90, 55, azimuth: 160, density: 0.7, lava: warmFloor),
    flow(27.0, west: 296.0, 60, 90, azimuth: 30, density: 0.55, lava: oliveFloor),
    flow(16.0, west: 302.0, 40, 60, azimuth: 60, density: 0.6, lava: oliveFloor),
    flow(-35.0, west: 163.0, 110, 60, azimuth: 110, density: 0.65, lava: oliveFloor),
    flow(-48.0, west: 158.0, 110, 60, azimuth: 80, density: 0.7, lava: oliveFloor),
    flow(-8.0, west: 325.0, 150, 110, density: 0.45, lava: warmFloor),
  ]

  // MARK: Fallout

  private static func deposit(
    _ latitude: Double, west: Double, _ a: Float, _ b: Float, azimuth: Double = 0, ring: Float,
    width: Float, opacity: Float, _ mixture: Abundances, patchiness: Float = 0.4
  ) -> SurfaceFeature {
    let tail = ring == 0 ? 1 + width : ring + 3.4 * width
    return SurfaceFeature(
      latitudeDegrees: latitude, eastLongitudeDegrees: 360 - west, azimuthDegrees: azimuth,
      reachKm: min(max(a, b) * (tail + 0.25), 1800),
      kind: .deposit(
        Deposit(
          semiAxes: SIMD2(a, b), ring: ring, width: width, opacity: opacity, mixture: mixture,
          patchiness: patchiness)))
  }

  static let deposits: [SurfaceFeature] = [
    // Pele: the ring of S3–S4, longer to the north, and a yellowish interior.
    deposit(
      -18.7, west: 255.3, 440, 380, ring: 0, width: 0.5, opacity: 0.55,
      Abundances(mixing: [.yellowPlains: 0.8, .green: 0.2])),
    deposit(
      -17.7, west: 255.3, 640, 560, ring: 1, width: 0.2, opacity: 0.92, red, patchiness: 0.25),
    deposit(-18.7, west: 255.3, 170, 130, azimuth: 60, ring: 0, width: 0.7, opacity: 0.5, smoke),
    deposit(-1.5, west: 153.9, 130, 125, ring: 1, width: 0.18, opacity: 0.7, white),
    deposit(-1.5, west: 153.9, 190, 180, ring: 1, width: 0.12, opacity: 0.35, white),
    deposit(-20.2, west: 160.2, 150, 150, ring: 1, width: 0.2, opacity: 0.45, cream),
    deposit(-26.0, west: 210.0, 170, 130, ring: 1, width: 0.25, opacity: 0.45, red),
    deposit(18.0, west: 173.5, 120, 120, ring: 1, width: 0.25, opacity: 0.45, white),
    deposit(28.6, west: 172.5, 110, 110, ring: 1, width: 0.25, opacity: 0.4, white),
    deposit(24.5, west: 114.7, 150, 120, ring: 1, width: 0.3, opacity: 0.4, white),
    deposit(-46.5, west: 57.0, 200, 180, ring: 1, width: 0.25, opacity: 0.5, white),
    deposit(62.8, west: 123.5, 520, 480, ring: 1, width: 0.14, opacity: 0.35, red),
    deposit(45.2, west: 336.5, 420, 360, ring: 1, width: 0.2, opacity: 0.35, orange),
    deposit(67.0, west: 252.0, 260, 200, ring: 0, width: 0.6, opacity: 0.5, red),
    deposit(-12.3, west: 243.3, 210, 200, ring: 0, width: 0.6, opacity: 0.25, smoke),
    deposit(39.2, west: 133.1, 150, 150, ring: 0, width: 0.6, opacity: 0.45, white),
  ]

  // MARK: Regions

  static let regions: [SurfaceFeature] = [
    // Colchis and Bosphorus Regiones: grey-white SO2 plains on the anti-Jovian side.
    deposit(8, west: 205, 700, 950, ring: 0, width: 0.55, opacity: 0.75, white, patchiness: 0.25),
    deposit(-6, west: 118, 420, 560, ring: 0, width: 0.5, opacity: 0.75, white),
    deposit(-38, west: 55, 480, 480, ring: 0, width: 0.5, opacity: 0.7, white),
    deposit(44, west: 92, 260, 460, ring: 0, width: 0.6, opacity: 0.45, white),
    deposit(58, west: 195, 230, 520, ring: 0, width: 0.5, opacity: 0.6, white, patchiness: 0.55),
    deposit(-64, west: 172, 220, 520, ring: 0, width: 0.5, opacity: 0.5, white, patchiness: 0.7),
    // Media and Tarsus: yellow; Colchis' south: olive.
    deposit(0, west: 60, 560, 600, ring: 0, width: 0.6, opacity: 0.5, Abundances(.yellowPlains)),
    deposit(
      -16, west: 185, 330, 480, ring: 0, width: 0.5, opacity: 0.5,
      Abundances(mixing: [.yellowPlains: 0.5, .green: 0.4, .silicate: 0.1])),
    deposit(
      8, west: 300, 480, 520, ring: 0, width: 0.7, opacity: 0.35,
      Abundances(mixing: [.yellowPlains: 0.75, .green: 0.25])),
    // Bright frost fields of the north-west (Perry's map, 325–345° W, 45–70° N).
    deposit(59, west: 335, 130, 150, ring: 0, width: 0.35, opacity: 0.9, white, patchiness: 0.75),
    deposit(43, west: 332, 90, 170, ring: 0, width: 0.35, opacity: 0.75, white, patchiness: 0.8),
    deposit(38, west: 258, 230, 110, ring: 0, width: 0.5, opacity: 0.8, white, patchiness: 0.7),
    deposit(70, west: 320, 90, 260, ring: 0, width: 0.5, opacity: 0.65, white, patchiness: 0.8),
    deposit(
      60, west: 262, 260, 260, ring: 0, width: 0.6, opacity: 0.45, red, patchiness: 0.3),
    deposit(-55, west: 300, 300, 600, ring: 0, width: 0.6, opacity: 0.3, cream, patchiness: 0.8),
  ]

  // MARK: Mountains

  private static func mountain(
    _ latitude: Double, west: Double, _ a: Float, _ b: Float, azimuth: Double = 0,
    height: Float, tilt: Float = 0.5, apron: Float = 0.5, roughness: Float = 0.2
  ) -> SurfaceFeature {
    SurfaceFeature(
      latitudeDegrees: latitude, eastLongitudeDegrees: 360 - west, azimuthDegrees: azimuth,
      reachKm: max(a, b) * 2.2,
      kind: .mountain(
        Mountain(
          semiAxes: SIMD2(a, b), heightKm: height, tilt: tilt, apronOpacity: apron,
          rock: Abundances(mixing: [.yellowPlains: 0.45, .polarBrown: 0.4, .silicate: 0.15]),
          apron: white, roughness: roughness)))
  }

  static let mountains: [SurfaceFeature] = [
    mountain(38.5, west: 77.0, 120, 60, azimuth: 10, height: 7.4),
    mountain(-68.9, west: 46.6, 160, 90, azimuth: 80, height: 9.0, apron: 0.85),
    mountain(-9.7, west: 270.1, 90, 75, height: 11, tilt: 0.8, apron: 0.1),
    mountain(-6.0, west: 266.5, 70, 50, azimuth: 60, height: 8, apron: 0.1),
    mountain(-48.9, west: 338.8, 110, 70, azimuth: 60, height: 10.5, tilt: 0.9),
    mountain(-28.5, west: 161.8, 70, 55, height: 6),
    // Mountains of the north: read off the mission's picture of perijove 57, to a degree or two.
    mountain(85.3, west: 331.4, 44, 32, azimuth: 60, height: 6, apron: 0.6),
    mountain(74.9, west: 290.1, 66, 54, azimuth: 100, height: 7.5, tilt: 0.7, apron: 0.7),
    mountain(70.6, west: 320.1, 72, 50, azimuth: 70, height: 8.5, tilt: -0.8, apron: 0.8),
    mountain(61.4, west: 323.4, 74, 58, azimuth: 20, height: 8, tilt: 0.5, apron: 0.7),
    mountain(62.0, west: 333.6, 62, 56, azimuth: 130, height: 5.5, apron: 0.5),
    mountain(56.1, west: 333.3, 66, 34, azimuth: 10, height: 6.5, apron: 0.5),
    mountain(42.8, west: 330.8, 52, 36, azimuth: 60, height: 6, apron: 0.7),
    mountain(42.7, west: 323.0, 72, 26, azimuth: 30, height: 5.5, apron: 0.4),
    mountain(-74.0, west: 255.0, 190, 30, azimuth: 70, height: 6, apron: 0.6),
    mountain(-72.0, west: 268.0, 80, 30, azimuth: 60, height: 5, apron: 0.7),
  ]
}
