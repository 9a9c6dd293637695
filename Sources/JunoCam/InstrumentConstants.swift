import SPICE

/// The numbers of JunoCam's instrument kernel: optics per filter and the timing rule.
public struct InstrumentConstants: Hashable, Codable, Sendable {
  /// Optics per filter, with all four filters present.
  public var cameras: [Filter: CameraModel]
  /// INS-61500_START_TIME_BIAS, s.
  public var startTimeBias: Double
  /// INS-61500_INTERFRAME_DELTA, s.
  public var interframeDelta: Double
  /// Where the numbers come from, for the manifest.
  public var source: String

  /// The numbers of juno_junocam_v03.ti, for use without kernels.
  public static let v03 = InstrumentConstants(
    cameras: Dictionary(
      uniqueKeysWithValues: Filter.allCases.map { ($0, CameraModel.instrumentKernelV03($0)) }),
    startTimeBias: 0.06188, interframeDelta: 0.001, source: "built in, juno_junocam_v03.ti")

  private init(
    cameras: [Filter: CameraModel], startTimeBias: Double, interframeDelta: Double, source: String
  ) {
    self.cameras = cameras
    self.startTimeBias = startTimeBias
    self.interframeDelta = interframeDelta
    self.source = source
  }

  /// Reads the kernel pool; without any `INS-615…` variable these are the `v03` numbers.
  ///
  /// - Throws: `JunoCamError.instrumentKeyword` for a kernel that lacks part of the model or holds
  ///   values that cannot be right.
  public init(pool: KernelPool) throws {
    guard pool.contains("INS-61501_DISTORTION_X") || pool.contains("INS-61500_FOCAL_LENGTH") else {
      self = .v03
      return
    }
    var cameras: [Filter: CameraModel] = [:]
    for filter in Filter.allCases {
      func value(_ key: String, _ allowed: ClosedRange<Double>) throws -> Double {
        try Self.value("INS\(filter.naifID)_\(key)", in: allowed, pool)
      }
      let focalLength = try value("FOCAL_LENGTH", 1...1000)
      let pixelSize = try value("PIXEL_SIZE", 1e-4...1)
      cameras[filter] = CameraModel(
        focalLength: focalLength / pixelSize,
        centreX: try value("DISTORTION_X", -1e5...1e5),
        centreY: try value("DISTORTION_Y", -1e5...1e5),
        k1: try value("DISTORTION_K1", -1e-5...1e-5),
        k2: try value("DISTORTION_K2", -1e-10...1e-10))
    }
    self.init(
      cameras: cameras,
      startTimeBias: try Self.value("INS-61500_START_TIME_BIAS", in: -10...10, pool),
      interframeDelta: try Self.value("INS-61500_INTERFRAME_DELTA", in: -1...1, pool),
      source: pool.origin("INS-61501_DISTORTION_X").map {
        $0.file.split(separator: "/").last.map(String.init) ?? $0.file
      } ?? "kernel pool")
  }

  private static func value(
    _ name: String, in allowed: ClosedRange<Double>, _ pool: KernelPool
  ) throws -> Double {
    guard let values = pool.doubles(name) else {
      throw JunoCamError.instrumentKeyword(name: name, found: "nothing")
    }
    guard values.count == 1, allowed.contains(values[0]) else {
      throw JunoCamError.instrumentKeyword(
        name: name, found: values.prefix(4).map { "\($0)" }.joined(separator: ", "))
    }
    return values[0]
  }

  /// Optics of a filter for one image: the kernel's, then what the label moved, then the options.
  ///
  /// - Parameters:
  ///   - filter: which strip.
  ///   - label: gives the methane read-out's moved centre line, if any.
  ///   - options: overrides, and the origin of pixel coordinates.
  public func camera(
    _ filter: Filter, label: ImageLabel? = nil, options: GeometryOptions = .init()
  ) -> CameraModel {
    var camera = cameras[filter] ?? .instrumentKernelV03(filter)
    if filter == .methane, let moved = label?.methaneCentreY { camera.centreY = moved }
    if let x = options.centreX[filter] { camera.centreX = x }
    if let y = options.centreY[filter] { camera.centreY = y }
    if let k1 = options.k1 { camera.k1 = k1 }
    if let k2 = options.k2 { camera.k2 = k2 }
    if let focalLength = options.focalLength { camera.focalLength = focalLength }
    if options.pixelOrigin == .centre {
      // The kernel's (0, 0) is then our (0.5, 0.5).
      camera.centreX += 0.5
      camera.centreY += 0.5
    }
    return camera
  }
}
