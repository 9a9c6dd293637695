import Crypto
import Foundation
import ImageFormats

/// The pixels of a product, cut into framelets.
public struct DecodedImage: Sendable {
  /// Framelets at the stage at which the product has them.
  public enum Frames: Sendable {
    /// EDR and website PNG.
    case companded(FrameSet<Companded>)
    /// RDR.
    case scaled(FrameSet<ArchiveScaled>)
  }

  public let frames: Frames
  /// Lines that never arrived.
  public let missingLines: Int
  /// The product's warnings and what decoding added to them.
  public let warnings: [String]

  /// An image from framelets that are in memory already.
  public init(frames: Frames, missingLines: Int = 0, warnings: [String] = []) {
    self.frames = frames
    self.missingLines = missingLines
    self.warnings = warnings
  }

  /// The label of the image.
  public var label: ImageLabel {
    switch frames {
    case .companded(let frames): frames.label
    case .scaled(let frames): frames.label
    }
  }
}

extension JunoCamProduct {
  /// Decodes the pixels.
  ///
  /// Zero-filled lines are flagged missing. An MD5 that does not match the label's is a warning:
  /// the archive's own labels are known to be wrong now and then.
  ///
  /// - Parameter jobs: most threads to use at once.
  /// - Throws: `JunoCamError.noMetadata` without a label, `ImageFormatError` for a damaged PNG,
  ///   `JunoCamError.shortImage` or `unreadable` for an image file.
  public func decode(jobs: Int = 1) throws -> DecodedImage {
    let label = try requireLabel()
    guard let layout else {
      let frame =
        if let archived = ArchivedFile(image) {
          try PNGReader.rawFrame(from: archived.bytes(), source: image.path)
        } else {
          try PNGReader.rawFrame(at: image)
        }
      guard frame.width == width, frame.height == height else {
        throw JunoCamError.wrongHeight(path: image.path, found: frame.height, expected: height)
      }
      let splitter = FrameletSplitter(label: label, lines: height, jobs: jobs)
      return frame.codes.withUnsafeBytes { bytes in
        report(.companded(splitter.companded(bytes, start: 0, stride: width)), splitter, bytes)
      }
    }
    let data: Data
    do {
      data = try Data(contentsOf: image, options: .mappedIfSafe)
    } catch {
      throw JunoCamError.unreadable(path: image.path, reason: error.localizedDescription)
    }
    let expected = layout.start + layout.stride * height
    guard data.count >= expected else {
      throw JunoCamError.shortImage(path: image.path, found: data.count, expected: expected)
    }
    let splitter = FrameletSplitter(label: label, lines: height, jobs: jobs)
    return data.withUnsafeBytes { bytes in
      let first = layout.start + layout.prefix
      let object = UnsafeRawBufferPointer(rebasing: bytes[layout.start..<expected])
      if layout.sampleBytes == 1 {
        let frames = splitter.companded(bytes, start: first, stride: layout.stride)
        return report(.companded(frames), splitter, object)
      }
      let frames = splitter.scaled(
        bytes, start: first, stride: layout.stride, littleEndian: layout.isLittleEndian)
      return report(.scaled(frames), splitter, object)
    }
  }

  private func report(
    _ frames: DecodedImage.Frames, _ splitter: FrameletSplitter, _ object: UnsafeRawBufferPointer
  ) -> DecodedImage {
    var warnings = warnings
    let missing = frames.missingLines
    if missing > 0 {
      warnings.append("\(missing) of \(splitter.wholeLines) lines never arrived (zero-filled).")
    }
    if let wanted = label?.imageMD5 {
      let found = Insecure.MD5.hash(data: object).map { byte in
        String(UInt16(byte) + 0x100, radix: 16).dropFirst()
      }.joined()
      if found != wanted {
        warnings.append(
          "The MD5 of \(image.lastPathComponent) is \(found), but its label says \(wanted): "
            + "the file may be damaged. Fetch it again.")
      }
    }
    return DecodedImage(frames: frames, missingLines: missing, warnings: warnings)
  }
}

extension DecodedImage.Frames {
  fileprivate var missingLines: Int {
    switch self {
    case .companded(let frames): frames.missingLines
    case .scaled(let frames): frames.missingLines
    }
  }
}

extension FrameSet {
  /// Lines of which every sample is missing.
  var missingLines: Int {
    var count = 0
    for framelet in frames.joined() {
      let flags = framelet.flags
      for row in 0..<flags.height {
        let line = flags.samples[row * flags.width..<(row + 1) * flags.width]
        // A line that lacks its first sample rarely has the rest: look no further than needed.
        if line.first.map({ $0 & FrameletFlags.missing.rawValue != 0 }) == true,
          line.allSatisfy({ $0 & FrameletFlags.missing.rawValue != 0 })
        {
          count += 1
        }
      }
    }
    return count
  }
}
