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

  var id: String { record.id }
  /// The files that it was opened from.
  var files: [URL] { [product.image] + (product.labelFile.map { [$0] } ?? []) }

  /// - Parameters:
  ///   - kernels: all kernels of the run.
  ///   - specification: the pipeline file.
  init(product: JunoCamProduct, kernels: KernelSet, specification: PipelineSpecification) throws {
    self.product = product
    label = try product.requireLabel()
    let id = label.productID.description
    let known = specification.images[id] ?? ImageOverride()
    let solver = try PoseSolver(
      kernels: kernels, target: specification.target,
      options: specification.geometry.options(for: known))
    (geometry, unknownAttitude) = try Self.geometry(
      of: label, solver: solver, mayLackAttitude: specification.registration.mode == .auto)
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
    let corrections = Self.corrections(known)
    record = ImageRecord(
      id: id, title: label.title, orbit: label.orbit, startTime: label.startTime,
      filters: label.filters.map(\.rawValue), frames: label.frameCount,
      exposureMilliseconds: Decimals.rounded(label.exposure * 1000, 4), tdiStages: label.tdiStages,
      geometry: try summary.record(), corrections: corrections,
      registration: corrections.isEmpty ? "predicted" : "given",
      model: try JSONValue(encoding: CameraRecord(geometry)), notes: notes)
  }

  /// Geometry by the kernels; without attitudes if only the CK is missing.
  private static func geometry(
    of label: ImageLabel, solver: PoseSolver, mayLackAttitude: Bool
  ) throws -> (ImageGeometry, UnknownAttitude?) {
    do {
      return (try solver.geometry(of: label), nil)
    } catch let error as SPICEError {
      guard mayLackAttitude, case .noPointing = error else { throw error }
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
