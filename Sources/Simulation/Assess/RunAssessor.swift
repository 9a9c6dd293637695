import Foundation
import ImageFormats
import JunoCam
import Photometry
import Products
import Raster
import SpaceMath

/// Compares a run folder with the scene folder that its frames came from.
public struct RunAssessor: Sendable {
  /// The result and a plot (SVG) per product.
  public struct Outcome: Sendable {
    public var assessment: Assessment
    /// By product path.
    public var plots: [String: String]
  }

  private let run: URL
  private let manifest: Manifest
  private let model: SceneModel
  private let name: String
  private let surface: any MoonSurface
  private let truth: IoSurface?

  /// - Parameters:
  ///   - run: folder with `manifest.json`
  ///   - scene: folder that `junocam simulate` wrote
  ///   - albedo: the picture that the scene was rendered with, if one was given
  /// - Throws: `ProductsError`, `SimulationError`, `ImageFormatError`.
  public init(run: URL, scene: URL, albedo: String? = nil) throws {
    self.run = run
    manifest = try Manifest(contentsOf: run.appendingPathComponent(Manifest.fileName))
    let files = (try? FileManager.default.contentsOfDirectory(atPath: scene.path)) ?? []
    guard let file = files.sorted().first(where: { $0.hasSuffix(".yaml") }) else {
      throw SimulationError.notRead(
        path: scene.path, reason: "it holds no scene file, so it is no folder of junocam simulate")
    }
    name = String(file.dropLast(5))
    var description = try SceneDescription(contentsOf: scene.appendingPathComponent(file))
    if let albedo { description.ground = .texture(path: URL(fileURLWithPath: albedo).path) }
    model = try SceneModel(description)
    switch description.ground {
    case .io(let seed):
      let io = IoSurface(seed: seed)
      surface = io
      truth = io
    case .plain(let seed):
      surface = PlainSurface(moon: model.moon, seed: seed)
      truth = nil
    case .texture(let path):
      surface = try TextureSurface(
        contentsOf: URL(fileURLWithPath: path, relativeTo: scene), moon: model.moon)
      truth = nil
    }
  }

  /// Compares every measurement (png16) that shows only images of the scene.
  public func assess(progress: (String) -> Void = { _ in }) throws -> Outcome {
    let known = model.description.images.map { "\($0.product)" }
    var products: [Assessment.Product] = []
    var plots: [String: String] = [:]
    for record in manifest.products
    where record.scale != nil && record.quantity == nil && record.photometry == nil
      && record.format == "png16"
    {
      let indices = record.images.compactMap { known.firstIndex(of: $0) }
      guard indices.count == record.images.count, !indices.isEmpty,
        let grid = ProductGrid(record, moon: model.moon)
      else { continue }
      progress(record.path)
      let picture = try MeasuredPicture(record, in: run)
      let assessor = ProductAssessor(
        record: record, picture: picture, grid: grid,
        reference: ReferencePicture(
          grid: grid, width: record.width, height: record.height, model: model, images: indices,
          surface: surface, truth: truth),
        noise: noise(image: indices[0]))
      products.append(assessor.result)
      plots[record.path] = assessor.plot
    }
    return Outcome(
      assessment: Assessment(scene: name, products: products, recovered: recovered), plots: plots)
  }

  /// σ of one detector sample at a mid-grey I/F of 0.25, as I/F, per band.
  private func noise(image index: Int) -> SIMD3<Double> {
    let radiometry = model.radiometry(image: index)
    let camera = model.description.camera
    guard camera.hasNoise else { return SIMD3(repeating: 0) }
    func sigma(_ filter: Filter) -> Double {
      let level = radiometry.dn12(iOverF: 0.25, filter)
      let noise = NoiseModel(
        readNoise: camera.readNoise, electronsPerDN: camera.electronsPerDN,
        mode: camera.sampleBitMode)
      return radiometry.iOverF(dn12: noise.sigma(dn12: level), filter)
    }
    return SIMD3(sigma(.blue), sigma(.green), sigma(.red))
  }

  /// Corrections of the manifest beside the truth.
  private var recovered: [Assessment.Recovered] {
    var result: [Assessment.Recovered] = []
    for (index, image) in model.description.images.enumerated() {
      guard let record = manifest.images.first(where: { $0.id == "\(image.product)" }) else {
        continue
      }
      let frames = model.exposureET(image: index)
      let pointing = model.actual.pointingError(at: frames[frames.count / 2])
      let values: [String: Double] = [
        "startTimeOffset": image.startTimeError / 1000,
        "ephemerisTimeOffset": model.actual.deviation.timeAhead,
        "pointingX": pointing.x, "pointingY": pointing.y, "pointingZ": pointing.z,
      ]
      for (name, truth) in values.sorted(by: { $0.key < $1.key }) {
        let correction = record.corrections.first { $0.name == name }
        guard correction != nil || truth != 0 else { continue }
        result.append(
          Assessment.Recovered(
            image: record.id, name: name, unit: name.hasSuffix("Offset") ? "s" : "rad",
            recovered: correction?.value ?? 0, truth: truth, sigma: correction?.sigma))
      }
    }
    return result
  }
}
