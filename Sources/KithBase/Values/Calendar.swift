/// Days since 1970-01-01 in the proleptic Gregorian calendar.
package struct Day: Sendable, Hashable, Comparable {
  /// Days since 1 January 1970, which is 0.
  package var number: Int32

  package init(number: Int32) { self.number = number }

  /// The earlier day is the smaller.
  package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// Nil where the date does not exist (31 February, year 0 or above 9999).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    number = Day.number(year: year, month: month, day: day)
  }

  /// 28 to 31; the month counts from 1.
  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from civil: H. Hinnant's formula, exact for any year.
  private static func number(year: Int, month: Int, day: Int) -> Int32 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
  }

  /// In the proleptic Gregorian calendar.
  package var parts: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// 0 is Monday.
  package var weekday: Int { ((Int(number) + 3) % 7 + 7) % 7 }

  /// Wraps far outside the calendar, so callers check what they add.
  package func adding(days: Int) -> Day { Day(number: number &+ Int32(truncatingIfNeeded: days)) }

  /// Clamped to the month's end: 31 January + 1 month is 28 or 29 February.
  package func adding(months: Int) -> Day {
    let (year, month, day) = parts
    let index = year * 12 + month - 1 + months
    let newYear = index >= 0 ? index / 12 : (index - 11) / 12
    let newMonth = index - newYear * 12 + 1
    let last = Day.length(ofMonth: newMonth, year: newYear)
    return Day(number: Day.number(year: newYear, month: newMonth, day: min(day, last)))
  }

  /// The first day of the unit that holds this day; weeks begin on Monday.
  package func start(of unit: CalendarUnit) -> Day {
    let (year, month, _) = parts
    switch unit {
    case .day: return self
    case .week: return adding(days: -weekday)
    case .month: return Day(number: Day.number(year: year, month: month, day: 1))
    case .quarter:
      return Day(number: Day.number(year: year, month: (month - 1) / 3 * 3 + 1, day: 1))
    case .year: return Day(number: Day.number(year: year, month: 1, day: 1))
    }
  }

  /// The day `count` units later, for a day that is a unit's start.
  package func adding(_ count: Int, _ unit: CalendarUnit) -> Day {
    switch unit {
    case .day: adding(days: count)
    case .week: adding(days: 7 * count)
    case .month: adding(months: count)
    case .quarter: adding(months: 3 * count)
    case .year: adding(months: 12 * count)
    }
  }

  /// `2026-11-21`.
  package var text: String {
    let (year, month, day) = parts
    return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2)
  }
}

/// Microseconds since 1970-01-01T00:00:00Z.
package struct Instant: Sendable, Hashable, Comparable {
  /// Since 1970 in UTC.
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// The earlier instant is the smaller.
  package static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }
}

/// A half-open range of days.
package struct Period: Sendable, Hashable {
  /// The first day of it.
  package var start: Day
  /// The day after the last one.
  package var end: Day
  /// The calendar unit it is one of, if it is.
  package var unit: CalendarUnit?

  package init(start: Day, end: Day, unit: CalendarUnit? = nil) {
    self.start = start
    self.end = end
    self.unit = unit
  }

  package init(_ unit: CalendarUnit, holding day: Day) {
    start = day.start(of: unit)
    end = start.adding(1, unit)
    self.unit = unit
  }

  /// `2026-11`, `2026-Q3`, `2026-W47`, `2026`, else `2026-10-23..2026-11-21` (last day shown).
  package var text: String {
    let (year, month, _) = start.parts
    switch unit {
    case .day: return start.text
    case .week:
      let thursday = start.adding(days: 3)
      let first = Day(year: thursday.parts.year, month: 1, day: 1) ?? thursday
      let week = (thursday.number - first.number) / 7 + 1
      return pad(thursday.parts.year, 4) + "-W" + pad(Int(week), 2)
    case .month: return pad(year, 4) + "-" + pad(month, 2)
    case .quarter: return pad(year, 4) + "-Q\((month - 1) / 3 + 1)"
    case .year: return pad(year, 4)
    case nil: return start.text + ".." + end.adding(days: -1).text
    }
  }
}

/// Decimal digits with leading zeros.
package func pad(_ number: Int, _ width: Int) -> String {
  let digits = String(number.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.count))
  return (number < 0 ? "-" : "") + zeros + digits
}

/// How instants are cut into days: the offset of the book's zone at an instant.
///
/// The offsets come from outside (the system's zone files); the default is a fixed +08:00.
package struct TimeZoneTable: Sendable, Hashable {
  /// `Asia/Shanghai`.
  package var name: String
  /// Instants (microseconds) from which `offsets[i + 1]` holds; `offsets[0]` before the first.
  package var transitions: [Int64]
  /// Offsets from UTC in microseconds; one more than `transitions`.
  package var offsets: [Int64]

  package init(name: String, transitions: [Int64], offsets: [Int64]) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
  }

  /// UTC+8 at all times; the summer times before 1992 are left out.
  package static let shanghai = TimeZoneTable(
    name: "Asia/Shanghai", transitions: [], offsets: [8 * 3_600_000_000])
  /// Without a summer time.
  package static let utc = TimeZoneTable(name: "UTC", transitions: [], offsets: [0])

  /// Microseconds to add to UTC at that instant.
  package func offset(at microseconds: Int64) -> Int64 {
    guard !transitions.isEmpty else { return offsets[0] }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= microseconds { low = middle + 1 } else { high = middle }
    }
    return offsets[low]
  }

  /// The local day of an instant.
  package func day(of instant: Int64) -> Int32 {
    let local = instant &+ offset(at: instant)
    let day: Int64 = 86_400_000_000
    let quotient = local / day
    return Int32(truncatingIfNeeded: local % day < 0 ? quotient - 1 : quotient)
  }

  /// The first instant of a local day.
  package func start(of day: Day) -> Instant {
    let naive = Int64(day.number) * 86_400_000_000
    let guess = naive - offset(at: naive - offset(at: naive))
    return Instant(microseconds: guess)
  }
}
