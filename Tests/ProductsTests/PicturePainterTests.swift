import Cartography
import Photometry
import SpaceMath
import Testing

@testable import Products

@Suite struct PicturePainterTests {
  /// A picture of noisy ground that comes in bands is the one that comes whole: calming looks at lines
  /// around a band.
  @Test func bandsOfACalmedPicture() throws {
    let (width, height) = (24, 300)
    let product = ProductDescription(
      stem: "test", title: "", text: "", kind: "view", name: "view", images: [],
      projection: ProjectionRecord(
        name: "point-perspective", ellipsoidRadiiKm: [1829.4, 1819.4, 1815.7]),
      content: nil, width: width, height: height, bands: ["RED", "GREEN", "BLUE"])
    let scale = LinearScale.standard
    var codes: [UInt16] = []
    for place in 0..<width * height * 3 {
      codes.append(scale.code(0.15 + 0.1 * Float(Elementary.sin(Double(place * place % 977)))))
    }
    let noise = (0..<width * height).map {
      BackplaneKind.sigma.scale.code($0 % 5 == 0 ? 0.001 : 0.07)
    }
    func painter(_ noiseScale: LinearScale?) -> PicturePainter {
      PicturePainter(
        product: product, scale: scale, recipe: CompositeRecipe(tone: .linear), channels: 3,
        strips: nil, noiseScale: noiseScale)
    }
    let calming = painter(BackplaneKind.sigma.scale)
    let whole = try calming.band(codes, noise: noise, lines: 0..<height, jobs: 1).rows
    var parts: [UInt8] = []
    for first in stride(from: 0, to: height, by: 70) {
      let lines = first..<min(first + 70, height)
      let needed = calming.needed(for: lines)
      parts += try calming.band(
        Array(codes[needed.lowerBound * width * 3..<needed.upperBound * width * 3]),
        noise: Array(noise[needed.lowerBound * width..<needed.upperBound * width]), lines: lines,
        jobs: 2
      ).rows
    }
    let isSame = parts == Array(whole)
    #expect(isSame)
    let plain = try painter(nil).band(codes, lines: 0..<height, jobs: 1).rows
    let isCalmed = plain != whole
    #expect(isCalmed)
  }
}
