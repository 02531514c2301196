import KithBase

extension Parser {
  /// An operand with its path: `customer.owner.name`, `o.reached(C)`.
  mutating func postfix() throws(ParseFailure) -> ExprSyntax {
    need()
    let start = index
    var result = try operand()
    while at(.dot) {
      let base = height
      advance(as: .operator)
      let name = try name("a name after '.'", "“.”后的名称")
      var call: CallSyntax?
      height = 0
      if at(.openParenthesis) { call = try arguments() }
      result = ExprSyntax(.member(result, name, call), span(from: start))
      try grow(over: base, name.span)
    }
    return result
  }

  mutating func operand() throws(ParseFailure) -> ExprSyntax {
    need()
    let start = index
    let span = lexemes[index].span
    leaf()
    switch lexemes[index].kind {
    case .literal(let literal): return try number(literal)
    case .text:
      let text = decodedText(index)
      advance(as: .text)
      return ExprSyntax(.literal(.text(text)), span)
    case .formatted:
      advance(as: .text)
      return ExprSyntax(.interpolation(try interpolation(span)), span)
    case .parameter(let name):
      advance(as: .name)
      return ExprSyntax(.parameter(NameSyntax(name, span)), span)
    case .quoted: return try named(start)
    case .word: return try wordOperand(start)
    case .symbol(.openParenthesis): return try group()
    case .symbol(.openBracket): return try list()
    default: throw expected("a value", "值")
    }
  }

  /// A number, a date, a duration; an integer before a unit word is a duration.
  private mutating func number(_ literal: LiteralSyntax) throws(ParseFailure) -> ExprSyntax {
    let start = index
    var literal = literal
    if case .int(let count) = literal, let word = unit(1) {
      let isChinese = lexemes[place(1)].folded.utf8.first.map { $0 >= 0x80 } ?? false
      advance(2, as: .number)
      literal =
        isChinese && !isAfterNear(start)
        ? Self.calendar(count, source[lexemes[index - 1].span])
          ?? .duration(DurationSyntax(count: count, unit: word))
        : .duration(DurationSyntax(count: count, unit: word))
    } else {
      advance(as: Self.isDate(literal) ? .date : .number)
    }
    let value = ExprSyntax(.literal(literal), span(from: start))
    guard case .duration = literal else { return value }
    if accept(.ago) { return ExprSyntax(.relative(value, ago: true), span(from: start)) }
    if accept(.fromNow) { return ExprSyntax(.relative(value, ago: false), span(from: start)) }
    return value
  }

  private static func isDate(_ literal: LiteralSyntax) -> Bool {
    switch literal {
    case .date, .dateTime, .period, .dayOfYear, .unitOfYear: true
    default: false
    }
  }

  private func isAfterNear(_ place: Int) -> Bool {
    place > 0
      && lexemes[place - 1].phrases.contains { $0.keyword == .last || $0.keyword == .next }
  }

  /// `2026 年`, `3 月`, `3 季度`: the space changes nothing, so these are dates.
  private static func calendar(_ count: Int64, _ unit: String) -> LiteralSyntax? {
    switch unit {
    case "年":
      guard (1900...2199).contains(count), let day = Day(year: Int(count), month: 1, day: 1)
      else { return nil }
      return .period(Period(.year, holding: day))
    case "月": return (1...12).contains(count) ? .unitOfYear(.month, Int(count)) : nil
    case "季度": return (1...4).contains(count) ? .unitOfYear(.quarter, Int(count)) : nil
    default: return nil
    }
  }

  // MARK: Words

  private mutating func wordOperand(_ start: Int) throws(ParseFailure) -> ExprSyntax {
    let span = lexemes[start].span
    let folded = lexemes[start].folded
    if let date = try dateWord(start) { return date }
    let constants: [(Keyword, LiteralSyntax)] = [
      (.true, .bool(true)), (.false, .bool(false)), (.empty, .empty),
    ]
    for (keyword, literal) in constants where accept(keyword) {
      return ExprSyntax(.literal(literal), span)
    }
    if at(.case) { return try choice() }
    if Vocabulary.reserved.contains(folded) {
      // An infix word here means that the value before it is missing.
      if isInfixWord() { throw expected("a value", "值") }
      let text = source[span]
      throw fail(
        .reservedName(text), span,
        help: tongue == .english
          ? "a column of that name is written `\(text)`" : "以此为名的列写作 `\(text)`")
    }
    return try named(start)
  }

  /// A name, a call, or one object: a word before an integer or a text on its line.
  private mutating func named(_ start: Int) throws(ParseFailure) -> ExprSyntax {
    let isBare = isWord
    if isBare, !lexemes[place(1)].startsLine, let key = oneKey() {
      let name = try name()
      let isNumber: Bool = if case .id = key { true } else { false }
      advance(as: isNumber ? .number : .text)
      return ExprSyntax(.one(Self.canonical(name, key), key), span(from: start))
    }
    let name = try name()
    guard at(.openParenthesis) else { return ExprSyntax(.name(name), name.span) }
    var call = try arguments()
    // `count(*)` says no more than `count()`; a star elsewhere is for the checker to refuse.
    let folded = Characters.lowercased(name.text)
    if call.star, !name.quoted, folded == "count" || folded == "计数" { call.star = false }
    return ExprSyntax(.call(name, call), span(from: start))
  }

  private mutating func oneKey() -> OneKey? {
    switch kind(1) {
    // `城市 90 天内`: the number belongs to the unit behind it.
    case .literal(.int(let id)): return unit(2) == nil ? .id(id) : nil
    case .text: return .text(decodedText(place(1)))
    default: return nil
    }
  }

  /// `清单 "x"`, `读取 "x"` and `行 3` are the language's own and stand in the tree in English.
  private static func canonical(_ name: NameSyntax, _ key: OneKey) -> NameSyntax {
    var name = name
    switch (Characters.lowercased(name.text), key) {
    case ("清单", .text), ("list", .text): name.text = "list"
    case ("读取", .text), ("read", .text): name.text = "read"
    case ("行", .id), ("row", .id): name.text = "row"
    default: break
    }
    return name
  }
}
