import JunoCam
import Raster
import SpaceMath
import ViewGeometry

@testable import Registration

/// A few framelets of a `SpinScene` painted only around the true limb, blurred and noisy, so that
/// hundreds of fits take minutes: exact geometry of `BodyView`, a lit ellipsoid with uneven ground.
struct LimbScene {
  /// What is looked at.
  enum Kind: String, CaseIterable {
    case near, far, crescent
    case europa = "Europa"
    case ganymede = "Ganymede"
    case jupiter = "Jupiter"
    /// Ground as uneven as Io's, through the camera's blur and through a pinhole.
    case mottled
    case sharp = "mottled, no blur"

    var isMottled: Bool { self == .mottled || self == .sharp }
  }

  let kind: Kind
  let scene: SpinScene
  let target: String
  /// Height of the true limb over the ellipsoid, km.
  let haze: Double
  /// What the hidden errors were drawn from.
  let priors: RegistrationPriors
  private let seed: Int
  private let ground: MottledGround?
  private static let noise = 0.004
  /// Pixels on either side of the limb that are painted.
  private static let reach = 48.0

  /// A scene whose hidden errors are drawn from the priors of the fit.
  ///
  /// - Parameter pixels: how far pointing and ephemeris may be wrong, each of them along each axis;
  ///   nil: as far as a run expects
  init(_ kind: Kind, seed: Int, knownTo pixels: Double? = nil) {
    self.kind = kind
    self.seed = seed
    var random = Noise(seed: seed * 7919 + 13)
    var scene = SpinScene()
    scene.frames = 3
    func between(_ low: Double, _ high: Double) -> Double {
      low * Elementary.exp(Elementary.log(high / low) * random.uniform())
    }
    var phase = between(60, 110)
    var range: Double
    var target = "IO"
    switch kind {
    case .near: range = between(5200, 9000)
    case .far: range = between(20_000, 80_000)
    case .mottled, .sharp: range = between(7000, 40_000)
    case .crescent:
      range = between(7000, 30_000)
      phase = between(125, 145)
    case .europa:
      range = between(5000, 20_000)
      scene.radii = Vector3(1562.6, 1560.3, 1559.5)
      target = "EUROPA"
    case .ganymede:
      range = between(8000, 40_000)
      scene.radii = Vector3(2631.2, 2631.2, 2631.2)
      target = "GANYMEDE"
    case .jupiter:
      range = between(250_000, 700_000)
      scene.radii = Vector3(71_492, 71_492, 66_854)
      target = "JUPITER"
    }
    let height = 0.08 * range * (random.uniform() - 0.5)
    scene.position = Vector3(range, 0.03 * range * random.gaussian(), height)
    scene.velocity = Vector3(-4 + 3 * random.gaussian(), 27, 5 * random.gaussian())
    let (sine, cosine) = Elementary.sinCos(phase * .pi / 180)
    let side = random.uniform() < 0.5 ? -1.0 : 1
    scene.sun = Vector3(cosine, side * sine, 0.25 * random.gaussian())
    scene.lightTimeMode = .lightTimeAndStellar
    let model = scene.predicted
    var priors = RegistrationPriors(target: target)
    if let pixels {
      priors.pointing = pixels * model.pixelUnit(of: .spinPhase)
      priors.alongTrack = pixels * model.pixelUnit(of: .alongTrack)
      priors.acrossTrack = priors.alongTrack
    }
    self.priors = priors
    scene.startTime = priors.startTime * random.gaussian()
    scene.phase = priors.pointing * random.gaussian()
    // `SpinScene` turns the camera about its own y and z, which the model's axes are.
    scene.tilt =
      SIMD2(priors.pointing, priors.pointing) * SIMD2(random.gaussian(), random.gaussian())
    scene.displacement =
      model.along * (priors.alongTrack * random.gaussian())
      + model.radial * (priors.acrossTrack * random.gaussian())
      + model.cross * (priors.acrossTrack * random.gaussian())
    haze = LimbLight.height(target: target) + priors.limbHeight * random.gaussian()
    self.scene = scene
    self.target = target
    ground = kind.isMottled ? MottledGround(seed: seed) : nil
  }

  /// One of several images of the same flyby: another moment, the same errors of craft and camera.
  ///
  /// - Parameters:
  ///   - place: of the image in the flyby, from 0
  ///   - startTimeError: of its own, s
  init(_ first: LimbScene, place: Int, startTimeError: Double) {
    kind = first.kind
    target = first.target
    haze = first.haze
    priors = first.priors
    ground = first.ground
    seed = first.seed + 10_000 * place
    var scene = first.scene
    // The craft goes on for 90 s from one to the next: the error of its place stays as it is in J2000.
    scene.position += scene.velocity * (90 * Double(place))
    scene.startTime = startTimeError
    self.scene = scene
  }

  func image() throws -> RegistrationImage {
    let framelets = Parallel.map(count: scene.frames * SpinScene.filters.count) { index in
      paint(
        frame: index / SpinScene.filters.count,
        filter: SpinScene.filters[index % SpinScene.filters.count])
    }
    let count = SpinScene.filters.count
    return try RegistrationImage(
      productID: "\(kind.rawValue)-\(seed)", target: target, model: scene.predicted,
      filters: SpinScene.filters,
      framelets: (0..<scene.frames).map { Array(framelets[($0 * count)..<(($0 + 1) * count)]) },
      noise: Array(
        repeating: SampleNoise(dark: Self.noise * Self.noise, perSignal: 0), count: count))
  }

  /// Place of the middle ground point under corrections less its true place, px.
  func groundError(_ corrections: ImageCorrections) -> SIMD2<Double> {
    let frame = scene.frames / 2
    let truth = BodyView(scene.pose(frame, isTrue: true))
    let ground = TriaxialEllipsoid(radii: scene.radii).surfacePoint(along: -truth.centre)
    let corrected = scene.predicted.poses(with: corrections)[frame]
    let camera = CameraModel.instrumentKernelV03(.green)
    let nowhere = SIMD2(Double.nan, .nan)
    return (camera.pixel(along: BodyView(corrected).cameraVector(toSurface: ground)) ?? nowhere)
      - (camera.pixel(along: truth.cameraVector(toSurface: ground)) ?? nowhere)
  }

  /// Unit vector in framelet coordinates along which the ground at mid-image lies more sunward.
  var sunward: SIMD2<Double> {
    let frame = scene.frames / 2
    let pose = scene.pose(frame, isTrue: true)
    let view = BodyView(pose)
    let ground = TriaxialEllipsoid(radii: scene.radii).surfacePoint(along: -view.centre)
    let camera = CameraModel.instrumentKernelV03(.green)
    let step = pose.sunPosition.normalized * 20
    guard let here = camera.pixel(along: view.cameraVector(toSurface: ground)),
      let there = camera.pixel(along: view.cameraVector(toSurface: ground + step))
    else { return .zero }
    let way = there - here
    return way / (way * way).sum().squareRoot()
  }

  private func paint(frame: Int, filter: Filter) -> Plane<Float> {
    var pose = scene.pose(frame, isTrue: true)
    let radii = pose.radii
    pose.radii += Vector3(repeating: haze)
    let view = BodyView(pose)
    let camera = CameraModel.instrumentKernelV03(filter)
    let sun = pose.sunPosition.normalized
    var plane = Plane<Float>(width: 1648, height: 128, filledWith: .nan)
    // Where the limb is, from its own points.
    let limb = view.limbPoints(count: 1500).compactMap { point -> SIMD2<Double>? in
      guard let pixel = camera.pixel(along: view.cameraVector(toSurface: point.point)),
        pixel.x > -60, pixel.x < 1700, pixel.y > -60, pixel.y < 190
      else { return nil }
      return pixel
    }
    let cell = 8
    var isPainted = [Bool](repeating: false, count: (128 / cell) * (1648 / cell))
    for point in limb {
      let reach = Int(Self.reach) / cell + 1
      let (x, y) = (Int(point.x) / cell, Int((point.y / Double(cell)).rounded(.down)))
      for row in max(y - reach, 0)..<max(min(y + reach + 1, 128 / cell), max(y - reach, 0)) {
        for column in max(
          x - reach, 0)..<max(
            min(x + reach + 1, 1648 / cell), max(x - reach, 0))
        {
          isPainted[row * (1648 / cell) + column] = true
        }
      }
    }
    func isNeeded(_ row: Int, _ column: Int) -> Bool {
      isPainted[(row / cell) * (1648 / cell) + column / cell]
    }
    var light = [Float](repeating: .nan, count: 1650 * 130)
    func sample(_ x: Double, _ y: Double) -> Double {
      guard
        let point = view.intercept(cameraDirection: camera.direction(x: x, y: y))?.point
      else { return 0 }
      let normal = (point / radii / radii).normalized
      let incidence = max(normal.dot(sun), 0)
      if let ground {
        // Lunar-Lambert, as the simulator's default.
        let emission = max(normal.dot((view.centre * -1 - point).normalized), 0.02)
        let shape = 0.7 * incidence / (incidence + emission + 1e-12) + 0.65 * incidence
        return 0.35 * shape * ground.brightness(point)
      }
      let unit = point / radii.x
      let spots =
        1 + 0.2 * Elementary.sin(unit.x * 31) * Elementary.sin(unit.y * 39)
        * Elementary.sin(unit.z * 35 + 1)
      return 0.5 * incidence.squareRoot() * spots
    }
    for row in 0..<128 {
      for column in 23..<1631 where isNeeded(row, column) {
        light[(row + 1) * 1650 + column + 1] = Float(
          sample(Double(column) + 0.5, Double(row) + 0.5))
      }
    }
    // A pixel whose neighbours differ much is sampled finely: a pixel has a width of its own.
    let sharp = light
    let offsets = [-0.375, -0.125, 0.125, 0.375]
    for row in 0..<128 {
      for column in 24..<1630 where isNeeded(row, column) {
        let centre = (row + 1) * 1650 + column + 1
        let ring = [centre - 1, centre + 1, centre - 1650, centre + 1650].map { sharp[$0] }
        guard ring.contains(where: { ($0 - sharp[centre]).magnitude > 0.03 }) else { continue }
        var sum = 0.0
        for dy in offsets {
          for dx in offsets {
            sum += sample(Double(column) + 0.5 + dx, Double(row) + 0.5 + dy)
          }
        }
        light[centre] = Float(sum / 16)
      }
    }
    // A point spread of 0.45 px and a row of smear, as three taps of the same variance.
    let across = kind == .sharp ? 0 : Float(0.45 * 0.45 / 2)
    let down = kind == .sharp ? 0 : Float((0.45 * 0.45 + 1.0 / 12) / 2)
    var random = Noise(seed: seed * 1000 + frame * 10 + filter.ordinal)
    func blurredRow(_ centre: Int) -> Float {
      light[centre] * (1 - 2 * across) + (light[centre - 1] + light[centre + 1]) * across
    }
    for row in 1..<127 {
      for column in 25..<1629 where isNeeded(row, column) {
        let centre = (row + 1) * 1650 + column + 1
        plane[row, column] =
          blurredRow(centre) * (1 - 2 * down)
          + (blurredRow(centre - 1650) + blurredRow(centre + 1650)) * down
          + Float(Self.noise * random.gaussian())
      }
    }
    return plane
  }
}
