import KithBase
import KithLanguage
import KithModel

/// Values written in the text, and how they adapt to what they stand beside.
extension Checker {
  func literal(_ literal: LiteralSyntax, _ span: SourceSpan) throws -> Typed {
    switch literal {
    case .int(let value): return constant(.number(Decimal(value)), span)
    case .decimal(let digits, let scale):
      return constant(.number(Decimal(digits, scale: scale)), span)
    case .float(let value): return constant(.float(value), span)
    case .percent(let digits, let scale):
      return constant(.percent(Decimal(digits, scale: scale)), span)
    case .money(let digits, let scale, let currency):
      let own = facts.setting("currency") ?? "CNY"
      guard currencyFits(currency, own) else {
        throw fail(
          Diagnostic(
            "K2122",
            say("the book's currency is \(own), not \(currency)", "账本的币种是 \(own)，不是 \(currency)"),
            at: span))
      }
      guard let fen = Decimal(digits, scale: scale).scaled(by: 2) else { throw tooLarge(span) }
      return constant(.money(fen), span)
    case .text(let value): return constant(value.isEmpty ? .empty : .text(value), span)
    case .date(let day): return constant(.date(shifted(day)), span)
    case .dateTime(let day, let microseconds):
      let start = facts.zone.start(of: shifted(day)).microseconds
      return constant(.time(Instant(microseconds: start &+ microseconds)), span)
    case .period(let period): return constant(.period(shifted(period)), span)
    case .dayOfYear(let month, let day):
      guard let written = Day(year: writtenYear, month: month, day: day) else {
        throw fail(Diagnostic("K2123", say("there is no such day this year", "今年没有这一天"), at: span))
      }
      let date = shifted(written)
      note(date.text, span)
      return constant(.date(date), span)
    case .unitOfYear(let unit, let number):
      let month = unit == .quarter ? number * 3 - 2 : number
      guard let day = Day(year: writtenYear, month: month, day: 1) else { throw Stop() }
      let period = shifted(Period(unit, holding: day))
      note(period.text, span)
      return constant(.period(period), span)
    case .duration(let duration): return constant(.duration(try length(duration, span)), span)
    case .bool(let value): return constant(.bool(value), span)
    case .empty: return constant(.empty, span)
    }
  }

  /// The year that a day or month without one is of, whatever clock a `compare` has set back.
  private var writtenYear: Int {
    guard let clockShift else { return today.parts.year }
    return today.adding(days: Int(clockShift.days)).adding(months: Int(clockShift.months)).parts
      .year
  }

  /// Where a `compare` asks again with the clock set back, written dates go back as far.
  private func shifted(_ day: Day) -> Day {
    guard let clockShift else { return day }
    return day.adding(months: -Int(clockShift.months)).adding(days: -Int(clockShift.days))
  }

  private func shifted(_ period: Period) -> Period {
    guard clockShift != nil else { return period }
    let start = shifted(period.start)
    let end = shifted(period.end)
    if let unit = period.unit,
      Period(unit, holding: start) == Period(start: start, end: end, unit: unit)
    {
      return Period(unit, holding: start)
    }
    return Period(start: start, end: end)
  }

  private func currencyFits(_ sign: String, _ own: String) -> Bool {
    switch sign {
    case "¥", "￥", "元": own == "CNY" || own == "JPY"
    case "$": ["USD", "AUD", "CAD", "HKD", "SGD"].contains(own)
    case "€": own == "EUR"
    case "£": own == "GBP"
    default: sign == own
    }
  }

  func tooLarge(_ span: SourceSpan) -> Stop {
    fail(Diagnostic("K2124", say("the number is too large", "数值过大"), at: span))
  }

  func constant(_ constant: Constant, _ span: SourceSpan) -> Typed {
    Typed(plain(constant), span, constant: constant)
  }

  /// A constant as an expression of its own type.
  private func plain(_ constant: Constant) -> Expr {
    switch constant {
    case .number(let value):
      value.isWhole ? .int(value.digits) : Expr(.literal(.float(value.double)), .float)
    case .float(let value): Expr(.literal(.float(value)), .float)
    case .percent(let value): Expr(.literal(.float(value.double)), .percent)
    case .money(let fen): moneyLiteral(fen)
    case .text(let value): .text(value)
    case .bool(let value): .bool(value)
    case .date(let day): Expr(.literal(.date(day)), .date)
    case .time(let instant): Expr(.literal(.time(instant)), .time)
    case .period(let period): Expr(.literal(.period(period)), .period(period.unit))
    case .duration(let duration):
      Expr(.literal(.duration(duration)), .duration(duration.unit ?? .months))
    case .empty, .open: .empty(.empty)
    }
  }

  private func moneyLiteral(_ fen: Decimal) -> Expr {
    if fen.isWhole { return Expr(.literal(.money(fen.digits)), .money) }
    return Expr(.literal(.int(fen.digits)), .exactMoney(scale: fen.scale))
  }

  private func ratio(_ value: Double, _ span: SourceSpan) -> Expr {
    if value > 1 {
      warn(
        "K2701", say("a percent is a ratio here: 0.5 is 50%", "百分比在此是比值：0.5 即 50%"), at: span)
    }
    return Expr(.literal(.float(value)), .percent)
  }

  /// A constant as a value of the type it stands beside; nil where it does not fit.
  func adapt(_ constant: Constant, to type: KithType, span: SourceSpan) -> Expr? {
    if constant == .empty || constant == .open { return .empty(type) }
    switch (type, constant) {
    case (.int, .number(let value)) where value.isWhole: return .int(value.digits)
    case (.float, .number(let value)): return Expr(.literal(.float(value.double)), .float)
    case (.float, .float), (.int, .float): return plain(constant)
    case (.int, .number): return plain(constant)
    case (.float, .percent(let value)): return Expr(.literal(.float(value.double)), .float)
    case (.percent, .percent): return plain(constant)
    case (.percent, .number(let value)): return ratio(value.double, span)
    case (.percent, .float(let value)): return ratio(value, span)
    case (.money, .money(let fen)), (.exactMoney, .money(let fen)), (.floatMoney, .money(let fen)):
      return rounded(moneyLiteral(fen))
    case (.money, .number(let value)), (.exactMoney, .number(let value)),
      (.floatMoney, .number(let value)):
      return value.scaled(by: 2).map { rounded(moneyLiteral($0)) }
    case (.text, .text), (.bool, .bool), (.date, .date), (.time, .time), (.period, .period):
      return plain(constant)
    case (.time, .date(let day)):
      return Expr(.literal(.time(facts.zone.start(of: day))), .time)
    case (.date, .text(let text)), (.time, .text(let text)): return dateText(text, type)
    case (.duration(let unit), .duration(let value)): return durationLiteral(value, unit)
    case (.duration(let unit), .number(let value)) where value.isWhole && unit != .months:
      return durationLiteral(Duration(days: value.digits), unit)
    case (.enumeration(let name), .text(let text)):
      guard let found = index.value(text, of: name) else {
        _ = unknownValue(text, of: name, at: span)
        return nil
      }
      return Expr(.literal(.code(found.code)), type)
    case (.object(let entity), .text(let text)): return objectLiteral(entity, text)
    case (.list(let element), _):
      return adapt(constant, to: element, span: span).map { .call(.makeList, [$0], type) }
    default: return nil
    }
  }

  private func objectLiteral(_ entity: String, _ text: String) -> Expr? {
    guard let id = facts.find(entity, text).first, let row = facts.row(of: entity, id: id) else {
      return nil
    }
    return Expr(.literal(.object(row)), .object(entity))
  }

  /// A duration in a column's unit; nil where it would mix months and days.
  private func durationLiteral(_ value: Duration, _ unit: DurationUnit) -> Expr? {
    switch unit {
    case .months:
      guard value.days == 0, value.microseconds == 0 else { return nil }
      return Expr(.literal(.duration(value)), .duration(.months))
    case .days:
      guard value.months == 0, value.microseconds == 0 else { return nil }
      return Expr(.literal(.duration(value)), .duration(.days))
    case .microseconds:
      guard value.months == 0 else { return nil }
      let (micros, overflow) = value.days.multipliedReportingOverflow(by: 86_400_000_000)
      let (sum, over) = micros.addingReportingOverflow(value.microseconds)
      guard !overflow, !over else { return nil }
      return Expr(.literal(.duration(Duration(microseconds: sum))), .duration(.microseconds))
    }
  }

  /// `2026-11-21` or `2026/11/21` in a text.
  private func dateText(_ text: String, _ type: KithType) -> Expr? {
    let parts = text.split(whereSeparator: { $0 == "-" || $0 == "/" }).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let number = parts[2],
      let day = Day(year: year, month: month, day: number)
    else { return nil }
    return type == .date
      ? Expr(.literal(.date(day)), .date)
      : Expr(.literal(.time(facts.zone.start(of: day))), .time)
  }

  func length(_ syntax: DurationSyntax, _ span: SourceSpan) throws -> Duration {
    func times(_ factor: Int64) throws -> Int64 {
      let (value, overflow) = syntax.count.multipliedReportingOverflow(by: factor)
      guard !overflow, value.magnitude < 1 << 58 else { throw tooLarge(span) }
      return value
    }
    switch syntax.unit {
    case .second: return Duration(microseconds: try times(1_000_000))
    case .minute: return Duration(microseconds: try times(60_000_000))
    case .hour: return Duration(microseconds: try times(3_600_000_000))
    case .day: return Duration(days: try times(1))
    case .week: return Duration(days: try times(7))
    case .month: return Duration(months: try times(1))
    case .quarter: return Duration(months: try times(3))
    case .year: return Duration(months: try times(12))
    case .workday:
      throw fail(
        Diagnostic(
          "K2125", say("workdays count only before 'ago' and 'from now'", "工作日只能用在“前”“后”"), at: span
        ))
    }
  }

  // MARK: Parameters and settings

  func parameter(_ name: NameSyntax) throws -> Typed {
    if let value = options.parameters[name.text]
      ?? options.parameters.first(where: { fold($0.key) == fold(name.text) })?.value
    {
      return try parameter(value, name.span)
    }
    if let type = options.openParameters[name.text] {
      var value = Typed(.empty(type ?? .empty), name.span, constant: .open)
      if let type { value.constant = Constant.open; value.expr = .empty(type) }
      return value
    }
    let near = Spelling.nearest(
      name.text, among: Array(options.parameters.keys) + Array(options.openParameters.keys))
    throw fail(
      Diagnostic(
        "K2115", say("no parameter '$\(name.text)'", "没有参数“$\(name.text)”"), at: name.span,
        help: say("declare it with 'param \(name.text): text'", "用“参数 \(name.text): 文本”声明"),
        suggestions: near.map { "$" + $0 }))
  }

  func parameter(_ value: ParameterValue, _ span: SourceSpan) throws -> Typed {
    switch value {
    case .text(let text): return constant(text.isEmpty ? .empty : .text(text), span)
    case .int(let number): return constant(.number(Decimal(number)), span)
    case .float(let number): return constant(number.isNaN ? .empty : .float(number), span)
    case .bool(let truth): return constant(.bool(truth), span)
    case .date(let day): return constant(.date(day), span)
    case .money(let fen): return constant(.money(Decimal(fen)), span)
    case .duration(let length): return constant(.duration(length), span)
    case .period(let period): return constant(.period(period), span)
    case .empty: return constant(.empty, span)
    case .object(let entity, let id):
      guard let row = facts.row(of: entity, id: id) else {
        throw fail(
          Diagnostic("K2108", say("there is no \(entity) \(id)", "没有\(entity) \(id)"), at: span))
      }
      return Typed(Expr(.literal(.object(row)), .object(entity)), span)
    case .list(let elements):
      let values = try elements.map { try parameter($0, span) }
      guard !values.isEmpty else {
        return Typed(Expr(.operation(.makeList, []), .list(.text)), span)
      }
      let (exprs, type) = try unify(values, span)
      return Typed(.call(.makeList, exprs, .list(type)), span)
    }
  }

  func settingValue(_ name: NameSyntax, _ span: SourceSpan) -> Typed {
    guard
      let spec = index.catalogue.settings.first(where: {
        fold($0.key) == fold(name.text) || $0.zh == name.text
      })
    else {
      report(
        Diagnostic(
          "K2116", say("no setting '\(name.text)'", "没有设置“\(name.text)”"), at: name.span,
          suggestions: Spelling.nearest(name.text, among: index.catalogue.settings.map(\.key))))
      return Typed(.empty(.empty), span, constant: .open)
    }
    guard let value = facts.setting(spec.key), !value.isEmpty else {
      return Typed(.empty(spec.type), span, constant: .empty)
    }
    if spec.type == .text { return constant(.text(value), span) }
    let (syntax, problems) = parseExpression(SourceText(name: "setting." + spec.key, value))
    if problems.isEmpty, let checked = attemptQuietly({ try self.check(syntax) }) {
      var checked = checked
      checked.span = span
      return checked
    }
    return constant(.text(value), span)
  }
}
