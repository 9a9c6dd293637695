import Cartography
import JunoCam
import Mapping
import Photometry
import Raster
import SpaceMath

/// Fits the photometric parameter of each band to the ground that several images of a run saw, on a
/// coarse map of each image, before any product is made.
struct PhotometrySurvey {
  var settings: PhotometrySettings
  var calibration: Calibration
  var warp: WarpOptions
  var body: MapBody
  var radii: Vector3
  var jobs: Int

  private static let pixelsPerDegree = 1.0
  /// Larger angles are left to the products' fades.
  private static let largestIncidence = Float(78 * Double.pi / 180)
  private static let largestEmission = Float(70 * Double.pi / 180)
  /// Relative error of a ratio of two looks on the coarse map (registration, relief).
  private static let ratioError = 0.05
  private static let mostSamples = 6000
  /// Most images that are looked at, taken evenly from the run's: more decide no better.
  static let mostImages = 48
  /// What is kept of an image until the fit: four bands and three angles.
  static let bytesPerImage = Int(360 * 180 * pixelsPerDegree * pixelsPerDegree) * 7 * 4
  /// Error of L, k and mean slope (radians) that no scatter shows: rough ground as a whole follows none of
  /// the models. On rendered rough ground L comes out 0.007 to 0.010 above and k 0.006 to 0.010 below that
  /// of its facets, on smooth ground neither.
  private static let modelError = 0.008
  /// Edge of the parts of the ground whose errors are taken to be independent.
  private static let regionDegrees = 15.0

  private struct Sheet {
    var bands: [Filter: [Float]]
    var backplanes: Backplanes
  }

  /// What the images decide; a band that they do not decide is left out.
  ///
  /// An image that cannot be read is passed over here: the run itself names it.
  func fits(_ images: [LocatedImage]) throws -> [Filter: PhotometryFitRecord] {
    guard let range = settings.fittedRange else { return [:] }
    var sheets: [Sheet] = []
    let count = min(images.count, Self.mostImages)
    for image in (0..<count).map({ images[$0 * images.count / count] }) {
      try Task.checkCancellation()
      if let sheet = try? sheet(image) { sheets.append(sheet) }
    }
    var fits: [Filter: PhotometryFitRecord] = [:]
    for filter in Filter.allCases {
      let samples = samples(filter, sheets)
      let fit = PhotometricFit(samples: samples, range: range) { parameter in
        settings.bandModel(filter, phaseRad: 0, fitted: parameter)
      }
      guard let fit else { continue }
      fits[filter] = PhotometryFitRecord(
        parameter: Decimals.rounded(fit.parameter, 6),
        sigma: Decimals.rounded(
          (fit.sigma * fit.sigma + Self.modelError * Self.modelError).squareRoot(), 6),
        phaseSlope: Decimals.rounded(fit.phaseSlope, 6), scatter: Decimals.rounded(fit.scatter, 6),
        looks: fit.count)
    }
    return fits
  }

  private func sheet(_ image: LocatedImage) throws -> Sheet {
    let pose = image.geometry.poses[image.geometry.poses.count / 2]
    let calibrated = try calibration.calibrate(
      image.product.decode(jobs: jobs), geometry: image.geometry,
      solarDistanceKm: pose.sunPosition.norm, targetOnly: true, jobs: jobs)
    let source = try ImageSource(
      calibrated, geometry: image.geometry, id: image.id, withErrors: false, targetOnly: true,
      jobs: jobs)
    let grid = OutputGrid(
      map: MapSpecification(pixelsPerDegree: Self.pixelsPerDegree), body: body, radii: radii)
    let result = Warper(source: source, options: warp).warp(onto: grid.surface, jobs: jobs)
    var backplanes = Backplanes(grid: grid.surface, pose: pose, focalLength: 1, jobs: jobs)
    backplanes.groundSampleDistance = Plane(width: 0, height: 0, samples: [])
    return Sheet(
      bands: result.bands.reduce(into: [:]) { $0[$1.filter] = $1.values.samples },
      backplanes: backplanes)
  }

  /// Some of the places that two images saw, evenly taken: pairs grow with the square of the images, and
  /// with them what would have to be held at once.
  private func samples(_ filter: Filter, _ sheets: [Sheet]) -> [PhotometricFit.Sample] {
    var count = 0
    forEachPlace(filter, sheets) { _, _, _, _, _ in count += 1 }
    let step = max(1, (count + Self.mostSamples - 1) / Self.mostSamples)
    var samples: [PhotometricFit.Sample] = []
    var place = 0
    forEachPlace(filter, sheets) { pair, index, values, one, other in
      defer { place += 1 }
      guard place % step == 0 else { return }
      samples.append(
        PhotometricFit.Sample(
          pair: pair, region: region(index), first: Double(values.0), second: Double(values.1),
          sigma: Self.ratioError, firstGeometry: one, secondGeometry: other))
    }
    return samples
  }

  /// Calls `body` for every place that both images of a pair saw well lit and from above: the pair's
  /// number, the place in the sheets, I/F and light in both.
  private func forEachPlace(
    _ filter: Filter, _ sheets: [Sheet],
    _ body: (
      _ pair: Int, _ index: Int, _ values: (Float, Float), _ first: LightingGeometry,
      _ second: LightingGeometry
    ) -> Void
  ) {
    var pair = 0
    for first in sheets.indices {
      for second in sheets.indices where second > first {
        guard let a = sheets[first].bands[filter], let b = sheets[second].bands[filter] else {
          continue
        }
        var isEmpty = true
        for index in a.indices where a[index] > 0.02 && b[index] > 0.02 {
          guard let one = lighting(sheets[first].backplanes, index),
            let other = lighting(sheets[second].backplanes, index)
          else { continue }
          isEmpty = false
          body(pair, index, (a[index], b[index]), one, other)
        }
        if !isEmpty { pair += 1 }
      }
    }
  }

  /// Which part of the ground a pixel belongs to.
  private func region(_ index: Int) -> Int {
    let width = Int((360 * Self.pixelsPerDegree).rounded())
    let side = Int((Self.regionDegrees * Self.pixelsPerDegree).rounded())
    return index / width / side * width + index % width / side
  }

  private func lighting(_ backplanes: Backplanes, _ index: Int) -> LightingGeometry? {
    guard backplanes.incidence.samples[index] < Self.largestIncidence,
      backplanes.emission.samples[index] < Self.largestEmission
    else { return nil }
    return backplanes.lighting(at: index)
  }
}
