import KithBase
import KithLanguage
import KithModel

/// Stages that keep the rows' objects: where, sort, take, skip, sample, top, until, distinct.
extension Checker {
  func filter(_ syntax: ExprSyntax, _ flow: inout Flow) throws {
    let saved = diagnosticCount
    let expr = try within(&flow) { try self.condition(syntax) }
    guard diagnosticCount == saved || !hasErrors else { throw Stop() }
    warnIfConstant(expr, syntax.span)
    flow.plan = .filter(flow.plan, Filter(expr, negated: negatedOperands(expr)))
    flow.periods += periods(in: expr)
  }

  private func warnIfConstant(_ expr: Expr, _ span: SourceSpan) {
    guard case .literal(.bool(let value)) = expr.kind else { return }
    // A parameter known only by its type makes a test look constant.
    if !options.openParameters.isEmpty, text[span].contains("$") { return }
    warn(
      "K2703",
      value ? say("this is always true", "此条件恒真") : say("this is never true", "此条件恒假"), at: span)
  }

  /// Operands whose emptiness lets a negative test through: `tier != V1`, `not (city = "x")`.
  private func negatedOperands(_ expr: Expr) -> [LabelledExpr] {
    switch expr.kind {
    case .operation(.and, let operands): return operands.flatMap(negatedOperands)
    case .operation(.compare(.notEqual), let sides):
      return sides.filter { !isLiteral($0) }.map { LabelledExpr(label: label(of: $0), expr: $0) }
    case .operation(.not, let operands):
      guard let inner = operands.first, case .operation(let operation, let sides) = inner.kind
      else {
        return []
      }
      switch operation {
      case .compare, .isIn, .contains, .startsWith, .endsWith, .matches, .stageCompare, .stageOrder:
        return sides.filter { !isLiteral($0) }.map { LabelledExpr(label: label(of: $0), expr: $0) }
      default: return []
      }
    default: return []
    }
  }

  private func isLiteral(_ expr: Expr) -> Bool {
    if case .literal = expr.kind { true } else { false }
  }

  /// The name a note gives an expression: its last field.
  func label(of expr: Expr) -> String {
    switch expr.kind {
    case .field(_, let entity, let field):
      guard let member = index.member(field, of: entity) else { return field }
      return options.tongue == .chinese ? member.zh : member.name
    case .derived(_, let key): return key.name
    case .operation(_, let operands): return operands.first.map(label) ?? ""
    case .function(let name, _): return name
    case .choose(let choices, _): return choices.first.map { label(of: $0.value) } ?? ""
    default: return ""
    }
  }

  /// The ranges of days a condition holds a date to: what `fill` completes and `compare` shifts.
  private func periods(in expr: Expr) -> [Period] {
    guard case .operation(.and, let operands) = expr.kind else { return [] }
    if operands.count == 2,
      case .operation(.compare(.greaterOrEqual), let low) = operands[0].kind,
      case .operation(.compare(.less), let high) = operands[1].kind, low.count == 2,
      high.count == 2,
      low[0] == high[0], case .literal(.date(let start)) = low[1].kind,
      case .literal(.date(let end)) = high[1].kind
    {
      return [Period(start: start, end: end)]
    }
    return operands.flatMap(periods)
  }

  // MARK: Order

  func sort(_ keys: [SortKeySyntax], _ flow: inout Flow) throws {
    var columns: [Column] = []
    let sortKeys = try within(&flow) { () -> [SortKey] in
      try keys.map { key in
        let value = try self.check(key.expr)
        columns.append(Column(name: self.name(of: key.expr, value), expr: self.rounded(value.expr)))
        return SortKey(self.sortForm(value.expr), descending: key.descending)
      }
    }
    flow.plan = .order(flow.plan, sortKeys)
    flow.sortedBy = sortKeys
    showSortKeys(columns, &flow)
  }

  /// A plain list shows what it was sorted by.
  private func showSortKeys(_ columns: [Column], _ flow: inout Flow) {
    guard flow.shown == nil, flow.object != nil else { return }
    for column in columns where !flow.sortShown.contains(where: { $0.expr == column.expr }) {
      flow.sortShown.append(column)
    }
  }

  // MARK: Some of the rows

  func amount(_ syntax: ExprSyntax) throws -> Limit.Amount {
    let value = try independent { try self.check(syntax) }
    switch value.constant {
    case .open: return .rows(0)
    case .number(let number) where number.isWhole:
      guard number.digits >= 0 else {
        throw fail(
          Diagnostic("K2205", say("a count cannot be negative", "数目不能为负"), at: syntax.span))
      }
      return .rows(number.digits)
    case .percent(let part):
      guard (0...1).contains(part.double) else {
        throw fail(
          Diagnostic(
            "K2205", say("a share is between 0% and 100%", "比例须在 0% 到 100% 之间"), at: syntax.span))
      }
      return .fraction(part.double)
    default:
      throw fail(
        Diagnostic(
          "K2205", say("a whole number or a percent is meant here", "这里要写整数或百分比"), at: syntax.span))
    }
  }

  func partition(_ per: PerSyntax?, _ flow: inout Flow) throws -> [Expr] {
    guard case .keys(let items)? = per else { return [] }
    return try within(&flow) { try items.map { self.rounded(try self.check($0.expr).expr) } }
  }

  func take(_ amount: ExprSyntax, _ per: PerSyntax?, skip: Bool, _ flow: inout Flow) throws {
    let count = try self.amount(amount)
    let keys = try partition(per, &flow)
    flow.plan = .limit(
      flow.plan, Limit(skip ? .skip : .take, count, per: keys, sortedBy: flow.sortedBy))
  }

  func sample(_ amount: ExprSyntax, _ seed: Int64?, _ flow: inout Flow) throws {
    let count = try self.amount(amount)
    let seed = UInt64(bitPattern: seed ?? 1)
    flow.plan = .limit(flow.plan, Limit(.sample(seed: seed), count))
    notes.append(Note(kind: "seed", english: "sample with seed \(seed)", chinese: "抽样种子 \(seed)"))
  }

  /// `sort K, X desc | take N per K`, without rows where X is empty.
  func top(_ amount: ExprSyntax, _ key: SortKeySyntax, _ per: PerSyntax?, _ flow: inout Flow) throws
  {
    let count = try self.amount(amount)
    let groups = try partition(per, &flow)
    var column: Column?
    let value = try within(&flow) { () -> Expr in
      let value = try self.check(key.expr)
      column = Column(name: self.name(of: key.expr, value), expr: self.rounded(value.expr))
      return self.sortForm(value.expr)
    }
    let last = SortKey(value, descending: key.descending)
    flow.plan = .filter(
      flow.plan, Filter(.not(.isEmpty(value)), lacking: column?.name ?? label(of: value)))
    let keys = groups.map { SortKey(sortForm($0)) } + [last]
    flow.plan = .order(flow.plan, keys)
    flow.plan = .limit(flow.plan, Limit(.take, count, per: groups, sortedBy: [last]))
    flow.sortedBy = keys
    if let column { showSortKeys([column], &flow) }
  }

  func until(_ target: ExprSyntax, _ value: ExprSyntax, _ per: PerSyntax?, _ flow: inout Flow)
    throws
  {
    let share = try independent { try self.check(target) }
    let keys = try partition(per, &flow)
    let slot = newSlot()
    let expr = try within(&flow) { self.rounded(try self.check(value).expr) }
    guard expr.type.isNumber || expr.type.isMoney else {
      throw mismatch("until", expr.type, .money, value.span)
    }
    let function: WindowCall.Function
    switch share.constant {
    case .percent(let part): function = .untilShare(part.double)
    case .number(let number):
      function = .untilAmount(expr.type == .money ? number.double * 100 : number.double)
    case .money(let fen): function = .untilAmount(fen.double)
    default:
      throw fail(
        Diagnostic(
          "K2205", say("until takes a percent or an amount", "“直到”后写百分比或数额"), at: target.span))
    }
    let window = WindowCall(function, arguments: [expr], partition: keys, type: .bool)
    flow.plan = .window(flow.plan, [WindowSlot(slot, window)])
    flow.plan = .filter(flow.plan, Filter(.slot(slot, .bool)))
  }

  // MARK: distinct

  func distinct(_ items: [ItemSyntax], _ flow: inout Flow) throws {
    if items.isEmpty {
      if flow.shown == nil, let object = flow.object {
        flow.plan = .limit(flow.plan, Limit(.take, .rows(1), per: [object]))
        if case .slot(let slot) = object.kind { flow.uniqueSlots.insert(slot) }
        return
      }
      let columns = shownColumns(of: flow)
      flow.plan = .limit(flow.plan, Limit(.take, .rows(1), per: columns.map { rounded($0.expr) }))
      makePlain(&flow, columns)
      return
    }
    let columns = try items.map { try self.column($0, &flow) }
    let keys = columns.map { rounded($0.expr) }
    flow.plan = .limit(flow.plan, Limit(.take, .rows(1), per: keys))
    if keys.count == 1, let entity = keys[0].type.entity {
      // `distinct owner` goes on with the owners themselves.
      let slot = newSlot()
      flow.plan = .filter(flow.plan, Filter(.not(.isEmpty(keys[0]))))
      flow.plan = .compute(flow.plan, [ComputedSlot(slot, keys[0])])
      var next = Flow(plan: flow.plan, object: .slot(slot, .object(entity)))
      next.uniqueSlots = [slot]
      next.tongue = flow.tongue
      flow = next
      return
    }
    makePlain(&flow, columns)
  }

  /// Goes on with columns only.
  func makePlain(_ flow: inout Flow, _ columns: [Column]) {
    var next = Flow(plan: flow.plan, object: nil)
    next.columns = columns
    next.tongue = flow.tongue
    next.sortedBy = flow.sortedBy
    flow = next
  }
}
