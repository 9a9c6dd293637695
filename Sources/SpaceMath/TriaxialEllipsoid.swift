/// An ellipsoid centred at the origin with its axes along the coordinate axes, in km.
///
/// The figures of PCK kernels: longitudes are planetocentric, positive east.
public struct TriaxialEllipsoid: Hashable, Codable, Sendable {
  /// Semi-axes a, b, c along x, y, z, km, all positive.
  public var radii: Vector3

  /// From the semi-axes, km.
  @inlinable
  public init(radii: Vector3) {
    self.radii = radii
  }

  /// A sphere of one radius, km.
  @inlinable
  public init(radius: Double) {
    radii = Vector3(repeating: radius)
  }

  /// Outward unit normal at a point of the surface (SPICE's surfnm); also the direction of the
  /// gradient at any other point.
  @inlinable
  public func normal(at point: Vector3) -> Vector3 {
    let least = min(radii.x, min(radii.y, radii.z))
    let ratio = Vector3(repeating: least) / radii
    return (point * ratio * ratio).normalized
  }

  /// Distance of the surface from the centre along a direction (any length but zero), km.
  @inlinable
  public func radius(along direction: Vector3) -> Double {
    direction.norm / (direction / radii).norm
  }

  /// The surface point along a direction from the centre, km.
  @inlinable
  public func surfacePoint(along direction: Vector3) -> Vector3 {
    direction / (direction / radii).norm
  }

  /// The surface point at planetocentric longitude (east) and latitude in radians (SPICE's latsrf).
  @inlinable
  public func surfacePoint(longitude: Double, latitude: Double) -> Vector3 {
    surfacePoint(along: Vector3.direction(longitude: longitude, latitude: latitude))
  }

  /// Where a ray first meets the surface (SPICE's surfpt), km; from inside, where it leaves. Nil if
  /// it misses or points away. The direction may have any length.
  ///
  /// The foot of the perpendicular from the centre is found first and cleaned of what the observer's
  /// distance left along the ray, so that far observers and grazing rays lose no digits.
  @inlinable
  public func intercept(origin: Vector3, direction: Vector3) -> Vector3? {
    let start = origin / radii
    let along = (direction / radii).normalized
    let distance = start.dot(along)
    var foot = start - along * distance
    foot -= along * foot.dot(along)
    let room = 1 - foot.dot(foot)
    guard room >= 0 else { return nil }
    let half = room.squareRoot()
    let isInside = start.dot(start) < 1
    if !isInside, distance > 0 { return nil }
    return (foot + along * (isInside ? half : -half)) * radii
  }

  /// Where the infinite line through a point touches an ellipsoid similar to this one, km: the point
  /// of the line with the least radius in units of the surface's. For a line that misses it lies
  /// near the geometrically nearest point and is found without iteration; on the surface the two
  /// meet.
  @inlinable
  public func touchingPoint(ofLineThrough origin: Vector3, direction: Vector3) -> Vector3 {
    let start = origin / radii
    let along = (direction / radii).normalized
    return (start - along * start.dot(along)) * radii
  }

  /// The surface point nearest to a point, and that point's height above the surface along the
  /// normal, km, negative inside (SPICE's nearpt).
  ///
  /// With λ the Lagrange multiplier, Σ (rᵢ pᵢ / (rᵢ² + λ))² = 1 has one root above −min r²; the
  /// sum is convex there, so Newton's iteration climbs to it from below without overshooting.
  public func nearestPoint(to point: Vector3) -> (point: Vector3, altitude: Double) {
    let scale = max(radii.x, max(radii.y, radii.z))
    let e = radii / scale
    let p = Vector3(point.x.magnitude, point.y.magnitude, point.z.magnitude) / scale
    let square = e * e
    let q = e * p
    let leastSquare = min(square.x, min(square.y, square.z))
    let nearest: Vector3
    if let lambda = Self.multiplier(q: q, square: square) {
      nearest = p * square / (square + Vector3(repeating: lambda))
    } else {
      nearest = Self.nearestOnMedialPlane(p: p, e: e, leastSquare: leastSquare)
    }
    let signed = Vector3(
      point.x < 0 ? -nearest.x : nearest.x, point.y < 0 ? -nearest.y : nearest.y,
      point.z < 0 ? -nearest.z : nearest.z)
    let surface = surfacePoint(along: signed)
    let gap = point - surface
    let isInside = (point / radii).dot(point / radii) < 1
    return (surface, isInside ? -gap.norm : gap.norm)
  }

  /// The root λ > −min r² for which the nearest point satisfies the surface's equation; nil where
  /// there is none because the point lies too near the centre in the plane of the longer axes.
  private static func multiplier(q: Vector3, square: Vector3) -> Double? {
    let floor = -min(square.x, min(square.y, square.z))
    // Coordinates that vanish beside the radius would only make 0/0 of the term.
    let counts = (0..<3).filter { q[$0] - square[$0] > -square[$0] }
    var sumAtFloor = 0.0
    for i in counts {
      let ratio = q[i] / (square[i] + floor)
      sumAtFloor += ratio * ratio
    }
    guard sumAtFloor > 1 else { return nil }
    var lambda = max(q.norm - 1, floor)
    for i in counts { lambda = max(lambda, q[i] - square[i]) }
    for _ in 0..<200 {
      var value = -1.0
      var slope = 0.0
      for i in counts {
        let ratio = q[i] / (square[i] + lambda)
        value += ratio * ratio
        slope -= 2 * ratio * ratio / (square[i] + lambda)
      }
      let next = lambda - value / slope
      guard value > 0, next > lambda else { break }
      lambda = next
    }
    return lambda
  }

  /// Nearest point when the coordinate along the shortest axis is zero and the point lies inside
  /// the surface's focal region: the multiplier is then −min r² itself.
  private static func nearestOnMedialPlane(p: Vector3, e: Vector3, leastSquare: Double) -> Vector3 {
    var nearest = Vector3.zero
    var rest = 1.0
    var free = 0
    for i in 0..<3 {
      let gap = e[i] * e[i] - leastSquare
      if gap > 0 {
        nearest[i] = e[i] * e[i] * p[i] / gap
        rest -= (nearest[i] / e[i]) * (nearest[i] / e[i])
      } else {
        free = i
      }
    }
    nearest[free] = e[free] * max(rest, 0).squareRoot()
    return nearest
  }
}
