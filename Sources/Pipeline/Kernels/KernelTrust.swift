import Foundation
import Registration
import SPICE

/// Which SPK and CK place an image, and how far these are to be trusted.
struct KernelTrust: Hashable, Encodable, Sendable {
  /// One kernel's verdict.
  struct Verdict: Hashable, Encodable, Sendable {
    /// Its name, without its folder.
    var file: String
    var trust: PredictionTrust
    /// What said so: `name`, `comments` or `pipeline file`; nil if nothing did.
    var by: String?
  }

  /// Nil where none covers the image.
  var ephemeris: Verdict?
  var attitude: Verdict?

  /// NAIF codes of the craft and of its bus's frame.
  private static let craft = -61
  private static let bus = -61000

  /// - Parameters:
  ///   - et: middle of the image, s ET
  ///   - stated: what the pipeline file says instead
  init(kernels: KernelSet, et: Double, stated: PriorSettings) {
    // Of two files that cover an epoch the one that was loaded last wins.
    let attitudes = try? kernels.ckCoverageByFile(frameClassID: Self.bus)
    ephemeris = Self.stated(
      stated.ephemeris, Self.verdict(kernels.spkCoverageByFile(body: Self.craft), et, kernels))
    attitude = Self.stated(stated.attitude, Self.verdict(attitudes ?? [], et, kernels))
  }

  private static func stated(_ stated: PriorSettings.Trust, _ found: Verdict?) -> Verdict? {
    guard var found, let trust = PredictionTrust(rawValue: stated.rawValue) else { return found }
    found.trust = trust
    found.by = "pipeline file"
    return found
  }

  private static func verdict(
    _ coverage: [FileCoverage], _ et: Double, _ kernels: KernelSet
  ) -> Verdict? {
    guard
      let path = coverage.last(where: { $0.intervals.contains { $0.contains(et) } })?.file
    else { return nil }
    let file = kernels.binaryFiles.last { $0.path == path }
    let name = URL(fileURLWithPath: path).lastPathComponent
    if let trust = trust(name: name) { return Verdict(file: name, trust: trust, by: "name") }
    if let trust = trust(comments: file?.comments ?? []) {
      return Verdict(file: name, trust: trust, by: "comments")
    }
    return Verdict(file: name, trust: .unknown)
  }

  /// What the name of an SPK or CK says; nil: nothing. The words between underscores are NAIF's:
  /// `spk_rec_…`, `juno_rec_…`, `juno_sc_rec_…`, slices of these with other words in front or behind,
  /// against `spk_pre_…`, `spk_ref_…`, `juno_sc_pre_…`, `…_prl_…`, `…_raw_…`, `…_nom_…`.
  static func trust(name: String) -> PredictionTrust? {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    guard let suffix = words.last, suffix == "bsp" || suffix == "bc" else { return nil }
    let predictions: Set<Substring> = ["pre", "prl", "raw", "ref", "nom", "nob"]
    // The first word that says anything: a slice keeps the name of what it was cut from.
    for word in words.dropLast() {
      if word == "rec" { return .reconstructed }
      if predictions.contains(word) { return .predicted }
    }
    return nil
  }

  /// What a comment area says, in NAIF's label words or in plain ones; nil: nothing, or both.
  static func trust(comments: [String]) -> PredictionTrust? {
    var isReconstructed = false
    var isPredicted = false
    for line in comments.prefix(400) {
      let line = line.uppercased()
      if line.contains("PRODUCT_VERSION_TYPE") {
        if line.contains("ACTUAL") { return .reconstructed }
        if line.contains("PREDICT") || line.contains("TEST") || line.contains("PRELIM") {
          return .predicted
        }
      }
      isReconstructed = isReconstructed || line.contains("RECONSTRUCT")
      isPredicted = isPredicted || line.contains("PREDICT") || line.contains("PRELIMINARY")
    }
    guard isReconstructed != isPredicted else { return nil }
    return isReconstructed ? .reconstructed : .predicted
  }
}
