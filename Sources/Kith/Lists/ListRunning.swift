import KithBase
import KithLanguage
import KithPlan
import KithRun
import KithShow
import KithStore

/// What a run of a list found.
struct ListOutcome {
  var name: String
  var count: Int
  /// Against the run before; 0 where this is the first.
  var entered: Int
  var left: Int
  var isFirst: Bool
  /// A snapshot was written.
  var isKept: Bool

  /// Somebody entered or left since the run before.
  var hasChanged: Bool { entered + left > 0 }
}

/// Lists as they are run: the rows are shown, and who was on it is kept where the book may be changed.
extension Interpreter {
  /// Whether runs, texts and saved rows are kept.
  var keepsLists: Bool { session.options.access == .write && !session.options.dryRun }

  /// The name of the list that a pipeline is and nothing else; nil for any other pipeline.
  static func bareList(_ pipeline: PipelineSyntax) -> String? {
    guard pipeline.stages.isEmpty, pipeline.asOf == nil, pipeline.source.alias == nil,
      case .expr(let expr) = pipeline.source.kind, case .one(let word, .text(let name)) = expr.kind,
      ["list", "清单"].contains(fold(word.text))
    else { return nil }
    return name
  }

  /// `list "hot" = …`: keeps the text, runs it.
  func defineList(
    _ name: String, _ pipeline: PipelineSyntax, _ text: SourceText,
    _ emit: (ScriptEvent) throws -> Void
  ) throws {
    let saved = environment
    defer { environment = saved }
    environment = Environment(text: text)
    try runList(name, here(pipeline, text), text[pipeline.span], emit)
  }

  /// `list "hot"` alone.
  func runKeptList(
    _ name: String, _ pipeline: PipelineSyntax, _ text: SourceText,
    _ emit: (ScriptEvent) throws -> Void
  ) throws {
    guard let list = try session.book.list(named: name), !list.isFrozen else {
      let table = try self.table(pipeline, text, limit: maximumRows)
      lastPipeline = here(pipeline, text)
      return try emit(.table(table))
    }
    try runList(name, here(pipeline, text), nil, emit)
  }

  /// - Parameter query: the text to keep; nil where the list has one.
  private func runList(
    _ name: String, _ asked: LastPipeline, _ query: String?, _ emit: (ScriptEvent) throws -> Void
  ) throws {
    var table = try self.table(asked.syntax, asked.text, limit: maximumRows)
    lastPipeline = asked
    let trace = try trace(asked)
    guard let entity = trace.entity, let members = trace.members else { return }
    let ids = try unique(try session.answer(members), entity)
    let now = try clock().now
    var outcome = try outcome(name, ids)
    if keepsLists {
      let details = try ListValues(session: session, trace: trace, entity: entity).details(of: ids)
      try keep(name, query, isFrozen: false, entity, details, now, outcome)
      outcome.isKept = true
    }
    table.add(note(outcome))
    try emit(.list(hasChanged: outcome.hasChanged))
    try emit(.table(table))
  }

  /// `| save list "hot"`: keeps the rows themselves.
  func saveList(
    _ name: String, _ pipeline: PipelineSyntax, _ text: SourceText,
    _ emit: (ScriptEvent) throws -> Void
  ) throws {
    guard keepsLists || session.options.dryRun else { throw KithError(Recorder.readOnly) }
    var table = try self.table(pipeline, text, limit: maximumRows)
    lastPipeline = here(pipeline, text)
    let query = try checked(pipeline, text)
    guard case .object(let entity)? = query.object?.type else { return }
    let ids = try unique(try session.answer(query), entity)
    var outcome = try outcome(name, ids)
    if keepsLists {
      let members = ids.map { ListMember(id: $0, detail: nil) }
      let now = try clock().now
      let end = pipeline.stages.last?.span.upper ?? pipeline.source.span.upper
      let query = text[SourceSpan(pipeline.span.lower, end)]
      try keep(name, query, isFrozen: true, entity, members, now, outcome)
      outcome.isKept = true
    }
    table.add(note(outcome))
    try emit(.list(hasChanged: outcome.hasChanged))
    try emit(.table(table))
  }

  private func keep(
    _ name: String, _ query: String?, isFrozen: Bool, _ entity: String, _ members: [ListMember],
    _ now: Instant, _ outcome: ListOutcome
  ) throws {
    let book = session.book
    let author = try Recorder(session: session, rehearses: false).author()
    try book.writing {
      if let query {
        _ = try book.keepList(name, query: query, isFrozen: isFrozen, at: now, author: author)
      }
      guard let list = try book.list(named: name) else { return }
      try book.keepRun(
        of: list, entity: entity, at: now, members: members,
        entered: outcome.isFirst ? members.count : outcome.entered)
    }
  }

  /// Each object once, as its first row comes.
  private func unique(_ result: RunResult, _ entity: String) throws -> [Int64] {
    var seen: Set<Int32> = []
    var ids: [Int64] = []
    for row in result.objectRows ?? [] where seen.insert(row).inserted {
      if let id = try session.engine.id(ofRow: row, in: entity) { ids.append(id) }
    }
    return ids
  }

  private func outcome(_ name: String, _ ids: [Int64]) throws -> ListOutcome {
    var outcome = ListOutcome(
      name: name, count: ids.count, entered: 0, left: 0, isFirst: true, isKept: false)
    guard let list = try session.book.list(named: name),
      let last = try session.book.lastRun(of: list.id)
    else { return outcome }
    let before = Set(try session.book.members(of: list.id, at: last).map(\.id))
    let stayed = ids.reduce(0) { $0 + (before.contains($1) ? 1 : 0) }
    outcome.isFirst = false
    (outcome.entered, outcome.left) = (ids.count - stayed, before.count - stayed)
    return outcome
  }

  private func note(_ outcome: ListOutcome) -> Note {
    let (entered, left) = (outcome.entered, outcome.left)
    var english =
      outcome.isFirst
      ? "first run of list \"\(outcome.name)\""
      : "since the run before \(entered) entered, \(left) left"
    var chinese =
      outcome.isFirst ? "清单“\(outcome.name)”首次运行" : "较上次运行：进入 \(entered)，离开 \(left)"
    if !outcome.isKept {
      english += "; not kept, the book is open for reading only"
      chinese += "；账本以只读打开，未保存"
    }
    return Note(kind: outcome.isKept ? "list" : "list_not_kept", english: english, chinese: chinese)
  }
}

extension Table {
  mutating func add(_ note: Note) {
    var result = result
    result.notes.append(note)
    self = Table(
      result: result, style: style, totalRowCount: totalRowCount, ids: ids, entity: entity)
  }
}
