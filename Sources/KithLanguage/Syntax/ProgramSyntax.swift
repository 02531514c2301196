package import KithBase

/// What a text says, before any name is known. Parsing always gives a tree; what could not be read
/// stands in it as `.missing`, and the diagnostics say why.
package struct ProgramSyntax: Sendable, Equatable {
  /// In order of the text.
  package var statements: [StatementSyntax]
  /// Those of a text without statements.
  package var comments: [String] = []
}

/// A name as written. `text` is folded to NFC, without back-quotes; `quoted` says it had them, so it
/// is never a word of the language.
package struct NameSyntax: Sendable, Equatable {
  package var text: String
  package var span: SourceSpan
  /// It stood in back-quotes, so it is never a word of the language.
  package var quoted: Bool

  package init(_ text: String, _ span: SourceSpan, quoted: Bool = false) {
    self.text = text
    self.span = span
    self.quoted = quoted
  }
}

/// A statement with its place and the comments around it.
package struct StatementSyntax: Sendable, Equatable {
  package var kind: Kind
  package var span: SourceSpan
  /// Comments before it and behind it on its line, with their `#`, for the formatter.
  package var leadingComments: [String]
  /// The comment behind it on its line.
  package var trailingComment: String?
  /// A blank line stood before it.
  package var blankBefore: Bool
  /// Comments between it and the end of its block or text.
  package var followingComments: [String] = []

  package indirect enum Kind: Sendable, Equatable {
    case pipeline(PipelineSyntax)
    case `let`(NameSyntax, PipelineSyntax)
    /// `def name(params) = body`
    case def(NameSyntax, [ParameterSyntax], PipelineSyntax)
    /// `param name: type = default, "label"`
    case param(NameSyntax, type: NameSyntax, defaultValue: ExprSyntax?, label: String?)
    case list(String, PipelineSyntax)
    case forEach(NameSyntax, PipelineSyntax, [StatementSyntax])
    /// Conditions with their blocks, then the last `else`.
    case branch([(condition: ExprSyntax, body: [StatementSyntax])], otherwise: [StatementSyntax]?)
    case print(ExprSyntax)
    case assert(ExprSyntax, message: ExprSyntax?)
    case importFile(String, SourceSpan)
    case explain(PipelineSyntax)
    case set(NameSyntax, ExprSyntax)
    case why(ExprSyntax, in: PipelineSyntax?)
    case record(RecordingSyntax)
    case missing

    package static func == (left: Kind, right: Kind) -> Bool {
      switch (left, right) {
      case (.pipeline(let a), .pipeline(let b)): a == b
      case (.let(let a, let b), .let(let c, let d)): a == c && b == d
      case (.def(let a, let b, let c), .def(let d, let e, let f)): a == d && b == e && c == f
      case (.param(let a, let b, let c, let d), .param(let e, let f, let g, let h)):
        a == e && b == f && c == g && d == h
      case (.list(let a, let b), .list(let c, let d)): a == c && b == d
      case (.forEach(let a, let b, let c), .forEach(let d, let e, let f)):
        a == d && b == e && c == f
      case (.branch(let a, let b), .branch(let c, let d)):
        a.map(\.condition) == c.map(\.condition) && a.map(\.body) == c.map(\.body) && b == d
      case (.print(let a), .print(let b)): a == b
      case (.assert(let a, let b), .assert(let c, let d)): a == c && b == d
      case (.importFile(let a, _), .importFile(let b, _)): a == b
      case (.explain(let a), .explain(let b)): a == b
      case (.set(let a, let b), .set(let c, let d)): a == c && b == d
      case (.why(let a, let b), .why(let c, let d)): a == c && b == d
      case (.record(let a), .record(let b)): a == b
      case (.missing, .missing): true
      default: false
      }
    }
  }

  package init(
    _ kind: Kind, _ span: SourceSpan, leadingComments: [String] = [],
    trailingComment: String? = nil, blankBefore: Bool = false
  ) {
    self.kind = kind
    self.span = span
    self.leadingComments = leadingComments
    self.trailingComment = trailingComment
    self.blankBefore = blankBefore
  }
}

/// `o`, `d: duration = 60 days` in a `def`.
package struct ParameterSyntax: Sendable, Equatable {
  package var name: NameSyntax
  /// Nil where it follows from the default or the use.
  package var type: NameSyntax?
  /// Nil where the argument is required.
  package var defaultValue: ExprSyntax?
}

/// A source and the stages over it; a lone expression is one without stages.
package struct PipelineSyntax: Sendable, Equatable {
  /// Nil where the pipeline runs at the evaluation date.
  package var asOf: AsOfSyntax?
  package var source: SourceSyntax
  /// From left to right; one that could not be read is `.missing`.
  package var stages: [StageSyntax]
  package var span: SourceSpan

  package init(
    asOf: AsOfSyntax? = nil, source: SourceSyntax, stages: [StageSyntax], span: SourceSpan
  ) {
    self.asOf = asOf
    self.source = source
    self.stages = stages
    self.span = span
  }
}

/// The clock of a pipeline.
package enum AsOfSyntax: Sendable, Equatable {
  case date(ExprSyntax)
  /// `as of each month in last 6 months`
  case each(CalendarUnit, in: ExprSyntax)
}

/// What a pipeline begins with.
package struct SourceSyntax: Sendable, Equatable {
  package var kind: Kind
  /// `customers as c`
  package var alias: NameSyntax?
  package var span: SourceSpan
  /// Comments inside it, and the one behind it on its line before the first `|`.
  package var comments: [String] = []
  /// The comment behind it on its line.
  package var trailingComment: String?

  package init(
    kind: Kind, alias: NameSyntax?, span: SourceSpan, comments: [String] = [],
    trailingComment: String? = nil
  ) {
    self.kind = kind
    self.alias = alias
    self.span = span
    self.comments = comments
    self.trailingComment = trailingComment
  }

  package indirect enum Kind: Sendable, Equatable {
    /// An entity, a list, a table, or any value: `customers`, `customer 447`, `[…]`, `1 + 1`.
    case expr(ExprSyntax)
    /// `path from A to B`
    case path(from: ExprSyntax, to: ExprSyntax)
    /// `list "hot" since last monday`
    case since(ExprSyntax, ExprSyntax)
  }
}
