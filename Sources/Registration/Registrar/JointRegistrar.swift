import JunoCam
import SpaceMath

/// Registers the images of one flyby together: what the craft's ephemeris, the camera's mounting and
/// its optics do wrong they do in all of them, while each has a start time of its own. Ground that two
/// images show ties them to one another, and a base map, where there is one, to the ground.
///
/// Images are added one after another; only one is ever held, with small chips of those before.
public struct JointRegistrar: Sendable {
  /// How images are tied and what they share.
  public struct Options: Hashable, Codable, Sendable {
    /// Ties within an image that join the common fit; they decide its spin rate, drift and bands.
    public var tiesPerImage = 600
    /// Chips of an image below which larger ones of twice as coarse pixels are cut as well.
    public var fewChips = 300
    /// Part of the error of a link and of a map point that no noise explains, px: relief under another
    /// angle, other light, the map's own.
    public var linkFloor = 0.15
    public var mapFloor = 0.12
    /// How far the base map may lie beside the ground as a whole, in its own pixels: the more of it is
    /// seen, the more this counts.
    public var mapError = 0.05
    /// How far the pointing of single images may depart from the common one, rad: nutation, drift and
    /// errors of the attitude's reconstruction.
    public var pointingJitter = 3e-4
    /// Whether bands and distortion are fitted, and how far they may be wrong: shift of a band, px,
    /// and relative change of k1 and k2.
    public var fitsOptics = true
    public var band = 0.15
    public var distortion = 0.01
    /// How far the spin rate of single images without a CK may depart from the common one, rad/s.
    public var rateJitter = 2e-5
    /// Whether images share nothing but their spin: axis, rate and the camera's tilt against the axis.
    public var sharesSpinAlone = false

    public init() {}
  }

  public var options = Options()
  private let baseMap: BaseMap?
  private(set) var members: [Member] = []
  private var states: [ImageState] = []
  private var chips: [GroundChip] = []

  /// What is kept of an image.
  struct Member: Sendable {
    var target: String
    var registrar: Registrar
    var priors: RegistrationPriors
    var own: ImageFit
    var limb: [LimbDetector.Point]
    var ties: [TieObservation]
    var links: [TieObservation]
    var maps: [MapObservation]
  }

  /// - Parameter baseMap: a map of the ground; nil for none
  public init(baseMap: BaseMap? = nil) { self.baseMap = baseMap }

  /// Measures an image and ties it to those before.
  ///
  /// - Parameters:
  ///   - image: the next image, in the order of time
  ///   - registrar: how it is fitted by itself
  public mutating func add(_ image: RegistrationImage, registrar: Registrar = Registrar()) {
    let index = members.count
    let priors = registrar.priors ?? RegistrationPriors(target: image.target)
    var (image, beginning) = (image, registrar)
    if priors.isAttitudeOpen { begin(&image, &beginning) }
    let own = beginning.register(image)
    let corrections =
      own.isAccepted || priors.isAttitudeOpen ? own.corrections : neighbour
    let height = registrar.height(target: image.target)
    let state = ImageState(image.model, corrections: corrections, limbHeight: height)
    states.append(state)
    var limb = own.limb
    if !own.isAccepted, !priors.isAttitudeOpen {
      // Where the neighbours' errors put it, the limb may be found after all.
      limb = registrar.measureLimb(image, state: state, search: 10)
    }
    members.append(
      Member(
        target: image.target, registrar: registrar, priors: priors, own: own, limb: limb,
        ties: Self.thinned(own.ties, to: options.tiesPerImage, image: index), links: [], maps: []))
    if options.sharesSpinAlone, baseMap == nil { return }
    var cutter = ChipCutter()
    cutter.secondLight = LimbLight.second(target: image.target)
    var cut = cutter.chips(of: image, index: index, state: state)
    if cut.count < options.fewChips {
      // Ground too dim for its grain shows what is larger when pixels are taken together.
      cutter.step = 2
      cut += cutter.chips(of: image, index: index, state: state)
    }
    var finder = LinkFinder()
    if !own.isAccepted { finder.search = 9 }
    if !options.sharesSpinAlone {
      members[index].links = finder.links(of: chips, to: image, index: index, states: states)
    }
    if let baseMap {
      var finder = MapTieFinder()
      if !own.isAccepted { finder.search = 12 }
      cutter.step = finder.step(on: baseMap, state: state)
      let coarse =
        cutter.step == 1 ? cut : cutter.chips(of: image, index: index, state: state)
      members[index].maps = finder.points(of: coarse, on: baseMap, state: state)
    }
    if !options.sharesSpinAlone { chips += cut }
  }

  /// What the last image that could be placed tells of the next one: all but its start time.
  private var neighbour: ImageCorrections {
    guard var corrections = members.last(where: { $0.own.isAccepted })?.own.corrections else {
      return ImageCorrections()
    }
    for parameter in [CorrectionParameter.startTime, .spinRate, .driftFirst, .driftSecond] {
      corrections[parameter] = 0
    }
    return corrections
  }

  /// Every nth tie, as an image of the adjustment's.
  private static func thinned(_ ties: [TieObservation], to limit: Int, image: Int)
    -> [TieObservation]
  {
    let step = max((ties.count + limit - 1) / limit, 1)
    return stride(from: 0, to: ties.count, by: step).map {
      var tie = ties[$0]
      tie.first.image = image
      tie.second.image = image
      return tie
    }
  }

  /// Fits all images together.
  ///
  /// - Returns: a fit of each image, in the order in which they were added. Where the common fit
  ///   decides nothing, an image keeps what it found by itself.
  public func fits() -> [ImageFit] {
    guard members.count > 1 || baseMap != nil, let solution = try? solve() else {
      return members.map(\.own)
    }
    return members.indices.map { fit($0, of: solution) }
  }

  private func fit(_ index: Int, of solution: AdjustmentSolution) -> ImageFit {
    let member = members[index]
    let part = solution.image(index)
    let shift = solution.groundShift(image: index)
    let judge = member.registrar.options.judge
    let evidence =
      part.fits.count { $0.kind != .tie && $0.kind != .turn && $0.weight > 0 } + linksFrom(index)
    guard evidence >= judge.leastLimbPoints else { return member.own }
    let reason = judge.refusal(part, shift: shift)
    if reason != nil, member.own.isAccepted { return member.own }
    return ImageFit(
      of: member.own, model: solution.adjustment.images[index], solution: part, shift: shift,
      limb: member.limb,
      others: members.indices.filter { $0 != index }.map { members[$0].own.productID },
      refused: reason)
  }

  /// Links that begin in an image: they count for it as well.
  private func linksFrom(_ index: Int) -> Int {
    members.reduce(0) { $0 + $1.links.count { $0.first.image == index } }
  }

  private func solve() throws(RegistrationError) -> AdjustmentSolution {
    var adjustment = Adjustment(
      images: models,
      limbHeights: members.map { $0.registrar.height(target: $0.target) }, slots: slots)
    for (index, member) in members.enumerated() {
      adjustment.limb += member.limb.map { point in
        var observation = point.observation
        observation.place.image = index
        observation.sigma = member.registrar.sigma(observation.sigma)
        return observation
      }
      adjustment.ties += member.ties
      adjustment.turns += member.own.turns.map { turn in
        var turn = turn
        turn.image = index
        return turn
      }
    }
    for member in members {
      adjustment.ties += member.links.map { link in
        var link = link
        link.information = link.information.withFloor(options.linkFloor)
        return link
      }
      adjustment.maps += member.maps.map { point in
        var point = point
        point.information = point.information.withFloor(options.mapFloor)
        return point
      }
    }
    let solution = try adjustment.solve(from: start(adjustment.slots))
    let limb = members.flatMap(\.limb)
    let size = members.map {
      $0.registrar.options.limb.length * $0.own.model.pixelUnit(of: .limbHeight)
    }.max()
    adjustment.inflations[.limb] = LimbClusters.inflation(
      limb, fits: solution.fits.prefix(limb.count), size: size ?? 1)
    adjustment.inflations[.map] = mapInflation(adjustment, solution)
    return try adjustment.solve(from: solution.values)
  }

  /// The factor by which the variance of map points counts more than their scatter shows, because
  /// the map errs as a whole: their mean is no better than it.
  private func mapInflation(_ adjustment: Adjustment, _ solution: AdjustmentSolution) -> Double {
    guard let baseMap, let radius = members.first?.own.model.poses.first?.radii.x else { return 1 }
    let common = options.mapError * baseMap.kilometresPerPixel(radius: radius)
    // Inverse square of the mean's error, km, were they independent.
    var information = 0.0
    let fits = solution.fits.suffix(adjustment.maps.count)
    for (point, fit) in zip(adjustment.maps, fits) {
      let unit = members[point.place.image].own.model.pixelUnit(of: .limbHeight)
      information +=
        fit.weight * (point.information.xx + point.information.yy) / (2 * unit * unit)
    }
    let scale = solution.scales[.map] ?? 1
    return 1 + common * common * information / (scale * scale)
  }

  // MARK: - Unknowns

  /// Parameters that all images have in common, and those of which they have a part in common.
  private static let path: [CorrectionParameter] = [.alongTrack, .radial, .crossTrack]
  private static let divided: [CorrectionParameter] = [
    .spinPhase, .tiltFirst, .tiltSecond, .limbHeight,
  ]

  private var slots: [ParameterSlot] {
    let first = members[0]
    let priors = first.priors
    var shared: [ParameterSlot] = []
    func share(_ parameter: CorrectionParameter, _ sigma: Double) {
      guard sigma > 0 else { return }
      shared.append(ParameterSlot(parameter: parameter, image: nil, priorSigma: sigma))
    }
    if priors.isAttitudeOpen {
      share(.spinAxisFirst, priors.spinAxis)
      share(.spinAxisSecond, priors.spinAxis)
      share(.spinRate, priors.spinRate)
      share(.tiltFirst, priors.pointing)
      share(.tiltSecond, priors.pointing)
    }
    if options.sharesSpinAlone { return shared + ownSlots(all: true) }
    share(.alongTrack, priors.alongTrack)
    share(.radial, priors.acrossTrack)
    share(.crossTrack, priors.acrossTrack)
    if !priors.isAttitudeOpen {
      share(.spinPhase, priors.spinPhase ?? priors.pointing)
      share(.tiltFirst, priors.pointing)
      share(.tiltSecond, priors.pointing)
    }
    share(.limbHeight, priors.limbHeight)
    if options.fitsOptics {
      let filters = Filter.allCases.filter { first.own.filters.contains($0) }
      // Of one band a shift would be a tilt of the camera.
      let fixed = filters.contains(.green) ? Filter.green : filters[0]
      for filter in filters where filter != fixed {
        share(.bandX(filter), options.band)
        share(.bandY(filter), options.band)
      }
      let kernel = CameraModel.instrumentKernelV03(fixed)
      share(.k1, options.distortion * kernel.k1.magnitude)
      share(.k2, options.distortion * kernel.k2.magnitude)
    }
    return shared + ownSlots(all: false)
  }

  /// Each image's own unknowns, or its own part of them.
  ///
  /// - Parameter all: whether path, bands and height of the limb are its own as well
  private func ownSlots(all: Bool) -> [ParameterSlot] {
    members.indices.flatMap { index -> [ParameterSlot] in
      let member = members[index]
      let isOpen = member.priors.isAttitudeOpen
      return member.priors.slots(
        image: index, model: member.own.model, filters: all ? member.own.filters : []
      ).compactMap { slot in
        guard all || !Self.path.contains(slot.parameter) else { return nil }
        var slot = slot
        switch slot.parameter {
        case .spinAxisFirst, .spinAxisSecond: return nil
        case .spinRate where isOpen: slot.priorSigma = options.rateJitter
        case .spinPhase where isOpen: break
        case .spinPhase, .tiltFirst, .tiltSecond: slot.priorSigma = options.pointingJitter
        case .limbHeight where !all:
          slot.priorSigma =
            member.priors.limbBias * member.own.model.pixelUnit(of: .limbHeight)
        default: break
        }
        return slot
      }
    }
  }

  /// The fits of single images as a beginning: what they have in common as their mean, the rest as
  /// their own.
  private func start(_ slots: [ParameterSlot]) -> [Double] {
    if members[0].priors.isAttitudeOpen { return spunStart(slots) }
    let accepted = members.filter(\.own.isAccepted)
    func mean(_ parameter: CorrectionParameter) -> Double {
      guard !accepted.isEmpty else { return 0 }
      return accepted.reduce(0) { $0 + $1.own.corrections[parameter] } / Double(accepted.count)
    }
    return slots.map { slot in
      guard let image = slot.image else { return mean(slot.parameter) }
      guard members[image].own.isAccepted else { return 0 }
      let value = members[image].own.corrections[slot.parameter]
      return Self.divided.contains(slot.parameter) ? value - mean(slot.parameter) : value
    }
  }
}
