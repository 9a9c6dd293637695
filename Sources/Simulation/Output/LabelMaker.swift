import JunoCam
import PlanetaryLabels
import SpaceMath

/// The metadata of one simulated image, with the 49 keys of the mission website's files.
struct LabelMaker: Sendable {
  let model: SceneModel
  let index: Int

  private var image: SceneDescription.Image { model.description.images[index] }
  private var timing: ImageTiming { model.timings[index] }

  var product: ProductID { image.product }

  /// Value of a keyword.
  func value(_ keyword: String) -> LabelValue? { entries.first { $0.keyword == keyword }?.value }

  var lines: Int { image.frames * image.filters.count * FrameletShape.rows }
  var fileName: String { "\(image.product)-raw.png" }

  /// Keys in the website's order.
  var entries: [LabelEntry] {
    let clock = SceneClock.ticks(et: SceneClock.et(utcMilliseconds: timing.start.milliseconds))
    let ticks = Int(clock.rounded(.down))
    let geometry = middleGeometry
    let orbit = image.product.orbit
    func entry(_ key: String, _ value: LabelValue) -> LabelEntry { LabelEntry(key, value) }
    return [
      entry("COMPRESSION_TYPE", .text("INTEGER COSINE TRANSFORM")),
      entry("DATA_SET_ID", .text("JUNO-J-JUNOCAM-2-EDR-L0-V1.0")),
      entry("DESCRIPTION", .text("SIMULATED image, not flight data")),
      entry(
        "EXPOSURE_DURATION", .real(3.2 * Double(image.tdiStages), decimals: 6, unit: "ms")),
      entry("FILE_NAME", .text(fileName)),
      entry("FILE_RECORDS", .integer(lines)),
      entry("FILTER_NAME", .words(image.filters.map(\.rawValue))),
      entry("FOCAL_PLANE_TEMPERATURE", .real(262.0, decimals: 1, unit: "K")),
      entry("IMAGE_TIME", .time(timing.start.text)),
      entry("INSTRUMENT_HOST_NAME", .text("JUNO")),
      entry("INSTRUMENT_ID", .text("JNC")),
      entry("INSTRUMENT_NAME", .text("JUNO EPO CAMERA")),
      entry("INTERFRAME_DELAY", .real(image.interframeDelay, decimals: 3, unit: "s")),
      entry("JNO:TDI_STAGES_COUNT", .integer(image.tdiStages)),
      entry("LINES", .integer(lines)),
      entry("LINE_PREFIX_BYTES", .integer(0)),
      entry("LINE_SAMPLES", .integer(FrameletShape.columns)),
      entry("LINE_SUFFIX_BYTES", .integer(0)),
      entry("MISSION_PHASE_NAME", .text("PERIJOVE \(orbit)")),
      entry("ORBIT_NUMBER", .integer(orbit)),
      entry("PJ", .text("\(orbit)")),
      entry("PROCESSING_LEVEL_ID", .integer(2)),
      entry("PRODUCER_ID", .text("JUNOCAM_SIMULATOR")),
      entry("PRODUCT_CREATION_TIME", .time(String(timing.stop.text.prefix(19)))),
      entry("PRODUCT_ID", .text("\(image.product)")),
      entry("PRODUCT_VERSION_ID", .integer(image.product.version)),
      entry("RATIONALE_DESC", .text("Simulated \(model.moon.name) imaging")),
      entry("RECORD_BYTES", .integer(FrameletShape.columns)),
      entry("SAMPLE_BITS", .integer(8)),
      entry("SAMPLE_BIT_MASK", .text("2#11111111#")),
      entry("SAMPLE_BIT_MODE_ID", .text(model.description.camera.sampleBitMode.rawValue)),
      entry("SAMPLE_TYPE", .text("UNSIGNED_INTEGER")),
      entry("SAMPLING_FACTOR", .integer(1)),
      entry("SEQUENCE_ID", .text("jm\(orbit)")),
      entry("SOFTWARE_NAME", .text("JUNOCAM SIMULATE 1")),
      entry("SOLAR_DISTANCE", .real(model.solarDistanceKm, text: solarDistance, unit: "km")),
      entry("SOURCE_PRODUCT_ID", .text("SIMULATED")),
      entry("SPACECRAFT_ALTITUDE", .real(geometry.altitude, decimals: 1, unit: "km")),
      entry(
        "SPACECRAFT_CLOCK_START_COUNT", .text("\(ticks / 256):\(ticks % 256)")),
      entry("SPACECRAFT_CLOCK_STOP_COUNT", .text("N/A")),
      entry("SPACECRAFT_NAME", .text("JUNO")),
      entry("STANDARD_DATA_PRODUCT_ID", .text("JUNOCAM-EDR")),
      entry("START_TIME", .time(timing.start.text)),
      entry("STOP_TIME", .time(timing.stop.text)),
      entry("SUB_SPACECRAFT_LATITUDE", .text(decimals(geometry.latitude))),
      entry("SUB_SPACECRAFT_LONGITUDE", .text(decimals(geometry.westLongitude))),
      entry("TARGET_NAME", .text(model.moon.name)),
      entry("TITLE", .text(image.title)),
      entry("TOKEN_ID", .words([])),
    ]
  }

  /// `7.4545e+08`, as labels print it.
  private var solarDistance: String {
    var mantissa = model.solarDistanceKm
    var exponent = 0
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    let digits = Int((mantissa * 10_000).rounded())
    return "\(digits / 10_000).\(CivilTime.padded(digits % 10_000, 4))e+"
      + CivilTime.padded(exponent, 2)
  }

  private func decimals(_ value: Double) -> String {
    let scaled = Int((abs(value) * 10_000).rounded())
    let sign = value < 0 ? "-" : ""
    return "\(sign)\(scaled / 10_000).\(CivilTime.padded(scaled % 10_000, 4))"
  }

  /// Altitude above the ellipsoid and the nearest point of it, in the middle between the label's start
  /// and stop; latitude planetographic, longitude west, degrees, as labels have them.
  private var middleGeometry: (altitude: Double, latitude: Double, westLongitude: Double) {
    let et =
      0.5
      * (SceneClock.et(utcMilliseconds: timing.start.milliseconds)
        + SceneClock.et(utcMilliseconds: timing.stop.milliseconds))
    let body = model.moon.bodyFromJ2000(et: et)
    let craft = body * model.predicted.flyby.craftFromMoon(et).position
    let ellipsoid = TriaxialEllipsoid(radii: model.moon.radii)
    let (below, altitude) = ellipsoid.nearestPoint(to: craft)
    let graphic = ellipsoid.planetographicLatitude(fromPlanetocentric: below.latitude)
    return (
      altitude, Angle.degrees(graphic),
      (360 - Angle.degrees(below.longitude)).truncatingRemainder(dividingBy: 360)
    )
  }
}
