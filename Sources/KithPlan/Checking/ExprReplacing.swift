import KithBase

/// Expressions put in the place of a slot, and whether one is small enough for that.
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
