package import KithBase

/// How a piece of text is coloured.
package enum HighlightStyle: String, Sendable, CaseIterable {
  case verb, keyword, name, number, text, date, `operator`, comment, error
}

/// The coloured parts of a text in order, without overlap; what has no colour is left out.
package func highlight(_ text: String) -> [(span: SourceSpan, style: HighlightStyle)] {
  let source = SourceText(text)
  let lexed = lex(source)
  var parser = Parser(source, tokens: lexed.tokens, tongue: .english)
  _ = parser.program()
  var result: [(span: SourceSpan, style: HighlightStyle)] = []
  let partners = Set(parser.lexemes.compactMap(\.closing))
  var place = 0
  for token in lexed.tokens {
    switch token.kind {
    case .space, .newline: continue
    case .comment:
      result.append((token.span, .comment))
      continue
    default: break
    }
    let lexeme = parser.lexemes[place]
    var style = parser.styles[place] ?? plainStyle(lexeme)
    if case .symbol(let symbol) = lexeme.kind, symbol.isClosing, !partners.contains(place) {
      style = .error
    }
    place += 1
    if case .formatted = token.kind {
      result += formatted(token.span, source)
    } else if let style {
      result.append((token.span, style))
    }
  }
  return result
}

private func plainStyle(_ lexeme: Lexeme) -> HighlightStyle? {
  switch lexeme.kind {
  case .invalid: return .error
  case .text, .formatted: return .text
  case .literal: return .number
  case .parameter, .word, .quoted: return .name
  case .symbol(let symbol):
    if symbol.closing != nil, lexeme.closing == nil { return .error }
    return symbol.isInfix || symbol == .pipe ? .operator : nil
  default: return nil
  }
}

/// An f-text: its words as text, its expressions as what they are.
private func formatted(
  _ span: SourceSpan, _ source: SourceText
) -> [(span: SourceSpan, style: HighlightStyle)] {
  guard let parts = TextParts(source, span, formatted: true) else { return [(span, .text)] }
  var decoder = TextDecoder(source, tongue: .english)
  var result: [(span: SourceSpan, style: HighlightStyle)] = []
  var position = span.lower
  for case .hole(let hole) in decoder.pieces(parts.inner) {
    result.append((SourceSpan(position, hole.lower), .text))
    var lexer = Lexer(source, from: hole.lower, to: hole.upper, tongue: .english)
    lexer.run()
    var parser = Parser(source, tokens: lexer.tokens, tongue: .english)
    // Only the colours are wanted; a fault in the hole shows as uncoloured text.
    _ = try? parser.expression()
    for (place, lexeme) in parser.lexemes.dropLast().enumerated() {
      if let style = parser.styles[place] ?? plainStyle(lexeme) {
        result.append((lexeme.span, style))
      }
    }
    position = hole.upper
  }
  result.append((SourceSpan(position, span.upper), .text))
  return result
}
