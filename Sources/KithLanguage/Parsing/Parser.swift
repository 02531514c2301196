import KithBase

/// What was thrown is already reported; it only leads back to where the parser can go on.
struct ParseFailure: Error {}

/// A recursive descent over the lexemes: at most four tokens ahead, never back.
struct Parser {
  /// Brackets, blocks, `not` and `-` inside each other.
  static let deepest = 256
  /// Operators and path steps in a row: every one makes the tree deeper.
  static let longestChain = 512
  static let mostDiagnostics = 100

  let source: SourceText
  let tongue: Tongue
  var lexemes: [Lexeme]
  var index = 0
  var diagnostics: [Diagnostic] = []
  /// What each lexeme turned out to be, for colouring.
  var styles: [HighlightStyle?]
  /// Open `( )` and `[ ]`: inside them a line end is a space.
  var brackets: [Int] = []
  var depth = 0
  /// The height of the last expression's tree, and of the highest beside it in the same bracket.
  var height = 0
  var tallest = 0
  /// Something was missing at the end of the text, and nothing was wrong before it.
  var needsMore = false
  private var lastErrorIndex = -1

  init(_ source: SourceText, tokens: [Token], tongue: Tongue) {
    self.source = source
    self.tongue = tongue
    lexemes = Lexeme.list(tokens, source)
    styles = Array(repeating: nil, count: lexemes.count)
  }

  var endIndex: Int { lexemes.count - 1 }

  // MARK: Looking

  /// The lexeme some places ahead, or the end mark if a statement ends before it.
  func place(_ offset: Int = 0) -> Int {
    var place = index
    while true {
      if place >= endIndex { return endIndex }
      if brackets.isEmpty, lexemes[place].startsStatement { return endIndex }
      if place == index + offset { return place }
      place += 1
    }
  }

  func kind(_ offset: Int = 0) -> Token.Kind { lexemes[place(offset)].kind }

  func at(_ symbol: Symbol, _ offset: Int = 0) -> Bool {
    lexemes[place(offset)].isSymbol(symbol)
  }

  /// The number of words of a keyword's phrase that stands here, 0 if it does not.
  func length(of keyword: Keyword, _ offset: Int = 0) -> Int {
    for phrase in lexemes[place(offset)].phrases where phrase.keyword == keyword {
      if fits(phrase, offset) { return phrase.words.count }
    }
    return 0
  }

  func fits(_ phrase: Vocabulary.Phrase, _ offset: Int = 0) -> Bool {
    for (step, word) in phrase.words.enumerated().dropFirst()
    where lexemes[place(offset + step)].folded != word {
      return false
    }
    return true
  }

  func at(_ keyword: Keyword, _ offset: Int = 0) -> Bool { length(of: keyword, offset) > 0 }

  /// The first of several keywords that stands here.
  func first(of keywords: [Keyword]) -> Keyword? { keywords.first { at($0) } }

  /// A bare or back-quoted name some places ahead.
  func isName(_ offset: Int = 0) -> Bool {
    switch kind(offset) {
    case .word, .quoted: true
    default: false
    }
  }

  var isWord: Bool {
    if case .word = kind() { return true }
    return false
  }

  func unit(_ offset: Int = 0) -> DurationWord? {
    Vocabulary.unitWords[lexemes[place(offset)].folded]
  }

  /// The statement, the block or the stage ends here.
  var isAtStageEnd: Bool {
    switch kind() {
    case .newline: true
    case .symbol(let symbol):
      symbol == .pipe || symbol == .semicolon || symbol == .comma || symbol.isClosing
    default: false
    }
  }

  /// Where the last token that was read ends.
  var previousEnd: Int { index > 0 ? lexemes[index - 1].span.upper : 0 }

  func span(from start: Int) -> SourceSpan {
    SourceSpan(lexemes[min(start, endIndex)].span.lower, previousEnd)
  }

  // MARK: Moving

  /// A token is needed here, so a line end is only a space.
  mutating func need() { lexemes[index].startsStatement = false }

  mutating func advance(_ count: Int = 1, as style: HighlightStyle? = nil) {
    for _ in 0..<count where index < endIndex {
      if let style { styles[index] = style }
      index += 1
    }
  }

  mutating func accept(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance(as: symbol.isInfix ? .operator : nil)
    return true
  }

  mutating func accept(_ keyword: Keyword, as style: HighlightStyle = .keyword) -> Bool {
    let length = length(of: keyword)
    guard length > 0 else { return false }
    advance(length, as: style)
    return true
  }

  mutating func expect(_ symbol: Symbol) throws(ParseFailure) {
    need()
    guard accept(symbol) else {
      throw expected("'\(symbol.rawValue)'", "“\(symbol.rawValue)”")
    }
  }

  mutating func expect(_ keyword: Keyword) throws(ParseFailure) {
    need()
    guard accept(keyword) else {
      throw expected(
        "'\(Vocabulary.spelling(keyword, .english))'",
        "“\(Vocabulary.spelling(keyword, .chinese))”")
    }
  }

  /// A name that is given or used; `reserved` words are none.
  mutating func name(
    _ english: String = "a name", _ chinese: String = "名称", given: Bool = false
  ) throws(ParseFailure) -> NameSyntax {
    need()
    let lexeme = lexemes[index]
    switch lexeme.kind {
    case .quoted(let text):
      advance(as: .name)
      return NameSyntax(text, lexeme.span, quoted: true)
    case .word(let text):
      if given, Vocabulary.reserved.contains(lexeme.folded) {
        report(
          .reservedName(text), lexeme.span,
          fix: Diagnostic.Fix(span: lexeme.span, replacement: "`\(text)`"))
      }
      advance(as: .name)
      return NameSyntax(text, lexeme.span)
    default: throw expected(english, chinese)
    }
  }

  /// A text with its escapes resolved.
  mutating func text(_ english: String, _ chinese: String) throws(ParseFailure) -> String {
    need()
    guard case .text = kind() else { throw expected(english, chinese) }
    let result = decodedText(index)
    advance(as: .text)
    return result
  }

  mutating func decodedText(_ place: Int) -> String {
    guard let parts = TextParts(source, lexemes[place].span, formatted: false) else { return "" }
    var decoder = TextDecoder(source, tongue: tongue)
    let result = decoder.text(parts.inner)
    add(decoder.diagnostics)
    return result
  }

  // MARK: Nesting

  /// Runs `body` one level deeper than what opens at `span`; deeper than the limit is an error there, not
  /// an overflow.
  mutating func nested<T>(
    _ span: SourceSpan, _ body: (inout Parser) throws(ParseFailure) -> T
  ) throws(ParseFailure) -> T {
    guard depth < Self.deepest else {
      throw fail(.tooDeep(Self.deepest), span)
    }
    depth += 1
    let outer = tallest
    tallest = 0
    defer {
      depth -= 1
      height = tallest + 1
      tallest = max(outer, height)
    }
    return try body(&self)
  }

  /// Notes an expression without parts.
  mutating func leaf() {
    height = 1
    tallest = max(tallest, 1)
  }

  /// Notes an expression over one of height `left` and the last one.
  mutating func grow(over left: Int, _ operatorSpan: SourceSpan) throws(ParseFailure) {
    height = max(left, height) + 1
    tallest = max(tallest, height)
    if height > Self.longestChain { throw fail(.tooLong(Self.longestChain), operatorSpan) }
  }

  /// Reads what stands in brackets, the opening one at `index`, up to the closing one. If that goes
  /// wrong and the partner is known, parsing goes on behind it with `fallback`.
  mutating func bracketed<T>(
    _ closing: Symbol, fallback: T, _ body: (inout Parser) throws(ParseFailure) -> T
  ) throws(ParseFailure) -> T {
    let open = index
    let depthBefore = depth
    let bracketsBefore = brackets.count
    advance()
    brackets.append(open)
    do {
      let result = try nested(lexemes[open].span, body)
      try close(closing, open)
      brackets.removeLast()
      return result
    } catch {
      brackets.removeSubrange(bracketsBefore...)
      depth = depthBefore
      guard let partner = lexemes[open].closing, partner >= index else { throw error }
      index = partner
      advance()
      return fallback
    }
  }

  private mutating func close(_ closing: Symbol, _ open: Int) throws(ParseFailure) {
    if accept(closing) { return }
    let found = lexemes[index]
    if lexemes[open].closing == nil, found.startsLine || index == endIndex {
      let mark = source[lexemes[open].span]
      throw fail(
        .bracketNotClosed(mark), lexemes[open].span, place: index,
        help: tongue == .english
          ? "expected '\(closing.rawValue)' before \(foundHere.english)"
          : "应在\(foundHere.chinese)之前写“\(closing.rawValue)”")
    }
    throw expected("'\(closing.rawValue)' or ','", "“\(closing.rawValue)”或“,”")
  }

  // MARK: Errors

  var foundHere: SyntaxMessage.Found {
    if index >= endIndex { return .end }
    if place() == endIndex { return .lineEnd }
    return .token(shortened(source[lexemes[index].span]))
  }

  func shortened(_ text: String) -> String {
    text.count > 40 ? String(text.prefix(39)) + "…" : text
  }

  /// Reports what is missing here; nothing where the lexer already did.
  mutating func expected(_ english: String, _ chinese: String) -> ParseFailure {
    let lexeme = lexemes[place()]
    if case .invalid = lexeme.kind {
      lastErrorIndex = index
      return ParseFailure()
    }
    let isLineEnd = place() == endIndex && index < endIndex
    let span = isLineEnd ? SourceSpan(previousEnd, previousEnd) : lexeme.span
    return fail(.expected(english, chinese, found: foundHere), span)
  }

  /// Reports an error that ends the stage or statement. A second one at the same token is not told.
  mutating func fail(
    _ message: SyntaxMessage, _ span: SourceSpan, place: Int? = nil, help: String? = nil,
    fix: Diagnostic.Fix? = nil, suggestions: [String] = []
  ) -> ParseFailure {
    let here = place ?? index
    if here >= endIndex, diagnostics.isEmpty { needsMore = true }
    if here != lastErrorIndex {
      lastErrorIndex = here
      report(message, span, help: help, fix: fix, suggestions: suggestions)
    }
    return ParseFailure()
  }

  /// Reports an error after which parsing goes on as if it were mended.
  mutating func report(
    _ message: SyntaxMessage, _ span: SourceSpan, label: String? = nil, help: String? = nil,
    fix: Diagnostic.Fix? = nil, suggestions: [String] = []
  ) {
    add([
      message.diagnostic(
        tongue, at: span, in: source, label: label, help: help, fix: fix,
        suggestions: suggestions)
    ])
  }

  mutating func add(_ more: [Diagnostic]) {
    for diagnostic in more where diagnostics.count < Self.mostDiagnostics {
      diagnostics.append(diagnostic)
    }
  }

  /// Goes to where the next stage or statement begins: brackets with a partner are stepped over.
  mutating func synchronize() {
    let isInside = brackets.last.map { lexemes[$0].closing != nil } ?? false
    while index < endIndex {
      let lexeme = lexemes[index]
      if !isInside, lexeme.startsLine, !lexeme.continuesLine || lexeme.isSymbol(.pipe) { return }
      if case .symbol(let symbol) = lexeme.kind {
        if symbol == .pipe || symbol == .semicolon || symbol == .closeBrace { return }
        if symbol.isClosing, !brackets.isEmpty { return }
        if let partner = lexeme.closing {
          index = partner + 1
          continue
        }
      }
      index += 1
    }
  }
}
