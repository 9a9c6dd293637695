import Foundation
import JunoCam
import Products
import SPICE

/// A frame that was opened and whose camera poses are known; no pixel has been touched yet.
struct LocatedImage: Sendable {
  var product: JunoCamProduct
  var label: ImageLabel
  var geometry: ImageGeometry
  /// Jupiter over the target, where a product wants its light.
  var jupiter: JupiterLight?
  var record: ImageRecord
  /// How the camera was turned, where no CK says so: the poses' attitudes are then of no use until
  /// one was found in the picture.
  var unknownAttitude: UnknownAttitude?
  /// The craft's path, where labels say it and no SPK.
  var labelledPath: CraftMotion?
  /// What carried the attitude to frames that the CKs leave out.
  var bridge: SpinBridge?
  /// What its geometry rests on, one sentence each, where built-in numbers may be among it.
  var sources: [String] = []
  /// Which kernels place it, and how far they are to be trusted.
  var trust: KernelTrust

  var id: String { record.id }
  /// The files that it was opened from.
  var files: [URL] { [product.image] + (product.labelFile.map { [$0] } ?? []) }

  /// - Parameters:
  ///   - kernels: all kernels of the run.
  ///   - specification: the pipeline file.
  ///   - labels: of all images of the run.
  init(
    product: JunoCamProduct, kernels: KernelSet, specification: PipelineSpecification,
    labels: [ImageLabel]
  ) throws {
    self.product = product
    label = try product.requireLabel()
    let id = label.productID.description
    let known = specification.images[id] ?? ImageOverride()
    var solver = try PoseSolver(
      kernels: kernels, target: specification.target,
      options: specification.geometry.options(for: known))
    let place = try Self.place(label, solver: solver, specification: specification)
    solver.craft = try place.map { place in
      try solver.motion(
        place, others: labels.compactMap { try? solver.position(of: $0) },
        sigma: specification.geometry.labelPositionSigma)
    }
    labelledPath = solver.craft
    solver.bridge = try solver.spinBridge(of: label)
    bridge = solver.bridge
    (geometry, unknownAttitude) = try Self.geometry(
      of: label, solver: solver, mayLackAttitude: specification.registration.mode == .auto)
    trust = KernelTrust(
      kernels: kernels, et: geometry.poses[geometry.poses.count / 2].epochET,
      stated: specification.registration.priors)
    if specification.products.contains(where: { $0.photometry == .twoLights }) {
      jupiter = JupiterLight(
        kernels: kernels, pose: geometry.poses[geometry.poses.count / 2],
        target: try kernels.bodyID(specification.target))
    }
    let summary = GeometrySummary(geometry: geometry, kernels: kernels)
    var notes = product.warnings
    if label.target != specification.target {
      notes.append("The label's target is \(label.target), not \(specification.target).")
    }
    if unknownAttitude != nil {
      notes.append("No CK covers this image; its attitude is solved from limb and overlaps.")
    }
    if let bridge { notes.append("\(bridge.remark).") }
    if let place, let path = labelledPath {
      notes.append(Self.note(label, place: place, path: path))
    }
    if specification.builtInKernels,
      let middle = geometry.poses.dropFirst(geometry.poses.count / 2).first
    {
      sources =
        KernelSources(
          kernels: kernels, target: solver.targetID, et: middle.epochET,
          constantsSource: geometry.constantsSource, day: KernelDate(utc: label.startTime),
          hasLabelledPath: labelledPath != nil, hasUnknownAttitude: unknownAttitude != nil
        ).lines
      notes += sources
    }
    let corrections = Self.corrections(known)
    record = ImageRecord(
      id: id, title: label.title, orbit: label.orbit, startTime: label.startTime,
      filters: label.filters.map(\.rawValue), frames: label.frameCount,
      exposureMilliseconds: Decimals.rounded(label.exposure * 1000, 4), tdiStages: label.tdiStages,
      geometry: try summary.record(), corrections: corrections,
      registration: corrections.isEmpty ? "predicted" : "given",
      model: try JSONValue(encoding: CameraRecord(geometry)), notes: notes)
  }

  /// The craft's place by the label, where the pipeline file wants it.
  private static func place(
    _ label: ImageLabel, solver: PoseSolver, specification: PipelineSpecification
  ) throws -> LabelPosition? {
    switch specification.geometry.position {
    case .ephemeris: return nil
    case .auto: if try solver.coversCraft(label) { return nil }
    case .label: break
    }
    guard specification.registration.mode == .auto else {
      throw PipelineError.unfittedLabelPosition(productID: label.productID.description)
    }
    guard let place = try solver.position(of: label) else {
      throw PipelineError.noLabelPosition(
        productID: label.productID.description, target: specification.target)
    }
    return place
  }

  private static func note(_ label: ImageLabel, place: LabelPosition, path: CraftMotion) -> String {
    let altitude = label.altitudeKm ?? 0
    let latitude = label.subSpacecraftLatitude ?? 0
    let longitude = label.subSpacecraftLongitudeWest ?? 0
    let source =
      path.velocity == .zero
      ? "Its velocity is solved for from nothing"
      : "Its velocity is that from here to the next label, "
        + "\(Decimals.rounded(path.velocity.norm, 2)) km/s, and is solved for"
    return "The craft's place is the label's: \(altitude) km over latitude \(latitude)° "
      + "(planetographic), longitude \(longitude)° W at mid-image; one sigma is "
      + "\(Decimals.rounded(path.alongSigma, 3)) km along its track and "
      + "\(Decimals.rounded(path.acrossSigma, 3)) km across, of which rounding makes "
      + "\(Decimals.rounded(place.roundingSigma, 3)) km. \(source), with one sigma of "
      + "\(Decimals.rounded(path.velocitySigma, 2)) km/s in each direction."
  }

  /// Geometry by the kernels; without attitudes if only the CK is missing.
  private static func geometry(
    of label: ImageLabel, solver: PoseSolver, mayLackAttitude: Bool
  ) throws -> (ImageGeometry, UnknownAttitude?) {
    do {
      return (try solver.geometry(of: label), nil)
    } catch let error as SPICEError {
      guard mayLackAttitude, lacksAttitude(error, kernels: solver.kernels) else { throw error }
      let geometry = try solver.geometry(of: label, isPointed: false)
      guard let middle = geometry.poses.dropFirst(geometry.poses.count / 2).first else {
        throw error
      }
      return (
        geometry,
        UnknownAttitude(
          mounting: solver.cameraFromSpacecraft,
          expectedAxis: try solver.expectedSpinAxis(et: middle.epochET))
      )
    }
  }

  /// Whether an error says that no CK has the attitude. Without any CK it does not matter that no
  /// clock is there to date one.
  private static func lacksAttitude(_ error: SPICEError, kernels: KernelSet) -> Bool {
    switch error {
    case .noPointing: true
    case .missingVariable(let name, _):
      name == "SCLK_DATA_TYPE_61" && kernels.ckInstruments.isEmpty
    default: false
    }
  }

  /// The geometry and the record under the corrections that registration found.
  mutating func adopt(_ geometry: ImageGeometry, kernels: KernelSet) throws {
    self.geometry = geometry
    record.geometry = try GeometrySummary(geometry: geometry, kernels: kernels).record()
    record.model = try JSONValue(encoding: CameraRecord(geometry))
  }

  private static func corrections(_ known: ImageOverride) -> [CorrectionRecord] {
    var corrections: [CorrectionRecord] = []
    func add(_ name: String, _ value: Double, _ sigma: Double?, _ unit: String) {
      guard value != 0 else { return }
      corrections.append(
        CorrectionRecord(name: name, value: value, sigma: sigma, unit: unit, source: "given"))
    }
    add("startTimeOffset", known.startTimeOffset, known.startTimeOffsetSigma, "s")
    add("ephemerisTimeOffset", known.ephemerisTimeOffset, nil, "s")
    for (axis, angle) in zip(["X", "Y", "Z"], known.pointing) {
      add("pointing\(axis)", angle, nil, "deg")
    }
    for (axis, offset) in zip(["X", "Y", "Z"], known.positionOffset) {
      add("positionOffset\(axis)", offset, nil, "km")
    }
    return corrections
  }

  /// The geometry of an image without its poses, which follow from kernels and the rest.
  private struct CameraRecord: Encodable {
    var timing: FrameTiming
    var cameras: [String: CameraModel]
    var options: GeometryOptions
    var constantsSource: String

    init(_ geometry: ImageGeometry) {
      timing = geometry.timing
      cameras = Dictionary(
        uniqueKeysWithValues: geometry.cameras.map { ($0.key.rawValue, $0.value) })
      options = geometry.options
      constantsSource = geometry.constantsSource
    }
  }
}

/// Rounds numbers of a manifest to the decimals that mean something.
enum Decimals {
  static func rounded(_ value: Double, _ decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}
