import JunoCam
import SpaceMath

/// How an image is turned about the line of sight to the target's centre, and how sure that is.
public struct LineOfSightTurn: Hashable, Codable, Sendable {
  /// Fitted less predicted attitude at mid-image, rad, right-handed about the direction from the camera to
  /// the centre.
  public var turn: Double
  /// One sigma after the fit and before it, rad.
  public var sigma: Double
  public var priorSigma: Double
  /// What belts and shading say against the fit, measured less fitted, rad, with their own sigmas.
  public var observations: [Observation]

  /// One observation's part.
  public struct Observation: Hashable, Codable, Sendable {
    public var source: TurnObservation.Source
    public var residual: Double
    public var sigma: Double
  }

  /// One sigma beyond which the direction counts as open, rad: half a degree, 7 px at 800 px from the
  /// centre.
  public static let openSigma = 0.0087

  public var isOpen: Bool { sigma > Self.openSigma }
}

extension AdjustmentSolution {
  /// The turn of an image about the line of sight to the target's centre.
  ///
  /// - Parameter observations: belts and shading as measured in the image
  func lineOfSightTurn(image: Int, observations: [TurnObservation]) -> LineOfSightTurn {
    let model = adjustment.images[image]
    let middle = model.poses[model.poses.count / 2]
    let reference = TurnObservation(
      image: image, source: .shading, attitude: middle.cameraFromJ2000,
      axis: middle.targetPosition.normalized, angle: 0, sigma: 1)
    func turn(_ corrections: ImageCorrections) -> Double {
      reference.turn(
        to: model.poses(with: corrections)[model.poses.count / 2].cameraFromJ2000)
    }
    var row = [Double](repeating: 0, count: slots.count)
    for (column, slot) in slots.enumerated() where slot.image == nil || slot.image == image {
      let step = 0.25 * model.pixelUnit(of: slot.parameter)
      var (above, below) = (corrections[image], corrections[image])
      above[slot.parameter] += step
      below[slot.parameter] -= step
      row[column] = (turn(above) - turn(below)) / (2 * step)
    }
    var variance = 0.0
    var prior = 0.0
    for i in slots.indices where row[i] != 0 {
      for j in slots.indices { variance += row[i] * row[j] * covariance(i, j) }
      prior += row[i] * row[i] * slots[i].priorSigma * slots[i].priorSigma
    }
    let attitude = model.poses(with: corrections[image])[model.poses.count / 2].cameraFromJ2000
    return LineOfSightTurn(
      turn: turn(corrections[image]), sigma: max(variance, 0).squareRoot(),
      priorSigma: prior.squareRoot(),
      observations: observations.map {
        .init(source: $0.source, residual: $0.angle - $0.turn(to: attitude), sigma: $0.sigma)
      })
  }
}
