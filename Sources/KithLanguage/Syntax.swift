package import KithBase

/// What a text says, before any name is known. Parsing always gives a tree; what could not be read
/// stands in it as `.missing`, and the diagnostics say why.
package struct ProgramSyntax: Sendable, Equatable {
  package var statements: [StatementSyntax]
  /// Those of a text without statements.
  package var comments: [String] = []
}

/// A name as written. `text` is folded to NFC, without back-quotes; `quoted` says it had them, so it
/// is never a word of the language.
package struct NameSyntax: Sendable, Equatable {
  package var text: String
  package var span: SourceSpan
  package var quoted: Bool

  package init(_ text: String, _ span: SourceSpan, quoted: Bool = false) {
    self.text = text
    self.span = span
    self.quoted = quoted
  }
}

package struct StatementSyntax: Sendable, Equatable {
  package var kind: Kind
  package var span: SourceSpan
  /// Comments before it and behind it on its line, with their `#`, for the formatter.
  package var leadingComments: [String]
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
  package var type: NameSyntax?
  package var defaultValue: ExprSyntax?
}

package struct PipelineSyntax: Sendable, Equatable {
  package var asOf: AsOfSyntax?
  package var source: SourceSyntax
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

package enum AsOfSyntax: Sendable, Equatable {
  case date(ExprSyntax)
  /// `as of each month in last 6 months`
  case each(CalendarUnit, in: ExprSyntax)
}

package struct SourceSyntax: Sendable, Equatable {
  package var kind: Kind
  /// `customers as c`
  package var alias: NameSyntax?
  package var span: SourceSpan
  /// Comments inside it, and the one behind it on its line before the first `|`.
  package var comments: [String] = []
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

/// An expression with its place.
package struct ExprSyntax: Sendable, Equatable {
  package var kind: Kind
  package var span: SourceSpan

  package init(_ kind: Kind, _ span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  package static func == (left: ExprSyntax, right: ExprSyntax) -> Bool { left.kind == right.kind }

  package indirect enum Kind: Sendable, Equatable {
    case literal(LiteralSyntax)
    /// `f"…{expr}…"`: texts and expressions in turn.
    case interpolation([InterpolationPart])
    case name(NameSyntax)
    /// `$city`, without the sign.
    case parameter(NameSyntax)
    /// `customer 447`, `list "x"`, `read "f.csv"`, `row 3`
    case one(NameSyntax, OneKey)
    /// `base.name` and `base.name(arguments)`
    case member(ExprSyntax, NameSyntax, CallSyntax?)
    case call(NameSyntax, CallSyntax)
    case unary(UnaryOperator, ExprSyntax)
    case binary(BinaryOperator, ExprSyntax, ExprSyntax)
    /// `10 <= x < 50`: both comparisons hold.
    case chained(ExprSyntax, BinaryOperator, ExprSyntax, BinaryOperator, ExprSyntax)
    case isEmpty(ExprSyntax, negated: Bool)
    case inSet(ExprSyntax, SetSyntax, negated: Bool)
    case between(ExprSyntax, ExprSyntax, ExprSyntax, negated: Bool)
    case matches(ExprSyntax, pattern: String, patternSpan: SourceSpan, negated: Bool)
    case choose([(condition: ExprSyntax, value: ExprSyntax)], otherwise: ExprSyntax?)
    case list([ExprSyntax])
    /// `[{name: "a", n: 1}, …]`
    case records([[RecordField]])
    /// A bracketed pipeline used as a value or table; plain brackets around an expression leave
    /// no trace but `.group`.
    case pipeline(PipelineSyntax)
    case group(ExprSyntax)
    /// `today`, `last month`, `last 30 days`, `month to date`, `last monday` …
    case dateWord(DateWordSyntax)
    /// `30 days ago`, `2 weeks from now`
    case relative(ExprSyntax, ago: Bool)
    case missing

    package static func == (left: Kind, right: Kind) -> Bool { left.isSame(as: right) }

    private func isSame(as other: Kind) -> Bool {
      switch (self, other) {
      case (.literal(let a), .literal(let b)): a == b
      case (.interpolation(let a), .interpolation(let b)): a == b
      case (.name(let a), .name(let b)), (.parameter(let a), .parameter(let b)): a == b
      case (.one(let a, let b), .one(let c, let d)): a == c && b == d
      case (.member(let a, let b, let c), .member(let d, let e, let f)):
        a == d && b == e && c == f
      case (.call(let a, let b), .call(let c, let d)): a == c && b == d
      case (.unary(let a, let b), .unary(let c, let d)): a == c && b == d
      case (.binary(let a, let b, let c), .binary(let d, let e, let f)):
        a == d && b == e && c == f
      case (
        .chained(let a, let b, let c, let d, let e), .chained(let f, let g, let h, let i, let j)
      ):
        a == f && b == g && c == h && d == i && e == j
      case (.isEmpty(let a, let b), .isEmpty(let c, let d)): a == c && b == d
      case (.inSet(let a, let b, let c), .inSet(let d, let e, let f)): a == d && b == e && c == f
      case (.between(let a, let b, let c, let d), .between(let e, let f, let g, let h)):
        a == e && b == f && c == g && d == h
      case (.matches(let a, let b, _, let c), .matches(let d, let e, _, let f)):
        a == d && b == e && c == f
      case (.choose(let a, let b), .choose(let c, let d)):
        a.map(\.condition) == c.map(\.condition) && a.map(\.value) == c.map(\.value) && b == d
      case (.list(let a), .list(let b)): a == b
      case (.records(let a), .records(let b)): a == b
      case (.pipeline(let a), .pipeline(let b)): a == b
      case (.group(let a), .group(let b)): a == b
      case (.dateWord(let a), .dateWord(let b)): a == b
      case (.relative(let a, let b), .relative(let c, let d)): a == c && b == d
      case (.missing, .missing): true
      default: false
      }
    }
  }
}

package struct RecordField: Sendable, Equatable {
  package var name: NameSyntax
  package var value: ExprSyntax
}

package enum InterpolationPart: Sendable, Equatable {
  case text(String)
  case value(ExprSyntax)
}

package enum OneKey: Sendable, Equatable {
  case id(Int64)
  case text(String)
}

package indirect enum SetSyntax: Sendable, Equatable {
  /// `(a, b)`: elements are pipelines; one that is a lone expression has no stages.
  case elements([PipelineSyntax])
  case value(ExprSyntax)
}

package enum LiteralSyntax: Sendable, Equatable {
  case int(Int64)
  /// Exact: digits × 10^-scale.
  case decimal(digits: Int64, scale: Int)
  /// Too wide for `decimal`: `1e30`.
  case float(Double)
  /// `30%` is digits 30, scale 2.
  case percent(digits: Int64, scale: Int)
  /// In major units (`¥3000` is digits 3000, scale 0; `500万元`).
  case money(digits: Int64, scale: Int, currency: String)
  case text(String)
  case date(Day)
  /// A local date and time in the book's zone: day and microseconds of the day.
  case dateTime(Day, Int64)
  case period(Period)
  /// Of the evaluation date's year: `11月21日`, `11月`, `3季度`.
  case dayOfYear(month: Int, day: Int)
  case unitOfYear(CalendarUnit, Int)
  case duration(DurationSyntax)
  case bool(Bool)
  case empty
}

/// A count of one written unit; workdays stay workdays.
package struct DurationSyntax: Sendable, Equatable {
  package var count: Int64
  package var unit: DurationWord
}

package enum DurationWord: String, Sendable, Equatable, CaseIterable {
  case second, minute, hour, day, week, month, quarter, year, workday
}

package enum DateWordSyntax: Sendable, Equatable {
  case today, yesterday, tomorrow, now
  /// offset -1 last, 0 this, 1 next: `last month`
  case unit(CalendarUnit, Int)
  case toDate(CalendarUnit)
  /// `last 30 days`, `next d`: direction -1 or 1; the length is an expression
  indirect case span(ExprSyntax, Int)
  /// `last monday` (-1) and `next monday` (1); 0 is Monday
  case weekday(Int, Int)
  /// `monday last week`: weekday and week offset
  case weekdayOfWeek(Int, Int)
}

package enum UnaryOperator: String, Sendable { case minus = "-", not }

package enum BinaryOperator: String, Sendable {
  case or, and
  case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">"
  case greaterOrEqual = ">=", contains = "~", notContains = "!~"
  case startsWith = "starts with", endsWith = "ends with"
  case notStartsWith = "not starts with", notEndsWith = "not ends with"
  case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%"
  case coalesce = "??"

  package var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains,
      .notContains, .startsWith, .endsWith, .notStartsWith, .notEndsWith:
      true
    default: false
    }
  }
}

/// What stands in the brackets of a call: arguments, then clauses.
package struct CallSyntax: Sendable, Equatable {
  /// `count(*)`
  package var star: Bool
  package var arguments: [ArgumentSyntax]
  package var filter: ExprSyntax?
  package var sort: [SortKeySyntax]
  package var per: PerSyntax?
  package var span: SourceSpan

  package init(
    star: Bool = false, arguments: [ArgumentSyntax], filter: ExprSyntax? = nil,
    sort: [SortKeySyntax] = [], per: PerSyntax? = nil, span: SourceSpan
  ) {
    self.star = star
    self.arguments = arguments
    self.filter = filter
    self.sort = sort
    self.per = per
    self.span = span
  }

  package static func == (left: CallSyntax, right: CallSyntax) -> Bool {
    left.star == right.star && left.arguments == right.arguments && left.filter == right.filter
      && left.sort == right.sort && left.per == right.per
  }
}

package struct ArgumentSyntax: Sendable, Equatable {
  package var label: NameSyntax?
  /// A lone expression is a pipeline without stages.
  package var value: PipelineSyntax
  /// `rank(amount desc)`: nil where neither word stands.
  package var descending: Bool?
}

package struct SortKeySyntax: Sendable, Equatable {
  package var expr: ExprSyntax
  package var descending: Bool
}

package enum PerSyntax: Sendable, Equatable {
  case all
  case keys([ItemSyntax])
}

/// `NAME = EXPR`, `EXPR as NAME`, `EXPR`, or `*` in a select.
package struct ItemSyntax: Sendable, Equatable {
  package var name: NameSyntax?
  package var expr: ExprSyntax
  package var isStar: Bool
  package init(name: NameSyntax?, expr: ExprSyntax, isStar: Bool = false) {
    self.name = name
    self.expr = expr
    self.isStar = isStar
  }
}

package struct BySyntax: Sendable, Equatable {
  package var items: [ItemSyntax]
  package var fill: Bool
}

/// `join`'s right side, `union`'s table.
package struct TableSyntax: Sendable, Equatable {
  package var expr: ExprSyntax
}

package struct StageSyntax: Sendable, Equatable {
  package var kind: Kind
  /// From the verb to the end of the stage.
  package var span: SourceSpan
  package var verbSpan: SourceSpan
  /// Comments on the lines before this stage, for the formatter.
  package var comments: [String]
  /// The comment behind it on its line.
  package var trailingComment: String?

  package init(
    _ kind: Kind, _ span: SourceSpan, verbSpan: SourceSpan, comments: [String] = []
  ) {
    self.kind = kind
    self.span = span
    self.verbSpan = verbSpan
    self.comments = comments
  }

  package static func == (left: StageSyntax, right: StageSyntax) -> Bool {
    left.kind == right.kind
  }

  package indirect enum Kind: Sendable, Equatable {
    case filter(ExprSyntax)
    case extend([ItemSyntax])
    case select([ItemSyntax])
    case drop([NameSyntax])
    case rename([RenameSyntax])
    case sort([SortKeySyntax])
    case reverse
    case take(ExprSyntax, PerSyntax?)
    case skip(ExprSyntax, PerSyntax?)
    case sample(ExprSyntax, seed: Int64?)
    case top(ExprSyntax, SortKeySyntax, PerSyntax?)
    case until(ExprSyntax, of: ExprSyntax, PerSyntax?)
    case distinct([ItemSyntax])
    case count(BySyntax?)
    case summarize([ItemSyntax], BySyntax?)
    case pivot(column: ItemSyntax, values: SetSyntax?, aggregates: [ItemSyntax], by: BySyntax?)
    case join(JoinKind, TableSyntax, alias: NameSyntax?, on: [JoinMatchSyntax])
    case union(TableSyntax)
    case except(TableSyntax)
    case intersect(TableSyntax)
    case expand(ExprSyntax, outer: Bool, alias: NameSyntax?)
    case describe
    case histogram(ExprSyntax, width: HistogramWidth?)
    case duplicates([ItemSyntax])
    case compare(CompareKind)
    case funnel(FunnelSyntax)
    case matchStages([FunnelStepSyntax], [FunnelModifier])
    case reached(StepSyntax)
    case droppedAfter(StepSyntax)
    case lostFrom(StepSyntax)
    case openIn(StepSyntax)
    case cohort(by: ItemSyntax, of: ExprSyntax?, filter: ExprSyntax?, for: ExprSyntax?)
    case forecast(by: [ItemSyntax], target: ExprSyntax?)
    case downstream(within: ExprSyntax?)
    case upstream(within: ExprSyntax?)
    case chain, roots, circles, loops, tree
    case rollup([ItemSyntax])
    case export(ExprSyntax)
    case chart(NameSyntax, [ItemSyntax])
    case saveList(String)
    /// A `def` whose first parameter is rows.
    case call(NameSyntax, CallSyntax?)
    case missing
  }
}

package struct RenameSyntax: Sendable, Equatable {
  package var new: NameSyntax
  package var old: NameSyntax
}

package enum JoinKind: String, Sendable { case inner, left, semi, anti, full }

/// `left = right`; right is nil where one name serves both sides.
package struct JoinMatchSyntax: Sendable, Equatable {
  package var left: ExprSyntax
  package var right: ExprSyntax?
}

package enum HistogramWidth: Sendable, Equatable {
  case value(ExprSyntax)
  case unit(CalendarUnit)
}

package enum CompareKind: String, Sendable { case previous, lastYear }
