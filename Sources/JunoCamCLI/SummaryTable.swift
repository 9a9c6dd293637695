import JunoCam

/// A product's summary as lines for people; what is not known is left out.
struct SummaryTable {
  var summary: ProductSummary

  var text: String {
    let rows = rows
    let width = rows.map(\.0.count).max() ?? 0
    let lines = rows.map { term, value in
      "  " + term + String(repeating: " ", count: width - term.count + 2) + value
    }
    return ([heading] + lines + summary.warnings.map { "  ! \($0)" }).joined(separator: "\n")
  }

  private var heading: String { summary.productID ?? summary.imageFile }

  private var rows: [(String, String)] {
    var rows: [(String, String)] = []
    func add(_ term: String, _ value: String?) {
      if let value, !value.isEmpty { rows.append((term, value)) }
    }
    add("kind", kind)
    add("image", summary.imageFile)
    add("label", summary.labelFile)
    add("title", summary.title)
    add("target", summary.target)
    add("orbit", summary.orbit.map { "perijove \($0)" })
    add("phase", summary.missionPhase)
    add("start", summary.startTime.map { "\($0) UTC" })
    add("stop", summary.stopTime.map { "\($0) UTC" })
    add("clock", summary.clockStart)
    add("raster", "\(summary.width) × \(summary.height), \(summary.sampleBits) bits")
    add("filters", summary.filters?.joined(separator: ", "))
    add("frames", frames)
    add("interval", summary.interframeDelay.map { "\($0) s as labelled" })
    add("exposure", exposure)
    add("companding", summary.companding)
    add("compression", summary.compression)
    add("Sun", summary.solarDistanceKm.map { "\($0) km" })
    add("altitude", summary.altitudeKm.map { "\($0) km (label)" })
    add("below craft", place)
    add("detector", summary.focalPlaneTemperature.map { "\($0) K" })
    add("methane line", summary.methaneCentreY.map { "DISTORTION_Y \($0), from the rationale" })
    add("rationale", summary.rationale)
    add("software", summary.software)
    return rows
  }

  private var kind: String {
    switch summary.format {
    case .websitePNG: "mission website, raw PNG"
    case .edr: "PDS3 EDR"
    case .rdr: "PDS3 RDR"
    }
  }

  private var frames: String {
    if let frames = summary.frames {
      let part = summary.isPartial ? ", the last one incomplete" : ""
      return "\(frames) (\(summary.framelets) framelets\(part))"
    }
    let guesses = (summary.possibleFrames ?? [:]).sorted { $0.key < $1.key }.map {
      filters, frames in
      "\(frames) if there \(filters == 1 ? "is one filter" : "are \(filters) filters")"
    }
    return "\(summary.framelets) framelets: " + guesses.joined(separator: ", ")
  }

  private var exposure: String? {
    summary.exposure.map { seconds in
      // Labels give a tenth of a millisecond.
      let milliseconds = (seconds * 10_000).rounded() / 10
      let stages = summary.tdiStages.map { $0 == 1 ? ", one TDI stage" : ", \($0) TDI stages" }
      return "\(milliseconds) ms\(stages ?? "")"
    }
  }

  private var place: String? {
    guard let latitude = summary.subSpacecraftLatitude,
      let west = summary.subSpacecraftLongitudeWest
    else { return nil }
    return "\(latitude)° planetographic, \(west)° W (label)"
  }
}
