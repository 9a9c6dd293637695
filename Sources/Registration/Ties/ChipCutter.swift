import JunoCam
import Raster
import SpaceMath

/// Cuts chips of textured ground out of an image, evenly over its framelets.
struct ChipCutter: Sendable {
  /// Pixels along an edge of a chip's cell (see `GroundChip.step`).
  var step = 1
  /// Columns and rows from one seed to the next, px.
  var columnSpacing = 40
  var rowSpacing = 18
  /// Chips kept of an image.
  var limit = 900
  /// Least cosines of the emission and incidence angles: oblique ground is squeezed, ground near the
  /// terminator looks different a minute later.
  var leastEmissionCosine = 0.35
  var leastSunCosine = 0.12
  /// Direction (body axes) from which a second light falls, Jupiter's on its moons, and the least cosine
  /// of its incidence: by night it is all that ground is seen by, and it stands still.
  var secondLight: Vector3?
  var leastSecondCosine = 0.12

  /// Chips in the order of frames, filters, rows and columns.
  ///
  /// - Parameters:
  ///   - index: the image's place in the adjustment
  ///   - state: geometry that tells ground from sky
  func chips(of image: RegistrationImage, index: Int, state: ImageState) -> [GroundChip] {
    let found = Parallel.map(count: image.frameCount) { frame in
      image.filters.indices.map { place in
        chips(of: image, index: index, state: state, frame: frame, place: place)
      }
    }.flatMap { $0 }
    return [GroundChip].best(limit, of: found) { $0.strength }
  }

  private func chips(
    of image: RegistrationImage, index: Int, state: ImageState, frame: Int, place: Int
  ) -> [GroundChip] {
    var result: [GroundChip] = []
    let columns = FrameletShape.photoactiveColumns
    let halfWidth = GroundChip.halfWidth * step
    let halfHeight = GroundChip.halfHeight * step
    let sight = state.sights[frame]
    let sun = image.model.poses[frame].sunPosition.normalized
    image.withFramelet(frame: frame, place: place) { samples in
      for row in stride(
        from: halfHeight, to: FrameletShape.rows - halfHeight, by: rowSpacing)
      {
        for column in stride(
          from: columns.lowerBound + halfWidth, to: columns.upperBound - halfWidth,
          by: columnSpacing)
        {
          let seed = FrameletPoint(
            image: index, frame: frame, filter: image.filters[place],
            pixel: SIMD2(Double(column) + 0.5, Double(row) + 0.5))
          guard samples[row * FrameletShape.columns + column] > 0,
            let ground = state.ground(seed), sight.emissionCosine(ground) > leastEmissionCosine,
            isLit(sight.normal(ground), sun: sun),
            let chip = GroundChip(
              image: index, frame: frame, filter: image.filters[place], column: column, row: row,
              step: step, samples: samples, noise: image.noise[place])
          else { continue }
          result.append(chip)
        }
      }
    }
    return result
  }

  private func isLit(_ normal: Vector3, sun: Vector3) -> Bool {
    if normal.dot(sun) > leastSunCosine { return true }
    guard let secondLight else { return false }
    // Between the two lies the terminator, which moves on.
    return normal.dot(sun) < 0 && normal.dot(secondLight) > leastSecondCosine
  }
}
