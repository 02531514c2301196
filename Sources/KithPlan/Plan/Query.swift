package import KithBase

/// A pipeline that was checked: what to compute, and what to show of it.
package struct Query: Sendable {
  package var plan: Plan
  package var output: [OutputColumn]
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
  package var name: String
  package var expr: Expr
  package var unit: String?
  package init(name: String, expr: Expr, unit: String? = nil) {
    self.name = name
    self.expr = expr
    self.unit = unit
  }
}

package struct ResolvedDate: Sendable, Hashable {
  package var word: String
  package var text: String
  package init(word: String, text: String) {
    self.word = word
    self.text = text
  }
}
