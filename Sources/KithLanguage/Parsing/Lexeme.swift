import KithBase

/// A token the parser looks at: no trivia, but what it needs to know about it.
struct Lexeme {
  var kind: Token.Kind
  var span: SourceSpan
  /// A word the way the vocabulary knows it; empty for other tokens.
  var folded = ""
  /// Keywords whose phrase begins with this word.
  var phrases: [Vocabulary.Phrase] = []
  /// A line end stood before it.
  var startsLine = false
  /// It begins a statement unless one inside brackets, or one that still needs a token, is open.
  var startsStatement = false
  /// The parser found a statement to begin here.
  var isStatementStart = false
  /// A blank line stood before it, and before its comments if it has any.
  var blankBefore = false
  var comments: [Comment] = []
  /// Where the bracket that opens here closes.
  var closing: Int?

  struct Comment {
    var text: String
    /// Behind another token on its line.
    var isTrailing: Bool
    var blankBefore: Bool
  }

  func isSymbol(_ symbol: Symbol) -> Bool {
    if case .symbol(symbol) = kind { return true }
    return false
  }

  /// A line that begins with this goes on with the one before.
  var continuesLine: Bool {
    switch kind {
    case .symbol(let symbol):
      return symbol.isInfix || symbol == .pipe || symbol == .comma
        || symbol == .closeParenthesis || symbol == .closeBracket
    case .word:
      return phrases.contains { $0.words.count == 1 && $0.keyword.continuesLine }
    default: return false
    }
  }

  /// The tokens of a text without its trivia, with an end mark behind them.
  static func list(_ tokens: [Token], _ source: SourceText) -> [Lexeme] {
    var result: [Lexeme] = []
    var comments: [Comment] = []
    var newlines = 0
    var isNewLine = false
    for token in tokens {
      switch token.kind {
      case .space: break
      case .newline:
        newlines += 1
        isNewLine = true
      case .comment:
        let comment = Comment(
          text: trimmed(source[token.span]), isTrailing: !isNewLine && !result.isEmpty,
          blankBefore: newlines > 1)
        comments.append(comment)
        newlines = 0
      default:
        var lexeme = Lexeme(kind: token.kind, span: token.span)
        if case .word(let word) = token.kind {
          lexeme.folded = Characters.lowercased(word)
          lexeme.phrases = Vocabulary.phrases[lexeme.folded] ?? []
        }
        lexeme.startsLine = isNewLine
        lexeme.startsStatement = isNewLine && !lexeme.continuesLine
        lexeme.blankBefore = newlines > 1
        lexeme.comments = comments
        result.append(lexeme)
        comments = []
        newlines = 0
        isNewLine = false
      }
    }
    let end = tokens.last?.span.upper ?? 0
    var mark = Lexeme(kind: .newline, span: SourceSpan(end, end))
    mark.comments = comments
    mark.startsLine = isNewLine
    result.append(mark)
    matchBrackets(&result)
    return result
  }

  /// Pairs brackets; one that closes nothing, or another kind, is left alone.
  private static func matchBrackets(_ lexemes: inout [Lexeme]) {
    var open: [Int] = []
    for index in lexemes.indices {
      guard case .symbol(let symbol) = lexemes[index].kind else { continue }
      if symbol.closing != nil {
        open.append(index)
      } else if symbol.isClosing {
        // An unclosed `(` inside `[ ]` does not keep the `]` from its partner.
        let place = open.suffix(8).lastIndex { opener in
          if case .symbol(let other) = lexemes[opener].kind { return other.closing == symbol }
          return false
        }
        guard let place else { continue }
        lexemes[open[place]].closing = index
        open.removeSubrange(place...)
      }
    }
  }

  private static func trimmed(_ text: String) -> String {
    var scalars = Substring(text).unicodeScalars
    while let last = scalars.last, last == " " || last == "\t" || last == "\r" {
      scalars.removeLast()
    }
    return String(scalars)
  }
}
