import KithBase

/// A pipeline cut at its stages, so that single objects can be followed through it: what `why` and the
/// reasons of a kept list are read from. The source is the first step.
package struct Trace: Sendable {
  package var steps: [TraceStep]
  private let derived: [DerivedKey: DerivedBody]
  private let now: Instant
  private let today: Day

  init(_ steps: [TraceStep], derived: [DerivedKey: DerivedBody], now: Instant, today: Day) {
    self.steps = steps
    self.derived = derived
    self.now = now
    self.today = today
  }

  /// The entity of the rows after the last step that has objects; nil for a pipeline of values.
  package var entity: String? { steps.last { $0.after?.entity != nil }?.after?.entity }

  /// The objects of the last step's rows, one by one as the rows come; nil where these are no objects.
  package var members: Query? {
    guard let rows = steps.last?.after, rows.object != nil else { return nil }
    return query(rows.plan, rows.object, [])
  }

  /// Those of the rows that stand for one of the objects, with some values of each; their object is the
  /// query's object. Several rows may stand for one object.
  package func query(_ rows: TracedRows, of ids: [Int64], _ outputs: [Expr]) -> Query? {
    guard let object = rows.object, let entity = rows.entity else { return nil }
    let chosen = rows.spare
    let scan = Plan.scan(.objects(entity, ids: ids, chosen))
    let join = Join(
      .semi, leftKeys: [object], rightKeys: [.slot(chosen, .object(entity))])
    let chosenRows = Plan.join(rows.plan, scan, join)
    guard let asOf = rows.asOf else { return query(chosenRows, object, outputs) }
    // The values are those of the moment the rows are asked at, as the rows themselves.
    let computed = outputs.enumerated().map { place, expr in
      ComputedSlot(SlotID(-1 - place), expr)
    }
    let plan = computed.isEmpty ? chosenRows : .compute(chosenRows, computed)
    let shown = computed.map { Expr.slot($0.slot, $0.expr.type) }
    return query(.asOf(plan, asOf), object, shown)
  }

  private func query(_ plan: Plan, _ object: Expr?, _ outputs: [Expr]) -> Query {
    Query(
      plan: plan, output: outputs.map { OutputColumn(name: "", expr: $0) }, derived: derived,
      stageTitles: [],
      resolvedDates: [], notes: [], treeLevel: nil, object: object, now: now, today: today)
  }
}

/// The rows at one point of a pipeline.
package struct TracedRows: Sendable {
  var plan: Plan
  /// Nil for plain rows.
  var object: Expr?
  /// The moment the rows are asked at, where it is not the evaluation's own.
  var asOf: AsOf?
  /// A slot that nothing else uses.
  var spare: SlotID

  package var entity: String? { object?.type.entity }
}

/// One stage, or the source.
package struct TraceStep: Sendable {
  /// The verb as written; for the source its whole text.
  package var title: String
  /// The stage as written, on one line.
  package var text: String
  /// The rows that enter, with what `tests` and `place` read; nil for the source.
  package var before: TracedRows?
  /// The rows that leave; nil where the stage could not be read.
  package var after: TracedRows?
  /// The conditions of a `where` that must all hold.
  package var tests: [TracedTest] = []
  /// Where a row stands among those a stage counts off (`take`, `top`).
  package var place: TracedPlace?
  /// What a `top` orders by.
  package var values: [TracedValue] = []
}

/// One of the conditions that a `where` joins by `and`.
package struct TracedTest: Sendable {
  /// As written, on one line.
  package var text: String
  package var truth: Expr
  package var values: [TracedValue]
  /// What was asked of the one value: `深圳`, `in last 60 days`; empty where that is no plain test.
  package var asked: String
}

/// Something a condition looks at.
package struct TracedValue: Sendable {
  package enum Finding: Sendable {
    /// The value itself, in the form it is shown.
    case value(Expr)
    /// Of the children of the row: how many are counted, the day of the last of these, and both of all
    /// children.
    case children(count: Expr, last: Expr?, all: Expr, lastOfAll: Expr?)
  }
  /// As written: `city`, `none(activities where …)`.
  package var label: String
  package var finding: Finding
  /// A text, which is shown between quotes.
  package var isText = false
  /// The children that are counted are those that do not fit (`all`).
  package var countsExceptions = false
  /// A stored field of the row's own object, by name.
  package var field: String?
  /// A condition that holds only where this value is the one asked for: its value need not be kept.
  package var isFixed = false
}

/// The place of a row in the order of a stage that counts rows off.
package struct TracedPlace: Sendable {
  /// From 1, ties in the rows' order.
  package var number: Expr
  /// Rows that are counted off together.
  package var count: Expr
  /// Rows with equal keys share it; nil where the rows are not sorted.
  package var rank: Expr?
  /// How many are kept; nil for a share of the rows.
  package var limit: Int64?
  /// What the last kept row has; nil where nothing is sorted by, or a share is kept.
  package var cut: Expr?
}
