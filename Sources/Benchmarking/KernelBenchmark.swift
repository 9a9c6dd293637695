import CRasterKernels
import Raster

/// Times every inner loop of the level in use beside the plain Swift one, on one thread.
///
/// Positions are those of a picture turned by 10° and shrunk a little, visited in tiles as the warp
/// does. The plane is that of eight framelets, so it lies in the processor's outer caches; streaming
/// kernels work from memory to memory.
struct KernelBenchmark {
  private static let side = 2048
  private static let tile = 64
  private static let columns = 1648
  private static let rows = 8 * 128
  private static let count = side * side

  private let copy = MemoryCopy()
  private let plane = Block<Float>(count: columns * rows) { Float($0 &* 2_654_435_761 % 4096) }
  /// Positions, tile after tile.
  private let x = Block<Float>(count: count) { Self.position($0).x }
  private let y = Block<Float>(count: count) { Self.position($0).y }
  private let output = Block<Float>(count: count + 8) { _ in 0 }
  private let second = Block<Float>(count: count + 8) { _ in 0 }
  private let third = Block<Float>(count: count + 8) { _ in 0 }
  private let places = Block<UInt32>(count: count + 8) { UInt32($0 % 4096) }
  private let codes = Block<UInt8>(count: count) { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761) }
  private let shorts = Block<UInt16>(count: count) { _ in 0 }
  private let table = Block<Float>(count: 257 * 16) { Float($0 % 8) / 28 }

  private static func position(_ index: Int) -> SIMD2<Float> {
    let (number, inside) = (index / (tile * tile), index % (tile * tile))
    let across = side / tile
    let line = Float(number / across * tile + inside / tile) - Float(side) / 2
    let sample = Float(number % across * tile + inside % tile) - Float(side) / 2
    // cos 10° and sin 10° times the scale; the outermost positions are held inside.
    let turned = SIMD2(0.739 * sample - 0.130 * line, 0.130 * sample + 0.413 * line)
    let centred = turned + SIMD2(Float(columns) / 2, Float(rows) / 2)
    return pointwiseMin(
      pointwiseMax(centred, SIMD2(3, 3)), SIMD2(Float(columns) - 5, Float(rows) - 5))
  }

  /// A kernel: its name, the least bytes it moves for each output, and a run over all outputs.
  private struct Subject {
    var name: String
    var bytes: Double
    var run: (jk_kernels) -> Void
  }

  /// The records, and the rate of a copy in 10⁹ bytes a second.
  func records(_ report: (String) -> Void) throws -> (records: [BenchmarkRecord], copy: Double) {
    let level = InstructionLevel.current.kernels
    let scalar = InstructionLevel.available[0].kernels
    var rates: [Double] = []
    let records = try subjects.map { subject in
      report(subject.name)
      let medians = try Rounds.medians([
        copy.run, { subject.run(level) }, { subject.run(scalar) },
      ])
      let pixels = Double(Self.count)
      let rate = Double(copy.bytes) / medians[0] / 1e9
      let moved = pixels * subject.bytes / medians[1] / 1e9
      rates.append(rate)
      return BenchmarkRecord(
        kind: .kernel, name: subject.name, seconds: medians[1], megapixels: pixels / 1e6,
        megapixelsPerSecond: pixels / medians[1] / 1e6, gigabytesPerSecond: moved,
        fractionOfCopy: moved / rate, ratioToScalar: medians[2] / medians[1])
    }
    return (records, rates.sorted()[rates.count / 2])
  }

  private var subjects: [Subject] {
    let n = Self.count
    // `project` comes after `accumulate`, because it overwrites the places.
    // Two coordinates in, one value out; the plane is read again and again from cache.
    let sampled = 12.0
    func sampler(_ name: String, _ kernel: @escaping (jk_kernels) -> jk_sample_fn) -> Subject {
      Subject(name: name, bytes: sampled) { kernels in
        kernel(kernels)(plane.start, Self.columns, x.start, y.start, n, output.start)
      }
    }
    return [
      sampler("nearest") { $0.nearest },
      sampler("bilinear") { $0.bilinear },
      sampler("bicubic") { $0.bicubic },
      Subject(name: "lanczos3", bytes: sampled) {
        $0.lanczos3(plane.start, Self.columns, table.start, 256, x.start, y.start, n, output.start)
      },
      Subject(name: "map points", bytes: 12) { kernels in
        // One line of columns again and again, as in a map.
        for line in 0..<Self.side {
          let place = line * Self.side
          kernels.map_line(
            x.start, y.start, x.start, Self.side, 0.8, 0.6, 1, output.start + place,
            second.start + place, third.start + place)
        }
      },
      Subject(name: "accumulate", bytes: 12) { kernels in
        for start in stride(from: 0, to: n, by: 4096) {
          _ = kernels.accumulate(
            x.start + start, y.start + start, places.start, 4096, output.start, second.start,
            places.start + n - 4096)
        }
      },
      Subject(name: "project", bytes: 16, run: project),
      Subject(name: "decompand", bytes: 5) {
        $0.decompand(codes.start, table.start, 3, 0.001, nil, n, output.start)
      },
      Subject(name: "codes", bytes: 6) {
        $0.codes([UnsafePointer(x.start)], 1, n, -0.05, 2.5e-5, shorts.start)
      },
      Subject(name: "decompand + flat", bytes: 9) {
        $0.decompand(codes.start, table.start, 3, 0.001, x.start, n, output.start)
      },
    ]
  }

  /// A plate below a camera that looks straight down, line after line; the framelet sees all of it.
  private func project(_ kernels: jk_kernels) {
    var framelet = jk_framelet()
    framelet.matrix = (1480, 0, 0, 0, 0, 1480, 0, 0, 0, 0, -1, 4800)
    framelet.inverse_focal_squared = 1 / (1480 * 1480)
    framelet.k1 = -5.96e-8
    framelet.k2 = 2.74e-14
    framelet.centre_x = 814
    framelet.centre_y = 64
    framelet.camera = (0, 0, 4800)
    framelet.inverse_radii2 = (1 / 3.3e6, 1 / 3.3e6, 1 / 3.3e6)
    framelet.minimum_cosine2 = 0.01
    framelet.inverse_feather = 1 / 9
    framelet.rows = 128
    framelet.first_x = 23.5
    framelet.last_x = 1630.5
    for start in stride(from: 0, to: Self.count, by: Self.side) {
      _ = kernels.project(
        &framelet, across.start, down.start, height.start, Self.side, output.start + start,
        second.start + start, third.start + start, places.start + start)
    }
  }

  /// Points of a line of the plate, km.
  private let across = Block<Float>(count: side) { Float($0) * 1.5 - 1500 }
  private let down = Block<Float>(count: side) { Float($0) * 0.05 - 50 }
  private let height = Block<Float>(count: side) { _ in 1800 }
}
