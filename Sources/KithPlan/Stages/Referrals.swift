import KithBase
import KithLanguage
import KithModel

/// Stages that walk over who referred whom.
extension Checker {
  func levels(_ syntax: ExprSyntax?) throws -> Int? {
    guard let syntax else { return nil }
    let value = try independent { try self.check(syntax) }
    guard case .number(let number)? = value.constant, number.isWhole,
      (1...1_000_000).contains(number.digits)
    else {
      throw fail(
        Diagnostic(
          "K2205", say("the number of levels is a whole number from 1", "层数须是大于 0 的整数"),
          at: syntax.span))
    }
    return Int(number.digits)
  }

  private func newWalk(_ mode: Walk.Mode, _ start: Expr?) -> Walk {
    Walk(
      mode: mode, start: start, customer: newSlot(), referrer: newSlot(), level: newSlot(),
      via: newSlot(), group: newSlot(), size: newSlot())
  }

  func walk(_ mode: Walk.Mode, _ span: SourceSpan, _ flow: inout Flow) throws {
    guard let object = flow.object, flow.entity == "customer" || flow.entity == "referrer" else {
      throw fail(
        Diagnostic(
          "K2216", say("the referral tree is walked from customers or referrers", "推荐关系从客户或推荐人走起"),
          at: span))
    }
    let walk = newWalk(mode, object)
    flow = walked(walk, flow)
  }

  func pathSource(_ from: ExprSyntax, _ to: ExprSyntax, _ span: SourceSpan) throws -> Flow {
    func reference(_ syntax: ExprSyntax) throws -> ObjectReference {
      if case .group(let inner) = syntax.kind { return try reference(inner) }
      guard case .one(let name, let key) = syntax.kind, let entity = index.entity(name.text),
        ["customer", "referrer", "contact"].contains(entity.name)
      else {
        throw fail(
          Diagnostic(
            "K2216", say("a path leads from one customer or referrer to another", "路径的两端须是客户或推荐人"),
            at: syntax.span))
      }
      return ObjectReference(entity: entity.name, id: try objectID(entity, key, syntax.span))
    }
    let a = try reference(from)
    let b = try reference(to)
    let walk = newWalk(.path(from: a, to: b), nil)
    return walked(walk, Flow(plan: .scan(.one), object: nil))
  }

  private func walked(_ walk: Walk, _ before: Flow) -> Flow {
    let chinese = before.tongue == .chinese
    let plan = Plan.walk(before.plan, walk)
    let customer = Expr.slot(walk.customer, .object("customer"))
    let referrer = Expr.slot(walk.referrer, .object("referrer"))
    func column(_ english: String, _ zh: String, _ expr: Expr) -> Column {
      Column(name: chinese ? zh : english, zh: chinese ? english : zh, expr: expr)
    }
    if case .loops = walk.mode {
      var next = Flow(plan: plan, object: nil)
      next.columns = [
        column("length", "长度", .slot(walk.size, .int)),
        column("members", "成员", .slot(walk.group, .text)),
      ]
      next.figureColumns = [next.columns[0]]
      next.tongue = before.tongue
      return next
    }
    var next = Flow(plan: plan, object: customer)
    next.tongue = before.tongue
    next.uniqueSlots = [walk.customer]
    switch walk.mode {
    case .roots:
      next.columns = before.columns
      next.shown = before.shown
      next.names = before.names
      if let start = walk.start, case .slot(let slot) = start.kind, before.entity == "customer" {
        next.object = start
        next.uniqueSlots = [slot]
      }
      return next
    case .circles:
      next.columns = [
        column("circle", "圈子", .slot(walk.group, .int)),
        column("size", "大小", .slot(walk.size, .int)),
      ]
      return next
    default: break
    }
    // A person who is no customer is a row with only a name.
    let name = Expr.call(
      .coalesce,
      [
        Expr(.field(customer, entity: "customer", field: "name"), .text),
        title(of: referrer, "referrer"),
      ], .text)
    let level = column("level", "层级", .slot(walk.level, .int))
    let via = column("via", "经由", .slot(walk.via, .object("referrer")))
    let named = column("name", "名称", name)
    next.columns = [named, level, via]
    var shown = [named, level]
    for path in ["city", "tier", "owner"] {
      if let expr = attemptQuietly({ try self.path(path, of: customer, "customer") }),
        let member = index.member(path, of: "customer")
      {
        shown.append(column(member.name, member.zh, expr))
      }
    }
    if case .path = walk.mode {} else { shown.append(via) }
    next.shown = shown
    if case .tree = walk.mode { next.treeLevel = walk.level }
    return next
  }

  /// Aggregates over everyone downstream of each row, without itself.
  func rollup(_ items: [ItemSyntax], _ span: SourceSpan, _ flow: inout Flow) throws {
    guard let object = flow.object, let entity = flow.entity,
      entity == "customer" || entity == "referrer"
    else {
      throw fail(
        Diagnostic("K2216", say("rollup runs over customers or referrers", "归总用于客户或推荐人"), at: span))
    }
    var failed = false
    for item in items {
      let column = attempt { () -> Column in
        let child = newSlot()
        let childExpr = Expr.slot(child, .object("customer"))
        var rows = RowScope(object: childExpr)
        rows.uniqueSlots = [child]
        let group = GroupCollector(rows: rows)
        let saved = (scopes, mode, windowsAllowed)
        scopes = [RowScope(object: nil)]
        mode = .group(group)
        windowsAllowed = false
        defer { (scopes, mode, windowsAllowed) = saved }
        let value = try self.check(item.expr)
        var expr = value.expr
        for aggregate in group.aggregates {
          let call = self.below(aggregate.call, child, object, entity)
          expr = expr.swapping(
            .slot(aggregate.slot, aggregate.call.type), for: Expr(.aggregate(call), call.type))
        }
        let slot = newSlot()
        flow.plan = .compute(flow.plan, [ComputedSlot(slot, self.rounded(expr))])
        let settled = self.rounded(expr)
        return Column(
          name: item.name?.text ?? self.name(of: item.expr, value), expr: .slot(slot, settled.type),
          owner: object)
      }
      guard let column else {
        failed = true
        continue
      }
      if case .slot(let slot) = column.expr.kind { slotOwners[slot] = object }
      flow.columns.removeAll { fold($0.name) == fold(column.name) }
      flow.columns.append(column)
      flow.shown?.append(column)
    }
    if failed { throw Stop() }
  }

  /// A group's aggregate over customers, as one over everyone below an object.
  private func below(_ call: AggregateCall, _ child: SlotID, _ object: Expr, _ entity: String)
    -> AggregateCall
  {
    var call = call
    if var through = call.through {
      // The path began at the customer below: walk down first, then along it. A step to one object
      // before the first relation becomes part of the walk.
      var steps = [Through.Step.downstream(from: entity)]
      var base = through.object
      var ones: [Through.Step] = []
      while case .field(let before, let owner, let field) = base.kind {
        ones.insert(.one(entity: owner, field: field, target: base.type.entity ?? ""), at: 0)
        base = before
      }
      steps += ones + through.steps
      through.object = object
      through.steps = steps
      through.distinct = true
      call.through = through
    } else {
      call.through = Through(
        object: object, steps: [.downstream(from: entity)], child: child, entity: "customer",
        distinct: true)
    }
    return call
  }
}
