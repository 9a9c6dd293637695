import CRasterKernels

/// The projection of one point, lane for lane as in kernels.inc.
struct FrameletProjection {
  private let f: jk_framelet

  init(_ framelet: jk_framelet) { f = framelet }

  /// Sample position and weight of a body-fixed point; nil where the framelet does not see it.
  func project(_ px: Float, _ py: Float, _ pz: Float) -> (x: Float, y: Float, weight: Float)? {
    let m = f.matrix
    let r = f.range
    var qx = row(m.0, m.1, m.2, m.3, px, py, pz)
    var qy = row(m.4, m.5, m.6, m.7, px, py, pz)
    var qz = row(m.8, m.9, m.10, m.11, px, py, pz)
    let range = ((qx * qx + qy * qy) * f.inverse_focal_squared + qz * qz).squareRoot()
    qx += row(r.0, r.1, r.2, r.3, px, py, pz) * range
    qy += row(r.4, r.5, r.6, r.7, px, py, pz) * range
    qz += row(r.8, r.9, r.10, r.11, px, py, pz) * range
    let inverseDepth = 1 / qz
    let ux = qx * inverseDepth
    let uy = qy * inverseDepth
    let r2 = ux * ux + uy * uy
    let distortion = (r2 * f.k2 + f.k1) * r2 + 1
    let cx = ux * distortion + f.centre_x
    let cy = uy * distortion + f.centre_y
    guard cx >= f.first_x, cx <= f.last_x, cy >= 0.5, cy <= f.rows - 0.5, qz > 0 else {
      return nil
    }
    let nx = px * f.inverse_radii2.0
    let ny = py * f.inverse_radii2.1
    let nz = pz * f.inverse_radii2.2
    let level: Float = px * nx + py * ny + pz * nz
    let rise: Float = nx * f.camera.0 + ny * f.camera.1 + nz * f.camera.2 - level
    let normal2: Float = nx * nx + ny * ny + nz * nz
    let least: Float = normal2 * (range * range) * f.minimum_cosine2
    let faces = rise * abs(rise) >= least || level > 1.00001
    let edge = cy < f.rows - cy ? cy : f.rows - cy
    let scaled = edge * f.inverse_feather
    let below = scaled < 1 ? scaled : 1
    let ramp: Float = below > 0 ? below : 0
    var weight: Float = ramp * ramp * (3 - 2 * ramp) + 1e-4
    if !faces { weight *= f.hidden_weight }
    guard weight > 0 else { return nil }
    return (cx - 0.5, cy - 0.5, weight)
  }

  private func row(
    _ a: Float, _ b: Float, _ c: Float, _ d: Float, _ x: Float, _ y: Float, _ z: Float
  ) -> Float { x * a + y * b + z * c + d }
}
