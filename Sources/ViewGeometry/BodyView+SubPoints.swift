import SpaceMath

/// How the point "below" the camera or the Sun is meant.
public enum SubPointDefinition: String, Codable, Sendable, CaseIterable {
  /// The surface point nearest to it (SPICE's NEAR POINT/ELLIPSOID).
  case nearPoint = "NEAR POINT"
  /// The surface point on the line to the centre (SPICE's INTERCEPT/ELLIPSOID).
  case intercept = "INTERCEPT"
}

extension BodyView {
  /// The sub-spacecraft point (SPICE's subpnt): body axes when light left it, with its range.
  public func subObserverPoint(_ definition: SubPointDefinition = .nearPoint) -> SurfaceIntercept {
    solvingAtPoint { camera in surfacePoint(below: camera, definition) }
  }

  /// The sub-solar point (SPICE's subslr), with its range from the camera.
  public func subSolarPoint(_ definition: SubPointDefinition = .nearPoint) -> SurfaceIntercept {
    var delay = 0.0
    var point = Vector3.zero
    for _ in 0..<4 {
      let sun = turned(pose.sunPosition, by: delay)
      point = surfacePoint(below: sun, definition)
      if pose.lightTimeMode == .lightTimeAndStellar {
        let apparent = sunDirection(at: point, after: delay) * (sun - point).norm + point
        point = surfacePoint(below: apparent, definition)
      }
      delay = geometricVector(to: point).delay
    }
    let range = self.range(to: point)
    return SurfaceIntercept(
      point: point, rangeKm: range,
      lightTime: hasLightTime ? range / StellarAberration.speedOfLight : 0)
  }

  /// Height of the camera above the surface, along the normal, km.
  public var altitude: Double { ellipsoid.nearestPoint(to: subObserverPosition).altitude }

  /// The camera's position relative to the target's centre, km, in the body axes at the time light
  /// left the sub-spacecraft point and, in mode LT+S, displaced so that the point appears where
  /// aberration puts it: the viewpoint from which a picture without light time shows the same disc.
  public var subObserverPosition: Vector3 {
    var position = Vector3.zero
    _ = solvingAtPoint { camera in
      position = camera
      return surfacePoint(below: camera, .nearPoint)
    }
    return position
  }

  private func surfacePoint(below position: Vector3, _ definition: SubPointDefinition) -> Vector3 {
    switch definition {
    case .nearPoint: ellipsoid.nearestPoint(to: position).point
    case .intercept: ellipsoid.surfacePoint(along: position)
    }
  }

  /// Solves a surface point that depends on the camera's apparent position, which depends on the
  /// light time and aberration of that same point, as CSPICE defines subpnt and limbpt.
  @usableFromInline
  func solvingAtPoint(_ surfacePoint: (_ camera: Vector3) -> Vector3) -> SurfaceIntercept {
    var delay = 0.0
    var camera = cameraPosition(after: 0)
    var point = surfacePoint(camera)
    for _ in 0..<(hasLightTime ? 5 : 0) {
      let range = (point - camera).norm
      delay = self.delay(atRange: range)
      let geometric = cameraPosition(after: delay)
      let vector = point - geometric
      camera = geometric - (apparent(vector, after: delay) - vector)
      point = surfacePoint(camera)
    }
    let range = (point - camera).norm
    return SurfaceIntercept(
      point: point, rangeKm: range,
      lightTime: hasLightTime ? range / StellarAberration.speedOfLight : 0)
  }
}
