import KithBase

/// Values written as bytes in one style and for one kind of reader.
struct ValueText: Sendable {
  let style: ValueStyle
  let form: ValueStyle.Form

  var showsLabels: Bool { style.usesLabels ?? (form == .people) }

  var listSeparator: String {
    form == .people && style.tongue == .chinese ? "、" : ", "
  }

  func append(bool truth: Bool, to output: inout [UInt8]) {
    let word: StaticString
    if form == .people && style.tongue == .chinese {
      word = truth ? "是" : "否"
    } else {
      word = truth ? "true" : "false"
    }
    word.withUTF8Buffer { output.append(contentsOf: $0) }
  }

  /// A Double column: float, percent, or money that was not rounded yet.
  func append(float value: Double, _ type: KithType, to output: inout [UInt8]) {
    switch type {
    case .percent where form == .people: append(percent: value, to: &output)
    case .floatMoney:
      if abs(value) < 9e18 {
        append(money: Self.halfEven(value), to: &output)
      } else {
        append(plain: value / 100, to: &output)
      }
    default: append(plain: value, to: &output)
    }
  }

  /// The nearest whole number of a Double inside the range of Int64, halves to the even one.
  private static func halfEven(_ value: Double) -> Int64 {
    let whole = Int64(value)
    let rest = abs(value - Double(whole))
    let isUp = rest > 0.5 || (rest == 0.5 && whole % 2 != 0)
    return isUp ? whole + (value < 0 ? -1 : 1) : whole
  }

  private func append(plain value: Double, to output: inout [UInt8]) {
    guard value.isFinite else {
      let word = form == .people ? "∞" : "inf"
      output.append(contentsOf: ((value < 0 ? "-" : "") + word).utf8)
      return
    }
    // People read four decimals; very small and very large numbers keep all their digits.
    let size = abs(value)
    let isPlain = form == .people && size >= 0.001 && size < 1e11
    NumberText.append(isPlain ? (value * 10_000).rounded() / 10_000 : value, to: &output)
  }

  /// One decimal; two where one would say nothing of a small share, then `<0.01%` (`>-0.01%`).
  private func append(percent ratio: Double, to output: inout [UInt8]) {
    let size = abs(ratio)
    guard size < 1e12 else {
      append(plain: ratio * 100, to: &output)
      output.append(0x25)
      return
    }
    let decimals = size > 0 && size < 0.001 ? 2 : 1
    let factor = decimals == 2 ? 10_000.0 : 1_000.0
    let scaled = UInt64(size * factor + 0.5)
    let shift: UInt64 = decimals == 2 ? 100 : 10
    if size > 0 && scaled == 0 { output.append(ratio < 0 ? 0x3E : 0x3C) }
    if ratio < 0 && size > 0 { output.append(0x2D) }
    let shown = size > 0 && scaled == 0 ? 1 : scaled
    NumberText.append(magnitude: shown / shift, to: &output)
    output.append(0x2E)
    NumberText.append(padded: shown % shift, decimals, to: &output)
    output.append(0x25)
  }

  func append(money fen: Int64, to output: inout [UInt8]) {
    if fen < 0 { output.append(0x2D) }
    let size = fen.magnitude
    if form == .people && style.money == .wan && appendWan(size, to: &output) { return }
    if form == .people {
      NumberText.append(grouped: size / 100, to: &output)
    } else {
      NumberText.append(magnitude: size / 100, to: &output)
    }
    output.append(0x2E)
    NumberText.appendTwo(Int(size % 100), to: &output)
  }

  /// `312.4万` (one decimal) from 10,000 yuan, `1.25亿` (two) from 100,000,000; false below.
  private func appendWan(_ size: UInt64, to output: inout [UInt8]) -> Bool {
    guard size >= 1_000_000 else { return false }
    // A tenth of 万 is 100,000 fen; halves are rounded up. 9999.96万 becomes 1亿.
    let tenths = (size + 50_000) / 100_000
    if tenths < 100_000 {
      appendTrimmed(tenths, decimals: 1, to: &output)
      output.append(contentsOf: "万".utf8)
    } else {
      appendTrimmed((size + 50_000_000) / 100_000_000, decimals: 2, to: &output)
      output.append(contentsOf: "亿".utf8)
    }
    return true
  }

  /// A number of tenths or hundredths, grouped, without zeros at the end.
  private func appendTrimmed(_ value: UInt64, decimals: Int, to output: inout [UInt8]) {
    let shift: UInt64 = decimals == 1 ? 10 : 100
    NumberText.append(grouped: value / shift, to: &output)
    var fraction = value % shift
    var digits = decimals
    if fraction == 0 { return }
    while fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    output.append(0x2E)
    NumberText.append(padded: fraction, digits, to: &output)
  }
}
