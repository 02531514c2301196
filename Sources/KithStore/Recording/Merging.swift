import KithBase
import KithModel

/// Making two objects one.
extension Journal {
  /// Moves everything that refers to `dropped` to `kept`, fills the empty fields of `kept`, and hides
  /// `dropped` behind it.
  package func merge(_ entity: String, _ dropped: Int64, into kept: Int64) throws {
    guard dropped != kept else {
      throw Diagnostic("K4318", say("an object is not merged into itself", "对象不能并入自己"))
    }
    try endClaims(entity, dropped, kept)
    try moveReferences(entity, dropped, to: kept)
    try fillEmpty(entity, dropped, kept)
    try update(entity, dropped, [("merged_into_id", .int(kept))])
    if entity == "customer" { try noteSelfReferral(kept) }
  }

  private func noteSelfReferral(_ kept: Int64) throws {
    let statement = try statement(
      #"SELECT count(*) FROM "referral" JOIN "referrer" ON "referrer"."id" = "referrer_id" "#
        + #"WHERE "referral"."customer_id" = ?1 AND "referrer"."customer_id" = ?1"#)
    try statement.bind(1, kept)
    defer { statement.reset() }
    guard try statement.step(), statement.int(0) ?? 0 > 0 else { return }
    remark(
      "joined", "one had referred the other: that referral is a loop of one now",
      "其中一个曾推荐另一个：该推荐现在指向自己")
  }

  /// A customer is held once: where somebody holds the one that stays, the others' claims end.
  private func endClaims(_ entity: String, _ dropped: Int64, _ kept: Int64) throws {
    guard entity == "customer", try !holders(of: kept).isEmpty else { return }
    let reference = Reference(
      entity: "claim", path: "customer", column: "customer_id", required: true)
    for id in try rows(reference, to: dropped) {
      let end = try cells("claim", id, ["ended_at"])?.first?.logged ?? "9"
      guard end > StoredText.time(at) else { continue }
      try update(
        "claim", id,
        [("ended_at", .text(StoredText.time(at))), ("end_reason", .text("merged"))])
    }
  }

  private func moveReferences(_ entity: String, _ dropped: Int64, to kept: Int64) throws {
    for reference in references(to: entity) {
      for id in try rows(reference, to: dropped) {
        // An object is nobody's own superior.
        let isSelf = reference.entity == entity && id == kept
        if isSelf {
          try update(entity, id, [(reference.column, .null)])
        } else if let twin = try clash(reference, id, kept) {
          try join(reference.entity, id, with: twin)
        } else {
          try update(reference.entity, id, [(reference.column, .int(kept))])
        }
      }
    }
  }

  /// The row that would be equal to a moved one in columns that are unique together.
  private func clash(_ reference: Reference, _ id: Int64, _ kept: Int64) throws -> Int64? {
    guard let row = try row(reference.entity, id) else { return nil }
    for set in UniqueSet.sets(of: try spec(reference.entity))
    where set.columns.contains(reference.column) {
      let tests = set.columns.map { Schema.quoted($0) + " = ?" }
      let condition = set.condition.map { " AND \($0)" } ?? ""
      let find = try statement(
        "SELECT \"id\" FROM \(Schema.quoted(reference.entity)) "
          + "WHERE \(tests.joined(separator: " AND "))\(condition) AND \"id\" != ?")
      for (place, column) in set.columns.enumerated() {
        let value = column == reference.column ? .int(kept) : row[column] ?? .null
        try find.bind(Int32(place + 1), value)
      }
      try find.bind(Int32(set.columns.count + 1), id)
      defer { find.reset() }
      if try find.step(), let twin = find.int(0) { return twin }
    }
    return nil
  }

  /// Of two rows that say the same one stays, with everything that referred to the other.
  private func join(_ entity: String, _ id: Int64, with twin: Int64) throws {
    let spec = try spec(entity)
    let title = try self.title(of: entity, twin)
    try moveReferences(entity, id, to: twin)
    let row = try row(entity, id) ?? [:]
    try remove(entity, id)
    try fill(entity, twin, from: row)
    remark(
      "joined", "both had the \(spec.name) '\(title)'; one stays", "双方都有\(spec.zh)“\(title)”；保留一个")
  }

  private func fillEmpty(_ entity: String, _ dropped: Int64, _ kept: Int64) throws {
    guard let other = try row(entity, dropped), let own = try row(entity, kept) else { return }
    try fill(entity, kept, from: other)
    guard entity == "customer", case .text(let former)? = other["name"],
      own["name"] != other["name"]
    else { return }
    // Search and duplicates go on finding it by its former name.
    let known = try cells(entity, kept, ["aliases"])?.first?.logged ?? ""
    let lines = known.split(separator: "\n").map(String.init)
    guard !lines.contains(former) else { return }
    try update(
      entity, kept, [("aliases", .text((lines + [former]).joined(separator: "\n")))])
  }

  /// Gives a row's empty cells the values of another. A code belongs to one row only, and a link that
  /// would lead to the row itself is left out.
  private func fill(_ entity: String, _ id: Int64, from other: [String: StoredValue]) throws {
    guard let own = try row(entity, id) else { return }
    let left: Set<String> = ["code", "name_key", "created_at", "updated_at", "merged_into_id"]
    var values: [(column: String, value: StoredValue)] = []
    for column in try columns(of: entity).all where !left.contains(column.name) {
      guard own[column.name] == .null, let value = other[column.name], !value.isNull else {
        continue
      }
      if column.type == .object(entity), value == .int(id) { continue }
      values.append((column.name, value))
    }
    try update(entity, id, values)
  }
}
