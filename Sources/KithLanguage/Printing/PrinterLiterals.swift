import KithBase

extension Printer {
  /// A literal in its own spelling if that is plain in this tongue, else in the canonical one.
  func literal(_ literal: LiteralSyntax, _ span: SourceSpan) -> String {
    switch literal {
    case .int, .decimal, .percent, .money:
      if let written = spelled(literal, span) { return written }
    default: break
    }
    switch literal {
    case .int(let value): return scaled(value)
    case .decimal(let digits, let scale): return Self.decimal(digits, scale)
    case .float(let value): return "\(value)"
    case .percent(let digits, let scale): return Self.decimal(digits, scale - 2) + "%"
    case .money(let digits, let scale, let currency): return money(digits, scale, currency)
    case .text(let text): return self.text(text)
    case .date(let day): return day.text
    case .dateTime(let day, let microseconds): return day.text + "T" + Self.time(microseconds)
    case .period(let period):
      // A bare year would be a number, so it keeps its sign in both tongues.
      return period.unit == .year ? period.text + "年" : period.text
    case .dayOfYear(let month, let day): return "\(month)月\(day)日"
    case .unitOfYear(.quarter, let number): return "\(number)季度"
    case .unitOfYear(_, let number): return "\(number)月"
    case .duration(let duration): return Vocabulary.text(of: duration, tongue)
    case .bool(let value): return keyword(value ? .true : .false)
    case .empty: return keyword(.empty)
    }
  }

  /// The text of the span, folded, if it is this literal and of this tongue.
  private func spelled(_ literal: LiteralSyntax, _ span: SourceSpan) -> String? {
    guard let source, span.upper > span.lower, span.upper <= source.bytes.count,
      span.upper - span.lower <= 64
    else { return nil }
    var lexer = Lexer(source, from: span.lower, to: span.upper, tongue: tongue)
    lexer.run()
    guard lexer.tokens.count == 1, lexer.tokens[0].kind == .literal(literal) else { return nil }
    let written = lexer.foldedText(from: span.lower, to: span.upper)
    let isEnglish = written.unicodeScalars.allSatisfy { $0.value < 0x80 || $0 == "¥" }
    let hasScale = written.contains { $0.isLetter }
    switch tongue {
    case .english: return isEnglish ? written : nil
    case .chinese: return isEnglish && hasScale ? nil : written
    }
  }

  private static let scales: [Tongue: [(power: Int64, sign: String)]] = [
    .english: [(1_000_000_000, "B"), (1_000_000, "M"), (1000, "k")],
    .chinese: [(100_000_000, "亿"), (10_000, "万")],
  ]

  /// `5M`, `500万`; numbers of up to four digits stay as they are.
  private func scaled(_ value: Int64) -> String {
    if value.magnitude >= 10_000 {
      for (power, sign) in Self.scales[tongue] ?? [] where value % power == 0 {
        return "\(value / power)\(sign)"
      }
    }
    return "\(value)"
  }

  private func money(_ digits: Int64, _ scale: Int, _ currency: String) -> String {
    let number = scale == 0 ? scaled(digits) : Self.decimal(digits, scale)
    return tongue == .chinese && currency == "¥" ? number + "元" : currency + number
  }

  /// Digits with the point `scale` places from the right.
  static func decimal(_ digits: Int64, _ scale: Int) -> String {
    guard scale > 0 else { return "\(digits)" }
    var text = String(digits.magnitude)
    if text.utf8.count <= scale {
      text = String(repeating: "0", count: scale + 1 - text.utf8.count) + text
    }
    let point = text.index(text.endIndex, offsetBy: -scale)
    return (digits < 0 ? "-" : "") + text[..<point] + "." + text[point...]
  }

  private static func time(_ microseconds: Int64) -> String {
    let seconds = Int(microseconds / 1_000_000)
    let minutes = pad(seconds / 3600, 2) + ":" + pad(seconds / 60 % 60, 2)
    return seconds % 60 == 0 ? minutes : minutes + ":" + pad(seconds % 60, 2)
  }

  // MARK: Days

  func relative(_ length: ExprSyntax, _ ago: Bool) -> String {
    let text = expr(length)
    let word = keyword(ago ? .ago : .fromNow)
    return tongue == .chinese && !text.contains(" ") ? text + word : text + " " + word
  }

  func dateWord(_ word: DateWordSyntax) -> String {
    if tongue == .chinese, let chinese = Vocabulary.chinese(of: word) { return chinese }
    switch word {
    case .today: return "today"
    case .yesterday: return "yesterday"
    case .tomorrow: return "tomorrow"
    case .now: return "now"
    case .unit(let unit, let offset): return Self.side(offset) + " " + unit.rawValue
    case .toDate(let unit): return unit.rawValue + " to date"
    case .weekday(let day, let direction):
      return Self.side(direction) + " " + Self.weekday(day)
    case .weekdayOfWeek(let day, let offset):
      return Self.weekday(day) + " " + Self.side(offset) + " week"
    case .span(let length, let direction):
      let text = expr(length)
      let isGlued: Bool = if case .literal = length.kind { !text.contains(" ") } else { false }
      let word = keyword(direction < 0 ? .last : .next)
      return tongue == .chinese && isGlued ? word + text : word + " " + text
    }
  }

  private static func side(_ offset: Int) -> String {
    offset < 0 ? "last" : offset == 0 ? "this" : "next"
  }

  private static func weekday(_ day: Int) -> String {
    Vocabulary.weekdays.indices.contains(day) ? Vocabulary.weekdays[day].english : ""
  }
}
