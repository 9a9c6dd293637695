import Foundation
import JunoCam
import Mapping
import Raster
import SpaceMath
import Testing
import TestSupport
import ViewGeometry

@testable import Simulation

/// Maps made from simulated frames against the ground itself, drawn on the map's grid by the
/// surface function alone, without camera, pose or kernel.
@Suite struct MapRegistrationTests {
  private static let pixelsPerDegree = 8.0

  private let model: SceneModel
  private let surface: IoSurface
  private let grid: SimpleCylindricalGrid

  init() throws {
    let url = DataPack.repository.appendingPathComponent("Pipelines/scenes/pj57.yaml")
    model = try SceneModel(SceneDescription(contentsOf: url))
    guard case .io(let seed) = model.description.ground else {
      throw SimulationError.unknownTarget("a scene without Io")
    }
    surface = IoSurface(seed: seed)
    grid = SimpleCylindricalGrid(
      radii: Vector3(1829.4, 1819.4, 1815.7), pixelsPerDegree: Self.pixelsPerDegree)
  }

  /// Albedo of the map's pixels in green, as far as `isWanted`.
  private func ground(_ isWanted: [Bool]) -> [Double] {
    let footprint = IoSurface.radiusKm * Double.pi / 180 / Self.pixelsPerDegree
    return Parallel.map(count: grid.height) { line in
      (0..<grid.width).map { sample in
        guard isWanted[line * grid.width + sample] else { return Double.nan }
        let direction = Vector3.direction(
          longitude: Angle.radians(grid.longitude(sample: Double(sample) + 0.5)),
          latitude: Angle.radians(grid.latitude(line: Double(line) + 0.5)))
        let found = surface.reflectance(
          along: direction, footprintKm: footprint, sun: nil)
        return Double(found.bands[1])
      }
    }.flatMap { $0 }
  }

  private func map(_ framelets: [Plane<Float>], image: Int) throws -> ([Double], Backplanes) {
    let poses = model.exposureET(image: image).map { model.actual.pose(at: $0) }
    let source = ImageSource(
      productID: "SIMULATED",
      bands: [BandSource(filter: .green, camera: model.optics(.green), framelets: framelets)],
      poses: poses)
    let result = Warper(source: source).warp(onto: grid, jobs: 2)
    let backplanes = Backplanes(
      grid: grid, pose: source.middlePose, focalLength: model.optics(.green).focalLength, jobs: 2)
    return (try #require(result[.green]).values.samples.map(Double.init), backplanes)
  }

  /// Sunlit ground seen at less than 70° from above.
  private func lit(_ map: [Double], _ view: Backplanes) -> [Bool] {
    map.indices.map {
      !map[$0].isNaN && view.emission.samples[$0] < 70 * .pi / 180
        && view.incidence.samples[$0] < 80 * .pi / 180
    }
  }

  private func offsets(_ framelets: [Plane<Float>], image: Int) throws -> PatchOffsets {
    let (map, view) = try map(framelets, image: image)
    let wanted = lit(map, view)
    return PatchOffsets(
      of: map, against: ground(wanted), width: grid.width, height: grid.height, wanted: wanted)
  }

  private func renderer(image: Int) -> ImageRenderer<IoSurface> {
    ImageRenderer(model: model, surface: surface, index: image)
  }

  @Test func noiselessMapIsRegisteredToATenthOfAPixel() throws {
    let renderer = renderer(image: 1)
    let light = renderer.light(filter: .green, exposures: renderer.exposures())
    let offsets = try offsets(light, image: 1)
    #expect(offsets.count > 60)
    #expect(offsets.rms.x < 0.10 && offsets.rms.y < 0.10, "\(offsets.report)")
  }

  @Test func noisyMapFromTheFramesIsRegistered() throws {
    let rendered = renderer(image: 1).render()
    let image = model.description.images[1]
    let place = try #require(image.filters.firstIndex(of: .green))
    let radiometry = model.radiometry(image: 1)
    let table = Decompanding(mode: .squareRoot).values
    let framelets = rendered.readouts.indices.map { frame in
      var plane = Plane<Float>(width: 1648, height: 128, filledWith: 0)
      let first = (frame * image.filters.count + place) * 128
      for row in 0..<128 {
        for column in 0..<1648 {
          let dn = table[Int(rendered.codes[first + row, column])]
          plane[row, column] = Float(radiometry.iOverF(dn12: dn, .green))
        }
      }
      return plane
    }
    let offsets = try offsets(framelets, image: 1)
    #expect(offsets.count > 60)
    #expect(offsets.rms.x < 0.15 && offsets.rms.y < 0.15, "\(offsets.report)")
  }
}
