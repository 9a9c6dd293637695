import Foundation
import ImageFormats
import JunoCam

/// How far the samples of an image, as sent, lie from what would have been sent had there been neither
/// hot pixels nor hits: also what the on-board compression carried from a defect to its neighbours.
struct DamagePicture: Sendable {
  private let sent: FlagPicture
  private let sound: FlagPicture
  /// DN12 of each code, and noise there.
  private let values: [Double]
  private let sigmas: [Float]

  /// - Parameters:
  ///   - sent, sound: codes, laid out as the raw file.
  ///   - noise: its table of codes is the camera's.
  init(sent: [UInt8], sound: [UInt8], filters: [Filter], noise: NoiseModel) {
    self.sent = FlagPicture(samples: sent, filters: filters)
    self.sound = FlagPicture(samples: sound, filters: filters)
    values = Decompanding(mode: noise.mode).values
    sigmas = noise.sigmaOfCodes
  }

  /// Of an image of a scene's folder.
  ///
  /// - Throws: `ImageFormatError`, `SimulationError.notRead`.
  init(_ truth: ImageTruth, in scene: URL, filters: [Filter], noise: NoiseModel) throws {
    func codes(_ path: String) throws -> [UInt8] {
      let url = scene.appendingPathComponent(path)
      guard case .u8(let samples) = try PNGReader.image(at: url).samples else {
        throw SimulationError.notRead(path: url.path, reason: "it holds no 8-bit codes")
      }
      return samples
    }
    let sent = try codes("frames/\(truth.product)-raw.png")
    let sound = try codes("truth/\(truth.sound)")
    guard sent.count == sound.count else {
      throw SimulationError.notRead(
        path: truth.sound, reason: "its size is not that of the raw picture")
    }
    self.init(sent: sent, sound: sound, filters: filters, noise: noise)
  }

  /// Difference of each sample of a framelet in standard deviations of the noise model.
  func framelet(_ frame: Int, _ filter: Filter) -> [Double] {
    zip(sent.framelet(frame, filter), sound.framelet(frame, filter)).map { sent, sound in
      sent == sound ? 0 : (values[Int(sent)] - values[Int(sound)]) / Double(sigmas[Int(sound)])
    }
  }
}
