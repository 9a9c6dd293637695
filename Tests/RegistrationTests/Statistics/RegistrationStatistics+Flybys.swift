import JunoCam
import SpaceMath
import Testing
import ViewGeometry

@testable import Registration

extension RegistrationStatistics {
  /// Four images of a flyby over ground as uneven as Io's, each by itself and all together: no common
  /// error may be left, least of all one towards the Sun, where the lit limb is.
  @Test func unevenGroundDoesNotPullTheLimb() throws {
    var lines = [
      "## Uneven ground", "",
      "Flybys of Io of four images, 90 s from one to the next, painted as above over ground whose albedo",
      "changes as much as that of the Galileo and Voyager mosaic (0.19 within 50 km, 0.31 within 200 km;",
      "`MottledGround`), lit by a lunar-Lambert law, with the camera's blur and without any. Start times are",
      "each image's own, the errors of pointing, place and limb height are shared.", "",
      "| scenes | flybys | images | error, px RMS | error, km RMS | sunward, km mean | error / sigma, RMS |",
      "|---|---|---|---|---|---|---|",
    ]
    let seeds = StatisticsPage.seeds(40)
    for kind in LimbScene.Kind.allCases where kind.isMottled {
      var alone = FlybyTally()
      var together = FlybyTally()
      for seed in seeds {
        let first = LimbScene(kind, seed: seed)
        var random = Noise(seed: seed * 131 + 7)
        let scenes = (0..<4).map { place in
          LimbScene(first, place: place, startTimeError: first.priors.startTime * random.gaussian())
        }
        var joint = JointRegistrar()
        for scene in scenes {
          let image = try scene.image()
          joint.add(image)
          alone.add(Registrar().register(image), scene)
        }
        for (fit, scene) in zip(joint.fits(), scenes) { together.add(fit, scene) }
      }
      for (name, tally) in [("alone", alone), ("together", together)] {
        lines.append(
          "| \(kind.rawValue), \(name) | \(seeds.count) | \(tally.normalised.count / 2) | "
            + "\(StatisticsPage.text(tally.pixels.rms, 3)) | "
            + "\(StatisticsPage.text(tally.kilometres.rms, 3)) | "
            + "\(StatisticsPage.text(tally.sunward.mean, 3)) | "
            + "\(StatisticsPage.text(tally.normalised.rms)) |")
        #expect(
          tally.normalised.rms > 0.8 && tally.normalised.rms < 1.25,
          "\(kind.rawValue) \(name): \(tally.normalised.rms)")
        // Three sigmas of the mean.
        let scatter = tally.sunward.rms / Double(tally.sunward.count).squareRoot()
        #expect(tally.sunward.mean.magnitude < 3 * scatter, "\(kind.rawValue) \(name)")
      }
    }
    try StatisticsPage()?.write("2-uneven", lines)
  }
}

/// Errors of the ground at mid-image over many images.
private struct FlybyTally {
  var pixels = Tally()
  var kilometres = Tally()
  var sunward = Tally()
  var normalised = Tally()

  mutating func add(_ fit: ImageFit, _ scene: LimbScene) {
    guard fit.isAccepted, let shift = fit.shift else { return }
    let error = scene.groundError(fit.corrections)
    let unit = scene.scene.predicted.pixelUnit(of: .limbHeight)
    for (value, sigma) in [(error.x, shift.sigma.x), (error.y, shift.sigma.y)] {
      pixels.add(value)
      kilometres.add(value * unit)
      normalised.add(value / sigma)
    }
    // A place that lies sunward in the picture is mapped sunward if the model puts the ground behind it.
    sunward.add(-(error * scene.sunward).sum() * unit)
  }
}
