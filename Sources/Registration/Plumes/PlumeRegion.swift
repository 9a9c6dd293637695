/// Pixels above the limb that hang together.
struct PlumeRegion {
  /// row × width + column.
  let pixels: [Int]
  let width: Int
  /// A column from which the region does not cross the end of the line, when columns are counted
  /// onwards from there.
  let origin: Int
  let lowest: Int
  let highest: Int
  /// Columns from its first to its last.
  let columns: Int
  /// Its first column counted from `origin`.
  let first: Int

  init(_ pixels: [Int], width: Int) {
    self.pixels = pixels
    self.width = width
    var taken = [Bool](repeating: false, count: width)
    var low = Int.max
    var high = 0
    for pixel in pixels {
      taken[pixel % width] = true
      low = min(low, pixel / width)
      high = max(high, pixel / width)
    }
    let origin = taken.firstIndex(of: false) ?? 0
    let places = (0..<width).filter { taken[(origin + $0) % width] }
    self.origin = origin
    first = places.first ?? 0
    columns = (places.last ?? 0) - first + 1
    lowest = low
    highest = high
  }

  /// Column of a pixel, counted from the origin.
  func place(_ pixel: Int) -> Int { (pixel % width - origin + width) % width }

  /// Regions of marked pixels that touch at sides or corners; lines close around the circle. The order is that of
  /// their first pixels.
  static func regions(where marked: [Bool], width: Int) -> [PlumeRegion] {
    let rows = marked.count / width
    var free = marked
    var regions: [PlumeRegion] = []
    for start in marked.indices where free[start] {
      free[start] = false
      var pixels = [start]
      var next = 0
      while next < pixels.count {
        let (row, column) = (pixels[next] / width, pixels[next] % width)
        next += 1
        for line in max(row - 1, 0)...min(row + 1, rows - 1) {
          for step in -1...1 {
            let index = line * width + (column + step + width) % width
            guard free[index] else { continue }
            free[index] = false
            pixels.append(index)
          }
        }
      }
      regions.append(PlumeRegion(pixels, width: width))
    }
    return regions
  }

  /// Cuts where the light summed up the columns has a valley below 0.6 of the lower of its hills.
  func split(by score: [Float]) -> [PlumeRegion] {
    var sums = [Double](repeating: 0, count: width)
    for pixel in pixels { sums[place(pixel)] += Double(score[pixel]) }
    let reach = max(columns / 24, 2)
    let profile = (first..<first + columns).map { column in
      let near = max(column - reach, first)...min(column + reach, first + columns - 1)
      return near.reduce(0) { $0 + sums[$1] } / Double(near.count)
    }
    let cuts = Self.valleys(profile).map { $0 + first }
    guard !cuts.isEmpty else { return [self] }
    var parts = [[Int]](repeating: [], count: cuts.count + 1)
    for pixel in pixels {
      let column = place(pixel)
      parts[cuts.count { $0 <= column }].append(pixel)
    }
    return parts.filter { !$0.isEmpty }.map { PlumeRegion($0, width: width) }
  }

  private static func valleys(_ profile: [Double]) -> [Int] {
    var cuts: [Int] = []
    var hill = 0.0
    var valley = Double.infinity
    var place = 0
    for (index, value) in profile.enumerated() {
      if value < valley {
        valley = value
        place = index
      }
      // A new hill counts once it rises enough above the valley behind it.
      if valley < 0.6 * hill, value > valley / 0.6 + 1e-9 {
        cuts.append(place)
        hill = value
        valley = .infinity
      }
      if value > hill {
        hill = value
        valley = .infinity
      }
    }
    return cuts
  }
}
