import KithBase
import KithLanguage
import KithModel

/// Date words become days before anything runs; the result says which.
extension Checker {
  func note(_ text: String, _ span: SourceSpan) {
    let word = self.text[span]
    let resolved = ResolvedDate(word: word, text: text)
    if !word.isEmpty, !resolvedDates.contains(resolved) {
      resolvedDates.append(resolved)
    }
  }

  func dateWord(_ word: DateWordSyntax, _ span: SourceSpan) throws -> Typed {
    try refuseColumn(word, span)
    switch word {
    case .now: return constant(.time(now), span)
    case .today: return constant(.date(today), span)
    case .yesterday: return constant(.date(today.adding(days: -1)), span)
    case .tomorrow: return constant(.date(today.adding(days: 1)), span)
    case .unit(let unit, let offset):
      let start = today.start(of: unit).adding(offset, unit)
      return period(Period(start: start, end: start.adding(1, unit), unit: unit), span)
    case .toDate(let unit):
      let start = today.start(of: unit)
      return period(Period(start: start, end: today.adding(days: 1)), span)
    case .span(let length, let direction):
      return period(try self.span(length, direction), span)
    case .weekday(let weekday, let direction):
      var distance = direction < 0 ? today.weekday - weekday : weekday - today.weekday
      if distance <= 0 { distance += 7 }
      let day = today.adding(days: direction < 0 ? -distance : distance)
      note(day.text, span)
      return constant(.date(day), span)
    case .weekdayOfWeek(let weekday, let offset):
      let day = today.start(of: .week).adding(days: 7 * offset + weekday)
      note(day.text, span)
      return constant(.date(day), span)
    }
  }

  private func period(_ period: Period, _ span: SourceSpan) -> Typed {
    note(period.start.text + ".." + period.end.adding(days: -1).text, span)
    return constant(.period(period), span)
  }

  /// `last 30 days` ends today and includes it; `next 30 days` begins today.
  private func span(_ syntax: ExprSyntax, _ direction: Int) throws -> Period {
    if case .literal(.duration(let duration)) = syntax.kind, duration.unit == .workday {
      let other = workday(duration.count - 1, direction)
      return direction < 0
        ? Period(start: other, end: today.adding(days: 1))
        : Period(start: today, end: other.adding(days: 1))
    }
    let value = try check(syntax)
    guard case .duration(let length)? = value.constant else {
      if value.constant == .open {
        return Period(start: today, end: today.adding(days: 1))
      }
      throw fail(
        Diagnostic(
          "K2126",
          say("'last' and 'next' take a length of time such as 30 days", "“近”和“未来”后面要写时长，如 30天"),
          at: value.span))
    }
    guard length.microseconds == 0, length.days.magnitude < 4_000_000,
      length.months.magnitude < 120_000
    else {
      throw fail(
        Diagnostic(
          "K2126",
          say("'last' counts whole days; for hours write '4 hours ago'", "“近”按整天算；小时请写“4小时前”"),
          at: value.span))
    }
    if direction < 0 {
      let tomorrow = today.adding(days: 1)
      let start =
        length.months == 0
        ? tomorrow.adding(days: -Int(length.days))
        : today.adding(months: -Int(length.months)).adding(days: 1 - Int(length.days))
      return Period(start: start, end: tomorrow)
    }
    let end =
      length.months == 0
      ? today.adding(days: Int(length.days))
      : today.adding(months: Int(length.months)).adding(days: Int(length.days))
    return Period(start: today, end: end)
  }

  func relative(_ syntax: ExprSyntax, ago: Bool, _ span: SourceSpan) throws -> Typed {
    if case .literal(.duration(let duration)) = syntax.kind, duration.unit == .workday {
      let day = workday(duration.count, ago ? -1 : 1)
      note(day.text, span)
      return constant(.date(day), span)
    }
    let value = try check(syntax)
    guard case .duration(let length)? = value.constant else {
      if value.constant == .open { return constant(.date(today), span) }
      throw fail(
        Diagnostic(
          "K2126", say("only a length of time goes before 'ago'", "“前”的前面要写时长"), at: value.span))
    }
    let signed = ago ? -length : length
    guard signed.days.magnitude < 4_000_000, signed.months.magnitude < 120_000 else {
      throw tooLarge(span)
    }
    if signed.microseconds != 0 {
      let (sum, overflow) = now.microseconds.addingReportingOverflow(signed.microseconds)
      guard !overflow else { throw tooLarge(span) }
      return constant(.time(Instant(microseconds: sum)), span)
    }
    let day = today.adding(months: Int(signed.months)).adding(days: Int(signed.days))
    note(day.text, span)
    return constant(.date(day), span)
  }

  /// The day that many working days before or after today (Monday to Friday).
  private func workday(_ count: Int64, _ direction: Int) -> Day {
    var day = today
    var left = min(max(0, count), 10_000)
    while left > 0 {
      day = day.adding(days: direction)
      if day.weekday < 5 { left -= 1 }
    }
    return day
  }

  /// A single date word that is also a column of the row is an error, not a preference.
  private func refuseColumn(_ word: DateWordSyntax, _ span: SourceSpan) throws {
    switch word {
    case .today, .yesterday, .tomorrow, .now, .unit: break
    default: return
    }
    let written = text[span]
    guard !written.contains(" ") else { return }
    let name = NameSyntax(written, span)
    guard scopes.contains(where: { find(name, in: $0.columns) != nil }) else { return }
    throw fail(
      Diagnostic(
        "K2127",
        say("'\(written)' is a date word and also a column here", "“\(written)”既是日期词，又是这里的列名"),
        at: span,
        help: say("write `\(written)` in back-quotes for the column", "要用该列请加反引号：`\(written)`")))
  }
}
