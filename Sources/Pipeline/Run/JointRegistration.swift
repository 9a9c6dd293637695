import Foundation
import JunoCam
import Registration

/// Registers the images of each flyby together before any of them is mapped.
///
/// One image is measured at a time, while the next one may be calibrated; what is kept of it are its
/// measurements and small chips of ground, a few megabytes. The order is that of time, whatever the
/// number of jobs.
struct JointRegistration: Sendable {
  var specification: PipelineSpecification
  var calibration: Calibration
  var registrar: ImageRegistrar
  var baseMap: BaseMap?
  /// Whether there is room for a second image.
  var readsAhead: Bool
  /// Most threads for the calibration of one.
  var jobs: Int

  /// Seconds between two images of one flyby at most: half an hour.
  private static let longestPause = 1800.0

  /// Results by product id, of the images that were fitted here. Images that cannot be read are left
  /// out: they fail where their turn comes.
  ///
  /// - Throws: `CancellationError`.
  func results(_ images: [LocatedImage]) async throws -> [String: ImageRegistrar.Result] {
    var results: [String: ImageRegistrar.Result] = [:]
    for group in groups(images) where group.count > 1 || baseMap != nil {
      var joint = JointRegistrar(baseMap: baseMap)
      joint.options.sharesSpinAlone = group.contains { sharesSpinAlone($0) }
      var members: [LocatedImage] = []
      var ahead: Task<(source: RegistrationImage, registrar: Registrar), any Error>?
      defer { ahead?.cancel() }
      for (place, image) in group.enumerated() {
        try Task.checkCancellation()
        let current = ahead ?? Task { try source(image) }
        if readsAhead, place + 1 < group.count {
          let next = group[place + 1]
          ahead = Task { try source(next) }
        } else {
          ahead = nil
        }
        guard let loaded = try? await current.value else { continue }
        joint.add(loaded.source, registrar: loaded.registrar)
        members.append(image)
      }
      for (image, fit) in zip(members, joint.fits()) {
        // An image that fails here fails by itself in its turn, and is named there.
        results[image.id] = try? registrar.result(of: fit, image: image)
      }
    }
    return results
  }

  private func source(_ image: LocatedImage) throws
    -> (source: RegistrationImage, registrar: Registrar)
  {
    let calibrated = try calibration.calibrate(
      image.product.decode(), geometry: image.unknownAttitude == nil ? image.geometry : nil,
      solarDistanceKm: image.geometry.solarDistanceKm, jobs: jobs)
    return try registrar.prepared(image, calibrated: calibrated)
  }

  /// Images of one flyby each, in the order of time. Those without a CK share the craft's spin even where
  /// each is to be fitted by itself. An image with a CK but without an SPK shares no error with others and
  /// is a group of its own; one whose place is given is none.
  private func groups(_ images: [LocatedImage]) -> [[LocatedImage]] {
    guard specification.registration.mode == .auto else { return [] }
    let joint = specification.registration.joint
    var groups: [[LocatedImage]] = []
    var spinning: [[LocatedImage]] = []
    var alone: [[LocatedImage]] = []
    for image in images where isPredicted(image) {
      if image.unknownAttitude != nil {
        Self.append(image, to: &spinning, joins: true)
      } else if image.labelledPath != nil {
        alone.append([image])
      } else {
        Self.append(image, to: &groups, joins: joint)
      }
    }
    return groups + spinning + alone
  }

  /// Adds an image to the last group if it follows soon enough.
  private static func append(
    _ image: LocatedImage, to groups: inout [[LocatedImage]], joins: Bool
  ) {
    let last = groups.last?.last?.geometry.poses.last?.epochET
    let first = image.geometry.poses.first?.epochET
    if joins, let last, let first, first - last < longestPause {
      groups[groups.count - 1].append(image)
    } else {
      groups.append([image])
    }
  }

  /// Whether an image shares with others of its pass nothing but the craft's spin.
  private func sharesSpinAlone(_ image: LocatedImage) -> Bool {
    image.unknownAttitude != nil
      && (!specification.registration.joint || image.labelledPath != nil)
  }

  private func isPredicted(_ image: LocatedImage) -> Bool {
    let known = specification.images[image.id] ?? ImageOverride()
    return !image.geometry.poses.isEmpty && known.ephemerisTimeOffset == 0
      && known.pointing.allSatisfy { $0 == 0 }
      && known.positionOffset.allSatisfy { $0 == 0 }
  }
}
