import CImageCodecs

extension ImageFormat {
  /// Libraries that write this format and their versions, as for a manifest: other versions may give
  /// other bytes for the same samples.
  public var codec: String {
    switch self {
    case .png: "libpng \(String(cString: jc_png_version())), zlib \(zlib)"
    case .jpeg: "libjpeg \(String(cString: jc_jpeg_version()))"
    case .tiff: "libtiff \(String(cString: jc_tiff_version())), zlib \(zlib)"
    }
  }

  private var zlib: String { String(cString: jc_zlib_version()) }
}
