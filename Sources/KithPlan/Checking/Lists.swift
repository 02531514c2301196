package import KithBase
import KithLanguage

/// How the members of a kept list differ from those of an earlier run. Worked out while checking, since it
/// rests on what was kept and not on rows alone.
package struct ListChanges: Sendable {
  /// What the members are.
  package var entity: String
  /// Rows of the objects, then what happened to each (text), why (text), and when (time).
  package var table: ColumnTable
  package var notes: [Note]

  package init(entity: String, table: ColumnTable, notes: [Note]) {
    self.entity = entity
    self.table = table
    self.notes = notes
  }
}

/// `list "hot" since last monday`.
extension Checker {
  func sinceFlow(_ list: ExprSyntax, _ since: ExprSyntax, _ span: SourceSpan) throws -> Flow {
    guard case .one(let word, .text(let name)) = list.kind, tableWord(word.text) == "list" else {
      throw fail(
        Diagnostic(
          "K2319", say("'since' follows a list", "“自”跟在清单后面"), at: list.span,
          help: say("such as list \"hot\" since last monday", "如 清单 \"热点\" 自 上个周一")))
    }
    let members = try listFlow(name, list.span)
    guard let entity = members.entity else {
      throw fail(
        Diagnostic("K2315", say("a list holds objects", "清单由对象组成"), at: list.span))
    }
    let moment = try moment(since)
    let changes: ListChanges?
    do {
      changes = try facts.listChanges(name, until: moment, today: today, now: now)
    } catch var diagnostic as Diagnostic {
      if diagnostic.span == nil { diagnostic.span = span }
      throw fail(diagnostic)
    }
    notes += changes?.notes ?? []
    return changedFlow(changes, entity, members.tongue)
  }

  /// The instant up to which a run counts: the end of a day, of a period its first day.
  private func moment(_ syntax: ExprSyntax) throws -> Instant {
    let value = try independent { try self.check(syntax) }
    switch value.constant {
    case .date(let day): return end(of: day)
    case .period(let period): return end(of: period.start)
    case .time(let instant): return instant
    case .open: return now
    default:
      throw fail(
        Diagnostic(
          "K2129", say("'since' takes a date or a period", "“自”后写日期或时段"), at: syntax.span,
          help: say("such as since last monday", "如 自 上个周一")))
    }
  }

  private func end(of day: Day) -> Instant {
    Instant(microseconds: facts.zone.start(of: day.adding(days: 1)).microseconds - 1)
  }

  /// A list that is only announced yet has no changes.
  private func changedFlow(_ changes: ListChanges?, _ entity: String, _ tongue: Tongue) -> Flow {
    let table =
      changes?.table
      ?? ColumnTable(
        columns: [
          TableColumn(name: "", type: .object(entity), vector: .row([])),
          TableColumn(name: "", type: .text, vector: .text([], TextDictionary([]))),
          TableColumn(name: "", type: .text, vector: .text([], TextDictionary([]))),
          TableColumn(name: "", type: .time, vector: .int([])),
        ], rowCount: 0)
    let slots = table.columns.map { _ in newSlot() }
    var flow = Flow(
      plan: .scan(.table(table, slots)), object: .slot(slots[0], .object(entity)))
    flow.uniqueSlots = [slots[0]]
    flow.tongue = tongue
    let chinese = tongue == .chinese
    for (place, names) in [("change", "变化"), ("why", "原因"), ("at", "时间")].enumerated() {
      flow.columns.append(
        Column(
          name: chinese ? names.1 : names.0, zh: chinese ? names.0 : names.1,
          expr: .slot(slots[place + 1], table.columns[place + 1].type)))
    }
    return flow
  }
}
