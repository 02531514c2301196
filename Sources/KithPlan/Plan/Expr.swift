package import KithBase

/// A checked expression: every name resolved, every type known, every conversion written out.
package struct Expr: Sendable, Hashable {
  package var kind: Kind
  package var type: KithType

  package init(_ kind: Kind, _ type: KithType) {
    self.kind = kind
    self.type = type
  }

  package indirect enum Kind: Sendable, Hashable {
    case literal(Scalar)
    case slot(SlotID)
    /// A stored field, a to-one key, or a to-one path that is worked out (`ToOneSpec.through`) of an object:
    /// entity and name; empty for nobody.
    case field(Expr, entity: String, field: String)
    /// A derived field whose body stands in `Query.derived`; empty for nobody.
    case derived(Expr, DerivedKey)
    case operation(Operation, [Expr])
    /// A function of the catalogue, by name.
    case function(String, [Expr])
    /// The first condition that is true gives the value; else the last, else empty.
    case choose([Choice], otherwise: Expr?)
    /// An aggregate over the children of this row.
    case aggregate(AggregateCall)
    /// An aggregate over a whole plan that does not see the row; computed once a query.
    case scalar(Subquery, AggregateCall)
    /// Whether the value is in a column of a plan that does not see the row.
    case inPlan(Expr, Subquery, column: Expr)
  }
}

package struct Choice: Sendable, Hashable {
  package var condition: Expr
  package var value: Expr
  package init(condition: Expr, value: Expr) {
    self.condition = condition
    self.value = value
  }
}

/// A plan inside an expression, equal only to itself.
package final class Subquery: Sendable, Hashable {
  package let plan: Plan
  package init(_ plan: Plan) { self.plan = plan }
  package static func == (left: Subquery, right: Subquery) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

package enum Comparison: String, Sendable, Hashable {
  case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<="
  case greater = ">", greaterOrEqual = ">="

  package var negated: Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}

/// The operators of the language over operands of agreed types. Unless said otherwise an empty operand
/// gives empty.
package enum Operation: Sendable, Hashable {
  /// Two operands of one type. Never empty: false if an operand is empty, except `!=`, which is the
  /// negation of `=`. Text `=` compares NFC and width-folded forms, `<` code points of these. Enumerations
  /// compare by position; a value outside the order only answers `=` and `!=`. Objects by identity.
  case compare(Comparison)
  /// One operand and constants of its type, none empty. Never empty.
  case isIn([Scalar])
  /// Text tests on two texts (case, width and traditional folded). Never empty: false if either is.
  case contains, startsWith, endsWith
  /// Swift regex syntax, unanchored, case seen. Never empty.
  case matches(String)
  /// Two-valued: an empty bool counts as false. Never empty.
  case and, or, not
  /// Never empty.
  case isEmpty
  /// The first filled operand; all of one type.
  case coalesce

  /// int → int (overflow is K4), float → float, percent → percent; exactMoney/money of equal scale;
  /// floatMoney; durations of one unit. `multiply` also takes money or exactMoney × int (the money's type)
  /// and duration × int or float (the duration's type, a float product rounded half-even).
  case add, subtract, multiply, remainder
  /// float / float → float (percent, floatMoney alike); duration / float → duration, rounded half-even;
  /// x / 0 is empty and noted.
  case divide
  case negate
  /// Widening: int → float (also int → percent as a ratio), money/exactMoney/duration → float of its units
  /// (floatMoney for money).
  case toFloat
  /// Money or exactMoney × an exact decimal: Int64 × digits; the result's type says the new scale.
  case scaleMoney(digits: Int64)
  /// money or exactMoney(a) → exactMoney(b), b ≥ a.
  case rescale(by: Int)
  /// exactMoney or floatMoney → money, half-even once. A Double is first taken to six decimals.
  case roundMoney

  /// date + days, date + months (clamped to the month's end): date, int of units.
  case addDays, addMonths
  /// time + days, months, microseconds; days and months move the local date and keep the clock.
  case timeAddDays, timeAddMonths, timeAddMicroseconds
  /// date - date → days; time - time → microseconds.
  case daysBetween, microsecondsBetween
  /// time → its local date; date → its first instant; duration days → microseconds.
  case localDay, dayStart, daysToMicroseconds
  /// date → period of the unit that holds it; period → first day, and the day after its last.
  case period(CalendarUnit), periodStart, periodEnd

  /// One operand, a stage: its place against the stage of that code in its own funnel; false where the
  /// funnel lacks it.
  case stageCompare(Comparison, code: String)
  /// Two stages: by position in the same funnel; false in different funnels.
  case stageOrder(Comparison)

  /// `text + text` is empty if one is; `interpolate` reads an empty one as "".
  case concatenate, interpolate
  /// Any value → its shown text.
  case toText
  /// A list of the operands.
  case makeList
  /// value, list: never empty.
  case isInList
}

/// An aggregate, its context given by where it stands: over the groups of an `aggregate`, over the
/// partitions of a window, or (in `Expr.aggregate`) over the children of each row.
package struct AggregateCall: Sendable, Hashable {
  package enum Function: Sendable, Hashable {
    /// No argument: rows. One bool argument: where true. Else: filled values; objects: different ones.
    case count
    case sum, avg, min, max, median
    /// The smallest value with at least that share (0…1) at or below it.
    case percentile(Double)
    /// Divides by n − 1; empty below two.
    case stdev
    case distinct
    case first, last
    /// Arguments are bools; without arguments whether there is a row.
    case any, none, all
    case list
    /// Bool: true ÷ (true + false); rows where it is empty are left out and noted.
    case rate
  }
  package var function: Function
  /// Children to run over instead of the rows themselves.
  package var through: Through?
  /// Rows (children) looked at; may read the child slot and the slots outside.
  package var filter: Expr?
  package var arguments: [Expr]
  /// For `first last list`; the rows' own order where empty.
  package var sort: [SortKey]
  /// The object the argument belongs to: taken once per group. Nil where rows cannot repeat it.
  package var unit: Expr?
  package var type: KithType
  /// What a note calls the argument (`revenue`) and the things (`customers`).
  package var label: String

  package init(
    _ function: Function, through: Through? = nil, filter: Expr? = nil, arguments: [Expr] = [],
    sort: [SortKey] = [], unit: Expr? = nil, type: KithType, label: String = ""
  ) {
    self.function = function
    self.through = through
    self.filter = filter
    self.arguments = arguments
    self.sort = sort
    self.unit = unit
    self.type = type
    self.label = label
  }
}

/// A way from an object of the row to many: the rows become (row, child) pairs, children of a row in the
/// order of the child entity's time, then id.
package struct Through: Sendable, Hashable {
  package enum Step: Sendable, Hashable {
    /// Rows of `entity` whose `key` leads to the object.
    case many(entity: String, key: String)
    /// The object a key leads to; nobody is left out.
    case one(entity: String, field: String, target: String)
    /// Rows of `change` about the object (of the given entity).
    case changes(of: String)
    /// From a customer or referrer: every customer below it in the referral tree, without itself.
    case downstream(from: String)
    /// From a customer: the customers one level below it in the referral tree. From a referrer: those
    /// whose first referral it made.
    case referred(from: String)
  }
  package var object: Expr
  package var steps: [Step]
  /// Where the child stands in the pairs.
  package var child: SlotID
  /// The child's entity.
  package var entity: String
  /// A child reached twice from one row is taken once (after a `one` step).
  package var distinct: Bool

  package init(
    object: Expr, steps: [Step], child: SlotID, entity: String, distinct: Bool
  ) {
    self.object = object
    self.steps = steps
    self.child = child
    self.entity = entity
    self.distinct = distinct
  }
}

package struct WindowCall: Sendable, Hashable {
  package enum Function: Sendable, Hashable {
    case aggregate(AggregateCall)
    /// By the sort keys: equal keys share a rank, the next ranks are skipped; empty where the key is.
    case rank
    case rowNumber
    /// Sum of the argument up to and with this row; rows of equal sort keys count one by one.
    case running
    case previous, next
    /// argument ÷ its sum over the partition: a percent.
    case share
    /// Bool: the sum before this row is below the share (0…1) of the partition's sum, or the amount.
    case untilShare(Double)
    case untilAmount(Double)
  }
  package var function: Function
  package var arguments: [Expr]
  /// Empty: all rows are one partition.
  package var partition: [Expr]
  /// Empty: the rows' order.
  package var sort: [SortKey]
  package var type: KithType

  package init(
    _ function: Function, arguments: [Expr] = [], partition: [Expr] = [], sort: [SortKey] = [],
    type: KithType
  ) {
    self.function = function
    self.arguments = arguments
    self.partition = partition
    self.sort = sort
    self.type = type
  }
}

/// A derived field of an entity with the arguments it was called with.
package struct DerivedKey: Sendable, Hashable {
  package var entity: String
  package var name: String
  /// Shown forms of the arguments (`D` in `days_in(D)`).
  package var arguments: [String]
  /// The moment its words count from, where that is not the query's own.
  package var moment: Instant?
  package init(
    entity: String, name: String, arguments: [String] = [], moment: Instant? = nil
  ) {
    self.entity = entity
    self.name = name
    self.arguments = arguments
    self.moment = moment
  }
}

/// How a derived field is computed: over a frame of its entity's objects in one slot.
package enum DerivedBody: Sendable {
  /// An expression over the object slot, computable for any subset of rows.
  case expr(object: SlotID, Expr)
  /// A plan over all rows of the entity (it has windows); `result` read in the order of ids.
  case plan(Plan, object: SlotID, result: Expr)
  /// An algorithm of the engine.
  case algorithm(DerivedAlgorithm)
}

/// Derived fields that the language cannot say.
package enum DerivedAlgorithm: Sendable, Hashable {
  /// `customer.generation`: 0 for a root, 1 + that of who referred it. `referral.generation`: 1 without a
  /// parent, else 1 + that of the parent. Loop-safe.
  case generation
  /// Days spent in a stage of that code, visits summed, open visit counted to now.
  case daysIn(stage: String)
  /// The first arrival at a stage of that code; empty if never.
  case entered(stage: String)
  /// Arrived at that stage or beyond (won included for `won`); within: from creation, empty for younger.
  case reached(stage: String, withinDays: Int64?)
  case skipped(stage: String?)
  case currentDays
  /// Median length in days of the completed visits of a stage.
  case usualDays
  /// coach, user, technical, economic without a contact: list of role codes.
  case missingRoles
  /// `referral.root`: the referrer of the first referral of the chain of parents. Of a closed ring that
  /// of the smallest id in it.
  case root
}
