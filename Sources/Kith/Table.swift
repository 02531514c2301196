import KithBase
package import KithShow

/// A result: named columns of equal length, with the remarks that belong to it.
public struct Table: Sendable {
  /// How a table is written out.
  public enum Format: String, Sendable, CaseIterable {
    case box, line, markdown, csv, tsv, json, ndjson, tree, html
  }

  package let result: ResultTable
  package let style: ValueStyle
  /// Rows of the whole result; more than `rowCount` where only the first were asked for.
  public let totalRowCount: Int
  /// Row ids of the objects the rows stand for; empty for plain rows.
  public let ids: [Int64]
  /// The entity of these objects.
  public let entity: String?

  package init(
    result: ResultTable, style: ValueStyle, totalRowCount: Int, ids: [Int64], entity: String?
  ) {
    self.result = result
    self.style = style
    self.totalRowCount = totalRowCount
    self.ids = ids
    self.entity = entity
  }

  public var columnNames: [String] { result.columns.map(\.name) }
  /// `text`, `money`, `date` …, one per column.
  public var columnTypes: [String] { result.columns.map(\.type.name) }
  public var rowCount: Int { result.rowCount }

  /// One cell; rows and columns count from 0 and must exist.
  public subscript(row: Int, column: Int) -> Value {
    let column = result.columns[column]
    return Value(column.vector.scalar(row, column.type))
  }

  /// The cells of a column by name, or nil where there is none.
  public func column(_ name: String) -> [Value]? {
    guard let column = result.columns.first(where: { $0.name == name }) else { return nil }
    return (0..<rowCount).map { Value(column.vector.scalar($0, column.type)) }
  }

  /// Remarks on the result, in the session's language.
  public var notes: [String] {
    result.notes.map { style.tongue == .chinese ? $0.chinese : $0.english }
  }

  /// How many rows there were after each stage.
  public var stageCounts: [(stage: String, rows: Int)] {
    result.stageCounts.map { (stage: $0.0, rows: $0.1) }
  }

  /// The whole table as text.
  public func rendered(as format: Format) -> String {
    var options = RenderOptions(style: style)
    options.rowLimit = nil
    guard let spec = FormatCatalogue.format(named: format.rawValue) else { return "" }
    return spec.rendered(result, options: options)
  }
}
