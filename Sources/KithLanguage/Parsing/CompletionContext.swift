package import KithBase

/// What may come next at a place in a text, for offering candidates.
package struct CompletionContext: Sendable, Equatable {
  /// The kind of thing that fits at the place.
  package enum Expectation: Sendable, Equatable {
    /// The start of a statement: sources and statement words.
    case statement
    /// A source or table: after `let x =`, `join`, `for x in`.
    case source
    /// Right after `|`.
    case verb
    /// A value: fields, functions, names, date words.
    case value
    /// The other side of a comparison: values of `left` first. `op` is `=`, `in`, `starts with` …
    case operand(left: String, op: String)
    /// Behind a complete value: operators, words that go on with the stage, `|`.
    case infix
    /// Behind `base.`
    case member(base: String)
    /// A stage or step of a funnel.
    case step
    /// A unit of time behind a number.
    case unit
    case chartKind
    /// Inside quotes: a file, or a list kept in the book.
    case file
    case listName
    /// A name that is just being given, a comment, the inside of a text: nothing to offer.
    case nothing
  }

  /// A call that is open at the place, the innermost last.
  package struct Call: Sendable, Equatable {
    /// The text before its bracket: `any`, `customer.orders.sum`.
    package var function: String
    /// What it runs over, as far as it is written: `opportunities`.
    package var firstArgument: String
    /// The clause the place is in: `where`, `sort`, `per`, or nil.
    package var clause: Keyword?

    package init(function: String, firstArgument: String, clause: Keyword?) {
      self.function = function
      self.firstArgument = firstArgument
      self.clause = clause
    }
  }

  /// What fits at the place.
  package var expectation: Expectation
  /// What is typed of the word so far, without its quote or back-quote.
  package var word: String
  /// The bytes a candidate replaces.
  package var span: SourceSpan
  /// The mark the word stands in: a quote, a back-quote, or empty.
  package var quote: String
  /// The innermost pipeline up to the `|` of the stage at the place; empty where none is before it.
  package var pipeline: String
  /// The verb of the stage at the place, as a keyword.
  package var verb: Keyword?
  /// Open calls, the innermost last.
  package var calls: [Call]
}

/// The context at a byte offset; one inside a character counts from its start.
package func completionContext(_ text: SourceText, at offset: Int) -> CompletionContext {
  var end = min(max(0, offset), text.bytes.count)
  while end > 0, end < text.bytes.count, text.bytes[end] & 0xC0 == 0x80 { end -= 1 }
  let source = SourceText(name: text.name, bytes: Array(text.bytes[0..<end]))
  var scanner = CompletionScanner(source)
  return scanner.context()
}

/// Reads the text up to the place once, with the frames that are open there.
private struct CompletionScanner {
  let source: SourceText
  var lexemes: [Lexeme] = []
  var styles: [HighlightStyle?] = []
  var isComment = false
  /// The word, or what would come at the place, begins a statement.
  var beginsStatement = false
  var word = ""
  var quote = ""
  var span: SourceSpan

  /// A bracket, a block or a statement that is open at the place.
  struct Frame {
    /// The first lexeme inside.
    var start: Int
    /// The lexeme of the last `|` on its level, and of the first of its pipeline.
    var pipe: Int?
    var pipelineStart: Int
    /// The callee's first lexeme and the bracket, for a call.
    var callee: Range<Int>?
    var clause: Keyword?
    var firstArgumentEnd: Int?
  }

  init(_ source: SourceText) {
    self.source = source
    span = SourceSpan(source.bytes.count, source.bytes.count)
    var tokens = lex(source).tokens
    let all = tokens
    if let last = tokens.last {
      switch last.kind {
      case .comment: isComment = true
      case .word(let text):
        (word, span) = (text, last.span)
        tokens.removeLast()
      case .invalid: if takeOpenQuote(last) { tokens.removeLast() }
      default: break
      }
    }
    var parser = Parser(source, tokens: tokens, tongue: .english)
    _ = parser.program()
    lexemes = Array(parser.lexemes.dropLast())
    styles = parser.styles
    if tokens.count < all.count {
      var whole = Parser(source, tokens: all, tongue: .english)
      _ = whole.program()
      beginsStatement = whole.lexemes.dropLast().last?.isStatementStart ?? false
    } else {
      beginsStatement = parser.lexemes.last?.startsLine == true && !parser.needsMore
    }
  }

  private mutating func takeOpenQuote(_ token: Token) -> Bool {
    var start = token.span.lower
    var mark = Characters.decode(source.bytes, at: start, end: token.span.upper)
    if Characters.fold(mark.scalar) == 0x66 {
      start += mark.width
      mark = Characters.decode(source.bytes, at: start, end: token.span.upper)
    }
    guard Quote.opened(by: mark.scalar) != nil || mark.scalar == 0x60 else { return false }
    quote = source[SourceSpan(token.span.lower, start + mark.width)]
    span = SourceSpan(start + mark.width, token.span.upper)
    word = source[span]
    return true
  }

  private func text(_ range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    return source[SourceSpan(lexemes[first].span.lower, lexemes[last].span.upper)]
  }

  /// The keyword whose phrase ends with the word at a place, if it is not used as a name there.
  private func keyword(_ place: Int, _ keywords: [Keyword]) -> Keyword? {
    guard lexemes.indices.contains(place), styles[place] != .name else { return nil }
    if let single = word(place, keywords) { return single }
    guard place > 0, styles[place] == .verb, styles[place - 1] == .verb else { return nil }
    return keywords.first { keyword in
      Vocabulary.spellings(keyword, .english).contains {
        $0 == lexemes[place - 1].folded + " " + lexemes[place].folded
      }
    }
  }

  /// The one-word keyword at a place, however it was read there.
  private func word(_ place: Int, _ keywords: [Keyword]) -> Keyword? {
    guard lexemes.indices.contains(place) else { return nil }
    return keywords.first { keyword in
      lexemes[place].phrases.contains { $0.keyword == keyword && $0.words.count == 1 }
    }
  }

  // MARK: Frames

  private func frames() -> [Frame] {
    var frames = [Frame(start: 0, pipe: nil, pipelineStart: 0)]
    for (place, lexeme) in lexemes.enumerated() {
      let last = frames.count - 1
      if frames.count == 1 || isBlock(frames[last]), lexeme.isStatementStart {
        frames[last] = Frame(start: place, pipe: nil, pipelineStart: place)
      }
      guard case .symbol(let symbol) = lexeme.kind else {
        note(place, &frames[last])
        continue
      }
      if symbol.closing != nil {
        frames.append(
          Frame(
            start: place + 1, pipe: nil, pipelineStart: place + 1,
            callee: symbol == .openParenthesis ? callee(place) : nil))
      } else if symbol.isClosing {
        if frames.count > 1 { frames.removeLast() }
      } else if symbol == .semicolon {
        frames[last] = Frame(start: place + 1, pipe: nil, pipelineStart: place + 1)
      } else if symbol == .pipe {
        frames[last].pipe = place
      } else if symbol == .equal, isHead(place, frames[last]) {
        frames[last].pipelineStart = place + 1
      } else if symbol == .comma, frames[last].firstArgumentEnd == nil {
        frames[last].firstArgumentEnd = place
      }
    }
    let last = frames.count - 1
    if beginsStatement, frames.count == 1 || isBlock(frames[last]) {
      frames[last] = Frame(start: lexemes.count, pipe: nil, pipelineStart: lexemes.count)
    }
    return frames
  }

  private func isBlock(_ frame: Frame) -> Bool {
    frame.start > 0 && lexemes[frame.start - 1].isSymbol(.openBrace)
  }

  /// `let x =`: the pipeline begins behind the sign.
  private func isHead(_ place: Int, _ frame: Frame) -> Bool {
    keyword(frame.start, [.let, .def, .list]) != nil && frame.pipe == nil
      && frame.pipelineStart == frame.start
  }

  private func note(_ place: Int, _ frame: inout Frame) {
    guard frame.callee != nil, styles[place] == .keyword, frame.pipe == nil,
      let clause = keyword(place, [.where, .sort, .per])
    else { return }
    frame.clause = clause
    if frame.firstArgumentEnd == nil { frame.firstArgumentEnd = place }
  }

  /// The name before a bracket, with its path.
  private func callee(_ bracket: Int) -> Range<Int>? {
    guard bracket > 0, isName(bracket - 1), styles[bracket - 1] == .name else { return nil }
    return operandStart(endingAt: bracket - 1)..<bracket
  }

  private func isName(_ place: Int) -> Bool {
    switch lexemes[place].kind {
    case .word, .quoted, .parameter: true
    default: false
    }
  }

  /// Where the operand begins that ends at `place`: a name, its path, the calls in it.
  private func operandStart(endingAt place: Int) -> Int {
    var start = place
    while true {
      if lexemes[start].isSymbol(.closeParenthesis) {
        guard let open = lexemes[0..<start].lastIndex(where: { $0.closing == start }) else {
          return start
        }
        start = open > 0 && isName(open - 1) ? open - 1 : open
      }
      guard start >= 2, lexemes[start - 1].isSymbol(.dot) else { return start }
      start -= 2
    }
  }

  // MARK: Answer

  mutating func context() -> CompletionContext {
    let frames = frames()
    let frame = frames[frames.count - 1]
    // A call or group without a pipeline of its own belongs to the stage around it.
    let around = frames.last { $0.pipe != nil }
    let pipe = around?.pipe ?? 0
    let pipeline = around.map { text($0.pipelineStart..<pipe) } ?? ""
    var verb: Keyword?
    if around != nil, pipe + 1 < lexemes.count, styles[pipe + 1] == .verb {
      verb = lexemes[pipe + 1].phrases.first { Keyword.verbs.contains($0.keyword) }?.keyword
    }
    let calls = frames.compactMap { frame -> CompletionContext.Call? in
      guard let callee = frame.callee else { return nil }
      let end = frame.firstArgumentEnd ?? lexemes.count
      let argument = frame.start < end ? text(frame.start..<end) : ""
      return .init(function: text(callee), firstArgument: argument, clause: frame.clause)
    }
    let expectation = isComment ? .nothing : expectation(frame, verb)
    return CompletionContext(
      expectation: expectation, word: word, span: span, quote: quote, pipeline: pipeline,
      verb: verb, calls: calls)
  }

  private func expectation(
    _ frame: Frame, _ verb: Keyword?
  ) -> CompletionContext.Expectation {
    let last = lexemes.count - 1
    let isText = !quote.isEmpty && quote != "`"
    if last < frame.start {
      if isText { return .nothing }
      if frame.callee == nil, last >= 0, lexemes[last].isSymbol(.openParenthesis) {
        return bracket(last)
      }
      return frame.callee != nil || (last >= 0 && lexemes[last].isSymbol(.openBracket))
        ? .value : .statement
    }
    if isText {
      if word(last, [.list]) != nil || keyword(last, [.saveList]) != nil { return .listName }
      if word(last, [.read, .importFile]) != nil || keyword(last, [.export]) != nil {
        return .file
      }
      if let compared = compared(last) { return compared }
      if keyword(last, [.funnel, .step, .reached]) != nil { return .step }
      return .nothing
    }
    if let item = head(last, verb, frame) { return item }
    return afterLast(last, frame)
  }

  /// Places where a word is not yet what it will be: `extend a =`, `let `, `step `.
  private func head(
    _ last: Int, _ verb: Keyword?, _ frame: Frame
  ) -> CompletionContext.Expectation? {
    if lexemes[last].isSymbol(.equal), frame.pipe != nil, last >= 2, isName(last - 1),
      Self.itemVerbs.contains(verb ?? .where)
    {
      let before = last - 2
      let isHead =
        styles[before] == .verb || lexemes[before].isSymbol(.comma)
        || keyword(before, [.by, .per]) != nil
      return isHead ? .value : nil
    }
    if last == frame.start, frame.pipe == nil, word(last, [.let, .def, .param, .for]) != nil {
      return .nothing
    }
    let isFunnel = verb == .funnel || verb == .matchStages
    return isFunnel && frame.pipe != nil && word(last, [.step]) != nil ? .step : nil
  }

  /// Verbs of items, where `name =` names a column.
  private static let itemVerbs: Set<Keyword> = [
    .extend, .select, .distinct, .count, .summarize, .group, .pivot, .duplicates, .rollup,
    .cohort, .forecast, .chart, .rename, .funnel,
  ]

  /// Behind a `(` that is no call's.
  private func bracket(_ place: Int) -> CompletionContext.Expectation {
    guard place > 0 else { return .source }
    if keyword(place - 1, Self.tableWords) != nil { return .source }
    return compared(place - 1) ?? .value
  }

  private static let tableWords: [Keyword] = [
    .join, .left, .semi, .anti, .full, .union, .except, .intersect, .explain,
  ]

  private func afterLast(_ last: Int, _ frame: Frame) -> CompletionContext.Expectation {
    switch lexemes[last].kind {
    case .symbol(.pipe): return .verb
    case .symbol(.dot):
      return last > 0
        ? .member(base: text(operandStart(endingAt: last - 1)..<last)) : .value
    case .symbol(let symbol) where symbol.isClosing: return .infix
    case .symbol(.equal) where frame.pipelineStart == last + 1: return .source
    case .symbol(.comma) where frame.callee == nil && frame.start > 0 && frame.start <= last:
      // `tier in (V1, …`: every element is compared with what stands before `in`.
      return lexemes[frame.start - 1].isSymbol(.openParenthesis) ? bracket(frame.start - 1) : .value
    case .symbol: return compared(last) ?? .value
    case .literal(.int)
    where last > frame.start && keyword(last - 1, [.last, .next, .within, .forSpan]) != nil:
      return .unit
    case .literal, .text, .formatted, .quoted, .parameter: return .infix
    case .word: return afterWord(last, frame)
    default: return .value
    }
  }

  private func afterWord(_ last: Int, _ frame: Frame) -> CompletionContext.Expectation {
    let style = styles[last]
    if style == nil || style == .name || style == .date { return .infix }
    if keyword(last, [.as, .let, .def, .param, .for]) != nil, style == .keyword {
      return keyword(last, [.forSpan]) != nil && frame.pipe != nil ? .value : .nothing
    }
    if keyword(last, Self.tableWords) != nil { return .source }
    if keyword(last, [.reached, .droppedAfter, .lostFrom, .openIn, .step]) != nil { return .step }
    if keyword(last, [.chart]) != nil { return .chartKind }
    if keyword(last, [.in]) != nil, keyword(frame.start, [.for, .why]) != nil { return .source }
    if keyword(last, Self.closing) != nil { return .infix }
    return compared(last) ?? .value
  }

  /// Words behind which the stage is complete.
  private static let closing: [Keyword] = [
    .asc, .desc, .fill, .all, .reverse, .count, .describe, .compareToPrevious,
    .compareToLastYear, .warnings, .chain, .roots, .circles, .loops, .tree, .ordered, .strict,
    .levels,
    .end, .isEmpty, .isNotEmpty, .distinct, .funnel, .forecast, .downstream, .upstream,
    .true, .false, .empty, .today, .yesterday, .tomorrow, .now, .ago, .fromNow,
  ]

  /// The comparison whose operator ends at `place`.
  private func compared(_ place: Int) -> CompletionContext.Expectation? {
    guard place > 0 else { return nil }
    var start = place
    switch lexemes[place].kind {
    case .symbol(let symbol):
      let isTest =
        [.equal, .doubleEqual, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
        .contains(symbol) || symbol == .tilde || symbol == .notTilde
      guard isTest else { return nil }
    case .word:
      guard styles[place] == .operator else { return nil }
      while start > 0, styles[start - 1] == .operator, case .word = lexemes[start - 1].kind {
        start -= 1
      }
      let first = lexemes[start].phrases.map(\.keyword)
      let isLogic = first.contains(.and) || first.contains(.or)
      if isLogic || (first.contains(.not) && start == place) { return nil }
    default: return nil
    }
    guard start > 0 else { return nil }
    let left = start - 1
    guard isName(left) || lexemes[left].isSymbol(.closeParenthesis) else { return nil }
    let begin = operandStart(endingAt: left)
    return .operand(left: text(begin..<start), op: text(start..<place + 1))
  }
}
