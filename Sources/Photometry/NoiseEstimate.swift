import Raster

/// Noise of a picture from the picture itself.
enum NoiseEstimate {
  /// Sigma of pixel-to-pixel noise: the median magnitude of the Laplacian's response
  /// [1 −2 1; −2 4 −2; 1 −2 1] (Immerkær 1996, Computer Vision and Image Understanding 64), which
  /// gradients and most edges do not excite, over what a Gaussian would give (6 × 0.6745).
  ///
  /// At most about 40 000 places are looked at. 0 for a picture without nine data pixels together.
  static func sigma(of plane: WeightedPlane) -> Float {
    let (width, height) = (plane.width, plane.height)
    guard width > 2, height > 2 else { return 0 }
    let stride = max(1, Int((Double(width) * Double(height) / 40_000).squareRoot()))
    let (v, w) = (plane.values.samples, plane.weights.samples)
    var responses: [Float] = []
    for line in Swift.stride(from: 1, to: height - 1, by: stride) {
      for sample in Swift.stride(from: 1, to: width - 1, by: stride) {
        let above = (line - 1) * width + sample
        let here = above + width
        let below = here + width
        let valid =
          w[above - 1] * w[above] * w[above + 1] * w[here - 1] * w[here] * w[here + 1]
          * w[below - 1] * w[below] * w[below + 1]
        guard valid > 0 else { continue }
        let corners = v[above - 1] + v[above + 1] + v[below - 1] + v[below + 1]
        let sides = v[above] + v[below] + v[here - 1] + v[here + 1]
        responses.append(abs(corners - 2 * sides + 4 * v[here]))
      }
    }
    guard !responses.isEmpty else { return 0 }
    responses.sort()
    return responses[responses.count / 2] / (6 * 0.6745)
  }
}
