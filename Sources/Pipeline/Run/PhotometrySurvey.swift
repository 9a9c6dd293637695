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
    for image in images {
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
      solarDistanceKm: pose.sunPosition.norm, jobs: jobs)
    let source = try ImageSource(
      calibrated, geometry: image.geometry, id: image.id, withErrors: false, jobs: jobs)
    let grid = OutputGrid(
      map: MapSpecification(pixelsPerDegree: Self.pixelsPerDegree), body: body, radii: radii)
    let result = Warper(source: source, options: warp).warp(onto: grid.surface, jobs: jobs)
    return Sheet(
      bands: result.bands.reduce(into: [:]) { $0[$1.filter] = $1.values.samples },
      backplanes: Backplanes(grid: grid.surface, pose: pose, focalLength: 1, jobs: jobs))
  }

  private func samples(_ filter: Filter, _ sheets: [Sheet]) -> [PhotometricFit.Sample] {
    var samples: [PhotometricFit.Sample] = []
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
          samples.append(
            PhotometricFit.Sample(
              pair: pair, region: region(index), first: Double(a[index]), second: Double(b[index]),
              sigma: Self.ratioError, firstGeometry: one, secondGeometry: other))
        }
        if !isEmpty { pair += 1 }
      }
    }
    let step = max(1, (samples.count + Self.mostSamples - 1) / Self.mostSamples)
    return stride(from: 0, to: samples.count, by: step).map { samples[$0] }
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
