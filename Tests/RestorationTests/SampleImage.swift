import Foundation
import JunoCam
import SPICE
import SpaceMath
import TestSupport
import ViewGeometry

/// A sample frame of the repository with the geometry of its kernels.
struct SampleImage {
  var image: DecodedImage
  var geometry: ImageGeometry
  var frames: FrameSet<Companded>

  /// - Parameter wanted: frames to keep; nil: all.
  init(folder: String, number: String, frames wanted: Range<Int>? = nil) throws {
    let root = DataPack.sampleFrames.appendingPathComponent(folder)
    let files = try FileManager.default.contentsOfDirectory(
      at: root.appendingPathComponent("frames"), includingPropertiesForKeys: nil)
    guard
      let file = files.first(where: {
        $0.lastPathComponent.contains(number) && $0.pathExtension == "json"
      })
    else { throw CocoaError(.fileNoSuchFile) }
    image = try JunoCamProduct.open(file).decode()
    let kernels = try KernelSet(
      loading: [root.appendingPathComponent("kernels/\(folder).tm").path])
    geometry = try PoseSolver(kernels: kernels, target: "IO").geometry(of: image.label)
    guard case .companded(let frames) = image.frames else {
      throw CocoaError(.fileReadCorruptFile)
    }
    let kept = wanted ?? 0..<frames.frameCount
    geometry.poses = Array(geometry.poses[kept])
    self.frames = FrameSet(
      label: frames.label,
      frames: frames.frames[kept].map { framelets in
        framelets.map { framelet in
          var framelet = framelet
          framelet.frame -= kept.lowerBound
          return framelet
        }
      })
    image = DecodedImage(frames: .companded(self.frames))
  }

  /// Whether a pixel and everything within three pixels of it sees either the lit ground or not the
  /// target.
  func isFarFromLimb(frame: Int, place: Int, pixel: Int) -> Bool {
    let view = BodyView(geometry.poses[frame])
    guard let camera = geometry.cameras[frames.filters[place]] else { return false }
    let x = Double(pixel % FrameletShape.columns) + 0.5
    let y = Double(pixel / FrameletShape.columns) + 0.5
    var kinds = Set<Int>()
    let steps = [
      (0.0, 0.0), (3, 0), (-3, 0), (0, 3), (0, -3), (2, 2), (2, -2), (-2, 2), (-2, -2),
    ]
    for (dx, dy) in steps {
      if let hit = view.intercept(cameraDirection: camera.direction(x: x + dx, y: y + dy)) {
        kinds.insert(view.illuminationCosines(at: hit.point).incidence > 0 ? 1 : 2)
      } else {
        kinds.insert(0)
      }
    }
    return kinds.count == 1
  }
}
