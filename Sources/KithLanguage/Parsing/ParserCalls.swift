import KithBase

extension Parser {
  // MARK: Brackets

  /// `( … )`: a value keeps its brackets as `.group`, anything longer is a pipeline.
  mutating func group() throws(ParseFailure) -> ExprSyntax {
    let start = index
    let missing = PipelineSyntax(
      asOf: nil,
      source: SourceSyntax(
        kind: .expr(ExprSyntax(.missing, lexemes[start].span)), alias: nil,
        span: lexemes[start].span), stages: [], span: lexemes[start].span)
    let inner = try bracketed(.closeParenthesis, fallback: missing) {
      (parser: inout Parser) throws(ParseFailure) -> PipelineSyntax in
      try parser.pipeline(isOuter: false)
    }
    let span = span(from: start)
    if let value = inner.loneExpression { return ExprSyntax(.group(value), span) }
    return ExprSyntax(.pipeline(inner), span)
  }

  /// `[a, b]` or `[{name: "a", n: 1}, …]`.
  mutating func list() throws(ParseFailure) -> ExprSyntax {
    let start = index
    let kind = try bracketed(.closeBracket, fallback: ExprSyntax.Kind.missing) {
      (parser: inout Parser) throws(ParseFailure) -> ExprSyntax.Kind in
      if parser.at(.closeBracket) { return .list([]) }
      if parser.at(.openBrace) { return .records(try parser.records()) }
      var values: [ExprSyntax] = []
      repeat {
        parser.need()
        if parser.at(.openBrace) {
          throw parser.fail(.mixedRecords, parser.lexemes[parser.index].span)
        }
        values.append(try parser.expression())
      } while parser.accept(.comma)
      return .list(values)
    }
    return ExprSyntax(kind, span(from: start))
  }

  private mutating func records() throws(ParseFailure) -> [[RecordField]] {
    var rows: [[RecordField]] = []
    repeat {
      need()
      guard at(.openBrace) else { throw fail(.mixedRecords, lexemes[index].span) }
      let row = try bracketed(.closeBrace, fallback: []) {
        (parser: inout Parser) throws(ParseFailure) -> [RecordField] in
        var fields: [RecordField] = []
        repeat {
          let name = try parser.name(given: true)
          try parser.expect(.colon)
          fields.append(RecordField(name: name, value: try parser.expression()))
        } while parser.accept(.comma)
        return fields
      }
      rows.append(row)
    } while accept(.comma)
    return rows
  }

  // MARK: Calls

  /// `( arguments clauses )`
  mutating func arguments() throws(ParseFailure) -> CallSyntax {
    let start = index
    var call = CallSyntax(
      star: false, arguments: [], filter: nil, sort: [], per: nil, span: lexemes[start].span)
    call = try bracketed(.closeParenthesis, fallback: call) {
      (parser: inout Parser) throws(ParseFailure) -> CallSyntax in
      var call = call
      if parser.at(.star) {
        parser.advance(as: .operator)
        call.star = true
      } else if !parser.at(.closeParenthesis), !parser.atFirstClause {
        repeat { call.arguments.append(try parser.argument()) } while parser.accept(.comma)
      }
      try parser.clauses(&call)
      return call
    }
    call.span = span(from: start)
    return call
  }

  /// Right after `(` the words of clauses are names if `)`, `,`, `.` or an operator follows.
  private var atFirstClause: Bool {
    guard let word = first(of: [.where, .sort, .per]) else { return false }
    let next = length(of: word)
    // `sort by` in a call is `sort`; a name cannot be followed by `by`.
    switch kind(next) {
    case .symbol(let symbol):
      return !symbol.isInfix && symbol != .closeParenthesis && symbol != .comma
        && symbol != .dot && symbol != .colon && symbol != .pipe
    default: return !isInfixWord(next)
    }
  }

  private mutating func argument() throws(ParseFailure) -> ArgumentSyntax {
    need()
    var label: NameSyntax?
    if isName(), at(.colon, 1) {
      label = try name()
      advance()
    }
    let value = try pipeline(isOuter: false)
    return ArgumentSyntax(label: label, value: value, descending: direction())
  }

  private mutating func clauses(_ call: inout CallSyntax) throws(ParseFailure) {
    while let word = first(of: [.where, .sort, .per]) {
      let span = lexemes[index].span
      let isRepeated: Bool
      switch word {
      case .where:
        isRepeated = call.filter != nil
        _ = accept(.where)
        call.filter = try condition()
      case .sort:
        isRepeated = !call.sort.isEmpty
        _ = accept(.sort)
        call.sort = try keys()
      default:
        isRepeated = call.per != nil
        call.per = try per()
      }
      if isRepeated { report(.twice(source[span]), span) }
    }
  }

  // MARK: case

  /// `case when c then x … else y end`
  mutating func choice() throws(ParseFailure) -> ExprSyntax {
    let start = index
    _ = accept(.case)
    let kind = try nested(lexemes[start].span) {
      (parser: inout Parser) throws(ParseFailure) -> ExprSyntax.Kind in
      var branches: [(condition: ExprSyntax, value: ExprSyntax)] = []
      try parser.expect(.when)
      repeat {
        let condition = try parser.condition()
        try parser.expect(.then)
        branches.append((condition, try parser.expression()))
        parser.need()
      } while parser.accept(.when)
      let otherwise = parser.accept(.else) ? try parser.expression() : nil
      try parser.expect(.end)
      return .choose(branches, otherwise: otherwise)
    }
    return ExprSyntax(kind, span(from: start))
  }

  // MARK: f-texts

  /// The pieces of an f-text; its expressions are read with places in the whole text.
  mutating func interpolation(_ span: SourceSpan) throws(ParseFailure) -> [InterpolationPart] {
    guard let parts = TextParts(source, span, formatted: true) else { return [] }
    var decoder = TextDecoder(source, tongue: tongue)
    let pieces = decoder.pieces(parts.inner)
    add(decoder.diagnostics)
    return try nested(span) {
      (parser: inout Parser) throws(ParseFailure) -> [InterpolationPart] in
      var result: [InterpolationPart] = []
      for piece in pieces {
        switch piece {
        case .text(let text): result.append(.text(text))
        case .hole(let hole): result.append(.value(parser.hole(hole)))
        }
      }
      return result
    }
  }

  private mutating func hole(_ span: SourceSpan) -> ExprSyntax {
    var lexer = Lexer(source, from: span.lower, to: span.upper, tongue: tongue)
    lexer.run()
    var inner = Parser(source, tokens: lexer.tokens, tongue: tongue)
    inner.depth = depth
    inner.diagnostics = lexer.diagnostics
    let value: ExprSyntax
    do {
      value = try inner.expression()
      if inner.index < inner.endIndex {
        _ = inner.fail(.unexpected(found: inner.foundHere), inner.lexemes[inner.index].span)
      }
    } catch {
      value = ExprSyntax(.missing, span)
    }
    add(inner.diagnostics)
    height = max(height, inner.height)
    tallest = max(tallest, inner.tallest)
    return value
  }
}

extension PipelineSyntax {
  /// The expression a pipeline consists of, nil where it says more.
  package var loneExpression: ExprSyntax? {
    guard asOf == nil, stages.isEmpty, source.alias == nil, case .expr(let value) = source.kind
    else { return nil }
    return value
  }
}
