import ImageFormats

/// Makes smaller copies of 8-bit pictures by averaging areas, in whole numbers: the same bytes
/// everywhere.
struct PictureShrinker {
  /// Width that is wanted, pixels.
  var width: Int

  /// The picture at the wanted width and its own shape; nil if it is not wider than that, or not of
  /// 8 bits.
  ///
  /// Every pixel of the copy is the mean of the area of the picture that it covers, parts of pixels
  /// included. Means of sRGB codes, not of light: the copies are to look like the picture.
  func shrink(_ image: RasterImage) throws -> RasterImage? {
    guard image.width > width, width > 0, case .u8(let samples) = image.samples else { return nil }
    let height = max(1, (image.height * width + image.width / 2) / image.width)
    let across = Self.spans(from: image.width, to: width)
    let down = Self.spans(from: image.height, to: height)
    let channels = image.channels
    let row = image.width * channels
    var line = [UInt32](repeating: 0, count: row)
    var result: [UInt8] = []
    result.reserveCapacity(width * height * channels)
    for span in down {
      // Sums of a column over the lines of the span, in 1/256 of a line.
      for index in line.indices { line[index] = 0 }
      for (source, weight) in span.parts {
        for index in 0..<row { line[index] += UInt32(samples[source * row + index]) * weight }
      }
      for columns in across {
        let area = UInt64(columns.total) * UInt64(span.total)
        for channel in 0..<channels {
          var sum: UInt64 = 0
          for (source, weight) in columns.parts {
            sum += UInt64(line[source * channels + channel]) * UInt64(weight)
          }
          result.append(UInt8((sum + area / 2) / area))
        }
      }
    }
    return try RasterImage(
      width: width, height: height, channels: channels, samples: .u8(result))
  }

  /// The pixels that one pixel of the copy covers along an axis, with weights of 256 for a whole one.
  private struct Span {
    var parts: [(source: Int, weight: UInt32)]
    var total: UInt32
  }

  private static func spans(from count: Int, to wanted: Int) -> [Span] {
    (0..<wanted).map { index in
      // Edges in 1/256 of a pixel.
      let start = index * count * 256 / wanted
      let end = max(start + 1, (index + 1) * count * 256 / wanted)
      let parts = (start / 256...(end - 1) / 256).map { source in
        (source, UInt32(min(end, (source + 1) * 256) - max(start, source * 256)))
      }
      return Span(parts: parts, total: UInt32(end - start))
    }
  }
}
