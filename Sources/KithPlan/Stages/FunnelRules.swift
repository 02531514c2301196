import KithBase
import KithLanguage
import KithModel

/// The rules behind the steps, and the note that prints them all.
extension Checker {
  /// Sets the rules of a plan; gives the columns of its breakdown.
  func applyRules(
    _ syntax: FunnelSyntax, _ plan: inout FunnelPlan, _ flow: inout Flow, _ span: SourceSpan
  ) throws -> [Column] {
    try refuseUnfitting(syntax, plan, span)
    var by: [Column] = []
    for modifier in syntax.modifiers {
      switch modifier {
      case .within(let length): plan.rules.within = try window(length)
      case .stepWithin(let step, let syntax):
        let length = try window(syntax)
        for (block, place) in try places(step, plan.blocks).enumerated() {
          if let place { plan.blocks[block].steps[place].within = length }
        }
      case .by(let items):
        for item in items {
          let column = try self.column(item, &flow)
          plan.by.append(ComputedSlot(newSlot(), column.expr))
          by.append(column)
        }
      case .ordered: plan.rules.order = .ordered
      case .strict: plan.rules.order = .strict
      case .anyOrder: plan.rules.order = .any
      case .firstEntry: plan.rules.entry = .first
      case .bestEntry: plan.rules.entry = .best
      case .eachEntry: plan.rules.entry = .each
      case .excludeEntirely: plan.rules.excludesEntirely = true
      case .countingOnlyRealVisits: plan.rules.countsOnlyRealVisits = true
      case .per, .without: break
      }
    }
    return by
  }

  private func refuseUnfitting(
    _ syntax: FunnelSyntax, _ plan: FunnelPlan, _ span: SourceSpan
  ) throws {
    let modifiers = syntax.modifiers
    if case .cohort = plan.mode {
    } else if modifiers.contains(where: { if case .by = $0 { false } else { true } })
      || syntax.steps.contains(where: \.optional)
    {
      throw unfitting(
        say("a snapshot or flow takes steps and 'by' only", "快照和流量只接受步骤和“按”"), span)
    }
    let orders = modifiers.count { $0 == .ordered || $0 == .strict || $0 == .anyOrder }
    let entries = modifiers.count { $0 == .firstEntry || $0 == .bestEntry || $0 == .eachEntry }
    guard orders < 2, entries < 2 else {
      throw unfitting(say("a funnel has one order and one entry rule", "漏斗只能有一种顺序和一种进入规则"), span)
    }
    let excludes = modifiers.contains { if case .without = $0 { true } else { false } }
    if modifiers.contains(.excludeEntirely), !excludes {
      throw unfitting(
        say("'exclude entirely' says how 'without' acts", "“整体排除”说明“排除”如何起作用"), span)
    }
    if modifiers.contains(.countingOnlyRealVisits), case .events = plan.ladder {
      throw unfitting(say("events are always real visits", "事件总是实到的"), span)
    }
  }

  /// A constant length of time.
  func window(_ syntax: ExprSyntax) throws -> Duration {
    let value = try independent { try self.check(syntax) }
    guard case .duration(let length)? = value.constant else {
      throw fail(
        Diagnostic(
          "K2126", say("a length of time is meant here, such as 90 days", "这里要写时长，如 90天"),
          at: syntax.span))
    }
    return length
  }

  // MARK: Notes

  func noteRules(_ syntax: FunnelSyntax, _ plan: FunnelPlan) {
    notes.append(
      Note(
        kind: "funnel", english: rules(syntax, plan, .english),
        chinese: rules(syntax, plan, .chinese)))
    guard case .deals = plan.ladder else { return }
    if case .flow = plan.mode { return }
    for block in plan.blocks {
      guard let funnel = facts.funnels.first(where: { $0.id == block.funnel }) else { continue }
      noteConstants(funnel, isOneOfSeveral: plan.blocks.count > 1)
    }
  }

  private func rules(_ syntax: FunnelSyntax, _ plan: FunnelPlan, _ tongue: Tongue) -> String {
    let isChinese = tongue == .chinese
    func say(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }
    let comma = say(", ", "，")
    let title = self.title(syntax, plan, tongue)
    switch plan.mode {
    case .snapshot(let at):
      let day = Day(number: facts.zone.day(of: (at ?? now).microseconds)).text
      return title + say(": ", "：")
        + say(
          "who stood open in each stage at the end of \(day); a stock, so the ratio of two stages"
            + " is no conversion",
          "\(day) 结束时各阶段的未结者；这是存量，两阶段之比不是转化率")
    case .flow(let from, let to):
      let first = Day(number: facts.zone.day(of: from.microseconds)).text
      let last = Day(number: facts.zone.day(of: to.microseconds - 1)).text
      return title + say(": ", "：")
        + say(
          "moves from \(first) to \(last); entered before, forward now, so forward / entered may"
            + " exceed 100%",
          "\(first) 至 \(last) 的变动；进入可能更早，故前进/进入可超过 100%")
    case .cohort: break
    }
    var parts: [String] = []
    let between = if case .events = plan.ladder { ("event", "事件") } else { ("stage", "阶段") }
    let first = plan.blocks.first?.steps.first?.label ?? ""
    switch plan.rules.entry {
    case .first: parts.append(say("first entry", "首次进入"))
    case .best: parts.append(say("the visit of \(first) that gets furthest", "走得最远的一次\(first)"))
    case .each: parts.append(say("each visit of \(first) by itself", "每次\(first)各算一个"))
    }
    switch plan.rules.order {
    case .ordered: parts.append(say("any \(between.0) between", "其间可有其他\(between.1)"))
    case .strict: parts.append(say("each step the very next \(between.0)", "每步紧接下一\(between.1)"))
    case .any: parts.append(say("in any order after the first", "首步之后任意顺序"))
    }
    if case .events = plan.ladder {
    } else {
      parts.append(
        plan.rules.countsOnlyRealVisits
          ? say("only real visits count", "只计实到") : say("skips count as passed", "跳过算经过"))
    }
    parts += limits(syntax, plan, tongue)
    return title + say(": ", "：") + parts.joined(separator: comma)
  }

  /// The funnel and what it counts.
  private func title(
    _ syntax: FunnelSyntax, _ plan: FunnelPlan, _ tongue: Tongue
  ) -> String {
    let isChinese = tongue == .chinese
    let names = plan.blocks.map(\.name).joined(separator: isChinese ? "、" : ", ")
    switch plan.ladder {
    case .deals:
      let word = plan.blocks.count > 1 ? "funnels" : "funnel"
      return isChinese ? "漏斗 \(names)，按商机" : "\(word) \(names), per deal"
    case .classes: return isChinese ? "客户类别，按客户" : "classes, per customer"
    case .events(_, let entity):
      let spec = index.catalogue.entity(entity)
      let time = spec?.time ?? "id"
      let units = syntax.modifiers.compactMap {
        if case .per(let unit) = $0 { text[unit.span] } else { nil }
      }
      let unit = units.first ?? ""
      return isChinese
        ? "\(spec?.zh ?? entity)按时间排列，每 \(unit)"
        : "\(spec?.plural ?? entity) in order of \(time), per \(unit)"
    }
  }

  private func limits(
    _ syntax: FunnelSyntax, _ plan: FunnelPlan, _ tongue: Tongue
  ) -> [String] {
    let isChinese = tongue == .chinese
    func say(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }
    var parts: [String] = []
    if let within = plan.rules.within {
      let length = shown(within, tongue)
      parts.append(say("within \(length)", "\(length)内"))
    }
    var met: Set<String> = []
    for step in plan.blocks.flatMap(\.steps) {
      guard let within = step.within, met.insert(step.code).inserted else { continue }
      let length = shown(within, tongue)
      parts.append(say("step \(step.code) within \(length)", "步骤 \(step.code) \(length)内"))
    }
    for step in syntax.steps where step.optional {
      parts.append(say("\(text[step.expr.span]) optional", "\(text[step.expr.span]) 可选"))
    }
    for exclusion in plan.blocks.first?.exclusions ?? [] {
      parts.append(say("no step after \(exclusion.label)", "\(exclusion.label) 之后不再计步"))
    }
    if plan.rules.excludesEntirely {
      parts.append(say("whom that stops is left out", "因此止步者整体排除"))
    }
    return parts
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

  /// A stage has two constants, the stated chance to win and the planned conversion, and the product
  /// of the conversions up to the winning stage may be another chance than the stated one.
  private func noteConstants(_ funnel: FunnelFacts, isOneOfSeveral: Bool) {
    guard let winning = funnel.stages.firstIndex(where: \.winning) else { return }
    var chain = 1.0
    var english: [String] = []
    var chinese: [String] = []
    for stage in funnel.stages[..<winning].reversed() {
      guard let conversion = stage.plannedConversion else { break }
      chain *= conversion
      guard let win = stage.win, abs(win - chain) > 0.0005 else { continue }
      let (stated, planned) = (percent(win), percent(chain))
      english.append("\(stage.code) \(stated) against \(planned)")
      chinese.append("\(stage.code) \(stated) 对 \(planned)")
    }
    if english.isEmpty { return }
    let name = isOneOfSeveral ? funnel.name + ": " : ""
    notes.append(
      Note(
        kind: "constants",
        english: name + "stated win and product of the planned conversions differ: "
          + english.reversed().joined(separator: ", ") + "; weighted takes the stated win",
        chinese: name + "设定赢率与计划转化率之积不一致：" + chinese.reversed().joined(separator: "，")
          + "；加权按设定赢率"))
  }

  /// With at most one decimal.
  private func percent(_ ratio: Double) -> String {
    let tenths = Int((min(max(ratio, -1e6), 1e6) * 1000).rounded())
    let rest = abs(tenths % 10)
    return "\(tenths / 10)" + (rest == 0 ? "" : ".\(rest)") + "%"
  }
}
