import JunoCam
import Restoration

/// Whether samples that particles struck are searched for and left out.
public enum RestorationMode: String, Codable, Sendable, CaseIterable {
  /// Wherever another colour or look at the same ground, or the surroundings, can tell.
  case auto
  /// Never.
  case none

  /// Flags what is to be left out; nil where nothing was searched for.
  func restore(
    _ image: inout CalibratedImage, geometry: ImageGeometry, jobs: Int
  ) -> HitSummary? {
    switch self {
    case .auto: HitFinder().flag(&image, geometry: geometry, jobs: jobs)
    case .none: nil
    }
  }
}
