import KithPlan

/// The slots an expression reads from the rows it stands in.
struct SlotReader {
  private(set) var slots: Set<SlotID> = []

  static func slots(of expr: Expr) -> Set<SlotID> {
    var reader = SlotReader()
    reader.read(expr)
    return reader.slots
  }

  mutating func read(_ expr: Expr) {
    switch expr.kind {
    case .literal: break
    case .slot(let slot): slots.insert(slot)
    case .field(let object, _, _): read(object)
    case .derived(let object, _): read(object)
    case .operation(_, let operands): operands.forEach { read($0) }
    case .function(_, let arguments): arguments.forEach { read($0) }
    case .choose(let choices, let otherwise):
      for choice in choices {
        read(choice.condition)
        read(choice.value)
      }
      if let otherwise { read(otherwise) }
    case .aggregate(let call):
      if let through = call.through { read(through.object) }
      slots.formUnion(SlotReader.slots(of: call))
    case .scalar: break
    case .inPlan(let operand, _, _): read(operand)
    }
  }

  /// What an aggregate's own expressions read beside its child.
  static func slots(of call: AggregateCall) -> Set<SlotID> {
    var reader = SlotReader()
    if let filter = call.filter { reader.read(filter) }
    call.arguments.forEach { reader.read($0) }
    call.sort.forEach { reader.read($0.expr) }
    if let unit = call.unit { reader.read(unit) }
    if let child = call.through?.child { reader.slots.remove(child) }
    return reader.slots
  }
}

extension Execution {
  func slots(of call: AggregateCall) -> Set<SlotID> { SlotReader.slots(of: call) }
}
