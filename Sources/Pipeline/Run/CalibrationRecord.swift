import JunoCam
import Products
import Restoration

/// What a manifest says of one image's way to I/F: the calibration's numbers and, under `hits`,
/// those of the search for particle hits where there was one.
struct CalibrationRecord {
  var calibration: CalibrationSummary
  var hits: HitSummary?

  func value() throws -> JSONValue {
    let value = try JSONValue(encoding: calibration)
    guard let hits, case .object(var fields) = value else { return value }
    fields["hits"] = try JSONValue(encoding: hits)
    return .object(fields)
  }
}
