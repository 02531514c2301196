import KithBase
import KithModel

/// Each thing counts once: finds the object an aggregate's argument belongs to.
extension Checker {
  /// The object to take once per group, or nil where rows cannot repeat it.
  func unit(of call: AggregateCall, rows: RowScope?) -> Expr? {
    let child = call.through.map { Expr.slot($0.child, .object($0.entity)) }
    // Quantifiers and counts of conditions are the same however often a thing is met only if it is
    // taken once too; first, last, list follow rows.
    switch call.function {
    case .first, .last, .list: return nil
    default: break
    }
    guard let argument = call.arguments.first else {
      guard let child, let rows else { return nil }
      return childUnit(child, call, rows)
    }
    if case .count = call.function, argument.type.entity != nil { return nil }
    let owner = owner(of: argument)
    guard let owner else {
      guard let child, let rows else { return nil }
      return childUnit(child, call, rows)
    }
    if let child {
      if owner == child { return rows.flatMap { childUnit(child, call, $0) } }
      return isUnder(owner, child) ? owner : rows.flatMap { childUnit(child, call, $0) }
    }
    guard let rows else { return nil }
    if case .slot(let slot) = owner.kind, rows.uniqueSlots.contains(slot) { return nil }
    return owner
  }

  /// Children of all rows of a group: unique by themselves if the rows are and each has one parent.
  private func childUnit(_ child: Expr, _ call: AggregateCall, _ rows: RowScope) -> Expr? {
    guard let through = call.through else { return nil }
    if !through.distinct, case .slot(let slot) = through.object.kind,
      rows.uniqueSlots.contains(slot)
    {
      return nil
    }
    return child
  }

  private func isUnder(_ expr: Expr, _ root: Expr) -> Bool {
    if expr == root { return true }
    switch expr.kind {
    case .field(let object, _, _), .derived(let object, _): return isUnder(object, root)
    default: return false
    }
  }

  /// The object at the end of the longest path that all fields of an expression share; nil where it
  /// belongs to the row as such.
  func owner(of expr: Expr) -> Expr? {
    var paths: [[Expr]] = []
    var rowLevel = false
    collectOwners(expr, &paths, &rowLevel)
    guard !rowLevel, var shared = paths.first else { return nil }
    for path in paths.dropFirst() {
      var length = 0
      while length < shared.count, length < path.count, shared[length] == path[length] {
        length += 1
      }
      shared = Array(shared[..<length])
    }
    return shared.last
  }

  private func collectOwners(_ expr: Expr, _ paths: inout [[Expr]], _ rowLevel: inout Bool) {
    switch expr.kind {
    case .literal, .scalar: break
    case .slot(let slot):
      if let owner = slotOwners[slot] {
        paths.append(chain(owner))
      } else if expr.type.entity != nil {
        paths.append(chain(expr))
      } else {
        rowLevel = true
      }
    case .field(let object, _, _), .derived(let object, _): paths.append(chain(object))
    case .operation(_, let operands), .function(_, let operands):
      for operand in operands { collectOwners(operand, &paths, &rowLevel) }
    case .choose(let choices, let otherwise):
      for choice in choices {
        collectOwners(choice.condition, &paths, &rowLevel)
        collectOwners(choice.value, &paths, &rowLevel)
      }
      if let otherwise { collectOwners(otherwise, &paths, &rowLevel) }
    case .aggregate(let call):
      if let object = call.through?.object { paths.append(chain(object)) } else { rowLevel = true }
    case .inPlan(let value, _, _): collectOwners(value, &paths, &rowLevel)
    }
  }

  /// `deal.customer.owner` as [deal, deal.customer, deal.customer.owner].
  private func chain(_ object: Expr) -> [Expr] {
    switch object.kind {
    case .field(let before, _, _), .derived(let before, _): return chain(before) + [object]
    case .slot(let slot):
      if let owner = slotOwners[slot] { return chain(owner) + [object] }
      return [object]
    case .aggregate(let call):
      if let through = call.through { return chain(through.object) + [object] }
      return [object]
    default: return [object]
    }
  }
}
