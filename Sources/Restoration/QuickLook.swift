import JunoCam

/// A cheap first comparison of a pixel with what other colours show at the same ground: how far each
/// stands out of a ring two pixels around it.
///
/// Most spikes of one colour on rough ground are in all colours, and need no fit to be seen as ground.
enum QuickLook {
  private static let ring: [(x: Int, y: Int)] = [
    (2, 0), (-2, 0), (0, 2), (0, -2), (2, 2), (-2, -2), (2, -2), (-2, 2),
  ]

  /// By how much a pixel stands out beyond what the least concurring of the looks lets expect, I/F;
  /// nil where samples are missing or no colour is there.
  ///
  /// - Parameters:
  ///   - pixel: the sample in its framelet.
  ///   - x, y: its array coordinates.
  ///   - looks: where others saw its ground.
  ///   - place: its own filter, whose other looks do not take part.
  ///   - stack: all framelets.
  static func excess(
    _ pixel: UnsafePointer<Float>, x: Int, y: Int, looks: [Look], place: Int, stack: FrameletStack
  ) -> Float? {
    var level: Float = 0
    for offset in ring { level += pixel[offset.y * FrameletStack.stride + offset.x] }
    level /= Float(ring.count)
    guard level.isFinite else { return nil }
    var expected = Float.infinity
    for look in looks where look.place != place {
      let index = stack.index(frame: look.frame, place: look.place)
      let seen = stack.withFramelet(index) { detail($0, look, Float(x), Float(y)) }
      guard let seen else { return nil }
      // Equal contrast in all colours; on dark ground equal light.
      let ratio = seen.level > 0 ? min(max(level / seen.level, 0.25), 4) : 1
      expected = min(expected, ratio * seen.detail)
    }
    return expected.isFinite ? pixel[0] - level - expected : nil
  }

  private static func detail(
    _ framelet: UnsafePointer<Float>, _ look: Look, _ x: Float, _ y: Float
  ) -> (level: Float, detail: Float)? {
    var level: Float = 0
    for offset in ring {
      level += CubicSample.value(
        framelet, at: look.position(x: x + Float(offset.x), y: y + Float(offset.y)))
    }
    level /= Float(ring.count)
    let detail = CubicSample.value(framelet, at: look.position(x: x, y: y)) - level
    return detail.isFinite ? (level, detail) : nil
  }
}
