import Almanac
import Cartography
import Foundation
import ImageFormats
import JunoCam
import Mapping
import Photometry
import Products
import Registration
import SPICE
import SpaceMath

/// A pipeline file at work.
public struct PipelineRun: Sendable {
  public let file: PipelineFile
  public let options: RunOptions

  public init(_ file: PipelineFile, options: RunOptions = RunOptions()) {
    self.file = file
    self.options = options
  }

  private var specification: PipelineSpecification { file.specification }

  /// Where products are written.
  public var output: URL {
    if let output = options.output { return URL(fileURLWithPath: output) }
    return resolve(specification.output)
  }

  private func resolve(_ path: String) -> URL {
    path.hasPrefix("/") ? URL(fileURLWithPath: path) : file.folder.appendingPathComponent(path)
  }

  /// The frames and kernels that the file names.
  ///
  /// - Throws: `PipelineError` for a pattern that names nothing.
  public func plan() throws -> RunPlan {
    let found = try FrameFinder(folder: file.folder).find(specification.frames)
    let kernels = try KernelFinder(folder: file.folder).files(specification.kernels)
    return RunPlan(
      frames: found.frames, metadata: found.metadata, kernels: kernels, output: output)
  }

  /// Does everything that the file asks for.
  ///
  /// A frame that cannot be read does not stop the others; the result names it. A frame that the
  /// kernels do not cover stops the run before it begins, unless `options.onlyCovered`. Cancelling
  /// the task ends the run within one step of each image; finished files stay, unfinished ones vanish.
  /// - Throws: `PipelineError`, `SPICEError`, `UncoveredImages` before any pixel is touched,
  ///   `NoUsableImage` if there was nothing to work on, `CancellationError`.
  public func run(report: @escaping RunReporter = { _ in }) async throws -> RunResult {
    let plan = try plan()
    let opened = try open(plan)
    let kernels = try kernels(plan, for: opened.labels)
    let target = try kernels.bodyID(specification.target)
    let radii = try kernels.radii(body: target)
    var (images, failures) = try locate(opened, kernels: kernels)
    let uncovered = failures.filter { $0.stage == .locate && $0.error is SPICEError }
    if !uncovered.isEmpty, images.isEmpty || !options.onlyCovered {
      throw UncoveredImages(failures: uncovered)
    }
    guard !images.isEmpty else { throw NoUsableImage(failures: failures) }
    failures.forEach { report(.failed($0)) }
    if specification.builtInKernels {
      KernelSources.all(images).forEach { report(.source($0)) }
    }
    let budget = try budget(images, radii: radii)
    let calibration = try specification.calibration.calibration(folder: file.folder)
    let folder = try OutputFolder(
      output, specification: specification, images: images.map(\.id), force: options.force)
    let inputs = images.flatMap(\.files) + kernels.files.map { URL(fileURLWithPath: $0.path) }
    // Beside the first steps of the images, of which decoding is the work of one thread each.
    async let hashes = InputHashes.reading(options.jobs > 1 ? inputs : [])
    do {
      var worker = try worker(
        kernels: kernels, radii: radii, calibration: calibration, images: images, folder: folder,
        budget: budget, report: report)
      report(.started(images: images.count, steps: steps(images.count)))
      worker.worker.registrar.placed = try await JointRegistration(
        specification: specification, calibration: calibration,
        registrar: worker.worker.registrar, baseMap: try baseMap(radii: radii),
        readsAhead: budget.images > 1, jobs: options.jobs
      ).results(images)
      let (outcomes, mosaics, pixelFailures) = try await process(
        images, worker: worker, budget: budget)
      failures += pixelFailures
      guard !outcomes.isEmpty else { throw NoUsableImage(failures: failures) }
      let products = try await finish(
        outcomes, mosaics: mosaics, maker: worker.worker.maker, budget: budget, report: report)
      let result = try writeManifest(
        products: products, outcomes: outcomes, failures: failures, images: images,
        kernels: kernels, hashes: await hashes, folder: folder, report: report)
      folder.removeEmpty()
      return result
    } catch {
      folder.removeEmpty()
      throw error
    }
  }

  /// One step for the calibration of each image, one for each of its products, one for the pictures.
  private func steps(_ images: Int) -> Int {
    images * (2 * specification.products.count + 1)
  }

  private func worker(
    kernels: KernelSet, radii: Vector3, calibration: Calibration, images: [LocatedImage],
    folder: OutputFolder, budget: MemoryBudget, report: @escaping RunReporter
  ) throws -> (worker: ImageWorker, mosaics: MosaicBuilder) {
    let jobs = max(1, options.jobs / budget.images)
    let body = MapBody(target: specification.target, radii: radii)
    let mosaics = try MosaicBuilder(
      specification, images: images, body: body, radii: radii, bands: budget.bands,
      folder: folder.url, jobs: options.jobs)
    let writer = ProductWriter(
      folder: folder.url, title: specification.title, credit: specification.credit,
      jpegQuality: specification.jpegQuality, overwrite: options.force, jobs: jobs)
    let maker = ProductMaker(
      specification: specification, writer: writer,
      store: try PlaneStore(in: folder.url, memory: budget.codes),
      report: report)
    let worker = ImageWorker(
      specification: specification, maker: maker, radii: radii, body: body,
      calibration: calibration, fits: try fits(images, calibration: calibration, radii: radii),
      registrar: ImageRegistrar(specification: specification, kernels: kernels),
      mosaics: mosaics.rules, bands: budget.bands,
      bandsAtOnce: budget.bandsAtOnce, jobs: jobs, report: report)
    return (worker, mosaics)
  }

  /// The photometric parameters that the images decide, where the file asks for a fit.
  private func fits(
    _ images: [LocatedImage], calibration: Calibration, radii: Vector3
  ) throws -> [Filter: PhotometryFitRecord] {
    guard specification.fitsPhotometry(images: images.count) else { return [:] }
    return try PhotometrySurvey(
      settings: specification.photometry, calibration: calibration,
      warp: specification.warp.options, body: MapBody(target: specification.target, radii: radii),
      radii: radii, jobs: options.jobs
    ).fits(images)
  }

  /// The base map that the file names.
  private func baseMap(radii: Vector3) throws -> BaseMap? {
    guard let settings = specification.registration.baseMap,
      specification.registration.mode == .auto
    else { return nil }
    return try BaseMapReader(settings: settings, radius: (radii.x + radii.y + radii.z) / 3)
      .read(resolve(settings.file))
  }

  /// How the run will keep within its memory.
  ///
  /// - Throws: as `run` before any pixel is touched, but for frames: those that cannot be read are
  ///   passed over.
  public func memory() throws -> MemoryBudget {
    let plan = try plan()
    let opened = try open(plan)
    let kernels = try kernels(plan, for: opened.labels)
    let radii = try kernels.radii(body: kernels.bodyID(specification.target))
    let images = try locate(opened, kernels: kernels).images
    return try budget(images, radii: radii)
  }

  private func budget(_ images: [LocatedImage], radii: Vector3) throws -> MemoryBudget {
    let body = MapBody(target: specification.target, radii: radii)
    let budget = MemoryBudget(
      .init(images, specification, body: body, radii: radii), limit: options.memory,
      jobs: options.jobs,
      count: images.count)
    if let limit = options.memory, budget.least > limit {
      throw PipelineError.memoryTooSmall(least: budget.least, limit: limit)
    }
    return budget
  }
}

// MARK: - Before pixels

extension PipelineRun {
  /// Frames that were opened; those that could not be are set aside.
  private struct OpenedFrames {
    var products: [(name: String, product: JunoCamProduct)] = []
    var failures: [ImageFailure] = []
    /// Names of all, excluded ones too.
    var known: Set<String> = []

    var labels: [ImageLabel] { products.compactMap { $0.product.label } }
  }

  private func open(_ plan: RunPlan) throws -> OpenedFrames {
    var opened = OpenedFrames()
    for frame in plan.frames {
      try Task.checkCancellation()
      do {
        let product = try JunoCamProduct.open(frame, metadata: plan.metadata)
        let name = product.productID?.description ?? frame.lastPathComponent
        opened.known.insert(name)
        if specification.images[name]?.exclude ?? false { continue }
        opened.products.append((name, product))
      } catch {
        opened.failures.append(
          ImageFailure(image: frame.lastPathComponent, stage: .open, error: error))
      }
    }
    return opened
  }

  /// The run's kernels, over the built-in ones where the file allows these.
  private func kernels(_ plan: RunPlan, for labels: [ImageLabel]) throws -> KernelSet {
    var layer: [KernelContents] = []
    if specification.builtInKernels {
      // A start time that cannot be read is told where its image is located.
      let epochs = labels.compactMap { try? TimeScales.builtIn.et(utc: $0.startTime) }
      layer = try Almanac.constants + Almanac.ephemeris(around: epochs)
    }
    return try KernelSet(loading: plan.kernels.map(\.path), over: layer)
  }

  /// Computes the poses of all frames, sorted by start time; those that fail are set aside.
  private func locate(_ opened: OpenedFrames, kernels: KernelSet) throws
    -> (images: [LocatedImage], failures: [ImageFailure])
  {
    var images: [LocatedImage] = []
    var failures = opened.failures
    let known = opened.known
    let labels = opened.labels
    for (name, product) in opened.products {
      try Task.checkCancellation()
      do {
        let image = try LocatedImage(
          product: product, kernels: kernels, specification: specification, labels: labels)
        if images.contains(where: { $0.id == image.id }) {
          throw PipelineError.sameImageTwice(productID: image.id)
        }
        images.append(image)
      } catch {
        failures.append(ImageFailure(image: name, stage: .locate, error: error))
      }
    }
    for productID in specification.images.keys.sorted() where !known.contains(productID) {
      throw PipelineError.unknownImage(productID: productID, known: known.sorted())
    }
    images.sort { ($0.label.startTime, $0.id) < ($1.label.startTime, $1.id) }
    return (images, failures)
  }
}

// MARK: - Pixels

extension PipelineRun {
  private enum Finished: Sendable {
    case done(index: Int, ImageWorker.Outcome)
    case failed(index: Int, ImageFailure)
  }

  /// Works on a bounded number of images at once; mosaics take them in the order of their times,
  /// whatever the order in which they are done.
  private func process(
    _ images: [LocatedImage], worker: (worker: ImageWorker, mosaics: MosaicBuilder),
    budget: MemoryBudget
  ) async throws -> ([ImageWorker.Outcome], MosaicBuilder, [ImageFailure]) {
    var mosaics = worker.mosaics
    let worker = worker.worker
    var outcomes: [ImageWorker.Outcome] = []
    var failures: [(index: Int, failure: ImageFailure)] = []
    try await withThrowingTaskGroup(of: Finished.self) { group in
      var next = 0
      var turn = 0
      var waiting: [Int: ImageWorker.Outcome?] = [:]
      // An image that is done early waits on disk, which is finite too.
      let ahead = 2 * budget.images
      var running = 0
      func start() {
        while running < budget.images, next < min(images.count, turn + ahead) {
          let index = next
          let image = images[index]
          next += 1
          running += 1
          // The last images share the threads that have no image of their own any more.
          var worker = worker
          worker.jobs = max(worker.jobs, options.jobs / min(budget.images, images.count - index))
          group.addTask { [worker] in
            do {
              return .done(index: index, try worker.process(image))
            } catch let failure as ImageFailure {
              return .failed(index: index, failure)
            }
          }
        }
      }
      start()
      while let finished = try await group.next() {
        running -= 1
        switch finished {
        case .done(let index, let outcome): waiting[index] = .some(outcome)
        case .failed(let index, let failure):
          failures.append((index, failure))
          worker.report(.failed(failure))
          waiting[index] = .some(nil)
        }
        while let outcome = waiting.removeValue(forKey: turn) {
          turn += 1
          if var outcome {
            try mosaics.add(outcome)
            outcome.parts = [:]
            outcomes.append(outcome)
          }
        }
        start()
      }
    }
    return (outcomes, mosaics, failures.sorted { $0.index < $1.index }.map(\.failure))
  }

  /// Mosaics, then the run's tone, then all pictures.
  private func finish(
    _ outcomes: [ImageWorker.Outcome], mosaics: MosaicBuilder, maker: ProductMaker,
    budget: MemoryBudget, report: RunReporter
  ) async throws -> [ProductRecord] {
    var mosaics = mosaics
    let alone = maker.using(jobs: options.jobs)
    var look = specification.colour.look(target: specification.target)
    for outcome in outcomes { look.merge(outcome.look) }
    var pending: [PendingProduct] = []
    for (place, product) in specification.products.enumerated() {
      if case .mosaic = product.kind {
        pending += try mosaics.finish(place, product, maker: alone, look: &look)
      } else {
        pending += outcomes.flatMap { $0.products[place] ?? [] }
      }
    }
    let recipe = specification.colour.recipe(look)
    let pictures = max(1, min(budget.pictures, pending.count))
    // A picture that comes in bands has as many of them in work as it has threads.
    let threads = recipe.mode == .enhanced ? options.jobs : min(options.jobs, budget.pictures)
    let sharing = maker.using(jobs: max(1, threads / pictures))
    return try await withThrowingTaskGroup(of: (Int, [ProductRecord]).self) { group in
      var next = 0
      var records: [Int: [ProductRecord]] = [:]
      func start() {
        guard next < pending.count else { return }
        let index = next
        let product = pending[index]
        next += 1
        group.addTask {
          try Task.checkCancellation()
          return (index, try sharing.finish(product, recipe: recipe))
        }
      }
      for _ in 0..<pictures { start() }
      while let (index, finished) = try await group.next() {
        records[index] = finished
        report(.step(pending[index].description.stem))
        start()
      }
      return pending.indices.flatMap { records[$0] ?? [] }
    }
  }

  private func writeManifest(
    products: [ProductRecord], outcomes: [ImageWorker.Outcome], failures: [ImageFailure],
    images: [LocatedImage], kernels: KernelSet, hashes: InputHashes, folder: OutputFolder,
    report: RunReporter
  ) throws -> RunResult {
    try Task.checkCancellation()
    let used = Set(outcomes.map(\.record.id))
    let inputs =
      images.filter { used.contains($0.id) }.flatMap(\.files)
      + specification.calibration.files(folder: file.folder)
      + (specification.registration.baseMap.map { [resolve($0.file)] } ?? [])
    let refined = try RefinedKernelWriter(
      folder: folder.url, target: kernels.bodyID(specification.target), kernels: kernels
    ).write(outcomes.compactMap(\.refined))
    var manifest = Manifest(
      title: specification.title, target: specification.target, credit: specification.credit,
      products: products, images: outcomes.map(\.record), failures: failures.map(\.record),
      inputs: try inputs.map(hashes.record),
      kernels: try kernels.files.map { try hashes.record(URL(fileURLWithPath: $0.path)) },
      parameters: try ParameterRecord(RunParameters(specification: specification)))
    manifest.refinedKernels = refined
    let bytes = try manifest.jsonBytes()
    try AtomicFile.write(
      bytes, to: folder.url.appendingPathComponent(Manifest.fileName), overwrite: options.force)
    report(.wrote(path: Manifest.fileName, bytes: bytes.count))
    return RunResult(output: folder.url, manifest: manifest, failures: failures)
  }
}
