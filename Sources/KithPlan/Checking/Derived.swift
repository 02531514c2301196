import KithBase
import KithLanguage
import KithModel

/// Derived fields: their Kith text is checked once a query, over one object of the entity.
extension Checker {
  func derivedField(
    _ spec: DerivedSpec, call: CallSyntax?, of object: Expr, entity: String, span: SourceSpan
  ) throws -> Expr {
    if let algorithm = try algorithm(spec, call, entity, span) {
      let key = DerivedKey(entity: entity, name: spec.name, arguments: algorithm.arguments)
      derived[key] = .algorithm(algorithm.algorithm)
      return Expr(.derived(object, key), spec.type)
    }
    if spec.name == "downline_count" {
      return emptyWithout(object, downlineCount(of: object, entity))
    }
    guard let kith = spec.kith, spec.parameters.isEmpty else {
      throw fail(
        Diagnostic(
          "K3101", say("'\(spec.name)' is not computed by this version", "本版本尚不计算“\(spec.zh)”"),
          at: span))
    }
    let key = DerivedKey(entity: entity, name: spec.name)
    if let inline = inlineDerived[key] {
      return emptyWithout(object, inline.expr.replacing(inline.object, with: object))
    }
    if derived[key] == nil { try checkBody(spec, kith, key, span) }
    if let inline = inlineDerived[key] {
      return emptyWithout(object, inline.expr.replacing(inline.object, with: object))
    }
    return Expr(.derived(object, key), spec.type)
  }

  private func checkBody(_ spec: DerivedSpec, _ kith: String, _ key: DerivedKey, _ span: SourceSpan)
    throws
  {
    guard derivedInProgress.insert(key).inserted else {
      throw fail(
        Diagnostic(
          "K3102", say("'\(spec.name)' is defined by itself", "“\(spec.zh)”的定义用到了它自己"), at: span))
    }
    defer { derivedInProgress.remove(key) }
    let source = SourceText(name: "\(key.entity).\(spec.name)", kith)
    let (syntax, problems) = parseExpression(source)
    if let problem = problems.first {
      var problem = problem
      problem.source = source
      throw problem
    }
    let saved = (
      text, environment, scopes, mode, collector, windowsAllowed, pendingWindows, resolvedDates
    )
    defer {
      (
        text, environment, scopes, mode, collector, windowsAllowed, pendingWindows, resolvedDates
      ) = saved
    }
    text = source
    environment = Environment()
    mode = .row
    collector = nil
    windowsAllowed = true
    pendingWindows = []
    let object = newSlot()
    let objectExpr = Expr.slot(object, .object(key.entity))
    var scope = RowScope(object: objectExpr)
    scope.uniqueSlots = [object]
    // `claim.member` inside an aggregate means the claim's own, where the child has a member too.
    scope.names = [NamedRow(name: key.entity, object: objectExpr, columns: [])]
    scopes = [scope]
    let value = try check(syntax)
    let expr = try convert(value, to: spec.type)
    if pendingWindows.isEmpty {
      if expr.isSimple(below: 24) {
        inlineDerived[key] = (object, expr)
      } else {
        derived[key] = .expr(object: object, expr)
      }
    } else {
      let plan = Plan.window(.scan(.entity(key.entity, object)), pendingWindows)
      derived[key] = .plan(plan, object: object, result: expr)
    }
  }

  /// An empty step of a path makes the value empty: what is computed from nobody is not 0 or false.
  private func emptyWithout(_ object: Expr, _ value: Expr) -> Expr {
    if case .slot = object.kind { return value }
    let missing = Choice(condition: .isEmpty(object), value: .empty(value.type))
    return Expr(.choose([missing], otherwise: value), value.type)
  }

  /// Everyone below in the referral tree.
  private func downlineCount(of object: Expr, _ entity: String) -> Expr {
    let through = Through(
      object: object, steps: [.downstream(from: entity)], child: newSlot(), entity: "customer",
      distinct: true)
    return Expr(.aggregate(AggregateCall(.count, through: through, type: .int)), .int)
  }

  private func algorithm(
    _ spec: DerivedSpec, _ call: CallSyntax?, _ entity: String, _ span: SourceSpan
  ) throws -> (algorithm: DerivedAlgorithm, arguments: [String])? {
    switch (entity, spec.name) {
    case ("customer", "generation"), ("referral", "generation"): return (.generation, [])
    case ("opportunity", "current_days"): return (.currentDays, [])
    case ("stage", "usual_days"): return (.usualDays, [])
    case ("opportunity", "missing_roles"): return (.missingRoles, [])
    case ("opportunity", "skipped"):
      guard let call, !call.arguments.isEmpty else { return (.skipped(stage: nil), []) }
      let stage = try stageArgument(spec, call, span)
      return (.skipped(stage: stage), [stage])
    case ("opportunity", "days_in"):
      let stage = try stageArgument(spec, call, span)
      return (.daysIn(stage: stage), [stage])
    case ("opportunity", "entered"):
      let stage = try stageArgument(spec, call, span)
      return (.entered(stage: stage), [stage])
    case ("opportunity", "reached"):
      let stage = try stageArgument(spec, call, span)
      let days = try withinArgument(call, span)
      return (.reached(stage: stage, withinDays: days), [stage, days.map(String.init) ?? ""])
    default: return nil
    }
  }

  private func stageArgument(_ spec: DerivedSpec, _ call: CallSyntax?, _ span: SourceSpan) throws
    -> String
  {
    guard let argument = call?.arguments.first(where: { $0.label == nil }),
      let expr = lone(argument.value)
    else {
      throw fail(
        Diagnostic(
          "K2139",
          say("\(spec.name) needs a stage: \(spec.name)(D)", "\(spec.zh) 要写阶段：\(spec.zh)(D)"),
          at: span))
    }
    return try stage(expr)
  }

  /// A stage named in the text: a bare word, a text, or `stage.D`; `won` is the closing.
  func stage(_ expr: ExprSyntax) throws -> String {
    let word: String
    switch expr.kind {
    case .name(let name): word = name.text
    case .literal(.text(let text)): word = text
    case .member(_, let name, nil): word = name.text
    default:
      throw fail(Diagnostic("K2107", say("a stage is meant here", "这里要写阶段"), at: expr.span))
    }
    if ["won", "赢单"].contains(fold(word)), stageCode(word) == nil { return "won" }
    guard let code = stageCode(word) else { throw unknownStage(word, at: expr.span) }
    return code
  }

  private func withinArgument(_ call: CallSyntax?, _ span: SourceSpan) throws -> Int64? {
    guard let argument = call?.arguments.first(where: { $0.label != nil }) else { return nil }
    guard ["within", "限"].contains(fold(argument.label?.text ?? "")),
      let expr = lone(argument.value),
      case .duration(let length)? = try check(expr).constant, length.months == 0,
      length.microseconds == 0
    else {
      throw fail(
        Diagnostic(
          "K2126", say("'within:' takes days, such as within: 30 days", "“限:”后面写天数，如 限: 30天"),
          at: argument.value.span))
    }
    return length.days
  }
}

extension Expr {
  /// The same expression with another object in a slot's place.
  func replacing(_ slot: SlotID, with object: Expr) -> Expr {
    let replace = { (expr: Expr) in expr.replacing(slot, with: object) }
    switch kind {
    case .slot(let own): return own == slot ? object : self
    case .literal, .scalar: return self
    case .field(let base, let entity, let field):
      return Expr(.field(replace(base), entity: entity, field: field), type)
    case .derived(let base, let key): return Expr(.derived(replace(base), key), type)
    case .operation(let operation, let operands):
      return Expr(.operation(operation, operands.map(replace)), type)
    case .function(let name, let operands):
      return Expr(.function(name, operands.map(replace)), type)
    case .choose(let choices, let otherwise):
      let replaced = choices.map {
        Choice(condition: replace($0.condition), value: replace($0.value))
      }
      return Expr(.choose(replaced, otherwise: otherwise.map(replace)), type)
    case .inPlan(let value, let query, let column):
      return Expr(.inPlan(replace(value), query, column: column), type)
    case .aggregate(let call):
      var call = call
      if let through = call.through {
        call.through?.object = replace(through.object)
      }
      call.filter = call.filter.map(replace)
      call.arguments = call.arguments.map(replace)
      call.sort = call.sort.map { SortKey(replace($0.expr), descending: $0.descending) }
      call.unit = call.unit.map(replace)
      return Expr(.aggregate(call), type)
    }
  }

  /// Small enough, and without aggregates, to be written out where it is used.
  func isSimple(below limit: Int) -> Bool {
    var left = limit
    return isSimple(&left)
  }

  private func isSimple(_ left: inout Int) -> Bool {
    left -= 1
    guard left > 0 else { return false }
    switch kind {
    case .literal, .slot: return true
    case .field(let base, _, _), .derived(let base, _): return base.isSimple(&left)
    case .operation(_, let operands), .function(_, let operands):
      for operand in operands where !operand.isSimple(&left) { return false }
      return true
    case .choose(let choices, let otherwise):
      for choice in choices {
        guard choice.condition.isSimple(&left), choice.value.isSimple(&left) else { return false }
      }
      return otherwise?.isSimple(&left) ?? true
    case .aggregate, .scalar, .inPlan: return false
    }
  }
}
