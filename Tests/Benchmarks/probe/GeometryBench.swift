import CRasterKernels
import Dispatch
import Raster
import SpaceMath

/// A patch of a map of an ellipsoid, projected into one large framelet with the warp's kernels.
struct GeometryBench {
  static let numbers = 26

  private let framelet: jk_framelet
  private let cosines: FloatArray
  private let sines: FloatArray
  private let equatorial: FloatArray
  private let lines: [(cosine: Float, sine: Float, polar: Float)]
  private let width: Int
  private let height: Int

  private static let tile = 64

  /// - Parameter numbers: matrix by rows of four (camera axes from body axes, km), focal length, k1,
  ///   k2, centre x and y, semi-axes, west and north edge and step of longitude and latitude, all in
  ///   radians, and two numbers without use.
  init(_ numbers: [Double], width: Int, height: Int, planeHeight: Int) {
    self.width = width
    self.height = height
    var framelet = jk_framelet()
    let f = numbers[12]
    func m(_ place: Int) -> Float { Float(place < 8 ? numbers[place] * f : numbers[place]) }
    framelet.matrix = (
      m(0), m(1), m(2), m(3), m(4), m(5), m(6), m(7), m(8), m(9), m(10), m(11)
    )
    framelet.inverse_focal_squared = Float(1 / (f * f))
    (framelet.k1, framelet.k2) = (Float(numbers[13]), Float(numbers[14]))
    (framelet.centre_x, framelet.centre_y) = (Float(numbers[15]), Float(numbers[16]))
    let radii = numbers[17..<20].map { $0 }
    framelet.inverse_radii2 = (
      Float(1 / (radii[0] * radii[0])), Float(1 / (radii[1] * radii[1])),
      Float(1 / (radii[2] * radii[2]))
    )
    framelet.camera = (Float(numbers[24]), 0, 0)
    framelet.minimum_cosine2 = 0.0025
    framelet.inverse_feather = 1 / 9
    framelet.rows = Float(planeHeight)
    framelet.first_x = 4
    framelet.last_x = 1e6
    self.framelet = framelet
    cosines = FloatArray(count: width)
    sines = FloatArray(count: width)
    equatorial = FloatArray(count: width)
    for sample in 0..<width {
      let (sine, cosine) = Elementary.sinCos(numbers[20] + Double(sample) * numbers[22])
      cosines.start[sample] = Float(cosine)
      sines.start[sample] = Float(sine)
      equatorial.start[sample] = Float(
        cosine * cosine / (radii[0] * radii[0]) + sine * sine / (radii[1] * radii[1]))
    }
    lines = (0..<height).map { line in
      let (sine, cosine) = Elementary.sinCos(numbers[21] - Double(line) * numbers[23])
      return (Float(cosine), Float(sine), Float(sine * sine / (radii[2] * radii[2])))
    }
  }

  /// Framelet coordinates of all pixels.
  func coordinates(_ x: FloatArray, _ y: FloatArray, threads: Int) {
    forEachLine(threads: threads) { place, count, scratch, kernels in
      var framelet = framelet
      return kernels.project(
        &framelet, scratch.x, scratch.y, scratch.z, count, x.start + place, y.start + place,
        scratch.weights, scratch.places)
    }
  }

  /// Bicubic samples of all pixels.
  func fused(_ plane: FloatArray, planeWidth: Int, _ output: FloatArray, threads: Int) {
    forEachLine(threads: threads) { place, count, scratch, kernels in
      var framelet = framelet
      let seen = kernels.project(
        &framelet, scratch.x, scratch.y, scratch.z, count, scratch.u, scratch.v, scratch.weights,
        scratch.places)
      kernels.bicubic(
        plane.start, planeWidth, scratch.u, scratch.v, seen, output.start + place)
      return seen
    }
  }

  private func forEachLine(
    threads: Int, _ body: (Int, Int, LineScratch, jk_kernels) -> Int
  ) {
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      let kernels = InstructionLevel.current.kernels
      let rows = height / Self.tile
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        let scratch = LineScratch(count: Self.tile)
        for row in stride(from: thread, to: rows, by: threads) {
          // Line by line, as the results lie in memory.
          for line in row * Self.tile..<(row + 1) * Self.tile {
            let (cosine, sine, polar) = lines[line]
            for left in stride(from: 0, to: width, by: Self.tile) {
              kernels.map_line(
                cosines.start + left, sines.start + left, equatorial.start + left, Self.tile,
                cosine, sine, polar, scratch.x, scratch.y, scratch.z)
              let seen = body(line * width + left, Self.tile, scratch, kernels)
              precondition(seen == Self.tile, "the camera must see the whole patch")
            }
          }
        }
      }
    }
  }
}

/// Points and samples of a line of a tile.
private final class LineScratch {
  let all: UnsafeMutablePointer<Float>
  let places: UnsafeMutablePointer<UInt32>
  private let size: Int

  init(count: Int) {
    size = count + 16
    all = .allocate(capacity: 6 * size)
    all.initialize(repeating: 0, count: 6 * size)
    places = .allocate(capacity: size)
  }

  deinit {
    all.deallocate()
    places.deallocate()
  }

  var x: UnsafeMutablePointer<Float> { all }
  var y: UnsafeMutablePointer<Float> { all + size }
  var z: UnsafeMutablePointer<Float> { all + 2 * size }
  var u: UnsafeMutablePointer<Float> { all + 3 * size }
  var v: UnsafeMutablePointer<Float> { all + 4 * size }
  var weights: UnsafeMutablePointer<Float> { all + 5 * size }
}
