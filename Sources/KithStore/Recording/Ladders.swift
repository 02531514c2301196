import KithBase
import KithModel

/// The two logs of ladders: every way of writing that moves a deal or a customer passes here, so the
/// history cannot be missed.
extension Journal {
  /// Where a deal or a customer stands on its ladder.
  struct Rung: Equatable {
    var stage: StoredValue
    var state: StoredValue
  }

  func rung(_ entity: String, _ id: Int64) throws -> Rung? {
    switch entity {
    case "opportunity":
      let cells = try cells(entity, id, ["stage_id", "state"])
      return cells.map { Rung(stage: $0[0], state: $0[1]) }
    case "customer":
      let cells = try cells(entity, id, ["class"])
      return cells.map { Rung(stage: $0[0], state: .null) }
    default: return nil
    }
  }

  /// A new deal's first stage, a new customer's first class.
  func logFirstRung(_ entity: String, _ id: Int64, _ row: [String: StoredValue]) throws {
    guard entity == "opportunity" || entity == "customer" else { return }
    try logRung(entity, id, from: Rung(stage: .null, state: .null))
  }

  func logRung(_ entity: String, _ id: Int64, from old: Rung) throws {
    guard let new = try rung(entity, id), new != old else { return }
    if entity == "customer" {
      // An emptied class has no step of the ladder to go to.
      guard !new.stage.isNull else { return }
      try insert(
        "class_change",
        [
          ("from_class", old.stage), ("to_class", new.stage),
          ("at", .text(StoredText.time(ladderTime ?? at))), ("evidence", reasonValue),
          ("customer_id", .int(id)), ("author_id", authorValue),
        ])
    } else {
      let now = try cells(entity, id, ["amount_fen", "expected_close_on"]) ?? [.null, .null]
      // A closed deal has left the stages.
      let isOpen = new.state == .text("open")
      try insert(
        "stage_change",
        [
          ("from_id", old.stage), ("to_id", isOpen ? new.stage : .null), ("state", new.state),
          ("at", .text(StoredText.time(ladderTime ?? at))), ("amount_fen", now[0]),
          ("expected_close_on", now[1]), ("reason", reasonValue), ("opportunity_id", .int(id)),
          ("author_id", authorValue),
        ])
    }
  }

  private var reasonValue: StoredValue { reason.map { .text($0) } ?? .null }
  private var authorValue: StoredValue { author.map { .int($0) } ?? .null }
}
