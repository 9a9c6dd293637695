import JunoCam
import Raster
import SpaceMath
import ViewGeometry

@testable import Registration

/// Whole discs of 60 to 200 px that a spinning craft without a CK passes: a spotted moon or a banded
/// planet, half lit as JunoCam sees them, since the craft's spin axis points near the Sun. Ground, light,
/// limb and spin differ from what registration assumes by amounts drawn from a seed.
///
/// Painted with the exact geometry of `BodyView`; nothing of the finders of the turn has a part in it.
struct TurnScene {
  enum Kind: String, CaseIterable {
    case moon = "spotted moon"
    case planet = "banded planet"
  }

  let kind: Kind
  let scene: SpinScene
  var target: String { kind == .moon ? "IO" : "JUPITER" }
  private let seed: Int
  /// Height of the limb over the ellipsoid, km, and waves of it around the disc.
  private let haze: Double
  private let waves: [Double]
  /// Exponent of Minnaert's law.
  private let minnaert: Double
  private let spots: [(direction: Vector3, cosine: Double, albedo: Double)]
  private let belts: [(latitude: Double, width: Double, red: Double, blue: Double, wave: Double)]
  /// Albedo that changes from one side of the body to the other.
  private let slope: Vector3
  private static let noise = 0.004

  init(_ kind: Kind, seed: Int) {
    self.kind = kind
    self.seed = seed
    var random = Noise(seed: seed * 7919 + (kind == .moon ? 17 : 29))
    var scene = SpinScene()
    scene.frames = 8
    let isMoon = kind == .moon
    scene.radii =
      isMoon ? Vector3(1829.4, 1819.4, 1815.7) : Vector3(71_492, 71_492, 66_854)
    let disc = 60 * Elementary.exp(Elementary.log(200.0 / 60) * random.uniform())
    let range = 1480 * scene.radii.x / disc
    let around = 2 * .pi * random.uniform()
    let (sine, cosine) = Elementary.sinCos(around)
    scene.position =
      Vector3(range * cosine, range * sine, 0.06 * range * random.gaussian())
    // Across the line of sight, as at a flyby.
    scene.velocity = Vector3(-sine, cosine, 0.3) * (isMoon ? 20 : 30)
    scene.sun = Vector3(0.12 * random.gaussian(), 0.12 * random.gaussian(), 1)
    scene.poleTilt = 1.2 + 0.6 * random.uniform()
    scene.lightTimeMode = .lightTimeAndStellar
    let model = scene.predicted
    scene.startTime = 0.02 * random.gaussian()
    scene.rate = 8e-4 * random.gaussian()
    scene.axis = SIMD2(0.05 * random.gaussian(), 0.05 * random.gaussian())
    scene.tilt = SIMD2(0.005 * random.gaussian(), 0.005 * random.gaussian())
    scene.displacement =
      model.along * (30 * random.gaussian()) + model.radial * (3 * random.gaussian())
      + model.cross * (3 * random.gaussian())
    for filter in [Filter.blue, .red] {
      scene.bands[filter] = SIMD2(0.15 * random.gaussian(), 0.15 * random.gaussian())
    }
    self.scene = scene
    haze = isMoon ? 0.3 * random.gaussian() : 40 + 60 * random.gaussian()
    let wave = isMoon ? 0.06 * range / 1480 : 40
    waves = (0..<LimbShape.count).map { _ in wave * random.gaussian() }
    minnaert = 0.55 + 0.4 * random.uniform()
    spots = (0..<(isMoon ? 120 : 25)).map { _ in
      let direction = Vector3(random.gaussian(), random.gaussian(), random.gaussian()).normalized
      let size = 0.04 + 0.2 * random.uniform() * random.uniform()
      return (direction, Elementary.cos(size), (isMoon ? 0.25 : 0.08) * random.gaussian())
    }
    slope =
      Vector3(random.gaussian(), random.gaussian(), random.gaussian()) * (isMoon ? 0.06 : 0.03)
    belts =
      isMoon
      ? []
      : (0..<14).map { index in
        (
          -70 + 10.0 * Double(index) + 3 * random.gaussian(), 1.5 + 3 * random.uniform(),
          0.08 * random.gaussian(), 0.15 * random.gaussian(), 0.4 * random.gaussian()
        )
      }
  }

  /// The image with poses that know nothing of the craft's attitude but the expected spin.
  func image() throws -> RegistrationImage {
    let count = SpinScene.filters.count
    let framelets = Parallel.map(count: scene.frames * count) { index in
      paint(frame: index / count, filter: SpinScene.filters[index % count])
    }
    return try RegistrationImage(
      productID: "\(kind.rawValue)-\(seed)", target: target, model: scene.predicted,
      filters: SpinScene.filters,
      framelets: (0..<scene.frames).map { Array(framelets[($0 * count)..<(($0 + 1) * count)]) },
      noise: Array(
        repeating: SampleNoise(dark: Self.noise * Self.noise, perSignal: 0), count: count))
  }

  /// The mounting of `SpinScene`: columns against the spin axis, the line of sight across it.
  static let mounting = Matrix3(Vector3(0, 0, -1), Vector3(0, 1, 0), Vector3(1, 0, 0))

  /// The same image with the attitude that the picture itself shows; nil where none is found.
  func found() throws -> RegistrationImage? {
    var image = try image()
    guard
      let model = SpinAttitudeFinder().find(
        image, mounting: Self.mounting, axis: Vector3(0, 0, 1))
    else { return nil }
    image.model = model
    return image
  }

  /// Turn about the line of sight that is missing to the true attitude, rad, right-handed about the
  /// direction to the body.
  func missingTurn(_ poses: [Pose]) -> Double {
    let truth = scene.pose(scene.frames / 2, isTrue: true)
    let (axis, angle) =
      (poses[scene.frames / 2].cameraFromJ2000.transpose * truth.cameraFromJ2000).axisAngle
    return axis.dot(truth.targetPosition.normalized) * angle
  }

  private func paint(frame: Int, filter: Filter) -> Plane<Float> {
    let pose = scene.pose(frame, isTrue: true)
    var outer = pose
    outer.radii += Vector3(repeating: haze)
    let view = BodyView(outer)
    // Where the limb is higher or lower; only its place, not its light, comes from here.
    let sight = FrameSight(pose: outer)
    var corrections = ImageCorrections()
    for (place, height) in waves.enumerated() { corrections[.limbWave(place)] = height }
    let shape = LimbShape(corrections, middle: scene.pose(scene.frames / 2, isTrue: true))
    let camera = scene.trueCamera(filter)
    let sun = pose.sunPosition.normalized
    var random = Noise(seed: seed * 1000 + frame * 10 + filter.ordinal)
    let size = 1650 * 130
    var light = [Float](repeating: 0, count: size)
    func sample(_ x: Double, _ y: Double) -> Double {
      let direction = camera.direction(x: x, y: y)
      let clearance = sight.clearance(along: direction) * outer.radii.x
      let tangent = sight.tangentPoint(along: direction)
      guard clearance < (shape?.height(at: tangent) ?? 0) else { return 0 }
      return brightness(
        view.intercept(cameraDirection: direction)?.point ?? tangent, view: view, sun: sun,
        filter: filter)
    }
    let centre = camera.pixel(along: view.cameraVector(toSurface: Vector3(0, 0, 0))) ?? .zero
    let reach = 1.15 * 1500 * outer.radii.x / scene.position.norm + 8
    func range(around middle: Double, within limits: Range<Int>) -> Range<Int> {
      let low = min(max(middle - reach, Double(limits.lowerBound)), Double(limits.upperBound))
      let high = min(max(middle + reach, low), Double(limits.upperBound))
      return Int(low)..<Int(high)
    }
    let rows = range(around: centre.y, within: -1..<129)
    let columns = range(around: centre.x, within: 23..<1631)
    for row in rows {
      for column in columns {
        light[(row + 1) * 1650 + column + 1] = Float(
          sample(Double(column) + 0.5, Double(row) + 0.5))
      }
    }
    // A pixel whose neighbours differ much is sampled finely: a pixel has a width of its own.
    let sharp = light
    let offsets = [-0.375, -0.125, 0.125, 0.375]
    for row in rows where row >= 0 && row < 128 {
      for column in columns {
        let centre = (row + 1) * 1650 + column + 1
        let ring = [centre - 1, centre + 1, centre - 1650, centre + 1650].map { sharp[$0] }
        guard ring.contains(where: { ($0 - sharp[centre]).magnitude > 0.04 }) else { continue }
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
    let across = Float(0.45 * 0.45 / 2)
    let down = Float((0.45 * 0.45 + 1.0 / 12) / 2)
    func blurredRow(_ centre: Int) -> Float {
      light[centre] * (1 - 2 * across) + (light[centre - 1] + light[centre + 1]) * across
    }
    var plane = Plane<Float>(width: 1648, height: 128, filledWith: 0)
    for row in 0..<128 {
      for column in 23..<1631 {
        let centre = (row + 1) * 1650 + column + 1
        plane[row, column] =
          blurredRow(centre) * (1 - 2 * down)
          + (blurredRow(centre - 1650) + blurredRow(centre + 1650)) * down
          + Float(Self.noise * random.gaussian())
      }
    }
    return plane
  }

  private func brightness(_ point: Vector3, view: BodyView, sun: Vector3, filter: Filter) -> Double
  {
    let radii = scene.radii
    let normal = (point / radii / radii).normalized
    let incidence = normal.dot(sun)
    guard incidence > 0 else { return 0 }
    let emission = max(normal.dot((-view.centre - point).normalized), 0.03)
    let direction = point.normalized
    var albedo = 1 + direction.dot(slope)
    for spot in spots where direction.dot(spot.direction) > spot.cosine { albedo += spot.albedo }
    let (latitude, longitude) = (Angle.degrees(point.latitude), point.longitude)
    for belt in belts {
      let middle = belt.latitude + belt.wave * Elementary.sin(9 * longitude + belt.latitude)
      let t = (latitude - middle) / belt.width
      guard t.magnitude < 4 else { continue }
      let depth = filter == .blue ? belt.blue : filter == .red ? belt.red : 0.5 * belt.blue
      albedo += depth * Elementary.exp(-0.5 * t * t)
    }
    return 0.5 * max(albedo, 0.1) * Elementary.pow(incidence, minnaert)
      * Elementary.pow(emission, minnaert - 1)
  }
}
