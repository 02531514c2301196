import CSQLite
package import KithBase
package import KithModel

extension Book {
  /// The ids of an entity, ascending, rows merged into another left out.
  ///
  /// Where they are 1 … n, which three numbers tell, the table itself is not read.
  package func readIDs(_ entity: EntitySpec) throws -> [Int64] {
    let table = Schema.quoted(entity.name)
    let condition = hasMergedRows(entity) ? #" WHERE "merged_into_id" IS NOT NULL LIMIT 1"# : nil
    let merged = try condition.map { try connection.int("SELECT 1 FROM \(table)" + $0) } ?? nil
    if merged == nil {
      // `count(*)` alone walks the smallest index; with min and max beside it, it would not.
      let count = try connection.int("SELECT count(*) FROM \(table)") ?? 0
      let low = try connection.int("SELECT min(\"id\") FROM \(table)") ?? 1
      let high = try connection.int("SELECT max(\"id\") FROM \(table)") ?? 0
      if low == 1, high == count { return count == 0 ? [] : Array(1...count) }
    }
    return try readColumns(entity, fields: []) { _ in IDMap(ids: []) }.ids
  }

  func hasMergedRows(_ entity: EntitySpec) -> Bool {
    entity.toOne.contains { $0.name == "merged_into" && $0.through == nil }
  }

  /// Reads whole columns in one pass over the table.
  ///
  /// - Parameters:
  ///   - fields: names of stored fields and to-one paths; a two-tongue field may also be named by
  ///   one of its columns (`name_zh`).
  ///   - tongue: which text of a two-tongue field is read; where it is empty, the other.
  ///   - among: only rows with these ids; nil for all.
  ///   - rowOf: the ids of the entity a path leads to, asked once per such entity. A reference to
  ///   an id it lacks reads as 0. Nil: references are read as ids.
  /// - Throws: K6021 for a name that is not stored; what SQLite says; K5001 when stopped.
  package func readColumns(
    _ entity: EntitySpec, fields: [String], tongue: Tongue = .english,
    among: ClosedRange<Int64>? = nil, rowOf: ((String) throws -> IDMap)?
  ) throws -> EntityColumns {
    var sources = try fields.map { try source($0, of: entity, tongue: tongue) }
    var maps: [String: IDMap] = [:]
    for (index, source) in sources.enumerated() {
      guard case .object(let target) = source.type else { continue }
      if let rowOf {
        if maps[target] == nil { maps[target] = try rowOf(target) }
      } else {
        sources[index].type = .int
      }
    }
    let table = Schema.quoted(entity.name)
    let list = (["\"id\""] + sources.map(\.sql)).joined(separator: ", ")
    let conditions =
      (hasMergedRows(entity) ? ["\"merged_into_id\" IS NULL"] : [])
      + (among == nil ? [] : ["\"id\" BETWEEN ? AND ?"])
    let statement = try connection.prepare(
      "SELECT \(list) FROM \(table)"
        + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
        + " ORDER BY \"id\"")
    if let among {
      try statement.bind(1, among.lowerBound)
      try statement.bind(2, among.upperBound)
    }
    let builders = sources.map { ColumnBuilder($0.type, dictionary: dictionary($0.type), maps) }
    var scan = ColumnScan(builders: builders)
    try scan.run(statement)
    var result = EntityColumns(
      entity: entity.name, ids: scan.ids(), columns: [:], problems: [], problemCount: 0)
    for (index, name) in fields.enumerated() {
      result.columns[name] = scan.vector(index)
      result.problemCount += scan.problemCount(index)
      for (id, text) in scan.problems(index) where result.problems.count < ColumnProblem.keptLimit {
        result.problems.append(
          ColumnProblem(
            entity: entity.name, field: name, column: sources[index].column, id: id, text: text))
      }
    }
    return result
  }

  /// Where a field's values come from.
  struct Source {
    var column: String
    var sql: String
    var type: KithType
  }

  func source(_ name: String, of entity: EntitySpec, tongue: Tongue) throws -> Source {
    if let path = entity.toOne.first(where: { $0.name == name }), path.through == nil {
      return Source(
        column: path.column, sql: Schema.quoted(path.column), type: .object(path.target))
    }
    for field in entity.fields {
      if field.name == name {
        guard let second = field.secondColumn else {
          return Source(column: field.column, sql: Schema.quoted(field.column), type: field.type)
        }
        let names = tongue == .chinese ? [field.column, second] : [second, field.column]
        let sql =
          "coalesce(nullif(trim(\(Schema.quoted(names[0]))), ''), \(Schema.quoted(names[1])))"
        return Source(column: names[0], sql: sql, type: field.type)
      }
      if field.secondColumn == name || (field.column == name && field.secondColumn != nil) {
        return Source(column: name, sql: Schema.quoted(name), type: .text)
      }
    }
    throw StoreError.unknownField(name, of: entity.name)
  }

  /// Texts begin with no values, enumerations with theirs in order.
  private func dictionary(_ type: KithType) -> TextDictionary {
    switch type {
    case .enumeration(let name):
      TextDictionary(catalogue.enumeration(name)?.values.map(\.code) ?? [])
    case .list(let element): dictionary(element)
    default: TextDictionary([])
    }
  }
}

/// Runs the statement and fills all builders row by row.
///
/// The builders lie behind one pointer for the length of the scan: reached through an array or a
/// class each append would check uniqueness or exclusivity, which costs more than the append.
private struct ColumnScan {
  private var builders: [ColumnBuilder]
  private var identifiers: GrowingColumn<Int64>

  init(builders: [ColumnBuilder]) {
    self.builders = builders
    identifiers = GrowingColumn()
  }

  mutating func run(_ statement: Statement) throws {
    let handle = statement.handle
    let count = builders.count
    var ids = identifiers
    defer { identifiers = ids }
    try builders.withUnsafeMutableBufferPointer { all in
      for index in 0..<count { all[index].appendEmpty() }
      while try statement.step() {
        let id = sqlite3_column_int64(handle, 0)
        ids.append(id)
        for index in 0..<count { all[index].append(handle, Int32(index + 1), id) }
      }
    }
  }

  func ids() -> [Int64] { identifiers.array() }
  func vector(_ index: Int) -> Vector { builders[index].vector() }
  func problems(_ index: Int) -> [(Int64, String)] { builders[index].problems }
  func problemCount(_ index: Int) -> Int { builders[index].problemCount }
}
