import SpaceMath

/// How well samples of an image agree with a matt sphere, for any spin of the camera.
struct SphereCorrelation: Sendable {
  var samples: [BrightnessSample]
  /// The body in each frame, J2000.
  var bodies: [SphereSight]
  var options: SpinAttitudeFinder.Options

  /// Correlation of picture and sphere, less what an unlikely axis or rate costs.
  func score(_ attitude: SpinAttitude) -> Double {
    // Each frame's sphere in spacecraft axes: turning a few spheres takes less than turning all samples.
    var turned = [SphereSight?](repeating: nil, count: bodies.count)
    var sums = SIMD4<Double>.zero
    var product = 0.0
    var lastFrame = -1
    var sphere = bodies[0]
    for sample in samples {
      if sample.frame != lastFrame {
        lastFrame = sample.frame
        sphere =
          turned[lastFrame]
          ?? bodies[lastFrame].turned(by: attitude.spacecraftFromJ2000(after: sample.time))
        turned[lastFrame] = sphere
      }
      let model = sphere.brightness(along: sample.direction)
      sums += SIMD4(
        model, model * model, sample.brightness, sample.brightness * sample.brightness)
      product += model * sample.brightness
    }
    let count = Double(samples.count)
    let covariance = product / count - sums.x * sums.z / (count * count)
    let modelVariance = sums.y / count - sums.x * sums.x / (count * count)
    let variance = sums.w / count - sums.z * sums.z / (count * count)
    guard modelVariance > 0, variance > 0 else { return 0 }
    let axis = attitude.deviation / options.axisSigma
    let rate = (attitude.rate - options.rate) / options.rateSigma
    let unlikely = 0.002 * (axis * axis + rate * rate)
    return covariance / (modelVariance * variance).squareRoot() - unlikely
  }
}
