import KithBase
import KithLanguage

/// Stages that look at the whole: describe, histogram, duplicates, compare.
extension Checker {
  func describe(_ flow: inout Flow) throws {
    let columns = shownColumns(of: flow)
    let names: [(String, String, KithType)] = [
      ("column", "列", .text), ("type", "类型", .text), ("filled", "已填", .int),
      ("distinct", "不同值", .int), ("min", "最小", .text), ("max", "最大", .text),
      ("median", "中位数", .text), ("commonest", "最常见", .text),
    ]
    let slots = names.map { _ in newSlot() }
    let labelled = columns.map { LabelledExpr(label: $0.name, expr: shownForm($0.expr)) }
    flow.plan = .describe(flow.plan, DescribePlan(columns: labelled, slots: slots))
    let chinese = flow.tongue == .chinese
    makePlain(
      &flow,
      zip(names, slots).map {
        Column(
          name: chinese ? $0.0.1 : $0.0.0, zh: chinese ? $0.0.0 : $0.0.1, expr: .slot($0.1, $0.0.2))
      })
    flow.sortedBy = []
  }

  func histogram(
    _ value: ExprSyntax, _ width: HistogramWidth?, _ span: SourceSpan, _ flow: inout Flow
  ) throws {
    let expr = try within(&flow) { self.rounded(try self.check(value).expr) }
    let fits =
      expr.type.isNumber || expr.type.isMoney || expr.type == .date || expr.type == .time
      || { if case .duration = expr.type { true } else { false } }()
    guard fits else { throw mismatch("histogram", expr.type, .int, value.span) }
    var type = expr.type
    var measured = expr
    var kind = HistogramPlan.Width.automatic
    switch width {
    case .unit(let unit) where expr.type.isDateLike:
      measured = .call(.period(unit), [day(expr)], .period(unit))
      type = .period(unit)
      kind = .calendar(unit)
    case .unit:
      throw fail(
        Diagnostic(
          "K2213", say("a calendar width fits dates only", "日历宽度只用于日期"), at: lastWord(span)))
    case .value(let syntax):
      let typed = try within(&flow) { try self.check(syntax) }
      if expr.type.isDateLike {
        guard case .duration(let length)? = typed.constant, length.months == 0 else {
          throw mismatch("by", expr.type, typed.type, syntax.span)
        }
        measured = day(expr)
        type = .date
        kind = .fixed(Double(max(1, length.days)))
      } else {
        let literal = try convert(typed, to: expr.type)
        kind = .fixed(try number(literal, syntax.span))
      }
    case nil:
      if expr.type.isDateLike {
        measured = .call(.period(.month), [day(expr)], .period(.month))
        type = .period(.month)
        kind = .calendar(.month)
      }
    }
    let (from, to, count) = (newSlot(), newSlot(), newSlot())
    flow.plan = .histogram(
      flow.plan, HistogramPlan(expr: measured, width: kind, from: from, to: to, count: count))
    let chinese = flow.tongue == .chinese
    let figures = Column(
      name: chinese ? "计数" : "count", zh: chinese ? "count" : "计数", expr: .slot(count, .int))
    makePlain(
      &flow,
      [
        Column(name: chinese ? "从" : "from", zh: "从", expr: .slot(from, type)),
        Column(name: chinese ? "到" : "to", zh: "到", expr: .slot(to, type)), figures,
      ])
    flow.figureColumns = [figures]
    flow.sortedBy = []
  }

  /// The last word of a stage.
  private func lastWord(_ span: SourceSpan) -> SourceSpan {
    let written = text[span]
    let word = written.split(separator: " ").last.map(String.init) ?? written
    guard written.hasSuffix(word) else { return span }
    return SourceSpan(span.upper - word.utf8.count, span.upper)
  }

  private func number(_ literal: Expr, _ span: SourceSpan) throws -> Double {
    let value: Double? =
      if case .literal(let scalar) = literal.kind {
        switch scalar {
        case .int(let value), .money(let value): Double(value)
        case .float(let value): value
        case .duration(let length):
          Double(
            length.months != 0
              ? length.months : length.days != 0 ? length.days : length.microseconds)
        default: nil
        }
      } else { nil }
    guard let value, value > 0 else {
      throw fail(Diagnostic("K2205", say("a width is a number above 0", "宽度须大于 0"), at: span))
    }
    return value
  }

  func duplicates(_ items: [ItemSyntax], _ flow: inout Flow) throws {
    let keys = try within(&flow) {
      try items.map { item in
        let expr = self.rounded(try self.check(item.expr).expr)
        return expr.type.entity.map { self.title(of: expr, $0) } ?? expr
      }
    }
    let group = newSlot()
    flow.plan = .duplicates(flow.plan, keys: keys, group: group)
    let chinese = flow.tongue == .chinese
    let column = Column(
      name: chinese ? "组" : "group", zh: chinese ? "group" : "组", expr: .slot(group, .int))
    flow.columns.insert(column, at: 0)
    if flow.shown != nil { flow.shown?.insert(column, at: 0) }
    flow.sortedBy = []
  }

  // MARK: compare

  /// Runs the pipeline so far again with the clock set back, and puts both side by side.
  func compare(
    _ kind: CompareKind, _ place: Int, _ stages: [StageSyntax], _ span: SourceSpan,
    _ flow: inout Flow
  ) throws {
    guard !flow.figureColumns.isEmpty else {
      throw fail(
        Diagnostic(
          "K2214",
          say("compare needs figures: count, summarize or pivot before it", "对比前要有数字：计数、汇总或透视"),
          at: span))
    }
    guard let again = currentPipeline, clockShift == nil else {
      throw fail(
        Diagnostic(
          "K2214", say("compare stands once, in a pipeline of its own", "对比只能用一次"), at: span))
    }
    let shift = try self.shift(kind, flow.periods, span)
    var before = again
    before.stages = Array(stages.prefix(place))
    let saved = (today, now, clockShift, resolvedDates, stageTitles, depth, moment)
    clockShift = shift
    today = today.adding(months: -Int(shift.months)).adding(days: -Int(shift.days))
    let distance = Int64(saved.0.number - today.number) * 86_400_000_000
    now = Instant(microseconds: now.microseconds - distance)
    moment = now
    depth += 1
    defer { (today, now, clockShift, resolvedDates, stageTitles, depth, moment) = saved }
    // Equal age: what came after the clock that was set back had not come then.
    var old = try self.flow(of: before)
    seal(&old)
    try sideBySide(old, shift, &flow, span)
  }

  private func shift(_ kind: CompareKind, _ periods: [Period], _ span: SourceSpan) throws
    -> Duration
  {
    if kind == .lastYear { return Duration(months: 12) }
    let lengths = Set(periods.map(Self.length))
    guard let length = lengths.first, lengths.count == 1 else {
      throw fail(
        Diagnostic(
          "K2215",
          lengths.isEmpty
            ? say(
              "no 'where' tests a date against a period, so there is nothing to compare with",
              "没有按时段筛选，无从对比上期")
            : say("the dates are tested against periods of different lengths", "所用时段长短不一"),
          at: span, help: say("for example: where created in last month", "例如：其中 创建时间 在 上月")))
    }
    return length
  }

  private static func length(_ period: Period) -> Duration {
    let (_, month, day) = period.start.parts
    if day == 1 {
      for months in [1, 3, 12] where period.start.adding(months: months) == period.end {
        if months == 3, month % 3 != 1 { continue }
        return Duration(months: Int64(months))
      }
    }
    return Duration(days: Int64(period.end.number - period.start.number))
  }

  private func sideBySide(_ old: Flow, _ shift: Duration, _ flow: inout Flow, _ span: SourceSpan)
    throws
  {
    let keys = flow.keyColumns
    let oldKeys = old.keyColumns
    guard keys.count == oldKeys.count else { throw Stop() }
    let moved = oldKeys.map { self.moved($0.expr, shift) }
    let figures = flow.figureColumns
    let oldFigures = old.figureColumns
    var plan: Plan
    if keys.isEmpty {
      let one = Expr.int(1)
      plan = .join(flow.plan, old.plan, Join(.full, leftKeys: [one], rightKeys: [one]))
    } else {
      plan = .join(
        flow.plan, old.plan, Join(.full, leftKeys: keys.map(\.expr), rightKeys: moved))
    }
    var computed: [ComputedSlot] = []
    var columns: [Column] = []
    for (key, other) in zip(keys, moved) {
      let slot = newSlot()
      computed.append(ComputedSlot(slot, .call(.coalesce, [key.expr, other], key.expr.type)))
      columns.append(Column(name: key.name, zh: key.zh, expr: .slot(slot, key.expr.type)))
    }
    let keyColumns = columns
    let chinese = flow.tongue == .chinese
    for (place, figure) in figures.enumerated() {
      // Two figures may bear one name; then their places tell them apart.
      let same = oldFigures.indices.filter { oldFigures[$0].name == figure.name }
      guard let first = same.first else { continue }
      let other = oldFigures[same.contains(place) ? place : first]
      let type = figure.expr.type
      let (now, was, change) = (newSlot(), newSlot(), newSlot())
      computed.append(ComputedSlot(now, zeroed(figure.expr)))
      computed.append(ComputedSlot(was, zeroed(other.expr)))
      computed.append(
        ComputedSlot(change, .call(.subtract, [.slot(now, type), .slot(was, type)], type)))
      columns.append(Column(name: figure.name, zh: figure.zh, expr: .slot(now, type)))
      columns.append(
        Column(name: figure.name + (chinese ? "_上期" : "_before"), expr: .slot(was, type)))
      columns.append(
        Column(name: figure.name + (chinese ? "_变化" : "_change"), expr: .slot(change, type)))
    }
    plan = .compute(plan, computed)
    if !flow.isInStepOrder { plan = .order(plan, keyColumns.map { SortKey(sortForm($0.expr)) }) }
    var next = Flow(plan: plan, object: nil)
    next.columns = columns
    next.tongue = flow.tongue
    next.keyColumns = keyColumns
    next.figureColumns = Array(columns.dropFirst(keyColumns.count))
    flow = next
  }

  /// Missing counts and sums are 0.
  private func zeroed(_ expr: Expr) -> Expr {
    switch expr.type {
    case .int: .call(.coalesce, [expr, .int(0)], .int)
    case .money: .call(.coalesce, [expr, Expr(.literal(.money(0)), .money)], .money)
    default: expr
    }
  }

  /// A period key of then, moved to now.
  private func moved(_ expr: Expr, _ shift: Duration) -> Expr {
    guard case .period(let unit?) = expr.type else { return expr }
    let start = Expr.call(.periodStart, [expr], .date)
    let amount: Expr
    let day: Expr
    if shift.months != 0 {
      amount = Expr(.literal(.duration(Duration(months: shift.months))), .duration(.months))
      day = .call(.addMonths, [start, amount], .date)
    } else {
      amount = Expr(.literal(.duration(Duration(days: shift.days))), .duration(.days))
      day = .call(.addDays, [start, amount], .date)
    }
    return .call(.period(unit), [day], .period(unit))
  }
}
