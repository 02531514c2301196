/// Random numbers that are the same on every machine (Steele, Lea and Flood 2014). Only whole
/// numbers, additions and products of doubles are used on top of it, nothing of a C library whose
/// last bit might differ.
struct SplitMix64 {
  private var state: UInt64

  /// - Parameter stream: keeps the numbers of one table from moving when another draws more.
  init(seed: UInt64, stream: UInt64) {
    state = seed &+ stream &* 0xD1B5_4A32_D192_ED03
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 0 ..< limit, for a limit of at least 1.
  mutating func below(_ limit: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(limit)).high)
  }

  /// Inclusive at both ends.
  mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

  /// True in so many of a thousand.
  mutating func chance(_ perMille: Int) -> Bool { below(1000) < perMille }

  /// 0 ≤ u < 1 in steps of 2⁻⁵³.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// 0 ..< limit, small numbers more often: the density falls with the square root of the place.
  mutating func skewed(_ limit: Int) -> Int {
    let u = unit()
    return min(limit - 1, Int(Double(limit) * (u * u)))
  }

  /// A place in a list of weights.
  mutating func weighted(_ weights: [Int], total: Int) -> Int {
    var rest = below(total)
    for (index, weight) in weights.enumerated() {
      if rest < weight { return index }
      rest -= weight
    }
    return weights.count - 1
  }

  /// An amount with a long tail around a median: `median · 2^(spread · s)`, where `s` is the sum of
  /// four even numbers less 2, close to a normal one of deviation 0.58. Between the powers of two a
  /// parabola stands for the exponential; its error of 0.3 % is invisible here.
  mutating func amount(median: Int64, spread: Double, step: Int64) -> Int64 {
    let s = unit() + unit() + unit() + unit() - 2
    let exponent = spread * s
    let whole = exponent.rounded(.down)
    let rest = exponent - whole
    let fraction = 1 + rest * (0.6565 + rest * 0.3435)
    let value = Double(median) * Double(sign: .plus, exponent: Int(whole), significand: fraction)
    return max(1, Int64(value) / step) * step
  }
}
