import KithBase

/// Whether a typed text can run as it stands.
package enum Completeness: Sendable, Equatable {
  case complete
  /// What is still open: a bracket, a quote, a `|`, an operator, a word that wants more.
  case needsMore(String)
}

/// Tells an entry that only lacks its end from one that is whole or wrong; the latter are
/// `.complete`, because more text would not mend them.
package func completeness(of text: String) -> Completeness {
  let source = SourceText(text)
  let lexed = lex(source)
  let significant = lexed.tokens.filter { !$0.isTrivia }
  guard let last = significant.last else { return .complete }
  if let quote = openQuote(last, source) { return .needsMore(quote) }
  guard lexed.diagnostics.isEmpty else { return .complete }
  var parser = Parser(source, tokens: lexed.tokens, tongue: .english)
  let program = parser.program()
  if parser.needsMore {
    let open = parser.lexemes.last { lexeme in
      guard case .symbol(let symbol) = lexeme.kind else { return false }
      return symbol.closing != nil && lexeme.closing == nil
    }
    return .needsMore(source[(open?.span ?? last.span)])
  }
  _ = program
  return .complete
}

/// The quote of a text or back-quoted name that is open where the text ends.
private func openQuote(_ token: Token, _ source: SourceText) -> String? {
  guard case .invalid = token.kind, token.span.upper == source.bytes.count else { return nil }
  let first = Characters.decode(source.bytes, at: token.span.lower, end: token.span.upper)
  let isFormatted = Characters.fold(first.scalar) == 0x66
  let start = token.span.lower + (isFormatted ? first.width : 0)
  let mark = Characters.decode(source.bytes, at: start, end: token.span.upper)
  guard Quote.opened(by: mark.scalar) != nil || Characters.fold(mark.scalar) == 0x60 else {
    return nil
  }
  return source[SourceSpan(token.span.lower, start + mark.width)]
}
