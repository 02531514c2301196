import KithBase
import KithLanguage
import KithModel

/// The steps of a funnel: stages, classes, or conditions on event rows.
extension Checker {
  /// More steps are no funnel any more; a set of them fits a word of the machine.
  private static let mostSteps = 62

  func blocks(
    _ syntax: FunnelSyntax, _ ladder: FunnelPlan.Ladder, _ span: SourceSpan, _ flow: inout Flow
  ) throws -> [FunnelPlan.Block] {
    if case .deals = ladder {
    } else if syntax.name != nil {
      throw unfitting(say("only funnels of deals have names", "只有商机漏斗有名称"), span)
    }
    let blocks: [FunnelPlan.Block]
    switch ladder {
    case .deals: blocks = try dealBlocks(syntax, span)
    case .classes: blocks = [try classBlock(syntax)]
    case .events: blocks = [try eventBlock(syntax, span, &flow)]
    }
    if let first = syntax.steps.first, first.optional {
      throw unfitting(say("the first step is required", "第一步不能是可选的"), first.expr.span)
    }
    for block in blocks {
      guard block.steps.count + block.exclusions.count <= Self.mostSteps else {
        throw fail(
          Diagnostic(
            "K2219",
            say("a funnel has at most \(Self.mostSteps) steps", "漏斗最多 \(Self.mostSteps) 步"),
            at: span))
      }
    }
    return blocks
  }

  private func exclusions(_ syntax: FunnelSyntax) -> [ExprSyntax] {
    syntax.modifiers.compactMap { if case .without(let value) = $0 { value } else { nil } }
  }

  // MARK: Deals

  private func dealBlocks(_ syntax: FunnelSyntax, _ span: SourceSpan) throws -> [FunnelPlan.Block] {
    let funnels = try chosenFunnels(syntax, span)
    let excluded = try exclusions(syntax).map { written in
      (written, try closing(written) ?? stage(written))
    }
    for (written, code) in excluded {
      // A funnel without the stage has nobody there; some must have it.
      guard funnels.contains(where: { knows($0, code) }) else {
        throw lacks(funnels[0], code, written.span)
      }
    }
    return try funnels.map { funnel in
      FunnelPlan.Block(
        funnel: funnel.id, name: funnel.name, steps: try steps(syntax, funnel),
        exclusions: excluded.filter { knows(funnel, $0.1) }.map {
          FunnelPlan.Step(code: $0.1, label: text[$0.0.span])
        })
    }
  }

  /// The stages of a funnel and the closings.
  private func knows(_ funnel: FunnelFacts, _ code: String) -> Bool {
    code == "won" || code == "lost" || funnel.stages.contains { $0.code == code }
  }

  /// `lost`, unless a stage is called so.
  private func closing(_ syntax: ExprSyntax) -> String? {
    guard case .name(let name) = syntax.kind, ["lost", "丢单"].contains(fold(name.text)),
      stageCode(name.text) == nil
    else { return nil }
    return "lost"
  }

  /// The funnel that is named; else all that deals follow and that have the steps.
  private func chosenFunnels(_ syntax: FunnelSyntax, _ span: SourceSpan) throws -> [FunnelFacts] {
    if let name = syntax.name {
      if let found = facts.funnels.first(where: { fold($0.name) == fold(name) }) { return [found] }
      throw fail(
        Diagnostic(
          "K2218", say("no funnel is called \"\(name)\"", "没有叫“\(name)”的漏斗"), at: span,
          suggestions: Spelling.nearest(name, among: facts.funnels.map(\.name))))
    }
    let used = facts.funnels.filter { $0.opportunityCount > 0 }
    let candidates = used.isEmpty ? Array(facts.funnels.prefix(1)) : used
    let codes = try syntax.steps.map { try stage($0.expr) }
    func hasAll(_ funnel: FunnelFacts) -> Bool {
      codes.allSatisfy { code in
        code == "won" || funnel.stages.contains { fold($0.code) == fold(code) }
      }
    }
    let fitting = candidates.filter(hasAll)
    if !fitting.isEmpty { return fitting }
    if let unused = facts.funnels.first(where: hasAll) { return [unused] }
    // None has them all: the first says which it lacks.
    guard let first = candidates.first else {
      throw fail(Diagnostic("K2218", say("the book has no funnel", "账本里没有漏斗"), at: span))
    }
    return [first]
  }

  private func steps(_ syntax: FunnelSyntax, _ funnel: FunnelFacts) throws -> [FunnelPlan.Step] {
    if syntax.steps.isEmpty {
      return funnel.stages.map { FunnelPlan.Step(code: $0.code, label: label($0)) }
    }
    return try syntax.steps.map { step in
      let code = try stage(step.expr)
      let stage = funnel.stages.first { fold($0.code) == fold(code) }
      guard stage != nil || code == "won" else { throw lacks(funnel, code, step.expr.span) }
      return FunnelPlan.Step(
        code: stage?.code ?? "won", label: step.name?.text ?? stage.map(label) ?? say("won", "赢单"),
        isOptional: step.optional)
    }
  }

  private func lacks(_ funnel: FunnelFacts, _ code: String, _ span: SourceSpan) -> Stop {
    fail(
      Diagnostic(
        "K2107",
        say("funnel \(funnel.name) has no stage '\(code)'", "漏斗 \(funnel.name) 没有阶段“\(code)”"),
        at: span))
  }

  private func label(_ stage: FunnelFacts.Stage) -> String {
    let name = options.tongue == .chinese ? stage.zh : stage.en
    return name.isEmpty || name == stage.code ? stage.code : stage.code + " " + name
  }

  // MARK: Classes

  private func classBlock(_ syntax: FunnelSyntax) throws -> FunnelPlan.Block {
    var steps = try syntax.steps.map { step in
      let value = try classValue(step.expr)
      guard !value.outsideOrder else {
        throw unfitting(
          say("'\(value.code)' is outside the ladder of classes", "“\(value.zh)”不在类别阶梯上"),
          step.expr.span)
      }
      return FunnelPlan.Step(
        code: value.code, label: step.name?.text ?? say(value.en, value.zh),
        isOptional: step.optional)
    }
    if steps.isEmpty {
      let ladder = index.catalogue.enumeration("class")?.values.filter { !$0.outsideOrder } ?? []
      steps = ladder.map { FunnelPlan.Step(code: $0.code, label: say($0.en, $0.zh)) }
    }
    let exclusions = try exclusions(syntax).map { syntax in
      FunnelPlan.Step(code: try classValue(syntax).code, label: text[syntax.span])
    }
    return FunnelPlan.Block(steps: steps, exclusions: exclusions)
  }

  private func classValue(_ syntax: ExprSyntax) throws -> EnumerationValue {
    let word: String
    switch syntax.kind {
    case .name(let name), .member(_, let name, nil): word = name.text
    case .literal(.text(let text)): word = text
    default:
      throw fail(
        Diagnostic(
          "K2107", say("a class of customers is meant here", "这里要写客户类别"), at: syntax.span))
    }
    guard let value = index.value(word, of: "class") else {
      throw unknownValue(word, of: "class", at: syntax.span)
    }
    return value
  }

  // MARK: Events

  private func eventBlock(
    _ syntax: FunnelSyntax, _ span: SourceSpan, _ flow: inout Flow
  ) throws -> FunnelPlan.Block {
    guard !syntax.steps.isEmpty else {
      throw fail(
        Diagnostic(
          "K2219", say("a funnel over events names its steps", "事件漏斗要写出步骤"), at: span,
          help: say("funnel kind = training -> kind = visit", "漏斗 类型 = 培训 -> 类型 = 拜访")))
    }
    let steps = try syntax.steps.map { step in
      let written = text[step.expr.span]
      return FunnelPlan.Step(
        code: written, label: step.name?.text ?? written, isOptional: step.optional,
        condition: try within(&flow) { try self.condition(step.expr) })
    }
    let exclusions = try exclusions(syntax).map { syntax in
      FunnelPlan.Step(
        code: text[syntax.span], label: text[syntax.span],
        condition: try within(&flow) { try self.condition(syntax) })
    }
    return FunnelPlan.Block(steps: steps, exclusions: exclusions)
  }

  // MARK: Naming a step

  /// The place of a step among those of a block; nil where the block lacks it.
  private func place(_ word: String, in steps: [FunnelPlan.Step]) -> Int? {
    let code = stageCode(word) ?? index.value(word, of: "class")?.code
    return steps.firstIndex { fold($0.label) == fold(word) }
      ?? steps.firstIndex { fold($0.code) == fold(word) || $0.code == code }
  }

  /// The place of a step in every block; at least one has it.
  func places(_ step: StepSyntax, _ blocks: [FunnelPlan.Block]) throws -> [Int?] {
    switch step {
    case .position(let number, let span):
      let most = blocks.map(\.steps.count).max() ?? 0
      guard number >= 1, number <= Int64(most) else {
        throw fail(
          Diagnostic("K2219", say("there are \(most) steps", "共有 \(most) 步"), at: span))
      }
      return blocks.map { number <= Int64($0.steps.count) ? Int(number) - 1 : nil }
    case .name(let name): return try places(name.text, name.span, blocks)
    case .text(let text, let span): return try places(text, span, blocks)
    }
  }

  private func places(
    _ word: String, _ span: SourceSpan, _ blocks: [FunnelPlan.Block]
  ) throws -> [Int?] {
    let found = blocks.map { place(word, in: $0.steps) }
    if found.contains(where: { $0 != nil }) { return found }
    let names = blocks.flatMap { $0.steps.flatMap { [$0.code, $0.label] } }
    throw fail(
      Diagnostic(
        "K2219", say("'\(word)' is no step of this funnel", "“\(word)”不是该漏斗的步骤"), at: span,
        suggestions: Spelling.nearest(word, among: names)))
  }
}
