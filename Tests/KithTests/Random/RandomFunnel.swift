import KithBase

/// Funnels over deals, customers and events, with every rule.
extension RandomQuery {
  mutating func funnel() {
    guard scope.named.isEmpty else { return summarize() }
    switch scope.entity {
    case "opportunity": ladder(["A", "B", "C", "D"], "opportunity")
    case "customer":
      ladder(["target", "listed", "potential", "intent", "order"], "customer")
    case "activity": events()
    default: summarize()
    }
  }

  private mutating func ladder(_ rungs: [String], _ entity: String) {
    let isOfDeals = entity == "opportunity"
    var stage = "funnel"
    let mode = make.random.int(0...9)
    if mode == 0 {
      stage += " snapshot" + make.random.pick(["", " at 2026-06-30", " at 30 days ago"])
    } else if mode == 1 {
      stage += " flow in " + make.random.pick(["2026", "2026-Q2", "last 90 days"])
    }
    let hasSteps = make.random.chance(40)
    if hasSteps { stage += " " + steps(rungs, isOfDeals: isOfDeals, allowsOptional: mode > 1) }
    if mode > 1 {
      stage += rules(
        isOfEvents: false, excluded: isOfDeals ? ["B", "won", "lost"] : ["listed", "off_net"])
    }
    let shown =
      mode == 0
      ? ["count"]
      : mode == 1
        ? ["entered", "forward", "lost", "stayed"]
        : ["reached", "advanced", "lost", "late", "open", "now", "back", "skipped"]
    var others = mode > 1 ? ", conversion, resolved, cumulative, median_days, p90_days" : ""
    if isOfDeals, mode != 1 { others += ", amount, weighted" }
    if isOfDeals, mode > 1 { others += ", planned, planned_days, over_plan" }
    let verbs = mode == 0 ? ["open in"] : ["reached", "lost from", "open in", "dropped after"]
    finish(stage, shown, others, verbs, rungs: hasSteps ? ["1", "2"] : rungs, entity)
  }

  private mutating func events() {
    let conditions = [
      "kind = visit", "kind = phone", "kind in (email, quote)", "state = done", "kind = training",
    ]
    let count = make.random.int(2...3)
    let steps = (0..<count).map { index in
      let optional = index > 0 && make.random.chance(15) ? "optional " : ""
      return optional + make.random.pick(conditions)
    }
    let unit = make.random.pick(["customer", "customer", "member", "customer.city"])
    let stage =
      "funnel " + steps.joined(separator: " -> ") + " per " + unit
      + rules(isOfEvents: true, excluded: ["kind = complaint", "kind = sms"])
    finish(
      stage, ["reached", "advanced", "late", "open"],
      ", conversion, resolved, cumulative, median_days, p90_days",
      ["reached", "open in", "dropped after"], rungs: ["1", "2"],
      unit == "customer.city" ? nil : unit)
  }

  private mutating func steps(
    _ rungs: [String], isOfDeals: Bool, allowsOptional: Bool
  ) -> String {
    let first = make.random.int(0...1)
    var steps = [rungs[first]]
    for rung in rungs.dropFirst(first + 1) where make.random.chance(60) {
      steps.append((allowsOptional && make.random.chance(15) ? "optional " : "") + rung)
    }
    if steps.count == 1 { steps.append(rungs[rungs.count - 1]) }
    if isOfDeals, make.random.chance(30) { steps.append("won") }
    return steps.joined(separator: " -> ")
  }

  private mutating func rules(isOfEvents: Bool, excluded: [String]) -> String {
    var rules = ""
    if make.random.chance(40) { rules += " within \(make.random.pick(["30", "90"])) days" }
    if make.random.chance(20) { rules += " step 2 within 14 days" }
    rules += make.random.pick(["", "", "", " strict", " any order", " ordered"])
    rules += make.random.pick(["", "", "", " best entry", " each entry", " first entry"])
    if !isOfEvents, make.random.chance(20) { rules += " counting only real visits" }
    if make.random.chance(20) {
      rules += " without " + make.random.pick(excluded)
      if make.random.chance(50) { rules += " exclude entirely" }
    }
    return rules
  }

  private mutating func finish(
    _ stage: String, _ figures: [String], _ others: String, _ verbs: [String], rungs: [String],
    _ opened: String?
  ) {
    var stage = stage
    var keys: [RandomName] = []
    if make.random.chance(30) {
      let key = key()
      keys = [RandomName(text: newName("k"), type: key.type)]
      stage += " by \(keys[0].text) = \(key.text)"
    }
    add(stage)
    if make.random.chance(30), keys.isEmpty {
      add(make.random.pick(verbs) + " " + make.random.pick(rungs))
      scope = opened.map { RandomScope(entity: $0) } ?? RandomScope(columns: [])
      return
    }
    let shown = ["stage"] + figures + keys.map(\.text)
    add("select " + shown.joined(separator: ", ") + others)
    scope = RandomScope(columns: keys + figures.map { RandomName(text: $0, type: .int) })
  }
}
