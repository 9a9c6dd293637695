/// The scoreboard as text.
public struct ScoreTable: Sendable {
  private let assessment: Assessment

  public init(_ assessment: Assessment) { self.assessment = assessment }

  /// Tables for a terminal or a Markdown document.
  public var text: String {
    [products, brightness, recovered, sights, detections, strengths].filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  /// One line for each scene.
  public static func summary(_ assessments: [Assessment]) -> String {
    MarkdownTable(
      [
        "scene", "maps: px RMS", "maps: km RMS", "views: px RMS", "bands: px median",
        "I/F bias % (B G R)", "ΔE2000 median", "coverage %",
        "hits from 8 σ: recall / precision", "good samples flagged",
        "hot pixels: recall / precision",
      ],
      assessments.map { assessment in
        let maps = assessment.products.filter { $0.kind != "view" }
        let views = assessment.products.filter { $0.kind == "view" }
        let bands = assessment.products.flatMap {
          [$0.redAgainstGreen, $0.blueAgainstGreen].compactMap { enough($0)?.median }
        }
        return [
          assessment.scene,
          range(maps.compactMap { enough($0.registration?.pixels)?.rms }, 2),
          range(maps.compactMap { enough($0.registration?.kilometres)?.rms }, 2),
          range(views.compactMap { enough($0.registration?.pixels)?.rms }, 2), range(bands, 3),
          bias(assessment), range(assessment.products.compactMap { $0.deltaE2000?.median }, 1),
          range(assessment.products.map { 100 * $0.coverage }, 1),
          rates(assessment, .hits), falseShare(assessment), rates(assessment, .hotPixels),
        ]
      }
    ).text
  }

  private static func range(_ values: [Double], _ decimals: Int) -> String {
    guard let low = values.min(), let high = values.max() else { return "–" }
    let texts = [low, high].map { MarkdownTable.number($0, decimals) }
    return texts[0] == texts[1] ? texts[0] : "\(texts[0])…\(texts[1])"
  }

  /// Mean of the products' biases, by band.
  private static func bias(_ assessment: Assessment) -> String {
    let means = ["BLUE", "GREEN", "RED"].compactMap { band -> String? in
      let values = assessment.products.flatMap(\.radiometry).filter { $0.band == band }
        .map(\.relativeBias)
      guard !values.isEmpty else { return nil }
      return MarkdownTable.number(100 * values.reduce(0, +) / Double(values.count), 1)
    }
    return means.isEmpty ? "–" : means.joined(separator: " ")
  }

  private static func rates(_ assessment: Assessment, _ kind: Assessment.Detection.Kind) -> String {
    guard let sum = sum(assessment, kind) else { return "–" }
    let recall = kind == .hits ? sum.recall(from: RunAssessor.detectableSigmas) : sum.recall
    return "\(percent(recall)) / \(percent(sum.precision))"
  }

  private static func falseShare(_ assessment: Assessment) -> String {
    sum(assessment, .hits).map { scientific($0.falseShare) } ?? "–"
  }

  /// All images' numbers together; nil where there are none.
  private static func sum(
    _ assessment: Assessment, _ kind: Assessment.Detection.Kind
  ) -> Assessment.Detection? {
    let found = assessment.detections.filter { $0.kind == kind }
    guard var sum = found.first else { return nil }
    for one in found.dropFirst() {
      sum.detectable += one.detectable
      sum.found += one.found
      sum.samples += one.samples
      sum.flagged += one.flagged
      sum.falselyFlagged += one.falselyFlagged
      for index in sum.classes.indices {
        sum.classes[index].struck += one.classes[index].struck
        sum.classes[index].found += one.classes[index].found
      }
    }
    return sum
  }

  private static func percent(_ share: Double?) -> String {
    share.map { MarkdownTable.number(100 * $0, 1) + " %" } ?? "–"
  }

  private var products: String {
    MarkdownTable(
      [
        "product", "px RMS / median / 95 %", "km RMS / median / 95 %", "patches",
        "R−G px RMS / median", "B−G px RMS / median", "seams", "coverage", "noise gain",
      ],
      assessment.products.map { product in
        [
          product.path,
          Self.enough(product.registration?.pixels).map { list($0, 3) } ?? "–",
          Self.enough(product.registration?.kilometres).map { list($0, 3) } ?? "–",
          product.registration.map { "\($0.pixels.count)" } ?? "–",
          Self.enough(product.redAgainstGreen).map(pair) ?? "–",
          Self.enough(product.blueAgainstGreen).map(pair) ?? "–",
          product.seamVisibility.map { number($0, 2) } ?? "–",
          number(100 * product.coverage, 1) + " %",
          product.noiseGain.map { number($0, 2) } ?? "–",
        ]
      }
    ).text
  }

  private var brightness: String {
    MarkdownTable(
      [
        "product", "I/F bias B G R", "I/F bias % B G R", "I/F RMS B G R",
        "disc B/G (true)", "disc R/G (true)", "ΔE2000 RMS / median / 95 %",
      ],
      assessment.products.map { product in
        let bands = product.radiometry
        return [
          product.path, bands.map { number($0.bias, 4) }.joined(separator: " "),
          bands.map { number(100 * $0.relativeBias, 2) }.joined(separator: " "),
          bands.map { number($0.rms, 4) }.joined(separator: " "),
          product.discColour.map { "\(number($0.blue, 3)) (\(number($0.trueBlue, 3)))" } ?? "–",
          product.discColour.map { "\(number($0.red, 3)) (\(number($0.trueRed, 3)))" } ?? "–",
          product.deltaE2000.map { list($0, 2) } ?? "–",
        ]
      }
    ).text
  }

  private var recovered: String {
    MarkdownTable(
      ["image", "quantity", "recovered", "truth", "error", "stated σ"],
      assessment.recovered.map { item in
        let scale = item.unit == "s" ? 1000.0 : 180 * 60 / Double.pi
        let unit = item.unit == "s" ? " ms" : "′"
        return [
          item.image, item.name, number(item.recovered * scale, 3) + unit,
          number(item.truth * scale, 3) + unit, number(item.error * scale, 3) + unit,
          item.sigma.map { number($0 * scale, 3) + unit } ?? "–",
        ]
      }
    ).text
  }

  private var sights: String {
    MarkdownTable(
      ["image", "sight line before, px (column, row)", "after correction, px"],
      assessment.sights.map { sight in
        [sight.image, vector(sight.predicted), vector(sight.corrected)]
      }
    ).text
  }

  private var detections: String {
    MarkdownTable(
      [
        "image", "defects", "present", "detectable", "found", "recall", "flagged samples",
        "falsely", "precision",
      ],
      assessment.detections.map { one in
        [
          one.image, one.kind == .hits ? "particle hits" : "hot pixels", "\(one.present)",
          "\(one.detectable)", "\(one.found)", Self.percent(one.recall), "\(one.flagged)",
          "\(one.falselyFlagged)", Self.percent(one.precision),
        ]
      }
    ).text
  }

  private var strengths: String {
    let found = assessment.detections.filter { !$0.classes.isEmpty && $0.present > 0 }
    guard let first = found.first else { return "" }
    let limits = first.classes.map { Int($0.from) }
    let ranges =
      zip(limits, limits.dropFirst()).map { "\($0)–\($1) σ" } + ["from \(limits.last ?? 0) σ"]
    return MarkdownTable(
      ["hits found"] + ranges + ["from 8 σ", "good samples flagged"],
      found.map { one in
        [one.image] + one.classes.map { "\($0.found) of \($0.struck)" }
          + [
            Self.percent(one.recall(from: RunAssessor.detectableSigmas)),
            Self.scientific(one.falseShare),
          ]
      }
    ).text
  }

  /// With two digits, as 1.2e-5.
  private static func scientific(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    var power = 0
    var digits = value
    while digits < 0.995 {
      digits *= 10
      power -= 1
    }
    return power == 0
      ? MarkdownTable.number(value, 1) : MarkdownTable.number(digits, 1) + "e\(power)"
  }

  /// Errors of so few patches are chance.
  private static func enough(_ values: ErrorStatistics?) -> ErrorStatistics? {
    values.flatMap { $0.count >= 5 ? $0 : nil }
  }

  private func list(_ values: ErrorStatistics, _ decimals: Int) -> String {
    [values.rms, values.median, values.percentile95].map { number($0, decimals) }
      .joined(separator: " / ")
  }

  private func pair(_ values: ErrorStatistics) -> String {
    "\(number(values.rms, 3)) / \(number(values.median, 3))"
  }

  private func vector(_ value: SIMD2<Double>) -> String {
    "\(number(value.x, 2)), \(number(value.y, 2))"
  }

  private func number(_ value: Double, _ decimals: Int) -> String {
    MarkdownTable.number(value, decimals)
  }
}
