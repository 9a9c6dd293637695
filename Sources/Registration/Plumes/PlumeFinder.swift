import JunoCam
import Mapping
import Raster

/// Finds plumes above an unrolled limb.
///
/// Every band's light above the measured limb, less sky and stray light, becomes scores in units of
/// its noise (`LimbResidual`). A single score is cut at 5 before bands are joined and boxes summed, so
/// that a hit, a hot pixel or a star cannot pretend to be a cloud of light: only light that covers an
/// area, in most bands, adds up.
public struct PlumeFinder: Sendable {
  /// Least height in lines of the unrolled limb.
  public var leastLines = 4.0
  /// Least score, standard deviations, of a box that begins a plume and of all that lies higher than
  /// two rows above the limb.
  public var threshold = 7.0
  /// Heights that a mountain could have, km (Io's highest stands 17.5 km): light up to there must be
  /// faint beside the ground.
  public var mountainKm = 20.0

  public init() {}

  /// What was found.
  public struct Search: Sendable {
    /// In the order of their position angles.
    public var plumes: [LimbPlume]
    /// Where the limb is.
    public var edge: LimbEdge
  }

  /// Lines below the limb that make a search sure of the ground's brightness.
  public static let wantedGround = 8

  /// Lines below the limb that a search needs.
  private static let leastGround = 5.0
  /// Single scores count no more than this.
  private static let cut: Float = 5
  /// Pixels of a plume have at least this score in a box of three.
  private static let edgeScore: Float = 3

  /// - Parameter image: the limb, at about the scale of the camera.
  public func search(_ image: LimbImage) -> Search {
    let limbLine = image.grid.line(altitude: 0)
    let brightness = Self.mean(image)
    let edge = LimbEdge(
      brightness: brightness, limbLine: limbLine, noise: Self.skyNoise(brightness, limbLine))
    let rows = max(Int(limbLine) - 2, 0)
    // Without some ground inside the limb its stray light cannot be told from a plume.
    guard rows >= 6, image.grid.width >= 96,
      Double(image.grid.height) - limbLine >= Self.leastGround
    else { return Search(plumes: [], edge: edge) }
    let bands = image.bands.map {
      LimbResidual(band: $0, edge: edge, limbLine: limbLine, rows: rows)
    }
    let sky = LimbSky(
      width: image.grid.width, rows: rows, kilometresPerRow: image.grid.kilometresPerLine,
      filters: image.bands.map(\.filter), bands: bands, edge: edge)
    let joined = sky.joined(cut: Self.cut)
    let boxes = [3, 7, 15].map {
      BoxScore(joined, width: sky.width, rows: rows, side: $0).values
    }
    var plumes: [LimbPlume] = []
    for region in PlumeRegion.regions(
      where: boxes[0].map { $0 >= Self.edgeScore }, width: sky.width)
    {
      for part in region.split(by: boxes[0]) {
        let best = part.pixels.map { pixel in
          boxes.reduce(Float(0)) { max($0, $1[pixel].isNaN ? 0 : $1[pixel]) }
        }.max()
        guard Double(best ?? 0) >= threshold, isPlume(part, in: sky),
          standsOut(part, of: joined, width: sky.width),
          let plume = sky.measure(part, grid: image.grid),
          plume.heightKm >= leastLines * sky.kilometresPerRow,
          plume.heightKm > mountainKm || sky.isFaint(part)
        else { continue }
        plumes.append(plume)
      }
    }
    plumes.sort { ($0.positionAngle, $0.heightKm) < ($1.positionAngle, $1.heightKm) }
    return Search(plumes: plumes, edge: edge)
  }

  /// Whether a region is significant without the two rows nearest to the limb, where the point spread
  /// of a bright stretch of ground ends.
  private func standsOut(_ region: PlumeRegion, of scores: [Float], width: Int) -> Bool {
    let high = region.pixels.filter { $0 / width >= 2 && !scores[$0].isNaN }
    let sum = high.reduce(Float(0)) { $0 + scores[$1] }
    return Double(sum) > threshold * Double(high.count).squareRoot()
  }

  /// Tall and wide enough, in most bands, and rising from the limb unless that is dark.
  private func isPlume(_ region: PlumeRegion, in sky: LimbSky) -> Bool {
    guard Double(region.highest + 1) >= leastLines, region.columns >= 3 else { return false }
    let confirming = sky.bands.count { $0.sum(over: region).significance >= 4 }
    guard confirming >= min(sky.bands.count, 2) else { return false }
    if region.lowest <= 4 { return true }
    // Above night only the top of a plume stands in sunlight: then it must be larger than a star.
    return !sky.isLit(region) && region.pixels.count >= 40 && region.highest - region.lowest >= 4
  }

  private static func mean(_ image: LimbImage) -> Plane<Float> {
    var mean = Plane<Float>(
      width: image.grid.width, height: image.grid.height, filledWith: .nan)
    for index in mean.samples.indices {
      var sum: Float = 0
      var count: Float = 0
      for band in image.bands where !band.values.samples[index].isNaN {
        sum += band.values.samples[index]
        count += 1
      }
      if count > 0 { mean.samples[index] = sum / count }
    }
    return mean
  }

  private static func skyNoise(_ plane: Plane<Float>, _ limbLine: Double) -> Double {
    let count = max(Int(limbLine) / 2, 0) * plane.width
    let step = max(count / 20_011, 1)
    let values = stride(from: 0, to: count, by: step).map { Double(plane.samples[$0]) }
      .filter { !$0.isNaN }
    return max(LimbResidual.lowerSpread(values), 1e-6)
  }
}
