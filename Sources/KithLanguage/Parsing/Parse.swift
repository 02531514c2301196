package import KithBase

/// The tree of a text and everything that was wrong with it, in order of place.
package struct ParseResult: Sendable {
  /// With `.missing` where something could not be read.
  package var program: ProgramSyntax
  /// The lexer's and the parser's, in order of place.
  package var diagnostics: [Diagnostic]
}

/// Reads a text as statements. Always gives a tree: what could not be read is `.missing` in it.
package func parse(_ text: SourceText, tongue: Tongue = .english) -> ParseResult {
  let lexed = lex(text, tongue: tongue)
  var parser = Parser(text, tokens: lexed.tokens, tongue: tongue)
  let program = parser.program()
  return ParseResult(
    program: program, diagnostics: inOrder(lexed.diagnostics + parser.diagnostics))
}

/// Reads a text as one expression: derived fields, settings, conditions kept in the book.
package func parseExpression(
  _ text: SourceText, tongue: Tongue = .english
) -> (ExprSyntax, [Diagnostic]) {
  let lexed = lex(text, tongue: tongue)
  var parser = Parser(text, tokens: lexed.tokens, tongue: tongue)
  let expr: ExprSyntax
  do {
    expr = try parser.expression()
    if parser.place() != parser.endIndex || parser.index < parser.endIndex {
      let span = parser.lexemes[parser.index].span
      _ = parser.fail(.unexpected(found: .token(parser.shortened(text[span]))), span)
    }
  } catch {
    expr = ExprSyntax(.missing, SourceSpan(0, text.bytes.count))
  }
  return (expr, inOrder(lexed.diagnostics + parser.diagnostics))
}

private func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  // The sort is not stable by itself; the position in the list breaks ties.
  diagnostics.enumerated().sorted { left, right in
    let a = left.element.span?.lower ?? 0
    let b = right.element.span?.lower ?? 0
    return a == b ? left.offset < right.offset : a < b
  }.map(\.element)
}
