import KithBase
import KithLanguage
import KithModel

/// `cohort`: the retention triangle.
extension Checker {
  /// Columns beyond this many units say nothing a reader takes in.
  private static let unitLimit: Int64 = 120

  func cohort(
    _ item: ItemSyntax, _ of: ExprSyntax?, _ filter: ExprSyntax?, _ length: ExprSyntax?,
    _ span: SourceSpan, _ flow: inout Flow
  ) throws {
    guard let object = flow.object, let entity = flow.entity else {
      throw fail(
        Diagnostic(
          "K2232", say("a cohort is made of objects", "同期群由对象组成"), at: span,
          help: say(
            "customers | cohort by month(first_purchase)", "客户 | 同期群 按 月(首次购买)")))
    }
    let key = try column(item, &flow)
    guard case .period(let unit?) = key.expr.type else {
      let written = text[item.expr.span]
      throw fail(
        Diagnostic(
          "K2233", say("a cohort goes by a period", "同期群按时段分"), at: item.expr.span,
          fix: key.expr.type.isDateLike
            ? .init(span: item.expr.span, replacement: say("month(\(written))", "月(\(written))"))
            : nil))
    }
    let activity = try activity(of, filter, entity, span, &flow)
    let count = try length.map { try units($0, unit) } ?? 12
    let (cohort, size) = (newSlot(), newSlot())
    let shares = (0...count).map { _ in newSlot() }
    // A unit is over when its last instant has passed.
    let tomorrow = today.adding(days: 1)
    let over = now.microseconds + 1 >= facts.zone.start(of: tomorrow).microseconds
    let plan = CohortPlan(
      unit: repeats(object, flow) ? object : nil, key: key.expr, length: unit, activity: activity,
      over: over ? tomorrow : today, cohort: cohort, size: size, shares: shares)
    var next = Flow(plan: .cohort(flow.plan, plan), object: nil)
    next.tongue = flow.tongue
    next.periods = flow.periods
    var first = key
    first.expr = .slot(cohort, key.expr.type)
    first.owner = nil
    next.plan = .order(next.plan, [SortKey(first.expr)])
    next.keyColumns = [first]
    next.figureColumns =
      [made("size", "大小", .slot(size, .int), flow.tongue)]
      + shares.enumerated().map { Column(name: "m\($0)", expr: .slot($1, .percent)) }
    next.columns = next.keyColumns + next.figureColumns
    flow = next
  }

  /// What makes a unit active: children of the row by their day.
  private func activity(
    _ of: ExprSyntax?, _ filter: ExprSyntax?, _ entity: String, _ span: SourceSpan,
    _ flow: inout Flow
  ) throws -> AggregateCall {
    guard let path = of ?? usualActivity(of: entity, span) else {
      throw fail(
        Diagnostic(
          "K2234", say("say what keeps them: of purchases.ordered", "请写明以何为留存：的 购买.购买日期"),
          at: span))
    }
    let gathered = ManyCollector()
    let (value, condition) = try within(&flow) { () -> (Typed, Expr?) in
      let saved = self.collector
      defer { self.collector = saved }
      self.collector = gathered
      let value = try self.check(path)
      self.collector = nil
      guard let filter, let through = gathered.through else { return (value, nil) }
      self.windowsAllowed = false
      self.scopes.append(RowScope(object: .slot(through.child, .object(through.entity))))
      return (value, try self.condition(filter))
    }
    guard let through = gathered.through else {
      throw fail(
        Diagnostic(
          "K2234", say("a path to many is meant here, such as purchases", "这里要写一对多的路径，如 购买"),
          at: path.span))
    }
    var date = value.expr
    if date.type.entity != nil { date = try ownDate(of: date, path.span) }
    guard date.type == .date || date.type == .time else {
      throw mismatch("of", date.type, .date, path.span)
    }
    return AggregateCall(
      .count, through: through, filter: condition, arguments: [day(date)], type: .int)
  }

  /// What is counted where nobody says: purchases of customers, moves of deals.
  private func usualActivity(of entity: String, _ span: SourceSpan) -> ExprSyntax? {
    let usual = ["customer": "purchases", "opportunity": "stage_changes"]
    return usual[entity].map { ExprSyntax(.name(NameSyntax($0, span)), span) }
  }

  /// The date by which objects of a kind are ordered.
  private func ownDate(of object: Expr, _ span: SourceSpan) throws -> Expr {
    guard let entity = object.type.entity, let time = index.catalogue.entity(entity)?.time else {
      throw fail(
        Diagnostic(
          "K2234", say("these objects have no date of their own; name one", "这些对象没有自己的日期，请写明"),
          at: span))
    }
    return try path(time, of: object, entity)
  }

  /// `for 6 months` in units of the cohort.
  private func units(_ syntax: ExprSyntax, _ unit: CalendarUnit) throws -> Int {
    let value = try independent { try self.check(syntax) }
    var count: Int64?
    switch value.constant {
    case .number(let number)? where number.isWhole: count = number.digits
    case .duration(let length)? where length.microseconds == 0:
      switch unit {
      case .day where length.months == 0: count = length.days
      case .week where length.months == 0 && length.days % 7 == 0: count = length.days / 7
      case .month where length.days == 0: count = length.months
      case .quarter where length.days == 0 && length.months % 3 == 0: count = length.months / 3
      case .year where length.days == 0 && length.months % 12 == 0: count = length.months / 12
      default: break
      }
    default: break
    }
    guard let count, (0...Self.unitLimit).contains(count) else {
      throw fail(
        Diagnostic(
          "K2235",
          say(
            "'for' takes up to \(Self.unitLimit) of the cohort's own units",
            "“共”后面写同期群的单位数，至多 \(Self.unitLimit)"), at: syntax.span))
    }
    return Int(count)
  }
}
