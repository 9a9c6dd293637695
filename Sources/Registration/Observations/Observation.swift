import JunoCam
import SpaceMath

/// A place in one framelet of one image of an adjustment.
public struct FrameletPoint: Hashable, Codable, Sendable {
  /// Index of the image in the adjustment.
  public var image: Int
  /// Frame, counted from 0.
  public var frame: Int
  public var filter: Filter
  /// Framelet coordinates (corner origin), px.
  public var pixel: SIMD2<Double>

  public init(image: Int, frame: Int, filter: Filter, pixel: SIMD2<Double>) {
    self.image = image
    self.frame = frame
    self.filter = filter
    self.pixel = pixel
  }
}

/// A measured point of the limb.
public struct LimbObservation: Hashable, Codable, Sendable {
  public var place: FrameletPoint
  /// Unit vector across the limb, outwards, in framelet coordinates.
  public var normal: SIMD2<Double>
  /// One sigma along the normal, px.
  public var sigma: Double

  public init(place: FrameletPoint, normal: SIMD2<Double>, sigma: Double) {
    self.place = place
    self.normal = normal
    self.sigma = sigma
  }
}

/// Uncertainty of a measured place in two directions: the inverse covariance, px⁻².
public struct PlaceInformation: Hashable, Codable, Sendable {
  public var xx: Double
  public var xy: Double
  public var yy: Double

  public init(xx: Double, xy: Double, yy: Double) {
    self.xx = xx
    self.xy = xy
    self.yy = yy
  }

  /// Equal uncertainty in all directions.
  public init(sigma: Double) {
    self.init(xx: 1 / (sigma * sigma), xy: 0, yy: 1 / (sigma * sigma))
  }

  /// The same for places whose unit is so many pixels.
  func scaled(by unit: Double) -> PlaceInformation {
    let square = unit * unit
    return PlaceInformation(xx: xx / square, xy: xy / square, yy: yy / square)
  }

  /// How well both directions are known.
  var determinant: Double { xx * yy - xy * xy }

  /// A residual in units of its own sigma: two independent numbers.
  func whiten(_ residual: SIMD2<Double>) -> SIMD2<Double> {
    let l11 = xx.squareRoot()
    let l21 = l11 > 0 ? xy / l11 : 0
    let l22 = max(yy - l21 * l21, 0).squareRoot()
    return SIMD2(l11 * residual.x + l21 * residual.y, l22 * residual.y)
  }
}

/// The same ground seen twice.
public struct TieObservation: Hashable, Codable, Sendable {
  /// Where the ground was looked up.
  public var first: FrameletPoint
  /// Where it was found again.
  public var second: FrameletPoint
  /// Of the measured place in the second framelet.
  public var information: PlaceInformation
  /// Correlation of the two patches.
  public var correlation: Double

  public init(
    first: FrameletPoint, second: FrameletPoint, information: PlaceInformation, correlation: Double
  ) {
    self.first = first
    self.second = second
    self.information = information
    self.correlation = correlation
  }
}

/// Ground of known coordinates found in a framelet.
public struct MapObservation: Hashable, Codable, Sendable {
  public var place: FrameletPoint
  /// Body-fixed point, km.
  public var ground: Vector3
  public var information: PlaceInformation
  public var correlation: Double

  public init(
    place: FrameletPoint, ground: Vector3, information: PlaceInformation, correlation: Double
  ) {
    self.place = place
    self.ground = ground
    self.information = information
    self.correlation = correlation
  }
}

/// The kinds of observation, each with its own scatter.
public enum ObservationKind: String, Codable, Sendable, CaseIterable {
  case limb
  /// Ground seen twice by one image.
  case tie
  /// Ground seen by two images.
  case link
  /// The turn about the line of sight, by belts or shading; residuals are in rad.
  case turn
  case map
}
