import Foundation
import JunoCam
import Photometry
import TestSupport
import Testing

@testable import Simulation

@Suite struct SceneFileTests {
  private func source(_ name: String) throws -> String {
    try String(
      contentsOf: DataPack.repository.appendingPathComponent("Pipelines/scenes/\(name)"),
      encoding: .utf8)
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try SceneDescription(yaml: text, file: "scene.yaml")
      return []
    } catch {
      guard case .badScene("scene.yaml", let problems) = error else { return ["\(error)"] }
      return problems
    }
  }

  @Test func everyShippedSceneIsRead() throws {
    let folder = DataPack.repository.appendingPathComponent("Pipelines/scenes")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }
    #expect(files.count >= 2)
    for file in files {
      let scene = try SceneDescription(yaml: source(file), file: file)
      #expect(!scene.images.isEmpty)
      _ = try SceneModel(scene)
    }
  }

  @Test func publishedNumbersArriveInTheScene() throws {
    let scene = try SceneDescription(yaml: source("pj57.yaml"), file: "pj57.yaml")
    #expect(scene.track.closestApproach.text == "2023-12-30T08:36:00.836")
    #expect(scene.track.altitudeKm == 1500)
    #expect(scene.track.subSolar.westLongitude == 241.9)
    #expect(scene.images.count >= 4)
    #expect(scene.images[0].filters == [.blue, .green, .red])
  }

  @Test func unknownKeysNameTheirLineAndTheNearestKnownKey() throws {
    let text = try source("pj57.yaml").replacingOccurrences(
      of: "  blackWander:", with: "  blackWonder:")
    let line = try #require(
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .firstIndex { $0.contains("blackWonder") })
    #expect(
      problems(text) == [
        "line \(line + 1): unknown key 'camera.blackWonder'; did you mean 'blackWander'?"
      ])
  }

  @Test func wrongAndMissingValuesAreAllReported() throws {
    let text = try source("pj57.yaml")
      .replacingOccurrences(of: "altitude: 1500", with: "altitude: high")
      .replacingOccurrences(of: "  speed: 29.1\n", with: "")
      .replacingOccurrences(of: "time: 114", with: "time: soon")
    let found = problems(text)
    #expect(found.count == 3)
    #expect(found.contains { $0.contains("'flyby.altitude' must be a number from 1.0") })
    #expect(found.contains { $0.contains("'flyby.speed' is missing") })
    #expect(found.contains { $0.contains("'images.0.time' must be a number") })
  }

  @Test(arguments: ["", "[1, 2]", "schema: 1", "a: [", "schema: 2\nimages: 3", "\u{0}", "- : : -"])
  func nonsenseIsAnErrorAndNotATrap(text: String) {
    #expect(!problems(text).isEmpty)
  }

  @Test func photometricModelsAreChosenByName() throws {
    let base = try source("pj57.yaml")
    let hapke = try SceneDescription(
      yaml: base + "light: {model: hapke, meanSlope: 20}\n", file: "x")
    guard case .hapke(let parameters) = hapke.light.model else {
      Issue.record("not Hapke")
      return
    }
    #expect(abs(parameters.meanSlopeRad - 0.349_066) < 1e-6)
    let minnaert = try SceneDescription(
      yaml: base + "light: {model: minnaert, k: 0.6, plumes: false}\n", file: "x")
    #expect(minnaert.light.model == .minnaert(k: 0.6))
    #expect(!minnaert.light.hasPlumes)
  }

  @Test func unknownTargetsAreRefused() throws {
    let text = try source("pj57.yaml").replacingOccurrences(
      of: "target: IO", with: "target: HALLEY")
    let scene = try SceneDescription(yaml: text, file: "x")
    #expect(throws: SimulationError.unknownTarget("HALLEY")) { try SceneModel(scene) }
  }
}
