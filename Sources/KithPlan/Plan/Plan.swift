package import KithBase

/// Names one column of the rows that flow through a plan. Unique within a query, so that joins and
/// sub-plans never renumber; what a slot holds is in the `Expr.slot` that reads it.
package struct SlotID: Sendable, Hashable {
  package var number: Int
  package init(_ number: Int) { self.number = number }
}

/// What is to be computed: relational operators over frames, a frame being rows × slots.
///
/// An object slot holds row numbers of its entity's table (0 is nobody); a value slot holds values.
/// Both roads, the engine and the row-by-row twin, switch over every case.
package indirect enum Plan: Sendable {
  case scan(Source)
  /// Keeps the rows where the expression is true; an empty bool counts as false.
  case filter(Plan, Filter)
  /// Adds slots; a later expression may read the slots before it.
  case compute(Plan, [ComputedSlot])
  /// Adds slots whose values depend on the other rows.
  case window(Plan, [WindowSlot])
  /// One row per combination of keys (in order of first appearance), or one row without keys.
  /// The new frame has the key slots and the aggregate slots only.
  case aggregate(Plan, Aggregation)
  /// A stable sort; empties last in both directions, ties in the order they came.
  case order(Plan, [SortKey])
  case reverse(Plan)
  case limit(Plan, Limit)
  /// A row per child: keeps the slots, adds the child's.
  case expand(Plan, Expansion)
  /// The slots of both sides (left only for semi and anti).
  case join(Plan, Plan, Join)
  /// The rows of the first, then of the second, under new slots.
  case append(Plan, Plan, [AppendedSlot])
  /// Walks the referral graph from the customers or referrers of a slot.
  case walk(Plan, Walk)
  /// Groups of rows that are likely the same thing: rows in no group leave, the others follow group by
  /// group, with the group's number (from 1) in a new slot.
  case duplicates(Plan, keys: [Expr], group: SlotID)
  /// Step counts of a funnel (new rows), or the units behind one of its numbers.
  case funnel(Plan, FunnelPlan)
  /// Adds the rows that are missing between the first and the last period or value of a key.
  case fill(Plan, Fill)
  /// A row for each case that holds.
  case cases(Plan, CasesPlan)
  case describe(Plan, DescribePlan)
  case histogram(Plan, HistogramPlan)
  /// What open deals may bring in: a row per group.
  case forecast(Plan, ForecastPlan)
  /// The retention triangle: a row per cohort.
  case cohort(Plan, CohortPlan)
  /// The deals whose history holds a sequence of stages.
  case sequence(Plan, SequencePlan)
  /// The plan asked at an earlier day.
  case asOf(Plan, AsOf)
  /// Changes nothing: notes how many rows there are, as the count after stage `index`.
  case mark(Plan, index: Int)
}

package enum Source: Sendable {
  /// All live rows of an entity, by id: one object slot.
  case entity(String, SlotID)
  /// Some rows of an entity by id, in the given order; ids that do not exist are left out.
  case objects(String, ids: [Int64], SlotID)
  /// A table that stands alone: a value slot per column.
  case table(ColumnTable, [SlotID])
  /// One row without slots: what a lone expression is computed over.
  case one
}

package struct Filter: Sendable {
  package var condition: Expr
  /// Operands of negative tests (`tier != V1`): rows kept although one of these is empty are noted.
  package var negated: [LabelledExpr]

  /// What the rows that leave lack, where a stage drops them for that (`top`): noted with their count.
  package var lacking: String?

  package init(_ condition: Expr, negated: [LabelledExpr] = [], lacking: String? = nil) {
    self.condition = condition
    self.negated = negated
    self.lacking = lacking
  }
}

/// An expression with the words a note calls it by.
package struct LabelledExpr: Sendable, Hashable {
  package var label: String
  package var expr: Expr
  package init(label: String, expr: Expr) {
    self.label = label
    self.expr = expr
  }
}

package struct ComputedSlot: Sendable {
  package var slot: SlotID
  package var expr: Expr
  package init(_ slot: SlotID, _ expr: Expr) {
    self.slot = slot
    self.expr = expr
  }
}

package struct WindowSlot: Sendable {
  package var slot: SlotID
  package var call: WindowCall
  package init(_ slot: SlotID, _ call: WindowCall) {
    self.slot = slot
    self.call = call
  }
}

package struct Aggregation: Sendable {
  package var keys: [ComputedSlot]
  package var aggregates: [AggregateSlot]
  package init(keys: [ComputedSlot], aggregates: [AggregateSlot]) {
    self.keys = keys
    self.aggregates = aggregates
  }
}

package struct AggregateSlot: Sendable {
  package var slot: SlotID
  package var call: AggregateCall
  package init(_ slot: SlotID, _ call: AggregateCall) {
    self.slot = slot
    self.call = call
  }
}

package struct SortKey: Sendable, Hashable {
  /// An object sorts by a path the checker put in its place (its title; a stage by its position).
  package var expr: Expr
  package var descending: Bool
  package init(_ expr: Expr, descending: Bool = false) {
    self.expr = expr
    self.descending = descending
  }
}

/// Rows by their place: of all rows, or of each group with `per` (groups need not be adjacent).
package struct Limit: Sendable {
  package enum Kind: Sendable { case take, skip, sample(seed: UInt64) }
  package enum Amount: Sendable {
    case rows(Int64)
    /// Of the (group's) rows, rounded up: 0.1 for `10%`.
    case fraction(Double)
  }
  package var kind: Kind
  package var amount: Amount
  package var per: [Expr]
  /// The keys the rows were sorted by, for the note about a tie at the cut; empty if unsorted.
  package var sortedBy: [SortKey]

  package init(_ kind: Kind, _ amount: Amount, per: [Expr] = [], sortedBy: [SortKey] = []) {
    self.kind = kind
    self.amount = amount
    self.per = per
    self.sortedBy = sortedBy
  }
}

package struct Expansion: Sendable {
  package var through: Through
  /// Keeps a parent without children once, the child slot empty.
  package var outer: Bool
  package init(through: Through, outer: Bool) {
    self.through = through
    self.outer = outer
  }
}

package struct Join: Sendable {
  package enum Kind: String, Sendable { case inner, left, semi, anti, full }
  package var kind: Kind
  /// Equal in type pairwise; an empty key matches nothing.
  package var leftKeys: [Expr]
  package var rightKeys: [Expr]
  package init(_ kind: Kind, leftKeys: [Expr], rightKeys: [Expr]) {
    self.kind = kind
    self.leftKeys = leftKeys
    self.rightKeys = rightKeys
  }
}

/// One column of an `append`: read from either side, of one type. Nil: empty on that side.
package struct AppendedSlot: Sendable {
  package var slot: SlotID
  package var type: KithType
  package var first: Expr?
  package var second: Expr?
  package init(_ slot: SlotID, _ type: KithType, first: Expr?, second: Expr?) {
    self.slot = slot
    self.type = type
    self.first = first
    self.second = second
  }
}

/// A walk over who referred whom. Every customer has at most one parent, the referrer of its first
/// referral (by `referred`, then id); a referrer who is, or works at, a customer is that customer.
package struct Walk: Sendable {
  package enum Mode: Sendable {
    /// Everyone below the input rows, by level, then id; the start itself is left out.
    case downstream(levels: Int?)
    case upstream(levels: Int?)
    /// From the root down to each input row, itself included.
    case chain
    /// Of the input rows those without a parent, and of each closed loop the smallest id.
    case roots
    /// Shortest path over all referrals, either direction, between two objects by id.
    case path(from: ObjectReference, to: ObjectReference)
    /// Connected groups of two or more over all referrals.
    case circles
    /// One row per loop (strongly connected group), with `length` and `members`.
    case loops
    /// The input rows and everyone below them, in drawing order.
    case tree
  }
  package var mode: Mode
  /// The object walked from; nil for `path`.
  package var start: Expr?
  /// Slots of the new rows. `customer` is empty for a person who is no customer.
  package var customer: SlotID
  package var referrer: SlotID
  package var level: SlotID
  /// The referrer through whom this row was reached.
  package var via: SlotID
  /// `circle` and `size`, or `length` and `members` (text).
  package var group: SlotID
  package var size: SlotID

  package init(
    mode: Mode, start: Expr?, customer: SlotID, referrer: SlotID, level: SlotID, via: SlotID,
    group: SlotID, size: SlotID
  ) {
    self.mode = mode
    self.start = start
    self.customer = customer
    self.referrer = referrer
    self.level = level
    self.via = via
    self.group = group
    self.size = size
  }
}

package struct ObjectReference: Sendable, Hashable {
  package var entity: String
  package var id: Int64
  package init(entity: String, id: Int64) {
    self.entity = entity
    self.id = id
  }
}

/// Completes the rows of an aggregation: for each combination of the other keys, every value of this
/// key. Zero slots become 0 in the added rows, other slots empty.
package struct Fill: Sendable {
  package enum Values: Sendable {
    /// From the first to the last start present, or of a given range of days.
    case periods(CalendarUnit, Period?)
    /// All codes of the enumeration.
    case codes([String])
  }
  package var key: SlotID
  package var keyType: KithType
  package var values: Values
  package var otherKeys: [SlotID]
  package var zero: [SlotID]
  package init(
    key: SlotID, keyType: KithType, values: Values, otherKeys: [SlotID], zero: [SlotID]
  ) {
    self.key = key
    self.keyType = keyType
    self.values = values
    self.otherKeys = otherKeys
    self.zero = zero
  }
}

/// A row per column: its name, type, filled, distinct, min, max, median, commonest values (texts).
package struct DescribePlan: Sendable {
  package var columns: [LabelledExpr]
  /// Slots: column, type (texts), filled, distinct (ints), min, max, median, commonest (texts).
  package var slots: [SlotID]
  package init(columns: [LabelledExpr], slots: [SlotID]) {
    self.columns = columns
    self.slots = slots
  }
}

/// Counts per bucket of a number, money, date or duration; empty buckets between are kept.
package struct HistogramPlan: Sendable {
  package enum Width: Sendable {
    /// 1, 2 or 5 × 10^k such that there are about ten buckets.
    case automatic
    /// In the expression's own unit (fen, days, µs, number).
    case fixed(Double)
    case calendar(CalendarUnit)
  }
  package var expr: Expr
  package var width: Width
  /// Slots: from, to (of the expression's type; a calendar width gives a period and its end), count.
  package var from: SlotID
  package var to: SlotID
  package var count: SlotID
  package init(expr: Expr, width: Width, from: SlotID, to: SlotID, count: SlotID) {
    self.expr = expr
    self.width = width
    self.from = from
    self.to = to
    self.count = count
  }
}
