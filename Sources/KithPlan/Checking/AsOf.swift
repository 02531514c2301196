import KithBase
import KithLanguage
import KithModel

/// `as of`: a pipeline with its words and its `let`s at another day.
extension Checker {
  /// A year of working days is more than anybody reads side by side.
  private static let dayLimit = 400

  func flow(of pipeline: PipelineSyntax, asOf: AsOfSyntax) throws -> Flow {
    var inner = pipeline
    inner.asOf = nil
    switch asOf {
    case .date(let syntax): return try flow(of: inner, at: try day(syntax))
    case .each(let unit, let syntax):
      let days = try days(each: unit, in: syntax)
      let titles = stageTitles
      let flows = try days.map { day -> Flow in
        stageTitles = titles
        return try flow(of: inner, at: day)
      }
      return side(flows, days)
    }
  }

  /// The rows of a pipeline as they were at the end of a day.
  func flow(of pipeline: PipelineSyntax, at day: Day) throws -> Flow {
    let saved = (today, now, moment)
    defer { (today, now, moment) = saved }
    today = day
    now = Instant(microseconds: facts.zone.start(of: day.adding(days: 1)).microseconds - 1)
    moment = now
    var flow = try self.flow(of: pipeline)
    seal(&flow)
    return flow
  }

  /// Fixes what the rows show as it is at the moment they are asked at: whatever reads them afterwards
  /// stands at another one.
  func seal(_ flow: inout Flow) {
    guard let moment else { return }
    var computed: [ComputedSlot] = []
    var known: [Expr: Expr] = [:]
    func settled(_ column: Column) -> Column {
      var column = column
      switch column.expr.kind {
      case .slot, .literal: return column
      default: break
      }
      if let expr = known[column.expr] {
        column.expr = expr
        return column
      }
      let expr = rounded(column.expr)
      let slot = newSlot()
      computed.append(ComputedSlot(slot, expr))
      known[column.expr] = .slot(slot, expr.type)
      column.expr = .slot(slot, expr.type)
      return column
    }
    let shown = shownColumns(of: flow)
    flow.shown = flow.object == nil && flow.shown == nil ? nil : shown.map(settled)
    flow.columns = flow.columns.map(settled)
    flow.keyColumns = flow.keyColumns.map(settled)
    flow.figureColumns = flow.figureColumns.map(settled)
    flow.sortShown = []
    flow.sortedBy = []
    flow.funnel = nil
    if !computed.isEmpty { flow.plan = .compute(flow.plan, computed) }
    flow.plan = .asOf(flow.plan, AsOf(day: today, moment: moment))
  }

  /// One value of the rows, asked at the moment that holds here.
  func asked(_ expr: Expr, _ plan: Plan) -> (plan: Plan, expr: Expr) {
    guard let moment else { return (plan, expr) }
    let slot = newSlot()
    let computed = Plan.compute(plan, [ComputedSlot(slot, expr)])
    return (
      .asOf(computed, AsOf(day: today, moment: moment)), .slot(slot, expr.type)
    )
  }

  // MARK: Days

  private func day(_ syntax: ExprSyntax) throws -> Day {
    let value = try independent { try self.check(syntax) }
    var day: Day?
    switch value.constant {
    case .date(let date)?: day = date
    case .period(let period)?: day = period.end.adding(days: -1)
    case .time(let instant)?: day = Day(number: facts.zone.day(of: instant.microseconds))
    case .open?: day = today
    case let constant?:
      if let expr = adapt(constant, to: .date, span: syntax.span),
        case .literal(.date(let date)) = expr.kind
      {
        day = date
      }
    case nil: break
    }
    guard let day else {
      throw fail(
        Diagnostic(
          "K2236", say("a day is meant here, such as 2026-09-30", "这里要写日期，如 2026-09-30"),
          at: syntax.span))
    }
    if text[syntax.span] != day.text { note(day.text, syntax.span) }
    return day
  }

  /// The last days of the units that end within a period.
  private func days(each unit: CalendarUnit, in syntax: ExprSyntax) throws -> [Day] {
    let value = try independent { try self.check(syntax) }
    guard case .period(let period)? = value.constant else {
      throw fail(
        Diagnostic(
          "K2236", say("a period is meant here, such as last 6 months", "这里要写时段，如 近6个月"),
          at: syntax.span))
    }
    var days: [Day] = []
    var start = period.start.start(of: unit)
    while days.count <= Self.dayLimit {
      let next = start.adding(1, unit)
      let last = next.adding(days: -1)
      guard last < period.end, start < next else { break }
      if last >= period.start { days.append(last) }
      start = next
    }
    guard !days.isEmpty, days.count <= Self.dayLimit else {
      throw fail(
        Diagnostic(
          "K2237",
          days.isEmpty
            ? say("none of these units ends within the period", "该时段内没有一个单位结束")
            : say("more than \(Self.dayLimit) days are too many", "超过 \(Self.dayLimit) 天"),
          at: syntax.span))
    }
    return days
  }

  /// The rows of each day one after another, the day first.
  private func side(_ flows: [Flow], _ days: [Day]) -> Flow {
    var shape: [Column] = []
    for flow in flows {
      for column in flow.shown ?? flow.columns
      where !shape.contains(where: { $0.name == column.name }) {
        shape.append(column)
      }
    }
    let isChinese = flows[0].tongue == .chinese
    let label = Column(
      name: isChinese ? "截至" : "as_of", zh: isChinese ? "as_of" : "截至",
      expr: .slot(newSlot(), .date))
    var columns = [label] + shape
    var plan: Plan?
    for (flow, day) in zip(flows, days) {
      let at = newSlot()
      let next = Plan.compute(
        flow.plan, [ComputedSlot(at, Expr(.literal(.date(day)), .date))])
      let given = flow.shown ?? flow.columns
      let exprs = columns.map { column -> Expr? in
        column.name == label.name
          ? .slot(at, .date) : given.first { $0.name == column.name }?.expr
      }
      let slots = columns.map { _ in newSlot() }
      let before = plan ?? .scan(.table(ColumnTable(columns: [], rowCount: 0), []))
      let appended = zip(zip(columns, exprs), slots).map { pair, slot in
        AppendedSlot(
          slot, pair.0.expr.type, first: plan == nil ? nil : pair.0.expr, second: pair.1)
      }
      plan = .append(before, next, appended)
      for (place, slot) in slots.enumerated() {
        columns[place].expr = .slot(slot, columns[place].expr.type)
        columns[place].owner = nil
      }
    }
    var result = Flow(plan: plan ?? .scan(.one), object: nil)
    result.tongue = flows[0].tongue
    result.columns = columns
    let figures = flows.flatMap(\.figureColumns).map(\.name)
    result.figureColumns = columns.filter { figures.contains($0.name) }
    result.keyColumns = columns.filter { !figures.contains($0.name) }
    return result
  }
}
