import Mapping

/// Cuts grids into bands of lines that are worked on one after the other, so that a product of any
/// size needs the memory of one band. Products do not depend on where the cuts are.
struct LineBands: Sendable, Hashable {
  /// Pixels in a band, about.
  var pixels: Int

  /// A size at which the ends of bands cost nothing.
  static let standard = LineBands(pixels: 1 << 18)
  /// The warp works in squares of this side, which a band should not cut.
  private static let step = 64

  /// Lines in a band of a grid of this width: a multiple of 64, and at least that.
  func lines(width: Int) -> Int { max(Self.step, pixels / max(width, 1) / Self.step * Self.step) }

  /// The bands of a grid, from top to bottom.
  func of(_ grid: OutputGrid) -> [Range<Int>] {
    let height = grid.surface.height
    return stride(from: 0, to: height, by: lines(width: grid.surface.width)).map { first in
      first..<min(first + lines(width: grid.surface.width), height)
    }
  }
}
