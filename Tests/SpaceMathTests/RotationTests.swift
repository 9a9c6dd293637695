import SpaceMath
import TestSupport
import Testing

@Suite struct RotationTests {
  let fixture: SpaceMathFixture

  init() throws { fixture = try SpaceMathFixture.load() }

  func quaternion(_ q: [Double]) -> Quaternion { Quaternion(q[0], q[1], q[2], q[3]) }

  func difference(_ a: Quaternion, _ b: Quaternion) -> Double {
    max((a.w - b.w).magnitude, (a.v - b.v).norm)
  }

  @Test func matricesAndQuaternionsAreThoseOfCSPICE() throws {
    for row in fixture.rotations {
      let axis = Vector3(fixture: row.axis)
      let expected = try #require(Matrix3(elements: row.matrix))
      let matrix = Matrix3.vectorRotation(about: axis, by: row.angle)
      #expect(matrix.maximumDifference(from: expected) < 1e-15)
      let q = Quaternion(expected)
      #expect(difference(q, quaternion(row.quaternion)) < 1e-15)
      #expect(q.matrix.maximumDifference(from: expected) < 1e-15)
      #expect(difference(Quaternion(axis: axis, angle: row.angle), q) < 1e-15)
      let back = expected.axisAngle
      #expect((back.axis * back.angle - Vector3(fixture: row.axisBack) * row.angleBack).norm < 1e-8)
      let (i, j, k) = (row.eulerAxes[0], row.eulerAxes[1], row.eulerAxes[2])
      let axes = try (
        #require(Axis(rawValue: i)), #require(Axis(rawValue: j)), #require(Axis(rawValue: k))
      )
      let euler = Matrix3.euler(row.euler[0], row.euler[1], row.euler[2], axes: axes)
      let eulerExpected = try #require(Matrix3(elements: row.eulerMatrix))
      #expect(euler.maximumDifference(from: eulerExpected) < 1e-15)
      let product = q * Quaternion(euler)
      #expect(difference(product, quaternion(row.product)) < 2e-15)
      let v = Vector3(1, -2, 0.5)
      #expect((product.rotating(v) - (expected * euler) * v).norm < 3e-15)
    }
  }

  @Test func slerpTurnsAtAConstantRate() {
    let axis = Vector3(1, 2, -3).normalized
    let start = Quaternion(axis: Vector3(0.3, 1, 0.2), angle: 1.1)
    for angle in [1e-9, 0.2094, 1.5, 3.0] {
      let end = -(start * Quaternion(axis: axis, angle: angle))
      for fraction in [0, 0.125, 0.5, 0.9, 1, 1.25] {
        let expected = start * Quaternion(axis: axis, angle: fraction * angle)
        let got = Quaternion.slerp(start, end, fraction)
        #expect(got.matrix.maximumDifference(from: expected.matrix) < 1e-15)
      }
    }
    let still = Quaternion.slerp(start, start, 0.5)
    #expect(still.matrix.maximumDifference(from: start.matrix) < 1e-15)
  }

  @Test func inverseAndSharpenedMatrices() throws {
    let m = Matrix3(Vector3(2, -1, 0.5), Vector3(0.25, 3, 1), Vector3(-1, 0.5, 4))
    let inverse = try #require(m.inverse)
    #expect((m * inverse).maximumDifference(from: .identity) < 1e-15)
    #expect(Matrix3(Vector3(1, 2, 3), Vector3(2, 4, 6), Vector3(0, 1, 0)).inverse == nil)
    let rotation = Matrix3.vectorRotation(about: Vector3(1, 1, 0), by: 0.7)
    let rough = Matrix3(
      rotation.row0 + Vector3(1e-7, 0, -1e-7), rotation.row1 * 1.000001, rotation.row2)
    let sharp = rough.sharpened
    #expect((sharp * sharp.transpose).maximumDifference(from: .identity) < 1e-15)
    #expect(sharp.maximumDifference(from: rotation) < 3e-6)
    #expect((sharp.determinant - 1).magnitude < 1e-15)
    let w = Vector3(0.3, -0.2, 0.9)
    #expect((Matrix3.skew(w) * Vector3(1, 2, 3) - w.cross(Vector3(1, 2, 3))).norm < 1e-16)
  }

  @Test func separationsAreThoseOfCSPICE() {
    for row in fixture.separations {
      let angle = Vector3(fixture: row.a).angle(to: Vector3(fixture: row.b))
      #expect((angle - row.angle).magnitude < 1e-15 * max(1, row.angle) + 2e-16)
    }
    #expect(Vector3.zero.angle(to: Vector3(1, 0, 0)) == 0)
  }

  @Test func anglesWrap() {
    #expect(Angle.wrappedDegrees(-0.5) == 359.5 && Angle.wrappedDegrees(720) == 0)
    #expect(Angle.wrappedDegrees(-1e-20) == 0 && Angle.wrappedDegrees(360) == 0)
    #expect(Angle.wrapped(-0.5) == 2 * .pi - 0.5)
    #expect(Angle.wrappedSignedDegrees(190) == -170 && Angle.wrappedSignedDegrees(180) == 180)
    #expect(Angle.wrappedSigned(4) == 4 - 2 * .pi)
    #expect(Angle.sinCos(degrees: 90) == (1, 0) && Angle.sinCos(degrees: -180).cos == -1)
    #expect(Angle.sinCos(degrees: 180).sin == 0 && Angle.sinCos(degrees: 1170) == (1, 0))
    #expect((Angle.sinCos(degrees: 30).sin - 0.5).magnitude < 1e-16)
    #expect(Angle.radians(180) == .pi && Angle.degrees(.pi) == 180)
  }
}
