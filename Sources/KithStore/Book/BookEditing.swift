package import KithBase
package import KithModel

/// Settings, custom fields, terms, and finding a row by what a person types.
extension Book {
  /// A row of `setting` as Kith text; `value` nil where nobody gave one.
  package struct SettingRow: Sendable {
    package var key: String
    package var value: String?
    /// The team it holds for; nil for everybody.
    package var team: Int64?
  }

  package func settings() throws -> [SettingRow] {
    let statement = try connection.prepare(
      #"SELECT "key", "value", "team_id" FROM "setting" ORDER BY "id""#)
    var rows: [SettingRow] = []
    while try statement.step() {
      rows.append(
        SettingRow(key: statement.text(0) ?? "", value: statement.text(1), team: statement.int(2)))
    }
    return rows
  }

  /// The team's own value, else everybody's, else what ships; nil where none is given.
  package func setting(_ key: String, team: Int64? = nil) throws -> String? {
    let statement = try connection.prepare(
      #"SELECT "value" FROM "setting" WHERE "key" = ? AND ("team_id" IS NULL OR "team_id" IS ?) "#
        + #"ORDER BY "team_id" IS NULL LIMIT 1"#)
    try statement.bind(1, key)
    try statement.bind(2, team)
    if try statement.step() { return statement.text(0) }
    guard let spec = catalogue.settings.first(where: { $0.key == key }) else {
      throw StoreError.unknownSetting(key)
    }
    return spec.value
  }

  /// Sets a constant, for one team or for everybody. The text is Kith and is not judged here.
  package func set(_ key: String, to value: String?, team: Int64? = nil) throws {
    guard let spec = catalogue.settings.first(where: { $0.key == key }) else {
      throw StoreError.unknownSetting(key)
    }
    try writing {
      let update = try connection.prepare(
        #"UPDATE "setting" SET "value" = ? WHERE "key" = ? AND "team_id" IS ?"#)
      try update.bind(1, value)
      try update.bind(2, key)
      try update.bind(3, team)
      try update.run()
      guard connection.changedRows == 0 else { return }
      let insert = try connection.prepare(
        #"INSERT INTO "setting" ("key", "value", "unit", "origin", "remark", "team_id") "#
          + "VALUES (?, ?, ?, ?, ?, ?)")
      try insert.bind(1, key)
      try insert.bind(2, value)
      try insert.bind(3, spec.unit)
      try insert.bind(4, spec.origin)
      try insert.bind(5, spec.meaning)
      try insert.bind(6, team)
      try insert.run()
    }
  }

  /// Adds a field to an entity: a real column `x_NAME`, known by name in both tongues from now on.
  ///
  /// An enumerated field takes its values from the terms of `x_ENTITY_NAME` unless it names an
  /// enumeration there is. Fails where the name is taken in the entity, in either tongue.
  /// - Parameter now: the moment written to the row.
  /// - Returns: the field as the catalogue has it.
  @discardableResult
  package func addCustomField(
    entity: String, name: String, zh: String? = nil, type: KithType, unit: String? = nil,
    now: Instant
  ) throws -> FieldSpec {
    guard let spec = catalogue.entity(entity) else { throw StoreError.unknownEntity(entity) }
    for word in [name, zh].compactMap({ $0 }) {
      guard Book.isName(word) else { throw StoreError.badName(word) }
      guard !spec.hasMember(named: word), !spec.hasMember(named: "x_" + word) else {
        throw StoreError.nameTaken(word, in: entity)
      }
    }
    guard let word = CustomFieldType.word(type) else { throw StoreError.notStorable(type) }
    var stored = type
    var enumeration: String?
    if case .enumeration(let given) = type {
      let own = "x_\(entity)_\(name)"
      enumeration = catalogue.enumeration(given) == nil ? own : given
      stored = .enumeration(enumeration ?? own)
    }
    let field = FieldSpec(
      name, zh ?? name, stored, column: "x_" + name, unit: unit, custom: true)
    try writing {
      try connection.execute(Schema.addingColumn(field, to: entity))
      let insert = try connection.prepare(
        #"INSERT INTO "field" ("entity", "name_zh", "name_en", "type", "unit", "enumeration", "#
          + #""created_at") VALUES (?, ?, ?, ?, ?, ?, ?)"#)
      try insert.bind(1, entity)
      try insert.bind(2, zh)
      try insert.bind(3, name)
      try insert.bind(4, word)
      try insert.bind(5, unit)
      try insert.bind(6, enumeration)
      try insert.bind(7, StoredText.time(now))
      try insert.run()
    }
    if let enumeration, catalogue.enumeration(enumeration) == nil {
      catalogue.set(EnumerationSpec(enumeration, zh ?? name, ordered: false, []))
    }
    catalogue.add(field, to: entity)
    return field
  }

  /// Adds a value to an enumeration, the shipped ones included.
  ///
  /// - Parameter position: its place in the order from 1; nil puts it outside the order.
  package func addTerm(
    enumeration: String, code: String, zh: String, en: String, position: Int64? = nil
  ) throws {
    let known = catalogue.enumeration(enumeration)?.values ?? []
    guard !code.isEmpty, !known.contains(where: { $0.code == code }) else {
      throw StoreError.termTaken(code, in: enumeration)
    }
    try writing {
      if let position {
        let shift = try connection.prepare(
          #"UPDATE "term" SET "position" = "position" + 1 "#
            + #"WHERE "enumeration" = ? AND "position" >= ?"#
        )
        try shift.bind(1, enumeration)
        try shift.bind(2, position)
        try shift.run()
      }
      let insert = try connection.prepare(
        #"INSERT INTO "term" ("enumeration", "code", "name_zh", "name_en", "position", "origin") "#
          + "VALUES (?, ?, ?, ?, ?, 'book')")
      try insert.bind(1, enumeration)
      try insert.bind(2, code)
      try insert.bind(3, zh)
      try insert.bind(4, en)
      try insert.bind(5, position)
      try insert.run()
    }
    try reloadCatalogue()
  }

  /// Reads fields and terms again, after another program changed them.
  package func reloadCatalogue() throws { catalogue = try BookCatalogue.read(connection) }

  /// The row whose `code` this is; nil where there is none, or the entity has no codes.
  package func id(of entity: EntitySpec, code: String) throws -> Int64? {
    guard entity.fields.contains(where: { $0.name == "code" }) else { return nil }
    let statement = try connection.prepare(
      "SELECT \"id\" FROM \(Schema.quoted(entity.name)) WHERE \"code\" = ? ORDER BY \"id\" LIMIT 1")
    try statement.bind(1, code)
    return try statement.step() ? statement.int(0) : nil
  }

  /// The rows whose name this is exactly, by id, at most `limit`. Either tongue counts where the
  /// name has two; an entity whose title is not a stored text has none.
  package func ids(of entity: EntitySpec, name: String, limit: Int = 10) throws -> [Int64] {
    guard let field = entity.fields.first(where: { $0.name == entity.title && $0.type == .text })
    else { return [] }
    let columns = [field.column] + (field.secondColumn.map { [$0] } ?? [])
    let match = columns.map { Schema.quoted($0) + " = ?1" }.joined(separator: " OR ")
    let merged =
      entity.toOne.contains { $0.name == "merged_into" } ? #" AND "merged_into_id" IS NULL"# : ""
    let statement = try connection.prepare(
      "SELECT \"id\" FROM \(Schema.quoted(entity.name)) WHERE (\(match))\(merged) "
        + "ORDER BY \"id\" LIMIT ?2")
    try statement.bind(1, name)
    try statement.bind(2, Int64(limit))
    var ids: [Int64] = []
    while try statement.step() { if let id = statement.int(0) { ids.append(id) } }
    return ids
  }

  /// Letters, digits and `_`, a letter or `_` first, at most 20.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, text.unicodeScalars.count <= 20,
      first == "_" || first.properties.isAlphabetic
    else { return false }
    return text.unicodeScalars.allSatisfy {
      $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
  }
}
