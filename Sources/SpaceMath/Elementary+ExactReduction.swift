extension Elementary {
  /// 2/π in binary: one word of zeros, then 1280 bits, most significant first.
  private static let twoOverPi: [UInt64] = [
    0, 0xA2F9_836E_4E44_1529, 0xFC27_57D1_F534_DDC0, 0xDB62_9599_3C43_9041, 0xFE51_63AB_DEBB_C561,
    0xB724_6E3A_424D_D2E0, 0x0649_2EEA_09D1_921C, 0xFE1D_EB1C_B129_A73E, 0xE882_35F5_2EBB_4484,
    0xE99C_7026_B45F_7E41, 0x3991_D639_8353_39F4, 0x9C84_5F8B_BDF9_283B, 0x1FF8_97FF_DE05_980F,
    0xEF2F_118B_5A0A_6D1F, 0x6D36_7ECF_27CB_09B7, 0x4F46_3F66_9E5F_EA2D, 0x7527_BAC7_EBE5_F17B,
    0x3D07_39F7_8A52_92EA, 0x6BFB_5FB1_1F8D_5D08, 0x5603_3046_FC7B_6BAB, 0xF0CF_BC20_9AF4_361D,
  ]

  /// As `reduced`, for any angle of at least ½, with integer arithmetic (Payne and Hanek 1983).
  ///
  /// Of the product of the 53-bit significand and 2/π only the 192 bits that decide the value
  /// modulo 4 are formed; no Double comes nearer than 2⁻⁶² to a multiple of π/2, so at least 75
  /// good bits remain.
  @usableFromInline
  static func reducedExactly(_ x: Double) -> (quadrant: Int, high: Double, low: Double) {
    guard x.isFinite else { return (0, .nan, 0) }
    let bits = x.bitPattern
    let significand = bits & 0xF_FFFF_FFFF_FFFF | 0x10_0000_0000_0000
    // The first bit of 2/π whose product with the significand is not a multiple of 4.
    let position = Int(bits >> 52 & 0x7FF) - 1075 + 62
    let word = position >> 6
    let shift = UInt64(position & 63)
    func bitsOfTwoOverPi(_ index: Int) -> UInt64 {
      let head = twoOverPi[word + index] << shift
      return shift == 0 ? head : head | twoOverPi[word + index + 1] >> (64 - shift)
    }
    let lowProduct = significand.multipliedFullWidth(by: bitsOfTwoOverPi(2))
    let middleProduct = significand.multipliedFullWidth(by: bitsOfTwoOverPi(1))
    let (middle, carry) = middleProduct.low.addingReportingOverflow(lowProduct.high)
    let top =
      middleProduct.high &+ significand &* bitsOfTwoOverPi(0) &+ (carry ? 1 : 0)

    var quadrant = Int(top >> 62)
    var f0 = top << 2 | middle >> 62
    var f1 = middle << 2 | lowProduct.low >> 62
    var f2 = lowProduct.low << 2
    let roundsUp = f0 >> 63 == 1
    if roundsUp {
      quadrant += 1
      f2 = ~f2 &+ 1
      f1 = ~f1 &+ (f2 == 0 ? 1 : 0)
      f0 = ~f0 &+ (f2 == 0 && f1 == 0 ? 1 : 0)
    }
    var exponent = 0
    if f0 == 0 {
      (f0, f1, f2) = (f1, f2, 0)
      exponent = -64
    }
    let zeros = f0.leadingZeroBitCount
    if zeros > 0 {
      let left = UInt64(zeros)
      f0 = f0 << left | f1 >> (64 - left)
      f1 = f1 << left | f2 >> (64 - left)
    }
    exponent -= zeros
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let fractionHigh = Double(f0 >> 11) * 0x1p-53 * scale
    let fractionLow = Double((f0 & 0x7FF) << 42 | f1 >> 22) * 0x1p-106 * scale

    let product = twoProduct(fractionHigh, 0x1.921fb54442d18p+0)
    let rest =
      product.error + (fractionHigh * 0x1.1a62633145c07p-54 + fractionLow * 0x1.921fb54442d18p+0)
    let angle = quickTwoSum(product.product, rest)
    let isNegative = x < 0
    let sign: Double = isNegative == roundsUp ? 1 : -1
    return ((isNegative ? -quadrant : quadrant) & 3, sign * angle.sum, sign * angle.error)
  }
}
