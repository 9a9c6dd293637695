import Foundation
import ImageFormats
import PlanetaryLabels

/// A parser under test: its inputs and what must hold for each of them.
enum Target: String, CaseIterable {
  case png
  case jpeg
  case tiff
  case odl
  case json

  /// Sound inputs to damage.
  func seeds() throws -> [[UInt8]] {
    switch self {
    case .png:
      return try [(1, SampleType.u8), (3, .u8), (4, .u16), (2, .u16)].map {
        var options = PNGOptions(colourSpace: .displayP3)
        options.caption = ImageCaption(title: "seed", description: "154.7°W")
        return try PNGWriter.bytes(of: Self.picture(37, 29, $0.0, $0.1), options: options)
      }
    case .jpeg:
      return try [(1, true), (3, true), (3, false)].map {
        try JPEGWriter.bytes(
          of: Self.picture(40, 33, $0.0, .u8), options: JPEGOptions(isProgressive: $0.1))
      }
    case .tiff:
      return try [(1, SampleType.f32, true), (3, .u16, true), (3, .u8, false)].map {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
          "fuzz-\(UInt64.random(in: 0...UInt64.max)).tif")
        defer { try? FileManager.default.removeItem(at: url) }
        let geo = GeoTags(
          pixelScale: [1, 1, 0], tiepoints: [0, 0, 0, 1, 2, 0],
          keys: [.short(1024, 1), .double(2057, 1), .ascii(1026, "Io")])
        let options = TIFFOptions(tile: 32, isPlanar: $0.2, geo: geo, noData: 0)
        try TIFFWriter.write(Self.picture(50, 40, $0.0, $0.1), to: url, options: options)
        return [UInt8](try Data(contentsOf: url))
      }
    case .odl: return [Array(Labels.odl.utf8), Array(Labels.isis.utf8)]
    case .json: return [Array(Labels.json.utf8)]
    }
  }

  /// Parses an input. Errors are fine; a crash, or a broken promise, is a finding.
  func run(_ bytes: [UInt8]) throws {
    let limits = DecodeLimits(width: 4096, height: 4096, imageBytes: 1 << 20, chunkBytes: 1 << 20)
    do {
      switch self {
      case .png:
        let image = try PNGReader.image(from: bytes, source: "fuzz", limits: limits)
        try check(image)
        if let frame = try? PNGReader.rawFrame(from: bytes, source: "fuzz", limits: limits) {
          guard case .u8(let values) = image.samples, values == frame.codes else {
            throw Broken("two readers, two pictures")
          }
        }
      case .jpeg: try check(JPEGReader.image(from: bytes, source: "fuzz", limits: limits))
      case .tiff: try check(TIFFReader.read(from: bytes, source: "fuzz", limits: limits).image)
      case .odl: try checkODL(bytes)
      case .json: Labels.readEverything(try ProductLabel(bytes: bytes, source: "fuzz"))
      }
    } catch let error as ImageFormatError {
      guard error.description.hasPrefix("fuzz: ") || error.description.contains("samples") else {
        throw Broken("an error without its source: \(error)")
      }
    } catch let error as LabelError {
      guard error.description.hasPrefix("fuzz") else {
        throw Broken("an error without its source: \(error)")
      }
    }
  }

  private func check(_ image: RasterImage) throws {
    guard image.samples.count == image.width * image.height * image.channels else {
      throw Broken("sizes do not fit")
    }
  }

  /// What was read must survive writing and reading.
  private func checkODL(_ bytes: [UInt8]) throws {
    let label = try ProductLabel(bytes: bytes, source: "fuzz")
    Labels.readEverything(label)
    guard label.form == .odl else { return }
    let block = try ODLParser.parse(bytes, source: "fuzz")
    guard let text = try? ODLWriter().text(block) else { return }
    guard let again = try? ODLParser.parse(Array(text.utf8), source: "fuzz") else {
      throw Broken("what was written cannot be read: \(text)")
    }
    guard again.allEntries.map(\.keyword) == block.allEntries.map(\.keyword) else {
      throw Broken("entries were lost: \(text)")
    }
  }

  /// A picture with texture and a flat part.
  private static func picture(
    _ width: Int, _ height: Int, _ channels: Int, _ type: SampleType
  ) throws -> RasterImage {
    let values = (0..<width * height * channels).map { index in
      index / channels % width < width / 3 ? 0 : (index &* 7919) % 251
    }
    let samples: RasterImage.Samples
    switch type {
    case .u8: samples = .u8(values.map { UInt8($0) })
    case .u16: samples = .u16(values.map { UInt16($0 * 251) })
    case .f32: samples = .f32(values.map { Float($0) / 7 })
    }
    return try RasterImage(width: width, height: height, channels: channels, samples: samples)
  }
}

/// A promise that did not hold.
struct Broken: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
