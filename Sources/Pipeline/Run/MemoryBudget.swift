import Cartography
import JunoCam
import Mapping
import Photometry
import SpaceMath

/// How a run keeps within its memory: how many images and pictures are in work at once, and how many
/// lines of a grid. None of it changes a product.
///
/// The sizes are those of the planes that are alive at the same time; a test of real runs beside their
/// resident memory shows what the allocator adds.
public struct MemoryBudget: Hashable, Sendable {
  /// Images in work at once.
  public var images: Int
  /// Pictures, or bands of pictures that come in such, that are made at once when all images are done.
  public var pictures: Int
  /// Bands of a grid in work at once, of each image.
  public var bandsAtOnce: Int
  /// Pixels, about, of the bands in which grids are worked on.
  public var bandPixels: Int
  /// Bytes of pictures' codes that are kept in memory until the run's tone is known.
  public var codes: Int
  /// Bytes that the run will need at most, about.
  public var bytes: Int
  /// Bytes below which the run could not work at all.
  public var least: Int

  /// The program, kernels, tables, and what the allocator keeps.
  static let base = 160 << 20
  /// Bytes per sample of an image: codes, I/F and flags, the planes of the search for hits, or the
  /// padded copy that the warp reads while it is made.
  private static let perSample = 14
  private static let smallestBand = 1 << 16
  /// More codes than these are the work of many images, beside which a scratch file costs nothing.
  private static let mostCodes = 64 << 20

  /// What one image needs, and the largest picture.
  struct Need {
    /// Samples of the largest image.
    var samples = 0
    var filters = 1
    /// The grid with the longest lines.
    var width = 0
    /// Pixels of the largest picture, and whether it is made whole.
    var picture = 0
    var isWhole = false
    /// Whether colour noise is held down, for which lines around a band are needed.
    var isCalmed = false
    var hasJPEG = false
    var hasErrors = false
    /// Lines around a band of a mosaic that its fade looks at.
    var margin = 0
    /// Bytes that a fit of photometric parameters keeps of the images.
    var survey = 0

    /// One image of which `count` bands are in work.
    func image(_ bands: LineBands, _ count: Int) -> Int {
      let pixels = bands.lines(width: width) * width
      // Values and coverage twice (as they are made), codes; four backplanes twice.
      let band = pixels * (filters * (hasErrors ? 40 : 22) + 40)
      // Weights, coverage, distances twice and faded weights.
      let fade = max(pixels, Mosaic.fadeMargins * margin * width) + 2 * margin * width
      return samples * (hasErrors ? perSample + 4 : perSample) + count
        * max(band, margin > 0 ? fade * 17 : 0)
    }

    var pictureBytes: Int {
      let reach = LimbColour.reach + (isCalmed ? ChromaCalming().reach : 0)
      let lines = max(LineBands.standard.lines(width: width), 4 * reach) + 2 * reach
      let pixels = isWhole ? picture : min(picture, lines * width)
      // Codes, bands and display codes, and what tells the limb; a sharpened picture's planes, and a
      // calmed one's; coefficients of a JPEG.
      return pixels * ((isWhole ? 134 : 54) + (isCalmed ? 70 : 0)) + (hasJPEG ? picture * 7 : 0)
    }
  }

  /// - Parameters:
  ///   - limit: bytes; nil for none.
  ///   - count: images of the run.
  init(_ need: Need, limit: Int?, jobs: Int, count: Int) {
    let wanted = max(1, min(jobs, count))
    let smallest = need.image(LineBands(pixels: Self.smallestBand), 1)
    let base = Self.base + need.survey
    least = base + max(smallest, need.pictureBytes)
    var (images, bands) = (wanted, LineBands.standard)
    let room = limit.map { $0 - base } ?? Int.max
    while images > 1, images * smallest > room { images -= 1 }
    var atOnce = max(1, jobs / images)
    while bands.pixels > Self.smallestBand, images * need.image(bands, atOnce) > room {
      bands = LineBands(pixels: bands.pixels / 2)
    }
    while atOnce > 1, images * need.image(bands, atOnce) > room { atOnce -= 1 }
    self.images = images
    bandsAtOnce = atOnce
    bandPixels = bands.pixels
    pictures = max(1, min(jobs, need.pictureBytes > 0 ? room / need.pictureBytes : jobs))
    let work = max(images * need.image(bands, atOnce), pictures * need.pictureBytes)
    codes = min(Self.mostCodes, max(room - work, 0))
    bytes = base + work + codes
  }

  var bands: LineBands { LineBands(pixels: bandPixels) }
}

extension MemoryBudget.Need {
  /// What the largest of the images and products need.
  init(
    _ images: [LocatedImage], _ specification: PipelineSpecification, body: MapBody,
    radii: Vector3
  ) {
    hasErrors = specification.products.contains(where: \.wantsErrors)
    isWhole = specification.colour.mode == .enhanced
    if specification.fitsPhotometry(images: images.count) {
      survey = min(images.count, PhotometrySurvey.mostImages) * PhotometrySurvey.bytesPerImage
    }
    for image in images {
      filters = max(filters, image.label.filters.count)
      samples = max(
        samples,
        image.label.frameCount * image.label.filters.count * FrameletShape.rows
          * FrameletShape.columns)
    }
    for product in specification.products {
      let hasPictures = product.formats.contains { !$0.isMeasurement }
      for grid in grids(of: product, images, body: body, radii: radii) {
        let (columns, lines) = (grid.surface.width, grid.surface.height)
        width = max(width, columns)
        if hasPictures { picture = max(picture, columns * lines) }
      }
      if hasPictures, product.photometry == .twoLights { isCalmed = true }
      if product.formats.contains(.jpeg) { hasJPEG = true }
      if case .mosaic = product.kind {
        margin = Int(specification.mosaic.featherPixels.rounded(.up))
      }
    }
  }

  private func grids(
    of product: ProductSpecification, _ images: [LocatedImage], body: MapBody, radii: Vector3
  ) -> [OutputGrid] {
    switch product.kind {
    case .map(let map), .mosaic(let map):
      [OutputGrid(map: map, body: body, radii: radii)]
    case .view(let view):
      images.compactMap { image in
        let poses = image.geometry.poses
        guard let camera = image.label.filters.first.flatMap({ image.geometry.cameras[$0] }),
          !poses.isEmpty
        else { return nil }
        return OutputGrid(
          view: view, pose: poses[poses.count / 2], focalLength: camera.focalLength)
      }
    case .limb: []
    }
  }
}
