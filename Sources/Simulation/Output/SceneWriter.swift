import Foundation
import ImageFormats
import JunoCam
import PlanetaryLabels
import Raster
import SPICE
import ViewGeometry

/// Renders a scene and writes its folder: `frames/` (raw pictures and labels), `kernels/` (with a
/// meta-kernel), `truth/` and the scene file itself.
///
/// The bytes depend on the scene file alone.
public struct SceneWriter: Sendable {
  public let description: SceneDescription
  /// Name of the scene, for the meta-kernel and the ephemerides.
  public let name: String
  private let source: String
  private let folder: URL
  private let model: SceneModel

  /// Reads a scene file.
  ///
  /// - Parameter albedo: a simple-cylindrical picture that replaces the scene's own ground.
  /// - Throws: `SimulationError`.
  public init(contentsOf url: URL, albedo: String? = nil) throws(SimulationError) {
    do {
      source = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw .notRead(path: url.path, reason: error.localizedDescription)
    }
    var description = try SceneDescription(yaml: source, file: url.lastPathComponent)
    if let albedo {
      description.ground = .texture(path: URL(fileURLWithPath: albedo).path)
    }
    self.description = description
    name = url.deletingPathExtension().lastPathComponent
    folder = url.deletingLastPathComponent()
    model = try SceneModel(description)
  }

  /// Renders and writes everything.
  ///
  /// - Parameters:
  ///   - output: folder to write; made if it is missing
  ///   - overwrite: whether it may hold files already
  ///   - only: products to render; all if empty. The kernels serve the whole scene in any case.
  ///   - progress: called with the product about to be rendered
  /// - Throws: `SimulationError`, `ImageFormatError`, `CancellationError`.
  public func write(
    to output: URL, overwrite: Bool = false, only: [ProductID] = [],
    progress: (String) -> Void = { _ in }
  ) throws {
    let held = (try? FileManager.default.contentsOfDirectory(atPath: output.path)) ?? []
    guard overwrite || held.isEmpty else {
      throw SimulationError.outputExists(path: output.path)
    }
    for product in only where !description.images.contains(where: { $0.product == product }) {
      throw SimulationError.unknownProduct("\(product)", scene: name)
    }
    let indices = description.images.indices.filter {
      only.isEmpty || only.contains(description.images[$0].product)
    }
    for part in ["frames", "kernels", "truth"] {
      try make(output.appendingPathComponent(part))
    }
    try writeKernels(output.appendingPathComponent("kernels"))
    switch description.ground {
    case .io(let seed): try writeImages(IoSurface(seed: seed), output, indices, progress)
    case .plain(let seed):
      try writeImages(PlainSurface(moon: model.moon, seed: seed), output, indices, progress)
    case .texture(let path):
      let url = URL(fileURLWithPath: path, relativeTo: folder)
      try writeImages(
        try TextureSurface(contentsOf: url, moon: model.moon), output, indices, progress)
    }
    try put(source, output.appendingPathComponent("\(name).yaml"))
  }

  private func make(_ url: URL) throws(SimulationError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .notWritten(path: url.path, reason: error.localizedDescription)
    }
  }

  private func put(_ text: String, _ url: URL) throws {
    try AtomicFile.write(Array(text.utf8), to: url)
  }

  private func writeKernels(_ folder: URL) throws {
    let texts = [
      ("leapseconds.tls", TextKernels.leapSeconds), ("clock.tsc", TextKernels.clock),
      ("bodies.tpc", TextKernels.constants), ("frames.tf", TextKernels.frames),
      ("junocam.ti", InstrumentKernel.text),
    ]
    for (file, text) in texts { try put(text, folder.appendingPathComponent(file)) }
    let kernels = DynamicKernels(model: model)
    do {
      try AtomicFile.write(try kernels.spk(), to: folder.appendingPathComponent("\(name).bsp"))
      try AtomicFile.write(try kernels.ck(), to: folder.appendingPathComponent("\(name).bc"))
    } catch let error as SPICEError {
      throw SimulationError.notMade(what: "kernels of \(name)", reason: "\(error)")
    }
    try put(
      TextKernels.metaKernel(texts.map(\.0) + ["\(name).bsp", "\(name).bc"]),
      folder.appendingPathComponent("\(name).tm"))
  }

  private func writeImages<Surface: MoonSurface>(
    _ surface: Surface, _ output: URL, _ indices: [Int], _ progress: (String) -> Void
  ) throws {
    for index in indices {
      try Task.checkCancellation()
      let product = "\(description.images[index].product)"
      progress(product)
      let renderer = ImageRenderer(model: model, surface: surface, index: index)
      let result = renderer.render()
      let label = LabelMaker(model: model, index: index)
      let frames = output.appendingPathComponent("frames")
      try write(result.codes, to: frames.appendingPathComponent(label.fileName))
      try put(
        try JSONWriter.text(label.entries),
        frames.appendingPathComponent("\(product)-Metadata.json"))
      if description.output.archive {
        try writeArchive(label, codes: result.codes, index: index, frames)
      }
      try writeTruth(renderer, result: result, output.appendingPathComponent("truth"))
    }
  }

  private func write(_ codes: Plane<UInt8>, to url: URL) throws {
    let raster = try RasterImage(
      width: codes.width, height: codes.height, channels: 1, samples: .u8(codes.samples))
    try PNGWriter.write(raster, to: url)
  }

  private func writeArchive(
    _ label: LabelMaker, codes: Plane<UInt8>, index: Int, _ folder: URL
  ) throws {
    let pair = ArchivePair(
      maker: label, codes: codes, radiometry: model.radiometry(image: index))
    let filters = description.images[index].filters
    for kind in [ProductID.Kind.edr, .rdr] {
      let bytes =
        kind == .edr
        ? pair.rawBytes
        : pair.calibratedBytes(filters: filters, mode: description.camera.sampleBitMode)
      let name = "\(label.product.sibling(kind))"
      try AtomicFile.write(bytes, to: folder.appendingPathComponent("\(name).IMG"))
      try put(
        try pair.label(kind, image: bytes), folder.appendingPathComponent("\(name).LBL"))
    }
  }

  private func writeTruth<Surface: MoonSurface>(
    _ renderer: ImageRenderer<Surface>, result: ImageRenderer<Surface>.Result, _ folder: URL
  ) throws {
    let product = "\(description.images[renderer.index].product)"
    var files: [String: String] = [:]
    if description.output.truthPlanes {
      let planes = TruthPlanes(renderer: renderer, exposures: result.exposures)
      for (name, values) in [
        ("latitude", planes.latitude), ("longitude", planes.longitude), ("iOverF", planes.iOverF),
      ] {
        let file = "\(product)-\(name).f32"
        try AtomicFile.write(TruthPlanes.bytes(values), to: folder.appendingPathComponent(file))
        files[name] = file
      }
    }
    let truth = ImageTruth(model: model, index: renderer.index, result: result, planes: files)
    try write(result.sound, to: folder.appendingPathComponent(truth.sound))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let data = try encoder.encode(truth)
    try AtomicFile.write(
      Array(data), to: folder.appendingPathComponent("\(product)-truth.json"))
  }
}
