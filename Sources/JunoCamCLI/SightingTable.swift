import JunoCam
import Products

/// What one pixel sees, as lines for people.
struct SightingTable {
  var record: SightingRecord

  var text: String {
    let rows = rows
    let width = rows.map(\.0.count).max() ?? 0
    let heading =
      "\(record.filter.rawValue), frame \(record.frame), pixel "
      + "\(fixed(record.x, 3)), \(fixed(record.y, 3))"
    let lines = rows.map { term, value in
      "  " + term + String(repeating: " ", count: width - term.count + 2) + value
    }
    return ([heading] + lines).joined(separator: "\n")
  }

  private var rows: [(String, String)] {
    var rows: [(String, String)] = []
    func add(_ term: String, _ value: Double?, _ decimals: Int, _ unit: String) {
      if let value { rows.append((term, fixed(value, decimals) + unit)) }
    }
    add("latitude", record.latitude, 5, "° planetocentric")
    add("longitude", record.longitudeEast, 5, "° E")
    add("", record.longitudeWest, 5, "° W")
    add("radius", record.radiusKm, 3, " km")
    add("range", record.rangeKm, 3, " km")
    add("incidence", record.incidence, 4, "°")
    add("emission", record.emission, 4, "°")
    add("phase", record.phase, 4, "°")
    add("sample", record.groundSampleKm, 4, " km/px")
    add("solar time", record.localSolarTime, 3, " h local")
    if let passes = record.passes {
      rows.append(("target", "missed"))
      add("passes at", passes.altitudeKm, 3, " km above the ground")
      add("", passes.latitude, 5, "° planetocentric")
      add("", passes.longitudeEast, 5, "° E")
      add("", passes.rangeKm, 3, " km from the camera")
    } else if record.latitude == nil {
      rows.append(("target", "missed; the ray points away from it"))
    }
    add("right asc.", record.rightAscension, 5, "° J2000")
    add("declination", record.declination, 5, "°")
    add("line", record.line, 3, " of the raw image")
    rows.append(("UTC", record.utc))
    add("ET", record.et, 6, " s")
    if let sclk = record.sclk { rows.append(("SCLK", sclk)) }
    return rows
  }

  private func fixed(_ value: Double, _ decimals: Int) -> String {
    FixedNumber.text(value, decimals)
  }
}
