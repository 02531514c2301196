import KithBase
import KithModel

/// Fields an import adds because a file has columns of its own.
extension Book {
  /// Longest name of such a field, in characters.
  static let longestHeader = 60

  /// Adds a field named as a file's header has it, blanks and slashes included; queries write such
  /// a name in back-quotes. The column of the table is `x_` and the name.
  ///
  /// Errors: K7105 where the name is too long or differs from a field's only in case, K6023 where
  /// the entity has the name.
  func addImportedField(
    entity name: String, header: String, type: KithType, now: Instant
  ) throws -> FieldSpec {
    guard let entity = catalogue.entity(name) else { throw StoreError.unknownEntity(name) }
    guard header.count <= Book.longestHeader,
      !header.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else {
      throw Diagnostic(
        "K7105",
        "'\(header.prefix(40))…' cannot name a field: a name has at most "
          + "\(Book.longestHeader) characters and no line ends")
    }
    guard !entity.hasMember(named: header) else { throw StoreError.nameTaken(header, in: name) }
    // SQLite does not tell the case of ASCII letters apart in a column's name.
    let column = "x_" + header
    if let other = entity.fields.first(where: { $0.column.lowercased() == column.lowercased() }) {
      throw Diagnostic(
        "K7105", "a \(name) has a field '\(other.name)', and '\(header)' differs only in case")
    }
    guard let word = CustomFieldType.word(type) else { throw StoreError.notStorable(type) }
    let field = FieldSpec(header, header, type, column: column, custom: true)
    try connection.execute(Schema.addingColumn(field, to: name))
    let insert = try connection.prepare(
      "INSERT INTO \"field\" (\"entity\", \"name_en\", \"type\", \"created_at\") "
        + "VALUES (?, ?, ?, ?)")
    try insert.bind(1, name)
    try insert.bind(2, header)
    try insert.bind(3, word)
    try insert.bind(4, StoredText.time(now))
    try insert.run()
    catalogue.add(field, to: name)
    return field
  }
}

/// Enumerations whose values an import may add to. The others are states and kinds that rules and
/// derived fields speak of by code: a new value there would mean nothing.
enum GrowingEnumerations {
  private static let names: Set<String> = [
    "industry", "source", "job", "product_kind", "opportunity_kind", "discount_kind",
    "lost_reason", "note_kind", "activity_kind", "event_kind", "reward_kind", "channel", "driver",
    "list_kind", "competitor_kind", "partner_relation", "dimension",
  ]

  static func contains(_ name: String) -> Bool { names.contains(name) || name.hasPrefix("x_") }
}
