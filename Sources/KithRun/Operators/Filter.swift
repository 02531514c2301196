import KithBase
import KithPlan

extension Execution {
  func filter(_ input: Frame, _ filter: Filter) throws -> Frame {
    let kept = try positions(where: filter.condition, input)
    if kept.count == input.rowCount {
      try noteNegations(filter.negated, input)
      return input
    }
    if let label = filter.lacking { notes.count(.emptyLeftOut, label, input.rowCount - kept.count) }
    let result = input.gather(kept)
    try noteNegations(filter.negated, result)
    return try replace(input, by: result)
  }

  /// Rows that a negative test kept although there was nothing to test.
  private func noteNegations(_ negated: [LabelledExpr], _ frame: Frame) throws {
    for operand in negated {
      var count = 0
      let bound = try bind(operand.expr, frame)
      try frame.all.batches(of: Frame.block) { batch, _ in
        try budget.tick(batch.count)
        for flag in try evaluate(bound, frame, batch).emptyFlags { count += Int(flag) }
      }
      notes.count(.emptyInNegation, operand.label, count)
    }
  }

  /// The positions of the rows where a condition holds, in order.
  ///
  /// The parts of an `and` are asked one after another, the cheap ones first, each of the rows the
  /// earlier ones kept. What is cheap runs batch by batch in one pass; a text test, or a condition
  /// that needs other rows, has a pass of its own and then knows how many rows it is asked for.
  func positions(where condition: Expr, _ frame: Frame) throws -> [Int32] {
    let parts = conjuncts(of: condition).map { (expr: $0, cost: Cost(of: $0, query.derived)) }
    let cheap = parts.filter { $0.cost <= .path }.enumerated()
      .sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
      .map(\.element.expr)
    let dear = parts.filter { $0.cost > .path }.enumerated()
      .sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
      .map(\.element.expr)
    var frame = frame
    frame.inPlay = frame.rowCount
    var selection = frame.all
    var passes = dear.map { [$0] }
    if !cheap.isEmpty { passes.insert(cheap, at: 0) }
    for pass in passes {
      frame.inPlay = selection.count
      var kept: [Int32] = []
      let bound = try pass.map { try bind($0, frame) }
      try selection.batches(of: Frame.batch) { batch, _ in
        try budget.tick(batch.count)
        var rest = batch
        for (index, part) in bound.enumerated() {
          let mask = try truth(evaluate(part, frame, rest))
          if index == pass.count - 1 {
            rest.appendKept(mask, to: &kept)
          } else {
            rest = Selection(rest.kept(mask))
            if rest.count == 0 { break }
          }
        }
      }
      selection = Selection(kept)
    }
    return selection.positions
  }

  private func conjuncts(of condition: Expr) -> [Expr] {
    if case .operation(.and, let operands) = condition.kind {
      return operands.flatMap { conjuncts(of: $0) }
    }
    return [condition]
  }
}
