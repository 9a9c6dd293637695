import Raster

/// A plane with holes: values and weights (1 data, 0 none; values are 0 in holes).
struct WeightedPlane: Sendable {
  var values: Plane<Float>
  var weights: Plane<Float>

  var width: Int { values.width }
  var height: Int { values.height }
}
