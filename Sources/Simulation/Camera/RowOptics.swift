import JunoCam
import SpaceMath

/// Directions, in camera axes, of the sub-samples of one framelet row.
struct RowOptics: Sendable {
  /// Columns that are sampled: the photoactive ones.
  static let columns = FrameletShape.photoactiveColumns

  /// Sub-samples along each edge of a pixel.
  let samplesPerEdge: Int
  /// Direction of each pixel's centre.
  let centres: [Vector3]
  /// For every column, samplesPerEdge² directions: lines of the pixel from the top, and in each
  /// from left to right.
  let directions: [Vector3]

  /// - Parameter isNeeded: whether anything is seen along a pixel's centre; sub-samples of other
  ///   pixels are left zero.
  init(
    model: CameraModel, row: Int, samplesPerEdge: Int, isNeeded: (Vector3) -> Bool = { _ in true }
  ) {
    self.samplesPerEdge = samplesPerEdge
    var centres: [Vector3] = []
    var directions: [Vector3] = []
    centres.reserveCapacity(Self.columns.count)
    directions.reserveCapacity(Self.columns.count * samplesPerEdge * samplesPerEdge)
    let step = 1 / Double(samplesPerEdge)
    for column in Self.columns {
      let centre = model.direction(x: Double(column) + 0.5, y: Double(row) + 0.5, iterations: 7)
      centres.append(centre)
      guard isNeeded(centre) else {
        for _ in 0..<samplesPerEdge * samplesPerEdge { directions.append(Vector3(0, 0, 0)) }
        continue
      }
      for line in 0..<samplesPerEdge {
        for sample in 0..<samplesPerEdge {
          directions.append(
            model.direction(
              x: Double(column) + (Double(sample) + 0.5) * step,
              y: Double(row) + (Double(line) + 0.5) * step, iterations: 7))
        }
      }
    }
    self.centres = centres
    self.directions = directions
  }
}
