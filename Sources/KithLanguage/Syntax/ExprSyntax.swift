package import KithBase

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

/// `name: "a"` in a literal table.
package struct RecordField: Sendable, Equatable {
  package var name: NameSyntax
  package var value: ExprSyntax
}

/// A piece of an f-text.
package enum InterpolationPart: Sendable, Equatable {
  case text(String)
  case value(ExprSyntax)
}

/// What names one object: its id or a text.
package enum OneKey: Sendable, Equatable {
  case id(Int64)
  case text(String)
}

/// What stands behind `in`.
package indirect enum SetSyntax: Sendable, Equatable {
  /// `(a, b)`: elements are pipelines; one that is a lone expression has no stages.
  case elements([PipelineSyntax])
  case value(ExprSyntax)
}

/// A constant as it is written, exact where it can be.
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
  /// Never negative.
  package var count: Int64
  package var unit: DurationWord
}

/// The units a length of time is written in.
package enum DurationWord: String, Sendable, Equatable, CaseIterable {
  case second, minute, hour, day, week, month, quarter, year, workday
}

/// A date word; what day it means depends on the evaluation date.
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

/// `-x` and `not x`.
package enum UnaryOperator: String, Sendable { case minus = "-", not }

/// Operators between two values, by their English spelling.
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
  /// `where …`: what is aggregated.
  package var filter: ExprSyntax?
  /// `sort …`; empty where the rows' order holds.
  package var sort: [SortKeySyntax]
  /// `per …`: the window.
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

/// `name: value desc` in a call.
package struct ArgumentSyntax: Sendable, Equatable {
  /// Nil for an argument by position.
  package var label: NameSyntax?
  /// A lone expression is a pipeline without stages.
  package var value: PipelineSyntax
  /// `rank(amount desc)`: nil where neither word stands.
  package var descending: Bool?

  /// An argument with what may stand around it.
  package init(label: NameSyntax? = nil, value: PipelineSyntax, descending: Bool? = nil) {
    self.label = label
    self.value = value
    self.descending = descending
  }
}

/// `amount desc`.
package struct SortKeySyntax: Sendable, Equatable {
  package var expr: ExprSyntax
  /// What is written, else ascending (for `top`, descending).
  package var descending: Bool
}

/// Over what a window or a `take` runs.
package enum PerSyntax: Sendable, Equatable {
  case all
  case keys([ItemSyntax])
}

/// `NAME = EXPR`, `EXPR as NAME`, `EXPR`, or `*` in a select.
package struct ItemSyntax: Sendable, Equatable {
  package var name: NameSyntax?
  package var expr: ExprSyntax
  /// `*` in a `select`; `expr` says nothing then.
  package var isStar: Bool
  package init(name: NameSyntax?, expr: ExprSyntax, isStar: Bool = false) {
    self.name = name
    self.expr = expr
    self.isStar = isStar
  }
}

/// `by month(created) fill`.
package struct BySyntax: Sendable, Equatable {
  package var items: [ItemSyntax]
  /// Periods and values that are missing become rows.
  package var fill: Bool
}

/// `join`'s right side, `union`'s table.
package struct TableSyntax: Sendable, Equatable {
  package var expr: ExprSyntax
}
