/// A decoded image: `samples` are [line][sample][channel], interleaved, native byte order.
public struct RasterImage: Sendable, Equatable {
  /// Sample values by type.
  public enum Samples: Sendable, Equatable {
    /// Unsigned 8-bit.
    case u8([UInt8])
    /// Unsigned 16-bit.
    case u16([UInt16])
    /// 32-bit float; TIFF only.
    case f32([Float])

    /// Number of samples over all channels.
    public var count: Int {
      switch self {
      case .u8(let values): values.count
      case .u16(let values): values.count
      case .f32(let values): values.count
      }
    }

    /// Their type.
    public var type: SampleType {
      switch self {
      case .u8: .u8
      case .u16: .u16
      case .f32: .f32
      }
    }
  }

  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Samples per pixel: 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA; in TIFF any number of bands.
  public let channels: Int
  /// `width × height × channels` values.
  public let samples: Samples

  /// An image from parts. Throws `wrongSampleCount` if they do not fit one another.
  public init(
    width: Int, height: Int, channels: Int, samples: Samples
  ) throws(ImageFormatError) {
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    let (expected, overflow2) = pixels.multipliedReportingOverflow(by: channels)
    guard width > 0, height > 0, channels > 0, !overflow, !overflow2, expected == samples.count
    else {
      throw .wrongSampleCount(
        expected: overflow || overflow2 ? .max : expected, found: samples.count)
    }
    self.width = width
    self.height = height
    self.channels = channels
    self.samples = samples
  }

  /// One channel as floats in the file's own units (0...255, 0...65535 or the float itself).
  public func plane(_ channel: Int) -> [Float] {
    precondition((0..<channels).contains(channel), "channel \(channel) of \(channels)")
    let pixels = width * height
    switch samples {
    case .u8(let values): return (0..<pixels).map { Float(values[$0 * channels + channel]) }
    case .u16(let values): return (0..<pixels).map { Float(values[$0 * channels + channel]) }
    case .f32(let values): return (0..<pixels).map { values[$0 * channels + channel] }
    }
  }
}

/// How one sample is stored.
public enum SampleType: String, Sendable, Codable, CaseIterable {
  /// Unsigned 8-bit.
  case u8
  /// Unsigned 16-bit.
  case u16
  /// 32-bit IEEE float.
  case f32

  /// Bytes per sample.
  public var bytes: Int {
    switch self {
    case .u8: 1
    case .u16: 2
    case .f32: 4
    }
  }
}
