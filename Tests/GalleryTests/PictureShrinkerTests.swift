import ImageFormats
import Testing

@testable import Gallery

@Suite struct PictureShrinkerTests {
  private func shrink(_ samples: [UInt8], width: Int, height: Int, channels: Int = 1, to: Int)
    throws -> RasterImage?
  {
    let image = try RasterImage(
      width: width, height: height, channels: channels, samples: .u8(samples))
    return try PictureShrinker(width: to).shrink(image)
  }

  @Test func wholePixelsAreAveraged() throws {
    let small = try #require(
      try shrink([0, 10, 100, 200, 20, 30, 101, 203], width: 4, height: 2, to: 2))
    #expect(small.height == 1)
    #expect(small.samples == .u8([15, 151]))
  }

  /// Three pixels into two: each gets one whole and half of the middle one.
  @Test func partsOfPixelsCount() throws {
    let small = try #require(try shrink([0, 90, 240], width: 3, height: 1, to: 2))
    #expect(small.samples == .u8([30, 190]))
  }

  @Test func channelsStayApart() throws {
    let small = try #require(
      try shrink([10, 0, 255, 30, 0, 255], width: 2, height: 1, channels: 3, to: 1))
    #expect(small.samples == .u8([20, 0, 255]))
  }

  @Test func flatStaysFlatAtAnyScale() throws {
    for width in [1, 3, 7, 19, 36] {
      let small = try #require(
        try shrink(Array(repeating: 201, count: 37 * 23), width: 37, height: 23, to: width))
      #expect(small.samples == .u8(Array(repeating: 201, count: width * small.height)))
    }
  }

  @Test func smallPicturesStay() throws {
    #expect(try shrink([1, 2, 3, 4], width: 2, height: 2, to: 2) == nil)
  }
}
