import JunoCam
import Products
import Restoration

/// What a manifest says of one image's way to I/F: the calibration's numbers, under `flatNoise` the
/// noise of flat patches beside what photons let expect, under `colourShifts` how far the colours lie
/// off one another and which were moved, and under `hits` the search for particle hits, where the pipeline
/// file wants them.
struct CalibrationRecord {
  var calibration: CalibrationSummary
  var flatNoise: FlatPatchNoise?
  var colourShifts: ColourAlignment.Summary?
  var hits: HitSummary?

  func value() throws -> JSONValue {
    let value = try JSONValue(encoding: calibration)
    guard case .object(var fields) = value else { return value }
    if let flatNoise { fields["flatNoise"] = try JSONValue(encoding: flatNoise.levels) }
    if let colourShifts { fields["colourShifts"] = try JSONValue(encoding: colourShifts) }
    if let hits { fields["hits"] = try JSONValue(encoding: hits) }
    return .object(fields)
  }
}
