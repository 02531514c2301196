import KithPlan

/// The last value of a part that an expression holds more than once, with the rows it is for. It belongs
/// to one binding and so to one frame; a run of consecutive rows is known by its start and length.
final class SharedCell {
  var bound: Bound?
  var column: Column?
  var start = 0
  init() {}
}

/// Finds the choices that stand more than once in an expression, as they do where a derived field was
/// put in the place of its name.
enum RepeatedParts {
  static func cells(of expr: Expr) -> [Expr: SharedCell] {
    var counts: [Expr: Int] = [:]
    count(expr, &counts)
    return counts.filter { $0.value > 1 }.mapValues { _ in SharedCell() }
  }

  private static func count(_ expr: Expr, _ counts: inout [Expr: Int]) {
    switch expr.kind {
    case .literal, .slot, .aggregate, .scalar: break
    case .field(let object, _, _), .derived(let object, _): count(object, &counts)
    case .operation(let operation, let operands):
      if operation == .coalesce, take(expr, &counts) { return }
      for operand in operands { count(operand, &counts) }
    case .function(_, let arguments): for argument in arguments { count(argument, &counts) }
    case .choose(let choices, let otherwise):
      if take(expr, &counts) { return }
      for choice in choices {
        count(choice.condition, &counts)
        count(choice.value, &counts)
      }
      if let otherwise { count(otherwise, &counts) }
    case .inPlan(let operand, _, _): count(operand, &counts)
    }
  }

  /// True where the part was met before, so that what is inside counts no further.
  private static func take(_ expr: Expr, _ counts: inout [Expr: Int]) -> Bool {
    counts[expr, default: 0] += 1
    return counts[expr, default: 0] > 1
  }
}
