import KithBase
import KithLanguage
import KithModel

/// `funnel`, and the stages that open its numbers into their rows.
extension Checker {
  func funnel(_ syntax: FunnelSyntax, _ span: SourceSpan, _ flow: inout Flow) throws {
    guard case .cohort = syntax.mode else {
      throw fail(
        Diagnostic(
          "K3105", say("snapshot and flow funnels are not part of this version", "本版本尚无快照和流量漏斗"),
          at: span))
    }
    guard let object = flow.object, flow.entity == "opportunity" else {
      throw fail(
        Diagnostic(
          "K2217", say("a stage funnel runs over opportunities", "阶段漏斗用于商机"), at: span,
          help: say("opportunities | funnel", "商机 | 漏斗")))
    }
    let funnel = try chosenFunnel(syntax, span)
    let steps = try steps(syntax, funnel)
    var plan = FunnelPlan(
      unit: object, funnel: funnel.id, steps: steps, now: now,
      columns: FunnelColumns { self.newSlot() })
    var by: [Column] = []
    for modifier in syntax.modifiers { try apply(modifier, steps, &plan, &by, &flow, span) }
    noteRules(plan, funnel)
    let input = flow
    var next = Flow(plan: .funnel(flow.plan, plan), object: nil)
    next.tongue = flow.tongue
    let chinese = flow.tongue == .chinese
    for (column, slot) in zip(by, plan.by) {
      var column = column
      column.expr = .slot(slot.slot, slot.expr.type)
      next.columns.append(column)
    }
    next.keyColumns = next.columns
    next.columns += plan.columns.all.map {
      Column(
        name: chinese ? $0.zh : $0.name, zh: chinese ? $0.name : $0.zh,
        expr: .slot($0.slot, $0.type))
    }
    next.figureColumns = Array(next.columns.dropFirst(by.count + 1))
    next.funnel = OpenFunnel(input: input, plan: plan, conditions: [])
    flow = next
  }

  private func chosenFunnel(_ syntax: FunnelSyntax, _ span: SourceSpan) throws -> FunnelFacts {
    if let name = syntax.name {
      if let found = facts.funnels.first(where: { fold($0.name) == fold(name) }) { return found }
      throw fail(
        Diagnostic(
          "K2218", say("no funnel is called \"\(name)\"", "没有叫“\(name)”的漏斗"), at: span,
          suggestions: Spelling.nearest(name, among: facts.funnels.map(\.name))))
    }
    let used = facts.funnels.filter { $0.opportunityCount > 0 }
    if let step = syntax.steps.first, case .name(let name) = step.expr.kind,
      let found = (used + facts.funnels).first(where: {
        $0.stages.contains { fold($0.code) == fold(name.text) }
      })
    {
      return found
    }
    if used.count > 1 {
      let names = used.map(\.name).joined(separator: ", ")
      notes.append(
        Note(
          kind: "funnel",
          english: "the deals follow \(used.count) funnels (\(names)); this is the one most follow",
          chinese: "商机分属 \(used.count) 个漏斗（\(names)）；这里用商机最多的一个"))
    }
    let most = used.max { $0.opportunityCount < $1.opportunityCount }
    guard let funnel = most ?? facts.funnels.first(where: \.main) ?? facts.funnels.first else {
      throw fail(Diagnostic("K2218", say("the book has no funnel", "账本里没有漏斗"), at: span))
    }
    return funnel
  }

  private func steps(_ syntax: FunnelSyntax, _ funnel: FunnelFacts) throws -> [FunnelPlan.Step] {
    if syntax.steps.isEmpty {
      return funnel.stages.map { FunnelPlan.Step(code: $0.code, label: label($0)) }
    }
    return try syntax.steps.map { step in
      guard !step.optional else {
        throw fail(
          Diagnostic(
            "K3105", say("optional steps are not part of this version", "本版本尚无可选步骤"),
            at: step.expr.span))
      }
      let code = try stage(step.expr)
      let stage = funnel.stages.first { fold($0.code) == fold(code) }
      guard stage != nil || code == "won" else {
        throw fail(
          Diagnostic(
            "K2107",
            say("funnel \(funnel.name) has no stage '\(code)'", "漏斗 \(funnel.name) 没有阶段“\(code)”"),
            at: step.expr.span))
      }
      return FunnelPlan.Step(
        code: stage?.code ?? "won", label: step.name?.text ?? stage.map(label) ?? say("won", "赢单"))
    }
  }

  private func label(_ stage: FunnelFacts.Stage) -> String {
    let name = options.tongue == .chinese ? stage.zh : stage.en
    return name.isEmpty || name == stage.code ? stage.code : stage.code + " " + name
  }

  private func apply(
    _ modifier: FunnelModifier, _ steps: [FunnelPlan.Step], _ plan: inout FunnelPlan,
    _ by: inout [Column], _ flow: inout Flow, _ span: SourceSpan
  ) throws {
    switch modifier {
    case .within(let syntax): plan.within = try window(syntax)
    case .stepWithin(let step, let syntax):
      plan.stepWithin[try position(step, steps, span)] = try window(syntax)
    case .by(let items):
      for item in items {
        let column = try self.column(item, &flow)
        plan.by.append(ComputedSlot(newSlot(), column.expr))
        by.append(column)
      }
    case .ordered, .firstEntry: break
    default:
      throw fail(
        Diagnostic(
          "K3105", say("this funnel rule is not part of this version", "本版本尚无此漏斗规则"), at: span))
    }
  }

  private func window(_ syntax: ExprSyntax) throws -> Duration {
    let value = try independent { try self.check(syntax) }
    guard case .duration(let length)? = value.constant else {
      throw fail(
        Diagnostic(
          "K2126", say("a length of time is meant here, such as 90 days", "这里要写时长，如 90天"),
          at: syntax.span))
    }
    return length
  }

  private func position(_ step: StepSyntax, _ steps: [FunnelPlan.Step], _ span: SourceSpan) throws
    -> Int
  {
    let word: String
    let place: SourceSpan
    switch step {
    case .position(let number, let span):
      guard number >= 1, number <= Int64(steps.count) else {
        throw fail(
          Diagnostic(
            "K2219", say("there are \(steps.count) steps", "共有 \(steps.count) 步"), at: span))
      }
      return Int(number) - 1
    case .name(let name): (word, place) = (name.text, name.span)
    case .text(let text, let span): (word, place) = (text, span)
    }
    let code = stageCode(word)
    if let found = steps.firstIndex(where: {
      fold($0.code) == fold(word) || fold($0.label) == fold(word) || $0.code == code
    }) {
      return found
    }
    throw fail(
      Diagnostic(
        "K2219", say("'\(word)' is no step of this funnel", "“\(word)”不是该漏斗的步骤"), at: place,
        suggestions: Spelling.nearest(word, among: steps.map(\.code))))
  }

  private func noteRules(_ plan: FunnelPlan, _ funnel: FunnelFacts) {
    var english =
      "funnel \(funnel.name): per deal, first entry, any stage between, skips count as passed"
    var chinese = "漏斗 \(funnel.name)：按商机，首次进入，其间可有其他阶段，跳过算经过"
    if let within = plan.within {
      english += ", within \(shown(within, .english))"
      chinese += "，\(shown(within, .chinese))内"
    }
    for (step, length) in plan.stepWithin.sorted(by: { $0.key < $1.key }) {
      english += ", step \(plan.steps[step].code) within \(shown(length, .english))"
      chinese += "，步骤 \(plan.steps[step].code) \(shown(length, .chinese))内"
    }
    notes.append(Note(kind: "funnel", english: english, chinese: chinese))
  }

  private func shown(_ length: Duration, _ tongue: Tongue) -> String {
    var parts: [String] = []
    let chinese = tongue == .chinese
    if length.months != 0 {
      parts.append(chinese ? "\(length.months)个月" : "\(length.months) months")
    }
    if length.days != 0 { parts.append(chinese ? "\(length.days)天" : "\(length.days) days") }
    if length.microseconds != 0 {
      let hours = length.microseconds / 3_600_000_000
      parts.append(chinese ? "\(hours)小时" : "\(hours) hours")
    }
    return parts.isEmpty ? (chinese ? "0天" : "0 days") : parts.joined(separator: " ")
  }

  // MARK: Opening

  /// After `funnel`, with nothing but `where` on its breakdown between: a number becomes its deals again.
  func openFunnel(_ open: OpenFunnel, _ stage: StageSyntax, _ flow: inout Flow) throws -> Bool {
    switch stage.kind {
    case .filter(let condition):
      let columns = flow.keyColumns
      guard !columns.isEmpty else { return false }
      // A condition on the breakdown alone keeps the funnel open; one on a figure closes it.
      var keys = flow
      keys.columns = columns
      let expr = attemptQuietly { try self.within(&keys) { try self.condition(condition) } }
      guard let expr else { return false }
      try filter(condition, &flow)
      flow.funnel?.conditions.append(expr)
      return true
    case .reached(let step): try self.open(open, step, &flow, stage.span) { .reached($0) }
    case .droppedAfter(let step): try self.open(open, step, &flow, stage.span) { .dropped($0) }
    case .lostFrom(let step): try self.open(open, step, &flow, stage.span) { .lost($0) }
    case .openIn(let step): try self.open(open, step, &flow, stage.span) { .open($0) }
    default:
      flow.funnel = nil
      return false
    }
    return true
  }

  private func open(
    _ open: OpenFunnel, _ step: StepSyntax, _ flow: inout Flow, _ span: SourceSpan,
    _ result: (Int) -> FunnelPlan.Result
  ) throws {
    var plan = open.plan
    plan.result = result(try position(step, plan.steps, span))
    var next = open.input
    for condition in open.conditions {
      var expr = condition
      for by in plan.by { expr = expr.swapping(.slot(by.slot, by.expr.type), for: by.expr) }
      next.plan = .filter(next.plan, Filter(expr))
    }
    next.plan = .funnel(next.plan, plan)
    flow = next
  }
}
