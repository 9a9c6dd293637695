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

  var id: String { record.id }

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
    geometry = try solver.geometry(of: label)
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
    let corrections = Self.corrections(known)
    record = ImageRecord(
      id: id, title: label.title, orbit: label.orbit, startTime: label.startTime,
      filters: label.filters.map(\.rawValue), frames: label.frameCount,
      exposureMilliseconds: Decimals.rounded(label.exposure * 1000, 4), tdiStages: label.tdiStages,
      geometry: try summary.record(), corrections: corrections,
      registration: corrections.isEmpty ? "predicted" : "given",
      model: try JSONValue(encoding: CameraRecord(geometry)), notes: notes)
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
