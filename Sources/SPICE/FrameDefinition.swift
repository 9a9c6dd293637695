import SpaceMath

/// One frame as the built-in lists and the frame kernels define it.
struct FrameDefinition {
  /// The classes of the FRAMES Required Reading.
  enum Class {
    case inertial(code: Int)
    case bodyFixed(body: Int)
    case attitude(classID: Int)
    case fixed(classID: Int)
    case other(Int)
  }

  var id: Int
  var name: String
  var frameClass: Class
  var center: Int

  /// The built-in frames, then those of the pool in order of their codes; a kernel cannot redefine
  /// a built-in name.
  static func all(pool: KernelPool, bodies: BodyTable) -> [FrameDefinition] {
    var result: [FrameDefinition] = []
    for (index, name) in InertialFrames.names.enumerated() {
      result.append(
        .init(id: index + 1, name: name, frameClass: .inertial(code: index + 1), center: 0))
    }
    for frame in BuiltInFrames.bodyFixed {
      result.append(
        .init(
          id: frame.code, name: frame.name, frameClass: .bodyFixed(body: frame.body),
          center: frame.body))
    }
    let builtIn = Set(result.map(\.name))
    var defined: [FrameDefinition] = []
    for variable in pool.names where variable.hasPrefix("FRAME_") {
      let name = String(variable.dropFirst(6))
      guard !builtIn.contains(name.uppercased()), let id = pool.integer(variable),
        let definition = FrameDefinition(name: name, id: id, pool: pool, bodies: bodies)
      else { continue }
      defined.append(definition)
    }
    return result + defined.sorted { ($0.id, $0.name) < ($1.id, $1.name) }
  }

  /// nil if the variables do not define a frame of this name and code.
  private init?(name: String, id: Int, pool: KernelPool, bodies: BodyTable) {
    // FRAME_-61000_CLASS_ID = -61000 looks like a frame called -61000_CLASS_ID.
    if let stated = pool.string("FRAME_\(id)_NAME"), stated.uppercased() != name.uppercased() {
      return nil
    }
    func item(_ suffix: String) -> String {
      let byCode = "FRAME_\(id)_\(suffix)"
      return pool.contains(byCode) ? byCode : "FRAME_\(name)_\(suffix)"
    }
    guard let number = pool.integer(item("CLASS")) else { return nil }
    let classID = pool.integer(item("CLASS_ID")) ?? id
    self.id = id
    self.name = name
    center =
      pool.integer(item("CENTER")) ?? pool.string(item("CENTER")).flatMap(bodies.code) ?? 0
    switch number {
    case 1: frameClass = .inertial(code: classID)
    case 2: frameClass = .bodyFixed(body: classID)
    case 3: frameClass = .attitude(classID: classID)
    case 4: frameClass = .fixed(classID: classID)
    default: frameClass = .other(number)
    }
  }

  private init(id: Int, name: String, frameClass: Class, center: Int) {
    self.id = id
    self.name = name
    self.frameClass = frameClass
    self.center = center
  }
}
