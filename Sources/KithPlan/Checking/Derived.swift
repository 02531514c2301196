import KithBase
import KithLanguage
import KithModel

/// Derived fields: their Kith text is checked once a query, over one object of the entity.
extension Checker {
  func derivedField(
    _ spec: DerivedSpec, call: CallSyntax?, of object: Expr, entity: String, span: SourceSpan
  ) throws -> Expr {
    if let own = replacement(of: spec, entity) {
      let key = DerivedKey(entity: entity, name: spec.name, arguments: ["def"], moment: moment)
      if !derivedInProgress.contains(key) {
        return try field(spec, key, of: object, span) { try self.ownBody(own, spec, $0) }
      }
    }
    if let algorithm = try algorithm(spec, call, entity, span) {
      let key = DerivedKey(
        entity: entity, name: spec.name, arguments: algorithm.arguments, moment: moment)
      derived[key] = .algorithm(algorithm.algorithm)
      return Expr(.derived(object, key), spec.type)
    }
    if spec.name == "downline_count" {
      return emptyWithout(object, downlineCount(of: object, entity))
    }
    guard let arguments = try arguments(of: spec, call, span) else { return .empty(spec.type) }
    guard spec.kith != nil || madeFields.contains(spec.name) else {
      throw fail(
        Diagnostic(
          "K3101", say("'\(spec.name)' is not computed by this version", "本版本尚不计算“\(spec.zh)”"),
          at: span))
    }
    let key = DerivedKey(
      entity: entity, name: spec.name, arguments: arguments.map(\.shown), moment: moment)
    return try field(spec, key, of: object, span) { object in
      if let kith = spec.kith {
        return try self.shippedBody(kith, key, arguments, object)
      }
      return try self.madeBody(spec, key, arguments, object, span)
    }
  }

  /// The field of an object by its key; the body is checked where it is met first.
  private func field(
    _ spec: DerivedSpec, _ key: DerivedKey, of object: Expr, _ span: SourceSpan,
    _ body: (Expr) throws -> Typed
  ) throws -> Expr {
    if inlineDerived[key] == nil, derived[key] == nil { try check(spec, key, span, body) }
    if let inline = inlineDerived[key] {
      return emptyWithout(object, inline.expr.replacing(inline.object, with: object))
    }
    return Expr(.derived(object, key), spec.type)
  }

  private func check(
    _ spec: DerivedSpec, _ key: DerivedKey, _ span: SourceSpan, _ body: (Expr) throws -> Typed
  ) throws {
    guard derivedInProgress.insert(key).inserted else {
      throw fail(
        Diagnostic(
          "K3102", say("'\(spec.name)' is defined by itself", "“\(spec.zh)”的定义用到了它自己"), at: span))
    }
    defer { derivedInProgress.remove(key) }
    let saved = (
      text, environment, scopes, mode, collector, windowsAllowed, pendingWindows, resolvedDates
    )
    defer {
      (
        text, environment, scopes, mode, collector, windowsAllowed, pendingWindows, resolvedDates
      ) = saved
    }
    mode = .row
    collector = nil
    windowsAllowed = true
    pendingWindows = []
    let object = newSlot()
    let value = try body(Expr.slot(object, .object(key.entity)))
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

  // MARK: Bodies

  /// The Kith text of the entity, its arguments bound to `p` and `q`.
  private func shippedBody(
    _ kith: String, _ key: DerivedKey, _ arguments: [DerivedArgument], _ object: Expr
  ) throws -> Typed {
    environment = Environment()
    for (name, argument) in zip(["p", "q"], arguments) {
      environment.bindings[name] = .value(argument.value)
      if let before = argument.before { environment.bindings["before_p"] = .value(before) }
    }
    return try value(of: kith, named: "\(key.entity).\(key.name)", over: object, key.entity)
  }

  /// Checks a Kith text over one object of an entity, in the environment that is set.
  func value(of kith: String, named name: String, over object: Expr, _ entity: String) throws
    -> Typed
  {
    let source = SourceText(name: name, kith)
    let (syntax, problems) = parseExpression(source)
    if let problem = problems.first {
      var problem = problem
      problem.source = source
      throw problem
    }
    let outer = (text, scopes)
    defer { (text, scopes) = outer }
    text = source
    var scope = RowScope(object: object)
    if case .slot(let slot) = object.kind { scope.uniqueSlots = [slot] }
    // `claim.member` inside an aggregate means the claim's own, where the child has a member too;
    // `self` is the object where the child has a path of the entity's name.
    scope.names = [entity, "self"].map { NamedRow(name: $0, object: object, columns: []) }
    scopes = [scope]
    return try check(syntax)
  }

  /// A `def` of the script in the place of the shipped text.
  private func ownBody(_ own: Definition, _ spec: DerivedSpec, _ object: Expr) throws -> Typed {
    guard let body = lone(own.body), let parameter = own.parameters.first else { throw Stop() }
    var inner = own.environment
    inner.bindings[fold(parameter.name.text)] = .value(
      Typed(object, body.span, label: parameter.name.text))
    environment = inner
    if let own = inner.text { text = own }
    scopes = [RowScope(object: nil)]
    return try check(body)
  }

  /// The `def` that replaces a field for this script: it has the field's name and one parameter,
  /// which, if it states a type, states this kind of object.
  private func replacement(of spec: DerivedSpec, _ entity: String) -> Definition? {
    guard spec.parameters.isEmpty,
      let own = scriptDefinitions[fold(spec.name)] ?? scriptDefinitions[fold(spec.zh)],
      own.parameters.count == 1, let parameter = own.parameters.first, lone(own.body) != nil,
      !["rows", "行"].contains(fold(parameter.name.text))
    else { return nil }
    if let type = parameter.type, index.entity(type.text)?.name != entity { return nil }
    return own
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
}
