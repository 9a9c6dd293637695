import JunoCam
import SpaceMath
import ViewGeometry

extension Filter {
  /// Place among all filters, for tables.
  var ordinal: Int {
    switch self {
    case .methane: 0
    case .blue: 1
    case .green: 2
    case .red: 3
    }
  }
}

/// One image's geometry under some corrections: what turns observations into residuals.
struct ImageState: Sendable {
  let sights: [FrameSight]
  /// By `Filter.ordinal`; filters that the image lacks have the kernel's optics.
  let cameras: [CameraModel]
  /// v_camera = attitude · v_J2000 of the middle frame.
  let attitude: Matrix3
  /// Slow change of the limb's height around the disc; nil: none.
  private let limbShape: LimbShape?

  init(_ model: TrajectoryModel, corrections: ImageCorrections, limbHeight: Double) {
    let height = limbHeight + corrections[.limbHeight]
    let poses = model.poses(with: corrections)
    sights = poses.map { FrameSight(pose: $0, limbHeight: height) }
    attitude = poses[poses.count / 2].cameraFromJ2000
    limbShape = LimbShape(corrections, middle: poses[poses.count / 2])
    let corrected = model.cameras(with: corrections)
    cameras = Filter.allCases.map { corrected[$0] ?? .instrumentKernelV03($0) }
  }

  /// Direction seen at a place, camera axes.
  func direction(_ place: FrameletPoint) -> Vector3 {
    cameras[place.filter.ordinal].direction(x: place.pixel.x, y: place.pixel.y)
  }

  /// Body-fixed point seen at a place; nil in the sky.
  func ground(_ place: FrameletPoint) -> Vector3? {
    sights[place.frame].intercept(along: direction(place))
  }

  /// The ground that the probes of a patch show; nil if any of them misses the body.
  ///
  /// - Parameters:
  ///   - middle: the patch's middle
  ///   - step: pixels to a pixel of the patch
  func patch(_ middle: FrameletPoint, step: Double = 1) -> [Vector3]? {
    var ground: [Vector3] = []
    ground.reserveCapacity(9)
    for probe in PatchWarp.probes {
      var place = middle
      place.pixel += probe * step
      guard let point = self.ground(place) else { return nil }
      ground.append(point)
    }
    return ground
  }

  /// Framelet coordinates of body-fixed points; nil if any is behind the camera.
  func pixels(of ground: [Vector3], frame: Int, filter: Filter) -> [SIMD2<Double>]? {
    let pixels = ground.compactMap { pixel(of: $0, frame: frame, filter: filter) }
    return pixels.count == ground.count ? pixels : nil
  }

  /// Framelet coordinates of a body-fixed point; nil behind the camera.
  func pixel(of ground: Vector3, frame: Int, filter: Filter) -> SIMD2<Double>? {
    cameras[filter.ordinal].pixel(along: sights[frame].cameraVector(to: ground))
  }

  /// Clearance over the limb at a place (see `FrameSight.clearance`).
  func clearance(_ place: FrameletPoint) -> Double {
    let direction = direction(place)
    let sight = sights[place.frame]
    let clearance = sight.clearance(along: direction)
    guard let limbShape else { return clearance }
    return clearance - limbShape.height(at: sight.tangentPoint(along: direction)) / sight.radii.x
  }

  /// Change of the clearance per pixel along a unit vector in the framelet.
  func clearanceSlope(_ place: FrameletPoint, along normal: SIMD2<Double>) -> Double {
    var outer = place
    var inner = place
    outer.pixel += normal * 0.5
    inner.pixel -= normal * 0.5
    return clearance(outer) - clearance(inner)
  }
}
