import CImageCodecs

extension ImageFormatError {
  /// The error for a C codec's status and failure record.
  init(_ status: jc_status, _ failure: jc_failure, source: String, format: ImageFormat) {
    let message = withUnsafeBytes(of: failure.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    switch status {
    case JC_NOT_THIS_FORMAT: self = .notThisFormat(source: source, format: format)
    case JC_TOO_LARGE: self = .tooLarge(source: source, format: format, detail: message)
    case JC_UNSUPPORTED, JC_MISUSE:
      self = .unsupported(source: source, format: format, detail: message)
    case JC_NO_MEMORY: self = .outOfMemory(source: source)
    case JC_SINK_FAILED:
      self = .notWritten(path: source, step: "write the file", code: failure.system_error)
    default:
      self = .corrupt(
        source: source, format: format, row: failure.row < 0 ? nil : Int(failure.row),
        byteOffset: failure.byte_offset < 0 ? nil : Int(failure.byte_offset), detail: message)
    }
  }
}

/// Runs a C codec's entry point and throws what it reports.
func codec(
  _ source: String, _ format: ImageFormat,
  _ call: (UnsafeMutablePointer<jc_failure>) -> jc_status
) throws(ImageFormatError) {
  var failure = jc_failure()
  let status = call(&failure)
  if status != JC_OK { throw ImageFormatError(status, failure, source: source, format: format) }
}

extension jc_limits {
  init(_ limits: DecodeLimits) {
    self.init(
      width: UInt32(limits.width), height: UInt32(limits.height),
      image_bytes: UInt64(limits.imageBytes), chunk_bytes: UInt64(limits.chunkBytes))
  }
}
