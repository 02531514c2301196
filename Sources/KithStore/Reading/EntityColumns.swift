package import KithBase

/// Whole columns of one entity. Row 0 is nobody and empty in all of them; row `r` is `ids[r - 1]`.
package struct EntityColumns: Sendable {
  package var entity: String
  /// Ascending. Rows merged into another are left out.
  package var ids: [Int64]
  /// By field or path name; each has `ids.count + 1` values.
  package var columns: [String: Vector]
  /// Values another tool wrote that cannot be read; they count as empty. At most
  /// `ColumnProblem.keptLimit` are kept.
  package var problems: [ColumnProblem]
  /// How many there were.
  package var problemCount: Int
}

/// A cell that does not hold what its field says.
package struct ColumnProblem: Sendable, Hashable {
  package var entity: String
  package var field: String
  package var column: String
  package var id: Int64
  /// The stored value.
  package var text: String

  /// One bad column must not fill the memory with its million complaints.
  package static let keptLimit = 100

  package var diagnostic: Diagnostic {
    Diagnostic(
      "K4010", "\(entity) \(id): '\(text)' in column \(column) is no value of '\(field)'",
      severity: .warning, help: "the cell counts as empty")
  }
}
