import Foundation
import Raster

/// Holds the arrays and runs what a command names.
struct Bench {
  private var plane = FloatArray(count: 0)
  private var planeWidth = 0
  private var planeHeight = 0
  private var width = 0
  private var height = 0
  private var x = FloatArray(count: 0)
  private var y = FloatArray(count: 0)
  private var output = FloatArray(count: 0)
  private var second = FloatArray(count: 0)
  private var camera: [Double] = []
  private var bytes: [UInt8] = []

  private struct Misuse: Error, CustomStringConvertible {
    var command: [String]
    var description: String { "cannot do '\(command.joined(separator: " "))'" }
  }

  /// Answers a command: seconds for what is timed, else `done` or a number.
  mutating func answer(_ command: [String]) throws -> String {
    func number(_ place: Int) throws -> Int {
      guard place < command.count, let value = Int(command[place]) else {
        throw Misuse(command: command)
      }
      return value
    }
    switch command.first {
    case "level": return InstructionLevel.current.name
    case "plane":  // width height path
      (planeWidth, planeHeight) = (try number(1), try number(2))
      plane = try FloatArray(file: command[3], count: planeWidth * planeHeight)
    case "coordinates":  // width height path-x path-y
      (width, height) = (try number(1), try number(2))
      x = try FloatArray(file: command[3], count: width * height)
      y = try FloatArray(file: command[4], count: width * height)
      output = FloatArray(count: width * height)
      second = FloatArray(count: width * height)
    case "camera":  // what GeometryBench takes
      camera = command.dropFirst().compactMap(Double.init)
      guard camera.count == GeometryBench.numbers else { throw Misuse(command: command) }
    case "bytes": bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: command[1])))
    case "remap":  // kernel threads
      let remap = RemapBench(
        plane: plane, planeWidth: planeWidth, width: width, height: height, x: x, y: y,
        output: output)
      let threads = try number(2)
      return Seconds.text(threads: threads) { remap.run(command[1], threads: threads) }
    case "geometry":  // threads
      let geometry = GeometryBench(camera, width: width, height: height, planeHeight: planeHeight)
      let threads = try number(1)
      return Seconds.text(threads: threads) {
        geometry.coordinates(output, second, threads: threads)
      }
    case "fused":  // threads
      let geometry = GeometryBench(camera, width: width, height: height, planeHeight: planeHeight)
      let threads = try number(1)
      return Seconds.text(threads: threads) {
        geometry.fused(plane, planeWidth: planeWidth, output, threads: threads)
      }
    case "copy": return StreamBench(bytes: bytes, flat: x, output: output).copy()
    case "calibrate": return StreamBench(bytes: bytes, flat: x, output: output).calibrate()
    case "encode":  // width height channels threads
      return try PNGBench.encode(
        bytes, width: number(1), height: number(2), channels: number(3), threads: number(4))
    case "save": try output.save(command[1])
    case "save2": try second.save(command[1])
    default: throw Misuse(command: command)
    }
    return "done"
  }
}

/// Times a body once: processor time where one thread works, so that other work on the machine counts
/// for little, else time on the wall.
enum Seconds {
  static func text(threads: Int, _ body: () throws -> Void) rethrows -> String {
    let clock = threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC
    let start = now(clock)
    try body()
    return "\(now(clock) - start)"
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
