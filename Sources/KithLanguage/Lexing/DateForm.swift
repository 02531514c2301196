import KithBase

/// A date or period at the start of a run of characters, and how many of them it takes.
struct DateForm {
  enum Value {
    case literal(LiteralSyntax)
    /// `2026-1`
    case oneDigitMonth(year: Int, month: Int)
    /// The form of a date, but none in the calendar; perhaps a subtraction was meant.
    case noSuchDate(subtraction: String?)
  }

  var value: Value
  var length: Int

  private init(_ value: Value, _ length: Int) {
    self.value = value
    self.length = length
  }

  /// Nil where the run is no date; it is a number then.
  static func match(_ run: Run) -> DateForm? {
    let reader = Reader(run: run)
    if let year = reader.year {
      if reader.at(4) == 0x2D { return reader.dashed(year) }
      if reader.at(4) == Reader.yearSign { return reader.chinese(year) }
    }
    return reader.ofThisYear()
  }

  private struct Reader {
    let run: Run

    static let yearSign: UInt32 = 0x5E74  // 年
    static let monthSign: UInt32 = 0x6708  // 月
    static let daySigns: [UInt32] = [0x65E5, 0x53F7]  // 日 号

    func at(_ index: Int) -> UInt32 {
      index < run.count ? run.scalars[index] : endScalar
    }

    /// The value of the digits from `index` on, and how many; more than four count as five.
    func digits(_ index: Int) -> (value: Int, count: Int) {
      var value = 0
      var count = 0
      while count < 5, Characters.isDigit(at(index + count)) {
        value = value * 10 + Int(at(index + count) - 0x30)
        count += 1
      }
      return (value, count)
    }

    /// No name character follows, nor the fraction of a number.
    func ends(_ index: Int) -> Bool {
      if at(index) == 0x2E { return !Characters.isDigit(at(index + 1)) }
      return !Characters.isWord(at(index))
    }

    var year: Int? {
      let (value, count) = digits(0)
      return count == 4 && (1900...2199).contains(value) ? value : nil
    }

    // MARK: 2026-…

    func dashed(_ year: Int) -> DateForm? {
      let letter = at(5) | 0x20
      let (value, count) = digits(letter == 0x71 || letter == 0x77 ? 6 : 5)
      if letter == 0x71 { return count == 1 && ends(7) ? quarter(year, value, 7) : nil }
      if letter == 0x77 {
        return (1...2).contains(count) && ends(6 + count) ? week(year, value, 6 + count) : nil
      }
      guard (1...2).contains(count) else { return nil }
      let next = 5 + count
      if at(next) == 0x2D, Characters.isDigit(at(next + 1)) {
        return day(year, value, from: next + 1)
      }
      guard ends(next) else { return nil }
      if count == 1 { return DateForm(.oneDigitMonth(year: year, month: value), next) }
      guard let first = Day(year: year, month: value, day: 1) else {
        return DateForm(.noSuchDate(subtraction: "\(year) - \(value)"), next)
      }
      return DateForm(.literal(.period(Period(.month, holding: first))), next)
    }

    private func day(_ year: Int, _ month: Int, from start: Int) -> DateForm {
      let (value, count) = digits(start)
      let next = start + count
      let hasTime = (at(next) | 0x20) == 0x74 && Characters.isDigit(at(next + 1))
      guard count <= 2, hasTime || ends(next), let day = Day(year: year, month: month, day: value)
      else { return DateForm(.noSuchDate(subtraction: nil), wordEnd(next)) }
      return hasTime ? time(day, from: next + 1) : DateForm(.literal(.date(day)), next)
    }

    /// `13:30` or `13:30:05`.
    private func time(_ day: Day, from start: Int) -> DateForm {
      let (hour, hourCount) = digits(start)
      var next = start + hourCount
      guard (1...2).contains(hourCount), at(next) == 0x3A else {
        return DateForm(.noSuchDate(subtraction: nil), wordEnd(next))
      }
      let (minute, minuteCount) = digits(next + 1)
      next += 1 + minuteCount
      var second = 0
      var isWhole = minuteCount == 2 && hour < 24 && minute < 60
      if at(next) == 0x3A, Characters.isDigit(at(next + 1)) {
        let (value, count) = digits(next + 1)
        next += 1 + count
        second = value
        isWhole = isWhole && count == 2 && second < 60
      }
      guard isWhole, ends(next) else {
        return DateForm(.noSuchDate(subtraction: nil), wordEnd(next))
      }
      let microseconds = Int64(hour * 3600 + minute * 60 + second) * 1_000_000
      return DateForm(.literal(.dateTime(day, microseconds)), next)
    }

    private func quarter(_ year: Int, _ number: Int, _ length: Int) -> DateForm {
      guard (1...4).contains(number),
        let first = Day(year: year, month: number * 3 - 2, day: 1)
      else { return DateForm(.noSuchDate(subtraction: nil), length) }
      return DateForm(.literal(.period(Period(.quarter, holding: first))), length)
    }

    /// ISO 8601: week 1 holds 4 January, and weeks begin on Monday.
    private func week(_ year: Int, _ number: Int, _ length: Int) -> DateForm {
      guard let fourth = Day(year: year, month: 1, day: 4), (1...53).contains(number) else {
        return DateForm(.noSuchDate(subtraction: nil), length)
      }
      let monday = fourth.start(of: .week).adding(days: 7 * (number - 1))
      guard monday.adding(days: 3).parts.year == year else {
        return DateForm(.noSuchDate(subtraction: nil), length)
      }
      return DateForm(.literal(.period(Period(.week, holding: monday))), length)
    }

    // MARK: 2026年…

    func chinese(_ year: Int) -> DateForm? {
      if ends(5) {
        guard let first = Day(year: year, month: 1, day: 1) else { return nil }
        return DateForm(.literal(.period(Period(.year, holding: first))), 5)
      }
      let (value, count) = digits(5)
      guard (1...2).contains(count) else { return nil }
      let next = 5 + count
      if let end = quarterSign(next), ends(end) { return quarter(year, value, end) }
      guard at(next) == Self.monthSign else { return nil }
      if ends(next + 1) {
        guard let first = Day(year: year, month: value, day: 1) else {
          return DateForm(.noSuchDate(subtraction: nil), next + 1)
        }
        return DateForm(.literal(.period(Period(.month, holding: first))), next + 1)
      }
      let (number, numberCount) = digits(next + 1)
      let end = next + 1 + numberCount
      guard (1...2).contains(numberCount), Self.daySigns.contains(at(end)), ends(end + 1) else {
        return nil
      }
      guard let day = Day(year: year, month: value, day: number) else {
        return DateForm(.noSuchDate(subtraction: nil), end + 1)
      }
      return DateForm(.literal(.date(day)), end + 1)
    }

    /// `11月21日`, `11月`, `3季度`; a leap day is left to the year it is used in.
    func ofThisYear() -> DateForm? {
      let (value, count) = digits(0)
      guard (1...2).contains(count) else { return nil }
      if let end = quarterSign(count), ends(end) {
        guard (1...4).contains(value) else {
          return DateForm(.noSuchDate(subtraction: nil), end)
        }
        return DateForm(.literal(.unitOfYear(.quarter, value)), end)
      }
      guard at(count) == Self.monthSign else { return nil }
      if ends(count + 1) {
        guard (1...12).contains(value) else {
          return DateForm(.noSuchDate(subtraction: nil), count + 1)
        }
        return DateForm(.literal(.unitOfYear(.month, value)), count + 1)
      }
      let (number, numberCount) = digits(count + 1)
      let end = count + 1 + numberCount
      guard (1...2).contains(numberCount), Self.daySigns.contains(at(end)), ends(end + 1) else {
        return nil
      }
      guard (1...12).contains(value), number >= 1,
        number <= Day.length(ofMonth: value, year: 2000)
      else { return DateForm(.noSuchDate(subtraction: nil), end + 1) }
      return DateForm(.literal(.dayOfYear(month: value, day: number)), end + 1)
    }

    /// Where 季度 or 季 ends.
    private func quarterSign(_ index: Int) -> Int? {
      guard at(index) == 0x5B63 else { return nil }
      return at(index + 1) == 0x5EA6 ? index + 2 : index + 1
    }

    /// The end of what looks like the rest of a date, so that a wrong one is one mistake.
    private func wordEnd(_ index: Int) -> Int {
      var end = index
      while end < run.count,
        Characters.isWord(at(end)) || (at(end) == 0x3A && Characters.isDigit(at(end + 1)))
      {
        end += 1
      }
      return end
    }
  }
}
