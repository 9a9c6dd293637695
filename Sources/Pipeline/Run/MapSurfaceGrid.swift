import Cartography
import Mapping
import SpaceMath

/// A map of any projection as the warp wants it. Simple cylindrical ones have a faster grid of their
/// own.
struct MapSurfaceGrid: SurfaceGrid {
  let surface: MapSurface
  let width: Int
  let height: Int
  let radii: SIMD3<Double>

  init(grid: MapGrid, radii: Vector3) {
    surface = MapSurface(grid: grid, radii: radii)
    width = grid.width
    height = grid.height
    self.radii = radii
  }

  func fill(_ block: SurfaceBlock) {
    for line in 0..<block.lines {
      for sample in 0..<block.samples {
        let point =
          surface.point(
            sample: block.firstSample + Double(sample) * block.sampleStep,
            line: block.firstLine + Double(line) * block.lineStep) ?? Vector3(repeating: .nan)
        let place = line * block.stride + sample
        block.x[place] = Float(point.x)
        block.y[place] = Float(point.y)
        block.z[place] = Float(point.z)
      }
    }
  }
}
