import KithBase
import KithLanguage
import KithModel

/// `funnel` in its three modes, over deals, customers or the rows of dated things.
extension Checker {
  func funnel(_ syntax: FunnelSyntax, _ span: SourceSpan, _ flow: inout Flow) throws {
    guard let object = flow.object, let entity = flow.entity else { throw noUnits(span) }
    let unit = try unitOfEvents(syntax, &flow)
    let ladder = try ladder(entity, object, isPerUnit: unit != nil, span)
    let mode = try mode(syntax.mode, ladder, span)
    let blocks = try blocks(syntax, ladder, span, &flow)
    var plan = FunnelPlan(
      unit: unit ?? object, ladder: ladder, blocks: blocks, mode: mode, now: now,
      columns: FunnelColumns(ladder, mode) { self.newSlot() })
    let by = try applyRules(syntax, &plan, &flow, span)
    noteRules(syntax, plan)
    if blocks.count > 1 { plan.blockSlot = newSlot() }
    let input = flow
    var next = Flow(plan: .funnel(flow.plan, plan), object: nil)
    next.tongue = flow.tongue
    let keys = self.keys(plan, by, flow.tongue)
    let figures = plan.columns.all.map { shape in
      named(shape.name, shape.zh, .slot(shape.slot, shape.type), flow.tongue)
    }
    next.columns = keys + figures
    next.keyColumns = keys + figures.prefix(1)
    next.figureColumns = Array(figures.dropFirst())
    next.periods = flow.periods
    next.isInStepOrder = true
    next.funnel = OpenFunnel(input: input, plan: plan, keys: keys)
    flow = next
  }

  private func noUnits(_ span: SourceSpan) -> Stop {
    fail(
      Diagnostic(
        "K2217",
        say(
          "a funnel runs over deals, customers or dated rows of one kind", "漏斗用于商机、客户或带日期的同类记录"),
        at: span, help: say("opportunities | funnel", "商机 | 漏斗")))
  }

  /// What `per` says.
  private func unitOfEvents(_ syntax: FunnelSyntax, _ flow: inout Flow) throws -> Expr? {
    for case .per(let unit) in syntax.modifiers {
      return try within(&flow) { self.rounded(try self.check(unit).expr) }
    }
    return nil
  }

  private func ladder(
    _ entity: String, _ object: Expr, isPerUnit: Bool, _ span: SourceSpan
  ) throws -> FunnelPlan.Ladder {
    if isPerUnit {
      guard index.catalogue.entity(entity)?.time != nil else { throw noUnits(span) }
      return .events(object, entity: entity)
    }
    switch entity {
    case "opportunity": return .deals
    case "customer": return .classes
    default:
      throw fail(
        Diagnostic(
          "K2217",
          say(
            "a funnel over \(entity) rows says with 'per' what they belong to",
            "此类记录的漏斗要用“每”写明单位"),
          at: span,
          help: say(
            "activities | funnel kind = training -> kind = visit per customer",
            "跟进 | 漏斗 类型 = 培训 -> 类型 = 拜访 每 客户")))
    }
  }

  private func mode(
    _ syntax: FunnelSyntax.Mode, _ ladder: FunnelPlan.Ladder, _ span: SourceSpan
  ) throws -> FunnelPlan.Mode {
    if case .cohort = syntax { return .cohort }
    if case .events = ladder {
      throw unfitting(
        say("a snapshot or flow is of stages or classes, not of events", "快照和流量只用于阶段或类别，不用于事件"),
        span)
    }
    switch syntax {
    case .cohort: return .cohort
    case .snapshot(let date):
      guard let date else { return .snapshot(at: nil) }
      let range = try period(date)
      return .snapshot(at: Instant(microseconds: range.end.microseconds - 1))
    case .flow(let date):
      let range = try period(date)
      return .flow(from: range.start, to: range.end)
    }
  }

  /// A date, a period or a year as the instants it lies between.
  private func period(_ syntax: ExprSyntax) throws -> (start: Instant, end: Instant) {
    let value = try independent { try self.check(syntax) }
    let zone = facts.zone
    switch value.constant {
    case .date(let day): return (zone.start(of: day), zone.start(of: day.adding(days: 1)))
    case .period(let period): return (zone.start(of: period.start), zone.start(of: period.end))
    case .time(let time): return (time, Instant(microseconds: time.microseconds + 1))
    case .number(let number) where number.isWhole && (1...9999).contains(number.digits):
      let year = Period(.year, holding: Day(year: Int(number.digits), month: 1, day: 1) ?? today)
      return (zone.start(of: year.start), zone.start(of: year.end))
    case .open: return (now, now)
    default:
      throw fail(
        Diagnostic(
          "K2126", say("a date or a period is meant here, such as last month", "这里要写日期或时段，如 上月"),
          at: syntax.span))
    }
  }

  /// A rule or verb that has no meaning where it stands.
  func unfitting(_ message: String, _ span: SourceSpan) -> Stop {
    fail(Diagnostic("K2230", message, at: span))
  }

  // MARK: Columns

  private func keys(_ plan: FunnelPlan, _ by: [Column], _ tongue: Tongue) -> [Column] {
    var keys = zip(by, plan.by).map { column, slot in
      var column = column
      column.expr = .slot(slot.slot, slot.expr.type)
      return column
    }
    if let block = plan.blockSlot {
      keys.insert(named("funnel", "漏斗", .slot(block, .text), tongue), at: 0)
    }
    return keys
  }

  private func named(_ name: String, _ zh: String, _ expr: Expr, _ tongue: Tongue) -> Column {
    let isChinese = tongue == .chinese
    return Column(name: isChinese ? zh : name, zh: isChinese ? name : zh, expr: expr)
  }
}
