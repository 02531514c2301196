package import KithBase

/// Moves of deals through their funnel.
extension Journal {
  /// A stage of a funnel.
  struct Stage {
    var id: Int64
    var code: String
    var name: String
  }

  /// The stages of a funnel by position.
  func stages(of funnel: Int64) throws -> [Stage] {
    let statement = try statement(
      #"SELECT "id", "code", "name_zh", "name_en" FROM "stage" WHERE "funnel_id" = ? "#
        + #"ORDER BY "position", "id""#)
    try statement.bind(1, funnel)
    defer { statement.reset() }
    var stages: [Stage] = []
    while try statement.step() {
      let (zh, en) = (statement.text(2), statement.text(3))
      stages.append(
        Stage(
          id: statement.int(0) ?? 0, code: statement.text(1) ?? "",
          name: say(en ?? zh ?? "", zh ?? en ?? "")))
    }
    return stages
  }

  func stage(_ code: String, in funnel: Int64) throws -> Stage {
    if let stage = try stages(of: funnel).first(where: { $0.code == code }) { return stage }
    let name = try self.title(of: "funnel", funnel)
    let codes = try stages(of: funnel).map(\.code).joined(separator: ", ")
    throw Diagnostic(
      "K4312", say("the funnel '\(name)' has no stage '\(code)'", "漏斗“\(name)”没有阶段“\(code)”"),
      help: say("it has \(codes)", "它有 \(codes)"))
  }

  /// Moves a deal to a stage of its funnel. A deal that was closed is open again. What is set by hand,
  /// such as its win probability, stays.
  package func advance(
    _ id: Int64, to code: String, at moment: Instant?,
    _ values: [(column: String, value: StoredValue)]
  ) throws {
    guard let deal = try row("opportunity", id), case .int(let funnel)? = deal["funnel_id"] else {
      return
    }
    let target = try stage(code, in: funnel)
    var new = values
    new.append(("stage_id", .int(target.id)))
    let isMove = deal["stage_id"] != .int(target.id)
    let wasClosed = deal["state"] != .text("open")
    if wasClosed {
      new += [
        ("state", .text("open")), ("closed_at", .null), ("lost_reason", .null),
        ("lost_to_id", .null),
      ].filter { cell in !values.contains { $0.column == cell.0 } }
    }
    if isMove || wasClosed {
      try refuseEarlier(id, moment)
      try judge(id, deal, to: target, stages(of: funnel), wasClosed: wasClosed)
    }
    ladderTime = moment
    defer { ladderTime = nil }
    try update("opportunity", id, new)
  }

  /// Closes a deal as won, lost or abandoned; it keeps the stage it died or won at.
  package func close(
    _ id: Int64, as state: String, at moment: Instant?,
    _ values: [(column: String, value: StoredValue)]
  ) throws {
    guard let deal = try row("opportunity", id), case .int(let funnel)? = deal["funnel_id"] else {
      return
    }
    var new = values
    if deal["state"] != .text(state) {
      try refuseEarlier(id, moment)
      if state == "won" {
        let stages = try stages(of: funnel)
        if let here = stages.first(where: { deal["stage_id"] == .int($0.id) }) {
          try warnUndone(id, [here])
        }
      }
      new.append(("state", .text(state)))
      if !values.contains(where: { $0.column == "closed_at" }) {
        new.append(("closed_at", .text(StoredText.time(moment ?? at))))
      }
    }
    ladderTime = moment
    defer { ladderTime = nil }
    try update("opportunity", id, new)
  }

  /// A history runs forward: no move lies before the last one, none ahead.
  private func refuseEarlier(_ id: Int64, _ moment: Instant?) throws {
    guard let moment else { return }
    guard moment <= at else {
      throw Diagnostic(
        "K4313", say("a move cannot lie ahead", "阶段变更不能在将来"),
        help: say("it happened, or it has not yet", "请写已发生的时间"))
    }
    let statement = try statement(
      #"SELECT max("at") FROM "stage_change" WHERE "opportunity_id" = ?"#)
    try statement.bind(1, id)
    defer { statement.reset() }
    guard try statement.step(), let text = statement.text(0), let last = StoredText.instant(text),
      moment < last
    else { return }
    let title = try self.title(of: "opportunity", id)
    throw Diagnostic(
      "K4314",
      say(
        "the last move of '\(title)' is later, of \(text)", "“\(title)”最近一次变更更晚，在 \(text)"))
  }

  // MARK: Rules

  private func judge(
    _ id: Int64, _ deal: [String: StoredValue], to target: Stage, _ stages: [Stage],
    wasClosed: Bool
  ) throws {
    let title = try self.title(of: "opportunity", id)
    let here = stages.firstIndex { deal["stage_id"] == .int($0.id) }
    let there = stages.firstIndex { $0.id == target.id } ?? 0
    if wasClosed {
      try breach(.reopened, "'\(title)' was closed and is open again", "“\(title)”已关闭，现重新打开")
    }
    try warnPaused(deal: .int(id))
    let first = here.map { $0 + 1 } ?? 0
    if there > first {
      let passed = stages[first..<there].map(\.code).joined(separator: ", ")
      try breach(.skip, "'\(title)' skips \(passed)", "“\(title)”跳过 \(passed)")
    }
    guard let here else { return }
    if there < here {
      try breach(
        .back, "'\(title)' moves back from \(stages[here].code) to \(target.code)",
        "“\(title)”从 \(stages[here].code) 退回 \(target.code)")
    } else if there > here {
      try warnUndone(id, Array(stages[here..<there]))
    }
  }

  /// Required key actions of stages that are left, neither done nor not needed.
  private func warnUndone(_ id: Int64, _ left: [Stage]) throws {
    let statement = try statement(
      #"SELECT "code" FROM "action" AS "a" WHERE "stage_id" = ?1 AND "required" = 1 AND NOT "#
        + #"EXISTS (SELECT 1 FROM "task" WHERE "opportunity_id" = ?2 AND "action_id" = "a"."id" "#
        + #"AND "state" IN ('done', 'not_needed')) ORDER BY "id""#)
    for stage in left {
      statement.reset()
      try statement.bind(1, stage.id)
      try statement.bind(2, id)
      var codes: [String] = []
      while try statement.step() { codes.append(statement.text(0) ?? "") }
      guard !codes.isEmpty else { continue }
      let title = try self.title(of: "opportunity", id)
      let shown = codes.prefix(4).joined(separator: ", ") + (codes.count > 4 ? " …" : "")
      try breach(
        .actions, "\(codes.count) key actions of \(stage.code) are open for '\(title)': \(shown)",
        "“\(title)”在 \(stage.code) 还有 \(codes.count) 项关键行动未做：\(shown)")
    }
  }

  /// A paused deal rests until its day.
  func warnPaused(deal: StoredValue) throws {
    guard case .int(let id) = deal,
      case .text(let resumes)? = try cells("opportunity", id, ["resumes_on"])?.first,
      resumes > String(StoredText.time(at).prefix(10))
    else { return }
    let title = try self.title(of: "opportunity", id)
    try breach(.paused, "'\(title)' is paused until \(resumes)", "“\(title)”暂停至 \(resumes)")
  }
}
