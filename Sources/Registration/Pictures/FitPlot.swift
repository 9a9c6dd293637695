import JunoCam

/// A picture of a fit: the limb as predicted, fitted and measured over the stacked framelets, with
/// residuals as vectors, and the residuals against frame and column. SVG of at most some 60 kB.
public struct FitPlot {
  private let fit: ImageFit
  private let solution: AdjustmentSolution
  /// Drawn pixels of one detector pixel, and drawn pixels of one pixel of residual.
  private let scale = 0.375
  private let exaggeration = 60.0
  /// Points of the limb and other observations drawn at most, evenly over the image.
  private let mostLimb = 500
  private let mostTies = 400
  private let left = 70.0
  private let top = 64.0
  private let panelHeight = 170.0

  private static let limbColour = "#ffe060"
  private static let tieColour = "#70a8ff"

  /// Nil if the fit came to no solution.
  public init?(_ fit: ImageFit) {
    guard let solution = fit.solution else { return nil }
    self.fit = fit
    self.solution = solution
  }

  /// The picture.
  public var svg: String {
    let drawn = frames
    let stackHeight = Double(drawn.count * fit.filters.count) * rowHeight
    let width = left + Double(FrameletShape.columns) * scale + 24
    let height = top + stackHeight + 2 * (panelHeight + 46) + 10
    var canvas = SVGCanvas(width: width, height: height)
    title(&canvas)
    stack(&canvas, drawn: drawn)
    let first = top + stackHeight + 40
    residuals(
      &canvas, y: first, label: "frame", from: 0, to: Double(fit.model.poses.count),
      position: { Double($0.place.frame) + 0.1 + 0.8 * $0.place.pixel.x / 1648 })
    residuals(
      &canvas, y: first + panelHeight + 46, label: "column", from: 0,
      to: Double(FrameletShape.columns), position: { $0.place.pixel.x })
    return canvas.text
  }

  private var rowHeight: Double { Double(FrameletShape.rows) * scale }

  /// Frames that have anything to show.
  private var frames: [Int] { Set(solution.fits.map(\.place.frame)).sorted() }

  /// Every nth of the limb points, or of the others, that have a weight.
  private func observations(ofLimb isLimb: Bool, most: Int) -> [Int] {
    let all = solution.fits.indices.filter {
      (solution.fits[$0].kind == .limb) == isLimb && solution.fits[$0].weight > 0
    }
    let step = max((all.count + most - 1) / most, 1)
    return stride(from: 0, to: all.count, by: step).map { all[$0] }
  }

  private func title(_ canvas: inout SVGCanvas) {
    let limb = ResidualStatistics(solution.fits, kind: .limb)
    func number(_ value: Double) -> String { SignificantDigits.fixed(value, decimals: 2) }
    var words =
      "\(fit.isAccepted ? "accepted" : "refused") · limb: \(limb.count) stretches, median "
      + "\(number(limb.median.x)) px"
    let others: [(ObservationKind, String)] = [
      (.tie, "ties"), (.link, "links"), (.map, "map points"),
    ]
    for (kind, name) in others {
      let found = ResidualStatistics(solution.fits, kind: kind)
      guard found.count > 0 else { continue }
      words +=
        " · \(name): \(found.count), median \(number(found.median.x)), "
        + "\(number(found.median.y)) px"
    }
    canvas.text(fit.productID, x: 12, y: 20, size: 14, colour: "#eee")
    canvas.text(words, x: 12, y: 38, size: 11, colour: "#bbb")
    canvas.text(
      "limb predicted (red), fitted (green), measured (yellow); vectors × "
        + "\(Int(exaggeration)): limb yellow, ground blue", x: 12, y: 54, size: 10, colour: "#999")
  }

  /// Framelets one below the other with the limb and the residual vectors.
  private func stack(_ canvas: inout SVGCanvas, drawn: [Int]) {
    let places = Dictionary(uniqueKeysWithValues: drawn.enumerated().map { ($1, $0) })
    func origin(_ frame: Int, _ filter: Filter) -> SIMD2<Double>? {
      guard let row = places[frame], let place = fit.filters.firstIndex(of: filter) else {
        return nil
      }
      return SIMD2(left, top + Double(row * fit.filters.count + place) * rowHeight)
    }
    for (row, frame) in drawn.enumerated() {
      let y = top + Double(row * fit.filters.count) * rowHeight
      canvas.text("frame \(frame)", x: 8, y: y + 14, size: 10, colour: "#999")
      for (place, filter) in fit.filters.enumerated() {
        canvas.rectangle(
          x: left, y: y + Double(place) * rowHeight, width: 1648 * scale, height: rowHeight,
          fill: Self.colour(filter))
      }
    }
    for (state, colour) in zip(fit.limbStates, ["#e05050", "#50c060"]) {
      let predictor = LimbPredictor(margin: 0, length: 40)
      var path = SVGCanvas.Path()
      for frame in drawn {
        let bins = predictor.bins(
          image: 0, frame: frame, filters: fit.filters, state: state,
          pose: fit.model.poses[frame])
        for bin in bins {
          guard let base = origin(frame, bin.place.filter) else { continue }
          let middle = base + bin.place.pixel * scale
          let half = bin.tangent * (bin.halfLength * scale)
          path.line(from: middle - half, to: middle + half)
        }
      }
      canvas.draw(path, colour: colour, width: 0.8)
    }
    var vectors = SVGCanvas.Path()
    for index in observations(ofLimb: false, most: mostTies) {
      let tie = solution.fits[index]
      guard let base = origin(tie.place.frame, tie.place.filter) else { continue }
      let start = base + tie.place.pixel * scale
      vectors.line(from: start, to: start + tie.residual * (scale * exaggeration))
    }
    canvas.draw(vectors, colour: Self.tieColour, width: 0.7)
    var dots = SVGCanvas.Path()
    vectors = SVGCanvas.Path()
    // The limb's points come first in a solution, in their own order.
    for index in observations(ofLimb: true, most: mostLimb) where index < fit.limb.count {
      let found = solution.fits[index]
      guard let base = origin(found.place.frame, found.place.filter) else { continue }
      let start = base + found.place.pixel * scale
      let normal = fit.limb[index].observation.normal
      dots.dot(start)
      vectors.line(from: start, to: start + normal * (found.residual.x * scale * exaggeration))
    }
    canvas.draw(vectors, colour: Self.limbColour, width: 0.9)
    canvas.draw(dots, colour: Self.limbColour, width: 2)
  }

  /// Residuals against something, ±0.6 px.
  private func residuals(
    _ canvas: inout SVGCanvas, y: Double, label: String, from: Double, to: Double,
    position: (ObservationFit) -> Double
  ) {
    let width = Double(FrameletShape.columns) * scale
    let reach = 0.6
    canvas.rectangle(x: left, y: y, width: width, height: panelHeight, fill: "#181818")
    var lines = SVGCanvas.Path()
    for tick in [-0.5, -0.25, 0, 0.25, 0.5] {
      let line = y + panelHeight * (0.5 - tick / (2 * reach))
      lines.line(from: SIMD2(left, line), to: SIMD2(left + width, line))
      canvas.text(
        SignificantDigits.fixed(tick, decimals: 2), x: left - 38, y: line + 4, size: 10,
        colour: "#999")
    }
    canvas.draw(lines, colour: "#444", width: 0.5)
    canvas.text(
      "residual, px, against \(label): limb yellow, ground blue (columns) and pink (rows)",
      x: left, y: y - 6, size: 10, colour: "#bbb")
    for step in 0...6 {
      let value = from + (to - from) * Double(step) / 6
      canvas.text(
        "\(Int(value.rounded()))", x: left + width * Double(step) / 6 - 8,
        y: y + panelHeight + 14, size: 10, colour: "#999")
    }
    func point(_ found: ObservationFit, _ residual: Double) -> SIMD2<Double> {
      let x = left + width * (position(found) - from) / (to - from)
      return SIMD2(x, y + panelHeight * (0.5 - min(max(residual / (2 * reach), -0.5), 0.5)))
    }
    var columns = SVGCanvas.Path()
    var rows = SVGCanvas.Path()
    for index in observations(ofLimb: false, most: mostTies) {
      let found = solution.fits[index]
      columns.dot(point(found, found.residual.x))
      rows.dot(point(found, found.residual.y))
    }
    canvas.draw(columns, colour: Self.tieColour, width: 1.8)
    canvas.draw(rows, colour: "#ff80b0", width: 1.8)
    var limb = SVGCanvas.Path()
    for index in observations(ofLimb: true, most: mostLimb) {
      limb.dot(point(solution.fits[index], solution.fits[index].residual.x))
    }
    canvas.draw(limb, colour: Self.limbColour, width: 2.4)
  }

  private static func colour(_ filter: Filter) -> String {
    switch filter {
    case .blue: "#14141c"
    case .green: "#141a15"
    case .red: "#1c1414"
    case .methane: "#1a1a14"
    }
  }
}
