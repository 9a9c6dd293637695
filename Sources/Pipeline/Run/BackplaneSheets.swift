import JunoCam
import Mapping
import Photometry
import Products
import Raster
import SpaceMath

/// The codes of what lies beside a product.
struct BackplaneSheets {
  let errors: WarpErrors?
  let backplanes: Backplanes?
  let filters: [Filter]

  /// [line][sample][band] on the kind's own scale; nil where nobody worked it out.
  func codes(_ kind: BackplaneKind) -> [UInt16]? {
    switch kind {
    case .quality: return flags
    case .sigma:
      guard let errors else { return nil }
      return kind.scale.codes(filters.compactMap { errors[$0]?.sigma })
    case .incidence: return backplanes.map { kind.scale.codes([degrees($0.incidence)]) }
    case .emission: return backplanes.map { kind.scale.codes([degrees($0.emission)]) }
    case .phase: return backplanes.map { kind.scale.codes([degrees($0.phase)]) }
    case .groundSampleDistance:
      return backplanes.map { kind.scale.codes([$0.groundSampleDistance]) }
    }
  }

  /// One code for each pixel, on the scale of `sigma`: the root mean square of its bands' standard
  /// deviations; nil where nobody worked them out.
  var noise: [UInt16]? {
    guard let errors else { return nil }
    let planes = filters.compactMap { errors[$0]?.sigma }
    guard let first = planes.first, planes.count == filters.count else { return nil }
    let mean = 1 / Float(planes.count)
    let rms = first.samples.indices.map { index in
      planes.reduce(Float(0)) { $0 + $1.samples[index] * $1.samples[index] * mean }.squareRoot()
    }
    return BackplaneKind.sigma.scale.codes([
      Plane(width: first.width, height: first.height, samples: rms)
    ])
  }

  private var flags: [UInt16]? {
    guard let errors else { return nil }
    let planes = filters.compactMap { errors[$0]?.flags.samples }
    guard let first = planes.first else { return nil }
    return first.indices.flatMap { index in planes.map { $0[index] } }
  }

  private func degrees(_ plane: Plane<Float>) -> Plane<Float> {
    let scale = Float(Angle.degreesPerRadian)
    return Plane(
      width: plane.width, height: plane.height, samples: plane.samples.map { $0 * scale })
  }
}
