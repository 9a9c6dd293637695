import SpaceMath

/// An observation in the form the estimator works on, whatever its kind.
struct ObservationSample: Sendable {
  /// What the measured place is compared with.
  enum Target: Sendable {
    case limb
    case place(FrameletPoint)
    case ground(Vector3)
    case turn(TurnObservation)
  }

  var kind: ObservationKind
  var place: FrameletPoint
  var target: Target
  /// Across the limb, outwards; unused for the other kinds.
  var normal = SIMD2<Double>(0, 0)
  /// Whitening of the residual; of a limb point only `xx` is used.
  var information: PlaceInformation
  /// Change of the clearance per px, kept from the last linearisation (limb only).
  var slope = 1.0

  init(_ observation: LimbObservation) {
    kind = .limb
    place = observation.place
    target = .limb
    normal = observation.normal
    information = PlaceInformation(sigma: observation.sigma)
  }

  init(_ observation: TieObservation) {
    kind = observation.first.image == observation.second.image ? .tie : .link
    place = observation.second
    target = .place(observation.first)
    information = observation.information
  }

  init(_ observation: TurnObservation) {
    kind = .turn
    // Any strip will do: the whole image is turned.
    place = FrameletPoint(image: observation.image, frame: 0, filter: .green, pixel: .zero)
    target = .turn(observation)
    information = PlaceInformation(sigma: observation.sigma)
  }

  init(_ observation: MapObservation) {
    kind = .map
    place = observation.place
    target = .ground(observation.ground)
    information = observation.information
  }

  /// Numbers in the residual.
  var dimensions: Int { isNumber ? 1 : 2 }

  private var isNumber: Bool { kind == .limb || kind == .turn }

  /// The images that the residual depends on.
  var images: (Int, Int) {
    if case .place(let other) = target { return (place.image, other.image) }
    return (place.image, place.image)
  }

  /// Measured less model, px: across the limb (x; outwards positive), or along columns and rows.
  /// Nil where the model does not show the ground.
  ///
  /// - Parameter states: geometry of the images, by their place in the adjustment
  @inline(__always)
  func residual(_ states: (Int) -> ImageState) -> SIMD2<Double>? {
    let state = states(place.image)
    let model: SIMD2<Double>?
    switch target {
    case .limb:
      let clearance = state.clearance(place) / slope
      return clearance.isFinite ? SIMD2(clearance, 0) : nil
    case .turn(let observation):
      return SIMD2(observation.angle - observation.turn(to: state.attitude), 0)
    case .ground(let ground):
      model = state.pixel(of: ground, frame: place.frame, filter: place.filter)
    case .place(let other):
      guard let ground = states(other.image).ground(other) else { return nil }
      model = state.pixel(of: ground, frame: place.frame, filter: place.filter)
    }
    guard let model, model.x.isFinite, model.y.isFinite else { return nil }
    return place.pixel - model
  }

  /// The residual in units of its stated sigma.
  func whitened(_ residual: SIMD2<Double>) -> SIMD2<Double> {
    isNumber
      ? SIMD2(residual.x * information.xx.squareRoot(), 0) : information.whiten(residual)
  }

  /// Magnitude of a whitened residual on the scale of one number's sigma: a place of two
  /// coordinates is larger by chance than one coordinate.
  func magnitude(_ whitened: SIMD2<Double>) -> Double {
    let length = (whitened * whitened).sum().squareRoot()
    return isNumber ? length : length * 0.8
  }

  /// Ratio of the median magnitude to sigma for Gaussian errors.
  var medianRatio: Double { isNumber ? 0.6745 : 1.1774 * 0.8 }
}
