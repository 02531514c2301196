package import KithBase

/// A piece of the text. The tokens of a text, trivia included, cover each of its bytes once.
package struct Token: Sendable, Equatable {
  /// What a token is, with what it says where that is decoded at once.
  package enum Kind: Sendable, Equatable {
    case space
    case newline
    /// `# …` up to the line's end, and `#!` in line 1.
    case comment
    /// A bare name or word of the language; full-width letters are folded.
    case word(String)
    /// A name in back-quotes, without them.
    case quoted(String)
    /// `"…"` with its quotes; what it says is decoded where it is used.
    case text
    /// `f"…{expr}…"` as a whole.
    case formatted
    /// Numbers, money, percents, dates and durations.
    case literal(LiteralSyntax)
    /// `$city`, without the sign.
    case parameter(String)
    case symbol(Symbol)
    /// Bytes that are no token; a diagnostic says why.
    case invalid
  }

  /// What it is.
  package var kind: Kind
  /// Its bytes; at least one.
  package var span: SourceSpan

  package init(_ kind: Kind, _ span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  /// Spaces, line ends and comments.
  package var isTrivia: Bool {
    switch kind {
    case .space, .newline, .comment: true
    default: false
    }
  }
}

/// Signs, by their ASCII spelling. `<>` is read as `!=`, `==` stays apart because it never names.
package enum Symbol: String, Sendable, CaseIterable {
  case pipe = "|", dot = ".", comma = ",", colon = ":", semicolon = ";"
  case openParenthesis = "(", closeParenthesis = ")"
  case openBracket = "[", closeBracket = "]"
  case openBrace = "{", closeBrace = "}"
  case equal = "=", doubleEqual = "==", notEqual = "!=", less = "<", lessOrEqual = "<="
  case greater = ">", greaterOrEqual = ">=", tilde = "~", notTilde = "!~"
  case plus = "+", minus = "-", star = "*", slash = "/", percent = "%"
  case coalesce = "??", arrow = "->", doubleAnd = "&&", doubleOr = "||"
  case exclamation = "!"

  /// The bracket that closes this one.
  var closing: Symbol? {
    switch self {
    case .openParenthesis: .closeParenthesis
    case .openBracket: .closeBracket
    case .openBrace: .closeBrace
    default: nil
    }
  }

  var isClosing: Bool {
    self == .closeParenthesis || self == .closeBracket || self == .closeBrace
  }

  /// Stands between two values, so that a line which begins with it goes on with the one before.
  var isInfix: Bool {
    switch self {
    case .equal, .doubleEqual, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .tilde,
      .notTilde, .plus, .minus, .star, .slash, .percent, .coalesce, .arrow,
      .doubleAnd, .doubleOr:
      true
    default: false
    }
  }
}
