package import KithBase
import KithModel

/// Changes rows of a book within one transaction and writes every changed cell down, old and new,
/// under one `batch`. What it wrote can be taken back by `undo`.
///
/// A row that is made or removed is logged cell by cell, from or to empty, and last by its `id`.
package final class Journal {
  /// A cell that was changed, for showing.
  package struct Entry: Sendable {
    package var entity: String
    package var id: Int64
    /// As logged; `id` where the whole row was made or removed.
    package var field: String
    package var from: StoredValue
    package var to: StoredValue
  }

  /// How many rows of an entity were made, changed and removed.
  package struct Counts: Sendable, Hashable {
    package var new = 0
    package var changed = 0
    package var removed = 0
  }

  let book: Book
  /// A code of `batch_kind`.
  package let kind: String
  let at: Instant
  let author: Int64?
  /// The tongue of messages.
  let tongue: Tongue
  /// Rules that stop a statement; the others are remarks.
  let blocking: Set<RecordingRule>
  /// The remark written beside each change.
  package var reason: String?
  /// How long a claim holds after the last standard action, as the setting `claim_valid` has it.
  package var claimDays: Int64 = 30
  /// When a move on a ladder happened, where that is not now.
  var ladderTime: Instant?
  /// Off while an undo writes: the two ladders' logs are put back cell by cell then.
  var keepsLadders = true

  /// The first changes, at most `entryLimit`.
  package private(set) var entries: [Entry] = []
  /// All changed cells; a row made or removed counts once.
  package private(set) var entryCount = 0
  package private(set) var counts: [String: Counts] = [:]
  /// In the order the entities were first touched.
  package private(set) var touched: [String] = []
  /// Remarks on what was done.
  package var notes: [Note] = []
  /// Nil until something changed.
  package private(set) var batch: Int64?

  private let entryLimit: Int
  private var columns: [String: RowColumns] = [:]
  private var statements: [String: Statement] = [:]
  private var changedRows: Set<RowKey> = []
  private var nextIDs: [String: Int64] = [:]
  /// What removed rows were called.
  private var formerTitles: [RowKey: String] = [:]

  private struct RowKey: Hashable {
    var entity: String
    var id: Int64
  }

  /// - Parameters:
  ///   - kind: a code of `batch_kind`.
  ///   - blocking: rules whose breach ends the statement instead of being noted.
  ///   - entryLimit: how many changed cells are kept for showing.
  package init(
    book: Book, kind: String, at: Instant, author: Int64? = nil, tongue: Tongue = .english,
    blocking: Set<RecordingRule> = [], entryLimit: Int = 1000
  ) {
    self.book = book
    self.kind = kind
    self.at = at
    self.author = author
    self.tongue = tongue
    self.blocking = blocking
    self.entryLimit = entryLimit
  }

  /// A message in the tongue asked for.
  func say(_ english: String, _ chinese: String) -> String {
    tongue == .chinese ? chinese : english
  }

  // MARK: Rows

  func spec(_ entity: String) throws -> EntitySpec {
    guard let spec = book.catalogue.entity(entity) else { throw StoreError.unknownEntity(entity) }
    return spec
  }

  package func columns(of entity: String) throws -> RowColumns {
    if let known = columns[entity] { return known }
    let made = RowColumns(try spec(entity))
    columns[entity] = made
    return made
  }

  /// A statement prepared once; its parameters are bound anew each time.
  func statement(_ sql: String) throws -> Statement {
    if let known = statements[sql] {
      known.reset()
      return known
    }
    let made = try book.connection.prepare(sql)
    statements[sql] = made
    return made
  }

  /// The cells of a row by column name; nil where there is no such row.
  package func row(_ entity: String, _ id: Int64) throws -> [String: StoredValue]? {
    let names = try columns(of: entity).all.map(\.name)
    return try cells(entity, id, names).map { values in
      Dictionary(uniqueKeysWithValues: zip(names, values))
    }
  }

  /// Some cells of a row, in order; nil where there is no such row.
  func cells(_ entity: String, _ id: Int64, _ names: [String]) throws -> [StoredValue]? {
    let list = (["id"] + names).map(Schema.quoted).joined(separator: ", ")
    let statement = try statement(
      "SELECT \(list) FROM \(Schema.quoted(entity)) WHERE \"id\" = ?")
    try statement.bind(1, id)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return names.indices.map { statement.value(Int32($0 + 1)) }
  }

  /// Makes a row. Cells that are not given are empty or have their column's default.
  /// - Parameter id: a row that is put back keeps its id; nil takes one that was never used.
  @discardableResult
  package func insert(
    _ entity: String, _ values: [(column: String, value: StoredValue)], id: Int64? = nil
  ) throws -> Int64 {
    let id = try id ?? nextID(entity)
    var given = values
    for (column, value) in values { try refuseUnfit(entity, id, column, value) }
    given.insert(("id", .int(id)), at: 0)
    let names = given.map { Schema.quoted($0.column) }.joined(separator: ", ")
    let marks = given.map { _ in "?" }.joined(separator: ", ")
    let insert = try statement(
      "INSERT INTO \(Schema.quoted(entity)) (\(names)) VALUES (\(marks))")
    for (place, cell) in given.enumerated() { try insert.bind(Int32(place + 1), cell.value) }
    try insert.run()
    // Read back, so that defaults are logged with the rest.
    let row = try row(entity, id) ?? [:]
    try logWhole(entity, id, row, isNew: true)
    if keepsLadders { try logFirstRung(entity, id, row) }
    return id
  }

  /// Changes cells of a row; those that stand as wanted are left alone.
  /// - Returns: whether anything changed.
  @discardableResult
  package func update(
    _ entity: String, _ id: Int64, _ values: [(column: String, value: StoredValue)]
  ) throws -> Bool {
    guard let old = try cells(entity, id, values.map(\.column)) else { return false }
    let changed = values.indices.filter { values[$0].value != old[$0] }
    guard !changed.isEmpty else { return false }
    for place in changed {
      try refuseUnfit(entity, id, values[place].column, values[place].value)
    }
    let ladder = keepsLadders ? try rung(entity, id) : nil
    let sets = changed.map { Schema.quoted(values[$0].column) + " = ?" }
    let update = try statement(
      "UPDATE \(Schema.quoted(entity)) SET \(sets.joined(separator: ", ")) WHERE \"id\" = ?")
    for (place, index) in changed.enumerated() {
      try update.bind(Int32(place + 1), values[index].value)
    }
    try update.bind(Int32(changed.count + 1), id)
    try update.run()
    if changedRows.insert(RowKey(entity: entity, id: id)).inserted { count(entity, \.changed) }
    let columns = try columns(of: entity)
    for index in changed {
      let name = columns.named(values[index].column)?.logged ?? values[index].column
      try log(entity, id, name, old[index], values[index].value)
    }
    if let ladder { try logRung(entity, id, from: ladder) }
    return true
  }

  /// Removes a row that nothing refers to.
  package func remove(_ entity: String, _ id: Int64) throws {
    guard let row = try row(entity, id) else { return }
    if entries.count < entryLimit {
      formerTitles[RowKey(entity: entity, id: id)] = try self.title(of: entity, id)
    }
    let delete = try statement("DELETE FROM \(Schema.quoted(entity)) WHERE \"id\" = ?")
    try delete.bind(1, id)
    try delete.run()
    try logWhole(entity, id, row, isNew: false)
  }

  /// Says what SQLite's own refusal would leave unclear.
  private func refuseUnfit(
    _ entity: String, _ id: Int64, _ name: String, _ value: StoredValue
  ) throws {
    guard let column = try columns(of: entity).named(name) else {
      throw StoreError.unknownField(name, of: entity)
    }
    if column.required, value.isNull {
      throw Diagnostic(
        "K4301",
        say(
          "'\(column.logged)' of \(entity) \(id) would be empty",
          "\(entity) \(id) 的“\(column.logged)”将为空"))
    }
    if let range = column.range, case .int(let number) = value, !range.contains(number) {
      throw Diagnostic(
        "K4302",
        say(
          "'\(column.logged)' of \(entity) \(id) would be \(number); it goes from "
            + "\(range.lowerBound) to \(range.upperBound)",
          "\(entity) \(id) 的“\(column.logged)”将为 \(number)，范围是 "
            + "\(range.lowerBound) 到 \(range.upperBound)"))
    }
  }

  /// One above every id a row has or had, so that the log never speaks of two rows by one id.
  private func nextID(_ entity: String) throws -> Int64 {
    var next = nextIDs[entity] ?? 0
    if next == 0 {
      let table = Schema.quoted(entity)
      let statement = try statement(
        "SELECT max(coalesce((SELECT max(\"id\") FROM \(table)), 0), "
          + "coalesce((SELECT max(\"object_id\") FROM \"change\" "
          + "WHERE \"field\" = 'id' AND \"entity\" = ?1), 0))")
      try statement.bind(1, entity)
      next = try statement.step() ? (statement.int(0) ?? 0) + 1 : 1
      statement.reset()
    }
    nextIDs[entity] = next + 1
    return next
  }

  /// What a row is or was called.
  package func title(of entity: String, _ id: Int64) throws -> String {
    try formerTitles[RowKey(entity: entity, id: id)] ?? book.title(of: entity, id, tongue)
  }

  // MARK: The log

  private func count(_ entity: String, _ what: WritableKeyPath<Counts, Int>) {
    if counts[entity] == nil { touched.append(entity) }
    counts[entity, default: Counts()][keyPath: what] += 1
  }

  private func logWhole(
    _ entity: String, _ id: Int64, _ row: [String: StoredValue], isNew: Bool
  ) throws {
    count(entity, isNew ? \.new : \.removed)
    for column in try columns(of: entity).all {
      guard let value = row[column.name], !value.isNull else { continue }
      try write(
        entity, id, column.logged, isNew ? .null : value, isNew ? value : .null, isShown: false)
    }
    try write(
      entity, id, "id", isNew ? .null : .int(id), isNew ? .int(id) : .null, isShown: true)
  }

  private func log(
    _ entity: String, _ id: Int64, _ field: String, _ from: StoredValue, _ to: StoredValue
  ) throws {
    try write(entity, id, field, from, to, isShown: true)
  }

  private func write(
    _ entity: String, _ id: Int64, _ field: String, _ from: StoredValue, _ to: StoredValue,
    isShown: Bool
  ) throws {
    let batch = try self.batch ?? openBatch()
    let insert = try statement(
      #"INSERT INTO "change" ("entity", "object_id", "field", "from_value", "to_value", "at", "#
        + #""reason", "author_id", "batch_id") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"#)
    try insert.bind(1, entity)
    try insert.bind(2, id)
    try insert.bind(3, field)
    try insert.bind(4, from.logged)
    try insert.bind(5, to.logged)
    try insert.bind(6, StoredText.time(at))
    try insert.bind(7, reason)
    try insert.bind(8, author)
    try insert.bind(9, batch)
    try insert.run()
    guard isShown else { return }
    entryCount += 1
    if entries.count < entryLimit {
      entries.append(Entry(entity: entity, id: id, field: field, from: from, to: to))
    }
  }

  private func openBatch() throws -> Int64 {
    let insert = try book.connection.prepare(
      #"INSERT INTO "batch" ("kind", "at", "author_id") VALUES (?, ?, ?)"#)
    try insert.bind(1, kind)
    try insert.bind(2, StoredText.time(at))
    try insert.bind(3, author)
    try insert.run()
    let id = book.connection.lastInsertedID
    batch = id
    return id
  }

  /// Completes the `batch` row. Call it last.
  /// - Parameters:
  ///   - entity: what the statement was about.
  ///   - undone: the batch that was taken back.
  package func finish(entity: String?, undone: Int64? = nil) throws {
    guard let batch else { return }
    let all = counts.values
    let update = try book.connection.prepare(
      #"UPDATE "batch" SET "entity" = ?, "rows_new" = ?, "rows_updated" = ?, "keys" = ? "#
        + #"WHERE "id" = ?"#)
    try update.bind(1, entity)
    try update.bind(2, Int64(all.reduce(0) { $0 + $1.new }))
    try update.bind(3, Int64(all.reduce(0) { $0 + $1.changed }))
    try update.bind(4, undone.map { String($0) })
    try update.bind(5, batch)
    try update.run()
  }
}
