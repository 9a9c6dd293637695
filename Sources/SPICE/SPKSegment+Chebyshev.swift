import SpaceMath

extension SPKSegment {
  /// SPK types 2 and 3: the record is midpoint, radius and the coefficients of X, Y, Z (and of their
  /// velocities). Evaluated by Clenshaw's recurrence, as SPICE's chbint and chbval.
  @inline(__always)
  func chebyshevState(
    et: Double, record: Int, terms: Int, hasVelocity: Bool
  ) -> PositionVelocity {
    let radius = words[record + 1]
    let s = (et - words[record]) / radius
    let position = record + 2
    if hasVelocity {
      return (
        series(at: position, terms: terms, s: s).value,
        series(at: position + 3 * terms, terms: terms, s: s).value
      )
    }
    let (value, derivative) = series(at: position, terms: terms, s: s)
    return (value, derivative / radius)
  }

  /// Three series of `terms` coefficients at `first`, and their derivatives by `s`.
  @inline(__always)
  private func series(
    at first: Int, terms: Int, s: Double
  ) -> (value: Vector3, derivative: Vector3) {
    let s2 = 2 * s
    var w0 = Vector3.zero
    var w1 = Vector3.zero
    var d0 = Vector3.zero
    var d1 = Vector3.zero
    var term = terms - 1
    while term > 0 {
      let coefficient = coefficients(first + term, stride: terms)
      let w2 = w1
      w1 = w0
      w0 = coefficient + (w1 * s2 - w2)
      let d2 = d1
      d1 = d0
      d0 = w1 * 2 + d1 * s2 - d2
      term -= 1
    }
    let constant = coefficients(first, stride: terms)
    return (constant + (w0 * s - w1), w0 + d0 * s - d1)
  }

  @inline(__always)
  private func coefficients(_ index: Int, stride: Int) -> Vector3 {
    Vector3(words[index], words[index &+ stride], words[index &+ 2 &* stride])
  }
}
