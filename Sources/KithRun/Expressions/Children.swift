import KithBase
import KithModel
import KithPlan

/// Rows and their children: child `children[i]` belongs to the row `parents[i]` of the selection
/// they were made for. Pairs of a row stand together, rows in order.
struct ChildPairs {
  var parents: [Int32]
  var children: [Int32]
}

extension Execution {
  /// The children of some rows of a frame.
  ///
  /// - Parameter ordered: the children of a row by the child entity's time, then id, also where
  ///   the way has several steps.
  func expand(
    _ through: Through, _ frame: Frame, _ rows: Selection, ordered: Bool
  ) throws -> ChildPairs {
    guard case .row(let objects) = try column(through.object, frame, rows) else {
      throw mismatch("a path to many")
    }
    return try expand(through, objects: objects, ordered: ordered)
  }

  func expand(_ through: Through, objects: [Int32], ordered: Bool) throws -> ChildPairs {
    var pairs = ChildPairs(
      parents: Kernel.sequence(from: 0, count: objects.count), children: objects)
    for step in through.steps { pairs = try take(step, pairs) }
    if through.distinct { pairs = distinct(pairs, size: try tables.table(through.entity).count) }
    if ordered, !through.isInOrder {
      pairs = try order(pairs, of: through.entity)
    }
    return pairs
  }

  private func take(_ step: Through.Step, _ pairs: ChildPairs) throws -> ChildPairs {
    switch step {
    case .many(let entity, let key):
      return try list(try tables.relation(entity, key), pairs)
    case .changes(let entity): return try list(try tables.changes(of: entity), pairs)
    case .one(let entity, let field, _):
      let keys = try tables.rows(entity, field)
      var result = ChildPairs(parents: [], children: [])
      for i in pairs.children.indices {
        let child = keys[Int(pairs.children[i])]
        if child == 0 { continue }
        result.parents.append(pairs.parents[i])
        result.children.append(child)
      }
      return result
    case .downstream(let entity):
      return try referralGraph().below(pairs, from: entity, budget)
    case .referred(let entity):
      return try referralGraph().referred(pairs, from: entity, budget)
    }
  }

  private func list(_ relation: Relation, _ pairs: ChildPairs) throws -> ChildPairs {
    let starts = relation.starts
    var total = 0
    for child in pairs.children {
      let parent = Int(child)
      if parent > 0 { total += Int(starts[parent + 1] - starts[parent]) }
    }
    try budget.tick(total)
    try budget.reserve(total * 8)
    defer { budget.release(total * 8) }
    var parents: [Int32] = []
    var children: [Int32] = []
    parents.reserveCapacity(total)
    children.reserveCapacity(total)
    for i in pairs.children.indices where pairs.children[i] > 0 {
      let parent = Int(pairs.children[i])
      let range = Int(starts[parent])..<Int(starts[parent + 1])
      if range.isEmpty { continue }
      children.append(contentsOf: relation.rows[range])
      parents.append(contentsOf: repeatElement(pairs.parents[i], count: range.count))
    }
    return ChildPairs(parents: parents, children: children)
  }

  /// Each child once within a row: the first time it is met.
  private func distinct(_ pairs: ChildPairs, size: Int) -> ChildPairs {
    var seen = [Int32](repeating: -1, count: size + 1)
    var result = ChildPairs(parents: [], children: [])
    for i in pairs.children.indices {
      let child = Int(pairs.children[i])
      if seen[child] == pairs.parents[i] { continue }
      seen[child] = pairs.parents[i]
      result.parents.append(pairs.parents[i])
      result.children.append(pairs.children[i])
    }
    return result
  }

  private func order(_ pairs: ChildPairs, of entity: String) throws -> ChildPairs {
    let times = try tables.moments(entity, path: tables.spec(entity).time)
    var result = pairs
    var lower = 0
    while lower < pairs.parents.count {
      var upper = lower + 1
      while upper < pairs.parents.count, pairs.parents[upper] == pairs.parents[lower] { upper += 1 }
      result.children[lower..<upper].sort { left, right in
        if let times, times[Int(left)] != times[Int(right)] {
          return times[Int(left)] < times[Int(right)]
        }
        return left < right
      }
      lower = upper
    }
    return result
  }

  /// The pairs as rows: the child's slot, and those slots of the outer row that are read.
  func childFrame(
    _ pairs: ChildPairs, _ through: Through, _ outer: Frame, _ rows: Selection,
    reading slots: Set<SlotID>
  ) -> Frame {
    var result = Frame(rowCount: pairs.children.count)
    if !slots.isEmpty {
      var needed = Frame(rowCount: outer.rowCount)
      needed.slots = outer.slots.filter { slots.contains($0.key) }
      result = needed.gather(pairs.parents.map { Int32(rows.position(Int($0))) })
    }
    result.slots[through.child] = .vector(.row(pairs.children))
    return result
  }

  /// An aggregate over the children of each row.
  ///
  /// Where nothing but the child is read the answer is a column of the parent's table. It is made
  /// once for all parents if many are asked; a few are answered from their lists.
  func children(_ call: AggregateCall, _ frame: Frame) throws -> Bound.Kind {
    guard let through = call.through else { throw mismatch("an aggregate") }
    guard slots(of: call).isEmpty else { return .children(call, through) }
    let entity = try parentEntity(through)
    var key = call
    key.through?.object = Expr(.literal(.empty), .object(entity))
    if let known = aggregateColumns[key] {
      return .column(known, object: try bind(through.object, frame))
    }
    let lasting = key.lasting
    if let lasting, let known = tables.kept.column(lasting) {
      return .column(known, object: try bind(through.object, frame))
    }
    let parents = try tables.table(entity).count
    guard frame.inPlay * 8 >= parents, frame.inPlay > 0,
      let made = try unlessError({ try wholeColumn(call, through, parents: parents) })
    else { return .children(call, through) }
    aggregateColumns[key] = made
    if let lasting { tables.kept.keep(made, lasting) }
    return .column(made, object: try bind(through.object, frame))
  }

  /// Nil where a row nobody may have asked for ends in a K4 error: then the rows in play are asked
  /// alone.
  func unlessError(_ body: () throws -> Vector) throws -> Vector? {
    do {
      return try body()
    } catch let problem as Diagnostic where problem.code.hasPrefix("K4") {
      return nil
    }
  }

  /// An aggregate over the children of the rows at hand.
  func childAggregate(
    _ call: AggregateCall, _ through: Through, _ frame: Frame, _ rows: Selection
  ) throws -> Column {
    let pairs = try expand(through, frame, rows, ordered: call.function.needsOrder(call))
    var children = childFrame(pairs, through, frame, rows, reading: slots(of: call))
    children.inPlay = max(children.rowCount, children.rowCount * frame.inPlay / max(1, rows.count))
    return Column(try accumulate(call, children, pairs.parents, rows.count, noted: false))
  }

  private func parentEntity(_ through: Through) throws -> String {
    guard case .object(let entity) = through.object.type else { throw mismatch("a path to many") }
    return entity
  }

  /// The aggregate for every row of the parent's table, index 0 for nobody.
  func wholeColumn(
    _ call: AggregateCall, _ through: Through, parents: Int
  ) throws -> Vector {
    if through.steps.count == 1, case .many(let entity, let key) = through.steps[0],
      !through.distinct, !call.function.needsOrder(call) || !call.sort.isEmpty
    {
      let count = try tables.table(entity).count
      var children = Frame(rowCount: count)
      children.slots[through.child] = .range(first: 1)
      // Children of nobody gather in group 0 and are replaced.
      let keys = try tables.rows(entity, key)
      let result = try accumulate(call, children, keys, from: 1, parents + 1, noted: false)
      let none = Frame(rowCount: 0, slots: [through.child: .range(first: 1)])
      let nothing = try accumulate(call, none, [], 1, noted: false)
      return result.replacingFirst(with: nothing)
    }
    if let rolled = try rolledUp(call, through, parents: parents) { return rolled }
    var builder = ColumnBuilder(call.type, capacity: parents + 1)
    for objects in try blocks(through, parents: parents) {
      let pairs = try expand(through, objects: objects, ordered: call.function.needsOrder(call))
      let children = childFrame(
        pairs, through, Frame(rowCount: 0), Selection(start: 0, count: 0), reading: [])
      builder.append(try accumulate(call, children, pairs.parents, objects.count, noted: false))
    }
    return builder.finish()
  }

  /// All parents from nobody on; where everyone below each is looked at, in blocks that together
  /// have not many more people below them than fit in memory at ease.
  private func blocks(_ through: Through, parents: Int) throws -> [[Int32]] {
    guard case .downstream(let entity)? = through.steps.first else {
      return [Kernel.sequence(from: 0, count: parents + 1)]
    }
    let graph = try referralGraph()
    var blocks: [[Int32]] = []
    var block: [Int32] = []
    var people = 0
    let counts = graph.belowCounts
    let nodes = graph.nodes(Kernel.sequence(from: 0, count: parents + 1), of: entity)
    for row in 0...Int32(parents) {
      block.append(row)
      people += Int(counts[Int(nodes[Int(row)])])
      if people > 2_000_000 {
        blocks.append(block)
        block = []
        people = 0
      }
    }
    if !block.isEmpty { blocks.append(block) }
    return blocks
  }
}

extension Through {
  /// The children come by the child entity's time, then id, as relations are kept.
  var isInOrder: Bool {
    guard steps.count == 1 else { return false }
    switch steps[0] {
    case .many, .changes: return true
    case .one, .downstream, .referred: return false
    }
  }
}

extension Vector {
  /// The same values but for the one at 0.
  consuming func replacingFirst(with one: Vector) -> Vector {
    if count == 0 { return self }
    switch (self, one) {
    case (.int(var values), .int(let new)):
      values[0] = new[0]
      return .int(values)
    case (.float(var values), .float(let new)):
      values[0] = new[0]
      return .float(values)
    case (.day(var values), .day(let new)):
      values[0] = new[0]
      return .day(values)
    case (.bool(var values), .bool(let new)):
      values[0] = new[0]
      return .bool(values)
    default:
      // Texts, objects and lists of nothing are empty.
      var places = Kernel.sequence(from: 0, count: count)
      places[0] = -1
      return gatherOrEmpty(places)
    }
  }
}
