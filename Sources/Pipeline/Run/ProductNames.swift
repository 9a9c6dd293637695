import Products

/// Paths and words of products.
enum ProductNames {
  /// Folder of a kind of product in the run folder.
  static func folder(_ product: ProductSpecification) -> String {
    switch product.kind {
    case .view: "views"
    case .limb: "limbs"
    case .map, .mosaic: "maps"
    }
  }

  /// Path of a product of one image, or (nil) of all images together, without its ending.
  static func stem(_ product: ProductSpecification, image: String?) -> String {
    "\(folder(product))/\(image.map { "\($0)-" } ?? "")\(product.name)"
  }

  /// Folder of what registration leaves: pictures of fits and refined kernels.
  static let corrections = "corrections"

  /// Path of the picture of an image's fit.
  static func fitPicture(image: String) -> String { "\(corrections)/\(image)-fit.svg" }

  /// Paths of the refined attitude and ephemeris of a run.
  static let refinedAttitude = "\(corrections)/attitude.bc"
  static let refinedPosition = "\(corrections)/position.bsp"

  static func title(
    _ product: ProductSpecification, _ specification: PipelineSpecification, image: ImageRecord?
  ) -> String {
    let body =
      specification.target.prefix(1).uppercased() + specification.target.dropFirst().lowercased()
    switch (product.kind, image) {
    case (.view, let image?): return "View of \(body), \(image.id)"
    case (.limb, let image?): return "Limb of \(body), \(image.id)"
    case (_, let image?): return "Map of \(body), \(image.id)"
    default: return "Combined map of \(body)"
    }
  }

  /// What a file says of its images.
  static func text(_ specification: PipelineSpecification, images: [ImageRecord]) -> String {
    let lines = images.map { image in
      let place = image.geometry.middle
      return "\(image.id), \(place.utc) UTC, from \(place.altitudeKm) km above "
        + "\(place.subSpacecraftLatitude) N, \(place.subSpacecraftLongitude) E (planetocentric, "
        + "degrees)"
    }
    return "\(specification.target) by JunoCam on Juno. " + lines.joined(separator: "; ")
  }
}
