/// The application and comment segments that carry a JPEG's colour profile and texts.
struct JPEGSegments {
  /// The marker's code: APPn is 0xE0 + n, a comment 0xFE.
  let marker: Int32
  /// The content behind the length.
  let bytes: [UInt8]

  static func make(_ options: JPEGOptions, isGrey: Bool) -> [JPEGSegments] {
    var segments: [JPEGSegments] = []
    if let packet = XMPPacket.text(options.caption) {
      // XMP specification part 3, section 1.1.3.
      let name = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
      segments.append(JPEGSegments(marker: 0xE1, bytes: name + Array(packet.utf8)))
    }
    if let profile = ICCProfile.bytes(options.colourSpace, isGrey: isGrey) {
      // ICC.1:2010, annex B.4: part 1 of 1.
      let name = Array("ICC_PROFILE\0".utf8) + [1, 1]
      segments.append(JPEGSegments(marker: 0xE2, bytes: name + profile))
    }
    let comment = options.caption.texts.map { "\($0.keyword): \($0.text)" }
    if !comment.isEmpty {
      segments.append(
        JPEGSegments(marker: 0xFE, bytes: Array(comment.joined(separator: "\n").utf8)))
    }
    return segments
  }
}
