import KithBase
import KithLanguage
import KithModel

/// `warnings`: the early warnings that hold now, a row for each object and rule.
extension Checker {
  /// A rule of the book holds where its condition does, or where somebody noted it by hand and nobody has
  /// handled it. The rules are rows, read while checking, so an edited rule is an edited warning.
  func warnings(_ names: [NameSyntax], _ span: SourceSpan, _ flow: inout Flow) throws {
    guard let object = flow.object, let entity = flow.entity else {
      throw fail(
        Diagnostic(
          "K2243", say("warnings are looked for in objects, such as customers", "预警用于对象，如客户"),
          at: span))
    }
    let rules = try rules(names, on: entity, span)
    let (rule, severity, handled) = (newSlot(), newSlot(), newSlot())
    let cases = rules.compactMap { rule in
      attempt { try self.warning(rule, object, entity) }
    }
    guard cases.count == rules.count else { throw Stop() }
    flow.plan = .cases(
      flow.plan,
      CasesPlan(
        cases: cases,
        slots: [(rule, .object("rule")), (severity, .int), (handled, .time)]))
    // An object stands in as many rows as it has warnings.
    flow.uniqueSlots = []
    flow.sortedBy = []
    let chinese = flow.tongue == .chinese
    let found = Expr.slot(rule, .object("rule"))
    let code = Expr(.field(found, entity: "rule", field: "code"), .text)
    let columns = [
      ("code", "编号", code), ("rule", "预警规则", found),
      ("severity", "级别", Expr.slot(severity, .int)), ("handled", "处理时间", .slot(handled, .time)),
    ].map { Column(name: chinese ? $1 : $0, zh: chinese ? $0 : $1, expr: $2) }
    if flow.shown == nil {
      let spec = index.catalogue.entity(entity)
      let name = chinese ? spec?.zh ?? entity : entity
      flow.shown = [Column(name: name, expr: object)] + flow.columns
    }
    flow.columns += columns
    flow.shown?.append(contentsOf: columns)
  }

  /// The active rules on a kind of object, those named only if some are.
  private func rules(_ names: [NameSyntax], on entity: String, _ span: SourceSpan) throws
    -> [RecordFacts]
  {
    let all = facts.records(
      of: "rule", fields: ["code", "entity", "condition", "severity", "active"]
    ).filter { $0.text("entity") == entity }
    let rules = try names.map { name -> RecordFacts in
      if let rule = all.first(where: { fold($0.text("code") ?? "") == fold(name.text) }) {
        return rule
      }
      throw fail(
        Diagnostic(
          "K2244", say("no rule '\(name.text)' watches \(entity)", "没有针对此对象的规则“\(name.text)”"),
          at: name.span,
          suggestions: Spelling.nearest(name.text, among: all.compactMap { $0.text("code") })))
    }
    if !names.isEmpty { return rules }
    let active = all.filter { $0.values["active"] != .bool(false) }
    guard !active.isEmpty else {
      throw fail(
        Diagnostic("K2243", say("no rule watches \(entity)", "没有针对此对象的预警规则"), at: span))
    }
    return active
  }

  private func warning(_ rule: RecordFacts, _ object: Expr, _ entity: String) throws
    -> CasesPlan.Case
  {
    let outer = (text, environment, scopes, mode, collector, windowsAllowed)
    defer { (text, environment, scopes, mode, collector, windowsAllowed) = outer }
    mode = .row
    collector = nil
    windowsAllowed = false
    environment = Environment()
    let code = rule.text("code") ?? "#\(rule.id)"
    let literal = Expr(.literal(.object(rule.row)), .object("rule"))
    var tests: [Expr] = []
    if let kith = rule.text("condition") {
      tests.append(try storedCondition(kith, named: "rule \(code)", over: object, entity))
    }
    var handled = Expr.empty(.time)
    if case .toMany? = index.member("signals", of: entity) {
      environment.bindings["r"] = .value(Typed(literal, SourceSpan(0, 0), label: "rule"))
      tests.append(
        try storedCondition(
          "any(signals where rule = r and open)", named: "rule \(code)", over: object, entity))
      handled = try value(
        of: "max(signals.handled where rule = r)", named: "rule \(code)", over: object, entity
      ).expr
    }
    guard !tests.isEmpty else { return CasesPlan.Case(condition: .bool(false), values: []) }
    var severity = Expr.empty(.int)
    if case .int(let value)? = rule.values["severity"] { severity = .int(value) }
    return CasesPlan.Case(condition: .or(tests), values: [literal, severity, handled])
  }
}
