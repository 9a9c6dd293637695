import Raster
import SpaceMath

/// A lossy 8×8 cosine transform on companded codes, as a stand-in for the camera's own integer
/// cosine transform: coefficients are rounded to multiples of a step that grows with frequency.
struct BlockCompression: Sendable {
  /// Samples along the edge of a block.
  static let size = 8
  /// Step of the mean of a block, in codes.
  let step: Float
  /// Orthonormal cosine basis, [frequency][place].
  private let basis: [Float]
  private let steps: [Float]

  /// - Parameter step: codes; larger loses more.
  init(step: Double) {
    self.step = Float(step)
    var basis: [Float] = []
    for frequency in 0..<Self.size {
      let scale = (frequency == 0 ? 1.0 / 8 : 2.0 / 8).squareRoot()
      for place in 0..<Self.size {
        let angle = Double.pi * (Double(place) + 0.5) * Double(frequency) / 8
        basis.append(Float(scale * Elementary.cos(angle)))
      }
    }
    self.basis = basis
    steps = (0..<64).map { Float(step) * (1 + 0.18 * Float($0 / 8 + $0 % 8)) }
  }

  /// What comes back of a framelet. Its sides must be multiples of 8.
  func squeezed(_ codes: Plane<UInt8>) -> Plane<UInt8> {
    var result = codes
    var block = [Float](repeating: 0, count: 64)
    var half = block
    for top in stride(from: 0, to: codes.height, by: Self.size) {
      for left in stride(from: 0, to: codes.width, by: Self.size) {
        for place in 0..<64 {
          block[place] = Float(codes[top + place / 8, left + place % 8])
        }
        transform(block, into: &half, transposed: false)
        transform(half, into: &block, transposed: false)
        for place in 0..<64 {
          let units = block[place] / steps[place]
          block[place] = Float(Int(units + (units < 0 ? -0.5 : 0.5))) * steps[place]
        }
        transform(block, into: &half, transposed: true)
        transform(half, into: &block, transposed: true)
        for place in 0..<64 {
          let value = Int(max(block[place] + 0.5, 0))
          result[top + place / 8, left + place % 8] = UInt8(min(value, 255))
        }
      }
    }
    return result
  }

  /// Transforms the lines of a block and turns it over; twice makes the two-dimensional transform.
  private func transform(_ input: [Float], into output: inout [Float], transposed: Bool) {
    for line in 0..<8 {
      for index in 0..<8 {
        var sum: Float = 0
        for place in 0..<8 {
          sum +=
            (transposed ? basis[place * 8 + index] : basis[index * 8 + place])
            * input[line * 8 + place]
        }
        output[index * 8 + line] = sum
      }
    }
  }
}
