package import KithBase
package import KithModel

/// The SQLite columns of an entity with the names the change log gives them: the language's name of
/// the field or path; for a text in two tongues, which has two columns, the column itself.
package struct RowColumns: Sendable {
  /// One of them.
  package struct Column: Sendable {
    /// The name in the table.
    package var name: String
    /// The name in the change log.
    package var logged: String
    package var type: KithType
    package var required: Bool
    package var range: ClosedRange<Int64>?
  }

  /// Without `id`.
  package private(set) var all: [Column] = []
  private var byName: [String: Int] = [:]
  private var byLogged: [String: Int] = [:]

  package init(_ entity: EntitySpec) {
    for field in entity.fields where field.name != "id" {
      let logged = field.secondColumn == nil ? field.name : field.column
      add(
        Column(
          name: field.column, logged: logged, type: field.type, required: field.required,
          range: field.range))
      if let second = field.secondColumn {
        add(Column(name: second, logged: second, type: .text, required: false, range: nil))
      }
    }
    for path in entity.toOne where path.through == nil {
      add(
        Column(
          name: path.column, logged: path.name, type: .object(path.target),
          required: path.required, range: nil))
    }
  }

  private mutating func add(_ column: Column) {
    byName[column.name] = all.count
    byLogged[column.logged] = all.count
    all.append(column)
  }

  /// By the name in the table.
  package func named(_ name: String) -> Column? { byName[name].map { all[$0] } }
  /// By the name in the change log.
  package func logged(_ name: String) -> Column? { byLogged[name].map { all[$0] } }
}
