extension PipelineSpecification {
  /// Whether all products show the target's ground and nothing around it, so that framelets that cannot
  /// see it need not be kept.
  var drawsTargetOnly: Bool {
    products.allSatisfy { product in
      switch product.kind {
      case .map, .mosaic: !product.wantsErrors
      case .view, .limb: false
      }
    }
  }

  /// Whether, beyond that, no step of the run looks at a sample of the other framelets.
  var usesTargetOnly: Bool {
    drawsTargetOnly && registration.mode == .none && restoration == .none && !flags
      && !calibration.alignsColours && !calibration.flatNoise
  }

  /// Whether photometric parameters are fitted to the images of a run before its products are made.
  func fitsPhotometry(images: Int) -> Bool {
    photometry.fit && images > 1 && products.contains { $0.photometry != .lit }
  }
}
