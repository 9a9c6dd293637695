import SpaceMath

/// The text kernels that go with a scene: numbers that the published kernels hold as facts, in our
/// own words.
enum TextKernels {
  private static func kernel(_ type: String, _ comment: String, _ assignments: [String]) -> String {
    ([
      "KPL/\(type)", "", comment, "", "\\begindata", "",
    ] + assignments + ["", "\\begintext", ""]).joined(separator: "\n")
  }

  private static func list(_ values: [Double]) -> String {
    "( " + values.map { "\($0)" }.joined(separator: " ") + " )"
  }

  /// Leap seconds up to 2017-01-01 and the constants of TDB − TDT.
  static var leapSeconds: String {
    let dates: [(Int, String)] = [
      (10, "1972-JAN-1"), (11, "1972-JUL-1"), (12, "1973-JAN-1"), (13, "1974-JAN-1"),
      (14, "1975-JAN-1"), (15, "1976-JAN-1"), (16, "1977-JAN-1"), (17, "1978-JAN-1"),
      (18, "1979-JAN-1"), (19, "1980-JAN-1"), (20, "1981-JUL-1"), (21, "1982-JUL-1"),
      (22, "1983-JUL-1"), (23, "1985-JUL-1"), (24, "1988-JAN-1"), (25, "1990-JAN-1"),
      (26, "1991-JAN-1"), (27, "1992-JUL-1"), (28, "1993-JUL-1"), (29, "1994-JUL-1"),
      (30, "1996-JAN-1"), (31, "1997-JUL-1"), (32, "1999-JAN-1"), (33, "2006-JAN-1"),
      (34, "2009-JAN-1"), (35, "2012-JUL-1"), (36, "2015-JUL-1"), (37, "2017-JAN-1"),
    ]
    let rows = dates.map { "  \($0.0), @\($0.1)" }
    return kernel(
      "LSK", "Leap seconds, TAI - UTC, and the constants of TDB - TDT.",
      [
        "DELTET/DELTA_T_A = \(SceneClock.terrestrialOffset)",
        "DELTET/K         = \(SceneClock.periodicAmplitude)",
        "DELTET/EB        = \(SceneClock.eccentricity)",
        "DELTET/M         = \(list([SceneClock.anomaly.x, SceneClock.anomaly.y]))",
        "DELTET/DELTA_AT  = (",
      ] + rows + [")"])
  }

  /// An invented correlation of the spacecraft clock, good around the scene only.
  static var clock: String {
    kernel(
      "SCLK",
      "Spacecraft clock of a SIMULATED Juno: one correlation, one count a second. Not flight data.",
      [
        "SCLK_KERNEL_ID           = ( @2015-11-06/00:00:00 )",
        "SCLK_DATA_TYPE_61        = ( 1 )",
        "SCLK01_TIME_SYSTEM_61    = ( 2 )",
        "SCLK01_N_FIELDS_61       = ( 2 )",
        "SCLK01_MODULI_61         = ( 4294967296 256 )",
        "SCLK01_OFFSETS_61        = ( 0 0 )",
        "SCLK01_OUTPUT_DELIM_61   = ( 2 )",
        "SCLK_PARTITION_START_61  = ( 0.0 )",
        "SCLK_PARTITION_END_61    = ( 1.0995116277750E+12 )",
        "SCLK01_COEFFICIENTS_61   = ( "
          + "\(SceneClock.clockCount * SceneClock.ticksPerSecond) \(SceneClock.clockTDT) 1.0",
        // The same line once more, twenty years on, so that no date in between is extrapolated.
        "                            \((SceneClock.clockCount + 631_152_000) * SceneClock.ticksPerSecond) "
          + "\(SceneClock.clockTDT + 631_152_000) 1.0 )",
      ])
  }

  /// Radii and rotation of the Jovian bodies and of the Sun.
  static var constants: String {
    var lines = [
      "BODY10_RADII = ( 696000.0 696000.0 696000.0 )",
      "BODY10_POLE_RA  = ( 286.13 0.0 0.0 )",
      "BODY10_POLE_DEC = ( 63.87 0.0 0.0 )",
      "BODY10_PM       = ( 84.176 14.1844 0.0 )",
      "BODY5_NUT_PREC_ANGLES = (",
    ]
    lines += MoonConstants.angles.map { "  \($0.x) \($0.y)" }
    lines.append(")")
    for body in [MoonConstants.jupiter, .io, .europa, .ganymede] {
      let id = body.naifID
      lines += [
        "BODY\(id)_RADII    = \(list([body.radii.x, body.radii.y, body.radii.z]))",
        "BODY\(id)_POLE_RA  = \(list([body.rightAscension.x, body.rightAscension.y, 0]))",
        "BODY\(id)_POLE_DEC = \(list([body.declination.x, body.declination.y, 0]))",
        "BODY\(id)_PM       = \(list([body.primeMeridian.x, body.primeMeridian.y, 0]))",
      ]
      for (name, terms) in [
        ("RA", body.rightAscensionTerms), ("DEC", body.declinationTerms),
        ("PM", body.primeMeridianTerms),
      ] where !terms.isEmpty {
        lines.append("BODY\(id)_NUT_PREC_\(name) = (")
        lines += terms.map { "  \($0)" }
        lines.append(")")
      }
    }
    return kernel(
      "PCK",
      "Figures and rotations of Jupiter, its three inner large moons and the Sun (IAU 2009).",
      lines)
  }

  /// Spacecraft and camera frames.
  static var frames: String {
    let axes = CameraMount.cubeAxes.map { "  \($0.x) \($0.y) \($0.z)" }
    let angles = CameraMount.cameraAngles
    return kernel(
      "FK", "Juno's bus frame and the two frames of JunoCam.",
      [
        "FRAME_JUNO_SPACECRAFT     = -61000",
        "FRAME_-61000_NAME         = 'JUNO_SPACECRAFT'",
        "FRAME_-61000_CLASS        = 3",
        "FRAME_-61000_CLASS_ID     = -61000",
        "FRAME_-61000_CENTER       = -61",
        "CK_-61000_SCLK            = -61",
        "CK_-61000_SPK             = -61",
        "FRAME_JUNO_JUNOCAM_CUBE   = -61505",
        "FRAME_-61505_NAME         = 'JUNO_JUNOCAM_CUBE'",
        "FRAME_-61505_CLASS        = 4",
        "FRAME_-61505_CLASS_ID     = -61505",
        "FRAME_-61505_CENTER       = -61",
        "TKFRAME_-61505_SPEC       = 'MATRIX'",
        "TKFRAME_-61505_RELATIVE   = 'JUNO_SPACECRAFT'",
        "TKFRAME_-61505_MATRIX     = (",
      ] + axes + [
        ")",
        "FRAME_JUNO_JUNOCAM        = -61500",
        "FRAME_-61500_NAME         = 'JUNO_JUNOCAM'",
        "FRAME_-61500_CLASS        = 4",
        "FRAME_-61500_CLASS_ID     = -61500",
        "FRAME_-61500_CENTER       = -61",
        "TKFRAME_-61500_SPEC       = 'ANGLES'",
        "TKFRAME_-61500_RELATIVE   = 'JUNO_JUNOCAM_CUBE'",
        "TKFRAME_-61500_ANGLES     = \(list([angles.x, angles.y, angles.z]))",
        "TKFRAME_-61500_AXES       = ( 3 2 1 )",
        "TKFRAME_-61500_UNITS      = 'DEGREES'",
        "NAIF_BODY_NAME           += ( 'JUNO' 'JUNO_SPACECRAFT' 'JUNO_JUNOCAM' )",
        "NAIF_BODY_CODE           += ( -61 -61000 -61500 )",
        "NAIF_BODY_NAME           += ( 'JUNO_JUNOCAM_BLUE' 'JUNO_JUNOCAM_GREEN' )",
        "NAIF_BODY_CODE           += ( -61501 -61502 )",
        "NAIF_BODY_NAME           += ( 'JUNO_JUNOCAM_RED' 'JUNO_JUNOCAM_METHANE' )",
        "NAIF_BODY_CODE           += ( -61503 -61504 )",
      ])
  }

  /// A meta-kernel whose paths are relative to its own folder.
  static func metaKernel(_ files: [String]) -> String {
    kernel(
      "MK", "All kernels of a simulated flyby; load it from its own folder.",
      ["PATH_VALUES     = ( '.' )", "PATH_SYMBOLS    = ( 'K' )", "KERNELS_TO_LOAD = ("]
        + files.map { "  '$K/\($0)'" } + [")"])
  }
}
