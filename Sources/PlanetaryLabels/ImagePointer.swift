/// Where a label's `^IMAGE` points: a file, or the labelled file itself, and the image's first byte.
public struct ImagePointer: Sendable, Equatable {
  /// The file's name; nil for an image behind an attached label in the same file.
  public let file: String?
  /// Offset of the image's first byte, from 0.
  public let byteOffset: Int
}

extension ProductLabel {
  /// ^IMAGE in its four forms: `"F.IMG"`, `("F.IMG", record)`, `("F.IMG", byte <BYTES>)`, and the
  /// bare number of an attached label. Records and bytes count from 1 (PDS Standards Reference,
  /// chapter 14). Nil where there is none.
  public var imagePointer: ImagePointer? {
    get throws(LabelError) {
      guard let value = known("^IMAGE") else { return nil }
      switch value.content {
      case .text(let name), .symbol(let name):
        return ImagePointer(file: name.trimmed, byteOffset: 0)
      case .integer:
        return ImagePointer(file: nil, byteOffset: try offset(value, of: value))
      case .sequence(let items) where items.count == 1 || items.count == 2:
        guard case .text(let name) = items[0].content else { break }
        let byteOffset = items.count == 2 ? try offset(items[1], of: value) : 0
        return ImagePointer(file: name.trimmed, byteOffset: byteOffset)
      default: break
      }
      throw unusable("^IMAGE", value, "a file name, a place, or both in parentheses")
    }
  }

  private func offset(_ place: LabelValue, of whole: LabelValue) throws(LabelError) -> Int {
    guard case .integer(let number, _) = place.content, number >= 1 else {
      throw unusable("^IMAGE", whole, "a record or byte number from 1")
    }
    if place.unit?.uppercased() == "BYTES" { return number - 1 }
    let recordBytes = try integer("RECORD_BYTES", in: 1...1_000_000_000)
    let (bytes, overflow) = (number - 1).multipliedReportingOverflow(by: recordBytes)
    guard !overflow else { throw unusable("^IMAGE", whole, "within the file") }
    return bytes
  }
}
