package import KithBase
import KithModel

/// A named query kept in the book, or rows that were frozen under a name.
package struct KeptList: Sendable {
  package var id: Int64
  package var name: String
  /// Kith.
  package var query: String
  /// Its members stay as they were saved.
  package var isFrozen: Bool
  /// The last change of its text.
  package var changed: Instant?
}

/// One run of a list: its snapshot is the `list_entry` rows of that instant.
package struct ListRun: Sendable, Hashable {
  package var at: Instant
  package var count: Int
  /// What the members are; nil where it is not known, for a run by an older program.
  package var entity: String?
}

/// A member of a list at one run.
package struct ListMember: Sendable, Hashable {
  package var id: Int64
  /// Values that the list's conditions looked at, JSON; nil where the text alone says them.
  package var detail: String?

  package init(id: Int64, detail: String?) {
    self.id = id
    self.detail = detail
  }
}

/// Lists and their runs. A run is a `batch` of kind `rule` whose `keys` are `list ID`, a change of a text
/// one whose `keys` are `list text ID`; undo passes over both, since the customers' data stay as they are.
extension Book {
  package func lists() throws -> [KeptList] { try lists("") { _ in } }

  package func list(named name: String) throws -> KeptList? {
    try lists(#" WHERE "name" = ?1"#) { try $0.bind(1, name) }.first
  }

  private func lists(_ condition: String, _ bind: (Statement) throws -> Void) throws -> [KeptList] {
    let statement = try connection.prepare(
      #"SELECT "id", "name", "query", "mode", coalesce("updated_at", "created_at") FROM "list""#
        + condition + #" ORDER BY "id""#)
    try bind(statement)
    var found: [KeptList] = []
    while try statement.step() {
      found.append(
        KeptList(
          id: statement.int(0) ?? 0, name: statement.text(1) ?? "", query: statement.text(2) ?? "",
          isFrozen: statement.text(3) == "frozen",
          changed: statement.text(4).flatMap(StoredText.instant)))
    }
    return found
  }

  /// The last run of a list at or before an instant; without one, the last of all.
  package func lastRun(of list: Int64, until: Instant? = nil) throws -> ListRun? {
    try run(list, #""at" <= ?2 ORDER BY "at" DESC, "id" DESC"#, until ?? endOfTime)
  }

  /// The first run of a list after an instant.
  package func firstRun(of list: Int64, after: Instant) throws -> ListRun? {
    try run(list, #""at" > ?2 ORDER BY "at", "id""#, after)
  }

  /// The year 9999, the last that sorts as text.
  private var endOfTime: Instant { Instant(microseconds: 253_370_764_800_000_000) }

  private func run(_ list: Int64, _ condition: String, _ moment: Instant) throws -> ListRun? {
    let statement = try connection.prepare(
      #"SELECT "at", "rows_read", "entity" FROM "batch" WHERE "kind" = 'rule' AND "keys" = ?1 AND "#
        + condition + " LIMIT 1")
    try statement.bind(1, "list \(list)")
    try statement.bind(2, StoredText.time(moment))
    guard try statement.step(), let at = statement.text(0).flatMap(StoredText.instant) else {
      return nil
    }
    return ListRun(at: at, count: Int(statement.int(1) ?? 0), entity: statement.text(2))
  }

  /// The members of one run, in the order of the run.
  package func members(of list: Int64, at run: ListRun) throws -> [ListMember] {
    let statement = try connection.prepare(
      #"SELECT "object_id", "detail" FROM "list_entry" WHERE "list_id" = ?1 AND "run_at" = ?2 "#
        + #"ORDER BY "id""#)
    try statement.bind(1, list)
    try statement.bind(2, StoredText.time(run.at))
    var found: [ListMember] = []
    found.reserveCapacity(run.count)
    while try statement.step() {
      found.append(ListMember(id: statement.int(0) ?? 0, detail: statement.text(1)))
    }
    return found
  }

  /// What a field of each object held at an instant, for those whose field was changed since: as the change
  /// log has it, nil for empty.
  package func formerValues(of entity: String, _ field: String, at moment: Instant) throws
    -> [Int64: String?]
  {
    let statement = try connection.prepare(
      #"SELECT "object_id", "from_value" FROM "change" WHERE "entity" = ?1 AND "field" = ?2 "#
        + #"AND "at" > ?3 ORDER BY "at" DESC, "id" DESC"#)
    try statement.bind(1, entity)
    try statement.bind(2, field)
    try statement.bind(3, StoredText.time(moment))
    var found: [Int64: String?] = [:]
    while try statement.step() { found[statement.int(0) ?? 0] = .some(statement.text(1)) }
    return found
  }

  /// For each member of runs after an instant, the first such run that had it; and the last.
  package func appearances(of list: Int64, after: Instant) throws
    -> [Int64: (first: Instant, last: Instant)]
  {
    let statement = try connection.prepare(
      #"SELECT "object_id", min("run_at"), max("run_at") FROM "list_entry" "#
        + #"WHERE "list_id" = ?1 AND "run_at" > ?2 GROUP BY "object_id""#)
    try statement.bind(1, list)
    try statement.bind(2, StoredText.time(after))
    var found: [Int64: (first: Instant, last: Instant)] = [:]
    while try statement.step() {
      guard let first = statement.text(1).flatMap(StoredText.instant),
        let last = statement.text(2).flatMap(StoredText.instant)
      else { continue }
      found[statement.int(0) ?? 0] = (first, last)
    }
    return found
  }

  /// Keeps a list's text, as a new version where one stands already; the change log has the old one.
  /// Call it inside `writing`.
  /// - Returns: the list's id, and whether a text was replaced.
  package func keepList(
    _ name: String, query: String, isFrozen: Bool, at now: Instant, author: Int64?
  ) throws -> (id: Int64, isReplaced: Bool) {
    let journal = Journal(book: self, kind: "rule", at: now, author: author)
    let moment = StoredValue.text(StoredText.time(now))
    let found = try list(named: name)
    if let found, found.query == query { return (found.id, false) }
    let id: Int64
    if let found {
      id = found.id
      _ = try journal.update("list", id, [("query", .text(query)), ("updated_at", moment)])
    } else {
      id = try journal.insert(
        "list",
        [
          ("name", .text(name)), ("query", .text(query)),
          ("mode", .text(isFrozen ? "frozen" : "live")), ("created_at", moment),
        ])
    }
    try journal.finish(entity: "list")
    let mark = try connection.prepare(#"UPDATE "batch" SET "keys" = ?1 WHERE "id" = ?2"#)
    try mark.bind(1, "list text \(id)")
    try mark.bind(2, journal.batch)
    try mark.run()
    return (id, found != nil)
  }

  /// Writes a snapshot; one of the same instant is replaced. Call it inside `writing`.
  ///
  /// - Parameter entered: how many of the members were not there at the run before.
  package func keepRun(
    of list: KeptList, entity: String, at now: Instant, members: [ListMember], entered: Int
  ) throws {
    let moment = StoredText.time(now)
    let key = "list \(list.id)"
    let forgetEntries = try connection.prepare(
      #"DELETE FROM "list_entry" WHERE "list_id" = ?1 AND "run_at" = ?2"#)
    try forgetEntries.bind(1, list.id)
    try forgetEntries.bind(2, moment)
    try forgetEntries.run()
    let forgetRun = try connection.prepare(
      #"DELETE FROM "batch" WHERE "kind" = 'rule' AND "keys" = ?1 AND "at" = ?2"#)
    try forgetRun.bind(1, key)
    try forgetRun.bind(2, moment)
    try forgetRun.run()
    let batch = try connection.prepare(
      #"INSERT INTO "batch" ("kind", "at", "file", "entity", "rows_read", "rows_new", "keys") "#
        + "VALUES ('rule', ?, ?, ?, ?, ?, ?)")
    try batch.bind(1, moment)
    try batch.bind(2, list.name)
    try batch.bind(3, entity)
    try batch.bind(4, Int64(members.count))
    try batch.bind(5, Int64(entered))
    try batch.bind(6, key)
    try batch.run()
    let insert = try connection.prepare(
      #"INSERT INTO "list_entry" ("run_at", "entity", "object_id", "detail", "list_id") "#
        + "VALUES (?, ?, ?, ?, ?)")
    try insert.bind(1, moment)
    try insert.bind(2, entity)
    try insert.bind(5, list.id)
    for member in members {
      try insert.bind(3, member.id)
      try insert.bind(4, member.detail)
      try insert.run()
    }
  }
}
