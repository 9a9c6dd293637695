/// A field of displacement arrows as an SVG picture.
struct VectorPlot: Sendable {
  let width: Int
  let height: Int
  let matches: [PatchMatcher.Match]
  /// Length of an arrow in picture units per pixel of displacement.
  let gain: Double

  var svg: String {
    let arrows = matches.map { match in
      let end = match.centre + match.shift * gain
      return "<line x1=\"\(text(match.centre.x))\" y1=\"\(text(match.centre.y))\" "
        + "x2=\"\(text(end.x))\" y2=\"\(text(end.y))\"/>"
        + "<circle cx=\"\(text(match.centre.x))\" cy=\"\(text(match.centre.y))\" r=\"4\"/>"
    }
    let unit = text(0.1 * gain)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)">
      <title>Displacement of 32 × 32 patches against the truth</title>
      <rect width="\(width)" height="\(height)" fill="#111"/>
      <g stroke="#fc6" stroke-width="3" fill="#fc6">
      \(arrows.joined(separator: "\n"))
      </g>
      <g stroke="#fff" stroke-width="3" fill="#fff" font-size="28" font-family="sans-serif">
      <line x1="20" y1="\(height - 20)" x2="\(text(20 + 0.1 * gain))" y2="\(height - 20)"/>
      <text x="\(text(40 + 0.1 * gain))" y="\(height - 12)" stroke="none">0.1 px (\(unit) units)</text>
      </g>
      </svg>

      """
  }

  /// A number with one decimal.
  private func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
