import KithBase
import KithLanguage

/// After `funnel`, with nothing but `where` on its breakdown between, a number becomes its units again.
extension Checker {
  func openFunnel(_ open: OpenFunnel, _ stage: StageSyntax, _ flow: inout Flow) throws -> Bool {
    switch stage.kind {
    case .filter(let condition):
      // A condition on the breakdown alone keeps the funnel open; one on a figure closes it.
      var keys = flow
      keys.columns = open.keys
      let expr = attemptQuietly { try self.within(&keys) { try self.condition(condition) } }
      guard let expr, !open.keys.isEmpty else {
        flow.funnel = nil
        return false
      }
      try filter(condition, &flow)
      flow.funnel?.plan.kept = open.plan.kept.map { .and([$0, expr]) } ?? expr
    case .reached(let step): try self.open(open, .reached, step, stage.span, &flow)
    case .droppedAfter(let step): try self.open(open, .dropped, step, stage.span, &flow)
    case .lostFrom(let step): try self.open(open, .lost, step, stage.span, &flow)
    case .openIn(let step): try self.open(open, .open, step, stage.span, &flow)
    default:
      flow.funnel = nil
      return false
    }
    return true
  }

  private func open(
    _ open: OpenFunnel, _ number: FunnelPlan.Opened, _ step: StepSyntax, _ span: SourceSpan,
    _ flow: inout Flow
  ) throws {
    var plan = open.plan
    if case .snapshot = plan.mode, number != .open {
      throw unfitting(say("a snapshot opens with 'open in'", "快照用“停在”打开"), span)
    }
    if case .events = plan.ladder, number == .lost {
      throw unfitting(
        say("events are not lost; 'dropped after' opens the late ones", "事件没有丢单；逾期者用“止步”打开"), span)
    }
    plan.result = .opened(number, try places(step, plan.blocks))
    var next = open.input
    if case .events = plan.ladder {
      let slot = newSlot()
      plan.unitSlot = slot
      let unit = Expr.slot(slot, plan.unit.type)
      next = Flow(plan: open.input.plan, object: unit.type.entity == nil ? nil : unit)
      next.tongue = open.input.tongue
      if next.object == nil {
        next.columns = [Column(name: say("unit", "单位"), zh: nil, expr: unit)]
      } else {
        next.uniqueSlots = [slot]
      }
    }
    // Visits and moves may bring the same unit again.
    if case .flow = plan.mode { next.uniqueSlots = [] }
    if plan.rules.entry == .each { next.uniqueSlots = [] }
    next.plan = .funnel(next.plan, plan)
    flow = next
  }
}
