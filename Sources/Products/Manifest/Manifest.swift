import Foundation

/// `manifest.json`: what a run made, from what, and how.
///
/// The names of its keys are stable: programs read them. It holds no time of day and no absolute
/// path, so the same run writes the same bytes. Longitudes are east-positive degrees in 0..<360,
/// latitudes planetocentric degrees.
public struct Manifest: Codable, Hashable, Sendable {
  /// Version of the manifest's own layout.
  public static let currentSchema = 1
  /// Its name in the run folder.
  public static let fileName = "manifest.json"

  public var schema: Int
  public var title: String
  /// NAIF name of the body.
  public var target: String
  /// Credit line of all products.
  public var credit: String
  public var software: SoftwareRecord
  /// What was written, in the order of the pipeline file.
  public var products: [ProductRecord]
  /// The images that were used, by start time.
  public var images: [ImageRecord]
  /// The images that could not be used, and why.
  public var failures: [FailureRecord]
  /// Frames and labels that were read.
  public var inputs: [FileRecord]
  /// Kernels that were loaded, in the order of loading.
  public var kernels: [FileRecord]
  public var parameters: ParameterRecord
  /// CK and SPK that registration wrote; names are paths in the run folder.
  public var refinedKernels: [FileRecord]?

  public init(
    title: String, target: String, credit: String, software: SoftwareRecord = .current,
    products: [ProductRecord], images: [ImageRecord], failures: [FailureRecord] = [],
    inputs: [FileRecord], kernels: [FileRecord], parameters: ParameterRecord
  ) {
    schema = Self.currentSchema
    self.title = title
    self.target = target
    self.credit = credit
    self.software = software
    self.products = products
    self.images = images
    self.failures = failures
    self.inputs = inputs
    self.kernels = kernels
    self.parameters = parameters
  }

  /// The file's bytes: keys in alphabetical order, numbers in their shortest exact form.
  public func jsonBytes() throws -> [UInt8] { try CanonicalJSON.bytes(self, pretty: true) }

  /// Reads a manifest.
  ///
  /// - Throws: `ProductsError.manifestUnreadable`, `.manifestSchema`.
  public init(contentsOf url: URL) throws(ProductsError) {
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw .manifestUnreadable(path: url.path, reason: error.localizedDescription)
    }
    struct Head: Decodable { var schema: Int }
    do {
      let schema = try JSONDecoder().decode(Head.self, from: data).schema
      guard schema == Self.currentSchema else {
        throw ProductsError.manifestSchema(path: url.path, schema: schema)
      }
      self = try JSONDecoder().decode(Manifest.self, from: data)
    } catch let error as ProductsError {
      throw error
    } catch let error as DecodingError {
      throw .manifestUnreadable(path: url.path, reason: DecodingReason.text(error))
    } catch {
      throw .manifestUnreadable(path: url.path, reason: error.localizedDescription)
    }
  }
}

/// Which program wrote a manifest.
public struct SoftwareRecord: Codable, Hashable, Sendable {
  public var name: String
  public var version: String

  public init(name: String, version: String) {
    self.name = name
    self.version = version
  }

  /// This program.
  public static let current = SoftwareRecord(name: "junocam", version: "0.1.0")
}

/// An image that could not be used.
public struct FailureRecord: Codable, Hashable, Sendable {
  /// Product identifier, or the file's name where there is no identifier.
  public var image: String
  /// What was being done: find, decode, poses, calibrate, project, write.
  public var stage: String
  /// The error's message.
  public var reason: String

  public init(image: String, stage: String, reason: String) {
    self.image = image
    self.stage = stage
    self.reason = reason
  }
}
