import Foundation
import SPICE

@testable import Simulation

/// Kernels of a scene on disk.
enum SceneFolder {
  private static let names = ["a.tls", "b.tsc", "c.tpc", "d.tf", "e.ti", "f.bsp", "g.bc"]

  static func write(_ model: SceneModel, to folder: URL) throws {
    let dynamic = DynamicKernels(model: model)
    let contents = [
      Array(TextKernels.leapSeconds.utf8), Array(TextKernels.clock.utf8),
      Array(TextKernels.constants.utf8), Array(TextKernels.frames.utf8),
      Array(InstrumentKernel.text.utf8), try dynamic.spk(), try dynamic.ck(),
    ]
    for (name, bytes) in zip(names, contents) {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
  }

  static func kernels(_ folder: URL) throws -> KernelSet {
    try KernelSet(loading: names.map { folder.appendingPathComponent($0).path })
  }
}
