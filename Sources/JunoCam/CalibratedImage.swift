import Raster

/// An image in I/F, with what is needed to tell how good each sample is.
public struct CalibratedImage: Sendable {
  /// Framelets in I/F, defects and edges flagged.
  public var frames: FrameSet<IOverF>
  /// Black levels in DN12, [frame][place of the filter].
  public let blackLevels: [[BlackLevel]]
  /// Stationary defects, known ones included.
  public let defects: HotPixelMap
  public let radiometry: Radiometry
  public let noise: NoiseModel
  public let options: Calibration.Options
  /// The product's warnings.
  public let warnings: [String]

  /// Planes of a filter, one per frame, for the warp.
  public func planes(_ filter: Filter) -> [Plane<Float>] {
    frames.frames.indices.compactMap { frames[$0, filter]?.samples }
  }

  /// Masks of a filter, one per frame: not 0 where a sample has any of the flags.
  public func masks(
    _ filter: Filter, rejecting rejected: FrameletFlags = .unusable
  ) -> [Plane<UInt8>] {
    frames.frames.indices.compactMap { frame in
      frames[frame, filter].map { framelet in
        Plane(
          width: framelet.flags.width, height: framelet.flags.height,
          samples: framelet.flags.samples.map { $0 & rejected.rawValue })
      }
    }
  }

  /// Standard deviation of a sample in I/F: read noise, photon noise, companding step and the
  /// uncertainty of the black level.
  public func sigma(iOverF value: Float, frame: Int, filter: Filter) -> Float {
    guard let place = frames.filters.firstIndex(of: filter), blackLevels.indices.contains(frame)
    else { return .nan }
    let black = blackLevels[frame][place]
    let perDN = radiometry.iOverFPerDN(filter)
    let random = noise.sigma(dn12: Double(value) / perDN + black.value)
    return Float((random * random + black.sigma * black.sigma).squareRoot() * perDN)
  }

  /// Numbers of the calibration for manifests.
  public var summary: CalibrationSummary { CalibrationSummary(self) }
}
