extension Expr {
  /// Takes one from `room` for each part of the expression, and stops at 0: parts that stand in several
  /// places are met each time, as everything that walks an expression meets them.
  func measure(_ room: inout Int) {
    if room <= 0 { return }
    room -= 1
    switch kind {
    case .literal, .slot, .scalar: return
    case .field(let base, _, _), .derived(let base, _), .inPlan(let base, _, _):
      base.measure(&room)
    case .operation(_, let operands), .function(_, let operands):
      for operand in operands { operand.measure(&room) }
    case .choose(let choices, let otherwise):
      for choice in choices {
        choice.condition.measure(&room)
        choice.value.measure(&room)
      }
      otherwise?.measure(&room)
    case .aggregate(let call):
      call.through?.object.measure(&room)
      call.filter?.measure(&room)
      for argument in call.arguments { argument.measure(&room) }
      for key in call.sort { key.expr.measure(&room) }
    }
  }
}
