import PlanetaryLabels

extension ImageLabel {
  /// Reads what the pipeline needs from a label file.
  ///
  /// - Parameters:
  ///   - label: a PDS3 label or the website's metadata.
  ///   - warnings: receives a sentence for every value that had to be guessed or looks wrong.
  /// - Throws: `LabelError` for a missing or unusable keyword, `JunoCamError` for an identifier,
  ///   filter or companding table that the camera does not have.
  public init(reading label: ProductLabel, warnings: inout [String]) throws {
    let identifier = try label.productID
    guard let productID = ProductID(identifier) else {
      throw JunoCamError.badIdentifier(label: label.source, found: identifier)
    }
    let exposure = try label.exposureMilliseconds / 1000
    var mode = SampleBitMode.squareRoot
    if let name = try label.sampleBitModeID {
      guard let known = SampleBitMode(rawValue: name) else {
        throw JunoCamError.badBitMode(label: label.source, found: name)
      }
      mode = known
    } else if productID.kind == .edr {
      warnings.append("SAMPLE_BIT_MODE_ID is missing; SQROOT, the normal table, is assumed.")
    }
    let stages = try label.tdiStages
    if stages == nil {
      warnings.append("JNO:TDI_STAGES_COUNT is missing; one stage per 3.2 ms is assumed.")
    }
    self.init(
      productID: productID, target: try label.targetName ?? "JUPITER",
      startTime: try label.startTime.text, filters: try Self.filters(label),
      lines: try label.lines, exposure: exposure,
      tdiStages: stages ?? Self.stages(exposure: exposure),
      interframeDelay: try label.interframeDelaySeconds, sampleBitMode: mode)
    if try label.targetName == nil {
      warnings.append("TARGET_NAME is missing; JUPITER is assumed.")
    }
    lineSamples = try label.lineSamples
    sampleBits = try label.sampleBits
    samplingFactor = try label.samplingFactor ?? 1
    orbit = try label.orbitNumber ?? productID.orbit
    stopTime = try label.stopTime?.text
    clockStart = try label.clockStartCount
    solarDistanceKm = try label.solarDistanceKm
    altitudeKm = try label.spacecraftAltitudeKm
    subSpacecraftLatitude = try label.subSpacecraftLatitudeDegrees
    subSpacecraftLongitudeWest = try label.subSpacecraftWestLongitudeDegrees
    focalPlaneTemperature = try label.focalPlaneTemperatureKelvin
    missionPhase = try label.missionPhaseName
    compression = try label.compressionType
    rationale = try label.rationale
    title = try label.title
    software = try label.optionalText("SOFTWARE_NAME")
    imageMD5 = try label.md5Checksum
    methaneCentreY = rationale.flatMap(Self.movedCentreY)
    warnAboutKnownFaults(&warnings)
  }

  private static func filters(_ label: ProductLabel) throws -> [Filter] {
    let names = try label.filterNames
    let filters = names.compactMap(Filter.init(rawValue:))
    guard filters.count == names.count, Set(filters).count == filters.count else {
      throw JunoCamError.badFilters(label: label.source, found: names)
    }
    return filters
  }

  /// TDI stages of an exposure where the label does not give them: 3.2 ms each.
  private static func stages(exposure: Double) -> Int {
    max(1, Int(min(1024, (exposure / 0.0032).rounded())))
  }

  /// The number behind `INS-61504_DISTORTION_Y =` in a rationale.
  static func movedCentreY(_ rationale: String) -> Double? {
    let text = rationale.filter { !$0.isWhitespace }
    guard let place = text.range(of: "INS-61504_DISTORTION_Y=") else { return nil }
    let number = text[place.upperBound...].prefix { $0.isNumber || $0 == "." || $0 == "-" }
    let trimmed = number.hasSuffix(".") ? number.dropLast() : number
    return Double(trimmed).flatMap { abs($0) < 1e5 ? $0 : nil }
  }

  private func warnAboutKnownFaults(_ warnings: inout [String]) {
    if productID.kind == .rdr, software?.hasSuffix("JUNOMAKEPDS.PY 0.4") == true {
      warnings.append(
        "This RDR was made by JUNOMAKEPDS.PY 0.4, which decompanded with a wrong table "
          + "(ERRATA B.1). Use a later version of the product or its EDR.")
    }
    if orbit == 56 {
      warnings.append(
        "Perijove 56: the detector was damaged; black level and noise rose during the pass.")
    }
    if orbit >= 73 {
      warnings.append("From perijove 73 on many images have no usable content (ERRATA).")
    }
    if isPartial {
      warnings.append(
        "Partial product: \(lines) lines are no whole number of frames; "
          + "the missing part of the last one is flagged.")
    }
  }
}
