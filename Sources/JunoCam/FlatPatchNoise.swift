import Raster

/// Noise in the flattest patches of an image by brightness: of all samples, of those that are used, and
/// what photons and electronics let expect.
///
/// A patch has 16 × 16 samples. Its plane is taken off. What is left of the means of its 4 × 4 cells tells
/// how flat it is, and the scatter within the cells tells the noise: for noise that does not correlate the
/// two are independent, so that the choice of the flattest patches does not favour quiet ones.
public struct FlatPatchNoise: Hashable, Codable, Sendable {
  /// Patches of one filter of like brightness.
  public struct Level: Hashable, Codable, Sendable {
    public var filter: Filter
    /// Patches that count: the flattest quarter.
    public var patches: Int
    /// Mean signal above black, DN12.
    public var signal: Double
    /// Standard deviation of all samples that arrived, offsets of rows and columns included, DN12.
    public var before: Double
    /// Standard deviation of the samples that are used, offsets taken off, DN12.
    public var after: Double
    /// What the noise model lets expect: read noise, photons, step of the codes, DN12.
    public var expected: Double
    /// The photons' part of it, DN12.
    public var photons: Double
  }

  public var levels: [Level]

  /// Lower bounds of the classes of brightness, DN12 above black.
  private static let bounds: [Float] = [-.infinity, 8, 32, 128, 512]
  private static let side = 16
  private static let cell = 4
  /// From one patch to the next; multiples of 8, as the blocks of the lossy compression.
  private static let spacing = (row: 32, column: 32)
  /// Fewer patches tell nothing.
  private static let leastPatches = 8

  /// - Parameters:
  ///   - image: calibrated, defects and hits flagged.
  ///   - jobs: most threads to use at once; the result does not depend on it.
  public init(_ image: CalibratedImage, jobs: Int = 1) {
    let filters = image.frames.filters
    let patches = Parallel.map(count: image.frames.frameCount * filters.count, jobs: jobs) {
      Self.patches(of: image, frame: $0 / filters.count, place: $0 % filters.count)
    }
    levels = filters.indices.flatMap { place in
      let own = stride(from: place, to: patches.count, by: filters.count).flatMap { patches[$0] }
      return Self.bounds.indices.compactMap { index in
        let end = index + 1 < Self.bounds.count ? Self.bounds[index + 1] : .infinity
        return Self.level(
          own.filter { $0.signal >= Self.bounds[index] && $0.signal < end }, filters[place])
      }
    }
  }

  private struct Patch: Sendable {
    /// Mean above black, DN12.
    var signal: Float
    /// Variance of the means of cells over what noise makes of it.
    var roughness: Float
    /// DN12².
    var before: Float
    var after: Float
    var expected: Double
    var photons: Double
  }

  private static func level(_ patches: [Patch], _ filter: Filter) -> Level? {
    let flat = patches.sorted { $0.roughness < $1.roughness }.prefix((patches.count + 3) / 4)
    guard flat.count >= leastPatches else { return nil }
    let count = Double(flat.count)
    func mean(_ value: (Patch) -> Double) -> Double { flat.reduce(0) { $0 + value($1) } / count }
    return Level(
      filter: filter, patches: flat.count, signal: mean { Double($0.signal) },
      before: mean { Double($0.before) }.squareRoot(),
      after: mean { Double($0.after) }.squareRoot(), expected: mean(\.expected).squareRoot(),
      photons: mean(\.photons).squareRoot())
  }

  private static func patches(of image: CalibratedImage, frame: Int, place: Int) -> [Patch] {
    let framelet = image.frames.frames[frame][place]
    let columns = FrameletShape.photoactiveColumns
    // Blocks of the compression begin at multiples of eight.
    let first = (columns.lowerBound + 7) / 8 * 8
    var patches: [Patch] = []
    for row in stride(from: 0, through: FrameletShape.rows - side, by: spacing.row) {
      for column in stride(from: first, through: columns.upperBound - side, by: spacing.column) {
        if let patch = patch(image, framelet, place: place, row: row, column: column) {
          patches.append(patch)
        }
      }
    }
    return patches
  }

  private static func patch(
    _ image: CalibratedImage, _ framelet: Framelet<IOverF>, place: Int, row: Int, column: Int
  ) -> Patch? {
    let perDN = Float(image.radiometry.iOverFPerDN(framelet.filter))
    let flat = image.flatField?.gains[framelet.filter]?.samples
    var used = PatchScatter(side: side, cell: cell)
    var all = used
    let lost = FrameletFlags.missing.rawValue
    let unusable = FrameletFlags.unusable.rawValue
    for y in 0..<side {
      for x in 0..<side {
        let pixel = (row + y) * FrameletShape.columns + column + x
        let flags = framelet.flags.samples[pixel]
        guard flags & lost == 0 else { return nil }
        let value = framelet.samples.samples[pixel] / (perDN * (flat?[pixel] ?? 1))
        let offset =
          image.pattern?.offset(
            frame: framelet.frame, place: place, row: row + y, column: column + x) ?? 0
        all.add(value + offset, x: x, y: y)
        if flags & unusable == 0 { used.add(value, x: x, y: y) }
      }
    }
    // A patch that is mostly left out tells nothing of what is used.
    guard used.count >= side * side * 3 / 4, let clean = used.variances(),
      let raw = all.variances()
    else { return nil }
    let level = Double(clean.mean) + image.blackLevels[framelet.frame][place].value
    let sigma = image.noise.sigma(dn12: level)
    return Patch(
      signal: clean.mean, roughness: clean.between / Float(sigma * sigma), before: raw.within,
      after: clean.within, expected: sigma * sigma,
      photons: max(0, level) / image.noise.electronsPerDN)
  }
}
