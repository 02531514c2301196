import KithBase
import KithPlan

extension Execution {
  /// Each row once for every case that holds: each condition is asked of all rows in one pass.
  func cases(_ input: Frame, _ plan: CasesPlan) throws -> Frame {
    var rows: [Int32] = []
    var numbers: [Int32] = []
    var builders = plan.slots.map { ColumnBuilder($0.type, capacity: input.rowCount) }
    for (number, part) in plan.cases.enumerated() {
      let kept = try positions(where: part.condition, input)
      if kept.isEmpty { continue }
      let frame = input.gather(kept)
      for (place, value) in part.values.enumerated() {
        builders[place].append(try column(value, frame))
      }
      rows += kept
      numbers += [Int32](repeating: Int32(number), count: kept.count)
      try budget.reserve(kept.count * 8)
    }
    let order = rows.indices.sorted { (rows[$0], numbers[$0]) < (rows[$1], numbers[$1]) }
      .map { Int32($0) }
    var result = input.gather(order.map { rows[Int($0)] })
    for (place, slot) in plan.slots.enumerated() {
      result.slots[slot.slot] = .vector(builders[place].finish().gather(order))
    }
    return try replace(input, by: result)
  }
}
