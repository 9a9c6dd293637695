import Foundation
import Pipeline
import Products
import Simulation
import TestSupport
import Testing

/// A run over a frame that ships with the project, weighed against the scene it was rendered from.
@Suite struct AssessRunTests {
  @Test func aSampleFrameAgreesWithItsScene() async throws {
    let id = "JNCE_2023364_57C90003_V01"
    let sample = DataPack.sampleFrames.appendingPathComponent("pj57")
    let folder = try RunFolder()
    let file = try folder.pipeline(
      """
      schema: 1
      title: Sample frame
      target: IO
      frames: [\(sample.path)/frames/\(id)-raw.png]
      kernels: [\(sample.path)/kernels/pj57.tm]
      products:
        - view: {projection: point-perspective}
          formats: [png16, png]
      output: out
      """)
    let run = try await PipelineRun(file).run()
    #expect(run.failures.isEmpty)
    let outcome = try RunAssessor(run: run.output, scene: sample).assess()

    // The picture has no truth and is not compared.
    let product = try #require(outcome.assessment.products.first)
    #expect(outcome.assessment.products.count == 1 && product.images == [id])
    let registration = try #require(product.registration)
    #expect(registration.pixels.count > 40)
    #expect(registration.pixels.median < 0.15)
    #expect(abs(registration.meanPixels.x) < 0.05 && abs(registration.meanPixels.y) < 0.05)
    #expect(try #require(product.redAgainstGreen).median < 0.15)
    #expect(product.radiometry.map(\.band) == ["BLUE", "GREEN", "RED"])
    #expect(product.radiometry.allSatisfy { abs($0.relativeBias) < 0.04 })
    #expect(product.coverage > 0.99)
    #expect(try #require(product.seamVisibility) < 1.5)
    #expect(try #require(product.deltaE2000).median < 3)
    #expect(outcome.plots.count == 1 && outcome.differences.count == 1)
    // The scene hid no errors: what registration found is nothing, by its own account. The frames'
    // lists of defects do not ship.
    #expect(outcome.assessment.detections.isEmpty)
    for found in outcome.assessment.recovered {
      #expect(abs(found.error) < 3 * (try #require(found.sigma)), "\(found.name)")
    }
    let sight = try #require(outcome.assessment.sights.first)
    #expect(abs(sight.predicted.x) < 1e-6 && abs(sight.predicted.y) < 1e-6)
    #expect(abs(sight.corrected.x) < 0.2 && abs(sight.corrected.y) < 0.2)
  }
}
