import CImageCodecs

extension ImageFormat {
  /// Libraries that write this format and their versions, as for a manifest: other versions may give
  /// other bytes for the same samples. What is compressed by our own encoder names no zlib.
  public var codec: String {
    switch self {
    case .png: "libpng \(String(cString: jc_png_version()))"
    case .jpeg: "libjpeg \(String(cString: jc_jpeg_version()))"
    case .tiff: "libtiff \(String(cString: jc_tiff_version()))"
    }
  }
}
