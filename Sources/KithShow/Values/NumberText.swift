import KithBase

/// Digits written straight into bytes; a string per cell would cost more than all the rest.
enum NumberText {
  static func append(_ value: Int64, to output: inout [UInt8]) {
    if value < 0 { output.append(0x2D) }
    append(magnitude: value.magnitude, to: &output)
  }

  static func append(magnitude: UInt64, to output: inout [UInt8]) {
    var rest = magnitude
    let start = output.count
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      output.append(0x30 + UInt8(truncatingIfNeeded: digit))
      rest = quotient
    } while rest != 0
    reverse(&output, from: start)
  }

  /// At least `width` digits.
  static func append(padded magnitude: UInt64, _ width: Int, to output: inout [UInt8]) {
    let start = output.count
    append(magnitude: magnitude, to: &output)
    let missing = width - (output.count - start)
    if missing > 0 {
      output.insert(contentsOf: repeatElement(0x30, count: missing), at: start)
    }
  }

  /// `1,234,567`.
  static func append(grouped magnitude: UInt64, to output: inout [UInt8]) {
    var rest = magnitude
    let start = output.count
    var written = 0
    repeat {
      if written > 0 && written % 3 == 0 { output.append(0x2C) }
      output.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
      written += 1
    } while rest != 0
    reverse(&output, from: start)
  }

  private static func reverse(_ output: inout [UInt8], from start: Int) {
    var low = start
    var high = output.count - 1
    while low < high {
      output.swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  /// The shortest digits that read back as the same number; whole ones without `.0`, `-0` as `0`.
  static func append(_ value: Double, to output: inout [UInt8]) {
    // From 2^53 on not every whole number has a Double, and the description has an exponent.
    if abs(value) < 9_007_199_254_740_992 {
      let whole = Int64(value)
      if Double(whole) == value {
        append(whole, to: &output)
        return
      }
    }
    output.append(contentsOf: value.description.utf8)
  }

  /// `2026-11-21`.
  static func append(day: Day, to output: inout [UInt8]) {
    let (year, month, dayOfMonth) = day.parts
    if year < 0 { output.append(0x2D) }
    append(padded: UInt64(year.magnitude), 4, to: &output)
    output.append(0x2D)
    appendTwo(month, to: &output)
    output.append(0x2D)
    appendTwo(dayOfMonth, to: &output)
  }

  /// Two digits of a number from 0 to 99.
  static func appendTwo(_ value: Int, to output: inout [UInt8]) {
    output.append(0x30 + UInt8(truncatingIfNeeded: value / 10))
    output.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
  }

  static func grouped(_ count: Int) -> String {
    var output: [UInt8] = []
    append(grouped: UInt64(count.magnitude), to: &output)
    return (count < 0 ? "-" : "") + String(decoding: output, as: UTF8.self)
  }
}
