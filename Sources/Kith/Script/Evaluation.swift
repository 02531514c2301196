package import KithBase
package import KithLanguage
import KithModel
package import KithPlan
import KithRun
import KithShow
import KithStore

/// From a pipeline's tree to its answer: check, run, dress.
extension Interpreter {
  func newChecker(_ text: SourceText) throws -> Checker {
    var (now, today) = try session.clock()
    if let evaluationDay {
      today = evaluationDay
      let end = session.zone.start(of: evaluationDay.adding(days: 1)).microseconds - 1
      now = Instant(microseconds: end)
    }
    var options = CheckOptions(
      tongue: session.options.tongue, today: today, now: now, parameters: parameters,
      openParameters: openParameters, asOf: evaluationDay)
    options.expected = expected
    return Checker(
      facts: session.knowledge, index: session.index, functions: session.functions,
      environment: environment, options: options, text: text)
  }

  package func checked(_ pipeline: PipelineSyntax, _ text: SourceText) throws -> Query {
    try session.refresh()
    let checker = try newChecker(text)
    guard let query = checker.check(pipeline) else { throw KithError(checker.diagnostics) }
    return query
  }

  /// The answer of a pipeline, at most `limit` rows of it worked out.
  package func table(_ pipeline: PipelineSyntax, _ text: SourceText, limit: Int?) throws -> Table {
    let started = SystemClock.microseconds
    let query = try checked(pipeline, text)
    let result = try run(query, pipeline, text, limit: limit)
    return dress(query, result, microseconds: SystemClock.microseconds - started)
  }

  private func run(_ query: Query, _ pipeline: PipelineSyntax, _ text: SourceText, limit: Int?)
    throws -> RunResult
  {
    do {
      return try session.engine.run(
        query, budget: session.newBudget(), maximumRows: limit, refreshing: false)
    } catch var diagnostic as Diagnostic {
      if diagnostic.span == nil {
        diagnostic.span = pipeline.span
        diagnostic.source = text
      }
      throw KithError(diagnostic)
    }
  }

  private func dress(_ query: Query, _ result: RunResult, microseconds: Int64) -> Table {
    let tongue = session.options.tongue
    let columns = zip(query.output, result.columns).map { output, vector in
      ResultColumn(
        name: output.name, type: output.expr.type, vector: vector,
        labels: labels(output.expr.type, tongue), unit: output.unit)
    }
    let counts = zip(query.stageTitles, result.stageCounts).map { ($0, $1) }.filter { $0.1 >= 0 }
    var notes = result.notes
    for problem in session.source.problems.prefix(3) {
      let said = problem.diagnostic.message
      notes.append(Note(kind: "data", english: said, chinese: said))
    }
    if result.rowCount == 0 { notes += EmptyResult.notes(query, session.knowledge) }
    let table = ResultTable(
      columns: columns, rowCount: result.shownRows, stageCounts: counts, notes: notes,
      resolvedDates: query.resolvedDates.map { (word: $0.word, text: $0.text) },
      milliseconds: Double(microseconds) / 1000, tree: result.treeLevels)
    let entity: String? = query.object.flatMap {
      if case .object(let name) = $0.type { name } else { nil }
    }
    let ids = (result.objectRows ?? []).map { row -> Int64 in
      ((try? session.engine.id(ofRow: row, in: entity ?? "")) ?? nil) ?? 0
    }
    return Table(
      result: table, style: session.style, totalRowCount: result.rowCount, ids: ids,
      entity: entity)
  }

  private func labels(_ type: KithType, _ tongue: Tongue) -> [String: String]? {
    guard case .enumeration(let name) = type, tongue == .chinese,
      let spec = session.knowledge.catalogue.enumeration(name)
    else { return nil }
    return Dictionary(spec.values.map { ($0.code, $0.zh) }) { first, _ in first }
  }

  // MARK: Values

  private func lone(_ expr: ExprSyntax) -> PipelineSyntax {
    PipelineSyntax(
      source: SourceSyntax(kind: .expr(expr), alias: nil, span: expr.span), stages: [],
      span: expr.span)
  }

  /// A lone expression's value with its type.
  func evaluate(_ expr: ExprSyntax, _ text: SourceText) throws -> (Scalar, KithType) {
    let table = try self.table(lone(expr), text, limit: 1)
    guard let column = table.result.columns.first, table.rowCount > 0 else {
      return (.empty, .text)
    }
    return (column.vector.scalar(0, column.type), column.type)
  }

  func truth(_ expr: ExprSyntax, _ text: SourceText) throws -> Bool {
    let (value, type) = try evaluate(expr, text)
    guard type == .bool else {
      throw KithError(
        Diagnostic("K2120", "a condition must be true or false", at: expr.span, source: text))
    }
    return value == .bool(true)
  }

  func shownText(_ expr: ExprSyntax, _ text: SourceText) throws -> String {
    let table = try self.table(lone(expr), text, limit: 1)
    guard let column = table.result.columns.first, table.rowCount > 0 else { return "" }
    return session.style.text(
      of: column.vector.scalar(0, column.type), type: column.type, labels: column.labels)
  }

  /// A value as a parameter: what a `param`'s default or `set` is worked out to.
  func scalar(_ expr: ExprSyntax, _ text: SourceText) throws -> ParameterValue? {
    let (value, _) = try evaluate(expr, text)
    return ParameterValue(value)
  }

  /// What a loop runs over: its rows, or the elements of a list.
  func turns(_ pipeline: PipelineSyntax, _ text: SourceText) throws -> (LoopShape, [LoopRow]) {
    try session.refresh()
    let checker = try newChecker(text)
    guard let (query, shape) = checker.checkLoop(pipeline) else {
      throw KithError(checker.diagnostics)
    }
    let result = try run(query, pipeline, text, limit: nil)
    let rows = (0..<result.rowCount).map { row in
      zip(query.output, result.columns).map { $1.scalar(row, $0.expr.type) }
    }
    guard shape.runsOverElements else { return (shape, rows.map { LoopRow(values: $0) }) }
    let elements = rows.flatMap { row -> [Scalar] in
      if case .list(let elements)? = row.first { elements } else { [] }
    }
    return (shape, elements.map { LoopRow(values: [$0]) })
  }
}

extension ParameterValue {
  init?(_ scalar: Scalar) {
    switch scalar {
    case .empty: self = .empty
    case .int(let value): self = .int(value)
    case .float(let value): self = .float(value)
    case .bool(let value): self = .bool(value)
    case .text(let value), .code(let value): self = .text(value)
    case .money(let fen): self = .money(fen)
    case .date(let day): self = .date(day)
    case .duration(let length): self = .duration(length)
    case .period(let period): self = .period(period)
    case .list(let values): self = .list(values.compactMap { ParameterValue($0) })
    case .time, .object: return nil
    }
  }
}
