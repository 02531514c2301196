/// A statement that changes the book, checked: a query gives the rows it is about and, as its
/// columns, what is written for each.
package struct Recording: Sendable {
  /// What is done with the rows.
  package enum Act: Sendable, Equatable {
    /// A new row of the entity for each row of the query.
    case insert
    /// The object of each row gets the columns' values.
    case update
    case remove
    /// The deal of each row moves to the stage of this code in its own funnel.
    case advance(stage: String)
    /// The deal of each row is closed; a code of `opportunity_state`.
    case close(state: String)
    /// The customer of each row is claimed by the object in the column `by`.
    case claim
    /// The object of the row, or a customer of the name (made if there is none), was referred by the
    /// object in the column `by`.
    case refer(name: String?)
    /// The object of the row becomes part of the one in the column `into`.
    case merge
    /// The last recorded change is taken back; the query has no rows.
    case undo
  }

  package var act: Act
  /// The kind of the objects changed or made; empty for `undo`.
  package var entity: String
  /// The rows; `output` holds the new values, one column for each of `columns`.
  package var query: Query
  /// Names of fields and to-one paths of the entity as the catalogue has them, besides `by`, `into`,
  /// `until`, `at` and `reason`, whose meaning the act gives.
  package var columns: [String]

  package init(_ act: Act, entity: String, query: Query, columns: [String]) {
    self.act = act
    self.entity = entity
    self.query = query
    self.columns = columns
  }
}
