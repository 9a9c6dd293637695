import Dispatch
import Mapping
import Raster

/// Samples a plane at given positions, in bands of lines.
struct RemapBench {
  var plane: FloatArray
  var planeWidth: Int
  var width: Int
  var height: Int
  var x: FloatArray
  var y: FloatArray
  var output: FloatArray

  private static let bandLines = 16

  func run(_ name: String, threads: Int) {
    let kernels = InstructionLevel.current.kernels
    let lanczos = LanczosTable.shared.entries
    let bands = (height + Self.bandLines - 1) / Self.bandLines
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for band in stride(from: thread, to: bands, by: threads) {
        for line in band * Self.bandLines..<min((band + 1) * Self.bandLines, height) {
          let place = line * width
          let (px, py) = (x.start + place, y.start + place)
          let out = output.start + place
          switch name {
          case "bilinear": kernels.bilinear(plane.start, planeWidth, px, py, width, out)
          case "bicubic": kernels.bicubic(plane.start, planeWidth, px, py, width, out)
          case "lanczos3":
            kernels.lanczos3(
              plane.start, planeWidth, lanczos, LanczosTable.steps, px, py, width, out)
          default: kernels.nearest(plane.start, planeWidth, px, py, width, out)
          }
        }
      }
    }
  }
}
