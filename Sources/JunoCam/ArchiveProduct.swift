import Foundation
import PlanetaryLabels

/// Byte layout of a PDS3 image file: fixed-length records, one per line.
struct RecordLayout: Hashable, Sendable {
  /// Offset of the first line.
  var start: Int
  /// Bytes before the samples of a line.
  var prefix: Int
  /// Bytes from line to line.
  var stride: Int
  /// Bytes of a sample: 1 or 2.
  var sampleBytes: Int
  /// Whether 16-bit samples have their low byte first; the archive's have not.
  var isLittleEndian: Bool
}

/// Finds and checks a PDS3 product: a detached label and its image file.
enum ArchiveProduct {
  static func open(image: URL) throws -> JunoCamProduct {
    let folder = ProductFolder(image.deletingLastPathComponent())
    let name = image.deletingPathExtension().lastPathComponent + ".LBL"
    guard let label = folder.file(named: name) else {
      throw JunoCamError.noMetadata(path: image.path, searched: [folder.url.path])
    }
    return try open(label: label)
  }

  static func open(label url: URL) throws -> JunoCamProduct {
    let file = try ProductLabel(contentsOf: url)
    var warnings: [String] = []
    let label = try ImageLabel(reading: file, warnings: &warnings)
    guard label.samplingFactor == 1 else {
      throw JunoCamError.summed(path: url.path, factor: label.samplingFactor)
    }
    guard label.lineSamples == FrameletShape.columns else {
      throw JunoCamError.wrongWidth(
        path: url.path, found: label.lineSamples, expected: FrameletShape.columns)
    }
    let image = try imageFile(file, label: label, beside: url)
    let layout = try layout(file, label: label, pointer: image.offset)
    let size = try byteCount(image.url)
    // Ten million lines of a few MB each, at most: only the start can overflow.
    let (expected, overflow) = layout.start.addingReportingOverflow(layout.stride * label.lines)
    guard !overflow, size >= expected else {
      throw JunoCamError.shortImage(
        path: image.url.path, found: size, expected: overflow ? .max : expected)
    }
    if size > expected {
      warnings.append("\(size - expected) bytes follow the image in its file.")
    }
    return JunoCamProduct(
      format: layout.sampleBytes == 1 ? .edr : .rdr, image: image.url, labelFile: url,
      label: label, productID: label.productID, width: label.lineSamples, height: label.lines,
      warnings: warnings, layout: layout)
  }

  private static func imageFile(
    _ file: ProductLabel, label: ImageLabel, beside url: URL
  ) throws -> (url: URL, offset: Int) {
    let pointer = try file.imagePointer
    // An attached label: the image follows in the same file.
    if let pointer, pointer.file == nil { return (url, pointer.byteOffset) }
    let name = try pointer?.file ?? file.fileName ?? "\(label.productID).IMG"
    let folder = url.deletingLastPathComponent()
    guard let found = ProductFolder(folder).file(named: name) else {
      throw JunoCamError.noImage(label: url.path, image: name, searched: [folder.path])
    }
    return (found, pointer?.byteOffset ?? 0)
  }

  private static func layout(
    _ file: ProductLabel, label: ImageLabel, pointer: Int
  ) throws -> RecordLayout {
    let expectedBits = label.productID.kind == .rdr ? 16 : 8
    let type = try file.sampleType?.uppercased() ?? "UNSIGNED_INTEGER"
    let known = ["UNSIGNED_INTEGER", "MSB_UNSIGNED_INTEGER", "LSB_UNSIGNED_INTEGER"]
    guard label.sampleBits == expectedBits, known.contains(type) else {
      throw JunoCamError.badSamples(
        label: file.source, found: "\(label.sampleBits)-bit \(type)",
        expected: "\(expectedBits)-bit UNSIGNED_INTEGER")
    }
    let sampleBytes = label.sampleBits / 8
    let prefix = try file.linePrefixBytes
    let suffix = try file.lineSuffixBytes
    return RecordLayout(
      start: pointer, prefix: prefix, stride: prefix + label.lineSamples * sampleBytes + suffix,
      sampleBytes: sampleBytes, isLittleEndian: type == "LSB_UNSIGNED_INTEGER")
  }

  private static func byteCount(_ url: URL) throws -> Int {
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      return (attributes[.size] as? NSNumber)?.intValue ?? 0
    } catch {
      throw JunoCamError.unreadable(path: url.path, reason: error.localizedDescription)
    }
  }
}
