import Raster

/// Stationary defects of the detector: `hot` and `dead` flags per filter and pixel of the strip.
public struct HotPixelMap: Hashable, Sendable {
  /// Flag bytes (`FrameletFlags` raw values), 128 × 1648, row after row.
  public private(set) var flags: [Filter: [UInt8]]

  /// A map without defects.
  public init() { flags = [:] }

  /// A map from planes whose non-zero samples are defects, such as a mask read from a file.
  ///
  /// - Throws: `JunoCamError.badFlatField` for a plane that is not 128 × 1648.
  public init(masks: [Filter: Plane<UInt8>], as flag: FrameletFlags = .hot, path: String) throws {
    flags = [:]
    for (filter, mask) in masks {
      guard mask.width == FrameletShape.columns, mask.height == FrameletShape.rows else {
        throw JunoCamError.badFlatField(
          path: path, problem: "\(mask.width) × \(mask.height) pixels instead of 1648 × 128")
      }
      flags[filter] = mask.samples.map { $0 == 0 ? 0 : flag.rawValue }
    }
  }

  init(filter: Filter, flags: [UInt8]) { self.flags = [filter: flags] }

  /// Adds the defects of another map: what one run found, the next may start from.
  public mutating func formUnion(_ other: HotPixelMap) {
    for (filter, added) in other.flags {
      guard let mine = flags[filter] else {
        flags[filter] = added
        continue
      }
      flags[filter] = zip(mine, added).map { $0 | $1 }
    }
  }

  /// The filter's mask as a plane: 0 for a good pixel.
  public func mask(_ filter: Filter) -> Plane<UInt8> {
    let count = FrameletShape.rows * FrameletShape.columns
    return Plane(
      width: FrameletShape.columns, height: FrameletShape.rows,
      samples: flags[filter] ?? [UInt8](repeating: 0, count: count))
  }

  /// Flagged pixels of a filter.
  public func count(_ filter: Filter) -> Int { flags[filter]?.count { $0 != 0 } ?? 0 }

  /// Whether a pixel of a filter's strip is a defect.
  public func contains(_ filter: Filter, row: Int, column: Int) -> Bool {
    guard let flags = flags[filter], (0..<FrameletShape.rows).contains(row),
      (0..<FrameletShape.columns).contains(column)
    else { return false }
    return flags[row * FrameletShape.columns + column] != 0
  }
}

extension FrameSet {
  /// Flags the defects in every framelet.
  public mutating func apply(_ map: HotPixelMap) {
    for (place, filter) in filters.enumerated() {
      guard let added = map.flags[filter] else { continue }
      // Defects are few: touch only them.
      let defects = added.indices.filter { added[$0] != 0 }
      for frame in frames.indices {
        updateFlags(frame: frame, filterIndex: place) { flags in
          for pixel in defects { flags[pixel] |= added[pixel] }
        }
      }
    }
  }
}
