import SpaceMath

/// Finds the features that reach a direction: the faces of a cube around the body are cut into
/// square cells, and each cell lists, in painting order, the features whose reach touches it.
struct FeatureIndex: Sendable {
  private static let cellsPerEdge = 48
  /// Cells along the edge of the blocks that are searched first.
  private static let cellsPerBlock = 8
  let features: [SurfaceFeature]
  /// Lists of feature numbers, one after the other, and where each cell's list starts.
  private let entries: [UInt16]
  private let starts: [Int32]

  /// - Parameters:
  ///   - features: in painting order; at most 65 535.
  ///   - radiusKm: body radius that turns reach into an angle.
  init(features: [SurfaceFeature], radiusKm: Double) {
    self.features = features
    let edge = Self.cellsPerEdge
    let coarse = edge / Self.cellsPerBlock
    var entries: [UInt16] = []
    var starts: [Int32] = [0]
    // Local coordinates are sines of angles: a reach of r/R is a chord of a little more.
    let chords = features.map { feature in
      let reach = min(Double(feature.reachKm) / radiusKm, 1)
      return (2 * (1 - (1 - reach * reach).squareRoot())).squareRoot()
    }
    func within(_ cell: (middle: Vector3, reach: Double), _ candidates: [UInt16]) -> [UInt16] {
      candidates.filter { number in
        let away = cell.middle - features[Int(number)].centre
        let limit = chords[Int(number)] + cell.reach
        return away.dot(away) <= limit * limit
      }
    }
    let all = features.indices.map { UInt16($0) }
    for face in 0..<6 {
      var blocks: [[UInt16]] = []
      for block in 0..<coarse * coarse {
        let cell = Self.cell(
          face: face, row: block / coarse, column: block % coarse, edge: coarse)
        blocks.append(within(cell, all))
      }
      for row in 0..<edge {
        for column in 0..<edge {
          let block = row / Self.cellsPerBlock * coarse + column / Self.cellsPerBlock
          let cell = Self.cell(face: face, row: row, column: column, edge: edge)
          entries += within(cell, blocks[block])
          starts.append(Int32(entries.count))
        }
      }
    }
    self.entries = entries
    self.starts = starts
  }

  /// Direction of a cell's middle, and the distance to its farthest corner.
  private static func cell(
    face: Int, row: Int, column: Int, edge: Int
  ) -> (middle: Vector3, reach: Double) {
    let step = 2 / Double(edge)
    let u = -1 + (Double(column) + 0.5) * step
    let v = -1 + (Double(row) + 0.5) * step
    let middle = direction(face: face, u: u, v: v)
    // The corner towards the face's middle is the farthest on the sphere.
    let corner = direction(
      face: face, u: u + (u > 0 ? -0.5 : 0.5) * step, v: v + (v > 0 ? -0.5 : 0.5) * step)
    return (middle, (middle - corner).norm * 1.02)
  }

  private static func direction(face: Int, u: Double, v: Double) -> Vector3 {
    let vector =
      switch face {
      case 0: Vector3(1, u, v)
      case 1: Vector3(-1, u, v)
      case 2: Vector3(u, 1, v)
      case 3: Vector3(u, -1, v)
      case 4: Vector3(u, v, 1)
      default: Vector3(u, v, -1)
      }
    return vector.normalized
  }

  /// Positions in the painting order of the features near a unit direction.
  @inline(__always)
  func range(near direction: Vector3) -> Range<Int> {
    let ax = abs(direction.x)
    let ay = abs(direction.y)
    let az = abs(direction.z)
    let face: Int
    let u: Double
    let v: Double
    if ax >= ay && ax >= az {
      face = direction.x > 0 ? 0 : 1
      u = direction.y / ax
      v = direction.z / ax
    } else if ay >= az {
      face = direction.y > 0 ? 2 : 3
      u = direction.x / ay
      v = direction.z / ay
    } else {
      face = direction.z > 0 ? 4 : 5
      u = direction.x / az
      v = direction.y / az
    }
    let edge = Self.cellsPerEdge
    let half = Double(edge) / 2
    let column = min(Int((u + 1) * half), edge - 1)
    let row = min(Int((v + 1) * half), edge - 1)
    let cell = (face * edge + row) * edge + column
    return Int(starts[cell])..<Int(starts[cell + 1])
  }

  /// The feature at a position that `range(near:)` gave.
  @inline(__always)
  func feature(at position: Int) -> SurfaceFeature { features[Int(entries[position])] }
}
