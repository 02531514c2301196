import KithBase
package import KithLanguage
import KithModel

/// Following objects through a pipeline: the steps are written down while the pipeline is checked as it is
/// for running.
extension Checker {
  /// The steps of a pipeline, those of a list or `let` it begins with included; nil with `diagnostics`
  /// saying why.
  package func trace(_ pipeline: PipelineSyntax) -> Trace? {
    tracedSteps = []
    isOnMainLine = true
    defer { tracedSteps = nil }
    guard attempt({ try self.flow(of: pipeline) }) != nil, !hasErrors, let steps = tracedSteps
    else { return nil }
    return Trace(steps, derived: derived, now: now, today: today)
  }

  /// The object that `why` asks about. A bare number or text means one of the given entity. Nil where the
  /// object is known only when running.
  package func subject(_ expr: ExprSyntax, of entity: String?) -> ObjectReference? {
    attempt {
      var found = expr
      while case .group(let inner) = found.kind { found = inner }
      let key: OneKey? =
        switch found.kind {
        case .literal(.int(let id)): .id(id)
        case .literal(.text(let text)): .text(text)
        default: nil
        }
      if let key {
        guard let spec = entity.flatMap({ index.catalogue.entity($0) }) else {
          throw fail(
            Diagnostic(
              "K2310",
              say(
                "a bare number means an object of the last result, and there is none",
                "单写编号指上一结果的对象，而现在没有"),
              at: expr.span, help: say("write why customer 12 in PIPELINE", "请写 为何 客户 12 在 管道")))
        }
        return ObjectReference(entity: spec.name, id: try objectID(spec, key, expr.span))
      }
      if case .one(let name, let key) = found.kind, let spec = index.entity(name.text) {
        return ObjectReference(entity: spec.name, id: try objectID(spec, key, expr.span))
      }
      if case .name(let name) = found.kind, case .loop(let shape, let row)? = binding(name),
        let entity = shape.entity
      {
        guard case .int(let id)? = row?.values.first else { return nil }
        return ObjectReference(entity: entity, id: id)
      }
      let value = try independent { try self.check(expr) }
      guard value.type.entity != nil else {
        throw fail(
          Diagnostic(
            "K2311", say("'why' asks about one object", "“为何”问的是一个对象"), at: expr.span,
            help: say("such as why customer 12", "如 为何 客户 12")))
      }
      return nil
    } ?? nil
  }

  // MARK: Writing steps down

  func traceSource(_ source: SourceSyntax, _ flow: Flow) {
    guard tracedSteps?.isEmpty == true else { return }
    let written = oneLine(text[source.span])
    tracedSteps?.append(TraceStep(title: written, text: written, after: traced(flow)))
  }

  /// What a stage will look at, before it is applied.
  func step(_ stage: StageSyntax, before flow: Flow) -> TraceStep {
    var step = TraceStep(title: text[stage.verbSpan], text: oneLine(text[stage.span]))
    var flow = flow
    _ = attemptQuietly {
      switch stage.kind {
      case .filter(let condition):
        step.tests = try self.conjuncts(condition).map { try self.test($0, &flow) }
      case .take(let amount, let per), .skip(let amount, let per):
        let keys = try self.partition(per, &flow)
        step.place = self.place(
          limit: try self.amount(amount), per: keys, sort: [], ranked: flow.sortedBy, &flow)
      case .top(let amount, let key, let per):
        try self.traceTop(amount, key, per, &step, &flow)
      default: break
      }
    }
    step.before = traced(flow)
    return step
  }

  private func traced(_ flow: Flow) -> TracedRows {
    TracedRows(
      plan: flow.plan, object: flow.object,
      asOf: moment.map { AsOf(day: today, moment: $0) }, spare: newSlot())
  }

  func finish(_ step: TraceStep, _ flow: Flow?) {
    var step = step
    step.after = flow.map(traced)
    tracedSteps?.append(step)
  }

  private func traceTop(
    _ amount: ExprSyntax, _ key: SortKeySyntax, _ per: PerSyntax?, _ step: inout TraceStep,
    _ flow: inout Flow
  ) throws {
    let groups = try partition(per, &flow)
    let value = try within(&flow) { try self.check(key.expr) }
    let sort = SortKey(sortForm(value.expr), descending: key.descending)
    step.values = [
      TracedValue(label: text[key.expr.span], finding: .value(shownForm(value.expr)))
    ]
    // Rows without the value leave first and are not counted.
    let filled = Expr.not(.isEmpty(sort.expr))
    step.place = place(
      limit: try self.amount(amount), per: groups, sort: [sort], ranked: [sort], counting: filled,
      shown: rounded(value.expr), &flow)
  }

  private func place(
    limit: Limit.Amount, per: [Expr], sort: [SortKey], ranked: [SortKey],
    counting filter: Expr? = nil, shown: Expr? = nil, _ flow: inout Flow
  ) -> TracedPlace {
    let (number, rank, count, cut) = (newSlot(), newSlot(), newSlot(), newSlot())
    var slots = [
      WindowSlot(number, WindowCall(.rowNumber, partition: per, sort: sort, type: .int)),
      WindowSlot(
        count,
        WindowCall(
          .aggregate(AggregateCall(.count, filter: filter, type: .int)), partition: per, type: .int)
      ),
    ]
    if !ranked.isEmpty {
      slots.append(WindowSlot(rank, WindowCall(.rank, partition: per, sort: ranked, type: .int)))
    }
    flow.plan = .window(flow.plan, slots)
    var place = TracedPlace(number: .slot(number, .int), count: .slot(count, .int))
    if !ranked.isEmpty { place.rank = .slot(rank, .int) }
    guard case .rows(let kept) = limit else { return place }
    place.limit = kept
    guard let key = ranked.last, let shown, shown.type.entity == nil else { return place }
    let inside = Expr.and(
      [.compare(.lessOrEqual, .slot(number, .int), .int(kept))] + (filter.map { [$0] } ?? []))
    let last = AggregateCall(
      key.descending ? .min : .max, filter: inside, arguments: [shown], type: shown.type)
    flow.plan = .window(
      flow.plan, [WindowSlot(cut, WindowCall(.aggregate(last), partition: per, type: shown.type))])
    place.cut = .slot(cut, shown.type)
    return place
  }

  // MARK: Conditions

  /// The conditions that `and` joins.
  private func conjuncts(_ condition: ExprSyntax) -> [ExprSyntax] {
    switch condition.kind {
    case .binary(.and, let left, let right): return conjuncts(left) + conjuncts(right)
    case .group(let inner):
      let parts = conjuncts(inner)
      return parts.count > 1 ? parts : [condition]
    default: return [condition]
    }
  }

  private func test(_ condition: ExprSyntax, _ flow: inout Flow) throws -> TracedTest {
    let truth = try within(&flow) { try self.condition(condition) }
    var values: [TracedValue] = []
    for leaf in leaves(condition) {
      guard let value = finding(leaf, &flow),
        !values.contains(where: { $0.label == value.label })
      else { continue }
      values.append(value)
    }
    var test = TracedTest(
      text: oneLine(text[condition.span]), truth: truth, values: values, asked: "")
    if let left = subject(of: condition), values.count == 1 {
      let rest = oneLine(text[SourceSpan(left.span.upper, condition.span.upper)])
      test.asked = rest
      for sign in ["==", "=", "＝", "等于"] where rest.hasPrefix(sign) {
        test.asked = String(rest.dropFirst(sign.count)).trimmed
        test.values[0].isFixed = isEquality(condition)
        break
      }
    }
    return test
  }

  private func isEquality(_ condition: ExprSyntax) -> Bool {
    if case .binary(.equal, _, _) = condition.kind { true } else { false }
  }

  /// The left side of a plain test of one value.
  private func subject(of condition: ExprSyntax) -> ExprSyntax? {
    switch condition.kind {
    case .binary(let op, let left, _) where op.isComparison: left
    case .inSet(let value, _, _), .isEmpty(let value, _), .between(let value, _, _, _),
      .matches(let value, _, _, _):
      value
    default: nil
    }
  }

  /// The parts of a condition whose values decide it.
  private func leaves(_ expr: ExprSyntax) -> [ExprSyntax] {
    switch expr.kind {
    case .group(let inner): leaves(inner)
    case .unary(.not, let inner): leaves(inner)
    case .binary(let op, let left, let right) where op == .and || op == .or || op.isComparison:
      leaves(left) + leaves(right)
    case .chained(let low, _, let middle, _, let high):
      leaves(middle) + leaves(low) + leaves(high)
    case .between(let value, let low, let high, _): leaves(value) + leaves(low) + leaves(high)
    case .isEmpty(let value, _), .inSet(let value, _, _), .matches(let value, _, _, _):
      leaves(value)
    default: [expr]
    }
  }

  /// The value of a leaf; nil for what does not depend on the row.
  private func finding(_ leaf: ExprSyntax, _ flow: inout Flow) -> TracedValue? {
    let found = attemptQuietly { try within(&flow) { try self.check(leaf) } }
    guard let found, !found.isConstant else { return nil }
    if case .literal = found.expr.kind { return nil }
    let label = oneLine(text[leaf.span])
    if case .aggregate(let call) = found.expr.kind, let children = children(call) {
      return TracedValue(
        label: label, finding: children, countsExceptions: call.function == .all)
    }
    var value = TracedValue(label: label, finding: .value(shownForm(found.expr)))
    value.isText = found.type == .text
    if case .field(let object, _, let field) = found.expr.kind, object == flow.object {
      value.field = field
    }
    return value
  }

  /// How many children a quantifier found, and when the last was.
  private func children(_ call: AggregateCall) -> TracedValue.Finding? {
    guard let through = call.through, [.any, .none, .all].contains(call.function) else {
      return nil
    }
    let asked = call.arguments.first
    let fits: Expr? =
      switch call.function {
      case .all: asked.map { .not($0) }
      default:
        (call.filter, asked) == (nil, nil)
          ? nil : .and([call.filter, asked].compactMap { $0 })
      }
    func count(_ filter: Expr?) -> Expr {
      Expr(
        .aggregate(AggregateCall(.count, through: through, filter: filter, type: .int)), .int)
    }
    let day = dayOfChild(through)
    func last(_ filter: Expr?) -> Expr? {
      day.map { day in
        Expr(
          .aggregate(
            AggregateCall(
              .max, through: through, filter: filter, arguments: [day], type: .date)), .date)
      }
    }
    return .children(count: count(fits), last: last(fits), all: count(nil), lastOfAll: last(nil))
  }

  private func dayOfChild(_ through: Through) -> Expr? {
    guard let time = index.catalogue.entity(through.entity)?.time,
      let found = attemptQuietly({
        try self.path(time, of: .slot(through.child, .object(through.entity)), through.entity)
      })
    else { return nil }
    switch found.type {
    case .date: return found
    case .time: return .call(.localDay, [found], .date)
    default: return nil
    }
  }

  /// Words of a text on one line.
  private func oneLine(_ text: String) -> String {
    guard text.contains(where: \.isNewline) else { return text.trimmed }
    return text.split(whereSeparator: \.isNewline).map { String($0).trimmed }
      .joined(separator: " ")
  }
}
