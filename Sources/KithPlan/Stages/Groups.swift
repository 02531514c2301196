import KithBase
import KithLanguage
import KithModel

/// Stages that make new rows of groups: count, summarize, pivot, with `fill`.
extension Checker {
  func count(_ by: BySyntax?, _ stage: StageSyntax, _ flow: inout Flow) throws {
    let span = stage.verbSpan
    let word = text[span].utf8.allSatisfy { $0 < 0x80 } ? "count" : "计数"
    let call = CallSyntax(star: false, arguments: [], filter: nil, sort: [], per: nil, span: span)
    let item = ItemSyntax(
      name: NameSyntax(word, span), expr: ExprSyntax(.call(NameSyntax("count", span), call), span))
    try summarize([item], by, stage.span, &flow)
    if let last = flow.columns.indices.last {
      flow.columns[last].zh = word == "计数" ? "count" : "计数"
    }
  }

  /// Whether rows were sorted and nothing was chosen by that order since.
  private func endsInOrder(_ plan: Plan) -> Bool {
    switch plan {
    case .order: true
    case .filter(let input, _), .mark(let input, _): endsInOrder(input)
    default: false
    }
  }

  func summarize(_ items: [ItemSyntax], _ by: BySyntax?, _ span: SourceSpan, _ flow: inout Flow)
    throws
  {
    if endsInOrder(flow.plan), !usesOrder(items) {
      warn(
        "K2705", say("the order before a grouping is lost", "分组前的排序不起作用"), at: span)
    }
    let keys = try groupKeys(by, &flow)
    let group = try aggregates(items, keys: keys, &flow)
    finishGroup(keys, group.columns, group.collector, fill: by?.fill ?? false, span, &flow)
  }

  private func usesOrder(_ items: [ItemSyntax]) -> Bool {
    items.contains { item in
      if case .call(let name, _) = item.expr.kind,
        let found = AggregateName.find(name.text)
      {
        return found == .first || found == .last || found == .list
      }
      return false
    }
  }

  func groupKeys(_ by: BySyntax?, _ flow: inout Flow) throws -> [Column] {
    try groupKeys(by?.items ?? [], &flow)
  }

  func groupKeys(_ items: [ItemSyntax], _ flow: inout Flow) throws -> [Column] {
    var keys: [Column] = []
    var failed = false
    for item in items {
      guard let column = attempt({ try self.column(item, &flow) }) else {
        failed = true
        continue
      }
      if case .list = column.expr.type {
        report(Diagnostic("K2207", say("a list is no key", "列表不能作分组键"), at: item.expr.span))
        failed = true
      }
      var key = column
      if keys.contains(where: { fold($0.name) == fold(key.name) }), item.name == nil {
        let names = split(item.expr).names
        if names.count > 1 { key.name = names.suffix(2).map(\.name.text).joined(separator: "_") }
      }
      keys.append(key)
    }
    if failed { throw Stop() }
    return keys
  }

  /// Checks the items of a grouping; each sees the keys and the items before it.
  func aggregates(_ items: [ItemSyntax], keys: [Column], _ flow: inout Flow) throws
    -> (columns: [Column], collector: GroupCollector)
  {
    let collector = GroupCollector(rows: RowScope(flow), takesWindows: true)
    let saved = (scopes, mode, windowsAllowed, pendingWindows)
    mode = .group(collector)
    windowsAllowed = false
    var columns: [Column] = []
    var failed = false
    for item in items {
      scopes = [RowScope(object: nil, columns: keys + columns)]
      guard let value = attempt({ try self.check(item.expr) }) else {
        failed = true
        continue
      }
      var name = item.name?.text ?? self.name(of: item.expr, value)
      if item.name == nil, (keys + columns).contains(where: { fold($0.name) == fold(name) }),
        case .call(let function, let call) = item.expr.kind,
        let argument = call.arguments.first.flatMap({ lone($0.value) }),
        let last = split(argument).names.last?.name.text
      {
        name = function.text + "_" + last
      }
      columns.append(
        Column(
          name: name, zh: item.name == nil ? aggregateZh(item.expr) : nil, expr: rounded(value.expr)
        ))
    }
    (scopes, mode, windowsAllowed, pendingWindows) = saved
    if failed { throw Stop() }
    return (columns, collector)
  }

  /// `sum` also answers to 合计.
  private func aggregateZh(_ syntax: ExprSyntax) -> String? {
    guard case .call(let name, _) = syntax.kind, let found = AggregateName.find(name.text) else {
      return nil
    }
    let chinese: [AggregateName: String] = [
      .count: "计数", .sum: "合计", .avg: "平均", .min: "最小", .max: "最大", .median: "中位数",
      .winRate: "赢单率", .distinct: "去重数", .share: "占比",
    ]
    return name.text.utf8.allSatisfy { $0 < 0x80 } ? chinese[found] : found.rawValue
  }

  private func finishGroup(
    _ keys: [Column], _ items: [Column], _ group: GroupCollector, fill: Bool, _ span: SourceSpan,
    _ flow: inout Flow
  ) {
    var keySlots: [ComputedSlot] = []
    var keyColumns: [Column] = []
    for key in keys {
      let slot = newSlot()
      keySlots.append(ComputedSlot(slot, key.expr))
      var column = key
      column.expr = .slot(slot, key.expr.type)
      column.owner = nil
      keyColumns.append(column)
    }
    let replaced = zip(keys, keyColumns).map { ($0.expr, $1.expr) }
    var plan = Plan.aggregate(
      flow.plan, Aggregation(keys: keySlots, aggregates: group.aggregates))
    var next = Flow(plan: plan, object: nil)
    next.tongue = flow.tongue
    next.periods = flow.periods
    let figures = items.map { item -> Column in
      var item = item
      item.expr = replaced.reduce(item.expr) { expr, pair in expr.swapping(pair.0, for: pair.1) }
      return item
    }
    if fill, let filled = self.fill(keyColumns, group, flow.periods, plan) { plan = filled }
    if fill, keyColumns.isEmpty {
      warn(
        "K2706", say("'fill' completes the values of a key; there is none", "“补零”要有分组键"), at: span)
    }
    if !keyColumns.isEmpty {
      plan = .order(plan, keyColumns.map { SortKey(sortForm($0.expr)) })
    }
    if !group.windows.isEmpty {
      // A window reads the keys as they stand in the groups, not in the rows they came from.
      plan = .window(
        plan,
        group.windows.map { window in
          WindowSlot(
            window.slot,
            replaced.reduce(window.call) { call, pair in call.swapping(pair.0, for: pair.1) })
        })
    }
    next.plan = plan
    next.columns = keyColumns
    for figure in figures {
      var column = figure
      if case .slot = figure.expr.kind {
      } else {
        let slot = newSlot()
        next.plan = .compute(next.plan, [ComputedSlot(slot, figure.expr)])
        column.expr = .slot(slot, figure.expr.type)
      }
      next.columns.append(column)
      next.figureColumns.append(column)
    }
    next.keyColumns = keyColumns
    next.sortedBy = []
    flow = next
  }

  private func fill(
    _ keys: [Column], _ group: GroupCollector, _ periods: [Period], _ plan: Plan
  ) -> Plan? {
    var plan = plan
    let zero = group.aggregates.filter { slot in
      switch slot.call.function {
      case .count, .sum, .distinct: true
      default: false
      }
    }.map(\.slot)
    let slots = keys.compactMap { key -> SlotID? in
      if case .slot(let slot) = key.expr.kind { slot } else { nil }
    }
    var did = false
    for (place, key) in keys.enumerated() where place < slots.count {
      let values: Fill.Values
      switch key.expr.type {
      case .period(let unit?):
        values = .periods(unit, periods.count == 1 ? periods.first : nil)
      case .enumeration(let name):
        values = .codes(index.catalogue.enumeration(name)?.values.map(\.code) ?? [])
      default: continue
      }
      did = true
      let others = slots.enumerated().filter { $0.offset != place }.map(\.element)
      plan = .fill(
        plan,
        Fill(
          key: slots[place], keyType: key.expr.type, values: values, otherKeys: others, zero: zero))
    }
    return did ? plan : nil
  }

  // MARK: pivot

  func pivot(
    _ column: ItemSyntax, _ values: SetSyntax?, _ items: [ItemSyntax], _ by: BySyntax?,
    _ span: SourceSpan, _ flow: inout Flow
  ) throws {
    let keys = try groupKeys(by, &flow)
    let pivoted = try self.column(column, &flow)
    let expr = rounded(pivoted.expr)
    let cases = try pivotValues(values, pivoted, column.expr, &flow)
    guard cases.count <= 200 else {
      throw fail(
        Diagnostic(
          "K2208",
          say(
            "\(cases.count) columns are too many; list the values meant",
            "列太多（\(cases.count)）；请列出要的值"),
          at: column.expr.span,
          help: say("pivot \(pivoted.name) in (…): …", "透视 \(pivoted.name) 在 (…)：…")))
    }
    let collector = GroupCollector(rows: RowScope(flow))
    var figures: [Column] = []
    var failed = false
    for (value, title) in cases {
      let test: Expr = value.map { .compare(.equal, expr, $0) } ?? .isEmpty(expr)
      let one = try aggregates(items, keys: keys, &flow)
      for aggregate in one.collector.aggregates {
        var call = aggregate.call
        if call.through != nil {
          report(
            Diagnostic(
              "K2209", say("pivot aggregates the rows, not their children", "透视只聚合行本身"), at: span))
          failed = true
        }
        call.filter = call.filter.map { .and([test, $0]) } ?? test
        collector.aggregates.append(AggregateSlot(aggregate.slot, call))
      }
      collector.windows += one.collector.windows
      for item in one.columns {
        let name = items.count == 1 ? title : title + "_" + item.name
        figures.append(Column(name: name, expr: item.expr))
      }
      if failed { throw Stop() }
    }
    finishGroup(keys, figures, collector, fill: by?.fill ?? false, span, &flow)
  }

  /// The values that become columns: those listed, those of the enumeration, or those found by looking.
  private func pivotValues(
    _ set: SetSyntax?, _ column: Column, _ syntax: ExprSyntax, _ flow: inout Flow
  ) throws -> [(Expr?, String)] {
    let type = rounded(column.expr).type
    if case .elements(let elements)? = set {
      return try elements.map { element in
        guard let expr = lone(element) else { throw Stop() }
        let typed = Typed(column.expr, syntax.span)
        let value = try within(&flow) { try self.value(expr, beside: typed) }
        let shown = value.label.isEmpty ? text[expr.span] : value.label
        if case .text(let text)? = value.constant { return (try convert(value, to: type), text) }
        return (try convert(value, to: type), shown)
      }
    }
    if case .enumeration(let name) = type, let spec = index.catalogue.enumeration(name) {
      return spec.values.map { value in
        (
          Expr(.literal(.code(value.code)), type),
          flow.tongue == .chinese ? value.zh : value.code
        )
      }
    }
    let asked = asked(rounded(column.expr), flow.plan)
    var query = finish(flow)
    query.plan = asked.plan
    query.object = nil
    query.treeLevel = nil
    query.output = [OutputColumn(name: "value", expr: asked.expr)]
    let found = try facts.distinctValues(query)
    return found.map { value in
      value.isEmpty
        ? (nil, say("(empty)", "（空）")) : (Expr(.literal(value), type), shown(value, type))
    }
  }

  /// A value as a column's name.
  private func shown(_ value: Scalar, _ type: KithType) -> String {
    switch value {
    case .text(let text), .code(let text): return text
    case .int(let number): return String(number)
    case .float(let number): return String(number)
    case .bool(let truth): return truth ? "true" : "false"
    case .date(let day): return day.text
    case .period(let period): return period.text
    case .money(let fen): return String(fen / 100)
    case .object(let row):
      guard case .object(let entity) = type else { return String(row) }
      let title = title(of: Expr(.literal(value), type), entity)
      var query = finish(Flow(plan: .scan(.one), object: nil))
      query.output = [OutputColumn(name: "value", expr: title)]
      if case .text(let text)? = (try? facts.distinctValues(query))?.first { return text }
      return entity + " \(row)"
    default: return "\(value)"
    }
  }
}

extension Expr {
  /// The same expression with one sub-expression in another's place.
  func swapping(_ old: Expr, for new: Expr) -> Expr {
    if self == old { return new }
    let swap = { (expr: Expr) in expr.swapping(old, for: new) }
    switch kind {
    case .field(let base, let entity, let field):
      return Expr(.field(swap(base), entity: entity, field: field), type)
    case .derived(let base, let key): return Expr(.derived(swap(base), key), type)
    case .operation(let operation, let operands):
      return Expr(.operation(operation, operands.map(swap)), type)
    case .function(let name, let operands): return Expr(.function(name, operands.map(swap)), type)
    case .choose(let choices, let otherwise):
      let swapped = choices.map { Choice(condition: swap($0.condition), value: swap($0.value)) }
      return Expr(.choose(swapped, otherwise: otherwise.map(swap)), type)
    case .inPlan(let value, let query, let column):
      return Expr(.inPlan(swap(value), query, column: column), type)
    case .aggregate(let call): return Expr(.aggregate(call.swapping(old, for: new)), type)
    case .literal, .slot, .scalar: return self
    }
  }
}

extension AggregateCall {
  fileprivate func swapping(_ old: Expr, for new: Expr) -> AggregateCall {
    var call = self
    call.through?.object = through?.object.swapping(old, for: new) ?? new
    call.filter = filter?.swapping(old, for: new)
    call.arguments = arguments.map { $0.swapping(old, for: new) }
    call.sort = sort.map { $0.swapping(old, for: new) }
    call.unit = unit?.swapping(old, for: new)
    return call
  }
}

extension WindowCall {
  fileprivate func swapping(_ old: Expr, for new: Expr) -> WindowCall {
    var call = self
    if case .aggregate(let aggregate) = function {
      call.function = .aggregate(aggregate.swapping(old, for: new))
    }
    call.arguments = arguments.map { $0.swapping(old, for: new) }
    call.partition = partition.map { $0.swapping(old, for: new) }
    call.sort = sort.map { $0.swapping(old, for: new) }
    return call
  }
}

extension SortKey {
  fileprivate func swapping(_ old: Expr, for new: Expr) -> SortKey {
    SortKey(expr.swapping(old, for: new), descending: descending)
  }
}
