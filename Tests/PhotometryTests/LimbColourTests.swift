import Raster
import Testing

@testable import Photometry

/// A disc's edge whose bands are a third of a pixel apart.
@Suite struct LimbColourTests {
  private static let (width, height) = (48, 40)
  private static let ground: SIMD3<Float> = [0.5, 0.48, 0.36]

  /// Light in the left part of a line; the edge lies elsewhere in each band, and in each half of the
  /// picture (a framelet) in another order.
  private func picture(shadow: Bool = false) -> BandImage {
    func band(_ number: Int) -> Plane<Float> {
      var plane = Plane<Float>(width: Self.width, height: Self.height, filledWith: 0)
      for line in 0..<Self.height {
        let shift = Float(line < 20 ? number : 2 - number) * 0.35
        for sample in 0..<Self.width {
          let edge = 30.4 + shift - Float(sample)
          plane[line, sample] = Self.ground[number] * min(max(edge + 0.5, 0), 1) + 0.001
        }
      }
      return plane
    }
    return BandImage(red: band(0), green: band(1), blue: band(2))
  }

  private func even(_ image: BandImage, exposure: Float = 1.5) -> BandImage {
    LimbColour()(image, exposure: exposure, space: .sRGB, family: .clouds)
  }

  private func colour(_ image: BandImage, _ line: Int, _ sample: Int) -> SIMD2<Float> {
    SIMD2(image.red[line, sample], image.blue[line, sample]) / image.green[line, sample]
  }

  @Test("The limb has the ground's colour in every framelet, and its own luminance")
  func limb() {
    let image = picture()
    let result = even(image)
    let kernel = ColourKernel(mode: .natural, space: .sRGB, family: .clouds)
    let (before, after) = (
      kernel.luminance(of: image, empty: 0), kernel.luminance(of: result, empty: 0)
    )
    let expected = SIMD2(Self.ground.x, Self.ground.z) / Self.ground.y
    for line in [5, 33] {
      let fringe = (28...31).map { abs(colour(image, line, $0).y - expected.y) }.max() ?? 0
      #expect(fringe > 0.2)
      for sample in 24...32 {
        let difference = colour(result, line, sample) - expected
        #expect(abs(difference.x) < 0.01 && abs(difference.y) < 0.01, "\(line) \(sample)")
        #expect(
          abs(after[line, sample] - before[line, sample]) < 0.02 * before[line, sample] + 1e-4)
      }
    }
    // Farther in nothing changes.
    for sample in 0..<20 { #expect(result.blue[10, sample] == image.blue[10, sample]) }
  }

  @Test("Ground and sky without an edge, and edges too dark to be seen, stay to the last bit")
  func nothingToDo() {
    var soft = picture()
    for line in 0..<Self.height {
      for sample in 0..<Self.width {
        // A terminator.
        let light = Float(Self.width - sample) / Float(Self.width)
        soft.red[line, sample] = Self.ground.x * light
        soft.green[line, sample] = Self.ground.y * light
        soft.blue[line, sample] = Self.ground.z * light * light
      }
    }
    let inside = even(soft)
    let isSame = (0..<40).allSatisfy { sample in
      (0..<Self.height).allSatisfy { inside.blue[$0, sample] == soft.blue[$0, sample] }
    }
    #expect(isSame)
    let dim = picture()
    #expect(even(dim, exposure: 0.01) == dim)
  }
}
