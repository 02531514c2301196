package import KithBase

/// A result as it is shown: columns of equal length and what is to be said under them.
package struct ResultTable: Sendable {
  package var columns: [ResultColumn]
  /// Never above the length of any column.
  package let rowCount: Int
  /// How many rows each stage kept, the source first; empty where nobody counted.
  package var stageCounts: [(String, Int)]
  package var notes: [Note]
  /// The dates that date words of the query stood for: (`last month`, `2026-10`).
  package var resolvedDates: [(word: String, text: String)]
  package var milliseconds: Double?
  /// The depth of each row, 0 for a root, in drawing order; nil where the rows are not a tree.
  package var tree: [Int32]?

  package init(
    columns: [ResultColumn], rowCount: Int, stageCounts: [(String, Int)] = [],
    notes: [Note] = [], resolvedDates: [(word: String, text: String)] = [],
    milliseconds: Double? = nil, tree: [Int32]? = nil
  ) {
    self.columns = columns
    self.rowCount = columns.reduce(max(0, rowCount)) { min($0, $1.vector.count) }
    self.stageCounts = stageCounts
    self.notes = notes
    self.resolvedDates = resolvedDates
    self.milliseconds = milliseconds
    self.tree = tree
  }
}

/// A named column of a result. Objects come as texts, their titles.
package struct ResultColumn: Sendable {
  package var name: String
  package var type: KithType
  package var vector: Vector
  /// What is shown for each code of an enumeration; nil shows the codes.
  package var labels: [String: String]?
  /// `persons`, `CNY a year`; nil where the type says it all.
  package var unit: String?

  package init(
    name: String, type: KithType, vector: Vector, labels: [String: String]? = nil,
    unit: String? = nil
  ) {
    self.name = name
    self.type = type
    self.vector = vector
    self.labels = labels
    self.unit = unit
  }
}
