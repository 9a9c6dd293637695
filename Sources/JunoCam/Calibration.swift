import CRasterKernels
import Raster
import ViewGeometry

/// The way from a decoded product to I/F: black level, stationary defects, flat field, radiometric
/// scale.
///
/// EDR and RDR of one image give the same I/F: an RDR's numbers are first turned back into the codes
/// that they were made of (`ArchiveInversion`).
public struct Calibration: Sendable {
  /// Choices, for the manifest.
  public struct Options: Hashable, Codable, Sendable {
    /// Where the companding table's values lie in their bins.
    public var binPosition: BinPosition
    public var blackLevel: BlackLevel.Options
    /// Whether offsets of rows and columns are measured without light and taken off.
    public var removesPattern: Bool
    /// nil: no search for stationary defects.
    public var hotPixels: HotPixelFinder.Options?
    public var radiometry: Radiometry.Options
    /// Read noise, DN12, and gain, electrons per DN12.
    public var readNoise: Double
    public var electronsPerDN: Double
    /// DN12 above black at which a pixel is full (calibration report); samples there are flagged.
    public var fullWell: Double
    /// Rows at the top and the bottom of each framelet, and photoactive columns at its left and
    /// right, to be flagged as edge.
    public var trimRows: Int
    public var trimColumns: Int

    public init(
      binPosition: BinPosition = .centre, blackLevel: BlackLevel.Options = .init(),
      removesPattern: Bool = true, hotPixels: HotPixelFinder.Options? = .init(),
      radiometry: Radiometry.Options = .init(),
      readNoise: Double = 1.0, electronsPerDN: Double = 16.3, fullWell: Double = 1872,
      trimRows: Int = 0, trimColumns: Int = 0
    ) {
      self.binPosition = binPosition
      self.blackLevel = blackLevel
      self.removesPattern = removesPattern
      self.hotPixels = hotPixels
      self.radiometry = radiometry
      self.readNoise = readNoise
      self.electronsPerDN = electronsPerDN
      self.fullWell = fullWell
      self.trimRows = trimRows
      self.trimColumns = trimColumns
    }
  }

  public var options: Options
  /// Flattens the strips; nil for none, as in the archive's RDR.
  public var flatField: FlatField?
  /// Defects known from elsewhere.
  public var knownDefects: HotPixelMap

  public init(
    options: Options = .init(), flatField: FlatField? = nil,
    knownDefects: HotPixelMap = HotPixelMap()
  ) {
    self.options = options
    self.flatField = flatField
    self.knownDefects = knownDefects
  }

  /// Calibrates an image.
  ///
  /// - Parameters:
  ///   - image: decoded framelets.
  ///   - geometry: tells where the sky is; without it the masked columns alone give the black level.
  ///   - solarDistanceKm: Sun to target; nil: the label's SOLAR_DISTANCE, else that of the geometry.
  ///   - targetOnly: whether framelets that by the geometry cannot see the target are left empty (NaN),
  ///     for callers that draw ground and nothing else.
  ///   - jobs: most threads to use at once.
  /// - Throws: `JunoCamError.noSolarDistance`.
  public func calibrate(
    _ image: DecodedImage, geometry: ImageGeometry? = nil, solarDistanceKm: Double? = nil,
    targetOnly: Bool = false, jobs: Int = 1
  ) throws -> CalibratedImage {
    let label = image.label
    guard
      let radiometry = label.radiometry(
        solarDistanceKm: solarDistanceKm ?? label.solarDistanceKm ?? geometry?.solarDistanceKm,
        options: options.radiometry)
    else { throw JunoCamError.noSolarDistance(product: label.productID.description) }
    let isWanted =
      targetOnly ? geometry.map { label.filters.map($0.seesTarget) } ?? [] : []
    let (frames, warnings) = try image.companded(
      solarDistanceKm: radiometry.solarDistanceKm, jobs: jobs)
    return calibrate(
      frames, tables: tables(frames), geometry, radiometry, image.warnings + warnings, isWanted,
      jobs)
  }

  /// DN12 above black, without flat field and without search for defects: the material of which
  /// darks, flats and noise figures are made.
  ///
  /// - Throws: `JunoCamError.noSolarDistance` for an RDR without SOLAR_DISTANCE, whose scale cannot
  ///   be undone.
  public func linear(
    _ image: DecodedImage, geometry: ImageGeometry? = nil
  ) throws -> FrameSet<Linear> {
    let frames = try image.companded().frames
    return linear(frames, tables(frames), geometry)
  }

  private func linear(
    _ frames: FrameSet<Companded>, _ tables: [[Float]], _ geometry: ImageGeometry?
  ) -> FrameSet<Linear> {
    let levels = blackLevels(frames, tables, geometry).levels
    return mapped(frames) { framelet, place in
      let black = Float(levels[framelet.frame][place].value)
      return looked(up: tables[place].map { $0 - black }, framelet)
    }
  }

  private func decompanding(_ label: ImageLabel) -> Decompanding {
    Decompanding(mode: label.sampleBitMode, binPosition: options.binPosition)
  }

  /// DN12 of every code, per filter.
  private func tables(_ frames: FrameSet<Companded>) -> [[Float]] {
    let table = decompanding(frames.label).values.map(Float.init)
    return frames.filters.map { _ in table }
  }

  private func noise(_ label: ImageLabel) -> NoiseModel {
    NoiseModel(
      readNoise: options.readNoise, electronsPerDN: options.electronsPerDN,
      mode: label.sampleBitMode)
  }

  private func blackLevels<Stage: CalibrationStage>(
    _ frames: FrameSet<Stage>, _ tables: [[Float]], _ geometry: ImageGeometry?, jobs: Int = 1
  ) -> (levels: [[BlackLevel]], drifts: [BlackLevelDrift]) where Stage.Sample: FixedWidthInteger {
    let readings = BlackLevelEstimator(options: options.blackLevel, noise: noise(frames.label))
      .levels(of: frames, geometry: geometry, tables: tables, jobs: jobs)
    guard options.blackLevel.followsDrift, options.blackLevel.method != .given else {
      return (readings, [])
    }
    let fits = frames.filters.indices.map { place in
      BlackLevelDrift.smoothed(readings.map { $0[place] })
    }
    let levels = readings.indices.map { frame in fits.map { $0.levels[frame] } }
    return (levels, fits.map(\.drift))
  }

  private func pattern<Stage: CalibrationStage>(
    _ frames: FrameSet<Stage>, _ levels: [[BlackLevel]], _ tables: [[Float]],
    _ geometry: ImageGeometry?
  ) -> PatternNoise? where Stage.Sample: FixedWidthInteger {
    guard options.removesPattern else { return nil }
    return PatternNoiseEstimator(options: options.blackLevel, noise: noise(frames.label))
      .pattern(of: frames, levels: levels, geometry: geometry, tables: tables)
  }

  /// - Parameter isWanted: framelets to calibrate, [place of the filter][frame]; empty: all.
  private func calibrate(
    _ frames: FrameSet<Companded>, tables: [[Float]],
    _ geometry: ImageGeometry?, _ radiometry: Radiometry, _ warnings: [String],
    _ isWanted: [[Bool]], _ jobs: Int
  ) -> CalibratedImage {
    let label = frames.label
    let (levels, drifts) = blackLevels(frames, tables, geometry, jobs: jobs)
    let pattern = pattern(frames, levels, tables, geometry)
    var defects = knownDefects
    if let search = options.hotPixels {
      defects.formUnion(
        HotPixelFinder(options: search).find(in: frames, tdiStages: label.tdiStages))
    }
    let gains = frames.filters.map { Float(radiometry.iOverFPerDN($0)) }
    let empty = Plane(
      width: FrameletShape.columns, height: FrameletShape.rows, filledWith: Float.nan)
    var result: FrameSet<IOverF> = mapped(frames, jobs: jobs) { framelet, place in
      guard isWanted.isEmpty || isWanted[place][framelet.frame] else { return empty }
      let black = Float(levels[framelet.frame][place].value)
      let gain = gains[place]
      let flat = flatField?.gains[framelet.filter]
      guard let pattern else {
        return scaled(framelet, tables[place], black: black, gain: gain, flat: flat)
      }
      var samples = scaled(framelet, tables[place], black: black, gain: gain, flat: nil)
      pattern.remove(from: &samples, frame: framelet.frame, place: place, gain: gain)
      return flattened(samples, framelet.filter)
    }
    result.apply(defects)
    let artefacts = ArtefactFinder(fullWell: options.fullWell, noise: noise(label))
    result.update(jobs: jobs) { frame, framelets in
      guard isWanted.isEmpty || isWanted.contains(where: { $0[frame] }) else { return }
      flagEdges(&framelets)
      artefacts.mark(&framelets, levels: levels[frame], perDN: gains)
    }
    return CalibratedImage(
      frames: result, blackLevels: levels, drifts: drifts, pattern: pattern, defects: defects,
      radiometry: radiometry,
      noise: noise(label), options: options, flatField: flatField, warnings: warnings)
  }

  private func mapped<Stage: CalibrationStage, Other: CalibrationStage>(
    _ frames: FrameSet<Stage>, jobs: Int = 1,
    _ samples: @Sendable (Framelet<Stage>, Int) -> Plane<Other.Sample>
  ) -> FrameSet<Other> {
    frames.map(jobs: jobs) { framelet in
      let place = frames.filters.firstIndex(of: framelet.filter) ?? 0
      return Framelet<Other>(
        frame: framelet.frame, filter: framelet.filter, samples: samples(framelet, place),
        flags: framelet.flags)
    }
  }

  /// One pass over a framelet, one look-up per pixel in a table of all possible samples.
  private func looked<Stage: CalibrationStage>(
    up table: [Float], _ framelet: Framelet<Stage>
  ) -> Plane<Float> where Stage.Sample: FixedWidthInteger {
    let source = framelet.samples.samples
    let samples = [Float](unsafeUninitializedCapacity: source.count) { target, count in
      table.withUnsafeBufferPointer { table in
        source.withUnsafeBufferPointer { source in
          for pixel in source.indices { target[pixel] = table[Int(source[pixel])] }
        }
      }
      count = source.count
    }
    return Plane(width: framelet.samples.width, height: framelet.samples.height, samples: samples)
  }

  /// Decompands, takes black off, scales and flattens in one pass over memory.
  private func scaled<Stage: CalibrationStage>(
    _ framelet: Framelet<Stage>, _ table: [Float], black: Float, gain: Float, flat: Plane<Float>?
  ) -> Plane<Float> where Stage.Sample: FixedWidthInteger {
    guard let codes = framelet.samples.samples as? [UInt8] else {
      let folded = table.map { ($0 - black) * gain }
      let samples = looked(up: folded, framelet)
      return flat == nil ? samples : flattened(samples, framelet.filter)
    }
    let kernels = InstructionLevel.current.kernels
    // The usual table is piecewise linear: its kernel computes what the other looks up.
    let isSquareRoot = table == Self.squareRootTable
    let kernel: jk_decompand_fn = isSquareRoot ? kernels.decompand_sqroot : kernels.decompand
    let samples = [Float](unsafeUninitializedCapacity: codes.count) { target, count in
      count = codes.count
      if let flat {
        kernel(codes, table, black, gain, flat.samples, count, target.baseAddress)
      } else {
        kernel(codes, table, black, gain, nil, count, target.baseAddress)
      }
    }
    return Plane(width: framelet.samples.width, height: framelet.samples.height, samples: samples)
  }

  private static let squareRootTable = SampleBitMode.squareRoot.table.map(Float.init)

  private func flattened(_ plane: Plane<Float>, _ filter: Filter) -> Plane<Float> {
    guard let gains = flatField?.gains[filter]?.samples else { return plane }
    var plane = plane
    plane.samples.withUnsafeMutableBufferPointer { samples in
      gains.withUnsafeBufferPointer { gains in
        for pixel in gains.indices { samples[pixel] *= gains[pixel] }
      }
    }
    return plane
  }

  private func flagEdges(_ framelets: inout [Framelet<IOverF>]) {
    let rows = min(max(0, options.trimRows), FrameletShape.rows / 2)
    let active = FrameletShape.photoactiveColumns
    let columns = min(max(0, options.trimColumns), active.count / 2)
    guard rows > 0 || columns > 0 else { return }
    for place in framelets.indices {
      framelets[place].flags.samples.withUnsafeMutableBufferPointer { flags in
        for row in 0..<FrameletShape.rows {
          let isEdgeRow = row < rows || row >= FrameletShape.rows - rows
          let start = row * FrameletShape.columns
          for column in isEdgeRow ? active : active.prefix(columns) {
            flags[start + column] |= FrameletFlags.edge.rawValue
          }
          for column in active.suffix(columns) {
            flags[start + column] |= FrameletFlags.edge.rawValue
          }
        }
      }
    }
  }
}
