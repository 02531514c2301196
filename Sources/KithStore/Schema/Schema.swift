package import KithBase
package import KithModel

/// The tables of a book, made from the entities: one table each, columns named as the fields say.
///
/// Tables are STRICT, so that a number column never holds a text whichever tool wrote it.
package enum Schema {
  /// "KITH" in the header of the file: `file` and kith itself tell a book by it.
  package static let applicationID: Int64 = 0x4B49_5448
  /// Kept in `user_version`; grows by one with each step of `Migrations`.
  package static let version: Int64 = 2

  /// Columns of two-tongue texts where the usual rule (the Chinese one is required with the field,
  /// the English one never) does not hold: a term needs both, a custom field is typed in English.
  private static let englishRequired: Set<String> = ["term", "field"]
  private static let chineseOptional: Set<String> = ["field"]

  /// `CREATE TABLE` and the unique indexes over some rows only.
  package static func tables(_ entity: EntitySpec) -> [String] {
    var lines: [String] = []
    let codeIsUniqueAlone = !entity.unique.contains { $0.contains("code") }
    let last: Set<String> =
      entity.fields.contains { $0.name == "updated" } ? ["created", "updated"] : []
    for field in entity.fields where !last.contains(field.name) {
      lines += columns(field, of: entity, uniqueCode: codeIsUniqueAlone)
    }
    for path in entity.toOne where path.through == nil { lines.append(column(path)) }
    for field in entity.fields where last.contains(field.name) {
      lines += columns(field, of: entity, uniqueCode: false)
    }
    var statements: [String] = []
    var partial = 0
    for set in UniqueSet.sets(of: entity) {
      let names = set.columns.map(quoted).joined(separator: ", ")
      if let condition = set.condition {
        partial += 1
        statements.append(
          "CREATE UNIQUE INDEX \(quoted("\(entity.name)_unique_\(partial)")) "
            + "ON \(quoted(entity.name)) (\(names)) WHERE \(condition)")
      } else {
        lines.append("UNIQUE (\(names))")
      }
    }
    let body = lines.map { "  " + $0 }.joined(separator: ",\n")
    return ["CREATE TABLE \(quoted(entity.name)) (\n\(body)\n) STRICT"] + statements
  }

  /// Indexes that let a parent be deleted, or its children be found by other tools, without a scan.
  ///
  /// Paths to short lists (members, stages, products …) have none: their rows are seldom deleted
  /// and each has a large part of the children. A key that may be empty is indexed where it is not.
  package static func indexes(_ entity: EntitySpec) -> [String] {
    entity.toOne.compactMap { path in
      guard path.through == nil, !shortLists.contains(path.target) else { return nil }
      let column = quoted(path.column)
      let index = "CREATE INDEX \(quoted("\(entity.name)_by_\(path.name)")) "
      return index + "ON \(quoted(entity.name)) (\(column))"
        + (path.required ? "" : " WHERE \(column) IS NOT NULL")
    }
  }

  private static let shortLists: Set<String> = [
    "member", "team", "grid", "funnel", "stage", "product", "cadence", "competitor", "profile",
  ]

  /// The SQLite type a value of a field is kept as.
  package static func storage(_ type: KithType) -> String {
    switch type {
    case .int, .money, .exactMoney, .bool, .object, .duration: "INTEGER"
    case .float, .percent, .floatMoney: "REAL"
    case .text, .date, .time, .period, .enumeration, .list, .empty: "TEXT"
    }
  }

  /// A name between double quotes. Names come from entities and checked custom fields; a quote
  /// inside is doubled all the same.
  package static func quoted(_ name: String) -> String {
    var text = "\""
    for character in name {
      if character == "\"" { text.append("\"") }
      text.append(character)
    }
    return text + "\""
  }

  private static func columns(
    _ field: FieldSpec, of entity: EntitySpec, uniqueCode: Bool
  ) -> [String] {
    if field.name == "id" { return ["\"id\" INTEGER PRIMARY KEY"] }
    let required =
      field.required && !(field.secondColumn != nil && chineseOptional.contains(entity.name))
    var text = "\(quoted(field.column)) \(storage(field.type))"
    if required { text += " NOT NULL" }
    if let value = field.defaultValue { text += " DEFAULT \(value)" }
    if field.name == "code", uniqueCode { text += " UNIQUE" }
    text += check(field)
    guard let second = field.secondColumn else { return [text] }
    let secondRequired = field.required && englishRequired.contains(entity.name)
    return [text, "\(quoted(second)) TEXT" + (secondRequired ? " NOT NULL" : "")]
  }

  private static func check(_ field: FieldSpec) -> String {
    if case .bool = field.type { return " CHECK (\(quoted(field.column)) IN (0, 1))" }
    guard let range = field.range else { return "" }
    return " CHECK (\(quoted(field.column)) BETWEEN \(range.lowerBound) AND \(range.upperBound))"
  }

  private static func column(_ path: ToOneSpec) -> String {
    "\(quoted(path.column)) INTEGER" + (path.required ? " NOT NULL" : "")
      + " REFERENCES \(quoted(path.target))(\"id\")"
  }

  /// The column a custom field is added as; it can have no default and is never required.
  package static func addingColumn(_ field: FieldSpec, to entity: String) -> String {
    "ALTER TABLE \(quoted(entity)) ADD COLUMN \(quoted(field.column)) \(storage(field.type))"
      + check(field)
  }
}

/// Columns unique together, perhaps among some rows only.
package struct UniqueSet {
  package var columns: [String]
  /// SQL; nil where the set holds for all rows.
  package var condition: String?

  package static func sets(of entity: EntitySpec) -> [UniqueSet] {
    entity.unique.map { parts in
      if let last = parts.last, last.contains(" ") {
        return UniqueSet(columns: Array(parts.dropLast()), condition: last)
      }
      return UniqueSet(columns: parts, condition: nil)
    }
  }
}
