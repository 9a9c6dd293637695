import SpaceMath

/// Every frame that the set knows, built-in ones and those of frame kernels (FRAMES Required
/// Reading). The nodes are plain values in the set's arena.
struct FrameTable: @unchecked Sendable {
  /// One frame.
  struct Node: BitwiseCopyable {
    /// How the frame is oriented.
    enum Kind: BitwiseCopyable {
      /// By the constant rotation from J2000.
      case inertial
      /// By rotation constants: place in the table of models.
      case bodyFixed(model: Int)
      /// By attitude kernels: class ID, and place of its clock.
      case attitude(classID: Int, clock: Int)
      /// Not at all: place in the list of faults.
      case unusable(fault: Int)
    }

    /// Kind of the anchor.
    var kind: Kind
    /// Maps components from the anchor to the frame.
    var rotation: Matrix3
    /// J2000 for inertial frames and what is fixed to them; else the nearest ancestor that is no
    /// fixed ("TK") frame, which may be the frame itself.
    var anchor: Int
  }

  /// Code and place of a frame.
  private struct Code: BitwiseCopyable {
    var id: Int
    var node: Int
  }

  /// Node 0 is J2000.
  let nodes: UnsafeBufferPointer<Node>
  let models: UnsafeBufferPointer<RotationModel>
  let clocks: UnsafeBufferPointer<ClockCorrelation>
  let definitions: [FrameDefinition]
  private let faults: [SPICEError]
  private let codes: UnsafeBufferPointer<Code>
  private let places: [String: Int]

  init(
    pool: KernelPool, bodies: BodyTable, arena: Arena,
    clock: (Int) throws(SPICEError) -> ClockCorrelation
  ) {
    let definitions = FrameDefinition.all(pool: pool, bodies: bodies)
    var builder = Builder(definitions: definitions, pool: pool, arena: arena)
    builder.build(clock: clock)
    self.definitions = definitions
    nodes = arena.copy(builder.nodes)
    models = arena.copy(builder.models)
    clocks = arena.copy(builder.clocks)
    faults = builder.faults
    places = builder.places
    // A code that two names share belongs to the one that sorts last, as the later assignment.
    var byCode: [Int: Int] = [:]
    for (place, definition) in definitions.enumerated() { byCode[definition.id] = place }
    codes = arena.copy(
      byCode.sorted { $0.key < $1.key }.map { Code(id: $0.key, node: $0.value) })
  }

  /// Place of a frame name in any case; nil if unknown.
  func node(named name: String) -> Int? {
    places[name] ?? places[name.uppercased().filter { $0 != " " }]
  }

  /// Place of a frame code; nil if unknown.
  @inline(__always)
  func node(id: Int) -> Int? {
    if id == 1 { return 0 }
    var low = 0
    var high = codes.count
    while low < high {
      let middle = (low &+ high) >> 1
      if codes[middle].id < id { low = middle &+ 1 } else { high = middle }
    }
    return low < codes.count && codes[low].id == id ? codes[low].node : nil
  }

  /// "JUNO_SPACECRAFT (-61000)".
  func label(_ node: Int) -> String {
    "\(definitions[node].name) (\(definitions[node].id))"
  }

  func fault(_ place: Int) -> SPICEError { faults[place] }
}

extension FrameTable {
  /// Turns definitions into nodes, anchors first.
  private struct Builder {
    let definitions: [FrameDefinition]
    let pool: KernelPool
    let arena: Arena
    var nodes: [Node] = []
    var models: [RotationModel] = []
    var clocks: [ClockCorrelation] = []
    var faults: [SPICEError] = []
    var places: [String: Int] = [:]
    private var clockPlaces: [Int: Int] = [:]
    private var modelPlaces: [Int: Int] = [:]

    init(definitions: [FrameDefinition], pool: KernelPool, arena: Arena) {
      self.definitions = definitions
      self.pool = pool
      self.arena = arena
      for (place, definition) in definitions.enumerated() {
        places[definition.name.uppercased()] = place
      }
    }

    mutating func build(clock: (Int) throws(SPICEError) -> ClockCorrelation) {
      for (place, definition) in definitions.enumerated() {
        nodes.append(Node(kind: .inertial, rotation: .identity, anchor: place))
        do throws(SPICEError) {
          nodes[place].kind = try kind(of: definition, place: place, clock: clock)
        } catch {
          spoil(place, error)
        }
      }
      for place in definitions.indices {
        if case .fixed = definitions[place].frameClass { resolve(place) }
      }
    }

    private mutating func spoil(_ place: Int, _ error: SPICEError) {
      nodes[place] = Node(
        kind: .unusable(fault: faults.count), rotation: .identity, anchor: place)
      faults.append(error)
    }

    private mutating func kind(
      of definition: FrameDefinition, place: Int,
      clock: (Int) throws(SPICEError) -> ClockCorrelation
    ) throws(SPICEError) -> Node.Kind {
      switch definition.frameClass {
      case .inertial(let code):
        guard InertialFrames.rotations.indices.contains(code - 1) else {
          throw .unsupportedFrame(
            name: definition.name, problem: "class ID \(code) names no inertial frame")
        }
        nodes[place].rotation = InertialFrames.rotations[code - 1]
        nodes[place].anchor = 0
        return .inertial
      case .bodyFixed(let body):
        if let model = modelPlaces[body] { return .bodyFixed(model: model) }
        models.append(try RotationModel(body: body, pool: pool, arena: arena))
        modelPlaces[body] = models.count - 1
        return .bodyFixed(model: models.count - 1)
      case .attitude(let classID):
        let clockID = pool.integer("CK_\(classID)_SCLK") ?? classID / 1000
        if let place = clockPlaces[clockID] { return .attitude(classID: classID, clock: place) }
        clocks.append(try clock(clockID))
        clockPlaces[clockID] = clocks.count - 1
        return .attitude(classID: classID, clock: clocks.count - 1)
      case .fixed:
        return .inertial
      case .other(let number):
        throw .unsupportedFrame(
          name: definition.name, problem: "frames of class \(number) are not supported")
      }
    }

    /// Follows a fixed frame up to its anchor and multiplies the rotations on the way back.
    private mutating func resolve(_ start: Int) {
      var chain: [(place: Int, rotation: Matrix3)] = []
      var place = start
      do throws(SPICEError) {
        while case .fixed(let classID) = definitions[place].frameClass {
          guard !chain.contains(where: { $0.place == place }) else {
            throw .unsupportedFrame(
              name: definitions[start].name,
              problem: "its definition leads back to \(definitions[place].name)")
          }
          guard chain.count < 32 else {
            throw .unsupportedFrame(
              name: definitions[start].name, problem: "it is more than 32 frames from its anchor")
          }
          let fixed = try FixedFrame(name: definitions[place].name, classID: classID, pool: pool)
          chain.append((place, fixed.rotation))
          guard let parent = places[fixed.relative.uppercased()] else {
            throw .unsupportedFrame(
              name: definitions[start].name,
              problem: "it is defined relative to \(fixed.relative), which no kernel defines")
          }
          place = parent
        }
      } catch {
        spoil(start, error)
        return
      }
      var rotation = Matrix3.identity
      for link in chain.reversed() { rotation = link.rotation * rotation }
      if case .inertial = nodes[place].kind {
        // A fixed frame on an inertial one is inertial itself.
        nodes[start] = Node(kind: .inertial, rotation: rotation * nodes[place].rotation, anchor: 0)
      } else {
        nodes[start] = Node(kind: nodes[place].kind, rotation: rotation, anchor: place)
      }
    }
  }
}
