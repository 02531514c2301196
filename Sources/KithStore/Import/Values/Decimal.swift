import KithBase

/// An exact decimal number as it stands in a cell: `mantissa × 10^exponent`.
struct CellDecimal {
  var negative = false
  var mantissa: UInt128 = 0
  var exponent = 0
  /// Digits other than zero were dropped behind the mantissa's last; the value is a little larger.
  var sticky = false
  var isZero: Bool { mantissa == 0 && !sticky }

  /// 36 digits always fit; later ones only move the exponent.
  private static let largestMantissa: UInt128 =
    1_000_000_000_000_000_000 * 1_000_000_000_000_000_000

  fileprivate mutating func append(digit: UInt8, fraction: Bool) {
    if mantissa < Self.largestMantissa {
      mantissa = mantissa * 10 + UInt128(digit)
      if fraction { exponent -= 1 }
    } else {
      if digit != 0 { sticky = true }
      if !fraction { exponent += 1 }
    }
  }

  /// The value times 10^`shift` as a whole number, halves to the even neighbour; nil past Int64.
  ///
  /// An exact half with dropped digits behind it is more than a half.
  func rounded(shift: Int) -> Int64? {
    var value = mantissa
    var power = exponent + shift
    if value == 0 { return 0 }
    if power > 40 { return nil }
    while power > 0 {
      let (next, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = next
      power -= 1
    }
    if power < -40 { return 0 }
    if power < 0 {
      var divisor: UInt128 = 1
      for _ in 0..<min(38, -power) { divisor *= 10 }
      let quotient = value / divisor
      let rest = value % divisor
      let half = divisor / 2
      let up = rest > half || (rest == half && (sticky || quotient & 1 == 1))
      value = power < -38 ? 0 : quotient + (up ? 1 : 0)
    }
    guard value <= UInt128(Int64.max) else { return nil }
    let magnitude = Int64(value)
    return negative ? -magnitude : magnitude
  }

  /// The value as an exact whole number; nil where it has a fraction or is past Int64.
  var whole: Int64? {
    var value = mantissa
    var power = exponent
    while power < 0, value % 10 == 0 {
      if value == 0 { return 0 }
      value /= 10
      power += 1
    }
    guard power >= 0, !sticky else { return nil }
    return CellDecimal(negative: negative, mantissa: value, exponent: power).rounded(shift: 0)
  }

  /// The nearest Double of the value times 10^`shift`; infinite where it is too large.
  func double(shift: Int = 0) -> Double {
    let power = exponent + shift
    // Both parts are exact Doubles, so one operation rounds once and correctly.
    if !sticky, mantissa < 1 << 53, abs(power) <= 22 {
      let scale = CellDecimal.powers[abs(power)]
      let value = power < 0 ? Double(mantissa) / scale : Double(mantissa) * scale
      return negative ? -value : value
    }
    let digits = "\(mantissa)" + (sticky ? "1e\(power - 1)" : "e\(power)")
    let value = Double(digits) ?? .infinity
    return negative ? -value : value
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

extension CellScanner {
  /// A number without sign: digits, `,` between groups of three, a fraction, an exponent.
  ///
  /// Nil where none stands here or the commas do not group by three.
  mutating func unsignedDecimal() -> CellDecimal? {
    var number = CellDecimal()
    var whole = 0
    var group = 0
    var grouped = false
    loop: while index < bytes.count {
      switch bytes[index] {
      case 0x30...0x39:
        number.append(digit: bytes[index] - 0x30, fraction: false)
        whole += 1
        group += 1
      case 0x2C:
        guard grouped ? group == 3 : (1...3).contains(whole) else { return nil }
        grouped = true
        group = 0
      default: break loop
      }
      index += 1
    }
    if grouped, group != 3 { return nil }
    var fraction = 0
    if byte == 0x2E {
      index += 1
      while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
        number.append(digit: bytes[index] - 0x30, fraction: true)
        fraction += 1
        index += 1
      }
    }
    guard whole + fraction > 0 else { return nil }
    takeExponent(&number)
    return number
  }

  /// `e5`, `E-3`; letters that are no exponent are left where they are.
  private mutating func takeExponent(_ number: inout CellDecimal) {
    guard byte | 0x20 == 0x65 else { return }
    let before = index
    index += 1
    let minus = take(0x2D)
    if !minus { _ = take(0x2B) }
    let (value, count) = digits()
    if count == 0 {
      index = before
      return
    }
    // A thousand is past any number that is kept; more would only risk the sum.
    let power = min(value, 10_000)
    number.exponent += minus ? -power : power
  }
}
