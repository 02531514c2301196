import KithBase

/// Whether `3/4/2026` is 3 April or 4 March.
package enum DateOrder: String, Sendable, CaseIterable {
  case dayFirst = "dmy"
  case monthFirst = "mdy"
}

/// What the dates of a column tell about their order.
struct DateOrderEvidence {
  var dayFirst = 0
  var monthFirst = 0

  /// The order, where all that tells agrees.
  var order: DateOrder? {
    if dayFirst > 0, monthFirst == 0 { return .dayFirst }
    if monthFirst > 0, dayFirst == 0 { return .monthFirst }
    return nil
  }

  /// Counts a cell that can only be one of the two.
  mutating func add(_ cell: CellBytes) {
    var scanner = CellScanner(cell)
    let first = scanner.digits()
    guard (1...2).contains(first.count), scanner.take(0x2F) || scanner.take(0x2D) else { return }
    let second = scanner.digits()
    guard (1...2).contains(second.count), scanner.take(0x2F) || scanner.take(0x2D) else { return }
    guard scanner.digits().count == 4 else { return }
    if first.value > 12, second.value <= 12 { dayFirst += 1 }
    if second.value > 12, first.value <= 12 { monthFirst += 1 }
  }
}

/// Why a date was not read.
enum DateFault: Error {
  /// `3/4/2026` while the column's order is not known.
  case ambiguous
  case fault(CellFault)
}

/// Reads days: `2026-11-21`, `2026/1/5`, `20261121`, `2026年11月21日`, `21.11.2026`, `21/11/2026`,
/// `15 Apr, 2021`, `Apr 15, 2021`.
enum DateSpelling {
  /// The day of a cell; a time of day behind it is allowed and cut off in `zone`.
  static func day(
    _ cell: CellBytes, order: DateOrder?, zone: TimeZoneTable
  ) throws(DateFault) -> Day {
    if cell.count == 10, let day = plainDay(cell) { return day }
    var scanner = CellScanner(cell)
    let day = try date(&scanner, order)
    if scanner.atEnd { return day }
    let instant = try TimeSpelling.clock(&scanner, day, zone)
    return Day(number: zone.day(of: instant))
  }

  /// Whether a cell is a day as a book keeps it: `2026-11-21`, and one that exists.
  static func isStoredForm(_ cell: CellBytes) -> Bool {
    cell.count == 10 && plainDay(cell) != nil
  }

  /// `2026-11-21` and nothing else; by far the most frequent form.
  private static func plainDay(_ cell: CellBytes) -> Day? {
    guard cell[4] == 0x2D, cell[7] == 0x2D else { return nil }
    func two(_ at: Int) -> Int {
      let high = Int(cell[at]) - 0x30
      let low = Int(cell[at + 1]) - 0x30
      return (0...9).contains(high) && (0...9).contains(low) ? high * 10 + low : -10_000
    }
    let year = two(0) * 100 + two(2)
    return Day(year: year, month: two(5), day: two(8))
  }

  /// Takes a date from the front of a cell.
  static func date(
    _ scanner: inout CellScanner, _ order: DateOrder?
  ) throws(DateFault) -> Day {
    if scanner.byte | 0x20 >= 0x61, scanner.byte | 0x20 <= 0x7A {
      return try monthNameFirst(&scanner)
    }
    let first = scanner.digits()
    switch first.count {
    case 8:
      return try made(
        scanner, first.value / 10_000, first.value / 100 % 100, first.value % 100)
    case 4: return try yearFirst(&scanner, first.value)
    case 1, 2: return try dayOrMonthFirst(&scanner, first.value, order)
    default: throw notADate(scanner)
    }
  }

  private static func yearFirst(
    _ scanner: inout CellScanner, _ year: Int
  ) throws(DateFault) -> Day {
    if scanner.take("年") {
      scanner.skipBlanks()
      let month = scanner.digits()
      guard (1...2).contains(month.count), scanner.take("月") else { throw notADate(scanner) }
      scanner.skipBlanks()
      let day = scanner.digits()
      guard (1...2).contains(day.count) else { throw notADate(scanner) }
      if !scanner.take("日") { _ = scanner.take("号") }
      return try made(scanner, year, month.value, day.value)
    }
    let separator = scanner.byte
    guard separator == 0x2D || separator == 0x2F || separator == 0x2E else {
      throw notADate(scanner)
    }
    scanner.index += 1
    let month = scanner.digits()
    guard (1...2).contains(month.count), scanner.take(separator) else { throw notADate(scanner) }
    let day = scanner.digits()
    guard (1...2).contains(day.count) else { throw notADate(scanner) }
    return try made(scanner, year, month.value, day.value)
  }

  private static func dayOrMonthFirst(
    _ scanner: inout CellScanner, _ first: Int, _ order: DateOrder?
  ) throws(DateFault) -> Day {
    let separator = scanner.byte
    if separator == 0x20 || separator | 0x20 >= 0x61 || separator == 0x2D {
      if let day = try dayThenMonthName(&scanner, first) { return day }
    }
    guard separator == 0x2D || separator == 0x2F || separator == 0x2E else {
      throw notADate(scanner)
    }
    scanner.index += 1
    let second = scanner.digits()
    guard (1...2).contains(second.count), scanner.take(separator) else {
      throw notADate(scanner)
    }
    let year = scanner.digits()
    guard year.count == 4 else {
      if year.count == 2 {
        throw .fault(
          CellFault(
            "'\(shown(scanner.bytes))' writes its year with two digits",
            "“\(shown(scanner.bytes))”的年份只有两位"))
      }
      throw notADate(scanner)
    }
    // A full stop between the numbers is the German and Russian way, which is day first.
    let used = separator == 0x2E ? DateOrder.dayFirst : order
    switch used {
    case .dayFirst: return try made(scanner, year.value, second.value, first)
    case .monthFirst: return try made(scanner, year.value, first, second.value)
    case nil:
      if first > 12 { return try made(scanner, year.value, second.value, first) }
      if second.value > 12 || first == second.value {
        return try made(scanner, year.value, first, second.value)
      }
      throw .ambiguous
    }
  }

  /// `15 Apr, 2021`, `15-Apr-2021`, `15th April 2021`; nil where no letters follow.
  private static func dayThenMonthName(
    _ scanner: inout CellScanner, _ day: Int
  ) throws(DateFault) -> Day? {
    let before = scanner.index
    if !(scanner.take("st") || scanner.take("nd") || scanner.take("rd")) {
      _ = scanner.take("th")
    }
    skipJoints(&scanner)
    let word = scanner.letters()
    if word.isEmpty {
      scanner.index = before
      return nil
    }
    guard let month = month(word) else { throw notADate(scanner) }
    skipJoints(&scanner)
    let year = scanner.digits()
    guard year.count == 4 else { throw notADate(scanner) }
    return try made(scanner, year.value, month, day)
  }

  /// `Apr 15, 2021`, `Mon, 15 Apr 2021`.
  private static func monthNameFirst(_ scanner: inout CellScanner) throws(DateFault) -> Day {
    let word = scanner.letters()
    skipJoints(&scanner)
    guard let month = month(word) else {
      let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
      guard weekdays.contains(String(word.prefix(3))) else { throw notADate(scanner) }
      let first = scanner.digits()
      if first.count == 0 {
        let next = scanner.letters()
        guard Self.month(next) != nil else { throw notADate(scanner) }
        scanner.index -= next.utf8.count
        return try monthNameFirst(&scanner)
      }
      guard first.count <= 2, let day = try dayThenMonthName(&scanner, first.value) else {
        throw notADate(scanner)
      }
      return day
    }
    let day = scanner.digits()
    guard (1...2).contains(day.count) else { throw notADate(scanner) }
    if !(scanner.take("st") || scanner.take("nd") || scanner.take("rd")) {
      _ = scanner.take("th")
    }
    skipJoints(&scanner)
    let year = scanner.digits()
    guard year.count == 4 else { throw notADate(scanner) }
    return try made(scanner, year.value, month, day.value)
  }

  /// Blanks, commas, full stops and hyphens between the words of a date.
  private static func skipJoints(_ scanner: inout CellScanner) {
    while [0x20, 0x2C, 0x2E, 0x2D].contains(scanner.byte) { scanner.index += 1 }
  }

  private static func month(_ word: String) -> Int? {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    if word == "sept" { return 9 }
    guard word.utf8.count >= 3 else { return nil }
    return names.firstIndex { $0 == word || $0.prefix(3) == word }.map { $0 + 1 }
  }

  private static func made(
    _ scanner: CellScanner, _ year: Int, _ month: Int, _ day: Int
  ) throws(DateFault) -> Day {
    if let result = Day(year: year, month: month, day: day) { return result }
    let text = shown(scanner.bytes)
    if year < 1 {
      throw .fault(
        CellFault("'\(text)' is in year 0, which does not exist", "“\(text)”在公元 0 年，没有这一年"))
    }
    if !(1...12).contains(month) {
      throw .fault(
        CellFault(
          "'\(text)' names month \(month), and there are 12", "“\(text)”写了 \(month) 月，只有 12 个月"))
    }
    let length = Day.length(ofMonth: month, year: year)
    throw .fault(
      CellFault(
        "'\(text)' names day \(day) of a month that has \(length)",
        "“\(text)”写了 \(day) 日，这个月只有 \(length) 天"))
  }

  private static func notADate(_ scanner: CellScanner) -> DateFault {
    .fault(CellFault("'\(shown(scanner.bytes))' is not a date", "“\(shown(scanner.bytes))”不是日期"))
  }
}

/// Reads instants: `2026-11-21 13:30`, `2011-10-01T00:38:44.546+02:00`, `…Z`, a bare date.
enum TimeSpelling {
  private static let second: Int64 = 1_000_000

  /// Microseconds since 1970 in UTC; without an offset the text is local time of `zone`, a date
  /// alone its first instant.
  static func instant(
    _ cell: CellBytes, order: DateOrder?, zone: TimeZoneTable
  ) throws(DateFault) -> Int64 {
    var scanner = CellScanner(cell)
    let day = try DateSpelling.date(&scanner, order)
    if scanner.atEnd { return zone.start(of: day).microseconds }
    return try clock(&scanner, day, zone)
  }

  /// The rest of a cell behind its date: `T13:30:05.25+08:00`, ` 1:30 PM`, ` 下午1:30`.
  static func clock(
    _ scanner: inout CellScanner, _ day: Day, _ zone: TimeZoneTable
  ) throws(DateFault) -> Int64 {
    if !scanner.take(0x54) { _ = scanner.take(0x74) }
    skipJoint(&scanner)
    var afternoon: Bool?
    if scanner.take("上午") { afternoon = false }
    if scanner.take("下午") || scanner.take("晚上") { afternoon = true }
    scanner.skipBlanks()
    let time = try hours(&scanner)
    scanner.skipBlanks()
    if scanner.take("am") { afternoon = false }
    if scanner.take("pm") { afternoon = true }
    var hour = time.hour
    if let afternoon {
      guard afternoon || hour <= 12 else { throw fault(scanner) }
      if hour == 12 { hour = afternoon ? 12 : 0 } else if afternoon, hour < 12 { hour += 12 }
    }
    scanner.skipBlanks()
    let local =
      Int64(day.number) * 86_400 * second + Int64(hour * 3_600 + time.minute * 60) * second
      + time.microseconds
    if scanner.atEnd { return utc(local, zone) }
    guard let offset = try offset(&scanner), scanner.atEnd else { throw fault(scanner) }
    return local - offset
  }

  /// The instant of a local time, by the offset in force then; in a gap, that before it.
  private static func utc(_ local: Int64, _ zone: TimeZoneTable) -> Int64 {
    let guess = local - zone.offset(at: local)
    return local - zone.offset(at: guess)
  }

  private static func skipJoint(_ scanner: inout CellScanner) {
    while scanner.byte == 0x20 || scanner.byte == 0x2C { scanner.index += 1 }
  }

  private static func hours(
    _ scanner: inout CellScanner
  ) throws(DateFault) -> (hour: Int, minute: Int, microseconds: Int64) {
    let hour = scanner.digits()
    guard (1...2).contains(hour.count), scanner.take(0x3A) || scanner.take("时") else {
      throw fault(scanner)
    }
    let minute = scanner.digits()
    guard minute.count == 2 || (minute.count == 1 && scanner.byte >= 0x80) else {
      throw fault(scanner)
    }
    _ = scanner.take("分")
    var microseconds: Int64 = 0
    if scanner.take(0x3A) || scanner.byte >= 0x30 && scanner.byte <= 0x39 {
      let seconds = scanner.digits()
      guard seconds.count <= 2, seconds.value < 60 else { throw fault(scanner) }
      microseconds = Int64(seconds.value) * second
      if scanner.take(0x2E) || scanner.take(0x2C) {
        let fraction = scanner.digits()
        guard fraction.count > 0 else { throw fault(scanner) }
        var value = fraction.value
        var count = min(fraction.count, 18)
        while count > 6 {
          value /= 10
          count -= 1
        }
        while count < 6 {
          value *= 10
          count += 1
        }
        microseconds += Int64(value)
      }
      _ = scanner.take("秒")
    }
    let midnight = hour.value == 24 && minute.value == 0 && microseconds == 0
    guard hour.value < 24 || midnight, minute.value < 60 else { throw fault(scanner) }
    return (hour.value, minute.value, microseconds)
  }

  /// `Z`, `UTC`, `+08:00`, `-0530`, `+8`, in microseconds; nil where none stands here.
  private static func offset(_ scanner: inout CellScanner) throws(DateFault) -> Int64? {
    if scanner.take("utc") || scanner.take("gmt") || scanner.take("z") {
      if scanner.atEnd { return 0 }
    }
    let negative: Bool
    if scanner.take(0x2D) {
      negative = true
    } else if scanner.take(0x2B) {
      negative = false
    } else {
      return nil
    }
    let first = scanner.digits()
    var hours = first.value
    var minutes = 0
    if first.count == 4 {
      (hours, minutes) = (first.value / 100, first.value % 100)
    } else if first.count > 2 || first.count == 0 {
      throw fault(scanner)
    } else if scanner.take(0x3A) {
      let rest = scanner.digits()
      guard rest.count == 2 else { throw fault(scanner) }
      minutes = rest.value
    }
    guard hours <= 18, minutes < 60 else { throw fault(scanner) }
    let offset = Int64(hours * 3_600 + minutes * 60) * second
    return negative ? -offset : offset
  }

  private static func fault(_ scanner: CellScanner) -> DateFault {
    .fault(
      CellFault(
        "'\(shown(scanner.bytes))' is not a date with a time of day",
        "“\(shown(scanner.bytes))”不是带时刻的日期"))
  }
}
