import KithBase
import KithLanguage
import KithModel

/// `forecast` and `match stages`: stages over deals.
extension Checker {
  func forecast(
    _ items: [ItemSyntax], _ target: ExprSyntax?, _ span: SourceSpan, _ flow: inout Flow
  ) throws {
    let object = try deal(flow, span)
    func field(_ name: String) throws -> Expr {
      try step(name, from: object, entity: "opportunity", span: span)
    }
    flow.plan = .filter(flow.plan, Filter(try field("open")))
    let target = try target.map { try self.forecastTarget($0) }
    let keys = try groupKeys(items, &flow)
    let (amount, win) = (try field("amount"), try field("win"))
    let weighted = try field("weighted")
    let unit = repeats(object, flow) ? object : nil
    func sum(_ expr: Expr, _ label: String) -> AggregateCall {
      AggregateCall(.sum, arguments: [expr], unit: unit, type: .money, label: label)
    }
    let shape = Self.forecastColumns.prefix(target == nil ? 6 : 7).map { column in
      (name: column.name, zh: column.zh, type: column.type, slot: newSlot())
    }
    let calls = [
      AggregateCall(.count, unit: unit, type: .int),
      sum(amount, "amount|金额|opportunities|商机"), sum(weighted, "chance|赢率|opportunities|商机"),
    ]
    let by = keys.map { ComputedSlot(newSlot(), $0.expr) }
    let plan = ForecastPlan(
      unit: object, by: by, figures: zip(shape, calls).map { AggregateSlot($0.slot, $1) },
      amount: amount, win: win, target: target,
      quantiles: zip([0.1, 0.5, 0.9], shape[3...5]).map { .init(share: $0, slot: $1.slot) },
      chance: target == nil ? nil : shape[6].slot)
    var next = Flow(plan: .forecast(flow.plan, plan), object: nil)
    next.tongue = flow.tongue
    next.periods = flow.periods
    next.keyColumns = zip(keys, by).map { key, slot in
      var column = key
      column.expr = .slot(slot.slot, key.expr.type)
      column.owner = nil
      return column
    }
    if !keys.isEmpty {
      next.plan = .order(next.plan, next.keyColumns.map { SortKey(sortForm($0.expr)) })
    }
    next.figureColumns = shape.map { made($0.name, $0.zh, .slot($0.slot, $0.type), flow.tongue) }
    next.columns = next.keyColumns + next.figureColumns
    flow = next
  }

  /// Two names and the type of what a forecast shows.
  private static let forecastColumns: [(name: String, zh: String, type: KithType)] = [
    ("count", "计数", .int), ("amount", "金额", .money), ("weighted", "加权金额", .money),
    ("p10", "一成位", .money), ("p50", "五成位", .money), ("p90", "九成位", .money),
    ("chance", "达成率", .percent),
  ]

  /// The opportunity that each row stands for.
  private func deal(_ flow: Flow, _ span: SourceSpan) throws -> Expr {
    guard let object = flow.object, flow.entity == "opportunity" else {
      throw fail(
        Diagnostic(
          "K2230", say("this stage runs over opportunities", "此步骤用于商机"), at: span,
          help: say("opportunities | forecast", "商机 | 预测")))
    }
    return object
  }

  /// Money that is known without a row.
  private func forecastTarget(_ syntax: ExprSyntax) throws -> Expr {
    let value = try independent { try self.check(syntax) }
    return rounded(try convert(value, to: .money))
  }

  /// Whether two rows may stand for the same object.
  func repeats(_ object: Expr, _ flow: Flow) -> Bool {
    guard case .slot(let slot) = object.kind else { return true }
    return !flow.uniqueSlots.contains(slot)
  }

  /// A column a stage makes, headed in the tongue of the pipeline.
  func made(_ name: String, _ zh: String, _ expr: Expr, _ tongue: Tongue) -> Column {
    let isChinese = tongue == .chinese
    return Column(name: isChinese ? zh : name, zh: isChinese ? name : zh, expr: expr)
  }

  // MARK: match stages

  func matchStages(
    _ steps: [FunnelStepSyntax], _ modifiers: [FunnelModifier], _ span: SourceSpan,
    _ flow: inout Flow
  ) throws {
    let object = try deal(flow, span)
    guard !steps.isEmpty else {
      throw fail(
        Diagnostic(
          "K2231", say("a sequence names its stages", "序列要写出阶段"), at: span,
          help: say("match stages C -> B -> C", "匹配阶段 C -> B -> C")))
    }
    var plan = SequencePlan(
      unit: object, stages: try steps.map { try sequenceStage($0) }, within: nil,
      stepWithin: [:], strict: false, from: newSlot(), to: newSlot())
    for modifier in modifiers {
      switch modifier {
      case .within(let syntax): plan.within = try window(syntax)
      case .stepWithin(let step, let syntax):
        plan.stepWithin[try position(step, plan.stages)] = try window(syntax)
      case .strict: plan.strict = true
      case .ordered: break
      default:
        throw fail(
          Diagnostic(
            "K2231",
            say(
              "a sequence takes 'within', 'step … within' and 'strict'",
              "序列只用“限”“步骤 … 限”和“严格”"), at: span))
      }
    }
    flow.plan = .sequence(flow.plan, plan)
    for column in [
      made("matched_from", "匹配起", .slot(plan.from, .time), flow.tongue),
      made("matched_to", "匹配止", .slot(plan.to, .time), flow.tongue),
    ] {
      flow.columns.removeAll { fold($0.name) == fold(column.name) }
      flow.columns.append(column)
      flow.shown?.append(column)
    }
  }

  private func sequenceStage(_ step: FunnelStepSyntax) throws -> String {
    guard !step.optional else {
      throw fail(
        Diagnostic(
          "K2231", say("no step of a sequence is optional", "序列的步骤没有可选的"), at: step.expr.span))
    }
    return try stage(step.expr)
  }

  /// The place of a step that is named by its number, or by a stage that the sequence has once.
  private func position(_ step: StepSyntax, _ stages: [String]) throws -> Int {
    let (word, span): (String, SourceSpan)
    switch step {
    case .position(let number, let span):
      guard number >= 2, number <= Int64(stages.count) else {
        throw fail(
          Diagnostic(
            "K2219",
            say("steps 2 to \(stages.count) have one before", "第 2 至 \(stages.count) 步之前才有一步"),
            at: span))
      }
      return Int(number) - 1
    case .name(let name): (word, span) = (name.text, name.span)
    case .text(let text, let place): (word, span) = (text, place)
    }
    let code = stageCode(word) ?? word
    let places = stages.indices.filter { fold(stages[$0]) == fold(code) }
    guard places.count == 1, let place = places.first, place > 0 else {
      throw fail(
        Diagnostic(
          "K2219",
          say("'\(word)' is not one later step of this sequence", "“\(word)”不是该序列中唯一的后续步骤"),
          at: span, help: say("step 3 within 30 days", "步骤 3 30天内")))
    }
    return place
  }
}
