package import KithBase

/// A pipeline that was checked: what to compute, and what to show of it.
package struct Query: Sendable {
  /// What makes the rows.
  package var plan: Plan
  /// What is shown, in order.
  package var output: [OutputColumn]
  /// Bodies of the derived fields the plan reads.
  package var derived: [DerivedKey: DerivedBody]
  /// Titles of the stages, by the index of their `Plan.mark`.
  package var stageTitles: [String]
  /// Date words and the days they stood for: (`last month`, `2026-10-01..2026-10-31`).
  package var resolvedDates: [ResolvedDate]
  /// Notes known before running: which funnel, which rules.
  package var notes: [Note]
  /// Rows are a tree, drawn by the level in this slot.
  package var treeLevel: SlotID?
  /// The object of a row, where rows stand for objects of one entity.
  package var object: Expr?
  /// `now` of the evaluation; the engine reads no clock.
  package var now: Instant
  /// The day of evaluation, in the book's zone.
  package var today: Day

  package init(
    plan: Plan, output: [OutputColumn], derived: [DerivedKey: DerivedBody],
    stageTitles: [String], resolvedDates: [ResolvedDate], notes: [Note], treeLevel: SlotID?,
    object: Expr?, now: Instant, today: Day
  ) {
    self.plan = plan
    self.output = output
    self.derived = derived
    self.stageTitles = stageTitles
    self.resolvedDates = resolvedDates
    self.notes = notes
    self.treeLevel = treeLevel
    self.object = object
    self.now = now
    self.today = today
  }
}

/// A shown column. Objects are shown by their title, so `expr` never has an object type here.
package struct OutputColumn: Sendable {
  /// The header.
  package var name: String
  /// Its value for one row.
  package var expr: Expr
  /// `days`, `persons`; nil where the type says it all.
  package var unit: String?
  package init(name: String, expr: Expr, unit: String? = nil) {
    self.name = name
    self.expr = expr
    self.unit = unit
  }
}

/// What a date word stood for.
package struct ResolvedDate: Sendable, Hashable {
  /// As it was written.
  package var word: String
  /// The day or the range, as it is shown.
  package var text: String
  package init(word: String, text: String) {
    self.word = word
    self.text = text
  }
}
