import JunoCam
import SpaceMath
import Testing
import ViewGeometry

@testable import Registration

/// Observations are made from the true poses by exact geometry, so values and statistics of the
/// estimator can be held against the truth.
@Suite struct AdjustmentTests {
  static let slots: [ParameterSlot] = [
    ParameterSlot(parameter: .startTime, image: 0, priorSigma: 0.02),
    ParameterSlot(parameter: .spinPhase, image: 0, priorSigma: 1e-3),
    ParameterSlot(parameter: .spinAxisFirst, image: 0, priorSigma: 1e-3),
    ParameterSlot(parameter: .spinAxisSecond, image: 0, priorSigma: 1e-3),
    ParameterSlot(parameter: .spinRate, image: 0, priorSigma: 1e-4),
    ParameterSlot(parameter: .alongTrack, image: 0, priorSigma: 3),
    ParameterSlot(parameter: .crossTrack, image: 0, priorSigma: 0.2),
    ParameterSlot(parameter: .radial, image: 0, priorSigma: 0.2),
  ]

  /// A scene whose hidden errors are drawn from the priors.
  static func scene(_ noise: inout Noise) -> SpinScene {
    var scene = SpinScene()
    scene.lightTimeMode = .lightTimeAndStellar
    let model = scene.predicted
    scene.startTime = 0.02 * noise.gaussian()
    scene.phase = 1e-3 * noise.gaussian()
    scene.rate = 1e-4 * noise.gaussian()
    let axis =
      model.firstInJ2000 * (1e-3 * noise.gaussian())
      + model.secondInJ2000 * (1e-3 * noise.gaussian())
    scene.axis = SIMD2(axis.x, axis.y)
    scene.displacement =
      model.along * (3 * noise.gaussian()) + model.cross * (0.2 * noise.gaussian())
      + model.radial * (0.2 * noise.gaussian())
    return scene
  }

  /// Limb points where the true limb crosses the strips, and ties between filters, with noise.
  static func observe(
    _ scene: SpinScene, limbSigma: Double, tieSigma: Double, noise: inout Noise
  ) -> (limb: [LimbObservation], ties: [TieObservation]) {
    var limb: [LimbObservation] = []
    var ties: [TieObservation] = []
    let views = scene.truePoses.map { BodyView($0) }
    for (frame, view) in views.enumerated() {
      for filter in SpinScene.filters {
        let camera = CameraModel.instrumentKernelV03(filter)
        func pixel(_ point: Vector3, _ view: BodyView) -> SIMD2<Double>? {
          camera.pixel(along: view.cameraVector(toSurface: point))
        }
        func isOnStrip(_ p: SIMD2<Double>) -> Bool {
          p.x > 24 && p.x < 1630 && p.y > 0 && p.y < 128
        }
        for point in view.limbPoints(count: 90) {
          let raised = point.point * 1.0005
          guard let p = pixel(point.point, view), isOnStrip(p), let q = pixel(raised, view)
          else { continue }
          let step = q - p
          let along = SIMD2(step.x, step.y) / (step * step).sum().squareRoot()
          limb.append(
            LimbObservation(
              place: FrameletPoint(
                image: 0, frame: frame, filter: filter,
                pixel: p + along * (limbSigma * noise.gaussian())),
              normal: along, sigma: limbSigma))
        }
        for x in stride(from: 100.5, to: 1600, by: 220) {
          for y in [30.5, 98.5] {
            guard
              let ground = view.intercept(cameraDirection: camera.direction(x: x, y: y))?.point
            else { continue }
            for other in (frame + 1)..<max(min(frame + 4, views.count), frame + 1) {
              for second in SpinScene.filters {
                let optics = CameraModel.instrumentKernelV03(second)
                guard
                  let p = optics.pixel(along: views[other].cameraVector(toSurface: ground)),
                  isOnStrip(p)
                else { continue }
                ties.append(
                  TieObservation(
                    first: FrameletPoint(
                      image: 0, frame: frame, filter: filter, pixel: SIMD2(x, y)),
                    second: FrameletPoint(
                      image: 0, frame: other, filter: second,
                      pixel: p + SIMD2(noise.gaussian(), noise.gaussian()) * tieSigma),
                    information: PlaceInformation(sigma: tieSigma), correlation: 1))
              }
            }
          }
        }
      }
    }
    return (limb, ties)
  }

  static func adjustment(
    _ scene: SpinScene, limb: [LimbObservation], ties: [TieObservation]
  ) -> Adjustment {
    var adjustment = Adjustment(images: [scene.predicted], limbHeights: [0], slots: slots)
    adjustment.limb = limb
    adjustment.ties = ties
    return adjustment
  }

  @Test func findsHiddenErrorsWithoutNoise() throws {
    var noise = Noise(seed: 3)
    let scene = Self.scene(&noise)
    let observed = Self.observe(scene, limbSigma: 1e-3, tieSigma: 1e-3, noise: &noise)
    #expect(observed.limb.count > 40)
    #expect(observed.ties.count > 40)
    let solution = try Self.adjustment(scene, limb: observed.limb, ties: observed.ties).solve()
    #expect(solution.hasConverged)
    let error = Self.groundError(scene, solution)
    // What is left is the parallax of the ground before the limb, which only the priors hold.
    let sigma = solution.groundShift(image: 0).sigma
    #expect((error / sigma).x.magnitude < 4 && (error / sigma).y.magnitude < 4)
    #expect(sigma.x < 0.1 && sigma.y < 0.1)
    let limb = solution.fits.filter { $0.kind == .limb }.map { $0.residual.x.magnitude }.sorted()
    #expect(limb[limb.count / 2] < 2e-3)
  }

  /// Place of the middle ground point under the solution less its true place, px.
  static func groundError(_ scene: SpinScene, _ solution: AdjustmentSolution) -> SIMD2<Double> {
    let frame = scene.frames / 2
    let truth = BodyView(scene.pose(frame, isTrue: true))
    let direction = -truth.centre
    let ground = TriaxialEllipsoid(radii: scene.radii).surfacePoint(along: direction)
    let corrected = scene.predicted.poses(with: solution.corrections[0])
    let camera = CameraModel.instrumentKernelV03(.green)
    let p = camera.pixel(along: truth.cameraVector(toSurface: ground)) ?? SIMD2(.nan, .nan)
    let q =
      camera.pixel(along: BodyView(corrected[frame]).cameraVector(toSurface: ground))
      ?? SIMD2(.nan, .nan)
    return q - p
  }

  @Test func errorsAreAsLargeAsStated() throws {
    var squares = SIMD2(0.0, 0.0)
    var sum = 0.0
    let seeds = 12
    for seed in 1...seeds {
      var noise = Noise(seed: seed)
      let scene = Self.scene(&noise)
      let observed = Self.observe(scene, limbSigma: 0.1, tieSigma: 0.2, noise: &noise)
      let solution = try Self.adjustment(scene, limb: observed.limb, ties: observed.ties).solve()
      let error = Self.groundError(scene, solution)
      let sigma = solution.groundShift(image: 0).sigma
      squares += (error / sigma) * (error / sigma)
      sum += error.x.magnitude + error.y.magnitude
      #expect(sigma.x < 0.15 && sigma.y < 0.35)
    }
    let rms = ((squares.x + squares.y) / Double(2 * seeds)).squareRoot()
    #expect(rms > 0.75 && rms < 1.3, "normalised error \(rms)")
  }

  @Test func outliersDoNotPull() throws {
    var noise = Noise(seed: 11)
    let scene = Self.scene(&noise)
    var observed = Self.observe(scene, limbSigma: 0.05, tieSigma: 0.1, noise: &noise)
    // A plume's top along a tenth of the limb, and wrong matches.
    for index in observed.limb.indices where index % 10 == 3 {
      observed.limb[index].place.pixel += observed.limb[index].normal * 9
    }
    for index in observed.ties.indices where index % 8 == 1 {
      observed.ties[index].second.pixel += SIMD2(4 * noise.gaussian(), 4 * noise.gaussian())
    }
    let solution = try Self.adjustment(scene, limb: observed.limb, ties: observed.ties).solve()
    let error = Self.groundError(scene, solution)
    let sigma = solution.groundShift(image: 0).sigma
    #expect((error / sigma).x.magnitude < 4 && (error / sigma).y.magnitude < 4)
    let rejected = solution.fits.filter { $0.kind == .limb && $0.weight < 0.05 }.count
    let planted = (observed.limb.count + 6) / 10
    #expect(rejected >= planted && rejected <= planted + observed.limb.count / 20)
  }

  @Test func nearlyEqualParametersAreNamed() throws {
    var noise = Noise(seed: 5)
    let scene = Self.scene(&noise)
    let observed = Self.observe(scene, limbSigma: 0.05, tieSigma: 0.1, noise: &noise)
    let solution = try Self.adjustment(scene, limb: observed.limb, ties: observed.ties).solve()
    let undecided = solution.undecided()
    let named = try #require(
      undecided.first { direction in
        Set(direction.parts.map(\.parameter)).isSuperset(of: [.startTime, .spinPhase])
      }, "found: \(undecided.map(\.description))")
    #expect(named.posteriorToPrior > 0.5)
    #expect(named.description.contains("startTimeOffset"))
    let start = try #require(solution.index(of: .startTime, image: 0))
    // The data cannot part them: the start time alone stays uncertain.
    #expect(solution.sigma(start) > 1e-3)
  }

  @Test func redundanciesAddUp() throws {
    var noise = Noise(seed: 9)
    let scene = Self.scene(&noise)
    let observed = Self.observe(scene, limbSigma: 0.05, tieSigma: 0.1, noise: &noise)
    var adjustment = Self.adjustment(scene, limb: observed.limb, ties: observed.ties)
    // Loose priors: the data decide all.
    adjustment.slots = [
      ParameterSlot(parameter: .spinPhase, image: 0, priorSigma: 1),
      ParameterSlot(parameter: .spinAxisFirst, image: 0, priorSigma: 1),
    ]
    adjustment.options.cutoff = 1e6
    adjustment.options.smallestScale = 1
    adjustment.options.largestScale = 1
    let solution = try adjustment.solve()
    let used = solution.fits.reduce(0.0) {
      $0 + (1 - $1.redundancy) * ($1.kind == .limb ? 1 : 2)
    }
    // Leverages sum to the number of unknowns.
    #expect((used - 2).magnitude < 1e-3)
  }

  @Test func sharedOpticsAreFoundFromSeveralImages() throws {
    var adjustment = Adjustment(
      images: [], limbHeights: [],
      slots: [ParameterSlot(parameter: .bandY(.red), image: nil, priorSigma: 1)])
    for image in 0..<2 {
      var noise = Noise(seed: 20 + image)
      let scene = Self.scene(&noise)
      let observed = Self.observe(scene, limbSigma: 0.05, tieSigma: 0.05, noise: &noise)
      adjustment.images.append(scene.predicted)
      adjustment.limbHeights.append(0)
      adjustment.slots += Self.slots.map {
        ParameterSlot(parameter: $0.parameter, image: image, priorSigma: $0.priorSigma)
      }
      func moved(_ place: FrameletPoint) -> FrameletPoint {
        var place = place
        place.image = image
        if place.filter == .red { place.pixel.y += 0.4 }
        return place
      }
      adjustment.limb += observed.limb.map {
        LimbObservation(place: moved($0.place), normal: $0.normal, sigma: $0.sigma)
      }
      adjustment.ties += observed.ties.map {
        TieObservation(
          first: moved($0.first), second: moved($0.second), information: $0.information,
          correlation: 1)
      }
    }
    let solution = try adjustment.solve()
    let band = try #require(solution.index(of: .bandY(.red), image: nil))
    #expect((solution.values[band] - 0.4).magnitude < 4 * solution.sigma(band))
    #expect(solution.sigma(band) < 0.03)
    #expect(solution.corrections[0][.bandY(.red)] == solution.corrections[1][.bandY(.red)])
  }
}
