import JunoCam
import Mapping
import Restoration

extension ImageSource {
  /// What a warp reads of a calibrated image.
  ///
  /// - Parameters:
  ///   - alignment: moves colours that lie off one another; nil: none.
  ///   - withErrors: whether its samples bring their variances and flags.
  ///   - targetOnly: whether framelets that cannot see the target are left out.
  /// - Throws: `PipelineError.noFramesInImage`.
  init(
    _ calibrated: CalibratedImage, geometry: ImageGeometry, alignment: ColourAlignment? = nil,
    id: String, withErrors: Bool, targetOnly: Bool = false, jobs: Int
  ) throws {
    let bands = calibrated.frames.filters.compactMap { filter in
      geometry.cameras[filter].map { camera in
        BandSource(
          filter: filter, camera: camera, framelets: calibrated.planes(filter),
          masks: calibrated.flags(filter), rejecting: FrameletFlags.rejected.rawValue,
          errors: withErrors
            ? BandErrors(
              variances: calibrated.variances(filter), flags: calibrated.flags(filter),
              sharedVariances: calibrated.blackVariances(filter)) : nil,
          moves: alignment?.moves(filter) ?? [],
          isWanted: targetOnly ? geometry.seesTarget(filter) : [], jobs: jobs)
      }
    }
    guard !bands.isEmpty else { throw PipelineError.noFramesInImage(productID: id) }
    self.init(productID: id, bands: bands, poses: geometry.poses)
    for band in bands { ceilings[band.filter] = calibrated.ceiling(band.filter) }
  }
}
