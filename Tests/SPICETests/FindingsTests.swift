import Foundation
import TestSupport
import Testing

@testable import SPICE

/// Inputs by which the fuzz runner once broke the kernel readers (Tests/Fuzz/Findings).
@Suite struct FindingsTests {
  private static let folder = DataPack.repository.appendingPathComponent("Tests/Fuzz/Findings")

  private static func files(_ prefix: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix(prefix) }.sorted()
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Self.folder.appendingPathComponent(name)))
  }

  @Test(arguments: files("text"))
  func textKernels(name: String) throws {
    guard let set = try? KernelSet(contents: [(name, bytes(name))]) else { return }
    for et in [0, 1e9, -1e9, 1e12] {
      _ = try? set.utc(et: et, decimals: 6)
      _ = try? set.clock(-999).text(ticks: et)
      for definition in set.store.frames.definitions where definition.id < 0 {
        _ = try? set.stateTransform(from: "J2000", to: definition.name, et: et)
      }
    }
  }

  @Test(arguments: files("spk") + files("ck"))
  func binaryKernels(name: String) throws {
    guard let set = try? KernelSet(contents: [(name, bytes(name))]) else { return }
    for segment in set.store.ephemeris.segments {
      for et in [segment.start, segment.stop, (segment.start + segment.stop) / 2] {
        _ = try? set.state(target: segment.target, observer: 0, et: et)
      }
    }
    for segment in set.store.attitude.segments {
      for tick in [segment.start, segment.stop, (segment.start + segment.stop) / 2] {
        _ = try? segment.pointing(tick: tick)
      }
      _ = segment.stretches
    }
  }
}
