import KithBase
import KithLanguage
import KithModel

/// Aggregates: over a row's children, over the rows of a group, over a whole table, over a window.
extension Checker {
  /// An aggregate with its arguments checked, before it is known what it runs over.
  struct AggregateParts {
    var name: AggregateName
    var arguments: [Typed]
    var filter: Expr?
    var sort: [SortKey]
    var through: Through?
    var label: String
  }

  func aggregate(_ name: AggregateName, _ call: CallSyntax, _ syntax: ExprSyntax) throws -> Typed {
    if name == .min || name == .max, call.arguments.count > 1 {
      return try extreme(name, call, syntax)
    }
    if let table = try tableAggregate(name, call, syntax) { return table }
    if let per = call.per, !inGroup { return try window(name, call, per, syntax) }
    if name.isWindow || name == .share {
      return try window(name, call, call.per ?? .all, syntax)
    }
    if call.per != nil {
      throw fail(
        Diagnostic(
          "K2137",
          say(
            "an aggregate with 'per' runs over rows; in a grouping 'by' makes the groups",
            "带“每”的聚合针对行；分组里用“按”分组"), at: syntax.span,
          help: say(
            "figure first, then '| extend x = sum(figure per …)'", "先汇总出数字，再“| 增列 x = 合计(数字 每 …)”"
          )))
    }
    let parts = try parts(name, call, syntax)
    if parts.through != nil { return try childAggregate(parts, syntax) }
    guard case .group(let group) = mode else { throw noRows(name, call, syntax) }
    let aggregate = try build(parts, rows: group.rows, syntax)
    return try collect(aggregate, group, syntax, label: parts.label)
  }

  private var inGroup: Bool {
    if case .group = mode { true } else { false }
  }

  func collect(
    _ call: AggregateCall, _ group: GroupCollector, _ syntax: ExprSyntax, label: String
  ) throws -> Typed {
    if let same = group.aggregates.first(where: { $0.call == call }) {
      return Typed(.slot(same.slot, call.type), syntax.span, label: label)
    }
    let slot = newSlot()
    group.aggregates.append(AggregateSlot(slot, call))
    return Typed(.slot(slot, call.type), syntax.span, label: label)
  }

  private func noRows(_ name: AggregateName, _ call: CallSyntax, _ syntax: ExprSyntax) -> Stop {
    let written = text[syntax.span]
    var mended = written
    if mended.hasSuffix(")") {
      mended.removeLast()
      mended += call.arguments.isEmpty && call.filter == nil ? "per all)" : " per all)"
    }
    return fail(
      Diagnostic(
        "K2112",
        say("one row has nothing to aggregate; name a relation or the rows", "一行没有可聚合的内容；请写关系或范围"),
        at: syntax.span,
        help: say("over all rows: \(mended)", "对所有行：\(mended)"),
        fix: .init(span: syntax.span, replacement: mended)))
  }

  // MARK: Arguments

  /// Checks the arguments of an aggregate. A relation in them makes it run over children.
  func parts(_ name: AggregateName, _ call: CallSyntax, _ syntax: ExprSyntax) throws
    -> AggregateParts
  {
    let saved = (mode, collector, scopes)
    defer { (mode, collector, scopes) = saved }
    if case .group(let group) = mode { scopes = [group.rows] }
    mode = .row
    let gathered = ManyCollector()
    collector = gathered
    var arguments: [Typed] = []
    var failed = false
    for argument in call.arguments {
      guard let expr = lone(argument.value) else {
        report(
          Diagnostic(
            "K2134", say("an aggregate takes values, not a pipeline", "聚合的参数须是值"),
            at: argument.value.span,
            help: say("name it first: let t = …", "请先起名：令 t = …")))
        failed = true
        continue
      }
      if let value = attempt({ try self.check(expr) }) {
        arguments.append(value)
      } else {
        failed = true
      }
    }
    collector = nil
    if failed { throw Stop() }
    if let through = gathered.through {
      scopes.append(RowScope(object: .slot(through.child, .object(through.entity))))
    }
    let filter = call.filter.map { filter in attempt { try self.condition(filter) } }
    if case .some(nil) = filter { throw Stop() }
    let sort = try sortKeys(call.sort)
    let label = call.arguments.first.map { text[$0.value.span] } ?? ""
    return AggregateParts(
      name: name, arguments: arguments, filter: filter ?? nil, sort: sort,
      through: gathered.through, label: label)
  }

  /// The expression of a pipeline without stages.
  func lone(_ pipeline: PipelineSyntax) -> ExprSyntax? {
    guard pipeline.stages.isEmpty, pipeline.asOf == nil, pipeline.source.alias == nil,
      case .expr(let expr) = pipeline.source.kind
    else { return nil }
    return expr
  }

  func sortKeys(_ keys: [SortKeySyntax]) throws -> [SortKey] {
    let checked = keys.map { key in
      attempt { SortKey(self.sortForm(try self.check(key.expr).expr), descending: key.descending) }
    }
    let good = checked.compactMap { $0 }
    guard good.count == checked.count else { throw Stop() }
    return good
  }

  // MARK: Building the call

  private func childAggregate(_ parts: AggregateParts, _ syntax: ExprSyntax) throws -> Typed {
    if case .group(let group) = mode {
      let call = try build(parts, rows: group.rows, syntax)
      return try collect(call, group, syntax, label: parts.label)
    }
    let call = try build(parts, rows: nil, syntax)
    return Typed(Expr(.aggregate(call), call.type), syntax.span, label: parts.name.rawValue)
  }

  /// `rows` are the rows of a group; nil for the children of one row.
  func build(_ parts: AggregateParts, rows: RowScope?, _ syntax: ExprSyntax) throws
    -> AggregateCall
  {
    if parts.name == .winRate { return try winRate(parts, rows: rows, syntax) }
    let (function, arguments, type) = try shape(parts, syntax)
    var filter = parts.filter
    var operands = arguments
    var function2 = function
    if parts.through != nil, case .all = function {
      // `all(REL where C)`: C is what every child must fit, not which children are asked.
      operands = [filter ?? .bool(true)]
      filter = nil
      function2 = .all
    }
    var call = AggregateCall(
      function2, through: parts.through, filter: filter, arguments: operands, sort: parts.sort,
      type: type, label: noteLabel(parts))
    call.unit = unit(of: call, rows: rows)
    return call
  }

  /// What a note calls the argument and, where it is a field of the rows themselves, these.
  private func noteLabel(_ parts: AggregateParts) -> String {
    let named: (base: Expr, entity: String, name: String)? =
      switch parts.arguments.first?.expr.kind {
      case .field(let base, let entity, let field): (base, entity, field)
      case .derived(let base, let key): (base, key.entity, key.name)
      default: nil
      }
    guard let named, case .slot = named.base.kind,
      let member = index.member(named.name, of: named.entity),
      let spec = index.catalogue.entity(named.entity)
    else { return parts.label }
    return [member.name, member.zh, spec.plural, spec.zh].joined(separator: "|")
  }

  private func shape(_ parts: AggregateParts, _ syntax: ExprSyntax) throws
    -> (AggregateCall.Function, [Expr], KithType)
  {
    let name = parts.name
    let argument = parts.arguments.first
    switch name {
    case .count:
      guard let argument else { return (.count, [], .int) }
      if argument.type.entity != nil, let through = parts.through,
        argument.expr == .slot(through.child, .object(through.entity))
      {
        return (.count, [], .int)
      }
      return (.count, [rounded(argument.expr)], .int)
    case .any, .none, .all:
      guard let argument else {
        return (name == .any ? .any : name == .none ? .none : .all, [], .bool)
      }
      let function: AggregateCall.Function = name == .any ? .any : name == .none ? .none : .all
      if parts.through != nil, argument.type.entity != nil { return (function, [], .bool) }
      return (function, [try condition(argument)], .bool)
    default: break
    }
    guard let argument else {
      throw fail(
        Diagnostic(
          "K2135",
          say("\(name.rawValue) needs a value: \(name.rawValue)(amount)", "\(name.rawValue) 要有参数"),
          at: syntax.span))
    }
    return try measure(name, argument, parts, syntax)
  }

  private func measure(
    _ name: AggregateName, _ argument: Typed, _ parts: AggregateParts, _ syntax: ExprSyntax
  ) throws -> (AggregateCall.Function, [Expr], KithType) {
    let exact = argument.expr
    let plain = rounded(argument.expr)
    switch name {
    case .sum:
      try require(
        exact.type.isNumber || exact.type.isMoney || isDurationType(exact.type), name, argument)
      return (.sum, [exact], exact.type)
    case .avg:
      try require(
        exact.type.isNumber || exact.type.isMoney || isDurationType(exact.type), name, argument)
      if exact.type == .percent {
        warn(
          "K2702",
          say(
            "an average of percents weighs each row alike; divide sums instead", "百分比的平均不加权；宜用合计相除"),
          at: argument.span)
      }
      if case .exactMoney = exact.type { return (.avg, [float(exact)], .floatMoney) }
      return (.avg, [exact], exact.type == .int ? .float : exact.type)
    case .min, .max:
      try require(isOrdered(plain.type), name, argument)
      return (name == .min ? .min : .max, [plain], plain.type)
    case .median:
      try require(isOrdered(plain.type) && plain.type != .text, name, argument)
      if plain.type == .duration(.days) {
        // Of two in the middle the mean, which may be half a day.
        let exact = try convert(plain, to: .duration(.microseconds), span: argument.span)
        return (.median, [exact], exact.type)
      }
      return (.median, [plain], plain.type == .int ? .float : plain.type)
    case .p90, .percentile:
      try require(isOrdered(plain.type) && plain.type != .text, name, argument)
      return (.percentile(try share(name, parts, syntax)), [plain], plain.type)
    case .stdev:
      try require(plain.type.isNumber || plain.type.isMoney, name, argument)
      let value = float(plain)
      return (.stdev, [value], value.type == .percent ? .percent : value.type)
    case .distinct: return (.distinct, [plain], .int)
    case .first, .last: return (name == .first ? .first : .last, [plain], plain.type)
    case .list:
      let shown = plain.type.entity.map { title(of: plain, $0) } ?? plain
      return (.list, [shown], .list(shown.type))
    case .rate:
      let value = try condition(argument)
      return (.rate, [value], .percent)
    default:
      throw noRows(
        name,
        CallSyntax(star: false, arguments: [], filter: nil, sort: [], per: nil, span: syntax.span),
        syntax)
    }
  }

  private func isDurationType(_ type: KithType) -> Bool {
    if case .duration = type { true } else { false }
  }

  private func isOrdered(_ type: KithType) -> Bool {
    switch type {
    case .int, .float, .percent, .money, .date, .time, .duration, .text, .period, .enumeration:
      true
    default: false
    }
  }

  private func require(_ fits: Bool, _ name: AggregateName, _ argument: Typed) throws {
    guard !fits else { return }
    throw fail(
      Diagnostic(
        "K2110",
        say(
          "\(name.rawValue) does not take \(article(argument.type))",
          "\(name.rawValue) 不接受 \(argument.type.name)"),
        at: argument.span))
  }

  private func share(_ name: AggregateName, _ parts: AggregateParts, _ syntax: ExprSyntax) throws
    -> Double
  {
    if name == .p90 { return 0.9 }
    let value: Double? =
      switch parts.arguments.count > 1 ? parts.arguments[1].constant : nil {
      case .number(let number): number.double / 100
      case .float(let number): number / 100
      case .percent(let number): number.double
      default: nil
      }
    guard let value, value > 0, value <= 1 else {
      throw fail(
        Diagnostic(
          "K2136", say("percentile takes a number above 0 up to 100", "百分位要写 0 到 100 之间的数"),
          at: parts.arguments.count > 1 ? parts.arguments[1].span : syntax.span))
    }
    return value
  }

  /// `win_rate()` over deals is `rate(won where not open)`.
  private func winRate(_ parts: AggregateParts, rows: RowScope?, _ syntax: ExprSyntax) throws
    -> AggregateCall
  {
    let object: Expr?
    if let through = parts.through {
      object = .slot(through.child, .object(through.entity))
    } else {
      object = parts.arguments.first?.expr ?? rows?.object
    }
    guard let object, let entity = object.type.entity,
      index.member("won", of: entity) != nil, index.member("open", of: entity) != nil
    else {
      throw fail(
        Diagnostic(
          "K2110", say("win_rate needs rows that are won or lost", "赢单率要用于有输赢的对象"), at: syntax.span)
      )
    }
    let won = try step("won", from: object, entity: entity, span: syntax.span)
    let open = try step("open", from: object, entity: entity, span: syntax.span)
    var filter = Expr.not(open)
    if let given = parts.filter { filter = .and([given, filter]) }
    var call = AggregateCall(
      .rate, through: parts.through, filter: filter, arguments: [won], type: .percent,
      label: "win_rate")
    call.unit = unit(of: call, rows: rows)
    return call
  }

  // MARK: Whole tables

  /// `count(hot)`, `sum(hot.amount)`, `count(customers)` outside any row, `count((customers | where …))`.
  private func tableAggregate(_ name: AggregateName, _ call: CallSyntax, _ syntax: ExprSyntax)
    throws -> Typed?
  {
    guard let first = call.arguments.first?.value else { return nil }
    if let expr = lone(first) {
      let (base, names) = split(expr)
      if let base {
        guard isTable(base) else { return nil }
        return try tableAggregate(name, call, base, names[...], syntax)
      }
      guard let head = names.first?.name, !rowHas(head) else { return nil }
      if case .group(let group) = mode, known(head, group.rows) { return nil }
      let source = ExprSyntax(.name(head), head.span)
      guard isTable(source) else { return nil }
      if index.entity(head.text) != nil, binding(head) == nil, !scopes.isEmpty {
        throw fail(
          Diagnostic(
            "K2117",
            say("'\(head.text)' in a row would be the whole table", "行里的“\(head.text)”会是整张表"),
            at: head.span,
            help: say("name it first: let all = \(head.text)", "请先起名：令 全部 = \(head.text)")))
      }
      return try tableAggregate(name, call, source, names.dropFirst(), syntax)
    }
    let inner = ExprSyntax(.pipeline(first), first.span)
    return try tableAggregate(name, call, inner, [], syntax)
  }

  private func known(_ name: NameSyntax, _ scope: RowScope) -> Bool {
    find(name, in: scope.columns) != nil
      || scope.object?.type.entity.flatMap { index.member(name.text, of: $0) } != nil
  }

  private func tableAggregate(
    _ name: AggregateName, _ call: CallSyntax, _ source: ExprSyntax, _ names: ArraySlice<PathName>,
    _ syntax: ExprSyntax
  ) throws -> Typed {
    let whole = SourceSyntax(kind: .expr(source), alias: nil, span: source.span)
    let pipeline = PipelineSyntax(asOf: nil, source: whole, stages: [], span: source.span)
    return try independent {
      let flow = try self.flow(of: pipeline)
      let rows = RowScope(flow)
      let group = GroupCollector(rows: rows)
      self.mode = .group(group)
      var inner = call
      if names.isEmpty {
        inner.arguments.removeFirst()
      } else {
        inner.arguments[0].value = path(names, syntax.span)
      }
      self.scopes = [RowScope(object: nil)]
      let parts = try self.parts(name, inner, syntax)
      let aggregate = try self.build(parts, rows: rows, syntax)
      return Typed(
        Expr(.scalar(Subquery(flow.plan), aggregate), aggregate.type), syntax.span,
        label: name.rawValue)
    }
  }

  private func path(_ names: ArraySlice<PathName>, _ span: SourceSpan) -> PipelineSyntax {
    var expr = ExprSyntax(.missing, span)
    for (place, name) in names.enumerated() {
      expr =
        place == 0
        ? ExprSyntax(.name(name.name), name.name.span)
        : ExprSyntax(.member(expr, name.name, name.call), span)
    }
    let source = SourceSyntax(kind: .expr(expr), alias: nil, span: span)
    return PipelineSyntax(asOf: nil, source: source, stages: [], span: span)
  }

  /// A bare table name where a value is expected: an error that shows the aggregates.
  func tableValue(_ names: [PathName], _ span: SourceSpan) throws -> Typed {
    let name = names[0].name.text
    throw fail(
      Diagnostic(
        "K2117", say("'\(name)' is a table, not a value", "“\(name)”是表，不是值"), at: span,
        help: say(
          "count(\(name)), sum(\(name).amount), or 'in \(name)'",
          "计数(\(name))、合计(\(name).金额)，或“在 \(name)”")))
  }

  /// A bracketed pipeline as a value: one row and one column of figures.
  func pipelineValue(_ pipeline: PipelineSyntax, _ span: SourceSpan) throws -> Typed {
    if let expr = lone(pipeline), !isTable(expr) { return try check(expr) }
    return try independent {
      let flow = try self.flow(of: pipeline)
      let shown = shownColumns(of: flow)
      guard shown.count == 1, flow.object == nil, flow.keyColumns.isEmpty,
        flow.figureColumns.count == 1
      else {
        throw fail(
          Diagnostic(
            "K2117", say("a pipeline is a value only as one figure", "管道只有结果是一个数时才是值"), at: span,
            help: say("end it with '| count' or '| summarize sum(…)'", "请以“| 计数”或“| 汇总 合计(…)”结尾")))
      }
      let call = AggregateCall(.first, arguments: [shown[0].expr], type: shown[0].expr.type)
      return Typed(Expr(.scalar(Subquery(flow.plan), call), call.type), span, label: shown[0].name)
    }
  }

  // MARK: Several values

  /// `min(a, b)`: the smallest of the values, empty if one is.
  private func extreme(_ name: AggregateName, _ call: CallSyntax, _ syntax: ExprSyntax) throws
    -> Typed
  {
    let checked = call.arguments.map { argument in
      attempt { () -> Typed in
        guard let expr = self.lone(argument.value) else { throw Stop() }
        return try self.check(expr)
      }
    }
    let values = checked.compactMap { $0 }
    guard values.count == checked.count else { throw Stop() }
    let (exprs, type) = try unify(values, syntax.span)
    var result = exprs[0]
    for next in exprs.dropFirst() {
      let test = Expr.compare(name == .min ? .lessOrEqual : .greaterOrEqual, result, next)
      let missing = Expr.or([.isEmpty(result), .isEmpty(next)])
      result = Expr(
        .choose(
          [
            Choice(condition: missing, value: .empty(type)), Choice(condition: test, value: result),
          ],
          otherwise: next), type)
    }
    return Typed(result, syntax.span, label: name.rawValue)
  }
}
