import KithBase

extension Parser {
  mutating func program() -> ProgramSyntax {
    var comments: [String] = []
    let statements = statements(inBlock: false, comments: &comments)
    return ProgramSyntax(statements: statements, comments: comments)
  }

  /// Statements up to the end, or to the `}` of a block. `comments` gets those of an empty list.
  mutating func statements(inBlock: Bool, comments: inout [String]) -> [StatementSyntax] {
    var result: [StatementSyntax] = []
    while true {
      var before = takeLeading(&result)
      while index < endIndex, lexemes[index].isSymbol(.semicolon) {
        advance()
        let more = takeLeading(&result)
        before = (before.comments + more.comments, before.blank || more.blank)
      }
      let isEnd = index >= endIndex || (inBlock && lexemes[index].isSymbol(.closeBrace))
      if isEnd {
        keepLast(before.comments, &result, &comments)
        return result
      }
      if lexemes[index].isSymbol(.closeBrace) {
        let span = lexemes[index].span
        report(.bracketNotOpened(source[span]), span)
        advance()
        continue
      }
      let start = index
      need()
      lexemes[index].isStatementStart = true
      var statement = statement()
      if index == start { advance() }
      statement.leadingComments = before.comments + takeComments(start + 1..<index)
      statement.blankBefore = before.blank && !result.isEmpty
      result.append(statement)
      finishStatement(start)
    }
  }

  /// Takes the comments before this token; one behind the last statement on its line goes to it.
  private mutating func takeLeading(
    _ result: inout [StatementSyntax]
  ) -> (comments: [String], blank: Bool) {
    let found = lexemes[index].comments
    lexemes[index].comments = []
    var texts: [String] = []
    var blank = found.isEmpty && lexemes[index].blankBefore
    for comment in found {
      if comment.isTrailing, let last = result.indices.last,
        result[last].trailingComment == nil
      {
        result[last].trailingComment = comment.text
        continue
      }
      if comment.blankBefore {
        if texts.isEmpty { blank = true } else { texts.append("") }
      }
      texts.append(comment.text)
    }
    if !texts.isEmpty, lexemes[index].blankBefore, index < endIndex { texts.append("") }
    if texts.isEmpty, !found.isEmpty { blank = lexemes[index].blankBefore }
    return (texts, blank)
  }

  private func keepLast(
    _ texts: [String], _ result: inout [StatementSyntax], _ comments: inout [String]
  ) {
    if let last = result.indices.last {
      result[last].followingComments = texts
    } else {
      comments = texts
    }
  }

  /// Comments nobody took in a range of tokens.
  mutating func takeComments(_ range: Range<Int>) -> [String] {
    var result: [String] = []
    for place in range where !lexemes[place].comments.isEmpty {
      result += lexemes[place].comments.map(\.text)
      lexemes[place].comments = []
    }
    return result
  }

  /// After a statement comes its end; what else stands there is one error.
  private mutating func finishStatement(_ start: Int) {
    let here = place()
    if here == endIndex || lexemes[here].isSymbol(.semicolon)
      || lexemes[here].isSymbol(.closeBrace)
    {
      return
    }
    let lexeme = lexemes[index]
    if case .invalid = lexeme.kind {
      synchronize()
    } else if case .symbol(let symbol) = lexeme.kind, symbol.isClosing {
      let span = lexeme.span
      _ = fail(.bracketNotOpened(source[span]), span)
    } else if let verb = Keyword.verbs.first(where: { at($0) }) {
      let words = source[
        SourceSpan(lexeme.span.lower, lexemes[index + length(of: verb) - 1].span.upper)]
      let before = SourceSpan(lexeme.span.lower, lexeme.span.lower)
      _ = fail(
        .verbNeedsPipe(words), lexeme.span,
        fix: Diagnostic.Fix(span: before, replacement: "| "))
    } else {
      _ = fail(.unexpected(found: foundHere), lexeme.span)
    }
    // Whole stages may follow, but of a pipeline that is already lost.
    while index < endIndex {
      let before = index
      synchronize()
      guard lexemes[index].isSymbol(.pipe) else {
        if index == before, !lexemes[index].startsLine, !lexemes[index].isSymbol(.semicolon),
          !lexemes[index].isSymbol(.closeBrace)
        {
          advance()
          continue
        }
        return
      }
      advance()
    }
  }

  private mutating func statement() -> StatementSyntax {
    let start = index
    let depthBefore = depth
    do {
      let kind = try statementKind()
      return StatementSyntax(kind, span(from: start))
    } catch {
      depth = depthBefore
      brackets = []
      synchronizeStatement()
      return StatementSyntax(.missing, span(from: start))
    }
  }

  /// Skips stages too: without its head a statement has no pipeline to belong to.
  private mutating func synchronizeStatement() {
    while index < endIndex {
      synchronize()
      guard lexemes[index].isSymbol(.pipe) else { return }
      advance()
    }
  }

  // MARK: Kinds

  private mutating func statementKind() throws(ParseFailure) -> StatementSyntax.Kind {
    if let word = recordingWord() { return .record(try recording(word)) }
    guard let word = statementWord() else { return .pipeline(try pipeline(isOuter: true)) }
    let start = index
    _ = accept(word)
    switch word {
    case .let:
      let name = try name(given: true)
      try expect(.equal)
      return .let(name, try pipeline(isOuter: true))
    case .def: return try definition()
    case .param: return try parameter()
    case .list:
      let name = try text("the name of the list", "清单名称")
      try expect(.equal)
      return .list(name, try pipeline(isOuter: true))
    case .for:
      let name = try name(given: true)
      try expect(.in)
      let rows = try pipeline(isOuter: false)
      return .forEach(name, rows, try block())
    case .if: return try branch(start)
    case .print: return .print(try expression())
    case .assert:
      let condition = try condition()
      return .assert(condition, message: accept(.comma) ? try expression() : nil)
    case .importFile:
      need()
      let span = lexemes[index].span
      return .importFile(try text("the name of a file", "文件名"), span)
    case .explain: return .explain(try pipeline(isOuter: true))
    case .set:
      let name = try name()
      try expect(.equal)
      return .set(name, try expression())
    default:
      let object = try postfix()
      return .why(object, in: accept(.in) ? try pipeline(isOuter: true) : nil)
    }
  }

  /// A statement word followed by what fits it; otherwise the word is a name.
  private func statementWord() -> Keyword? {
    for keyword in Keyword.statementWords {
      let length = length(of: keyword)
      guard length > 0 else { continue }
      let isFitting =
        switch keyword {
        case .let, .set: isName(length) && !goesOnAfterName(length)
        case .def: isName(length) && at(.openParenthesis, length + 1)
        case .param: isName(length) && at(.colon, length + 1)
        case .list: isText(length) && at(.equal, length + 1)
        case .for: isName(length) && at(.in, length + 1)
        case .importFile: isText(length)
        case .print, .assert, .explain, .why, .if: beginsExpression(length)
        default: false
        }
      if isFitting { return keyword }
    }
    return nil
  }

  /// `let as c`: the word before is a source. `let as = 3` gives a name.
  private func goesOnAfterName(_ offset: Int) -> Bool {
    if at(.equal, offset + 1) { return false }
    return at(.as, offset) || at(.since, offset) || isInfixWord(offset)
  }

  func isText(_ offset: Int = 0) -> Bool {
    if case .text = kind(offset) { return true }
    return false
  }

  func isInfixWord(_ offset: Int = 0) -> Bool {
    lexemes[place(offset)].phrases.contains { phrase in
      guard fits(phrase, offset) else { return false }
      switch phrase.keyword {
      case .and, .or, .in, .notIn, .is, .isEmpty, .isNotEmpty, .between, .betweenAnd, .equalTo,
        .notEqualTo, .greaterThan, .lessThan, .notLess, .notGreater, .contains, .notContains,
        .startsWith,
        .endsWith, .matches:
        return true
      case .not:
        let next = offset + 1
        return at(.in, next) || at(.between, next) || at(.startsWith, next)
          || at(.endsWith, next) || at(.matches, next)
      default: return false
      }
    }
  }

  /// Whether a value can begin here. Words that only go on with a value cannot.
  func beginsExpression(_ offset: Int = 0) -> Bool {
    switch kind(offset) {
    case .literal, .text, .formatted, .parameter, .quoted: return true
    case .symbol(let symbol):
      return symbol == .openParenthesis || symbol == .openBracket || symbol == .minus
        || symbol == .exclamation
    case .word:
      if isInfixWord(offset) { return false }
      let isAlias = (at(.as, offset) || at(.since, offset)) && isName(offset + 1)
      return !isAlias || at(.asOf, offset)
    default: return false
    }
  }

  private mutating func definition() throws(ParseFailure) -> StatementSyntax.Kind {
    let name = try name(given: true)
    let folded = Characters.lowercased(name.text)
    let isVerb = Vocabulary.phrases[folded]?.contains {
      $0.words.count == 1 && Keyword.verbs.contains($0.keyword)
    }
    if isVerb == true { report(.reservedName(name.text), name.span) }
    let parameters = try bracketed(.closeParenthesis, fallback: []) {
      (parser: inout Parser) throws(ParseFailure) -> [ParameterSyntax] in
      var result: [ParameterSyntax] = []
      if parser.at(.closeParenthesis) { return result }
      repeat {
        let name = try parser.name(given: true)
        let type = parser.accept(.colon) ? try parser.name("a type", "类型") : nil
        let value = parser.accept(.equal) ? try parser.expression() : nil
        result.append(ParameterSyntax(name: name, type: type, defaultValue: value))
      } while parser.accept(.comma)
      return result
    }
    try expect(.equal)
    return .def(name, parameters, try pipeline(isOuter: true))
  }

  private mutating func parameter() throws(ParseFailure) -> StatementSyntax.Kind {
    let name = try name(given: true)
    try expect(.colon)
    let type = try self.name("a type", "类型")
    let value = accept(.equal) ? try expression() : nil
    let label = accept(.comma) ? try text("a label", "说明") : nil
    return .param(name, type: type, defaultValue: value, label: label)
  }

  private mutating func branch(_ start: Int) throws(ParseFailure) -> StatementSyntax.Kind {
    var branches: [(condition: ExprSyntax, body: [StatementSyntax])] = []
    branches.append((try condition(), try block()))
    while atElse {
      need()
      _ = accept(.else)
      guard accept(.if) else { return .branch(branches, otherwise: try block()) }
      branches.append((try condition(), try block()))
    }
    return .branch(branches, otherwise: nil)
  }

  /// `else` goes on with an `if` even on a line of its own: no statement begins with it.
  private var atElse: Bool {
    index < endIndex && lexemes[index].phrases.contains { $0.keyword == .else }
  }

  private mutating func block() throws(ParseFailure) -> [StatementSyntax] {
    need()
    guard at(.openBrace) else { throw expected("'{'", "“{”") }
    let open = index
    advance()
    return try nested(lexemes[open].span) {
      (parser: inout Parser) throws(ParseFailure) -> [StatementSyntax] in
      var comments: [String] = []
      let body = parser.statements(inBlock: true, comments: &comments)
      if !comments.isEmpty {
        // An empty block keeps its comments as those of an empty statement list.
        parser.lexemes[open].comments += comments.map {
          Lexeme.Comment(text: $0, isTrailing: false, blankBefore: false)
        }
      }
      guard parser.lexemes[parser.index].isSymbol(.closeBrace) else {
        let mark = parser.source[parser.lexemes[open].span]
        throw parser.fail(.bracketNotClosed(mark), parser.lexemes[open].span)
      }
      parser.advance()
      return body
    }
  }
}
