import JunoCam
import ViewGeometry

/// What registration made of one image.
public struct ImageFit: Sendable {
  /// Why the fit is not used; nil: it is.
  public let refusal: String?
  /// What to add to the prediction; nothing if refused.
  public let corrections: ImageCorrections
  /// The fit, refused or not; nil if there was none.
  public let solution: AdjustmentSolution?
  /// Where the ground of mid-image moves, and how sure that is; nil without a fit.
  public let shift: GroundShift?
  /// The limb as measured in the last pass.
  public let limb: [LimbDetector.Point]
  /// Images that were fitted together with this one.
  public let others: [String]
  let productID: String
  let filters: [Filter]
  /// Predicted geometry.
  let model: TrajectoryModel
  /// Overlaps of its framelets, as the fit by itself used them.
  let ties: [TieObservation]
  /// What its disc says of the turn about the line of sight, where no CK does.
  let turns: [TurnObservation]
  /// The same after the fit; nil with a CK, or without a fit.
  public let turn: LineOfSightTurn?
  private let limbHeight: Double

  public var isAccepted: Bool { refusal == nil }

  /// The fit in numbers, for manifests.
  public var report: FitReport { FitReport(self) }

  init(refused reason: String, image: RegistrationImage, limb: [LimbDetector.Point]) {
    refusal = reason
    corrections = ImageCorrections()
    solution = nil
    shift = nil
    self.limb = limb
    others = []
    productID = image.productID
    filters = image.filters
    model = image.model
    ties = []
    turns = []
    turn = nil
    limbHeight = LimbLight.height(target: image.target)
  }

  init(
    image: RegistrationImage, solution: AdjustmentSolution, shift: GroundShift,
    limb: [LimbDetector.Point], ties: [TieObservation], turns: [TurnObservation],
    isAttitudeOpen: Bool, refused reason: String?
  ) {
    refusal = reason
    corrections = reason == nil ? solution.corrections[0] : ImageCorrections()
    self.solution = solution
    self.shift = shift
    self.limb = limb
    others = []
    productID = image.productID
    filters = image.filters
    model = image.model
    self.ties = ties
    self.turns = turns
    turn = isAttitudeOpen ? solution.lineOfSightTurn(image: 0, observations: turns) : nil
    limbHeight = LimbLight.height(target: image.target)
  }

  /// The image's part of a fit of several.
  ///
  /// - Parameter model: predicted geometry that the fit began with
  init(
    of own: ImageFit, model: TrajectoryModel, solution: AdjustmentSolution, shift: GroundShift,
    limb: [LimbDetector.Point], others: [String], refused reason: String?
  ) {
    refusal = reason
    corrections = reason == nil ? solution.corrections[0] : ImageCorrections()
    self.solution = solution
    self.shift = shift
    self.limb = limb
    self.others = others
    productID = own.productID
    filters = own.filters
    self.model = model
    ties = []
    turns = own.turns
    turn =
      own.turn == nil ? nil : solution.lineOfSightTurn(image: 0, observations: own.turns)
    limbHeight = own.limbHeight
  }

  /// Radius of the disc at mid-image, px.
  var discRadius: Double {
    let middle = model.poses[model.poses.count / 2]
    let focalLength = model.cameras.values.map(\.focalLength).max() ?? 1480
    return focalLength * middle.radii.x / max(middle.targetPosition.norm, middle.radii.x)
  }

  /// Geometry as predicted and as fitted, for pictures.
  var limbStates: [ImageState] {
    [
      ImageState(model, corrections: ImageCorrections(), limbHeight: limbHeight),
      ImageState(
        model, corrections: solution?.corrections[0] ?? ImageCorrections(),
        limbHeight: limbHeight),
    ]
  }

  /// The predicted geometry with the corrections in it.
  public func apply(to geometry: ImageGeometry) -> ImageGeometry {
    guard isAccepted else { return geometry }
    var result = geometry
    result.poses = model.poses(with: corrections)
    result.cameras = model.cameras(with: corrections)
    result.timing.startTimeOffset += corrections[.startTime]
    result.timing.interframeDelta += corrections[.interframeDelta]
    return result
  }
}
