import JunoCam
import ViewGeometry

/// The keys of a scene file's `camera`.
enum CameraReader {
  static func camera(_ mapping: SceneMapping) -> CameraDescription {
    var camera = CameraDescription()
    camera.samplesPerEdge = mapping.integer("supersampling", in: 1...8) ?? camera.samplesPerEdge
    camera.lightTimeMode =
      mapping.choice("lightTime", of: LightTimeMode.self) ?? camera.lightTimeMode
    camera.pointSpread = mapping.number("pointSpread", in: 0...3) ?? camera.pointSpread
    camera.hasSmear = mapping.flag("smear") ?? camera.hasSmear
    camera.vignetting = mapping.number("vignetting", in: 0...0.9) ?? camera.vignetting
    camera.radiometry.scale =
      mapping.choice("radiometricScale", of: RadiometricScale.self) ?? camera.radiometry.scale
    camera.radiometry.throughput =
      mapping.choice("throughput", of: ThroughputModel.self) ?? camera.radiometry.throughput
    camera.hasNoise = mapping.flag("noise") ?? camera.hasNoise
    camera.readNoise = mapping.number("readNoise", in: 0...100) ?? camera.readNoise
    camera.electronsPerDN = mapping.number("electronsPerDN", in: 1...100) ?? camera.electronsPerDN
    camera.fullWell = mapping.number("fullWell", in: 10...4095) ?? camera.fullWell
    camera.hasBlooming = mapping.flag("blooming") ?? camera.hasBlooming
    black(mapping, &camera)
    camera.lineNoise = mapping.number("lineNoise", in: 0...100) ?? camera.lineNoise
    camera.darkCurrent = mapping.number("darkCurrent", in: 0...10) ?? camera.darkCurrent
    camera.hotPixels = mapping.integer("hotPixels", in: 0...20_000) ?? camera.hotPixels
    camera.hotPixelLevel = mapping.number("hotPixelLevel", in: 0...4095) ?? camera.hotPixelLevel
    camera.hitsPerFramelet =
      mapping.number("hitsPerFramelet", in: 0...10_000) ?? camera.hitsPerFramelet
    camera.hitLevel = mapping.number("hitLevel", in: 1...4095) ?? camera.hitLevel
    camera.sampleBitMode =
      mapping.choice("sampleBitMode", of: SampleBitMode.self) ?? camera.sampleBitMode
    camera.compressionStep =
      mapping.number("compressionStep", in: 0...100) ?? camera.compressionStep
    mapping.finish()
    return camera
  }

  private static func black(_ mapping: SceneMapping, _ camera: inout CameraDescription) {
    if let levels = mapping.mapping("black") {
      for filter in Filter.allCases {
        if let level = levels.number(filter.rawValue, in: 0...4000) {
          camera.black[filter] = level
        }
      }
      levels.finish()
    }
    camera.blackDrift = mapping.number("blackDrift", in: -100...100) ?? camera.blackDrift
    camera.blackWander = mapping.number("blackWander", in: 0...100) ?? camera.blackWander
  }
}
