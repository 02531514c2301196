import KithBase
import KithPlan

extension Execution {
  /// The rows of a plan.
  func run(_ plan: Plan) throws -> Frame {
    switch plan {
    case .scan(let source): return try scan(source)
    case .filter(let input, let filter): return try self.filter(try run(input), filter)
    case .compute(let input, let slots): return try compute(try run(input), slots)
    case .window(let input, let slots): return try window(try run(input), slots)
    case .aggregate(let input, let aggregation):
      return try aggregate(try run(input), aggregation)
    case .order(let input, let keys): return try order(try run(input), keys)
    case .reverse(let input): return try reverse(try run(input))
    case .limit(let input, let limit): return try self.limit(input, limit)
    case .expand(let input, let expansion): return try expand(try run(input), expansion)
    case .join(let left, let right, let join):
      return try self.join(try run(left), try run(right), join)
    case .append(let first, let second, let slots):
      return try append(try run(first), try run(second), slots)
    case .walk(let input, let walk): return try self.walk(try run(input), walk)
    case .duplicates(let input, let keys, let group):
      return try duplicates(try run(input), keys: keys, group: group)
    case .funnel(let input, let funnel): return try self.funnel(try run(input), funnel)
    case .fill(let input, let fill): return try self.fill(try run(input), fill)
    case .cases(let input, let plan): return try cases(try run(input), plan)
    case .describe(let input, let describe): return try self.describe(try run(input), describe)
    case .histogram(let input, let histogram):
      return try self.histogram(try run(input), histogram)
    case .forecast(let input, let forecast): return try self.forecast(try run(input), forecast)
    case .cohort(let input, let cohort): return try self.cohort(try run(input), cohort)
    case .sequence(let input, let plan): return try sequence(try run(input), plan)
    case .asOf(let input, let asOf): return try self.asOf(input, asOf)
    case .mark(let input, let index):
      let frame = try run(input)
      mark(index, frame.rowCount)
      return frame
    }
  }

  func mark(_ index: Int, _ count: Int) {
    while stageCounts.count <= index { stageCounts.append(0) }
    stageCounts[index] = count
  }

  /// Takes on a new frame in the place of another.
  func replace(_ old: Frame, by new: Frame) throws -> Frame {
    try budget.reserve(new.byteCount)
    budget.release(old.byteCount)
    return new
  }

  private func scan(_ source: Source) throws -> Frame {
    switch source {
    case .entity(let entity, let slot):
      if let live = try tables.live(entity) {
        return Frame(rowCount: live.count, slots: [slot: .vector(.row(live))])
      }
      return Frame(rowCount: try tables.table(entity).count, slots: [slot: .range(first: 1)])
    case .objects(let entity, let ids, let slot):
      let table = try tables.table(entity)
      let live = try tables.liveFlags(entity)
      let rows = ids.map { table.row(ofID: $0) }.filter { $0 != 0 && live?[Int($0)] != 0 }
      return Frame(rowCount: rows.count, slots: [slot: .vector(.row(rows))])
    case .table(let table, let slots):
      var frame = Frame(rowCount: table.rowCount)
      for (column, slot) in zip(table.columns, slots) {
        frame.slots[slot] = .vector(column.vector)
      }
      return frame
    case .one: return Frame(rowCount: 1)
    }
  }

  private func compute(_ input: Frame, _ slots: [ComputedSlot]) throws -> Frame {
    var frame = input
    for computed in slots {
      let vector = try column(computed.expr, frame)
      try budget.reserve(vector.byteCount)
      frame.slots[computed.slot] = .vector(vector)
    }
    return frame
  }

  private func aggregate(_ input: Frame, _ aggregation: Aggregation) throws -> Frame {
    let (keyed, keys, groups) = try grouped(input, aggregation.keys)
    noteEmptyKeys(keys, groups)
    var result = Frame(rowCount: groups.count)
    for (key, vector) in zip(aggregation.keys, keys) {
      result.slots[key.slot] = .vector(vector.gather(groups.first))
    }
    for slot in aggregation.aggregates {
      result.slots[slot.slot] = .vector(try aggregate(slot.call, keyed, groups))
    }
    return try replace(input, by: result)
  }

  /// The rows with their keys worked out, one after another, and the groups they form.
  func grouped(
    _ input: Frame, _ slots: [ComputedSlot]
  ) throws -> (keyed: Frame, keys: [Vector], groups: Groups) {
    var keyed = input
    var keys: [Vector] = []
    for slot in slots {
      let vector = try column(slot.expr, keyed)
      keys.append(vector)
      keyed.slots[slot.slot] = .vector(vector)
    }
    return (keyed, keys, try group(keys, count: input.rowCount))
  }

  /// Rows that form a group only because a key is empty.
  func noteEmptyKeys(_ keys: [Vector], _ groups: Groups) {
    var isEmpty = [Bool](repeating: false, count: groups.count)
    for key in keys {
      for group in 0..<groups.count where key.isEmpty(at: Int(groups.first[group])) {
        isEmpty[group] = true
      }
    }
    guard isEmpty.contains(true) else { return }
    var count = 0
    for id in groups.ids where isEmpty[Int(id)] { count += 1 }
    notes.count(.emptyGroupKey, "", count)
  }

  private func order(_ input: Frame, _ keys: [SortKey]) throws -> Frame {
    let columns = try sortColumns(keys, input)
    let order = Ordering.permutation(columns, count: input.rowCount)
    return try replace(input, by: input.gather(order))
  }

  func sortColumns(_ keys: [SortKey], _ frame: Frame) throws -> [SortColumn] {
    try keys.map { key in
      sortColumn(try column(key.expr, frame), key.expr.type, descending: key.descending)
    }
  }

  private func reverse(_ input: Frame) throws -> Frame {
    let last = Int32(input.rowCount) - 1
    return try replace(
      input, by: input.gather((0..<Int32(input.rowCount)).map { last - $0 }))
  }
}
