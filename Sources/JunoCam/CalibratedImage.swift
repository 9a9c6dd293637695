import Raster

/// An image in I/F, with what is needed to tell how good each sample is.
public struct CalibratedImage: Sendable {
  /// Framelets in I/F, defects and edges flagged.
  public var frames: FrameSet<IOverF>
  /// Black levels in DN12, [frame][place of the filter].
  public let blackLevels: [[BlackLevel]]
  /// How they move over the frames, [place of the filter]; empty where they were not fitted.
  public let drifts: [BlackLevelDrift]
  /// How the black level differs over the strips; nil: it does not.
  public let blackShape: BlackShape?
  /// Offsets of rows and columns that were taken off; nil where they were not measured.
  public let pattern: PatternNoise?
  /// Stationary defects, known ones included.
  public let defects: HotPixelMap
  public let radiometry: Radiometry
  public let noise: NoiseModel
  public let options: Calibration.Options
  /// What the samples were multiplied by; nil for nothing.
  public let flatField: FlatField?
  /// What detector and read-out did to the samples, [place of the filter].
  public var findings: [DetectorFindings]
  /// Relative response by row that the samples were divided by, [place of the filter][row]; empty: none.
  public var rowResponses: [[Float]] = []
  /// The product's warnings.
  public var warnings: [String]

  /// Planes of a filter, one per frame, for the warp.
  public func planes(_ filter: Filter) -> [Plane<Float>] {
    frames.frames.indices.compactMap { frames[$0, filter]?.samples }
  }

  /// Masks of a filter, one per frame: not 0 where a sample has any of the flags.
  public func masks(
    _ filter: Filter, rejecting rejected: FrameletFlags = .rejected
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

  /// I/F at which the detector is full, without flat field: where samples pile up, else where the highest
  /// code lies.
  public func ceiling(_ filter: Filter) -> Float {
    guard let place = frames.filters.firstIndex(of: filter) else { return .infinity }
    let perDN = radiometry.iOverFPerDN(filter)
    if let fullWell = options.fullWell { return Float(fullWell * perDN) }
    let black = blackLevels.map { $0[place].value }.reduce(0, +) / Double(max(1, blackLevels.count))
    let level = findings[place].fullWell ?? Double(frames.label.sampleBitMode.table[255])
    return Float((level - black) * perDN)
  }

  /// Variance of every sample's random error, (I/F)², one plane of 128 × 1648 for each frame of a
  /// filter: noise model only; the black level's error is common to a framelet
  /// (`blackVariances`).
  public func variances(_ filter: Filter) -> [Plane<Float>] {
    guard let place = frames.filters.firstIndex(of: filter) else { return [] }
    let perDN = radiometry.iOverFPerDN(filter)
    let size = 4096
    let table = (0..<size).map { dn -> Float in
      let sigma = noise.sigma(dn12: Double(dn)) * perDN
      return Float(sigma * sigma)
    }
    let gains = flatField?.gains[filter]?.samples
    let perUnit = Float(1 / perDN)
    let rise = blackShape?.rows[place] ?? []
    let response = rowResponses.isEmpty ? [] : rowResponses[place]
    return frames.frames.indices.map { frame in
      let framelet = frames.frames[frame][place]
      let level = Float(blackLevels[frame][place].value)
      let samples = framelet.samples.samples.indices.map { pixel -> Float in
        let row = pixel / FrameletShape.columns
        let black = rise.isEmpty ? level : level + rise[row]
        // The flat field multiplies noise as it does signal.
        let gain = (gains?[pixel] ?? 1) / (response.isEmpty ? 1 : response[row])
        let dn = framelet.samples.samples[pixel] / gain * perUnit + black
        return table[Int(min(max(dn, 0), Float(size - 1)))] * gain * gain
      }
      return Plane(width: framelet.samples.width, height: framelet.samples.height, samples: samples)
    }
  }

  /// Variance of the black level's error for each frame of a filter, (I/F)².
  public func blackVariances(_ filter: Filter) -> [Float] {
    guard let place = frames.filters.firstIndex(of: filter) else { return [] }
    let perDN = radiometry.iOverFPerDN(filter)
    return blackLevels.map { levels in
      let sigma = levels[place].sigma * perDN
      return Float(sigma * sigma)
    }
  }

  /// Flags of a filter, one plane for each frame.
  public func flags(_ filter: Filter) -> [Plane<UInt8>] {
    frames.frames.indices.compactMap { frames[$0, filter]?.flags }
  }

  /// Numbers of the calibration for manifests.
  public var summary: CalibrationSummary { CalibrationSummary(self) }
}
