import SpaceMath

/// One feature of the simulated surface: where it lies, how far it reaches, what it is.
struct SurfaceFeature: Sendable {
  /// What a feature paints; lengths in km.
  enum Kind: Sendable {
    case patera(Patera)
    case deposit(Deposit)
    case flow(Flow)
    case mountain(Mountain)
  }

  /// Unit vector of the centre (body axes), and the local axes along `azimuth` and to its left.
  let centre: Vector3
  let along: Vector3
  let across: Vector3
  /// Beyond this distance the feature changes nothing, km.
  let reachKm: Float
  let kind: Kind

  /// - Parameters:
  ///   - azimuthDegrees: direction of the long axis, from north towards east.
  init(
    latitudeDegrees: Double, eastLongitudeDegrees: Double, azimuthDegrees: Double, reachKm: Float,
    kind: Kind
  ) {
    let latitude = Angle.sinCos(degrees: latitudeDegrees)
    let longitude = Angle.sinCos(degrees: eastLongitudeDegrees)
    let azimuth = Angle.sinCos(degrees: azimuthDegrees)
    centre = Vector3(
      latitude.cos * longitude.cos, latitude.cos * longitude.sin, latitude.sin)
    let east = Vector3(-longitude.sin, longitude.cos, 0)
    let north = centre.cross(east)
    along = north * azimuth.cos + east * azimuth.sin
    across = north * -azimuth.sin + east * azimuth.cos
    self.reachKm = reachKm
    self.kind = kind
  }

  private init(_ other: SurfaceFeature, reachKm: Float) {
    centre = other.centre
    along = other.along
    across = other.across
    self.reachKm = reachKm
    kind = other.kind
  }

  /// The same feature with another reach.
  func reaching(_ kilometres: Float) -> SurfaceFeature {
    SurfaceFeature(self, reachKm: kilometres)
  }

  /// Point of the tangent plane at a local position, km; noise of the feature's own lives there.
  @inline(__always)
  func pointKm(_ local: SIMD2<Float>) -> Vector3 {
    centre * IoSurface.radiusKm + along * Double(local.x) + across * Double(local.y)
  }

  /// Position along and across the feature's axes, km, and distance, km; nil beyond its reach.
  @inline(__always)
  func local(_ direction: Vector3, radiusKm: Double) -> SIMD2<Float>? {
    guard direction.dot(centre) > 0 else { return nil }
    let x = Float(direction.dot(along) * radiusKm)
    let y = Float(direction.dot(across) * radiusKm)
    guard x * x + y * y < reachKm * reachKm else { return nil }
    return SIMD2(x, y)
  }
}

/// A volcanic depression with a dark or coloured floor, a pale rim and a diffuse halo.
struct Patera: Sendable {
  /// Semi-axes along and across, km.
  var semiAxes: SIMD2<Float>
  /// Roughness of the outline, as a share of the size.
  var irregularity: Float = 0.25
  /// Mixture of the fresh floor, and of the part that noise covers with other lava.
  var floor: Abundances
  var secondFloor: Abundances
  /// Share of the floor that the second mixture covers, 0...1.
  var secondShare: Float = 0.3
  /// Bright rim just outside the wall: width in km and opacity.
  var rimKm: Float = 0
  var rimOpacity: Float = 0
  var rim = Abundances(.greyPlains)
  /// Diffuse deposit around: e-folding width in km, opacity at the wall, mixture.
  var haloKm: Float = 0
  var haloOpacity: Float = 0
  var halo = Abundances(.redSulphur)
  /// Depth of the floor, km.
  var depthKm: Float = 0.8
  /// An island of plains inside (as in Loki): semi-axes relative to the outline, and its offset
  /// along the axes; zero for none.
  var island: SIMD2<Float> = .zero
  var islandOffset: SIMD2<Float> = .zero
}

/// A diffuse deposit: a disc or a ring of fallout, or a region of another tint.
struct Deposit: Sendable {
  var semiAxes: SIMD2<Float>
  /// Radius of the brightest part as a share of the semi-axes: 0 for a disc, 1 for a ring.
  var ring: Float
  /// Half-width of the ring (or of the disc's edge), as a share of the semi-axes.
  var width: Float
  var opacity: Float
  var mixture: Abundances
  /// Patchiness of the deposit, 0...1.
  var patchiness: Float = 0.4
}

/// A field of lava flows inside an ellipse: noise above a threshold that rises outwards.
struct Flow: Sendable {
  var semiAxes: SIMD2<Float>
  /// Share of the centre that is covered, 0...1.
  var density: Float
  var lava: Abundances
  /// Pale margin of the flows.
  var margin: Abundances
  var marginOpacity: Float
}

/// A mountain: a tilted block with a scarp, ridges and an apron of frost.
struct Mountain: Sendable {
  var semiAxes: SIMD2<Float>
  var heightKm: Float
  /// Share of the height by which the block tilts from one side to the other, −1...1.
  var tilt: Float
  /// A fault that cuts the block: direction of its normal in scaled axes, and its distance.
  var cut: SIMD2<Float> = SIMD2(0, 1)
  var cutDistance: Float = 0.5
  /// Opacity of the pale apron at the foot.
  var apronOpacity: Float
  /// Rock and apron.
  var rock: Abundances
  var apron: Abundances
  /// Amplitude of ridges relative to the height.
  var roughness: Float
}
