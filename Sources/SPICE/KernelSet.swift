import Foundation
import SpaceMath

/// Loaded kernels as one immutable value: SPICE's kernel pool and its segment lists without the
/// global state, safe to use from any number of threads at once.
///
/// Binary kernels are mapped into memory and never read as a whole. A file must not be shortened
/// while a set that maps it is in use; replace kernels by renaming a new file over the old one.
public struct KernelSet: Sendable {
  /// Every file that was loaded, meta-kernels included, in the order of loading.
  public let files: [KernelFile]
  /// The variables of all text kernels.
  public let pool: KernelPool
  /// Time scales of the leap-second kernel, or why there are none.
  private let scales: Result<TimeScales, SPICEError>

  /// Loads kernels in order; of two that cover the same, the later one wins.
  ///
  /// - Parameters:
  ///   - paths: kernels, meta-kernels and folders. A folder stands for the kernels directly in it
  ///     (meta-kernels excepted).
  ///   - base: where relative paths start; the working directory if nil
  /// - Throws: the first fault found, with file and place.
  public init(loading paths: [String], relativeTo base: URL? = nil) throws(SPICEError) {
    files = []
    pool = KernelPool()
    scales = Result { () throws(SPICEError) in try TimeScales(pool: KernelPool()) }
  }

  /// The time scales of the leap-second kernel.
  ///
  /// - Throws: `missingVariable` if none is loaded.
  public var timeScales: TimeScales {
    get throws(SPICEError) { try scales.get() }
  }

  /// Ephemeris time (TDB seconds past J2000) of a UTC string; see `TimeScales.et(utc:)`.
  public func et(utc: String) throws(SPICEError) -> Double { try timeScales.et(utc: utc) }

  /// UTC of an ephemeris time as `YYYY-MM-DDTHH:MM:SS.fff`.
  public func utc(et: Double, decimals: Int) throws(SPICEError) -> String {
    try timeScales.utc(et: et, decimals: decimals)
  }
}
