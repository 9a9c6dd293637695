import Raster

/// Relative response of the pixels of each strip, as factors that flatten a framelet.
public struct FlatField: Sendable {
  /// What the numbers of a flat-field file are.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Response: divide by it.
    case response
    /// Reciprocal response: multiply by it.
    case gain
  }

  /// Factors by which DN12 above black are multiplied, 128 × 1648; mean response of a strip's
  /// photoactive pixels is 1.
  public let gains: [Filter: Plane<Float>]

  /// A flat field from planes of 128 × 1648 in any linear unit.
  ///
  /// Each strip is normalised by itself: a flat field must not change the colour balance.
  ///
  /// - Throws: `JunoCamError.badFlatField` for a wrong size or a value that is no positive number.
  public init(_ planes: [Filter: Plane<Float>], kind: Kind, path: String) throws {
    var gains: [Filter: Plane<Float>] = [:]
    for (filter, plane) in planes {
      guard plane.width == FrameletShape.columns, plane.height == FrameletShape.rows else {
        throw JunoCamError.badFlatField(
          path: path, problem: "\(plane.width) × \(plane.height) pixels instead of 1648 × 128")
      }
      var sum = 0.0
      for row in 0..<plane.height {
        for column in FrameletShape.photoactiveColumns {
          let value = Double(plane[row, column])
          guard value > 0, value.isFinite else {
            throw JunoCamError.badFlatField(
              path: path,
              problem: "\(filter.rawValue) has \(value) at row \(row), column \(column)")
          }
          sum += kind == .response ? value : 1 / value
        }
      }
      let mean = sum / Double(plane.height * FrameletShape.photoactiveColumns.count)
      let samples = plane.samples.map { value -> Float in
        let gain = kind == .response ? mean / Double(value) : Double(value) * mean
        return gain.isFinite ? Float(gain) : 1
      }
      gains[filter] = Plane(width: plane.width, height: plane.height, samples: samples)
    }
    self.gains = gains
  }
}
