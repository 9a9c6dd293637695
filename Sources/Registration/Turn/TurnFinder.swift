import JunoCam
import ViewGeometry

/// All that the disc of one image says of its turn about the line of sight.
struct TurnFinder: Sendable {
  var belts = BeltFinder()
  var shading = ShadingFinder()

  /// - Parameters:
  ///   - corrections: of the image's model, from which turns are counted
  ///   - limbHeight: km
  func find(in image: RegistrationImage, corrections: ImageCorrections, limbHeight: Double)
    -> [TurnObservation]
  {
    let poses = image.model.poses(with: corrections)
    let state = ImageState(image.model, corrections: corrections, limbHeight: limbHeight)
    let banded =
      BeltFinder.isBanded(image.target)
      ? belts.find(in: image, index: 0, poses: poses, state: state) : nil
    return [banded, shading.find(in: image, index: 0, poses: poses, state: state)].compactMap { $0 }
  }
}
