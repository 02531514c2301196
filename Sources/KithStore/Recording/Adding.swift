import KithBase
import KithModel

/// New rows, with what follows from the values given.
extension Journal {
  /// Makes a row of an entity. What every row has and nobody gave is filled in: a time that must
  /// stand is now, a deal begins at the first stage of the main funnel, an activity that happened is
  /// done.
  /// - Parameter stageCode: the stage of a new deal, in its own funnel.
  @discardableResult
  package func add(
    _ entity: String, _ values: [(column: String, value: StoredValue)], stageCode: String? = nil
  ) throws -> Int64 {
    let spec = try spec(entity)
    let columns = try columns(of: entity)
    var given = values
    func has(_ column: String) -> Bool { given.contains { $0.column == column } }
    func value(_ column: String) -> StoredValue {
      given.first { $0.column == column }?.value ?? .null
    }
    let now = StoredValue.text(StoredText.time(at))
    // A time nobody gave is the moment of writing.
    if spec.fields.contains(where: { $0.name == "created" }), !has("created_at") {
      given.append(("created_at", now))
    }
    for column in columns.all where column.required && column.type == .time && !has(column.name) {
      given.append((column.name, now))
    }
    switch entity {
    case "opportunity":
      if !has("funnel_id") { given.append(("funnel_id", .int(try mainFunnel()))) }
      if !has("stage_id"), case .int(let funnel) = value("funnel_id") {
        let stages = try stages(of: funnel)
        if let code = stageCode {
          given.append(("stage_id", .int(try stage(code, in: funnel).id)))
        } else if let first = stages.first {
          given.append(("stage_id", .int(first.id)))
        }
      }
      if case .text(let created) = value("created_at") { ladderTime = StoredText.instant(created) }
    case "activity":
      if !has("done_at"), !has("planned_on"), !has("state") { given.append(("done_at", now)) }
      if !has("state"), !value("done_at").isNull { given.append(("state", .text("done"))) }
      try warnPaused(deal: value("opportunity_id"))
    case "task":
      if !has("state"), !value("done_at").isNull { given.append(("state", .text("done"))) }
    default: break
    }
    defer { ladderTime = nil }
    return try insert(entity, given)
  }

  private func mainFunnel() throws -> Int64 {
    let statement = try statement(
      #"SELECT "id" FROM "funnel" ORDER BY "main" IS NOT 1, "id" LIMIT 1"#)
    defer { statement.reset() }
    guard try statement.step(), let id = statement.int(0) else {
      throw Diagnostic("K4311", say("the book has no funnel", "账本没有漏斗"))
    }
    return id
  }
}
