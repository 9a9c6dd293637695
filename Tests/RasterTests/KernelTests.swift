import CRasterKernels
import Foundation
import Testing

@testable import Raster

/// Every C level against the Swift reference, bit by bit, and the reference against mathematics.
@Suite struct KernelTests {
  private static let stride = 200
  private static let rows = 64
  private static let count = 1003

  /// A seeded plane with some rejected samples.
  private static func plane(withHoles: Bool) -> [Float] {
    var random = SplitMix(seed: 7)
    return (0..<stride * rows).map { _ in
      let value = Float(random.unit()) * 100 - 20
      return withHoles && random.unit() < 0.01 ? .nan : value
    }
  }

  private static func positions() -> (x: [Float], y: [Float]) {
    var random = SplitMix(seed: 11)
    let x = (0..<count).map { _ in Float(3 + random.unit() * Double(stride - 8)) }
    let y = (0..<count).map { _ in Float(3 + random.unit() * Double(rows - 8)) }
    return (x, y)
  }

  private static let lanczos: [Float] = {
    // Any table will do for equality; this one is smooth.
    let weights = (0...16).map { step in (0..<8).map { Float($0 * step) / 100 } }
    let differences = zip(weights, weights.dropFirst()).map { zip($0, $1).map { $1 - $0 } }
    return (weights + differences + [[Float](repeating: 0, count: 8)]).flatMap { $0 }
  }()

  private func sample(_ kernels: jk_kernels, _ name: String, plane: [Float], n: Int) -> [UInt32] {
    let (x, y) = Self.positions()
    var out = [Float](repeating: -1, count: Self.count)
    plane.withUnsafeBufferPointer { block in
      let start = block.baseAddress!
      switch name {
      case "nearest": kernels.nearest(start, Self.stride, x, y, n, &out)
      case "bilinear": kernels.bilinear(start, Self.stride, x, y, n, &out)
      case "bicubic": kernels.bicubic(start, Self.stride, x, y, n, &out)
      default: kernels.lanczos3(start, Self.stride, Self.lanczos, 16, x, y, n, &out)
      }
    }
    // The sign of a NaN is not part of the promise.
    return out.map { $0.isNaN ? 0x7fc0_0000 : $0.bitPattern }
  }

  @Test(arguments: ["nearest", "bilinear", "bicubic", "lanczos3"])
  func samplersAgree(name: String) {
    for n in [0, 1, 7, 8, 9, 1000, 1003] {
      for holes in [false, true] {
        let plane = Self.plane(withHoles: holes)
        let expected = sample(ReferenceKernels.all, name, plane: plane, n: n)
        for level in InstructionLevel.available {
          #expect(sample(level.kernels, name, plane: plane, n: n) == expected, "\(level.name)")
        }
      }
    }
  }

  @Test func referenceReproducesRampsAndParabolas() {
    let ramp = (0..<Self.stride * Self.rows).map {
      3 + 0.25 * Float($0 % Self.stride) - 0.5 * Float($0 / Self.stride)
    }
    let parabola = (0..<Self.stride * Self.rows).map {
      let x = Float($0 % Self.stride) - 100
      return x * x
    }
    let (x, y) = Self.positions()
    for name in ["bilinear", "bicubic"] {
      let values = sample(ReferenceKernels.all, name, plane: ramp, n: Self.count)
      for (index, bits) in values.enumerated() {
        #expect(abs(Float(bitPattern: bits) - (3 + 0.25 * x[index] - 0.5 * y[index])) < 1e-4)
      }
    }
    // Keys' kernel with a = −1/2 converges in third order: parabolas are exact.
    let values = sample(ReferenceKernels.all, "bicubic", plane: parabola, n: Self.count)
    for (index, bits) in values.enumerated() {
      let exact = (x[index] - 100) * (x[index] - 100)
      #expect(abs(Float(bitPattern: bits) - exact) < 1e-6 * 10_000 + 2e-3)
    }
  }

  @Test func projectionAgrees() {
    var random = SplitMix(seed: 3)
    var framelet = jk_framelet()
    framelet.matrix = (1480, 10, -20, 814 * 30, -5, 1480, 8, -500, 0.01, 0.02, 1, 3000)
    framelet.range = (1e-3, 2e-4, 0, 0.05, 0, 1e-4, 3e-4, -0.04, 1e-7, 0, 2e-7, 1e-5)
    framelet.inverse_focal_squared = 1 / (1480 * 1480)
    framelet.k1 = -5.96e-8
    framelet.k2 = 2.74e-14
    framelet.centre_x = 814
    framelet.centre_y = 60
    framelet.camera = (20, 30, -3000)
    framelet.inverse_radii2 = (1 / 3.3e6, 1 / 3.3e6, 1 / 3.3e6)
    framelet.minimum_cosine2 = 0.01
    framelet.hidden_weight = 1e-3
    framelet.inverse_feather = 1 / 9
    framelet.rows = 128
    framelet.first_x = 23.5
    framelet.last_x = 1630.5
    let n = 4096
    let points = (0..<3).map { _ in (0..<n).map { _ in Float(random.unit() * 3600 - 1800) } }
    func run(_ kernels: jk_kernels) -> [[UInt32]] {
      var x = [Float](repeating: 0, count: n + 8)
      var y = x
      var weight = x
      var place = [UInt32](repeating: 0, count: n + 8)
      let seen = kernels.project(
        &framelet, points[0], points[1], points[2], n, &x, &y, &weight, &place)
      return [
        [UInt32(seen)], x.prefix(seen).map(\.bitPattern), y.prefix(seen).map(\.bitPattern),
        weight.prefix(seen).map(\.bitPattern), Array(place.prefix(seen)),
      ]
    }
    let expected = run(ReferenceKernels.all)
    #expect(expected[0][0] > 50)
    for level in InstructionLevel.available { #expect(run(level.kernels) == expected) }
  }

  @Test func accumulationAgrees() {
    let n = 203
    var random = SplitMix(seed: 5)
    let values = (0..<n).map { _ in random.unit() < 0.1 ? Float.nan : Float(random.unit()) }
    let weights = (0..<n).map { _ in Float(random.unit()) }
    let run = (0..<n).map { UInt32($0 + 17) }
    let scattered = (0..<n).map { UInt32($0 * 2 + $0 % 3 % 2) }
    func add(_ kernels: jk_kernels, _ places: [UInt32]) -> [[UInt32]] {
      var sums = [Float](repeating: 0.25, count: 512)
      var totals = sums
      var rejected = [UInt32](repeating: 0, count: n + 8)
      let bad = kernels.accumulate(values, weights, places, n, &sums, &totals, &rejected)
      return [sums.map(\.bitPattern), totals.map(\.bitPattern), Array(rejected.prefix(bad))]
    }
    for places in [run, scattered] {
      let expected = add(ReferenceKernels.all, places)
      #expect(expected[2].count == values.count { $0.isNaN })
      for level in InstructionLevel.available { #expect(add(level.kernels, places) == expected) }
    }
  }

  @Test func mapLinesAgreeAndLieOnTheEllipsoid() {
    let n = 64
    let cosines = (0..<n).map { Float(1 - 2 * Double($0) / Double(n)) }
    let sines = cosines.map { (1 - $0 * $0).squareRoot() }
    let equatorial = zip(cosines, sines).map { $0 * $0 / 9 + $1 * $1 / 4 }
    func run(_ kernels: jk_kernels) -> [[Float]] {
      var x = [Float](repeating: 0, count: n)
      var y = x
      var z = x
      kernels.map_line(cosines, sines, equatorial, n, 0.8, 0.6, 0.36, &x, &y, &z)
      return [x, y, z]
    }
    let expected = run(ReferenceKernels.all)
    for index in 0..<n {
      let level =
        expected[0][index] * expected[0][index] / 9 + expected[1][index] * expected[1][index] / 4
        + expected[2][index] * expected[2][index]
      #expect(abs(level - 1) < 1e-6)
    }
    for level in InstructionLevel.available { #expect(run(level.kernels) == expected) }
  }

  @Test func viewsAgreeAndAreTheAnglesBetweenDirections() throws {
    let n = 72
    let (camera, sun) = (SIMD3<Double>(9, 1, -2), SIMD3<Double>(-300, 800, 150))
    var random = SplitMix(seed: 3)
    // On an ellipsoid with the semi-axes 2, 1.9 and 1.8, all around; one place without a point.
    var points = (0..<n).map { _ -> SIMD3<Float> in
      let z = 2 * random.unit() - 1
      let (around, flat) = (2 * Double.pi * random.unit(), (1 - z * z).squareRoot())
      return SIMD3<Float>(SIMD3(2 * flat * cos(around), 1.9 * flat * sin(around), 1.8 * z))
    }
    points[10] = SIMD3(repeating: .nan)
    let inverse = SIMD3<Double>(1 / 4, 1 / 3.61, 1 / 3.24)
    func run(_ kernels: jk_kernels) -> [[Float]] {
      var view = jk_view(
        camera: (camera.x, camera.y, camera.z), sun: (sun.x, sun.y, sun.z),
        inverse_radii2: (inverse.x, inverse.y, inverse.z), focal: 100)
      var emission = [Float](repeating: -1, count: n)
      var (incidence, phase, distance) = (emission, emission, emission)
      kernels.view(
        &view, points.map(\.x), points.map(\.y), points.map(\.z), n, &emission, &incidence, &phase,
        &distance)
      return [emission, incidence, phase, distance]
    }
    func angle(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double {
      let cross = SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
      return atan2((cross * cross).sum().squareRoot(), (a * b).sum())
    }
    let expected = run(ReferenceKernels.all)
    #expect(expected.allSatisfy { $0[10].isNaN })
    var hidden = 0
    for (index, point) in points.enumerated() where index != 10 {
      let place = SIMD3<Double>(point)
      let emission = angle(place * inverse, camera - place)
      #expect(abs(Double(expected[0][index]) - emission) < 1e-6)
      #expect(abs(Double(expected[1][index]) - angle(place * inverse, sun - place)) < 1e-6)
      #expect(abs(Double(expected[2][index]) - angle(camera - place, sun - place)) < 1e-6)
      let range = ((camera - place) * (camera - place)).sum().squareRoot()
      if emission < Double.pi / 2 {
        let distance = range / cos(emission).squareRoot() / 100
        #expect(abs(Double(expected[3][index]) / distance - 1) < 1e-5)
      } else {
        hidden += 1
        #expect(expected[3][index].isNaN)
      }
    }
    #expect(hidden > 20 && hidden < 60)
    func bits(_ planes: [[Float]]) -> [[UInt32]] {
      planes.map { $0.map { $0.isNaN ? 0x7fc0_0000 : $0.bitPattern } }
    }
    for level in InstructionLevel.available {
      #expect(bits(run(level.kernels)) == bits(expected), "\(level.name)")
    }
  }

  @Test func decompandingAgrees() {
    let codes = (0..<256).map { UInt8($0) } + (0..<77).map { UInt8($0 * 3) }
    var table = [Float](repeating: 0, count: 256)
    var step: Float = 1
    for code in 1..<256 {
      // SIS: steps of 1, 2, 4, 8, 16 and 32 that change at codes 23, 43, 89, 184 and 209.
      step =
        code <= 23 ? 1 : code <= 43 ? 2 : code <= 89 ? 4 : code <= 184 ? 8 : code <= 209 ? 16 : 32
      table[code] = table[code - 1] + step
    }
    #expect(table[255] == 2879 && table[187] == 1055)
    let flat = (0..<codes.count).map { 0.7 + Float($0) / 1000 }
    func run(_ kernels: jk_kernels, squareRoot: Bool, flat: [Float]?) -> [Float] {
      var out = [Float](repeating: -1, count: codes.count)
      let function = squareRoot ? kernels.decompand_sqroot! : kernels.decompand!
      if let flat {
        function(codes, table, 3.25, 0.01, flat, codes.count, &out)
      } else {
        function(codes, table, 3.25, 0.01, nil, codes.count, &out)
      }
      return out
    }
    for flat in [nil, flat] {
      let expected = run(ReferenceKernels.all, squareRoot: false, flat: flat)
      for level in InstructionLevel.available {
        #expect(run(level.kernels, squareRoot: false, flat: flat) == expected)
        #expect(run(level.kernels, squareRoot: true, flat: flat) == expected)
      }
    }
  }
}

extension KernelTests {
  @Test func codesAgree() {
    var random = SplitMix(seed: 8)
    var values: [Float] = [.nan, .infinity, -.infinity, -3, -0.05, 0, 0x1p-130, 1.6, 1.7, 3e38]
    for _ in 0..<1000 { values.append(Float(random.unit() * 1.8 - 0.1)) }
    // Codes on halves, which go up.
    let halves = (0..<50).map { Float($0) + 0.5 }
    for (values, offset, scale) in [(values, -0.0500252, 0.0000251777), (halves, 0, 1)] {
      let expected = values.map { value -> UInt16 in
        guard value.isFinite else { return 0 }
        let code: Double = (Double(value) - offset) / scale
        return UInt16(min(max(code, 1), 65_535).rounded(.toNearestOrAwayFromZero))
      }
      for level in InstructionLevel.available {
        var out = [UInt16](repeating: 7, count: values.count)
        values.withUnsafeBufferPointer {
          level.kernels.codes([$0.baseAddress], 1, values.count, offset, scale, &out)
        }
        #expect(out == expected, "\(level.name)")
        // Interleaved with itself backwards.
        var both = [UInt16](repeating: 7, count: 2 * values.count)
        let reversed = Array(values.reversed())
        values.withUnsafeBufferPointer { first in
          reversed.withUnsafeBufferPointer { second in
            level.kernels.codes(
              [first.baseAddress, second.baseAddress], 2, values.count, offset, scale, &both)
          }
        }
        #expect(both == zip(expected, expected.reversed()).flatMap { [$0, $1] }, "\(level.name)")
        var back = [Float](repeating: 7, count: values.count)
        var other = back
        back.withUnsafeMutableBufferPointer { first in
          other.withUnsafeMutableBufferPointer { second in
            level.kernels.decode(
              both, 2, expected.count, offset, scale, [first.baseAddress, second.baseAddress])
          }
        }
        for (value, code) in zip(back + other, expected + expected.reversed()) {
          #expect(code == 0 ? value.isNaN : value == Float(offset + scale * Double(code)))
        }
      }
    }
  }
}

/// Steele, Lea and Flood's SplitMix64: a small seeded generator for tests.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number in 0..<1.
  mutating func unit() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    z ^= z >> 31
    return Double(z >> 11) / 9_007_199_254_740_992
  }
}
