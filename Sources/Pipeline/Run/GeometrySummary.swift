import JunoCam
import Products
import SPICE
import SpaceMath
import ViewGeometry

/// An image's poses in the numbers that people ask for.
struct GeometrySummary {
  var geometry: ImageGeometry
  var kernels: KernelSet

  /// First, middle and last frame.
  func record() throws -> GeometryRecord {
    let poses = geometry.poses
    guard let first = poses.first, let last = poses.last else {
      throw PipelineError.noFramesInImage(productID: geometry.productID.description)
    }
    return GeometryRecord(
      first: try point(first), middle: try point(poses[poses.count / 2]), last: try point(last))
  }

  private func point(_ pose: Pose) throws -> GeometryPoint {
    let view = BodyView(pose)
    let below = view.subObserverPoint()
    let noon = view.subSolarPoint().point
    let camera = view.subObserverPosition
    let altitude = view.altitude
    // All filters share the focal length.
    let focalLength = geometry.cameras.values.map(\.focalLength).max() ?? 1
    return GeometryPoint(
      utc: try kernels.utc(et: pose.epochET, decimals: 3),
      epochET: Decimals.rounded(pose.epochET, 6),
      subSpacecraftLatitude: latitude(below.point),
      subSpacecraftLongitude: longitude(below.point),
      altitudeKm: Decimals.rounded(altitude, 4), rangeKm: Decimals.rounded(camera.norm, 4),
      subSolarLatitude: latitude(noon), subSolarLongitude: longitude(noon),
      phaseAngle: degrees(camera.angle(to: pose.sunPosition)),
      groundSampleDistanceKm: Decimals.rounded(altitude / focalLength, 6),
      solarDistanceKm: Decimals.rounded(pose.sunPosition.norm, 0))
  }

  private func degrees(_ radians: Double) -> Double {
    Decimals.rounded(Angle.degrees(radians), 6)
  }

  private func latitude(_ point: Vector3) -> Double { degrees(point.latitude) }

  private func longitude(_ point: Vector3) -> Double {
    let value = degrees(point.longitude)
    return value >= 360 ? value - 360 : value
  }
}
