import CRasterKernels
import Foundation

/// One set of inner loops: the widest that the processor runs, or a narrower one by request.
///
/// All levels compute the same bits. The environment variable `JUNOCAM_SIMD` names the level to
/// use, for tests and comparisons; `swift` is the plain Swift reference.
public struct InstructionLevel: Sendable {
  /// Name: `swift`, `baseline`, or an x86-64 micro-architecture level.
  public let name: String
  /// The functions; see CRasterKernels.h.
  public let kernels: jk_kernels

  /// The Swift reference and every level that this processor can run, the widest last.
  public static let available: [InstructionLevel] =
    [InstructionLevel(name: "swift", kernels: ReferenceKernels.all)]
    + (0..<jk_level_count()).map { index in
      let kernels = jk_level(index).pointee
      return InstructionLevel(name: String(cString: kernels.name), kernels: kernels)
    }

  /// The level in use.
  public static let current: InstructionLevel = {
    let wanted = ProcessInfo.processInfo.environment["JUNOCAM_SIMD"]
    return available.first { $0.name == wanted } ?? available[available.count - 1]
  }()
}
