package import KithBase

/// A row for every case whose condition holds for it: the rows of `customers | warnings`.
///
/// Rows keep their order; the cases of one row come in the order they are listed.
package struct CasesPlan: Sendable {
  /// One condition, and what the new slots hold where it is true.
  package struct Case: Sendable {
    package var condition: Expr
    /// One for each slot.
    package var values: [Expr]
    package init(condition: Expr, values: [Expr]) {
      self.condition = condition
      self.values = values
    }
  }
  package var cases: [Case]
  /// Slots added, with their types.
  package var slots: [(slot: SlotID, type: KithType)]
  package init(cases: [Case], slots: [(slot: SlotID, type: KithType)]) {
    self.cases = cases
    self.slots = slots
  }
}
