import JunoCam
import Raster

/// The framelets of an image in square cells, without sky and single hits: what the search for a small
/// disc looks at.
///
/// A cell is the median of at most 16 of its samples. What stays in its place on the detector while
/// the scene moves (hot columns, a black level that rises along the rows) is taken off with the median
/// of the same cell in all frames that cannot show the disc; what is left of each row's level, with the
/// median of the row.
struct FrameletCells: Sendable {
  /// Samples along a side of a cell.
  let size: Int
  let columns: Int
  let rows: Int
  /// Number of filters.
  let places: Int
  /// [frame][place][row][column], units of the samples; NaN where nothing is usable.
  private(set) var values: [Float]
  /// Scatter of the cells of each filter, from the median of their absolute values.
  private(set) var noise: [Double] = []

  private static let firstColumn = FrameletShape.photoactiveColumns.lowerBound

  /// - Parameters:
  ///   - image: the samples
  ///   - size: samples along a side of a cell
  ///   - visits: in how many frames at most the disc lies over one place of the detector
  init(_ image: RegistrationImage, size: Int, visits: Int) {
    self.size = size
    columns = FrameletShape.photoactiveColumns.count / size
    rows = FrameletShape.rows / size
    places = image.filters.count
    let perFramelet = columns * rows
    let (columns, rows, places) = (columns, rows, places)
    let framelets = Parallel.map(count: image.frameCount * places) { index -> [Float] in
      image.withFramelet(frame: index / places, place: index % places) { samples in
        Self.medians(samples, size: size, columns: columns, rows: rows)
      }
    }
    values = Array(framelets.joined())
    let background = Self.background(
      framelets, places: places, perFramelet: perFramelet, visits: visits)
    let levelled = Parallel.map(count: framelets.count) { index -> [Float] in
      var cells = framelets[index]
      if let background {
        let own = background[index % places]
        for place in cells.indices { cells[place] -= own[place] }
      }
      for row in 0..<rows {
        let range = row * columns..<(row + 1) * columns
        guard let level = Self.median(cells[range].filter { $0 == $0 }) else { continue }
        for place in range { cells[place] -= level }
      }
      return Self.withoutSpikes(cells, columns: columns, rows: rows)
    }
    values = Array(levelled.joined())
    noise = (0..<places).map { place in
      let all = stride(from: place, to: levelled.count, by: places).flatMap { framelet in
        levelled[framelet].lazy.filter { $0 == $0 }.map(\.magnitude)
      }
      return 1.4826 * Double(Self.median(all) ?? 0)
    }
  }

  /// Centre of a cell in framelet coordinates, px.
  func centre(row: Int, column: Int) -> (x: Double, y: Double) {
    (
      Double(Self.firstColumn) + (Double(column) + 0.5) * Double(size),
      (Double(row) + 0.5) * Double(size)
    )
  }

  /// Calls `body` with a framelet's cells.
  @inline(__always)
  func withFramelet(frame: Int, place: Int, _ body: (UnsafeBufferPointer<Float>) -> Void) {
    let start = (frame * places + place) * rows * columns
    values.withUnsafeBufferPointer { all in
      body(UnsafeBufferPointer(rebasing: all[start..<(start + rows * columns)]))
    }
  }

  private static func medians(
    _ samples: UnsafeBufferPointer<Float>, size: Int, columns: Int, rows: Int
  ) -> [Float] {
    let step = max(size / 4, 1)
    var cells = [Float](repeating: .nan, count: columns * rows)
    var found: [Float] = []
    found.reserveCapacity(25)
    for row in 0..<rows {
      for column in 0..<columns {
        found.removeAll(keepingCapacity: true)
        var count = 0
        for y in stride(from: row * size, to: (row + 1) * size, by: step) {
          let line = y * FrameletShape.columns + firstColumn + column * size
          for x in stride(from: 0, to: size, by: step) {
            let value = samples[line + x]
            count += 1
            guard value == value else { continue }
            // Insertion keeps them in order.
            var place = found.count
            found.append(value)
            while place > 0, found[place - 1] > value {
              found[place] = found[place - 1]
              place -= 1
            }
            found[place] = value
          }
        }
        guard 2 * found.count >= count else { continue }
        cells[row * columns + column] = found[(found.count - 1) / 2]
      }
    }
    return cells
  }

  /// The level of each cell of each filter where the disc is not; nil if there are too few frames to
  /// tell.
  private static func background(
    _ framelets: [[Float]], places: Int, perFramelet: Int, visits: Int
  ) -> [[Float]]? {
    let frames = framelets.count / max(places, 1)
    guard frames >= visits + 2 else { return nil }
    return Parallel.map(count: places) { place in
      var found: [Float] = []
      return (0..<perFramelet).map { cell in
        found.removeAll(keepingCapacity: true)
        for frame in 0..<frames {
          let value = framelets[frame * places + place][cell]
          if value == value { found.append(value) }
        }
        guard found.count >= visits + 2 else { return 0 }
        found.sort()
        // The disc makes the brightest of them.
        return found[(found.count - visits - 1) / 2]
      }
    }
  }

  /// No cell above the third brightest of the nine around it: a hit or two that were left.
  private static func withoutSpikes(_ cells: [Float], columns: Int, rows: Int) -> [Float] {
    var result = cells
    for row in 0..<rows {
      for column in 0..<columns {
        let centre = row * columns + column
        let value = cells[centre]
        guard value > 0 else { continue }
        var (first, second, third) = (-Float.infinity, -Float.infinity, -Float.infinity)
        for y in max(row - 1, 0)...min(row + 1, rows - 1) {
          for x in max(column - 1, 0)...min(column + 1, columns - 1) {
            let other = cells[y * columns + x]
            guard other > third else { continue }
            if other > first {
              (first, second, third) = (other, first, second)
            } else if other > second {
              (second, third) = (other, second)
            } else {
              third = other
            }
          }
        }
        if value > third { result[centre] = third }
      }
    }
    return result
  }

  private static func median(_ values: [Float]) -> Float? {
    guard !values.isEmpty else { return nil }
    return values.sorted()[values.count / 2]
  }
}
