import KithBase
import KithModel

/// Taking back the last batch.
extension Journal {
  /// Takes back the last batch that was not taken back yet: every cell gets its old value, rows that
  /// were made go, rows that were removed return with their ids.
  ///
  /// Throws K6041 where there is nothing to take back, K6042 where the last batch is an import,
  /// K6043 where something was changed since and would be lost.
  /// - Returns: the batch that was taken back, and what it was about.
  @discardableResult
  package func undoLast() throws -> (batch: Int64, entity: String?) {
    let (batch, kind, entity) = try lastBatch()
    guard kind == "edit" || kind == "merge" || kind == "rule" else {
      throw Diagnostic(
        "K6042",
        say("the last batch is an import, which undo does not take back", "上一批是导入，不能撤销"))
    }
    keepsLadders = false
    var logged = try changes(of: batch)
    while let last = logged.popLast() {
      if last.field == "id" {
        var cells: [Logged] = []
        while let cell = logged.last, cell.entity == last.entity, cell.id == last.id,
          cell.field != "id", last.isNew ? cell.from == nil : cell.to == nil
        {
          cells.append(cell)
          logged.removeLast()
        }
        if last.isNew { try takeBack(last, cells) } else { try putBack(last, cells) }
      } else {
        try reverse(last)
      }
    }
    return (batch, entity)
  }

  /// A row of `change`.
  private struct Logged {
    var number: Int64
    var entity: String
    var id: Int64
    var field: String
    var from: String?
    var to: String?
    var isNew: Bool { from == nil }
  }

  private func lastBatch() throws -> (Int64, String, String?) {
    let statement = try book.connection.prepare(
      #"SELECT "id", "kind", "entity" FROM "batch" AS "b" WHERE "kind" != 'undo' AND NOT EXISTS ("#
        + #"SELECT 1 FROM "batch" AS "u" WHERE "u"."kind" = 'undo' AND "u"."keys" = "#
        + #"CAST("b"."id" AS TEXT)) ORDER BY "id" DESC LIMIT 1"#)
    guard try statement.step(), let id = statement.int(0), let kind = statement.text(1) else {
      throw Diagnostic(
        "K6041", say("there is no recorded change to take back", "没有可撤销的更改"))
    }
    return (id, kind, statement.text(2))
  }

  private func changes(of batch: Int64) throws -> [Logged] {
    let statement = try book.connection.prepare(
      #"SELECT "id", "entity", "object_id", "field", "from_value", "to_value" FROM "change" "#
        + #"WHERE "batch_id" = ? ORDER BY "id""#)
    try statement.bind(1, batch)
    var found: [Logged] = []
    while try statement.step() {
      found.append(
        Logged(
          number: statement.int(0) ?? 0, entity: statement.text(1) ?? "",
          id: statement.int(2) ?? 0, field: statement.text(3) ?? "", from: statement.text(4),
          to: statement.text(5)))
    }
    return found
  }

  private func reverse(_ change: Logged) throws {
    guard let column = try columns(of: change.entity).logged(change.field),
      let old = StoredValue(logged: change.from, type: column.type)
    else { throw changedSince(change, now: nil) }
    guard let now = try cells(change.entity, change.id, [column.name])?.first else {
      throw changedSince(change, now: nil)
    }
    guard now.logged == change.to else { throw changedSince(change, now: now) }
    try update(change.entity, change.id, [(column.name, old)])
  }

  /// A row the batch made goes, if it still is what the batch made.
  private func takeBack(_ marker: Logged, _ cells: [Logged]) throws {
    let columns = try columns(of: marker.entity)
    guard let row = try row(marker.entity, marker.id) else {
      throw changedSince(marker, now: nil)
    }
    for column in columns.all {
      let logged = cells.first { $0.field == column.logged }
      let now = row[column.name] ?? .null
      if now.logged == logged?.to { continue }
      var change = logged ?? marker
      change.field = column.logged
      throw changedSince(change, now: now)
    }
    try refuseReferred(marker.entity, marker.id)
    try remove(marker.entity, marker.id)
  }

  /// A row the batch removed returns, every cell as it was.
  private func putBack(_ marker: Logged, _ cells: [Logged]) throws {
    if try row(marker.entity, marker.id) != nil { throw changedSince(marker, now: nil) }
    var values: [(column: String, value: StoredValue)] = []
    for column in try columns(of: marker.entity).all {
      let logged = cells.first { $0.field == column.logged }
      guard let value = StoredValue(logged: logged?.from, type: column.type) else {
        throw changedSince(marker, now: nil)
      }
      values.append((column.name, value))
    }
    try insert(marker.entity, values, id: marker.id)
  }

  /// Names what stands upon a change that was to be taken back.
  private func changedSince(_ change: Logged, now: StoredValue?) -> Diagnostic {
    let title = (try? title(of: change.entity, change.id)) ?? "\(change.entity) \(change.id)"
    let later = (try? laterChange(change)) ?? nil
    let value = now?.logged ?? say("empty", "空")
    return Diagnostic(
      "K6043",
      change.field == "id"
        ? say(
          "\(change.entity) \(title) was changed since, so it cannot be taken back",
          "\(change.entity) \(title) 之后又有变化，不能撤销")
        : say(
          "'\(change.field)' of \(change.entity) \(title) was changed since and is now '\(value)'",
          "\(change.entity) \(title) 的“\(change.field)”之后又改成了“\(value)”"),
      help: later
        ?? say("it was changed by another program, without a record", "由其他程序更改，没有记录"))
  }

  private func laterChange(_ change: Logged) throws -> String? {
    let statement = try book.connection.prepare(
      #"SELECT "at", "batch_id", "to_value" FROM "change" WHERE "entity" = ? AND "object_id" = ? "#
        + #"AND "field" = ? AND "id" > ? ORDER BY "id" DESC LIMIT 1"#)
    try statement.bind(1, change.entity)
    try statement.bind(2, change.id)
    try statement.bind(3, change.field)
    try statement.bind(4, change.number)
    guard try statement.step() else { return nil }
    let batch = statement.int(1).map { String($0) } ?? "-"
    let moment = statement.text(0) ?? ""
    let value = statement.text(2) ?? say("empty", "空")
    return say(
      "batch \(batch) at \(moment) set it to '\(value)'", "批次 \(batch) 于 \(moment) 改为“\(value)”")
  }
}
