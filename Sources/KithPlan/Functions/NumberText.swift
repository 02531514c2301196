import KithBase

/// A decimal number as people write it in a cell, kept exactly.
///
/// A sign before or brackets around (`(12)` is -12), `¥` before or `元` after, groups of three
/// between commas or any between `_`, a fraction, an exponent, then `k M B 千 万 百万 千万 亿 万亿` or
/// `%`. Full-width twins are read as ASCII, spaces at either end and after the sign left out.
struct NumberText {
  private var negative = false
  /// The digits without leading zeros; the value is `digits × 10^exponent`.
  private var digits: [UInt8] = []
  private var exponent = 0

  /// More digits than this are no amount or count, but some number's name.
  private static let mostDigits = 40

  /// Nil where the text is no number.
  init?(_ text: String) {
    var rest = Array(trimmed(narrowed(text)).unicodeScalars)[...]
    if rest.first == "(", rest.last == ")" {
      negative = true
      rest = rest.dropFirst().dropLast()
    }
    takeSigns(&rest)
    guard takeDigits(&rest), takeExponent(&rest) else { return nil }
    while rest.first == " " { rest.removeFirst() }
    takeUnit(&rest)
    guard rest.isEmpty else { return nil }
  }

  /// The nearest float, nil beyond its range.
  var double: Double? {
    if digits.isEmpty { return 0 }
    let text = (negative ? "-" : "") + String(decoding: digits, as: UTF8.self)
    guard let value = Double(text + "e\(exponent)"), value.isFinite else { return nil }
    return value
  }

  /// As major units of money: hundredths, half-even; nil beyond the range.
  var fen: Int64? {
    let shift = exponent + 2
    // An Int64 has at most 19 digits; a number this far behind the point is no half fen either.
    if digits.isEmpty || digits.count + shift < 0 { return 0 }
    guard digits.count + shift <= 19 else { return nil }
    let split = min(digits.count, digits.count + shift)
    var whole: Int64 = 0
    for place in 0..<(digits.count + shift) {
      let digit = place < split ? Int64(digits[place] - 0x30) : 0
      let (tens, first) = whole.multipliedReportingOverflow(by: 10)
      let (sum, second) = tens.addingReportingOverflow(digit)
      if first || second { return nil }
      whole = sum
    }
    if roundsUp(digits[split...], odd: whole % 2 == 1) {
      if whole == .max { return nil }
      whole += 1
    }
    return negative ? -whole : whole
  }

  /// Whether the digits behind the cut are above a half, or a half after an odd number.
  private func roundsUp(_ rest: ArraySlice<UInt8>, odd: Bool) -> Bool {
    guard let first = rest.first, first >= 0x35 else { return false }
    if first > 0x35 || rest.dropFirst().contains(where: { $0 != 0x30 }) { return true }
    return odd
  }

  private mutating func takeSigns(_ rest: inout ArraySlice<Unicode.Scalar>) {
    var signed = negative
    var currency = false
    while let scalar = rest.first {
      if !signed, scalar == "-" || scalar == "−" || scalar == "+" {
        negative = scalar != "+"
        signed = true
      } else if !currency, scalar == "¥" || scalar == "￥" {
        currency = true
      } else if scalar != " " || !(signed || currency) {
        return
      }
      rest.removeFirst()
    }
  }

  /// At least one digit before the point or behind it; false where commas are not in threes.
  private mutating func takeDigits(_ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    var groups: [Int] = [0]
    var fraction = false
    var count = 0
    while let scalar = rest.first, digits.count <= Self.mostDigits {
      let digitFollows = rest.dropFirst().first.map { ("0"..."9").contains($0) } ?? false
      if ("0"..."9").contains(scalar) {
        if scalar != "0" || !digits.isEmpty { digits.append(UInt8(scalar.value)) }
        if fraction { exponent -= 1 } else { groups[groups.count - 1] += 1 }
        count += 1
      } else if scalar == ",", !fraction, count > 0, digitFollows {
        groups.append(0)
      } else if scalar == ".", !fraction, digitFollows {
        fraction = true
      } else if scalar != "_" || count == 0 || !digitFollows {
        break
      }
      rest.removeFirst()
    }
    let grouped = groups.count == 1 || (groups[0] <= 3 && groups.dropFirst().allSatisfy { $0 == 3 })
    return count > 0 && grouped && digits.count <= Self.mostDigits
  }

  private mutating func takeExponent(_ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    guard let mark = rest.first, mark == "e" || mark == "E" else { return true }
    var tail = rest.dropFirst()
    let minus = tail.first == "-"
    if tail.first == "-" || tail.first == "+" { tail.removeFirst() }
    var value = 0
    var count = 0
    while let scalar = tail.first, ("0"..."9").contains(scalar), count < 4 {
      value = value * 10 + Int(scalar.value - 0x30)
      count += 1
      tail.removeFirst()
    }
    guard count > 0, count < 4 else { return false }
    exponent += minus ? -value : value
    rest = tail
    return true
  }

  private mutating func takeUnit(_ rest: inout ArraySlice<Unicode.Scalar>) {
    for (unit, power) in Self.units where rest.starts(with: unit.unicodeScalars) {
      exponent += power
      rest = rest.dropFirst(unit.unicodeScalars.count)
      break
    }
    if rest.elementsEqual("元".unicodeScalars) { rest = [] }
    if rest.elementsEqual("%".unicodeScalars) {
      exponent -= 2
      rest = []
    }
  }

  /// Longer ones first.
  private static let units: [(String, Int)] = [
    ("万亿", 12), ("千万", 7), ("百万", 6), ("亿", 8), ("万", 4), ("千", 3), ("k", 3), ("K", 3),
    ("M", 6), ("B", 9),
  ]
}
