import KithBase

/// Reads whole numbers, numbers, percentages, booleans and money as people and programs write them.
///
/// All take the cell trimmed, not empty, full-width signs already folded.
enum NumberSpelling {
  /// `1234`, `-1,234`, `12.0`; a fraction is a fault.
  static func int(_ cell: CellBytes) throws(CellFault) -> Int64 {
    let number = try signedNumber(cell, "a whole number", "整数")
    guard let value = number.whole, value != Int64.min else {
      throw number.double().magnitude >= 9.2e18
        ? CellFault.largerThanInt(cell)
        : CellFault("'\(shown(cell))' is not a whole number", "“\(shown(cell))”不是整数")
    }
    return value
  }

  /// Any finite number; `1e400` is a fault, and so are `nan` and `inf`.
  static func float(_ cell: CellBytes) throws(CellFault) -> Double {
    let value = try signedNumber(cell, "a number", "数").double()
    guard value.isFinite else {
      throw CellFault.largerThanNumber(cell)
    }
    return value
  }

  /// `12%`, `5‰`, or the ratio itself from -1 to 1; a larger number without sign could be either.
  static func percent(_ cell: CellBytes) throws(CellFault) -> Double {
    var scanner = CellScanner(cell)
    let negative = scanner.sign()
    guard var number = scanner.unsignedDecimal() else {
      throw CellFault("'\(shown(cell))' is not a percentage", "“\(shown(cell))”不是百分比")
    }
    number.negative = negative
    scanner.skipBlanks()
    let value: Double
    if scanner.take(0x25) {
      value = number.double(shift: -2)
    } else if scanner.take("‰") {
      value = number.double(shift: -3)
    } else {
      value = number.double()
      if scanner.atEnd, value.magnitude > 1 {
        throw CellFault(
          "'\(shown(cell))' has no % sign and is no ratio between -1 and 1",
          "“\(shown(cell))”没有 % 号，也不是 -1 到 1 之间的比例")
      }
    }
    guard scanner.atEnd else {
      throw CellFault("'\(shown(cell))' is not a percentage", "“\(shown(cell))”不是百分比")
    }
    guard value.isFinite else {
      throw CellFault.largerThanNumber(cell)
    }
    return value
  }

  private static func signedNumber(
    _ cell: CellBytes, _ what: String, _ zh: String
  ) throws(CellFault) -> CellDecimal {
    var scanner = CellScanner(cell)
    let negative = scanner.sign()
    guard var number = scanner.unsignedDecimal(), scanner.atEnd else {
      throw CellFault("'\(shown(cell))' is not \(what)", "“\(shown(cell))”不是\(zh)")
    }
    number.negative = negative
    return number
  }

  /// Yes and no in the spellings of both tongues.
  static func bool(_ cell: CellBytes) throws(CellFault) -> Bool {
    if cell.count == 1 {
      switch cell[0] {
      case 0x30: return false
      case 0x31: return true
      default: break
      }
    }
    switch String(decoding: cell.prefix(24), as: UTF8.self).lowercased() {
    case "yes", "y", "true", "t", "on", "是", "对", "真", "有", "√", "✓", "✔": return true
    case "no", "n", "false", "f", "off", "否", "不是", "错", "假", "无", "没有", "×", "✗", "✘":
      return false
    default:
      throw CellFault("'\(shown(cell))' is neither yes nor no", "“\(shown(cell))”既不是“是”也不是“否”")
    }
  }
}

extension CellScanner {
  /// Takes `-` or `+` and says whether it was a minus.
  mutating func sign() -> Bool {
    if take(0x2D) { return true }
    _ = take(0x2B)
    return false
  }
}

/// An amount in fen, and whether it named another currency than the yuan.
struct MoneyValue: Equatable {
  var fen: Int64
  var foreign: Bool
}

/// Reads amounts: `$1,117.10K`, `¥3,000`, `3.2万`, `1.2亿`, `500元`, `(1,234.50)`.
enum MoneySpelling {
  /// Rounded to fen, halves to even, after `factor` has been applied to the exact decimal.
  ///
  /// A sign may stand before or behind the currency; brackets mean minus.
  static func fen(_ cell: CellBytes, factor: Int64 = 1) throws(CellFault) -> MoneyValue {
    var scanner = CellScanner(cell)
    let bracket = scanner.take(0x28)
    scanner.skipBlanks()
    var negative = scanner.sign()
    scanner.skipBlanks()
    var foreign = scanner.currency()
    scanner.skipBlanks()
    if !negative { negative = scanner.sign() }
    guard var number = scanner.unsignedDecimal() else {
      throw CellFault("'\(shown(cell))' is not an amount of money", "“\(shown(cell))”不是金额")
    }
    scanner.skipBlanks()
    number.exponent += scanner.scale()
    scanner.skipBlanks()
    if scanner.currency() { foreign = true }
    scanner.skipBlanks()
    if bracket, !scanner.take(0x29) {
      throw CellFault(
        "'\(shown(cell))' opens a bracket that is not closed", "“\(shown(cell))”括号没有闭合")
    }
    guard scanner.atEnd else {
      throw CellFault("'\(shown(cell))' is not an amount of money", "“\(shown(cell))”不是金额")
    }
    number.negative = negative != bracket
    if bracket, negative {
      throw CellFault("'\(shown(cell))' has both a minus and brackets", "“\(shown(cell))”既有负号又有括号")
    }
    guard let scaled = number.multiplied(by: factor), let fen = scaled.rounded(shift: 2) else {
      throw CellFault("'\(shown(cell))' is larger than an amount can be", "“\(shown(cell))”超出金额的范围")
    }
    return MoneyValue(fen: fen, foreign: foreign)
  }
}

extension CellDecimal {
  /// Nil where the product leaves the mantissa's range.
  func multiplied(by factor: Int64) -> CellDecimal? {
    if factor == 1 { return self }
    var result = self
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: UInt128(factor.magnitude))
    if overflow { return nil }
    result.mantissa = product
    if factor < 0 { result.negative.toggle() }
    return result
  }
}

extension CellScanner {
  /// Takes a currency sign, word or code; true where it is not the yuan.
  fileprivate mutating func currency() -> Bool {
    // A digit, a sign or the end: nothing to look for, and the usual case.
    if byte < 0x40, byte != 0x24 { return false }
    if take("¥") || take("￥") || take("rmb") || take("cny") || take("人民币") { return false }
    if take("元") || take("圆") || take("块") { return false }
    if take("us$") || take("hk$") || take("nt$") || take("$") || take("€") || take("£") {
      return true
    }
    if take("美元") || take("欧元") || take("港币") || take("港元") || take("日元") || take("英镑") {
      return true
    }
    return take("usd") || take("eur") || take("hkd") || take("jpy") || take("gbp") || take("twd")
  }

  /// Takes `K`, `万`, `亿` … and returns the power of ten.
  fileprivate mutating func scale() -> Int {
    if atEnd { return 0 }
    if take("万亿") { return 12 }
    if take("千万") { return 7 }
    if take("百万") { return 6 }
    if take("亿") { return 8 }
    if take("万") { return 4 }
    if take("千") { return 3 }
    if take("百") { return 2 }
    if take("bn") || take("b") { return 9 }
    if take("mm") || take("mn") || take("m") { return 6 }
    if take("k") { return 3 }
    return 0
  }
}

extension CellFault {
  static func largerThanInt(_ cell: CellBytes) -> CellFault {
    CellFault("'\(shown(cell))' is larger than a whole number can be", "“\(shown(cell))”超出整数的范围")
  }

  static func largerThanNumber(_ cell: CellBytes) -> CellFault {
    CellFault("'\(shown(cell))' is larger than a number can be", "“\(shown(cell))”超出数的范围")
  }
}
