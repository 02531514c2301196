import KithBase

/// A date as people write it in a cell.
enum DateText {
  /// `2026-11-21`, `2026/1/5`, `2026.1.5`, `20261121`, `2026年11月21日` (with or without 日), then
  /// perhaps a clock (`13:30`, `T13:30:05.25`), perhaps with `Z` or `+08:00`. A clock with a zone is an
  /// instant, whose local day is taken. Nil for anything else and for days that do not exist.
  static func day(_ text: String, in zone: TimeZoneTable) -> Day? {
    var scanner = Scanner(Array(trimmed(narrowed(text)).unicodeScalars))
    guard let day = date(&scanner) else { return nil }
    if scanner.atEnd { return day }
    guard let clock = clock(&scanner), scanner.atEnd else { return nil }
    guard let offset = clock.offset else { return day }
    let utc = Int64(day.number) * 86_400_000_000 + (clock.seconds - offset) * 1_000_000
    return Day(number: zone.day(of: utc))
  }

  private static func date(_ scanner: inout Scanner) -> Day? {
    guard let (first, width) = scanner.number(most: 8) else { return nil }
    if width == 8 {
      return Day(year: first / 10_000, month: first / 100 % 100, day: first % 100)
    }
    guard width == 4, let mark = scanner.take(["-", "/", ".", "年"]),
      let (month, monthWidth) = scanner.number(most: 2), monthWidth <= 2,
      scanner.take([mark == "年" ? "月" : mark]) != nil,
      let (day, dayWidth) = scanner.number(most: 2), dayWidth <= 2
    else { return nil }
    if mark == "年" { _ = scanner.take(["日", "号"]) }
    return Day(year: first, month: month, day: day)
  }

  /// Seconds since midnight and, where given, the offset from UTC in seconds.
  private static func clock(_ scanner: inout Scanner) -> (seconds: Int64, offset: Int64?)? {
    guard scanner.take(["T", "t", " "]) != nil else { return nil }
    while scanner.take([" "]) != nil {}
    guard let (hour, _) = scanner.number(most: 2), hour < 24, scanner.take([":"]) != nil,
      let (minute, _) = scanner.number(most: 2), minute < 60
    else { return nil }
    var second = 0
    if scanner.take([":"]) != nil {
      guard let (value, _) = scanner.number(most: 2), value < 61 else { return nil }
      second = value
      if scanner.take([".", ","]) != nil, scanner.number(most: 9) == nil { return nil }
    }
    let seconds = Int64(hour * 3600 + minute * 60 + second)
    if scanner.take(["Z", "z"]) != nil { return (seconds, 0) }
    guard let sign = scanner.take(["+", "-", "−"]) else { return (seconds, nil) }
    guard let (hours, _) = scanner.number(most: 2), hours < 15 else { return nil }
    _ = scanner.take([":"])
    let minutes = scanner.number(most: 2)?.value ?? 0
    guard minutes < 60 else { return nil }
    let offset = Int64(hours * 3600 + minutes * 60)
    return (seconds, sign == "+" ? offset : -offset)
  }

  private struct Scanner {
    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    var atEnd: Bool { place == scalars.count }

    /// One to `most` digits, with their count; more digits are left for what follows.
    mutating func number(most: Int) -> (value: Int, width: Int)? {
      var value = 0
      var width = 0
      while place < scalars.count, width < most, ("0"..."9").contains(scalars[place]) {
        value = value * 10 + Int(scalars[place].value - 0x30)
        width += 1
        place += 1
      }
      return width == 0 ? nil : (value, width)
    }

    /// The next character, if it is one of these.
    mutating func take(_ wanted: [Unicode.Scalar]) -> Unicode.Scalar? {
      guard place < scalars.count, wanted.contains(scalars[place]) else { return nil }
      place += 1
      return scalars[place - 1]
    }
  }
}
