package import KithBase

/// How dates and times stand in a book: `2026-11-21` and `2026-11-21T09:30:00Z`, always UTC, with
/// microseconds only where there are some.
package enum StoredText {
  package static func date(_ day: Day) -> String { day.text }

  package static func time(_ instant: Instant) -> String {
    let perDay: Int64 = 86_400_000_000
    var number = instant.microseconds / perDay
    var rest = instant.microseconds % perDay
    if rest < 0 {
      rest += perDay
      number -= 1
    }
    let seconds = Int(rest / 1_000_000)
    let fraction = Int(rest % 1_000_000)
    let clock =
      pad(seconds / 3600, 2) + ":" + pad(seconds / 60 % 60, 2) + ":" + pad(seconds % 60, 2)
    return Day(number: Int32(clamping: number)).text + "T" + clock
      + (fraction == 0 ? "" : "." + pad(fraction, 6)) + "Z"
  }

  /// The moment a stored time says; nil for anything else.
  package static func instant(_ text: String) -> Instant? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { microseconds($0, buffer.count) }
        .map { Instant(microseconds: $0) }
    }
  }

  /// Days since 1970 of `YYYY-MM-DD`; nil for anything else, and for a date that does not exist.
  @inline(__always)
  static func day(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
    guard count == 10 else { return nil }
    return leadingDay(text)
  }

  /// Microseconds since 1970 of a date and a time of day. `T` or a space stands between; seconds,
  /// a fraction of up to nine digits (cut to microseconds) and the zone may be left out; the zone
  /// is `Z` or `±HH:MM`, and without one the time is UTC.
  static func microseconds(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard count >= 16, let day = leadingDay(text), text[10] == 0x54 || text[10] == 0x20,
      text[13] == 0x3A, let hour = two(text + 11), let minute = two(text + 14), hour < 24,
      minute < 60
    else { return nil }
    var at = 16
    var seconds = 0
    var fraction = 0
    if at + 3 <= count, text[at] == 0x3A {
      guard let value = two(text + at + 1), value < 60 else { return nil }
      seconds = value
      at += 3
      if at < count, text[at] == 0x2E {
        var digits = 0
        at += 1
        while at < count, text[at] &- 0x30 < 10, digits < 9 {
          if digits < 6 { fraction = fraction * 10 + Int(text[at] - 0x30) }
          digits += 1
          at += 1
        }
        guard digits > 0 else { return nil }
        while digits < 6 {
          fraction *= 10
          digits += 1
        }
      }
    }
    guard let offset = zone(text + at, count - at) else { return nil }
    let ofDay = (hour * 60 + minute - offset) * 60 + seconds
    return Int64(day) * 86_400_000_000 + Int64(ofDay) * 1_000_000 + Int64(fraction)
  }

  /// Minutes east of UTC.
  private static func zone(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    if count == 0 { return 0 }
    if count == 1 { return text[0] == 0x5A || text[0] == 0x7A ? 0 : nil }
    guard count == 6, text[0] == 0x2B || text[0] == 0x2D, text[3] == 0x3A,
      let hours = two(text + 1),
      let minutes = two(text + 4), hours < 24, minutes < 60
    else { return nil }
    return (text[0] == 0x2D ? -1 : 1) * (hours * 60 + minutes)
  }

  @inline(__always)
  private static func leadingDay(_ text: UnsafePointer<UInt8>) -> Int32? {
    guard text[4] == 0x2D, text[7] == 0x2D, let century = two(text), let year = two(text + 2),
      let month = two(text + 5), let day = two(text + 8)
    else { return nil }
    return Day(year: century * 100 + year, month: month, day: day)?.number
  }

  @inline(__always)
  private static func two(_ text: UnsafePointer<UInt8>) -> Int? {
    let tens = text[0] &- 0x30
    let ones = text[1] &- 0x30
    guard tens < 10, ones < 10 else { return nil }
    return Int(tens) * 10 + Int(ones)
  }
}
