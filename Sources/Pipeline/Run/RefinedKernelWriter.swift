import Foundation
import Products
import Registration
import SPICE

/// Writes what registration found as a CK and an SPK beside the products, for every other program.
struct RefinedKernelWriter {
  var folder: URL
  /// NAIF code of the run's body.
  var target: Int
  var kernels: KernelSet

  /// Records of the files; none if no image was registered.
  ///
  /// - Parameter images: fitted poses of the registered images.
  /// - Throws: `SPICEError`.
  func write(_ images: [RefinedKernels.Image]) throws -> [FileRecord]? {
    guard !images.isEmpty else { return nil }
    let refined = try RefinedKernels(images: images, target: target, kernels: kernels)
    let attitude = folder.appendingPathComponent(ProductNames.refinedAttitude)
    let position = folder.appendingPathComponent(ProductNames.refinedPosition)
    try refined.attitude.write(to: attitude.path)
    try refined.position.write(to: position.path)
    return try [(ProductNames.refinedAttitude, attitude), (ProductNames.refinedPosition, position)]
      .map { name, url in
        var record = try FileRecord(hashing: url)
        record.name = name
        return record
      }
  }
}
