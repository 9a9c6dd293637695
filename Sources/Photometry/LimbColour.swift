import Raster

/// Gives the edge of a bright disc before the sky the colour of the ground beside it.
///
/// Each framelet has its own limb in each band, and where these differ by a fifth of a pixel, as on
/// real frames they do, the limb is drawn in dashes of yellow, cyan and violet, one for each framelet.
/// What a pixel across the limb shows is light of the disc: it keeps its luminance and takes its colour
/// from ground farther in.
public struct LimbColour: Hashable, Codable, Sendable {
  /// Luminance relative to the brightest nearby below which a pixel is sky.
  public var dark: Float = 0.05
  /// Display luminance that something nearby must have.
  public var visible: Float = 0.02

  /// Parameters with their defaults.
  public init() {}

  /// Pixels around one that count as nearby.
  private static let nearby = 4
  /// Pixels beside the sky in which bands may disagree.
  private static let edge = 2
  /// Pixels around one at which all looks end.
  public static let reach = 2 * nearby + edge

  /// - Parameters:
  ///   - exposure: display luminance per I/F.
  ///   - jobs: most threads to use at once; nil: all cores.
  public func callAsFunction(
    _ image: BandImage, exposure: Float, space: RGBSpace, family: SpectralFamily, jobs: Int? = nil
  ) -> BandImage {
    let (width, height) = (image.width, image.height)
    guard width > 0, height > 0 else { return image }
    let kernel = ColourKernel(mode: .natural, space: space, family: family)
    let light = kernel.luminance(of: image, empty: 0).samples
    let brightest = Self.largest(light, width: width, height: height, radius: Self.nearby)
    let limit = visible / exposure
    let isSky = light.indices.map { index -> Float in
      brightest[index] > limit && light[index] < dark * brightest[index] ? 1 : 0
    }
    let isEdge = Self.largest(isSky, width: width, height: height, radius: Self.edge)
    guard isEdge.contains(1) else { return image }
    var result = image
    let lines = Parallel.map(count: height, jobs: jobs) { line -> [(Int, SIMD3<Float>)] in
      (line * width..<(line + 1) * width).compactMap { index in
        guard isEdge[index] > 0, light[index] != 0, brightest[index] > limit else { return nil }
        return colour(image, light, isEdge, at: index).map { (index, $0 * light[index]) }
      }
    }
    for (index, bands) in lines.joined() {
      result.red.samples[index] = bands.x
      result.green.samples[index] = bands.y
      result.blue.samples[index] = bands.z
    }
    return result
  }

  /// Bands over luminance of the ground around a pixel that is not at the edge; nil if there is none.
  private func colour(
    _ image: BandImage, _ light: [Float], _ isEdge: [Float], at index: Int
  ) -> SIMD3<Float>? {
    let (width, height) = (image.width, image.height)
    let (line, sample) = (index / width, index % width)
    var sum = SIMD4<Float>.zero
    for y in max(0, line - Self.nearby)...min(height - 1, line + Self.nearby) {
      for x in max(0, sample - Self.nearby)...min(width - 1, sample + Self.nearby) {
        let place = y * width + x
        guard isEdge[place] == 0, light[place] > 0 else { continue }
        sum += SIMD4(
          image.red.samples[place], image.green.samples[place], image.blue.samples[place],
          light[place])
      }
    }
    return sum.w > 0 ? SIMD3(sum.x, sum.y, sum.z) / sum.w : nil
  }

  /// The largest value in squares around each pixel.
  private static func largest(
    _ values: [Float], width: Int, height: Int, radius: Int
  ) -> [Float] {
    let across = LineStrips.plane(width: width, height: height) { line, target in
      for sample in 0..<width {
        var most = -Float.infinity
        for x in max(0, sample - radius)...min(width - 1, sample + radius) {
          most = max(most, values[line * width + x])
        }
        target[sample] = most
      }
    }.samples
    return LineStrips.plane(width: width, height: height) { line, target in
      for sample in 0..<width { target[sample] = -.infinity }
      for y in max(0, line - radius)...min(height - 1, line + radius) {
        for sample in 0..<width { target[sample] = max(target[sample], across[y * width + sample]) }
      }
    }.samples
  }
}

extension ColourKernel {
  /// Luminance of each pixel as it is shown.
  ///
  /// - Parameter empty: value of pixels of which any band has no data.
  func luminance(of image: BandImage, empty: Float) -> Plane<Float> {
    let width = image.width
    return LineStrips.plane(width: width, height: image.height) { line, target in
      BandRow.forEachEight(of: image, line: line) { sample, lanes, valid in
        let values = luminance(linearRGB(lanes))
        for lane in 0..<min(8, width - sample) {
          target[sample + lane] = valid[lane] ? values[lane] : empty
        }
      }
    }
  }
}
