import KithBase
import KithPlan

extension Execution {
  /// A count or sum over everyone below each customer or referrer, in one pass up the forest: what
  /// the customers have of their own is added to whoever stands above. Nil where the aggregate is
  /// of another kind, or where one thing could be reached from several customers.
  func rolledUp(_ call: AggregateCall, _ through: Through, parents: Int) throws -> Vector? {
    guard case .downstream(let entity)? = through.steps.first, isAdditive(call),
      through.steps.dropFirst().allSatisfy({ if case .many = $0 { true } else { false } })
    else { return nil }
    if let unit = call.unit, unit != Expr(.slot(through.child), .object(through.entity)) {
      return nil
    }
    let graph = try referralGraph()
    let own = try ownValues(call, through)
    guard case .int(let values) = own else { return nil }
    var totals = [Int128](repeating: 0, count: graph.nodeCount + 1)
    for customer in 1..<max(1, graph.customerCount + 1) {
      totals[customer] = Int128(values[customer])
    }
    try budget.tick(graph.nodeCount)
    let parentOf = graph.forestParent
    for node in graph.forestOrder.reversed() {
      totals[Int(parentOf[Int(node)])] += totals[Int(node)]
    }
    // The forest is cut above one member of each loop, under whom all the others hang.
    let loopOf = graph.loopOf
    var loopTotals = [Int128](repeating: 0, count: graph.loopSizes.count)
    for node in 1..<max(1, graph.nodeCount + 1) where loopOf[node] >= 0 && parentOf[node] == 0 {
      loopTotals[Int(loopOf[node])] = totals[node]
    }
    let nodes = graph.nodes(Kernel.sequence(from: 0, count: parents + 1), of: entity)
    return .int(
      try nodes.map { node in
        let node = Int(node)
        if node == 0 { return 0 }
        let all = loopOf[node] >= 0 ? loopTotals[Int(loopOf[node])] : totals[node]
        let isCustomer = node <= graph.customerCount
        let below = all - (isCustomer ? Int128(values[node]) : 0)
        guard let narrow = Int64(exactly: below), narrow != Empty.int else {
          throw Self.overflow
        }
        return narrow
      })
  }

  /// Counts, and exact sums that stay in the argument's own type.
  private func isAdditive(_ call: AggregateCall) -> Bool {
    switch call.function {
    case .count:
      if case .object? = call.arguments.first?.type { return false }
      return true
    case .sum:
      guard let argument = call.arguments.first, argument.type == call.type else { return false }
      if case .int = Vector.empties(argument.type, count: 0) { return true }
      return false
    default: return false
    }
  }

  /// What each customer has of its own, by row.
  private func ownValues(_ call: AggregateCall, _ through: Through) throws -> Vector {
    let customers = try tables.table("customer").count
    var own = call
    own.unit = nil
    guard through.steps.count > 1 else {
      // The customers themselves are what is counted.
      let frame = Frame(rowCount: customers, slots: [through.child: .range(first: 1)])
      return try accumulate(
        own, frame, Kernel.sequence(from: 1, count: customers), customers + 1, noted: false)
    }
    var rest = through
    rest.steps.removeFirst()
    rest.distinct = false
    own.through = rest
    return try wholeColumn(own, rest, parents: customers)
  }
}
