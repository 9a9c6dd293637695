import JunoCam
import SpaceMath

/// Images without a CK: the craft spins about one axis, at one rate, throughout a pass.
extension JointRegistrar {
  /// A spin that images have in common.
  private struct Spin {
    /// J2000, and the axis's own first and second axis.
    var axis: Vector3
    var axes: (first: Vector3, second: Vector3)
    var rate: Double
  }

  /// The spin of the image whose turn is known best.
  private var spin: Spin? {
    let best =
      members.filter { $0.own.isAccepted && $0.own.turn != nil }
      .min { ($0.own.turn?.sigma ?? 1) < ($1.own.turn?.sigma ?? 1) }
    return best.map { member in
      let (model, corrections) = (member.own.model, member.own.corrections)
      return Spin(
        axis: model.spinAxis(with: corrections),
        axes: (model.firstInJ2000, model.secondInJ2000),
        rate: model.spinRate + corrections[.spinRate])
    }
  }

  /// Lets an image begin with the spin of those before: the rest of what it was found by stays.
  func begin(_ image: inout RegistrationImage, _ registrar: inout Registrar) {
    guard let spin, var priors = registrar.priors else { return }
    image.model = image.model.spun(about: spin.axis, rate: spin.rate, axes: spin.axes)
    // Its own fit may leave that axis by as much as the axis is uncertain.
    let sigma = members.compactMap { $0.own.turn?.sigma }.min() ?? priors.spinAxis
    priors.spinAxis = min(max(1.5 * sigma, 0.002), priors.spinAxis)
    registrar.priors = priors
  }

  /// Predicted geometry of all images for the common fit; of those without a CK as they were fitted by
  /// themselves, but on one axis.
  var models: [TrajectoryModel] {
    guard members[0].priors.isAttitudeOpen, let spin else { return members.map(\.own.model) }
    return members.map { member in
      var attitude = ImageCorrections()
      for parameter in Self.attitude { attitude[parameter] = member.own.corrections[parameter] }
      let own = member.own.model
      return TrajectoryModel(poses: own.poses(with: attitude), cameras: own.cameras)
        .spun(about: spin.axis, rate: spin.rate, axes: spin.axes)
    }
  }

  /// What `models` has taken up.
  private static let attitude: [CorrectionParameter] = [
    .spinPhase, .spinRate, .spinAxisFirst, .spinAxisSecond,
  ]

  /// Where the common fit of images without a CK begins.
  func spunStart(_ slots: [ParameterSlot]) -> [Double] {
    let accepted = members.filter(\.own.isAccepted)
    return slots.map { slot in
      guard !Self.attitude.contains(slot.parameter) else { return 0 }
      if let image = slot.image {
        // Their own parts of what is shared begin at nothing.
        let isShared = slots.contains { $0.parameter == slot.parameter && $0.image == nil }
        return isShared ? 0 : members[image].own.corrections[slot.parameter]
      }
      guard !accepted.isEmpty else { return 0 }
      return accepted.reduce(0) { $0 + $1.own.corrections[slot.parameter] }
        / Double(accepted.count)
    }
  }
}
