import Foundation
import ImageFormats
import Raster

/// Files that hold one plane of 128 × 1648 for each filter, stacked downwards in the order of a
/// frame: (METHANE,) BLUE, GREEN, RED. A plane alone is METHANE.
public enum CalibrationPlanes {
  /// Filters of a file by its height.
  private static func filters(height: Int) -> [Filter]? {
    switch height {
    case FrameletShape.rows: [.methane]
    case 3 * FrameletShape.rows: [.blue, .green, .red]
    case 4 * FrameletShape.rows: [.methane, .blue, .green, .red]
    default: nil
    }
  }

  /// Reads a file: PNG of 8 or 16 bits, or TIFF of any kind; of several channels the first.
  ///
  /// - Throws: `ImageFormatError`; `JunoCamError.badFlatField` for a wrong size.
  public static func read(_ url: URL) throws -> [Filter: Plane<Float>] {
    let isTIFF = ["tif", "tiff"].contains(url.pathExtension.lowercased())
    let image = isTIFF ? try TIFFReader.read(at: url).image : try PNGReader.image(at: url)
    guard image.width == FrameletShape.columns, let filters = filters(height: image.height) else {
      throw JunoCamError.badFlatField(
        path: url.path,
        problem: "\(image.width) × \(image.height) pixels instead of 1648 × 128, 384 or 512")
    }
    let samples = image.plane(0)
    let size = FrameletShape.rows * FrameletShape.columns
    var planes: [Filter: Plane<Float>] = [:]
    for (place, filter) in filters.enumerated() {
      planes[filter] = Plane(
        width: FrameletShape.columns, height: FrameletShape.rows,
        samples: Array(samples[place * size..<(place + 1) * size]))
    }
    return planes
  }

  /// Writes planes as a float TIFF.
  ///
  /// - Parameter missing: stands in for filters that a file of this height must have.
  public static func write(
    _ planes: [Filter: Plane<Float>], to url: URL, missing: Float, overwrite: Bool = false
  ) throws {
    let filters = order(Set(planes.keys))
    let empty = [Float](
      repeating: missing, count: FrameletShape.rows * FrameletShape.columns)
    let samples = filters.flatMap { planes[$0]?.samples ?? empty }
    try TIFFWriter.write(
      RasterImage(
        width: FrameletShape.columns, height: filters.count * FrameletShape.rows, channels: 1,
        samples: .f32(samples)), to: url, options: TIFFOptions(overwrite: overwrite))
  }

  /// The layout that holds the filters.
  private static func order(_ filters: Set<Filter>) -> [Filter] {
    if filters == [.methane] { return [.methane] }
    return filters.contains(.methane) ? Filter.allCases : [.blue, .green, .red]
  }
}

extension HotPixelMap {
  /// Reads a map: the flags as `write` left them, or a mask in which any value but 0 is a defect.
  ///
  /// - Throws: `ImageFormatError`; `JunoCamError.badFlatField` for a wrong size.
  public init(contentsOf url: URL) throws {
    self.init()
    let known = FrameletFlags([.hot, .dead]).rawValue
    for (filter, plane) in try CalibrationPlanes.read(url) {
      let flags = plane.samples.map { value -> UInt8 in
        let raw = UInt8(exactly: value) ?? FrameletFlags.hot.rawValue
        let kept = raw & known
        return raw != 0 && kept == 0 ? FrameletFlags.hot.rawValue : kept
      }
      formUnion(HotPixelMap(filter: filter, flags: flags))
    }
  }

  /// Writes the map as an 8-bit grey PNG of flags (8: hot, 128: dead), filters stacked as in a
  /// frame.
  public func write(to url: URL, overwrite: Bool = false) throws {
    let all: [Filter] =
      flags.keys.allSatisfy { $0 == .methane } && !flags.isEmpty
      ? [.methane]
      : flags[.methane] == nil ? [.blue, .green, .red] : Filter.allCases
    let samples = all.flatMap { mask($0).samples }
    try PNGWriter.write(
      RasterImage(
        width: FrameletShape.columns, height: all.count * FrameletShape.rows, channels: 1,
        samples: .u8(samples)), to: url, options: PNGOptions(overwrite: overwrite))
  }
}
