import JunoCam

/// How much memory an image needs while it is in work, to bound how many may be at once.
enum MemoryEstimate {
  /// Bytes: framelets at all their stages, and the planes of the largest map with backplanes.
  static func bytes(_ image: LocatedImage, _ specification: PipelineSpecification) -> Int {
    let filters = image.label.filters.count
    let samples = image.label.frameCount * filters * FrameletShape.rows * FrameletShape.columns
    // Code, flags, mask, I/F and the padded copy that the warp reads.
    let framelets = samples * 12
    let pixels = specification.products.map { product -> Int in
      switch product.kind {
      case .map(let map), .mosaic(let map): return Int(map.pixels)
      case .view(let view):
        return view.size.map { $0[0] * $0[1] } ?? 2048 * 2048
      case .limb: return LimbSpecification.plannedPixels
      }
    }
    // Values, weights and codes of each band, and four backplanes.
    // Variances of the samples; sigma and flags of each band.
    let hasErrors = specification.products.contains(where: \.wantsErrors)
    return framelets + (hasErrors ? samples * 4 : 0)
      + (pixels.max() ?? 0) * (filters * (hasErrors ? 20 : 10) + 16)
  }
}
