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
    /// DN12 above black at which a pixel is full; samples there are flagged. nil: where the histogram of
    /// the image's own samples piles up, if anywhere.
    public var fullWell: Double?
    /// Rows at the top and the bottom of each framelet, and photoactive columns at its left and
    /// right, to be flagged as edge.
    public var trimRows: Int
    public var trimColumns: Int

    public init(
      binPosition: BinPosition = .centre, blackLevel: BlackLevel.Options = .init(),
      removesPattern: Bool = true, hotPixels: HotPixelFinder.Options? = .init(),
      radiometry: Radiometry.Options = .init(),
      readNoise: Double = 1.0, electronsPerDN: Double = 16.3, fullWell: Double? = nil,
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
      CodeScreening(frames, jobs: jobs), geometry, radiometry, image.warnings + warnings, isWanted,
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
    let frames = CodeScreening(try image.companded().frames).frames
    let tables = tables(frames)
    let shape = shape(frames, tables, geometry)
    let levels = blackLevels(frames, tables, geometry, shape).levels
    return mapped(frames) { framelet, place in
      let black = Float(levels[framelet.frame][place].value)
      var samples = looked(up: tables[place].map { $0 - black }, framelet)
      shape?.remove(from: &samples, place: place, gain: 1)
      return samples
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

  private func shape(
    _ frames: FrameSet<Companded>, _ tables: [[Float]], _ geometry: ImageGeometry?, jobs: Int = 1
  ) -> BlackShape? {
    BlackShapeEstimator(options: options.blackLevel, noise: noise(frames.label))
      .shape(of: frames, geometry: geometry, tables: tables, jobs: jobs)
  }

  private func blackLevels(
    _ frames: FrameSet<Companded>, _ tables: [[Float]], _ geometry: ImageGeometry?,
    _ shape: BlackShape?, jobs: Int = 1
  ) -> (levels: [[BlackLevel]], drifts: [BlackLevelDrift]) {
    let readings = BlackLevelEstimator(options: options.blackLevel, noise: noise(frames.label))
      .levels(of: frames, geometry: geometry, tables: tables, shape: shape, jobs: jobs)
    guard options.blackLevel.followsDrift, options.blackLevel.method != .given else {
      return (readings, [])
    }
    let fits = frames.filters.indices.map { place in
      BlackLevelDrift.smoothed(readings.map { $0[place] })
    }
    let levels = readings.indices.map { frame in fits.map { $0.levels[frame] } }
    return (levels, fits.map(\.drift))
  }

  private func pattern(
    _ frames: FrameSet<Companded>, _ levels: [[BlackLevel]], _ tables: [[Float]],
    _ geometry: ImageGeometry?, _ shape: BlackShape?
  ) -> PatternNoise? {
    guard options.removesPattern else { return nil }
    return PatternNoiseEstimator(options: options.blackLevel, noise: noise(frames.label))
      .pattern(of: frames, levels: levels, geometry: geometry, tables: tables, shape: shape)
  }

  /// What faint hot pixels add to the strips, [place of the filter].
  private func runs(
    _ frames: FrameSet<Companded>, _ tables: [[Float]], _ levels: [[BlackLevel]],
    _ pattern: PatternNoise?, jobs: Int
  ) -> [StandingRuns] {
    frames.filters.indices.map { place in
      guard options.hotPixels != nil else { return StandingRuns() }
      let blacks = levels.map { $0[place].value }
      return StandingRuns(
        in: frames, place: place, table: tables[place],
        black: Float(blacks.reduce(0, +) / Double(max(1, blacks.count))),
        columns: pattern?.columns[place] ?? [], noise: noise(frames.label), jobs: jobs)
    }
  }

  /// Flags the samples at the full well.
  private func saturated(
    _ screening: CodeScreening, _ finder: SaturationFinder, _ levels: [[BlackLevel]],
    _ tables: [[Float]], _ shape: BlackShape?, jobs: Int
  ) -> FrameSet<Companded> {
    var frames = screening.frames
    let noise = noise(frames.label)
    frames.update(jobs: jobs) { frame, framelets in
      for place in framelets.indices {
        let given = options.fullWell.map { fullWell in
          let black = levels[frame][place].value
          let byRow = shape?.rows[place] ?? []
          return SaturationFinder.codes(
            fullWell: fullWell,
            black: (0..<FrameletShape.rows).map {
              byRow.isEmpty ? black : black + Double(byRow[$0])
            },
            table: tables[place], noise: noise)
        }
        finder.mark(&framelets[place], place: place, given: given)
      }
    }
    return frames
  }

  /// - Parameter isWanted: framelets to calibrate, [place of the filter][frame]; empty: all.
  private func calibrate(
    _ screening: CodeScreening, _ geometry: ImageGeometry?, _ radiometry: Radiometry,
    _ warnings: [String], _ isWanted: [[Bool]], _ jobs: Int
  ) -> CalibratedImage {
    let label = screening.frames.label
    let tables = tables(screening.frames)
    let shape = shape(screening.frames, tables, geometry, jobs: jobs)
    let (levels, drifts) = blackLevels(screening.frames, tables, geometry, shape, jobs: jobs)
    let pattern = pattern(screening.frames, levels, tables, geometry, shape)
    var defects = knownDefects
    if let search = options.hotPixels {
      defects.formUnion(
        HotPixelFinder(options: search).find(in: screening.frames, tdiStages: label.tdiStages))
    }
    let runs = runs(screening.frames, tables, levels, pattern, jobs: jobs)
    for (place, run) in runs.enumerated() where !run.ghosts.isEmpty {
      var flags = [UInt8](repeating: 0, count: FrameletShape.rows * FrameletShape.columns)
      for pixel in run.ghosts { flags[pixel] = FrameletFlags.hot.rawValue }
      defects.formUnion(HotPixelMap(filter: label.filters[place], flags: flags))
    }
    let finder = SaturationFinder(
      screening, levels: levels, defects: defects, tables: tables, jobs: jobs)
    let frames = saturated(screening, finder, levels, tables, shape, jobs: jobs)
    let gains = frames.filters.map { Float(radiometry.iOverFPerDN($0)) }
    let scales = tables.map { CodeScale(table: $0) }
    let empty = Plane(
      width: FrameletShape.columns, height: FrameletShape.rows, filledWith: Float.nan)
    var result: FrameSet<IOverF> = mapped(frames, jobs: jobs) { framelet, place in
      guard isWanted.isEmpty || isWanted[place][framelet.frame] else { return empty }
      let black = Float(levels[framelet.frame][place].value)
      let gain = gains[place]
      let flat = flatField?.gains[framelet.filter]
      let wrapped = screening.wrapped[framelet.frame][place]
      let isLevel = shape?.isLevel(place) ?? true
      guard pattern != nil || !isLevel || !runs[place].offsets.isEmpty || !wrapped.isEmpty else {
        return scaled(framelet, tables[place], black: black, gain: gain, flat: flat)
      }
      var samples = scaled(framelet, tables[place], black: black, gain: gain, flat: nil)
      for pixel in wrapped {
        samples.samples[pixel] +=
          scales[place].shortfall(Int(framelet.samples.samples[pixel])) * gain
      }
      shape?.remove(from: &samples, place: place, gain: gain)
      pattern?.remove(from: &samples, frame: framelet.frame, place: place, gain: gain)
      let offsets = runs[place].offsets
      for pixel in offsets.indices where offsets[pixel] != 0 {
        samples.samples[pixel] -= offsets[pixel] * gain
      }
      return flattened(samples, framelet.filter)
    }
    result.apply(defects)
    let artefacts = ArtefactFinder(noise: noise(label))
    result.update(jobs: jobs) { frame, framelets in
      guard isWanted.isEmpty || isWanted.contains(where: { $0[frame] }) else { return }
      flagEdges(&framelets)
      artefacts.mark(&framelets, levels: levels[frame], perDN: gains)
    }
    let findings = frames.filters.indices.map { place in
      var findings = DetectorFindings()
      findings.fullWell = finder.fullWells[place]?.level
      findings.saturated = frames.frames.reduce(0) { $0 + Self.saturated($1[place]) }
      findings.wrapped = screening.wrapped.reduce(0) { $0 + $1[place].count }
      findings.lost = screening.lost[place]
      findings.blackRise = shape?.rise[place] ?? 0
      findings.standingRuns = runs[place].offsets.count { $0 != 0 }
      return findings
    }
    return CalibratedImage(
      frames: result, blackLevels: levels, drifts: drifts, blackShape: shape, pattern: pattern,
      defects: defects, radiometry: radiometry, noise: noise(label), options: options,
      flatField: flatField, findings: findings, warnings: warnings + screening.warnings)
  }

  private static func saturated(_ framelet: Framelet<Companded>) -> Int {
    let (saturated, unseen) = (
      FrameletFlags.saturated.rawValue, FrameletFlags([.masked, .missing]).rawValue
    )
    return framelet.flags.samples.count { $0 & saturated != 0 && $0 & unseen == 0 }
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
