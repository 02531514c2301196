import KithBase
import KithLanguage
import KithModel
import KithPlan
import KithRun
import KithShow
import KithStore

/// How the members of a list differ from those of an earlier run, and which condition turned.
struct ListHistory {
  let session: Session
  let name: String
  /// The evaluation date, where the asking text set one.
  let evaluationDay: Day?
  let today: Day
  let now: Instant

  private struct Change {
    var id: Int64
    var kind: String
    var why: String
    var at: Instant
  }

  /// Throws K2316 for a list that was never run, K2 to K6 from running it now.
  func changes(until moment: Instant) throws -> ListChanges {
    let book = session.book
    guard let list = try book.list(named: name),
      let base = try book.lastRun(of: list.id, until: moment)
        ?? book.firstRun(of: list.id, after: moment)
    else {
      throw Diagnostic(
        "K2316", session.say("list \"\(name)\" has not been run yet", "清单“\(name)”还没有运行过"),
        help: session.say("run it once: list \"\(name)\"", "先运行一次：清单 \"\(name)\""))
    }
    let before = try book.members(of: list.id, at: base)
    var notes = [compared(base, moment)]
    if let changed = list.changed, changed > base.at, !list.isFrozen {
      notes.append(
        Note(
          kind: "list_text", english: "the text of the list has changed since that run",
          chinese: "那次运行之后清单的文本改过"))
    }
    let (entity, values, ids) = try present(list, base)
    var found = try differences(list, base, before, ids, values)
    let known = found.count
    found.removeAll { session.knowledge.row(of: entity, id: $0.id) == nil }
    if found.count < known {
      let gone = known - found.count
      notes.append(
        Note(
          kind: "gone", english: "\(gone) that left are no longer in the book",
          chinese: "离开的 \(gone) 个已不在账本中"))
    }
    return ListChanges(entity: entity, table: table(found, entity), notes: notes)
  }

  // MARK: Now

  /// The list's kind of object, its conditions, and who is on it now.
  private func present(_ list: KeptList, _ base: ListRun) throws -> (String, ListValues?, [Int64]) {
    if list.isFrozen {
      let last = try session.book.lastRun(of: list.id) ?? base
      let ids = try session.book.members(of: list.id, at: last).map(\.id)
      return (last.entity ?? "", nil, ids)
    }
    let trace = try trace(list)
    guard let entity = trace.entity, let members = trace.members else {
      throw Diagnostic("K2315", session.say("a list holds objects", "清单由对象组成"))
    }
    var seen: Set<Int64> = []
    var ids: [Int64] = []
    for row in try session.answer(members).objectRows ?? [] {
      if let id = try session.engine.id(ofRow: row, in: entity), seen.insert(id).inserted {
        ids.append(id)
      }
    }
    return (entity, ListValues(session: session, trace: trace, entity: entity), ids)
  }

  /// The list's text read at a moment: now, or as things stood at the end of a day.
  private func trace(_ list: KeptList, asOf day: Day? = nil, on evaluationDay: Day? = nil) throws
    -> Trace
  {
    let text = SourceText(name: "list \(list.name)", list.query)
    let parsed = parse(text, tongue: session.options.tongue)
    guard case .pipeline(var syntax)? = parsed.program.statements.first?.kind,
      parsed.diagnostics.isEmpty
    else { throw Diagnostic("K3104", "the text of list \"\(list.name)\" does not parse") }
    let interpreter = Interpreter(session, parameters: [:])
    interpreter.evaluationDay = evaluationDay ?? self.evaluationDay
    interpreter.environment = Environment(text: text)
    if let day {
      let span = SourceSpan(0, 0)
      syntax.asOf = .date(ExprSyntax(.literal(.date(day)), span))
    }
    return try interpreter.trace(interpreter.here(syntax, text))
  }

  // MARK: Differences

  private func differences(
    _ list: KeptList, _ base: ListRun, _ before: [ListMember], _ ids: [Int64],
    _ values: ListValues?
  ) throws -> [Change] {
    let present = Set(ids)
    let past = Dictionary(before.map { ($0.id, $0.detail) }) { first, _ in first }
    let entered = ids.filter { past[$0] == nil }.sorted()
    let left = past.keys.filter { !present.contains($0) }.sorted()
    let hasOpen = values.map { !$0.openValues.isEmpty } ?? false
    let stayed = hasOpen ? ids.filter { past[$0] != nil }.sorted() : []
    let found = try values?.findings(of: entered + left + stayed) ?? [:]
    let then = try thenFindings(list, base, entered)
    let former = try formerValues(values, base)
    let seen = try session.book.appearances(of: list.id, after: base.at)
    var changes: [Change] = []
    for id in entered {
      let why = try enteredBecause(
        id, found[id] ?? [], then?[id], former, base, isFrozen: list.isFrozen)
      changes.append(
        Change(id: id, kind: say("entered", "进入"), why: why, at: seen[id]?.first ?? now))
    }
    for id in left {
      let why = leftBecause(found[id], past[id] ?? nil, values, isFrozen: list.isFrozen)
      let last = seen[id]?.last ?? base.at
      let run = try session.book.firstRun(of: list.id, after: last)
      changes.append(Change(id: id, kind: say("left", "离开"), why: why, at: run?.at ?? now))
    }
    for id in stayed {
      let moves = movements(found[id] ?? [], past[id] ?? nil)
      guard !moves.isEmpty else { continue }
      changes.append(
        Change(id: id, kind: say("moved", "变动"), why: joined(moves), at: now))
    }
    return changes
  }

  /// By the label of a value that is a stored field: what it was at the run, kept form, for each object
  /// whose field was changed since.
  private func formerValues(_ values: ListValues?, _ base: ListRun) throws
    -> [String: [Int64: String]]
  {
    guard let values else { return [:] }
    var found: [String: [Int64: String]] = [:]
    for value in values.allValues {
      guard let field = value.field, case .value(let expr) = value.finding else { continue }
      let logged = try session.book.formerValues(of: values.entity, field, at: base.at)
      found[value.label] = logged.mapValues { text in
        guard let text else { return "" }
        guard expr.type == .money, let fen = Int64(text) else { return text }
        return session.style.text(of: .money(fen), type: .money, form: .machines)
      }
    }
    return found
  }

  /// What the conditions said of objects at the run, from the book's history; nil where that cannot be
  /// told.
  private func thenFindings(_ list: KeptList, _ base: ListRun, _ ids: [Int64]) throws
    -> [Int64: [ListValues.Finding]]?
  {
    guard !ids.isEmpty, !list.isFrozen else { return nil }
    let day = Day(number: session.zone.day(of: base.at.microseconds))
    // Without a history of what the conditions read, the rows of today are judged by the day of the run:
    // that shows what time alone has turned.
    guard let past = (try? trace(list, asOf: day)) ?? (try? trace(list, on: day)),
      let entity = past.entity
    else { return nil }
    return try ListValues(session: session, trace: past, entity: entity).findings(of: ids)
  }

  private func enteredBecause(
    _ id: Int64, _ found: [ListValues.Finding], _ then: [ListValues.Finding]?,
    _ former: [String: [Int64: String]], _ base: ListRun, isFrozen: Bool
  ) throws -> String {
    if isFrozen { return say("saved with it", "随后存入") }
    if let created = try created(id, base), created.at > base.at {
      return say("new on \(created.day.text)", "新建于 \(created.day.text)")
    }
    var reasons: [String] = []
    for (place, finding) in found.enumerated() where finding.holds {
      if let value = finding.test.values.first(where: { former[$0.label]?[id] != nil }),
        let old = former[value.label]?[id],
        let place = finding.test.values.firstIndex(where: { $0.label == value.label }),
        old != finding.values[place]
      {
        reasons.append(moved(value, old, finding.values[place]))
        continue
      }
      let old = then.flatMap { $0.indices.contains(place) ? $0[place] : nil }
      guard let old, !old.holds else { continue }
      reasons.append(turn(finding, from: old.values))
    }
    guard reasons.isEmpty else { return joined(reasons) }
    // Nothing in the book tells what it was; what counts now is said instead.
    let current = found.map { turn($0, from: []) }.filter { !$0.isEmpty }
    return current.isEmpty ? "" : say("now ", "现为 ") + joined(current)
  }

  /// When an object came into the book, where it says so.
  private func created(_ id: Int64, _ base: ListRun) throws -> (at: Instant, day: Day)? {
    guard let entity = base.entity, let spec = session.knowledge.catalogue.entity(entity),
      spec.fields.contains(where: { $0.name == "created" && $0.type == .time }),
      let row = session.knowledge.row(of: entity, id: id)
    else { return nil }
    let column = try session.engine.column(entity, "created")
    guard Int(row) < column.count, case .time(let at) = column.scalar(Int(row), .time) else {
      return nil
    }
    return (at, Day(number: session.zone.day(of: at.microseconds)))
  }

  private func leftBecause(
    _ found: [ListValues.Finding]?, _ detail: String?, _ values: ListValues?, isFrozen: Bool
  ) -> String {
    if isFrozen { return say("no longer saved with it", "已不在其中") }
    guard let found else { return say("no longer among the rows", "已不在来源中") }
    let kept = detail.flatMap(JSONText.texts) ?? [:]
    let failed = found.filter { !$0.holds }
    if failed.isEmpty {
      let counted = values?.trace.steps.last { $0.place != nil }?.text
      return counted.map { say("no longer in \($0)", "已不在“\($0)”内") }
        ?? say("a later stage took it away", "被后面的步骤去掉")
    }
    return joined(
      failed.map { finding in
        turn(
          finding,
          from: finding.test.values.map { value in
            value.isFixed ? finding.test.asked.unquoted : kept[value.label]
          })
      })
  }

  private func movements(_ found: [ListValues.Finding], _ detail: String?) -> [String] {
    guard let kept = detail.flatMap(JSONText.texts) else { return [] }
    var said: [String] = []
    for finding in found {
      for (value, current) in zip(finding.test.values, finding.values) {
        guard let old = kept[value.label], old != current, value.tellsMovement else { continue }
        let text = moved(value, old, current)
        if !said.contains(text) { said.append(text) }
      }
    }
    return said
  }

  // MARK: Words

  /// `tier V2→V1`; `last_contact 2026-09-21, 61 days ago`; the condition with its figure.
  private func turn(_ finding: ListValues.Finding, from old: [String?]) -> String {
    var parts: [String] = []
    for (place, value) in finding.test.values.enumerated() {
      let current = finding.values[place]
      let before = old.indices.contains(place) ? old[place] : nil
      switch value.finding {
      case .children:
        parts.append(finding.test.text + say(": ", "：") + session.words(current, of: value))
      case .value:
        if let before, before != current {
          parts.append(moved(value, before, current))
        } else {
          parts.append("\(value.label) \(session.words(current, of: value))" + age(value, current))
        }
      }
    }
    if parts.isEmpty { return finding.test.text }
    return parts.joined(separator: say(", ", "，"))
  }

  private func moved(_ value: TracedValue, _ old: String, _ current: String) -> String {
    "\(value.label) \(session.words(old, of: value))→\(session.words(current, of: value))"
  }

  /// How long ago a day is.
  private func age(_ value: TracedValue, _ kept: String) -> String {
    guard case .value(let expr) = value.finding, expr.type == .date || expr.type == .time,
      let day = Value.day(String(kept.prefix(10))), day.number <= today.number
    else { return "" }
    let days = Int(today.number - day.number)
    return say(days == 1 ? ", 1 day ago" : ", \(days) days ago", "，\(days) 天前")
  }

  private func compared(_ base: ListRun, _ moment: Instant) -> Note {
    let shown = String(session.style.text(of: .time(base.at), type: .time).prefix(16))
    guard base.at <= moment else {
      return Note(
        kind: "list", english: "the first run is of \(shown); compared with it",
        chinese: "首次运行在 \(shown)，与之比较")
    }
    return Note(
      kind: "list", english: "compared with the run of \(shown)", chinese: "与 \(shown) 的运行比较")
  }

  private func say(_ english: String, _ chinese: String) -> String {
    session.say(english, chinese)
  }

  private func joined(_ parts: [String]) -> String { parts.joined(separator: say("; ", "；")) }

  private func table(_ changes: [Change], _ entity: String) -> ColumnTable {
    func texts(_ values: [String]) -> Vector {
      var builder = TextDictionaryBuilder()
      let codes = values.map { $0.isEmpty ? 0 : builder.code(Array($0.utf8)) }
      return .text(codes, builder.finish())
    }
    let rows = changes.map { session.knowledge.row(of: entity, id: $0.id) ?? 0 }
    return ColumnTable(
      columns: [
        TableColumn(name: "object", type: .object(entity), vector: .row(rows)),
        TableColumn(name: "change", type: .text, vector: texts(changes.map(\.kind))),
        TableColumn(name: "why", type: .text, vector: texts(changes.map(\.why))),
        TableColumn(
          name: "at", type: .time, vector: .int(changes.map(\.at.microseconds))),
      ], rowCount: changes.count)
  }
}

extension TracedValue {
  /// A difference says that something happened, not merely that time went by.
  var tellsMovement: Bool {
    guard case .value(let expr) = finding else { return false }
    if field != nil { return true }
    switch expr.type {
    case .int, .float, .duration, .bool: return false
    default: return true
    }
  }
}

extension String {
  /// Without the quotes around a constant.
  fileprivate var unquoted: String {
    guard count >= 2, let first, let last, "\"'“‘「".contains(first), "\"'”’」".contains(last) else {
      return self
    }
    return String(dropFirst().dropLast())
  }
}
