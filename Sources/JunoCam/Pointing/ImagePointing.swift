import SPICE
import SpaceMath
import ViewGeometry

/// Answers, for one image, what a pixel sees and which pixels see a place on the ground.
///
/// Poses, and what follows from them alone, are worked out once per frame; after that no kernel is
/// touched, and any number of threads may ask at once.
public struct ImagePointing: Sendable {
  public let label: ImageLabel
  public let geometry: ImageGeometry
  /// Epochs of the frames.
  public let epochs: [FrameEpoch]
  /// What a person should know about the numbers.
  public let warnings: [String]
  let views: [BodyView]
  private let reaches: [FrameReach]
  /// Optics in the label's order of filters.
  private let cameras: [(filter: Filter, model: CameraModel)]

  /// - Parameters:
  ///   - label: names filters, times and frames.
  ///   - solver: kernels, target and options.
  /// - Throws: `SPICEError` if a kernel is missing or does not cover a frame.
  public init(label: ImageLabel, solver: PoseSolver) throws {
    self.label = label
    var solver = solver
    solver.bridge = try solver.spinBridge(of: label)
    geometry = try solver.geometry(of: label)
    cameras = label.filters.map { filter in
      (filter, solver.constants.camera(filter, label: label, options: solver.options))
    }
    let models = cameras.map(\.model)
    views = geometry.poses.map { BodyView($0) }
    reaches = views.map { FrameReach($0, cameras: models) }
    let scales = try solver.kernels.timeScales
    let clock = try solver.kernels.clock(PoseSolver.junoID)
    epochs = try geometry.poses.map { pose in
      FrameEpoch(
        et: pose.epochET, utc: try scales.utc(et: pose.epochET, decimals: 6),
        sclk: try? clock.text(ticks: clock.ticks(et: pose.epochET)))
    }
    var warnings: [String] = []
    if let last = epochs.last, ClockAge(clock, et: last.et).isOutdated {
      let end = try scales.utc(et: clock.correlatedRange.upperBound, decimals: 0)
      warnings.append(
        "The clock kernel ends on \(end), long before the image: attitude may be read at times that "
          + "are off by seconds.")
    }
    if let bridge = solver.bridge {
      warnings.append("\(bridge.remark).")
    }
    self.warnings = warnings
  }

  /// Filters in the label's order.
  public var filters: [Filter] { label.filters }

  /// Number of frames.
  public var frameCount: Int { views.count }

  /// Line of the raw image, corner-origin, at which a place of a framelet lies.
  public func line(filter: Filter, frame: Int, y: Double) -> Double? {
    filters.firstIndex(of: filter).map {
      Double((frame * filters.count + $0) * FrameletShape.rows) + y
    }
  }

  /// What a place of a framelet sees.
  ///
  /// - Parameters:
  ///   - filter: a filter of the image.
  ///   - frame: counted from 0.
  ///   - x: 0...1648 px, corner-origin.
  ///   - y: 0...128 px, corner-origin.
  /// - Throws: `JunoCamError.outsideImage`.
  public func sighting(filter: Filter, frame: Int, x: Double, y: Double) throws(JunoCamError)
    -> Sighting
  {
    guard let camera = cameras.first(where: { $0.filter == filter })?.model else {
      throw outside("filter \(filter.rawValue)", filters.map(\.rawValue).joined(separator: ", "))
    }
    guard views.indices.contains(frame) else {
      throw outside("frame \(frame)", "frames 0 to \(frameCount - 1)")
    }
    guard x >= 0, x <= Double(FrameletShape.columns), y >= 0, y <= Double(FrameletShape.rows) else {
      throw outside(
        "pixel \(x),\(y)", "x 0 to \(FrameletShape.columns) and y 0 to \(FrameletShape.rows)")
    }
    let view = views[frame]
    let direction = camera.direction(x: x, y: y)
    let sky = view.rightAscensionDeclination(cameraDirection: direction)
    let hit = view.intercept(cameraDirection: direction)
    return Sighting(
      filter: filter, frame: frame, x: x, y: y, rightAscension: sky.rightAscension,
      declination: sky.declination,
      ground: hit.map {
        Self.ground(
          $0.point, rangeKm: $0.rangeKm, view: view, direction: direction, camera: camera)
      })
  }

  /// Where a ray that misses the target passes nearest to it; nil if it meets it or points away.
  public func skyTangent(of sighting: Sighting) -> SkyTangent? {
    guard sighting.ground == nil, views.indices.contains(sighting.frame),
      let camera = cameras.first(where: { $0.filter == sighting.filter })?.model
    else { return nil }
    return views[sighting.frame].skyTangent(
      cameraDirection: camera.direction(x: sighting.x, y: sighting.y))
  }

  /// Every framelet that sees a place on the ground, by frame and then in the order of filters.
  ///
  /// A framelet sees it if its image falls on columns that see light and on rows that arrived, and
  /// if no part of the ellipsoid hides it; whether the Sun shines there does not matter.
  ///
  /// - Parameters:
  ///   - latitude: planetocentric, rad.
  ///   - longitude: east positive, rad.
  public func sightings(latitude: Double, longitude: Double) -> [Sighting] {
    guard let ellipsoid = views.first?.ellipsoid else { return [] }
    let point = ellipsoid.surfacePoint(longitude: longitude, latitude: latitude)
    var found: [Sighting] = []
    for (frame, reach) in reaches.enumerated() where reach.mayInclude(point) {
      collect(point, frame: frame, into: &found)
    }
    return found
  }

  private func collect(_ point: Vector3, frame: Int, into found: inout [Sighting]) {
    let view = views[frame]
    let vector = view.cameraVector(toSurface: point)
    var isKnownVisible = false
    for (place, camera) in cameras.enumerated() {
      guard let pixel = camera.model.pixel(along: vector),
        pixel.x >= Double(FrameletShape.photoactiveColumns.lowerBound),
        pixel.x < Double(FrameletShape.photoactiveColumns.upperBound),
        pixel.y >= 0, pixel.y < Double(presentRows(frame: frame, filter: place))
      else { continue }
      guard isKnownVisible || view.isVisible(point) else { return }
      isKnownVisible = true
      let sky = view.rightAscensionDeclination(cameraDirection: vector)
      found.append(
        Sighting(
          filter: camera.filter, frame: frame, x: pixel.x, y: pixel.y,
          rightAscension: sky.rightAscension, declination: sky.declination,
          ground: Self.ground(
            point, rangeKm: view.range(to: point), view: view, direction: vector,
            camera: camera.model)))
    }
  }

  /// Rows of a framelet that arrived; fewer than all only at the end of a partial product.
  private func presentRows(frame: Int, filter: Int) -> Int {
    let first = (frame * cameras.count + filter) * FrameletShape.rows
    return min(FrameletShape.rows, max(0, label.lines - first))
  }

  private static func ground(
    _ point: Vector3, rangeKm: Double, view: BodyView, direction: Vector3, camera: CameraModel
  ) -> GroundSight {
    let light = view.illumination(at: point)
    return GroundSight(
      point: point, latitude: point.latitude, longitude: point.longitude, rangeKm: rangeKm,
      incidence: light.incidence, emission: light.emission, phase: light.phase,
      groundSampleKm: BodyView.groundSampleDistance(
        rangeKm: rangeKm, cameraDirection: direction, focalLength: camera.focalLength),
      localSolarTime: view.localSolarTime(at: point))
  }

  private func outside(_ found: String, _ range: String) -> JunoCamError {
    .outsideImage(product: label.productID.description, found: found, available: range)
  }
}
