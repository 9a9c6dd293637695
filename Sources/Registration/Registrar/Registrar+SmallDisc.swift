import JunoCam
import SpaceMath

extension Registrar.Options {
  /// The same for a body of the size that the model predicts: of a small disc shorter stretches of limb
  /// make one observation, and the limb is not looked for on its other side.
  ///
  /// - Parameters:
  ///   - model: predicted geometry
  ///   - reach: the greatest distance from the prediction, in radii of the disc
  public func fitted(to model: TrajectoryModel, reach: Double) -> Self {
    let body = SphereSight(pose: model.poses[model.poses.count / 2])
    let focal = model.cameras.values.map(\.focalLength).max() ?? 1480
    let radius = body.apparentRadius * focal
    var result = self
    result.limb.length = min(limb.length, max(0.4 * radius, 4))
    for place in passes.indices {
      result.passes[place].limbSearch = min(passes[place].limbSearch, max(reach * radius, 3))
    }
    return result
  }
}
