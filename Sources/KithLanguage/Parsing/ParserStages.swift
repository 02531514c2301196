import KithBase

extension Parser {
  // MARK: Items and keys

  /// `NAME = EXPR`, `EXPR as NAME`, `EXPR`.
  mutating func item() throws(ParseFailure) -> ItemSyntax {
    need()
    if isName(), at(.equal, 1) {
      let name = try name(given: true)
      advance(as: .operator)
      return ItemSyntax(name: name, expr: try expression())
    }
    let value = try expression()
    return ItemSyntax(name: try alias(), expr: value)
  }

  mutating func items() throws(ParseFailure) -> [ItemSyntax] {
    var result = [try item()]
    while accept(.comma) { result.append(try item()) }
    return result
  }

  mutating func selection() throws(ParseFailure) -> [ItemSyntax] {
    var result: [ItemSyntax] = []
    repeat {
      need()
      if at(.star) {
        let star = ExprSyntax(.missing, lexemes[index].span)
        advance(as: .operator)
        result.append(ItemSyntax(name: nil, expr: star, isStar: true))
      } else if let column = dayColumn() {
        result.append(ItemSyntax(name: nil, expr: column))
      } else {
        result.append(try item())
      }
    } while accept(.comma)
    return result
  }

  /// `select stage, now`: a single date word that is a whole item is the column of that name, since
  /// a day chosen as a column has to be named.
  private mutating func dayColumn() -> ExprSyntax? {
    guard first(of: [.today, .yesterday, .tomorrow, .now]) != nil else { return nil }
    switch kind(1) {
    case .newline, .symbol(.comma), .symbol(.pipe), .symbol(.semicolon),
      .symbol(.closeParenthesis), .symbol(.closeBrace):
      let span = lexemes[index].span
      guard case .word(let text) = kind() else { return nil }
      advance(as: .name)
      leaf()
      return ExprSyntax(.name(NameSyntax(text, span)), span)
    default: return nil
    }
  }

  mutating func names() throws(ParseFailure) -> [NameSyntax] {
    var result = [try name()]
    while accept(.comma) { result.append(try name()) }
    return result
  }

  mutating func renames() throws(ParseFailure) -> [RenameSyntax] {
    var result: [RenameSyntax] = []
    repeat {
      let new = try name(given: true)
      try expect(.equal)
      result.append(RenameSyntax(new: new, old: try name()))
    } while accept(.comma)
    return result
  }

  /// `descending` is what holds where neither word stands: `top` takes the largest.
  mutating func key(descending: Bool = false) throws(ParseFailure) -> SortKeySyntax {
    let value = try expression()
    return SortKeySyntax(expr: value, descending: direction() ?? descending)
  }

  mutating func keys() throws(ParseFailure) -> [SortKeySyntax] {
    var result = [try key()]
    while accept(.comma) { result.append(try key()) }
    return result
  }

  /// True for `desc`, false for `asc`, nil for neither.
  mutating func direction() -> Bool? {
    if accept(.desc) { return true }
    return accept(.asc) ? false : nil
  }

  mutating func per() throws(ParseFailure) -> PerSyntax? {
    guard accept(.per) else { return nil }
    need()
    // `all(…)` is the quantifier, a key like any other.
    if at(.all), !at(.openParenthesis, 1) {
      _ = accept(.all)
      return .all
    }
    return .keys(try items())
  }

  mutating func by() throws(ParseFailure) -> BySyntax? {
    guard accept(.by) else { return nil }
    let items = try items()
    return BySyntax(items: items, fill: accept(.fill))
  }

  /// A value: no comparison, no `and`.
  mutating func value() throws(ParseFailure) -> ExprSyntax {
    try operation(.value)
  }

  /// A condition; `city "深圳"` in its place lacks its sign.
  mutating func condition() throws(ParseFailure) -> ExprSyntax {
    comparing(try expression())
  }

  mutating func integer() throws(ParseFailure) -> Int64 {
    need()
    guard case .literal(.int(let value)) = kind() else {
      throw expected("a whole number", "整数")
    }
    advance(as: .number)
    return value
  }

  // MARK: Stages with a shape of their own

  mutating func pivot() throws(ParseFailure) -> StageSyntax.Kind {
    need()
    var name: NameSyntax?
    if isName(), at(.equal, 1) {
      name = try self.name(given: true)
      advance(as: .operator)
    }
    let column = ItemSyntax(name: name, expr: try value())
    let values = accept(.in) ? try set() : nil
    try expect(.colon)
    let aggregates = try items()
    return .pivot(column: column, values: values, aggregates: aggregates, by: try by())
  }

  mutating func join() throws(ParseFailure) -> StageSyntax.Kind {
    need()
    let kinds: [(Keyword, JoinKind)] = [
      (.left, .left), (.semi, .semi), (.anti, .anti), (.full, .full),
    ]
    let kind = kinds.first { accept($0.0) }?.1 ?? .inner
    let table = try table()
    let alias = try alias()
    try expect(.on)
    var matches: [JoinMatchSyntax] = []
    repeat {
      let left = try postfix()
      matches.append(JoinMatchSyntax(left: left, right: accept(.equal) ? try postfix() : nil))
    } while accept(.comma)
    return .join(kind, table, alias: alias, on: matches)
  }

  mutating func table() throws(ParseFailure) -> TableSyntax {
    need()
    guard isName() || at(.openParenthesis) else { throw expected("a table", "表") }
    return TableSyntax(expr: try operand())
  }

  mutating func histogram() throws(ParseFailure) -> StageSyntax.Kind {
    let value = try value()
    guard accept(.by) else { return .histogram(value, width: nil) }
    need()
    // A unit word alone is a width; `month(x)` and `month * 2` are values.
    if let word = unit(), !goesOn(1) {
      let span = lexemes[index].span
      advance(as: .keyword)
      if let unit = CalendarUnit(rawValue: word.rawValue) {
        return .histogram(value, width: .unit(unit))
      }
      let one = LiteralSyntax.duration(DurationSyntax(count: 1, unit: word))
      return .histogram(value, width: .value(ExprSyntax(.literal(one), span)))
    }
    return .histogram(value, width: .value(try self.value()))
  }

  /// An operator, a path or a call follows, so that the word before is a name.
  func goesOn(_ offset: Int) -> Bool {
    if isInfixWord(offset) { return true }
    guard case .symbol(let symbol) = kind(offset) else { return false }
    return symbol.isInfix || symbol == .dot || symbol == .openParenthesis
  }

  /// `within 3 levels`, `3层内`
  mutating func levels() throws(ParseFailure) -> ExprSyntax? {
    if accept(.within) {
      need()
      let count = try operand()
      need()
      guard accept(.levels) else { throw expected("'levels'", "“层”") }
      _ = accept(.inside)
      return count
    }
    guard case .literal(.int(let value)) = kind(), at(.levels, 1), at(.inside, 2) else {
      return nil
    }
    let count = ExprSyntax(.literal(.int(value)), lexemes[index].span)
    advance(as: .number)
    advance(2, as: .keyword)
    return count
  }

  mutating func cohort() throws(ParseFailure) -> StageSyntax.Kind {
    try expect(.by)
    let item = try item()
    var of: ExprSyntax?
    var filter: ExprSyntax?
    var span: ExprSyntax?
    while true {
      let word = source[lexemes[index].span]
      let here = lexemes[index].span
      if accept(.of) {
        if of != nil { report(.twice(word), here) }
        of = try postfix()
        if accept(.where) { filter = try condition() }
      } else if accept(.forSpan) {
        if span != nil { report(.twice(word), here) }
        span = try value()
      } else {
        return .cohort(by: item, of: of, filter: filter, for: span)
      }
    }
  }

  mutating func forecast() throws(ParseFailure) -> StageSyntax.Kind {
    var keys: [ItemSyntax] = []
    var target: ExprSyntax?
    while true {
      let word = source[lexemes[index].span]
      let here = lexemes[index].span
      if accept(.by) {
        if !keys.isEmpty { report(.twice(word), here) }
        keys = try items()
      } else if accept(.target) {
        if target != nil { report(.twice(word), here) }
        target = try value()
      } else {
        return .forecast(by: keys, target: target)
      }
    }
  }
}
