import JunoCam
import Raster
import SpaceMath

/// The sky around the spin axis as an image saw it, each filter by itself: cells of all framelets by
/// their azimuth and elevation, with the spin and the body's own motion taken out, so that the body
/// stands in one place however many strips cut it.
struct SpinMosaic: Sendable {
  /// rad from one column or row to the next.
  let step: Double
  /// Azimuth of column 0 at mid-image and elevation of row 0 over the equator of the spin, rad.
  let firstAzimuth: Double
  let firstElevation: Double
  let width: Int
  let height: Int
  /// [filter][row][column]; NaN where nothing was seen.
  private(set) var values: [[Float]]
  /// Mean time at which a column was seen, s after mid-image.
  private(set) var times: [Double]

  /// - Parameters:
  ///   - cells: framelets in cells
  ///   - image: times and optics
  ///   - mounting: v_camera = mounting · v_spacecraft
  ///   - bodies: the body in each frame
  ///   - nominal: the expected spin
  ///   - elevations: the part of the sky to look at, rad
  /// - Returns: nil if nothing was seen there
  init?(
    _ cells: FrameletCells, image: RegistrationImage, mounting: Matrix3, bodies: [SphereSight],
    nominal: SpinAttitude, elevations: ClosedRange<Double>
  ) {
    let cameras = image.filters.map { image.model.cameras[$0] }
    guard let focal = cameras.compactMap({ $0?.focalLength }).first else { return nil }
    let step = Double(cells.size) / focal
    self.step = step
    // Azimuth and elevation of each cell in spacecraft axes; azimuths from the boresight's, so that
    // none is cut.
    let sight = mounting.transposeTimes(Vector3(0, 0, 1))
    let boresight = Elementary.atan2(sight.y, sight.x)
    let places: [[SIMD2<Double>]] = cameras.map { camera in
      guard let camera else { return [] }
      return (0..<cells.rows * cells.columns).map { cell in
        let (x, y) = cells.centre(row: cell / cells.columns, column: cell % cells.columns)
        let d = mounting.transposeTimes(camera.direction(x: x, y: y, iterations: 5))
        let away = Elementary.atan2(
          d.y * sight.x - d.x * sight.y, d.x * sight.x + d.y * sight.y)
        return SIMD2(boresight + away, Elementary.asin(min(max(d.z, -1), 1)))
      }
    }
    let middle = bodies[bodies.count / 2]
    let base = nominal.inertial
    func angles(_ body: SphereSight) -> SIMD2<Double> {
      let v = base * body.centre
      return SIMD2(Elementary.atan2(v.y, v.x), Elementary.asin(min(max(v.z, -1), 1)))
    }
    let rest = angles(middle)
    let epoch = image.model.middleEpoch
    let offsets = bodies.enumerated().map { frame, body -> SIMD2<Double> in
      var moved = angles(body) - rest
      moved.x -= 2 * .pi * (moved.x / (2 * .pi)).rounded()
      let time = image.model.poses[frame].epochET - epoch
      return SIMD2(nominal.rate * time - moved.x, -moved.y)
    }
    let all = places.joined()
    guard let low = all.map(\.x).min(), let high = all.map(\.x).max(),
      let first = offsets.map(\.x).min(), let last = offsets.map(\.x).max()
    else { return nil }
    firstAzimuth = low + first
    width = Int((high + last - firstAzimuth) / step) + 1
    firstElevation = elevations.lowerBound
    height = Int((elevations.upperBound - firstElevation) / step) + 1
    let (width, height, firstAzimuth, firstElevation) = (
      width, height, firstAzimuth, firstElevation
    )
    values = Parallel.map(count: cells.places) { filter in
      var sums = [Float](repeating: 0, count: width * height)
      var counts = [Float](repeating: 0, count: width * height)
      for frame in 0..<image.frameCount where !places[filter].isEmpty {
        cells.withFramelet(frame: frame, place: filter) { samples in
          for (cell, place) in places[filter].enumerated() {
            let value = samples[cell]
            guard value == value else { continue }
            let at = place + offsets[frame]
            let row = Int(((at.y - firstElevation) / step + 0.5).rounded(.down))
            let column = Int(((at.x - firstAzimuth) / step + 0.5).rounded(.down))
            guard row >= 0, row < height, column >= 0, column < width else { continue }
            sums[row * width + column] += value
            counts[row * width + column] += 1
          }
        }
      }
      for index in sums.indices {
        sums[index] = counts[index] > 0 ? sums[index] / counts[index] : .nan
      }
      return sums
    }
    // A column is seen when the boresight passes over it.
    times = (0..<width).map { column in
      (firstAzimuth + Double(column) * step - boresight) / nominal.rate
    }
  }
}
