import KithBase

extension Parser {
  /// A date word that stands here as a whole pattern; nil where the word is a name.
  mutating func dateWord(_ start: Int) throws(ParseFailure) -> ExprSyntax? {
    if let word = Vocabulary.dateWords[lexemes[start].folded] { return dated(word, 1, start) }
    let days: [(Keyword, DateWordSyntax)] = [
      (.today, .today), (.yesterday, .yesterday), (.tomorrow, .tomorrow), (.now, .now),
    ]
    for (keyword, word) in days where at(keyword) { return dated(word, 1, start) }
    if at(.this), let word = unit(1), !at(.openParenthesis, 2) {
      return dated(.unit(try calendar(word, 1), 0), 2, start)
    }
    if at(.last) || at(.next) { return try directed(at(.last) ? -1 : 1, start) }
    if let word = unit(), at(.toDate, 1) {
      return dated(.toDate(try calendar(word, 0)), 1 + length(of: .toDate, 1), start)
    }
    if let weekday = weekday(0), unit(2) == .week {
      let offset: Int
      if at(.this, 1) {
        offset = 0
      } else if at(.last, 1) {
        offset = -1
      } else if at(.next, 1) {
        offset = 1
      } else {
        return nil
      }
      return dated(.weekdayOfWeek(weekday, offset), 3, start)
    }
    return nil
  }

  private mutating func dated(
    _ word: DateWordSyntax, _ length: Int, _ start: Int
  ) -> ExprSyntax {
    advance(length, as: .date)
    return ExprSyntax(.dateWord(word), span(from: start))
  }

  private func weekday(_ offset: Int) -> Int? {
    Vocabulary.weekdayNumbers[lexemes[place(offset)].folded]
  }

  private mutating func calendar(
    _ word: DurationWord, _ offset: Int
  ) throws(ParseFailure) -> CalendarUnit {
    if let unit = CalendarUnit(rawValue: word.rawValue) { return unit }
    let span = lexemes[place(offset)].span
    throw fail(
      .unitNotAllowed(source[span]), span,
      suggestions: CalendarUnit.allCases.suffix(3).map(\.rawValue))
  }

  /// `last month`, `last 30 days`, `last d`, `last setting.w1_days`, `last monday`, `近30天`.
  private mutating func directed(
    _ direction: Int, _ start: Int
  ) throws(ParseFailure) -> ExprSyntax? {
    let isEnglish = lexemes[start].folded.utf8.allSatisfy { $0 < 0x80 }
    if isEnglish {
      if let word = unit(1), !at(.openParenthesis, 2) {
        return dated(.unit(try calendar(word, 1), direction), 2, start)
      }
      if let weekday = weekday(1) { return dated(.weekday(weekday, direction), 2, start) }
    }
    guard let length = try length(isEnglish) else { return nil }
    return ExprSyntax(.dateWord(.span(length, direction)), span(from: start))
  }

  /// The length after `last`, with `last` itself; nil where it is a column.
  private mutating func length(_ isEnglish: Bool) throws(ParseFailure) -> ExprSyntax? {
    let place = place(1)
    let span = lexemes[place].span
    switch lexemes[place].kind {
    case .literal(.duration(let duration)):
      advance(as: .date)
      advance(as: .number)
      return ExprSyntax(.literal(.duration(duration)), span)
    case .literal(.unitOfYear(let unit, let count)) where !isEnglish:
      // `近 3月`: after 近 a count of months needs no 个.
      guard let word = DurationWord(rawValue: unit.rawValue) else { return nil }
      advance(as: .date)
      advance(as: .number)
      let duration = DurationSyntax(count: Int64(count), unit: word)
      return ExprSyntax(.literal(.duration(duration)), span)
    case .literal(.int(let count)):
      guard let word = unit(2) else {
        throw fail(
          .nearNeedsUnit, span, place: place,
          suggestions: ["\(source[lexemes[index].span]) \(count) days"])
      }
      advance(as: .date)
      advance(2, as: .number)
      let duration = DurationSyntax(count: count, unit: word)
      return ExprSyntax(.literal(.duration(duration)), self.span(from: place))
    case .parameter(let name):
      advance(as: .date)
      advance(as: .name)
      return ExprSyntax(.parameter(NameSyntax(name, span)), span)
    case .quoted, .word:
      guard isLengthName(place) else { return nil }
      advance(as: .date)
      // `last setting.w1_days`: a path is a length too.
      if at(.dot, 1) { return try postfix() }
      let name = try name()
      return ExprSyntax(.name(name), name.span)
    default: return nil
    }
  }

  /// Whether the word after `last` is a name, not one that goes on with a column called `last`.
  private func isLengthName(_ place: Int) -> Bool {
    let lexeme = lexemes[place]
    guard case .word = lexeme.kind else { return !at(.openParenthesis, 2) }
    if Vocabulary.reserved.contains(lexeme.folded) || at(.openParenthesis, 2) { return false }
    // `近 天` lacks its number; `last day` was read before.
    if unit(1) != nil || weekday(1) != nil { return false }
    return !lexeme.phrases.contains { phrase in
      fits(phrase, 1) && Self.followers.contains(phrase.keyword)
    }
  }

  /// Keywords that may stand behind a column.
  private static let followers: Set<Keyword> = [
    .asc, .desc, .as, .by, .per, .where, .sort, .fill, .of, .on, .since, .to, .in, .not, .within,
    .step, .without, .forSpan, .target, .levels, .seed, .from, .startsWith, .endsWith, .matches,
    .ordered, .strict, .anyOrder, .firstEntry, .bestEntry, .eachEntry, .excludeEntirely,
    .countingOnlyRealVisits,
  ]
}
