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

  /// Whether a loaded kernel defines Juno's clock, usable or not.
  static func hasClock(_ kernels: KernelSet) -> Bool {
    kernels.pool.contains("SCLK_DATA_TYPE_61")
  }

  /// Records of the files; none if no image was registered, or if no clock kernel tells the ticks that
  /// a CK counts in.
  ///
  /// - Parameter images: fitted poses of the registered images.
  /// - Throws: `SPICEError`.
  func write(_ images: [RefinedKernels.Image]) throws -> [FileRecord]? {
    guard !images.isEmpty, Self.hasClock(kernels) else { return nil }
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
