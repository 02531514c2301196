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
      let bound = try pass.map { try bind($0, frame) }
      selection = Selection(try keep(bound, frame, selection))
    }
    return selection.positions
  }

  /// The rows of a selection where all of some conditions hold. Conditions that cannot fail and
  /// only look at columns are asked of whole batches, as long as enough rows are left: that is
  /// faster than picking rows in between.
  private func keep(_ parts: [Bound], _ frame: Frame, _ selection: Selection) throws -> [Int32] {
    try [Int32](unsafeUninitializedCapacity: selection.count + 8) { output, filled in
      guard let base = output.baseAddress else { return }
      try selection.batches(of: Frame.batch) { batch, _ in
        try budget.tick(batch.count)
        var rest = batch
        var mask: [UInt8] = []
        for (index, part) in parts.enumerated() {
          if index > 0, rest.list == nil, part.isTotal, Self.isDense(mask) {
            Self.both(&mask, try truth(evaluate(part, frame, rest)))
            continue
          }
          if index > 0 {
            rest = Selection(rest.kept(mask))
            if rest.count == 0 { return }
          }
          mask = try truth(evaluate(part, frame, rest))
        }
        filled += rest.keep(mask, into: base + filled)
      }
    }
  }

  /// Whether a quarter of the rows are left.
  private static func isDense(_ mask: [UInt8]) -> Bool {
    var count = 0
    mask.withUnsafeBufferPointer { mask in for flag in mask { count &+= Int(flag) } }
    return count * 4 >= mask.count
  }

  private static func both(_ mask: inout [UInt8], _ other: [UInt8]) {
    mask.withUnsafeMutableBufferPointer { mask in
      other.withUnsafeBufferPointer { other in
        for i in 0..<mask.count { mask[i] &= other[i] }
      }
    }
  }

  private func conjuncts(of condition: Expr) -> [Expr] {
    if case .operation(.and, let operands) = condition.kind {
      return operands.flatMap { conjuncts(of: $0) }
    }
    return [condition]
  }
}
