import JunoCam
import SpaceMath

/// Finds what a base map shows in an image.
///
/// Map and image are lit in different ways: each patch is compared without its plane, whatever its
/// contrast, and bright and dark may have changed places; patches that agree in neither way are left
/// out.
struct MapTieFinder: Sendable {
  /// Whole pixels of the image by which the prediction may err.
  var search = 5
  var leastCorrelation = 0.6
  var greatestRatio = 4.0
  /// Latitude, degrees, beyond which the map's columns run together.
  var greatestLatitude = 80.0
  /// Points kept, the best determined ones.
  var limit = 1500

  /// How many pixels of an image make one of the map, 1 to 4: the step of the chips.
  ///
  /// - Parameter state: the image's geometry
  func step(on map: BaseMap, state: ImageState) -> Int {
    let sight = state.sights[state.sights.count / 2]
    let range = sight.cameraInBody.norm - sight.radii.x
    let focalLength = state.cameras[Filter.green.ordinal].focalLength
    let pixel = max(range, 1) / focalLength
    return min(max(Int((map.kilometresPerPixel(radius: sight.radii.x) / pixel).rounded()), 1), 4)
  }

  /// - Parameters:
  ///   - chips: of the image
  ///   - state: the geometry that predicts what they show
  func points(of chips: [GroundChip], on map: BaseMap, state: ImageState) -> [MapObservation] {
    chips.finds(
      PatchMatcher(
        grid: GroundChip.grid, search: search, leastCorrelation: leastCorrelation,
        allowsReversal: true)
    ) { point($0, on: map, state: state, matcher: &$1) }
    .best(limit) { $0.information.determinant }
  }

  private func point(
    _ chip: GroundChip, on map: BaseMap, state: ImageState, matcher: inout PatchMatcher
  ) -> MapObservation? {
    // Pixels of the chip are cells of the image.
    guard let ground = state.patch(chip.seed, step: Double(chip.step)),
      Angle.degrees(ground[4].latitude).magnitude < greatestLatitude
    else { return nil }
    var level = 0
    while true {
      guard let warp = warp(ground, on: map, level: level),
        let scale = warp.scale(greatestRatio: greatestRatio * Double(1 << level))
      else { return nil }
      if scale > 1.4, level + 1 < map.levelCount {
        level += 1
        continue
      }
      guard warp.scale(greatestRatio: greatestRatio) != nil else { return nil }
      let template = chip.blurred(scale: scale)
      guard
        matcher.setTemplate(noiseVariance: template.variance, { template.value($0, $1) }),
        let match = matcher.match(in: map.surface(level: level), warp: warp)
      else { return nil }
      let direction = map.direction(
        at: warp.place(match.offset.x, match.offset.y), level: level)
      let radii = state.sights[chip.seed.frame].radii
      return MapObservation(
        place: chip.seed, ground: direction / (direction / radii).norm,
        information: match.information.scaled(by: Double(chip.step)),
        correlation: match.correlation)
    }
  }

  /// The map's place of a patch.
  private func warp(_ ground: [Vector3], on map: BaseMap, level: Int) -> PatchWarp? {
    let places = ground.compactMap { map.place(of: $0, level: level) }
    guard places.count == ground.count else { return nil }
    let width = map.width(level: level)
    let middle = places[4].x
    return PatchWarp(
      places.map { place in
        // The shorter way round.
        var place = place
        if place.x - middle > 0.5 * width { place.x -= width }
        if place.x - middle < -0.5 * width { place.x += width }
        return place
      })
  }
}
