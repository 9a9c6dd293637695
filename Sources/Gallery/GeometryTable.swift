import Products

/// The geometry of one image as rows of a table.
enum GeometryTable {
  static func rows(_ image: ImageRecord) -> [PageModel.Row] {
    let middle = image.geometry.middle
    let first = image.geometry.first
    let last = image.geometry.last

    /// Lowest and highest value with a unit; nothing if they print alike.
    func range(
      _ value: (GeometryPoint) -> Double, unit: String = "", _ format: (Double) -> String
    ) -> String {
      let low = format(min(value(first), value(middle), value(last)))
      let high = format(max(value(first), value(middle), value(last)))
      return low == high ? "" : "\(low) – \(high)\(unit)"
    }

    var rows = [
      PageModel.Row(
        "Time (UTC)", PageText.date(middle.utc), second: PageText.time(middle.utc),
        range: PageText.range(PageText.time(first.utc), PageText.time(last.utc))),
      PageModel.Row(
        "Below the craft", PageText.latitude(middle.subSpacecraftLatitude),
        second: longitude(middle.subSpacecraftLongitude),
        range: range(\.subSpacecraftLatitude, PageText.latitude)),
      PageModel.Row(
        "Below the Sun", PageText.latitude(middle.subSolarLatitude),
        second: longitude(middle.subSolarLongitude)),
      PageModel.Row(
        "Altitude", "\(PageText.fixed(middle.altitudeKm, 0)) km",
        range: range(\.altitudeKm, unit: " km") { PageText.fixed($0, 0) }),
      PageModel.Row(
        "Scale", "\(PageText.short(middle.groundSampleDistanceKm)) km/px",
        range: range(\.groundSampleDistanceKm, unit: " km/px", PageText.short)),
      PageModel.Row(
        "Phase angle", "\(PageText.fixed(middle.phaseAngle, 1))°",
        range: range(\.phaseAngle) { PageText.fixed($0, 1) + "°" }),
      PageModel.Row(
        "Exposure",
        "\(PageText.fixed(image.exposureMilliseconds, 1)) ms, "
          + (image.tdiStages == 1 ? "one TDI stage" : "\(image.tdiStages) TDI stages")),
      PageModel.Row(
        "Filters", image.filters.map { $0.capitalized }.joined(separator: ", "),
        range: image.frames == 1 ? "one frame" : "\(image.frames) frames"),
    ]
    for correction in image.corrections where correction.name == "startTimeOffset" {
      let sigma = correction.sigma.map { " ± \(PageText.fixed($0 * 1000, 1))" } ?? ""
      rows.append(
        PageModel.Row(
          "Start time moved by", "\(PageText.fixed(correction.value * 1000, 1))\(sigma) ms",
          range: correction.source))
    }
    return rows
  }

  private static func longitude(_ east: Double) -> String {
    "\(PageText.longitudeEast(east)) / \(PageText.longitudeWest(east))"
  }
}
