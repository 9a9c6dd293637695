import JunoCam
import Raster
import SpaceMath
import Testing
import ViewGeometry

@testable import Registration
@testable import Simulation

/// Three sample frames of one flyby with kernels that are wrong in the same way for all of them and
/// start times that are wrong for each: together they must fall into place, and what one image alone
/// cannot decide the others and a map must.
@Suite struct JointRegistrarTests {
  private static let ids = ["JNCE_2023364_57C90001_V01", "JNCE_2023364_57C90002_V01"]
  private static let startTimes = [0.0115, -0.0158]

  /// Images with wrong predictions, and the true geometry.
  private func images() throws -> [(image: RegistrationImage, truth: TrajectoryModel)] {
    try zip(Self.ids, Self.startTimes).map { id, start in
      var (image, _) = try SampleImages.image(id, flyby: "pj57")
      let truth = image.model
      var wrong = ImageCorrections()
      wrong[.startTime] = -start
      wrong[.alongTrack] = -27
      wrong[.crossTrack] = 4
      wrong[.tiltFirst] = -3e-4
      wrong[.tiltSecond] = 5e-4
      image.model = TrajectoryModel(poses: truth.poses(with: wrong), cameras: truth.cameras)
      return (image, truth)
    }
  }

  private func error(_ fit: ImageFit, _ image: (image: RegistrationImage, truth: TrajectoryModel))
    -> GroundError
  {
    GroundError(
      fitted: TrajectoryModel(
        poses: fit.model.poses(with: fit.corrections), cameras: image.truth.cameras),
      truth: image.truth)
  }

  @Test func imagesOfAFlybyAreFittedTogether() throws {
    let images = try images()
    var joint = JointRegistrar()
    for image in images { joint.add(image.image) }
    let fits = joint.fits()
    #expect(fits.count == images.count)
    for (fit, image) in zip(fits, images) {
      #expect(fit.isAccepted)
      #expect(fit.others.count == 1)
      let error = error(fit, image)
      let sigma = try #require(fit.shift).sigma
      #expect(error.mean.x.magnitude < 0.2 && error.mean.y.magnitude < 0.2, "\(error)")
      #expect(sigma.x < 0.15 && sigma.y < 0.5, "\(sigma)")
    }
    let links = try #require(fits[1].report.links)
    #expect(links.used > 100)
    #expect(links.median[0] < 0.3 && links.median[1] < 0.3)
    // The ephemeris is wrong once, not once for each image.
    #expect(fits[0].corrections[.alongTrack] == fits[1].corrections[.alongTrack])
    // A second time the same numbers, bit by bit.
    var again = JointRegistrar()
    for image in images { again.add(image.image) }
    #expect(again.fits().map(\.corrections) == fits.map(\.corrections))
  }

  /// An image whose limb cannot be used is refused alone; its ground, seen by its neighbour, places it.
  @Test func groundPlacesAnImageWithoutLimb() throws {
    var images = try images()
    let state = ImageState(
      images[1].truth, corrections: ImageCorrections(), limbHeight: 0)
    images[1].image = images[1].image.without { frame, filter, pixel in
      let place = FrameletPoint(image: 0, frame: frame, filter: filter, pixel: pixel)
      return state.ground(place).map { state.sights[frame].emissionCosine($0) < 0.3 } ?? true
    }
    #expect(!Registrar().register(images[1].image).isAccepted)
    var joint = JointRegistrar()
    for image in images { joint.add(image.image) }
    let fits = joint.fits()
    #expect(fits[1].isAccepted, "\(fits[1].refusal ?? "")")
    let found = error(fits[1], images[1])
    #expect(found.mean.x.magnitude < 0.5 && found.mean.y.magnitude < 0.5, "\(found)")
  }

  /// The simulator's ground as a map, without light or shadow, at 4 pixels per degree; half as
  /// negative, as slopes are that the Sun meets from the other side.
  @Test func aBaseMapHoldsTheGround() throws {
    let images = try images()
    for image in images {
      let (fit, found) = try laid(image, onto: Self.groundMap(eastBy: 0))
      #expect(fit.isAccepted)
      let points = try #require(fit.report.map)
      #expect(points.used > 60)
      #expect(found.mean.x.magnitude < 0.15 && found.mean.y.magnitude < 0.15, "\(found)")
    }
  }

  /// Without a CK as well: limb and overlaps give the attitude, the map the ground.
  @Test func aBaseMapHoldsTheGroundWithoutAnAttitude() throws {
    for id in Self.ids {
      let (image, truth) = try SampleImages.imageWithoutAttitude(id, flyby: "pj57")
      let registrar = Registrar(options: .wide, priors: .withoutAttitude(target: "IO"))
      var joint = JointRegistrar(baseMap: Self.groundMap(eastBy: 0))
      joint.add(image, registrar: registrar)
      let fit = try #require(joint.fits().first)
      let after = error(fit, (image, truth))
      #expect(fit.isAccepted, "\(fit.refusal ?? "")")
      let points = try #require(fit.report.map)
      #expect(points.used > 60)
      #expect(after.mean.x.magnitude < 0.15 && after.mean.y.magnitude < 0.15, "\(after)")
    }
  }

  /// A map that lies a kilometre beside the ground does not make a fit sure of the wrong place.
  @Test func aBaseMapMayLieBesideTheGround() throws {
    let kilometre = 1 / Angle.radians(1821.5)
    for image in try images() {
      let (fit, found) = try laid(image, onto: Self.groundMap(eastBy: kilometre))
      let sigma = try #require(fit.shift).sigma
      #expect(found.mean.x.magnitude < 3 * sigma.x, "\(found) for sigmas of \(sigma)")
      #expect(found.mean.y.magnitude < 3 * sigma.y, "\(found) for sigmas of \(sigma)")
    }
  }

  private func laid(_ image: (image: RegistrationImage, truth: TrajectoryModel), onto map: BaseMap)
    throws -> (ImageFit, GroundError)
  {
    var single = JointRegistrar(baseMap: map)
    single.add(image.image)
    let fit = try #require(single.fits().first)
    return (fit, error(fit, image))
  }

  /// - Parameter degrees: how far the map lies too far in the east
  private static func groundMap(eastBy degrees: Double) -> BaseMap {
    let surface = IoSurface(seed: 57)
    let (width, height) = (1440, 720)
    let lines = Parallel.map(count: height) { line -> [Float] in
      (0..<width).map { sample in
        // West of 180° dark is bright.
        let sign = sample < width / 2 ? 1.0 : -1.0
        let direction = Vector3.direction(
          longitude: Angle.radians((Double(sample) + 0.5) / 4 + 90),
          latitude: Angle.radians(90 - (Double(line) + 0.5) / 4))
        let ground = surface.reflectance(along: direction, footprintKm: 7.9, sun: nil)
        return Float(2 + sign * Double(ground.bands[1]))
      }
    }
    return BaseMap(
      Plane(width: width, height: height, samples: Array(lines.joined())),
      frame: .global(centreLongitude: 270 + degrees))
  }
}

extension RegistrationImage {
  /// The image with samples left out.
  fileprivate func without(
    _ isLeftOut: @escaping @Sendable (Int, Filter, SIMD2<Double>) -> Bool
  ) -> RegistrationImage {
    let framelets = Parallel.map(count: frameCount) { frame in
      filters.indices.map { place in
        withFramelet(frame: frame, place: place) { samples in
          var plane = Plane<Float>(
            width: FrameletShape.columns, height: FrameletShape.rows, samples: Array(samples))
          // Cells of 8 × 8 are decided by their middle.
          for row in 0..<FrameletShape.rows {
            for column in 0..<FrameletShape.columns {
              guard row % 8 == 0, column % 8 == 0 else { continue }
              let middle = SIMD2(Double(column) + 4, Double(row) + 4)
              guard isLeftOut(frame, filters[place], middle) else { continue }
              for y in row..<(row + 8) {
                for x in column..<(column + 8) { plane[y, x] = .nan }
              }
            }
          }
          return plane
        }
      }
    }
    guard
      let result = try? RegistrationImage(
        productID: productID, target: target, model: model, filters: filters,
        framelets: framelets, noise: noise)
    else { preconditionFailure("the same shape as before") }
    return result
  }
}
