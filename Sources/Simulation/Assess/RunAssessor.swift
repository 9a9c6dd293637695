import Foundation
import ImageFormats
import JunoCam
import Photometry
import Products
import Raster
import SpaceMath

/// Compares a run folder with the scene folder that its frames came from.
public struct RunAssessor: Sendable {
  /// The result and pictures of each product.
  public struct Outcome: Sendable {
    public var assessment: Assessment
    /// Displacements as fields of arrows (SVG), by product path.
    public var plots: [String: String]
    /// Measured less true I/F (8-bit grey PNG, ±`differenceScale` from black to white), by product
    /// path.
    public var differences: [String: [UInt8]]
  }

  /// A defect counts as detectable from this many σ of the noise on ground of I/F 0.25.
  public static let detectableSigmas = 8.0
  /// I/F at which difference pictures turn white.
  public static let differenceScale: Float = 0.05

  private let run: URL
  private let scene: URL
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
    self.scene = scene
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
    var differences: [String: [UInt8]] = [:]
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
      let result = assessor.result
      products.append(result.product)
      plots[record.path] = result.plot
      differences[record.path] = try Self.png(result.difference)
    }
    let recovery = CorrectionAssessor(model: model, manifest: manifest)
    return Outcome(
      assessment: Assessment(
        scene: name, products: products, recovered: recovery.recovered, sights: recovery.sights,
        detections: try detections()),
      plots: plots, differences: differences)
  }

  private static func png(_ difference: Plane<Float>) throws -> [UInt8] {
    let pixels = difference.samples.map { value -> UInt8 in
      value.isFinite ? UInt8(min(max(128 + 127 * value / differenceScale, 1), 255)) : 0
    }
    return try PNGWriter.bytes(
      of: RasterImage(
        width: difference.width, height: difference.height, channels: 1, samples: .u8(pixels)),
      options: PNGOptions(colourSpace: .unspecified))
  }

  /// Defects of all images that left flags and a truth.
  private func detections() throws -> [Assessment.Detection] {
    try model.description.images.indices.flatMap { index -> [Assessment.Detection] in
      let image = model.description.images[index]
      let url = scene.appendingPathComponent("truth/\(image.product)-truth.json")
      guard let record = manifest.images.first(where: { $0.id == "\(image.product)" }),
        let flags = try FlagPicture(record, in: run), let data = try? Data(contentsOf: url)
      else { return [] }
      let truth: ImageTruth
      do { truth = try JSONDecoder().decode(ImageTruth.self, from: data) } catch {
        throw SimulationError.notRead(path: url.path, reason: "it is no truth of this program")
      }
      let limits = image.filters.map { filter in
        (filter, Self.detectableSigmas * noiseDN(image: index, filter))
      }
      return DefectAssessor(
        truth: truth, flags: flags, tdiStages: image.tdiStages,
        detectable: Dictionary(uniqueKeysWithValues: limits),
        damage: try DamagePicture(truth, in: scene, filters: image.filters, noise: noiseModel)
      ).detections
    }
  }

  /// σ of one detector sample at a mid-grey I/F of 0.25, as I/F, per band; zero without noise.
  private func noise(image index: Int) -> SIMD3<Double> {
    guard model.description.camera.hasNoise else { return SIMD3(repeating: 0) }
    let radiometry = model.radiometry(image: index)
    func sigma(_ filter: Filter) -> Double {
      radiometry.iOverF(dn12: noiseDN(image: index, filter), filter)
    }
    return SIMD3(sigma(.blue), sigma(.green), sigma(.red))
  }

  /// The same in DN12, the step of the codes included.
  private func noiseDN(image index: Int, _ filter: Filter) -> Double {
    noiseModel.sigma(dn12: model.radiometry(image: index).dn12(iOverF: 0.25, filter))
  }

  private var noiseModel: NoiseModel {
    let camera = model.description.camera
    return NoiseModel(
      readNoise: camera.readNoise, electronsPerDN: camera.electronsPerDN, mode: camera.sampleBitMode
    )
  }
}
