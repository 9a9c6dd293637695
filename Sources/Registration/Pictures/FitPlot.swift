import JunoCam

/// A picture of a fit: the limb as predicted, fitted and measured over the stacked framelets, with
/// residuals as vectors, and the residuals against frame and column. SVG, a few tens of kilobytes.
public struct FitPlot {
  private let fit: ImageFit
  private let solution: AdjustmentSolution
  private let image: RegistrationImage
  /// Drawn pixels of one detector pixel, and drawn pixels of one pixel of residual.
  private let scale = 0.375
  private let exaggeration = 60.0
  /// Ties drawn at most, evenly over the image.
  private let mostTies = 400
  private let left = 70.0
  private let top = 64.0
  private let panelHeight = 170.0

  /// Nil if the fit came to no solution.
  public init?(_ fit: ImageFit, of image: RegistrationImage) {
    guard let solution = fit.solution else { return nil }
    self.fit = fit
    self.solution = solution
    self.image = image
  }

  /// The picture.
  public var svg: String {
    let drawn = frames
    let stackHeight = Double(drawn.count * image.filters.count) * rowHeight
    let width = left + Double(FrameletShape.columns) * scale + 24
    let height = top + stackHeight + 2 * (panelHeight + 46) + 10
    var canvas = SVGCanvas(width: width, height: height)
    title(&canvas)
    stack(&canvas, drawn: drawn)
    let first = top + stackHeight + 40
    residuals(
      &canvas, y: first, label: "frame", from: 0, to: Double(image.frameCount),
      position: { Double($0.place.frame) + 0.1 + 0.8 * $0.place.pixel.x / 1648 })
    residuals(
      &canvas, y: first + panelHeight + 46, label: "column", from: 0,
      to: Double(FrameletShape.columns), position: { $0.place.pixel.x })
    return canvas.text
  }

  private var rowHeight: Double { Double(FrameletShape.rows) * scale }

  /// Frames that have anything to show.
  private var frames: [Int] { Set(solution.fits.map(\.place.frame)).sorted() }

  private func title(_ canvas: inout SVGCanvas) {
    let limb = ResidualStatistics(solution.fits, kind: .limb)
    let ties = ResidualStatistics(solution.fits, kind: .tie)
    func number(_ value: Double) -> String { SignificantDigits.fixed(value, decimals: 2) }
    canvas.text(image.productID, x: 12, y: 20, size: 14, colour: "#eee")
    canvas.text(
      "\(fit.isAccepted ? "accepted" : "refused") · limb: \(limb.count) stretches, median "
        + "\(number(limb.median.x)) px · ties: \(ties.count), median \(number(ties.median.x)), "
        + "\(number(ties.median.y)) px", x: 12, y: 38, size: 11, colour: "#bbb")
    canvas.text(
      "limb predicted (red), fitted (green), measured (yellow); vectors × "
        + "\(Int(exaggeration)): limb yellow, ties blue", x: 12, y: 54, size: 10, colour: "#999")
  }

  /// Framelets one below the other with the limb and the residual vectors.
  private func stack(_ canvas: inout SVGCanvas, drawn: [Int]) {
    let places = Dictionary(uniqueKeysWithValues: drawn.enumerated().map { ($1, $0) })
    func origin(_ frame: Int, _ filter: Filter) -> SIMD2<Double>? {
      guard let row = places[frame], let place = image.filters.firstIndex(of: filter) else {
        return nil
      }
      return SIMD2(left, top + Double(row * image.filters.count + place) * rowHeight)
    }
    for (row, frame) in drawn.enumerated() {
      let y = top + Double(row * image.filters.count) * rowHeight
      canvas.text("frame \(frame)", x: 8, y: y + 14, size: 10, colour: "#999")
      for (place, filter) in image.filters.enumerated() {
        canvas.rectangle(
          x: left, y: y + Double(place) * rowHeight, width: 1648 * scale, height: rowHeight,
          fill: Self.colour(filter))
      }
    }
    for (state, colour) in zip(fit.limbStates, ["#e05050", "#50c060"]) {
      let predictor = LimbPredictor(margin: 0, length: 24)
      for frame in drawn {
        let bins = predictor.bins(
          image: 0, frame: frame, filters: image.filters, state: state,
          pose: image.model.poses[frame])
        for bin in bins {
          guard let base = origin(frame, bin.place.filter) else { continue }
          let middle = base + bin.place.pixel * scale
          let half = bin.tangent * (bin.halfLength * scale)
          canvas.line(from: middle - half, to: middle + half, colour: colour, width: 0.8)
        }
      }
    }
    let ties = solution.fits.indices.filter { solution.fits[$0].kind != .limb }
    let step = max(ties.count / mostTies, 1)
    for index in ties where index % step == 0 {
      let tie = solution.fits[index]
      guard tie.weight > 0, let base = origin(tie.place.frame, tie.place.filter) else { continue }
      let start = base + tie.place.pixel * scale
      canvas.line(
        from: start, to: start + tie.residual * (scale * exaggeration), colour: "#70a8ff",
        width: 0.7)
    }
    for (point, found) in zip(fit.limb, solution.fits) {
      guard found.weight > 0, let base = origin(found.place.frame, found.place.filter) else {
        continue
      }
      let start = base + found.place.pixel * scale
      let vector = point.observation.normal * (found.residual.x * scale * exaggeration)
      canvas.dot(start, radius: 1, colour: "#ffe060")
      canvas.line(from: start, to: start + vector, colour: "#ffe060", width: 0.9)
    }
  }

  /// Residuals against something, ±0.6 px.
  private func residuals(
    _ canvas: inout SVGCanvas, y: Double, label: String, from: Double, to: Double,
    position: (ObservationFit) -> Double
  ) {
    let width = Double(FrameletShape.columns) * scale
    let reach = 0.6
    canvas.rectangle(x: left, y: y, width: width, height: panelHeight, fill: "#181818")
    for tick in [-0.5, -0.25, 0, 0.25, 0.5] {
      let line = y + panelHeight * (0.5 - tick / (2 * reach))
      canvas.line(
        from: SIMD2(left, line), to: SIMD2(left + width, line), colour: "#444", width: 0.5)
      canvas.text(
        SignificantDigits.fixed(tick, decimals: 2), x: left - 38, y: line + 4, size: 10,
        colour: "#999")
    }
    canvas.text(
      "residual, px, against \(label): limb yellow, ties blue (columns) and pink (rows)", x: left,
      y: y - 6, size: 10, colour: "#bbb")
    for step in 0...6 {
      let value = from + (to - from) * Double(step) / 6
      canvas.text(
        "\(Int(value.rounded()))", x: left + width * Double(step) / 6 - 8,
        y: y + panelHeight + 14, size: 10, colour: "#999")
    }
    let step = max(solution.fits.count / (3 * mostTies), 1)
    for (index, found) in solution.fits.enumerated()
    where found.weight > 0 && (found.kind == .limb || index % step == 0) {
      let x = left + width * (position(found) - from) / (to - from)
      func point(_ residual: Double) -> SIMD2<Double> {
        SIMD2(x, y + panelHeight * (0.5 - min(max(residual / (2 * reach), -0.5), 0.5)))
      }
      if found.kind == .limb {
        canvas.dot(point(found.residual.x), radius: 1.2, colour: "#ffe060")
      } else {
        canvas.dot(point(found.residual.x), radius: 0.9, colour: "#70a8ff")
        canvas.dot(point(found.residual.y), radius: 0.9, colour: "#ff80b0")
      }
    }
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
