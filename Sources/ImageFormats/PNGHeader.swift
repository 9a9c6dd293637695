/// What a PNG file says of itself before its image data.
public struct PNGHeader: Sendable, Equatable {
  /// How samples make up pixels.
  public enum Layout: String, Sendable {
    case grey
    case greyAlpha = "grey with alpha"
    case rgb = "RGB"
    case rgba = "RGBA"
    case palette
  }

  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Bits per stored sample: 1, 2, 4, 8 or 16.
  public let bitDepth: Int
  /// How samples make up pixels.
  public let layout: Layout
  /// Whether the rows are stored in Adam7 order.
  public let isInterlaced: Bool
  /// Texts that stand before the image data.
  public let texts: [ImageText]

  /// Bit depth and layout in words.
  var layoutName: String { "\(bitDepth)-bit \(layout.rawValue)" }

  init(_ session: PNGSession) {
    width = Int(session.header.width)
    height = Int(session.header.height)
    bitDepth = Int(session.header.bit_depth)
    isInterlaced = session.header.interlaced != 0
    texts = session.texts
    switch session.header.colour_type {
    case 0: layout = .grey
    case 2: layout = .rgb
    case 3: layout = .palette
    case 4: layout = .greyAlpha
    default: layout = .rgba
    }
  }
}
