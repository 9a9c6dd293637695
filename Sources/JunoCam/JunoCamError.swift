import Foundation

/// What can be wrong with JunoCam input. Each message says what, where and what to do next.
///
/// Faults inside a label are `LabelError`, inside a PNG `ImageFormatError`, inside a kernel
/// `SPICEError`; they pass through unchanged.
public enum JunoCamError: Error, Hashable, Sendable {
  /// Nothing is at the path.
  case noSuchFile(path: String)
  /// A file could not be read.
  case unreadable(path: String, reason: String)
  /// The file is of no kind that holds a JunoCam product.
  case notAProduct(path: String)
  /// One of the website's processed pictures instead of the raw one.
  case processedPicture(path: String)
  /// A raw picture without the metadata that belong to it.
  case noMetadata(path: String, searched: [String])
  /// A label without its image file.
  case noImage(label: String, image: String, searched: [String])
  /// A zip archive with neither a raw frame nor metadata.
  case noFrameInArchive(path: String, found: [String])
  /// Metadata without a frame.
  case metadataAlone(path: String)
  /// A folder that holds no product.
  case emptyFolder(path: String)
  /// A folder that holds several products where one is wanted.
  case severalProducts(path: String, products: [String])
  /// PRODUCT_ID is no JunoCam identifier.
  case badIdentifier(label: String, found: String)
  /// FILTER_NAME names a filter that the camera lacks, or one twice.
  case badFilters(label: String, found: [String])
  /// SAMPLE_BIT_MODE_ID is no known table.
  case badBitMode(label: String, found: String)
  /// Samples of another size or type than the kind of product has.
  case badSamples(label: String, found: String, expected: String)
  /// 2×2 summed products are not processed.
  case summed(path: String, factor: Int)
  /// The image has the wrong number of columns.
  case wrongWidth(path: String, found: Int, expected: Int)
  /// The image has another number of lines than its label says.
  case wrongHeight(path: String, found: Int, expected: Int)
  /// The image cannot be cut into framelets.
  case unevenHeight(path: String, found: Int, step: Int)
  /// The image file ends before the image does.
  case shortImage(path: String, found: Int, expected: Int)
  /// An EDR was needed and this is an RDR, or the other way round.
  case wrongLevel(product: String, expected: String)
  /// A kernel variable of the camera is absent or cannot be right.
  case instrumentKeyword(name: String, found: String)
  /// The label gives no solar distance and no kernels were there to compute it.
  case noSolarDistance(product: String)
  /// A filter, frame or pixel that the image does not have.
  case outsideImage(product: String, found: String, available: String)
  /// A table of points that cannot be read; lines count from 1.
  case badTable(path: String, line: Int, problem: String)
  /// A flat field of the wrong size or with unusable values.
  case badFlatField(path: String, problem: String)
}

extension JunoCamError: CustomStringConvertible, LocalizedError {
  /// What is wrong, where, and what to do next.
  public var description: String {
    switch self {
    case .noSuchFile(let path):
      "\(path): does not exist. Check the name."
    case .unreadable(let path, let reason):
      "\(path): cannot be read: \(reason). Check the path and its permissions."
    case .notAProduct(let path):
      "\(path): is no JunoCam product. Give a raw PNG, a .LBL or .IMG file, a metadata JSON file "
        + "or a folder that holds them."
    case .processedPicture(let path):
      "\(path): is one of the website's processed pictures. Give the one that ends in -raw.png."
    case .noMetadata(let path, let searched):
      "\(path): no metadata belong to it, so that its filters, times and exposure are unknown "
        + "(looked for a JSON file that names it in \(searched.joined(separator: ", "))). "
        + "Put the website's <number>-Metadata.json, or its <number>-Data.zip, beside it."
    case .noImage(let label, let image, let searched):
      "\(label): its image \(image) is not there (looked in \(searched.joined(separator: ", "))). "
        + "Put it beside the label."
    case .noFrameInArchive(let path, let found):
      "\(path): holds no raw frame (…-raw.png), but \(found.isEmpty ? "nothing" : Self.list(found)). "
        + "Get the image's ImageSet archive that holds its raw picture."
    case .metadataAlone(let path):
      "\(path): holds metadata, but no raw frame. Give the frame as well: the …-raw.png, or the "
        + "ImageSet archive of the same image."
    case .emptyFolder(let path):
      "\(path): holds no JunoCam product. Put raw PNG files with their metadata or .LBL and .IMG "
        + "files there."
    case .severalProducts(let path, let products):
      "\(path): holds \(products.count) products (\(Self.list(products))). Name one of them."
    case .badIdentifier(let label, let found):
      "\(label): PRODUCT_ID \"\(found)\" is no JunoCam identifier such as "
        + "JNCE_2023364_57C00022_V01. Correct it."
    case .badFilters(let label, let found):
      "\(label): FILTER_NAME is \(found.joined(separator: ", ")), but must name each of its filters "
        + "once, out of METHANE, BLUE, GREEN, RED. Correct it."
    case .badBitMode(let label, let found):
      "\(label): SAMPLE_BIT_MODE_ID \"\(found)\" is unknown; the camera has SQROOT, LIN1, LIN8 and "
        + "LIN16. Correct it."
    case .badSamples(let label, let found, let expected):
      "\(label): samples are \(found), but this kind of product has \(expected). "
        + "Check that label and product belong together."
    case .summed(let path, let factor):
      "\(path): pixels were summed \(factor)×\(factor) on board (SAMPLING_FACTOR); only products "
        + "with factor 1 can be processed. Leave this one out."
    case .wrongWidth(let path, let found, let expected):
      "\(path): is \(found) columns wide, but a JunoCam line has \(expected). "
        + "Use the unprocessed file."
    case .wrongHeight(let path, let found, let expected):
      "\(path): has \(found) lines, but its label says \(expected). "
        + "Check that label and image belong together, or fetch the image again."
    case .unevenHeight(let path, let found, let step):
      "\(path): has \(found) lines, which is no multiple of \(step), so that it cannot be cut into "
        + "framelets. Use the unprocessed file, or give the metadata of a partial product."
    case .shortImage(let path, let found, let expected):
      "\(path): holds \(found) bytes, but its label asks for \(expected). Fetch it again."
    case .wrongLevel(let product, let expected):
      "\(product): \(expected) was needed here."
    case .instrumentKeyword(let name, let found):
      "kernel variable \(name) is \(found), which cannot be. "
        + "Load juno_junocam_v03.ti or a later instrument kernel."
    case .noSolarDistance(let product):
      "\(product): the label gives no SOLAR_DISTANCE. Add it, or load kernels that give the "
        + "target's position."
    case .outsideImage(let product, let found, let available):
      "\(product): there is no \(found); the image has \(available)."
    case .badTable(let path, let line, let problem):
      "\(path), line \(line): \(problem)."
    case .badFlatField(let path, let problem):
      "\(path): cannot serve as flat field: \(problem)."
    }
  }

  /// The same text, for those who print errors through Foundation.
  public var errorDescription: String? { description }

  private static func list(_ names: [String]) -> String {
    names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
  }
}
