import KithBase

/// Statements that change the book. Their words are names wherever the pattern does not fit.
extension Parser {
  /// The recording whose word and pattern stand here, nil where the word is a name.
  func recordingWord() -> Keyword? {
    for keyword in Keyword.recordingWords where length(of: keyword) == 1 {
      let isFitting =
        switch keyword {
        case .add, .log, .merge, .advance, .claim, .remove, .set: isFollowedByName
        case .refer: isFollowedByName || (isText(1) && isSingle(.agent, place(2)))
        case .undo: isAlone
        default: false
        }
      if isFitting || followsBracket(keyword) { return keyword }
    }
    return nil
  }

  /// Two names in a row begin no pipeline, unless the second goes on with the first. `set x =` is
  /// the statement about a setting.
  private var isFollowedByName: Bool {
    guard isName(1), !at(.as, 1), !at(.since, 1), !isInfixWord(1) else { return false }
    return !at(.equal, 2) || !at(.set)
  }

  private var isAlone: Bool {
    switch kind(1) {
    case .newline: true
    case .symbol(let symbol): symbol == .semicolon || symbol == .closeBrace
    default: false
    }
  }

  /// `set (…) name`, `advance (…) to`: what stands behind the bracket tells it from a call. Only
  /// `remove (…)` has nothing there; a call's bracket touches its name.
  private func followsBracket(_ keyword: Keyword) -> Bool {
    let open = place(1)
    guard lexemes[open].isSymbol(.openParenthesis), let closing = lexemes[open].closing else {
      return false
    }
    let next = closing + 1
    let ends = next >= endIndex || lexemes[next].startsStatement
    switch keyword {
    case .set:
      if ends { return false }
      if case .word = lexemes[next].kind { return !lexemes[next].continuesLine }
      if case .quoted = lexemes[next].kind { return true }
      return false
    case .advance: return !ends && isSingle(.to, next)
    case .claim: return !ends && isSingle(.agent, next)
    case .merge: return !ends && isSingle(.into, next)
    case .remove: return lexemes[index].span.upper < lexemes[open].span.lower
    default: return false
    }
  }

  private func isSingle(_ keyword: Keyword, _ place: Int) -> Bool {
    lexemes[place].phrases.contains { $0.keyword == keyword && $0.words.count == 1 }
  }

  /// What follows the word of a recording.
  mutating func recording(_ word: Keyword) throws(ParseFailure) -> RecordingSyntax {
    _ = accept(word)
    switch word {
    case .add:
      let entity = try name("a kind of object", "对象种类")
      return .add(entity, try assignments())
    case .set:
      let target = try target()
      return .set(target, try assignments())
    case .remove: return .remove(try target())
    case .advance:
      let target = try target()
      try expect(.to)
      let stage = try stageName()
      let at = accept(.at) ? try expression() : nil
      return .advance(target, to: stage, at: at, try furtherAssignments())
    case .log:
      let kind = try name("a kind of activity", "跟进方式")
      let target = isName() || at(.openParenthesis) ? try self.target() : nil
      return .log(kind, target, try furtherAssignments())
    case .refer:
      let object = try postfix()
      try expect(.agent)
      return .refer(object, by: try target(), try furtherAssignments())
    case .claim:
      let target = try target()
      try expect(.agent)
      let owner = try self.target()
      let until = accept(.until) ? try expression() : nil
      return .claim(target, by: owner, until: until, try furtherAssignments())
    case .merge:
      let target = try target()
      try expect(.into)
      return .merge(target, into: try postfix())
    default: return .undo
    }
  }

  /// One object, a name, or a pipeline in brackets.
  private mutating func target() throws(ParseFailure) -> ExprSyntax {
    need()
    guard isName() || at(.openParenthesis) else { throw expected("an object", "对象") }
    return try operand()
  }

  /// A stage, or how the deal is closed: a name or a text.
  private mutating func stageName() throws(ParseFailure) -> NameSyntax {
    need()
    let span = lexemes[index].span
    if isText() { return NameSyntax(try text("a stage", "阶段"), span, quoted: true) }
    return try name("a stage", "阶段")
  }

  private mutating func furtherAssignments() throws(ParseFailure) -> [AssignmentSyntax] {
    accept(.comma) ? try assignments() : []
  }

  private mutating func assignments() throws(ParseFailure) -> [AssignmentSyntax] {
    var result: [AssignmentSyntax] = []
    repeat {
      let name = try name("a field", "字段")
      try expect(.equal)
      result.append(AssignmentSyntax(name: name, value: try expression()))
    } while accept(.comma)
    return result
  }
}
