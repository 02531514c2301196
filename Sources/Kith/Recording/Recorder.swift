import KithBase
import KithLanguage
import KithPlan
import KithRun
import KithShow
import KithStore

/// Carries out checked recordings, each in one transaction: the rows and their new values are worked
/// out and written while the book stands still.
struct Recorder {
  let session: Session
  /// Rolls everything back at the end.
  let rehearses: Bool

  private struct RehearsalIsOver: Error {}

  /// Runs one recording; `check` is called inside the transaction, so that what it finds is what is
  /// written.
  func run(_ check: () throws -> Recording) throws -> Recorded {
    guard session.options.access == .write else { throw Recorder.readOnly }
    let started = SystemClock.microseconds
    var done: Recorded?
    do {
      try session.book.writing {
        try session.book.connection.execute("PRAGMA defer_foreign_keys = ON")
        let recording = try check()
        done = try record(recording, started)
        if rehearses { throw RehearsalIsOver() }
      }
    } catch is RehearsalIsOver {
      session.forgetRows()
    } catch {
      session.forgetRows()
      throw error
    }
    guard let done else { throw Diagnostic("K9201", "a recording left no account") }
    return done
  }

  /// What is said where nothing may be changed.
  static let readOnly = Diagnostic(
    "K6013", "the book is open for reading only, nothing can be changed in it",
    help: "start kith with --write, or open the session with access .write")

  private func record(_ recording: Recording, _ started: Int64) throws -> Recorded {
    let now = try session.clock().now
    let kind: String =
      switch recording.act {
      case .merge: "merge"
      case .undo: "undo"
      default: "edit"
      }
    let journal = Journal(
      book: session.book, kind: kind, at: now, author: try author(),
      tongue: session.options.tongue,
      blocking: RecordingRule.named(in: session.knowledge.setting("blocking_rules") ?? ""))
    journal.claimDays = claimDays
    if recording.act == .undo {
      let undone = try journal.undoLast()
      try journal.finish(entity: undone.entity, undone: undone.batch)
    } else {
      try apply(recording, journal)
      try journal.finish(entity: recording.entity)
    }
    return Recorded(
      table: try RecordedTable(session: session, journal: journal, rehearses: rehearses)
        .table(started),
      changedRows: journal.counts.values.reduce(0) { $0 + $1.new + $1.changed + $1.removed },
      isRehearsal: rehearses, isUndo: recording.act == .undo)
  }

  /// The member whose changes these are; nil where nobody was named.
  private func author() throws -> Int64? {
    guard let name = session.options.author, !name.isEmpty else { return nil }
    let ids = session.knowledge.find("member", name)
    guard ids.count == 1, let id = ids.first else {
      throw Diagnostic(
        "K2108",
        ids.isEmpty
          ? "no member is called '\(name)'" : "\(ids.count) members are called '\(name)'",
        suggestions: Spelling.nearest(
          name, among: session.knowledge.values(of: "member", field: "name")))
    }
    return id
  }

  private var claimDays: Int64 {
    let (syntax, _) = parseExpression(SourceText(session.knowledge.setting("claim_valid") ?? ""))
    guard case .literal(.duration(let length)) = syntax.kind else { return 30 }
    switch length.unit {
    case .day: return min(length.count, 100_000)
    case .week: return min(length.count, 10_000) * 7
    default: return 30
    }
  }

  // MARK: Values

  /// One row of a recording's query.
  struct Row {
    /// The object it stands for; nil for a row that stands alone.
    var id: Int64?
    /// By the names of `Recording.columns`.
    var values: [String: StoredValue]
  }

  private func apply(_ recording: Recording, _ journal: Journal) throws {
    let rows = try rows(recording)
    let entity = recording.entity
    switch recording.act {
    case .insert:
      for row in rows {
        try journal.add(
          entity, cells(row, recording, journal, isNew: true),
          stageCode: recording.givesStageCode ? row.values["stage"]?.logged : nil)
      }
    case .update:
      for row in rows {
        guard let id = row.id else { continue }
        try journal.update(entity, id, cells(row, recording, journal))
      }
    case .remove: try journal.removeWithParts(entity, rows.compactMap(\.id))
    case .advance, .close:
      for row in rows { try move(row, recording, journal) }
    case .claim:
      for row in rows { try claim(row, recording, journal) }
    case .refer(let name):
      for row in rows { try refer(row, name, recording, journal) }
    case .merge:
      guard rows.count == 1, let id = rows[0].id, case .int(let kept)? = rows[0].values["into"]
      else {
        throw Diagnostic("K4304", "one object is merged into one other, here are \(rows.count)")
      }
      try journal.merge(entity, id, into: kept)
    case .undo: break
    }
  }

  private func move(_ row: Row, _ recording: Recording, _ journal: Journal) throws {
    guard let id = row.id else { return }
    let moment = row.values["at"]?.logged.flatMap(StoredText.instant)
    journal.reason = row.values["reason"]?.logged
    let values = try cells(row, recording, journal)
    switch recording.act {
    case .advance(let code): try journal.advance(id, to: code, at: moment, values)
    case .close(let state): try journal.close(id, as: state, at: moment, values)
    default: break
    }
    journal.reason = nil
  }

  private func claim(_ row: Row, _ recording: Recording, _ journal: Journal) throws {
    guard let id = row.id, let owner = source(row, recording) else { return }
    var until: Instant?
    if case .text(let text)? = row.values["until"], let day = Value.day(text) {
      // To the end of that day.
      let end = session.zone.start(of: day.adding(days: 1)).microseconds - 1_000_000
      until = Instant(microseconds: end)
    }
    try journal.claim(customer: id, by: owner, until: until, cells(row, recording, journal))
  }

  private func refer(_ row: Row, _ name: String?, _ recording: Recording, _ journal: Journal)
    throws
  {
    guard let source = source(row, recording) else { return }
    let referred: Journal.Referred
    if let name {
      referred = .name(name)
    } else if let id = row.id {
      referred =
        recording.query.object?.type == .object("contact") ? .contact(id) : .customer(id)
    } else {
      return
    }
    try journal.refer(
      referred, by: source, category: row.values["category"]?.logged,
      cells(row, recording, journal))
  }

  /// The object behind `by`.
  private func source(_ row: Row, _ recording: Recording) -> (entity: String, id: Int64)? {
    guard let output = recording.query.output.first(where: { $0.name == "by" }),
      case .object(let entity) = output.expr.type, case .int(let id)? = row.values["by"]
    else { return nil }
    return (entity, id)
  }

  /// Values by the columns they go to. Of a text in two tongues a new row gets the one it needs, a
  /// change goes to the session's; words whose meaning the act gives have no column.
  private func cells(
    _ row: Row, _ recording: Recording, _ journal: Journal, isNew: Bool = false
  ) throws -> [(column: String, value: StoredValue)] {
    let columns = try journal.columns(of: recording.entity)
    let ending = isNew || session.options.tongue == .chinese ? "_zh" : "_en"
    return recording.columns.compactMap { name in
      if name == "stage", recording.givesStageCode { return nil }
      guard let value = row.values[name],
        let column = columns.logged(name) ?? columns.logged(name + ending)
      else { return nil }
      return (column.name, value)
    }
  }

  /// The rows of a recording's query with their values. One object met twice must get the same
  /// values both times, and counts once.
  private func rows(_ recording: Recording) throws -> [Row] {
    let result = try session.engine.run(
      recording.query, budget: session.newBudget(), refreshing: false)
    let entity = recording.query.object?.type
    var rows: [Row] = []
    var places: [Int64: Int] = [:]
    for place in 0..<result.rowCount {
      var row = Row(id: nil, values: [:])
      for (index, output) in recording.query.output.enumerated() {
        let scalar = result.columns[index].scalar(place, output.expr.type)
        row.values[output.name] = try stored(scalar, output.expr.type)
      }
      if let objects = result.objectRows, case .object(let name)? = entity {
        guard let id = try session.engine.id(ofRow: objects[place], in: name) else { continue }
        row.id = id
        if let known = places[id] {
          guard rows[known].values == row.values else {
            throw Diagnostic(
              "K4303",
              "\(name) \(try session.book.title(of: name, id, session.options.tongue)) would get two values at once",
              help: "the rows repeat it; leave one row for each object")
          }
          continue
        }
        places[id] = rows.count
      }
      rows.append(row)
    }
    return rows
  }

  /// A value as the book keeps it.
  private func stored(_ value: Scalar, _ type: KithType) throws -> StoredValue {
    switch value {
    case .empty: return .null
    case .int(let number), .money(let number): return .int(number)
    case .float(let number): return .real(number)
    case .bool(let truth): return .int(truth ? 1 : 0)
    case .text(let text):
      let trimmed = text.trimmingBlanks
      return trimmed.isEmpty ? .null : .text(trimmed)
    case .code(let code): return .text(code)
    case .date(let day): return .text(StoredText.date(day))
    case .time(let instant): return .text(StoredText.time(instant))
    case .object(let row):
      guard case .object(let entity) = type,
        let id = try session.engine.id(ofRow: row, in: entity)
      else { return .null }
      return .int(id)
    case .duration(let length): return .int(length.days)
    case .list(let values):
      let texts = try values.compactMap { try stored($0, .text).logged }
      return texts.isEmpty ? .null : .text(texts.joined(separator: ","))
    case .period(let period): return .text(period.text)
    }
  }
}

/// What a recording did.
package struct Recorded: Sendable {
  /// Object, field, old and new value; the first of them.
  package var table: Table
  /// Rows that were made, changed or removed.
  package var changedRows: Int
  /// Nothing was kept.
  package var isRehearsal: Bool
  /// An earlier recording was taken back.
  package var isUndo: Bool
}

extension Recording {
  /// A stage was given by its code: which one follows from the deal's funnel.
  fileprivate var givesStageCode: Bool {
    query.output.contains { $0.name == "stage" && $0.expr.type == .text }
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmingBlanks: String {
    var view = Substring(self)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }
}
