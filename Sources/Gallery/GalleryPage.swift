import Foundation
import Mustache
import Products

/// One page that shows a run: its combined map, every image with its view, and where all files are.
///
/// It needs nothing but the manifest and the files that it names; it loads nothing from elsewhere
/// and works from a folder, without a server and without scripts.
public struct GalleryPage: Sendable {
  let manifest: Manifest
  /// Smaller copies of pictures, by the picture's path.
  let copies: [String: [PictureCopy]]

  /// - Parameters:
  ///   - manifest: the run.
  ///   - copies: smaller copies of pictures, by the path of the picture they are of.
  public init(_ manifest: Manifest, copies: [String: [PictureCopy]] = [:]) {
    self.manifest = manifest
    self.copies = copies
  }

  /// The page as HTML. Throws `GalleryError.template` if the built-in template is faulty.
  public func html() throws(GalleryError) -> String {
    do {
      return try MustacheTemplate(string: PageTemplate.html).render(model)
    } catch {
      throw .template(reason: "\(error)")
    }
  }

  private var body: String { PageText.bodyName(manifest.target) }

  var model: PageModel {
    let heroFiles = heroProducts
    return PageModel(
      title: manifest.title, kicker: kicker, summary: summary,
      generator: "\(manifest.software.name) \(manifest.software.version)",
      credit: manifest.credit, style: PageStyle.css, script: PageScript.javaScript,
      facts: PageModel.Group(facts), hero: hero(heroFiles),
      images: manifest.images.enumerated().map {
        article($1, number: $0 + 1, hero: heroFiles)
      },
      failures: PageModel.Group(
        manifest.failures.map {
          PageModel.Failure(image: $0.image, stage: $0.stage, reason: $0.reason)
        }),
      inputs: (manifest.inputs + manifest.kernels).map {
        PageModel.Input(
          name: $0.name, size: PageText.size(bytes: $0.bytes), sha256: $0.sha256)
      })
  }

  private var kicker: String {
    let orbits = Set(manifest.images.map(\.orbit)).sorted().map(String.init)
    return orbits.isEmpty ? "JunoCam" : "JunoCam · Perijove \(PageText.list(orbits))"
  }

  private var summary: String {
    let images = manifest.images
    guard let closest = images.map(\.geometry.middle.altitudeKm).min() else {
      return "No image of \(body) could be used."
    }
    var dates: [String] = []
    for image in images {
      let date = PageText.date(image.startTime)
      if !dates.contains(date) { dates.append(date) }
    }
    let count = images.count == 1 ? "One image" : "\(images.count) images"
    let distance = images.count == 1 ? "from" : "from as close as"
    return "\(count) of \(body) taken on \(PageText.list(dates)), \(distance) "
      + "\(PageText.fixed(closest, 0)) km above the surface."
  }

  private var facts: [PageModel.Fact] {
    let points = manifest.images.map(\.geometry.middle)
    guard let altitude = points.map(\.altitudeKm).min(),
      let scale = points.map(\.groundSampleDistanceKm).min()
    else { return [] }
    var facts = [
      PageModel.Fact(term: "Images", value: "\(points.count)"),
      PageModel.Fact(
        term: "Closest altitude", value: PageText.fixed(altitude, 0), unit: "km"),
      PageModel.Fact(term: "Finest scale", value: PageText.short(scale), unit: "km/px"),
    ]
    if let coverage = heroProducts.first?.content?.coverage {
      facts.append(
        PageModel.Fact(
          term: "Of \(body) mapped", value: PageText.fixed(coverage * 100, 0), unit: "%"))
    }
    return facts
  }
}

// MARK: - Products

extension GalleryPage {
  /// All formats of the picture that leads the page: the first mosaic, else the first map.
  private var heroProducts: [ProductRecord] {
    for kind in ["mosaic", "map"] {
      if let first = manifest.products.first(where: { $0.kind == kind && isPicture($0) }) {
        return siblings(of: first)
      }
    }
    return []
  }

  private func siblings(of product: ProductRecord) -> [ProductRecord] {
    manifest.products.filter { $0.name == product.name && $0.images == product.images }
  }

  func isPicture(_ product: ProductRecord) -> Bool {
    product.format == "jpeg" || product.format == "png"
  }

  /// All pictures that the page shows.
  var shown: [ProductRecord] {
    var shown: [ProductRecord] = []
    for product in manifest.products where isPicture(product) {
      guard let best = best(of: siblings(of: product)), !shown.contains(best) else { continue }
      shown.append(best)
    }
    return shown
  }

  /// The format that a page shows: JPEG if there is one, else PNG.
  private func best(of products: [ProductRecord]) -> ProductRecord? {
    products.first { $0.format == "jpeg" } ?? products.first { $0.format == "png" }
  }

  func picture(of products: [ProductRecord], alt: String) -> PageModel.Picture? {
    guard let shown = best(of: products) else { return nil }
    let path = Self.link(shown.path)
    var sources: String?
    if let smaller = copies[shown.path], !smaller.isEmpty {
      let all = smaller.map { "\(Self.link($0.path)) \($0.width)w" } + ["\(path) \(shown.width)w"]
      sources = all.joined(separator: ", ")
    }
    return PageModel.Picture(
      path: path, width: shown.width, height: shown.height, alt: alt, sources: sources)
  }

  func files(_ products: [ProductRecord]) -> [PageModel.File] {
    products.map { product in
      let (label, meaning) =
        switch product.format {
        case "png16" where product.kind == "backplane":
          (
            "16-bit \(product.quantity ?? "backplane")",
            "what lies beside the values; the scale is in the manifest"
          )
        case "png16": ("16-bit PNG", "I/F, linear; the scale is in the manifest")
        case "geotiff": ("GeoTIFF", "I/F, linear, georeferenced")
        case "jpeg": ("JPEG", "for looking at")
        case "png": ("PNG", "for looking at, without loss")
        default: (product.format, product.format)
        }
      return PageModel.File(
        label: label, path: Self.link(product.path), size: PageText.size(bytes: product.bytes),
        title: "\(product.width) × \(product.height) pixels, \(meaning)")
    }
  }

  /// A relative path as a link: nothing in it can be taken for a scheme, a query or markup.
  static func link(_ path: String) -> String {
    var allowed = CharacterSet(
      charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    allowed.insert(charactersIn: "-._~/")
    return path.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
  }

  private func hero(_ products: [ProductRecord]) -> PageModel.Hero? {
    guard let product = products.first else { return nil }
    let alt = "Map of \(body) from \(count(product.images.count)) by JunoCam."
    guard let picture = picture(of: products, alt: alt) else { return nil }
    let marked = manifest.images
    return PageModel.Hero(
      heading: product.title, caption: mapCaption(product), picture: picture,
      files: files(products), overlay: MapOverlay(product, images: marked))
  }

  private func count(_ images: Int) -> String { images == 1 ? "one image" : "\(images) images" }

  private func mapCaption(_ product: ProductRecord) -> String {
    let projection = product.projection
    var parts: [String] = []
    if let scale = projection.pixelsPerDegree {
      let metres = projection.metresPerPixel.map {
        ", \(PageText.short($0 / 1000)) km per pixel at the equator"
      }
      parts.append(
        "\(projection.name == "simple-cylindrical" ? "Simple cylindrical" : projection.name), "
          + "\(PageText.fixed(scale, scale == scale.rounded() ? 0 : 1)) pixels per degree"
          + "\(metres ?? "").")
    }
    if let content = product.content {
      var text = "\(PageText.fixed(content.coverage * 100, 0)) % of the map is covered"
      if let gsd = content.groundSampleDistanceKm, gsd.count == 2 {
        text +=
          ", by camera pixels of \(PageText.range(PageText.short(gsd[0]), PageText.short(gsd[1]))) km"
      }
      parts.append(text + ".")
    }
    return parts.joined(separator: " ")
  }
}

// MARK: - Images

extension GalleryPage {
  private func article(_ image: ImageRecord, number: Int, hero: [ProductRecord])
    -> PageModel.Article
  {
    let own = manifest.products.filter { $0.images == [image.id] }
    var seen: [String] = []
    for product in own where !seen.contains(product.name) { seen.append(product.name) }
    let groups = seen.map { name in own.filter { $0.name == name } }
    let point = image.geometry.middle
    let place =
      "\(PageText.latitude(point.subSpacecraftLatitude)), "
      + PageText.longitudeWest(point.subSpacecraftLongitude)
    let view = groups.first { $0.first?.kind == "view" }
    let viewAlt =
      "\(body) seen from \(PageText.fixed(point.altitudeKm, 0)) km above \(place), "
      + "phase angle \(PageText.fixed(point.phaseAngle, 0))°, "
      + "\(PageText.short(point.groundSampleDistanceKm)) km per pixel."
    let maps = groups.filter { group in
      group.first?.kind == "map" && group.first?.path != hero.first?.path
    }
    return PageModel.Article(
      anchor: image.id, number: number,
      heading: image.title ?? "\(body) from \(PageText.fixed(point.altitudeKm, 0)) km",
      id: image.id, caption: caption(point, place: place), rows: GeometryTable.rows(image),
      notes: PageModel.Group(image.notes), fit: image.fitPicture.map(Self.link),
      view: view.flatMap { products in
        picture(of: products, alt: viewAlt).map {
          PageModel.View(picture: $0, files: files(products))
        }
      },
      limb: limb(groups, of: image),
      maps: maps.map { products in
        PageModel.Map(
          picture: picture(
            of: products, alt: "Map of what \(image.id) shows of \(body)."),
          caption: products.first.map(mapCaption) ?? "", files: files(products))
      })
  }

  private func caption(_ point: GeometryPoint, place: String) -> String {
    "Seen from \(PageText.fixed(point.altitudeKm, 0)) km above \(place). The Sun stands over "
      + "\(PageText.latitude(point.subSolarLatitude)), "
      + "\(PageText.longitudeWest(point.subSolarLongitude)); below the craft one pixel of the "
      + "camera covers \(PageText.short(point.groundSampleDistanceKm)) km."
  }
}
