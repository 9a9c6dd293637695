import Foundation
import SPICE
import SpaceMath

/// Holds the loaded kernels and knows how to answer each kind of question. To add a kind, add a
/// line to `operations`.
struct Desk {
  typealias Answer = [Question.Value]

  private var kernels: KernelSet?

  private struct NoKernels: Error, CustomStringConvertible {
    var description: String { "ask \"load\" first" }
  }

  private static let operations: [String: @Sendable (KernelSet, Question) throws -> Answer] = [
    "et": { [.number(try $0.et(utc: $1.text("utc")))] },
    "utc": {
      let et = try $1.double("et")
      let decimals = try $1.int("decimals")
      return [
        .text(try $0.utc(et: et, decimals: decimals)),
        .text(try $0.timeScales.utc(et: et, decimals: decimals, dayOfYear: true)),
      ]
    },
    "state": {
      guard let correction = AberrationCorrection(rawValue: try $1.text("correction")) else {
        throw Question.Missing(field: "correction")
      }
      let state = try $0.state(
        target: $1.int("target"), observer: $1.int("observer"), frame: $1.text("frame"),
        et: $1.double("et"), correction: correction)
      return numbers([state.position, state.velocity]) + [.number(state.lightTime)]
    },
    "rotation": {
      let (from, to, et) = (try $1.text("from"), try $1.text("to"), try $1.double("et"))
      return numbers(try $0.rotation(from: from, to: to, et: et))
    },
    "transform": {
      let (from, to, et) = (try $1.text("from"), try $1.text("to"), try $1.double("et"))
      let transform = try $0.stateTransform(from: from, to: to, et: et)
      return numbers(transform.rotation) + numbers(transform.derivative)
    },
    "body": {
      let body = try $0.bodyRotation(body: $1.int("body"), et: $1.double("et"))
      return numbers(body.rotation) + numbers([body.rate])
    },
    "radii": { numbers([try $0.radii(body: $1.int("body"))]) },
    "scencd": {
      let clock = try $0.clock($1.int("clock"))
      let ticks = try clock.ticks($1.text("text"))
      return [
        .number(ticks), .number(try clock.et(ticks: ticks)), .text(try clock.text(ticks: ticks)),
      ]
    },
    "sce2c": {
      let clock = try $0.clock($1.int("clock"))
      let ticks = try clock.ticks(et: $1.double("et"))
      return [.number(ticks), .number(try clock.et(ticks: ticks))]
    },
    "pool": {
      let name = try $1.text("name")
      if let values = $0.pool.doubles(name) { return values.map { .number($0) } }
      return ($0.pool.strings(name) ?? []).map { .text($0) }
    },
    "names": { set, _ in set.pool.names.map { .text($0) } },
    "code": { [.number(Double(try $0.bodyID($1.text("name"))))] },
    "frame": { [.number(Double(try $0.frameID($1.text("name"))))] },
    "speed": {
      let time = try Stopwatch($0, $1).measure()
      return [.number(time.processorNanoseconds), .number(time.wallNanoseconds)]
    },
    "spkcov": { numbers($0.spkCoverage(body: try $1.int("body"))) },
    "ckcov": { numbers(try $0.ckCoverage(frameClassID: $1.int("frame"))) },
  ]

  /// Questions that write a file and need no kernels.
  private static let writers: [String: @Sendable (Question) throws -> Answer] = [
    "writeSPK": { question in
      var writer = try SPKWriter(
        internalName: "CROSSCHECK", comments: ["Written for a comparison with CSPICE.", "", "End."])
      let degree = try question.int("degree")
      let samples = try question.rows("samples").map { row in
        guard row.count == 7 else { throw Question.Missing(field: "samples") }
        return SPKWriter.Sample(
          et: row[0], position: [row[1], row[2], row[3]], velocity: [row[4], row[5], row[6]])
      }
      try writer.addStates(
        target: question.int("target"), center: question.int("center"), name: "STATES",
        samples: samples,
        interpolation: question.int("type") == 13
          ? .hermite(degree: degree) : .lagrange(degree: degree))
      try writer.write(to: question.text("path"))
      return []
    },
    "writeSeries": { question in
      var writer = try SPKWriter(internalName: "CROSSCHECK")
      let terms = try question.int("terms")
      func series(_ field: String) throws -> [[Vector3]] {
        try question.rows(field).map { row in
          (0..<terms).map { [row[$0], row[terms + $0], row[2 * terms + $0]] }
        }
      }
      try writer.addChebyshev(
        target: question.int("target"), center: question.int("center"), name: "SERIES",
        start: question.double("start"), interval: question.double("interval"),
        positions: series("positions"),
        velocities: question.fields["velocities"] == nil ? nil : series("velocities"))
      try writer.write(to: question.text("path"))
      return []
    },
    "writeCK": { question in
      var writer = try CKWriter(internalName: "CROSSCHECK", comments: ["Attitude."])
      let rows = try question.rows("instances")
      let starts = try Set(question.doubles("starts"))
      var stretches: [[CKWriter.Instance]] = []
      for row in rows {
        guard row.count == 8 else { throw Question.Missing(field: "instances") }
        let instance = CKWriter.Instance(
          ticks: row[0], quaternion: Quaternion(row[1], row[2], row[3], row[4]),
          angularVelocity: [row[5], row[6], row[7]])
        if starts.contains(row[0]) { stretches.append([]) }
        guard !stretches.isEmpty else { throw Question.Missing(field: "starts") }
        stretches[stretches.count - 1].append(instance)
      }
      try writer.addInstances(
        instrument: question.int("instrument"), name: "ATTITUDE", stretches: stretches,
        includesAngularVelocity: question.int("rates") == 1)
      try writer.write(to: question.text("path"))
      return []
    },
    "writeText": { question in
      var writer = try TextKernelWriter(kind: .pck)
      writer.comment("Written for a comparison with CSPICE.")
      try writer.assign("CROSSCHECK_NUMBERS", question.doubles("numbers"))
      try writer.assign("CROSSCHECK_STRINGS", question.texts("strings"))
      try writer.write(to: question.text("path"))
      return []
    },
  ]

  mutating func answer(_ line: String) -> String {
    do {
      let question = try Question(line)
      let operation = try question.text("op")
      if operation == "load" {
        let paths = try question.texts("paths")
        kernels = try KernelSet(loading: paths)
        return Self.encoded(["value": Answer()])
      }
      if let write = Self.writers[operation] {
        return Self.encoded(["value": try write(question)])
      }
      guard let answer = Self.operations[operation] else { throw Question.Missing(field: "op") }
      guard let kernels else { throw NoKernels() }
      return Self.encoded(["value": try answer(kernels, question)])
    } catch {
      return Self.encoded(["error": "\(error)"])
    }
  }

  private static func encoded(_ value: some Encodable) -> String {
    (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) }
      ?? #"{"error": "the answer holds a value that is not finite"}"#
  }

  private static func numbers(_ vectors: [Vector3]) -> Answer {
    vectors.flatMap { [.number($0.x), .number($0.y), .number($0.z)] }
  }

  private static func numbers(_ matrix: Matrix3) -> Answer {
    numbers([matrix.row0, matrix.row1, matrix.row2])
  }

  private static func numbers(_ intervals: [ClosedRange<Double>]) -> Answer {
    intervals.flatMap { [.number($0.lowerBound), .number($0.upperBound)] }
  }
}
