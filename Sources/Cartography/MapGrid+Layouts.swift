import SpaceMath

extension MapGrid {
  /// A simple cylindrical map.
  ///
  /// - Parameters:
  ///   - longitudes: east longitudes of the left and right edges, degrees; the right one is larger,
  ///     by at most 360.
  ///   - latitudes: planetocentric latitudes of the lower and upper edges, degrees.
  ///
  /// The projection's centre is 180 if the map lies in 0...360, else 0 if it lies in −180...180 (for
  /// these there are IAU codes), else the middle of the map. Sizes that are no whole number of
  /// pixels are rounded up, to the right and downwards.
  public static func simpleCylindrical(
    body: MapBody, pixelsPerDegree: Double, longitudes: ClosedRange<Double> = 0...360,
    latitudes: ClosedRange<Double> = -90...90
  ) -> MapGrid {
    let left = longitudes.lowerBound
    let right = longitudes.upperBound
    let centre: Double =
      left >= 0 && right <= 360 ? 180 : (left >= -180 && right <= 180 ? 0 : 0.5 * (left + right))
    return MapGrid(
      body: body,
      projection: MapProjection(.simpleCylindrical, centreLongitudeDegrees: centre),
      width: wholePixels((right - left) * pixelsPerDegree),
      height: wholePixels((latitudes.upperBound - latitudes.lowerBound) * pixelsPerDegree),
      pixelsPerDegree: pixelsPerDegree,
      upperLeft: SIMD2(Angle.radians(left - centre), Angle.radians(latitudes.upperBound)))
  }

  /// A map of everything that a projection shows about its centre, in the smallest rectangle that
  /// holds it: the globe for the sinusoidal and Mollweide projections, a disc of the given radius for
  /// the azimuthal ones, the globe between ± the given latitude for Mercator.
  ///
  /// - Parameter reachDegrees: largest distance from the centre (azimuthal) or latitude (Mercator),
  ///   degrees; the default is 90, for Mercator 80.
  public static func whole(
    _ projection: MapProjection, body: MapBody, pixelsPerDegree: Double,
    reachDegrees: Double? = nil
  ) -> MapGrid {
    let half = halfExtent(of: projection, reachDegrees: reachDegrees)
    let perRadius = pixelsPerDegree * Angle.degreesPerRadian
    // An even number of pixels keeps the centre on a pixel corner.
    let width = 2 * wholePixels(half.x * perRadius)
    let height = 2 * wholePixels(half.y * perRadius)
    let corner = SIMD2(-Double(width), Double(height)) * (0.5 / perRadius)
    return MapGrid(
      body: body, projection: projection, width: width, height: height,
      pixelsPerDegree: pixelsPerDegree, upperLeft: corner)
  }

  /// Half the width and height of what a projection shows, radii.
  private static func halfExtent(
    of projection: MapProjection, reachDegrees: Double?
  ) -> SIMD2<Double> {
    let reach = Angle.radians(reachDegrees ?? (projection.kind == .mercator ? 80 : 90))
    switch projection.kind {
    case .simpleCylindrical, .sinusoidal: return SIMD2(.pi, .pi / 2)
    case .mollweide: return SIMD2(2 * 2.0.squareRoot(), 2.0.squareRoot())
    case .mercator:
      return SIMD2(
        .pi, projection.project(longitude: 0, latitude: min(reach, 1.5707))?.y ?? .pi)
    case .orthographic: return SIMD2(repeating: Elementary.sin(min(reach, .pi / 2)))
    case .lambertAzimuthal:
      return SIMD2(repeating: 2 * Elementary.sin(0.5 * min(reach, .pi)))
    case .northPolar, .southPolar:
      return SIMD2(repeating: 2 * Elementary.tan(0.5 * min(reach, 3.1)))
    }
  }

  /// The least number of pixels that holds a size; a rounding error above a whole number is none.
  private static func wholePixels(_ size: Double) -> Int {
    max(1, Int((size - 1e-6).rounded(.up)))
  }
}
