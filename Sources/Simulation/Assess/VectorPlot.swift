/// A field of displacement arrows as an SVG picture.
struct VectorPlot: Sendable {
  let width: Int
  let height: Int
  let matches: [PatchMatcher.Match]
  /// Side of a patch, px.
  let patch: Int

  /// Displacement, px, that is drawn as long as a patch is wide: the smallest of 1, 2 or 5 times a
  /// power of ten that no more than a twentieth of the arrows exceed.
  var scale: Double {
    let reach = ErrorStatistics(matches.map { length($0.shift) })?.percentile95 ?? 0
    var scale = 0.001
    for factor in [2, 2.5, 2, 2, 2.5, 2, 2, 2.5, 2, 2, 2.5, 2] where scale < reach {
      scale *= factor
    }
    return scale
  }

  private func length(_ vector: SIMD2<Double>) -> Double {
    (vector.x * vector.x + vector.y * vector.y).squareRoot()
  }

  var svg: String {
    let scale = scale
    let gain = Double(patch) / scale
    let arrows = matches.map { match in
      let end = match.centre + match.shift * gain
      return "<line x1=\"\(text(match.centre.x))\" y1=\"\(text(match.centre.y))\" "
        + "x2=\"\(text(end.x))\" y2=\"\(text(end.y))\"/>"
        + "<circle cx=\"\(text(match.centre.x))\" cy=\"\(text(match.centre.y))\" r=\"3\"/>"
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)">
      <title>Displacement of \(patch) × \(patch) patches against the truth</title>
      <rect width="\(width)" height="\(height)" fill="#111"/>
      <g stroke="#fc6" stroke-width="2" fill="#fc6">
      \(arrows.joined(separator: "\n"))
      </g>
      <g stroke="#fff" stroke-width="3" fill="#fff" font-size="28" font-family="sans-serif">
      <line x1="20" y1="\(height - 20)" x2="\(20 + patch)" y2="\(height - 20)"/>
      <text x="\(40 + patch)" y="\(height - 12)" stroke="none">\((scale * 1000).rounded() / 1000) px</text>
      </g>
      </svg>

      """
  }

  /// A number with one decimal.
  private func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
