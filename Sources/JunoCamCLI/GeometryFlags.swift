import ArgumentParser
import JunoCam
import SpaceMath
import ViewGeometry

/// The numbers of camera and timing that sources dispute, as options of a command.
struct GeometryFlags: ParsableArguments {
  @Option(
    name: .customLong("light-time"), help: "Light time and aberration: NONE, LT or LT+S.",
    transform: GeometryFlags.lightTime)
  var lightTime = LightTimeMode.lightTimeAndStellar

  @Option(
    name: .customLong("pixel-origin"),
    help: "What the kernel's pixel coordinates count from: corner or centre of the first pixel.",
    transform: GeometryFlags.pixelOrigin)
  var pixelOrigin = GeometryOptions.PixelOrigin.corner

  @Option(
    parsing: .unconditional,
    help: "Seconds added to START_TIME instead of the instrument kernel's 0.06188.")
  var startTimeBias: Double?

  @Option(
    parsing: .unconditional,
    help: "Seconds added to INTERFRAME_DELAY instead of the instrument kernel's 0.001.")
  var interframeDelta: Double?

  @Option(help: "Part of the exposure added to every epoch: 0 (kernel) or 0.5 (ISIS).")
  var exposureFraction = 0.0

  @Option(parsing: .unconditional, help: "Correction of this image's START_TIME, seconds.")
  var startTimeOffset = 0.0

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Column of the optical axis of a filter, for example RED=814.21.", valueName: "filter=x"),
    transform: FilterValue.init(parsing:))
  var centreX: [FilterValue] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Row of the optical axis of a filter, for example RED=-151.52.", valueName: "filter=y"),
    transform: FilterValue.init(parsing:))
  var centreY: [FilterValue] = []

  @Option(parsing: .unconditional, help: "Radial distortion, px^-2, instead of the kernel's.")
  var k1: Double?

  @Option(parsing: .unconditional, help: "Radial distortion, px^-4, instead of the kernel's.")
  var k2: Double?

  @Option(help: "Focal length in pixels instead of the kernel's.")
  var focalLength: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Tilt of the spin axis about the craft's x and y, degrees.", valueName: "x,y"),
    transform: { try NumberList(parsing: $0, count: 2) })
  var spinTilt: NumberList?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Turn of the camera about its own axes, degrees.", valueName: "x,y,z"),
    transform: { try NumberList(parsing: $0, count: 3) })
  var pointing: NumberList?

  @Option(
    parsing: .unconditional,
    help: "Seconds by which the craft runs ahead of its ephemeris.")
  var ephemerisTimeOffset = 0.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Displacement of the craft, J2000 km.", valueName: "x,y,z"),
    transform: { try NumberList(parsing: $0, count: 3) })
  var positionOffset: NumberList?

  func validate() throws {
    let numbers = [
      startTimeBias, interframeDelta, exposureFraction, startTimeOffset, k1, k2, focalLength,
      ephemerisTimeOffset,
    ]
    guard numbers.allSatisfy({ $0?.isFinite ?? true }), focalLength ?? 1 > 0 else {
      throw ValidationError("Options of the geometry must be finite, and a focal length positive.")
    }
  }

  /// The options that the flags stand for.
  var options: GeometryOptions {
    var options = GeometryOptions()
    options.lightTimeMode = lightTime
    options.pixelOrigin = pixelOrigin
    options.startTimeBias = startTimeBias
    options.interframeDelta = interframeDelta
    options.exposureFraction = exposureFraction
    options.startTimeOffset = startTimeOffset
    for entry in centreX { options.centreX[entry.filter] = entry.value }
    for entry in centreY { options.centreY[entry.filter] = entry.value }
    options.k1 = k1
    options.k2 = k2
    options.focalLength = focalLength
    if let tilt = spinTilt?.values {
      options.spinTilt = SIMD2(Angle.radians(tilt[0]), Angle.radians(tilt[1]))
    }
    if let turn = pointing?.values {
      options.pointing = Vector3(
        Angle.radians(turn[0]), Angle.radians(turn[1]), Angle.radians(turn[2]))
    }
    options.ephemerisTimeOffset = ephemerisTimeOffset
    if let offset = positionOffset?.values {
      options.positionOffset = Vector3(offset[0], offset[1], offset[2])
    }
    return options
  }

  @Sendable private static func lightTime(_ text: String) throws -> LightTimeMode {
    guard let mode = LightTimeMode(rawValue: text.uppercased()) else {
      throw ValidationError("'\(text)' is none of NONE, LT and LT+S.")
    }
    return mode
  }

  @Sendable private static func pixelOrigin(_ text: String) throws -> GeometryOptions.PixelOrigin {
    guard let origin = GeometryOptions.PixelOrigin(rawValue: text.lowercased()) else {
      throw ValidationError("'\(text)' is neither corner nor centre.")
    }
    return origin
  }
}
