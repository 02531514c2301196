import KithBase
import KithModel
import KithPlan
import KithRun
import KithShow

/// Answers `why`: one row for each condition the object met on its way through a pipeline, up to the
/// stage where it left.
struct Why {
  let session: Session
  let trace: Trace
  let object: ObjectReference

  private struct Row {
    var step: Int
    var stage: String
    var condition = ""
    var found = ""
    var holds: Bool?
  }

  /// Throws K2 where the pipeline has no rows of that kind, K4 to K6 while looking.
  func table() throws -> Table {
    guard trace.steps.contains(where: { $0.after?.entity == object.entity }) else {
      throw Diagnostic("K2312", notOfThisKind)
    }
    var rows: [Row] = []
    var reason = ""
    var isIn = false
    for (number, step) in trace.steps.enumerated() {
      let wasIn = isIn
      if let after = step.after, after.entity == object.entity {
        isIn = try isAmong(after)
      } else if step.after?.entity == nil, wasIn {
        rows.append(
          Row(step: number, stage: step.text, found: say("counted among others here", "在此并入汇总")))
        reason = say(
          "\(name) reaches stage \(number), \(step.title), and is counted there among others",
          "\(name) 到达第 \(number) 步“\(step.title)”，在那里并入汇总")
        isIn = false
        continue
      } else {
        isIn = false
      }
      guard wasIn || isIn || number == 0 else { continue }
      let looked = wasIn ? try look(number, step, isIn: isIn) : []
      rows += looked.isEmpty ? [Row(step: number, stage: step.text, holds: isIn)] : looked
      if !isIn {
        reason = leaving(number, step, looked)
      }
    }
    if isIn { reason = staying(rows) }
    return table(rows, reason)
  }

  private func say(_ english: String, _ chinese: String) -> String {
    session.options.tongue == .chinese ? chinese : english
  }

  // MARK: Looking

  private func isAmong(_ rows: TracedRows) throws -> Bool {
    guard let query = trace.query(rows, of: [object.id], []) else { return false }
    return try session.answer(query).rowCount > 0
  }

  private func look(_ number: Int, _ step: TraceStep, isIn: Bool) throws -> [Row] {
    guard let before = step.before, before.entity == object.entity else { return [] }
    if !step.tests.isEmpty { return try tests(number, step, before) }
    if let place = step.place { return try [counted(number, step, place, before, isIn: isIn)] }
    return []
  }

  private func tests(_ number: Int, _ step: TraceStep, _ rows: TracedRows) throws -> [Row] {
    var reader = ValueReader(step.tests.flatMap(\.values))
    for test in step.tests { reader.add(test.truth) }
    guard let query = trace.query(rows, of: [object.id], reader.exprs) else { return [] }
    let result = try session.answer(query)
    guard result.rowCount > 0 else { return [] }
    func holds(_ test: Int, _ row: Int) -> Bool {
      reader.truth(step.tests[test].truth, result, row)
    }
    // Of several rows of the object the one that came furthest speaks for it.
    let best =
      (0..<result.shownRows).max { a, b in
        step.tests.indices.filter { holds($0, a) }.count
          < step.tests.indices.filter { holds($0, b) }.count
      } ?? 0
    return step.tests.enumerated().map { place, test in
      let found = test.values.map { reader.text($0, result, best, session) }
      return Row(
        step: number, stage: step.text, condition: test.text,
        found: found.joined(separator: say(", ", "，")), holds: holds(place, best))
    }
  }

  private func counted(
    _ number: Int, _ step: TraceStep, _ place: TracedPlace, _ rows: TracedRows, isIn: Bool
  ) throws -> Row {
    var reader = ValueReader(step.values)
    for expr in [place.number, place.count, place.rank, place.cut].compactMap({ $0 }) {
      reader.add(expr)
    }
    var row = Row(step: number, stage: step.text, holds: isIn)
    guard let query = trace.query(rows, of: [object.id], reader.exprs) else { return row }
    let result = try session.answer(query)
    guard result.rowCount > 0 else { return row }
    func value(_ expr: Expr?) -> Scalar {
      expr.map { reader.scalar($0, result, 0) } ?? .empty
    }
    var parts = step.values.map { reader.text($0, result, 0, session) }
    guard case .int(let position) = value(place.number), case .int(let count) = value(place.count)
    else { return row }
    let isSorted = place.rank != nil
    if case .int(let rank)? = place.rank.map(value) {
      parts.append(say("rank \(rank) of \(count)", "第 \(rank) 名，共 \(count)"))
      if !isIn, let limit = place.limit, rank <= limit, position > limit {
        parts.append(say("ties with the last one kept", "与末位并列"))
      }
    } else if !isSorted {
      parts.append(say("row \(position) of \(count)", "第 \(position) 行，共 \(count)"))
    }
    if !isIn, let cut = place.cut, let limit = place.limit, value(cut) != .empty {
      let text = session.shown(value(cut), cut.type)
      parts.append(say("the last of \(limit) has \(text)", "第 \(limit) 名为 \(text)"))
    }
    row.found = parts.joined(separator: say(", ", "，"))
    return row
  }

  // MARK: Saying

  private var name: String {
    let spec = session.knowledge.catalogue.entity(object.entity)
    let word = say(object.entity, spec?.zh ?? object.entity)
    let title = session.title(of: object)
    return "\(word) \(object.id)" + (title.isEmpty ? "" : " " + title)
  }

  private var notOfThisKind: String {
    let spec = session.knowledge.catalogue.entity(trace.entity ?? "")
    return say(
      "the rows are \(spec?.plural ?? "values"), no \(object.entity) is among them",
      "各行是\(spec?.zh ?? "值")，其中没有\(session.knowledge.catalogue.entity(object.entity)?.zh ?? "")")
  }

  private func leaving(_ number: Int, _ step: TraceStep, _ rows: [Row]) -> String {
    if number == 0 {
      return say("\(name) is not among \(step.text)", "\(name) 不在“\(step.text)”中")
    }
    let failed = zip(rows.indices, rows).filter { $0.1.holds == false }
    let reasons = failed.map { place, row -> String in
      let asked = step.tests.indices.contains(place) ? step.tests[place].asked : ""
      if row.condition.isEmpty { return row.found }
      if row.found.isEmpty { return say("\(row.condition) does not hold", "\(row.condition) 不成立") }
      if asked.isEmpty { return row.condition + say(": ", "：") + row.found }
      return row.found + say(", asked ", "，要求 ") + asked
    }.filter { !$0.isEmpty }
    let why = reasons.isEmpty ? "" : say(": ", "：") + reasons.joined(separator: say("; ", "；"))
    return say(
      "\(name) leaves at stage \(number), \(step.title)\(why)",
      "\(name) 在第 \(number) 步“\(step.title)”离开\(why)")
  }

  private func staying(_ rows: [Row]) -> String {
    let count = rows.filter { !$0.condition.isEmpty && $0.holds == true }.count
    let last = rows.last { $0.condition.isEmpty && !$0.found.isEmpty }
    let place = last.map { say(", ", "，") + $0.found } ?? ""
    guard count > 0 else { return say("\(name) is in the result\(place)", "\(name) 在结果中\(place)") }
    return say(
      "\(name) is in the result: \(count == 1 ? "its condition holds" : "all \(count) conditions hold")\(place)",
      "\(name) 在结果中：\(count) 个条件都成立\(place)")
  }

  private func table(_ rows: [Row], _ reason: String) -> Table {
    let columns = [
      ResultColumn(name: say("step", "步"), type: .int, vector: .int(rows.map { Int64($0.step) })),
      .texts(say("stage", "步骤"), rows.map(\.stage)),
      .texts(say("condition", "条件"), rows.map(\.condition)),
      .texts(say("found", "实际"), rows.map(\.found)),
      ResultColumn(
        name: say("holds", "成立"), type: .bool,
        vector: .bool(rows.map { row in row.holds.map { $0 ? 1 : 0 } ?? Vector.emptyBool })),
    ]
    let note = Note(kind: "why", english: reason, chinese: reason)
    return Table(
      result: ResultTable(columns: columns, rowCount: rows.count, notes: [note]),
      style: session.style, totalRowCount: rows.count, ids: [], entity: nil)
  }
}
