import Raster

/// Offsets that belong to a row of one framelet or to a column of the detector, DN12.
///
/// Only what stands out of its own error by more than three standard deviations is in here; rows and
/// columns without are 0, and where nothing stands out the lists are empty.
public struct PatternNoise: Sendable {
  /// [frame][place of the filter][row], or no rows.
  var rows: [[[Float]]]
  /// [place of the filter][column], or no columns.
  var columns: [[Float]]
  /// [place of the filter]
  var bands: [Band]

  /// What a manifest says of one filter.
  public struct Band: Hashable, Codable, Sendable {
    /// Framelets whose rows are offset against each other.
    public var framesWithRowNoise: Int
    /// Standard deviation of these offsets, the largest of the framelets, DN12.
    public var rowNoise: Double
    /// Columns that are offset.
    public var offsetColumns: Int
    /// Root mean square of these offsets, DN12.
    public var columnNoise: Double
  }

  /// What was taken off a sample, DN12.
  func offset(frame: Int, place: Int, row: Int, column: Int) -> Float {
    let byRow = rows[frame][place]
    let byColumn = columns[place]
    return (byRow.isEmpty ? 0 : byRow[row]) + (byColumn.isEmpty ? 0 : byColumn[column])
  }

  /// Takes the offsets of a framelet from its samples.
  ///
  /// - Parameter gain: unit of the samples per DN12.
  func remove(from plane: inout Plane<Float>, frame: Int, place: Int, gain: Float) {
    let byRow = rows[frame][place]
    let byColumn = columns[place]
    guard !byRow.isEmpty || !byColumn.isEmpty else { return }
    for row in 0..<plane.height {
      let offset = byRow.isEmpty ? 0 : byRow[row]
      for column in 0..<plane.width {
        let both = offset + (byColumn.isEmpty ? 0 : byColumn[column])
        plane.samples[row * plane.width + column] -= both * gain
      }
    }
  }
}
