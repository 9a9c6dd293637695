/// The scoreboard as text.
public struct ScoreTable: Sendable {
  private let assessment: Assessment

  public init(_ assessment: Assessment) { self.assessment = assessment }

  /// Lines of a table for a terminal or a Markdown document.
  public var text: String {
    var rows = [
      [
        "product", "registration px (RMS / median / 95 %)", "km RMS", "R−G px", "B−G px",
        "I/F bias % (B G R)", "ΔE2000", "seams", "coverage", "noise gain",
      ]
    ]
    for product in assessment.products {
      let registration = product.registration
      rows.append([
        product.path,
        registration.map {
          [$0.pixels.rms, $0.pixels.median, $0.pixels.percentile95].map { number($0, 3) }
            .joined(separator: " / ")
        } ?? "–",
        registration.map { number($0.kilometres.rms, 3) } ?? "–",
        product.redAgainstGreen.map { number($0.median, 3) } ?? "–",
        product.blueAgainstGreen.map { number($0.median, 3) } ?? "–",
        product.radiometry.map { number(100 * $0.relativeBias, 1) }.joined(separator: " "),
        product.deltaE2000.map { number($0.median, 1) } ?? "–",
        product.seamVisibility.map { number($0, 2) } ?? "–",
        number(100 * product.coverage, 1) + " %",
        product.noiseGain.map { number($0, 2) } ?? "–",
      ])
    }
    var lines = table(rows)
    if !assessment.recovered.isEmpty {
      lines.append("")
      lines += table(
        [["image", "quantity", "recovered", "truth", "error", "stated σ"]]
          + assessment.recovered.map { item in
            let scale = item.unit == "s" ? 1000.0 : 180 * 60 / Double.pi
            let unit = item.unit == "s" ? " ms" : "′"
            return [
              item.image, item.name, number(item.recovered * scale, 2) + unit,
              number(item.truth * scale, 2) + unit, number(item.error * scale, 2) + unit,
              item.sigma.map { number($0 * scale, 2) + unit } ?? "–",
            ]
          })
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ rows: [[String]]) -> [String] {
    guard let head = rows.first else { return [] }
    let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      "| "
        + zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: " | ") + " |"
    }
    let rule =
      "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|"
    return [line(head), rule] + rows.dropFirst().map(line)
  }

  private func number(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 1e15 else { return "\(value)" }
    let whole = Int(scaled)
    let sign = value < 0 && whole > 0 ? "−" : ""
    guard decimals > 0 else { return sign + "\(whole)" }
    return sign + "\(whole / Int(scale))." + CivilTime.padded(whole % Int(scale), decimals)
  }
}
