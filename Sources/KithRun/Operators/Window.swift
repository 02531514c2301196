import KithBase
import KithPlan

extension Execution {
  func window(_ input: Frame, _ slots: [WindowSlot]) throws -> Frame {
    var frame = input
    for slot in slots {
      let vector = try window(slot.call, frame)
      try budget.reserve(vector.byteCount)
      frame.slots[slot.slot] = .vector(vector)
    }
    return frame
  }

  private func window(_ call: WindowCall, _ frame: Frame) throws -> Vector {
    let keys = try call.partition.map { try column($0, frame) }
    let groups = try group(keys, count: frame.rowCount)
    if case .aggregate(let aggregate) = call.function {
      return try self.aggregate(aggregate, frame, groups).gather(groups.ids)
    }
    let sorting = try sortColumns(call.sort, frame)
    let partitions = Partitions(groups, sorting)
    let count = frame.rowCount
    switch call.function {
    case .aggregate: throw mismatch("a window")
    case .rowNumber:
      var result = [Int64](repeating: 0, count: count)
      partitions.each { rows in
        for (place, row) in rows.enumerated() { result[Int(row)] = Int64(place + 1) }
      }
      return .int(result)
    case .rank: return try rank(call, frame, partitions, sorting)
    case .previous, .next:
      let isNext = call.function == .next
      var places = [Int32](repeating: -1, count: count)
      partitions.each { rows in
        for place in rows.indices {
          let other = isNext ? place + 1 : place - 1
          if rows.indices.contains(other) { places[Int(rows[place])] = rows[other] }
        }
      }
      guard let argument = call.arguments.first else { throw mismatch("a window") }
      return try column(argument, frame).gatherOrEmpty(places)
    case .running: return try running(call, frame, partitions)
    case .share: return try share(call, frame, groups)
    case .untilShare(let share):
      return try until(call, frame, groups, partitions) { before, total in
        before < share * total
      }
    case .untilAmount(let amount):
      return try until(call, frame, groups, partitions) { before, _ in before < amount }
    }
  }

  private func rank(
    _ call: WindowCall, _ frame: Frame, _ partitions: Partitions, _ sorting: [SortColumn]
  ) throws -> Vector {
    guard let first = call.sort.first else { throw mismatch("a rank") }
    let empties = try column(first.expr, frame).emptyFlags(0, frame.rowCount)
    var result = [Int64](repeating: Empty.int, count: frame.rowCount)
    partitions.each { rows in
      var rank = 0
      var previous: Int?
      for (place, row) in rows.enumerated()
      where empties[Int(row)] == 0 {
        let isTie =
          previous.map { before in
            sorting.allSatisfy { $0.values[before] == $0.values[Int(row)] }
          } ?? false
        if !isTie { rank = place + 1 }
        result[Int(row)] = Int64(rank)
        previous = Int(row)
      }
    }
    return .int(result)
  }

  /// Empty values add nothing.
  private func running(
    _ call: WindowCall, _ frame: Frame, _ partitions: Partitions
  ) throws -> Vector {
    guard let argument = call.arguments.first else { throw mismatch("a window") }
    switch try column(argument, frame) {
    case .int(let values):
      var result = [Int64](repeating: 0, count: values.count)
      var overflowed = false
      partitions.each { rows in
        var sum: Int128 = 0
        for row in rows {
          if values[Int(row)] != Empty.int { sum += Int128(values[Int(row)]) }
          guard let narrow = Int64(exactly: sum) else {
            overflowed = true
            continue
          }
          result[Int(row)] = narrow
        }
      }
      if overflowed { throw Self.overflow }
      return .int(result)
    case .float(let values):
      var result = [Double](repeating: 0, count: values.count)
      partitions.each { rows in
        var sum = 0.0
        for row in rows {
          if !values[Int(row)].isNaN { sum += values[Int(row)] }
          result[Int(row)] = sum
        }
      }
      return .float(result)
    default: throw mismatch("a window")
    }
  }

  /// The values as decimals, and their sum in each group; whole numbers are summed exactly.
  private func decimals(
    _ call: WindowCall, _ frame: Frame, _ groups: Groups
  ) throws -> (values: [Double], totals: [Double]) {
    guard let argument = call.arguments.first else { throw mismatch("a window") }
    switch try column(argument, frame) {
    case .int(let values):
      var totals = [Int128](repeating: 0, count: groups.count)
      for i in values.indices where values[i] != Empty.int {
        totals[Int(groups.ids[i])] += Int128(values[i])
      }
      return (
        values.map { $0 == Empty.int ? .nan : Double($0) }, totals.map { Double($0) }
      )
    case .float(let values):
      var totals = [Double](repeating: 0, count: groups.count)
      for i in values.indices where !values[i].isNaN { totals[Int(groups.ids[i])] += values[i] }
      return (values, totals)
    default: throw mismatch("a window")
    }
  }

  private func share(_ call: WindowCall, _ frame: Frame, _ groups: Groups) throws -> Vector {
    let (values, totals) = try decimals(call, frame, groups)
    var zeros = 0
    let result = values.indices.map { i -> Double in
      let total = totals[Int(groups.ids[i])]
      if total == 0 {
        if !values[i].isNaN { zeros += 1 }
        return .nan
      }
      return values[i] / total
    }
    notes.count(.divisionByZero, "", zeros)
    return .float(result)
  }

  private func until(
    _ call: WindowCall, _ frame: Frame, _ groups: Groups, _ partitions: Partitions,
    _ test: (_ before: Double, _ total: Double) -> Bool
  ) throws -> Vector {
    let (values, totals) = try decimals(call, frame, groups)
    var result = [UInt8](repeating: 0, count: values.count)
    partitions.each { rows in
      var before = 0.0
      for row in rows {
        let total = totals[Int(groups.ids[Int(row)])]
        result[Int(row)] = test(before, total) ? 1 : 0
        if !values[Int(row)].isNaN { before += values[Int(row)] }
      }
    }
    return .bool(result)
  }
}

/// The rows of each partition, one partition after another, sorted inside.
struct Partitions {
  private let starts: [Int]
  private let rows: [Int32]

  init(_ groups: Groups, _ sorting: [SortColumn]) {
    let count = groups.ids.count
    guard sorting.contains(where: { $0.bits > 0 }) else {
      let grouped = GroupedPositions(groups.ids, groups: groups.count)
      starts = grouped.starts
      rows = grouped.positions
      return
    }
    // The group counts as the first key.
    let bits = Int.bitWidth - groups.count.leadingZeroBitCount
    let key = SortColumn(values: groups.ids.map { UInt64($0) }, bits: groups.count > 1 ? bits : 0)
    rows = Ordering.permutation([key] + sorting, count: count)
    var starts = [Int](repeating: 0, count: groups.count + 1)
    for id in groups.ids { starts[Int(id) + 1] += 1 }
    for group in 0..<groups.count { starts[group + 1] += starts[group] }
    self.starts = starts
  }

  func each(_ body: (ArraySlice<Int32>) -> Void) {
    for group in 0..<(starts.count - 1) { body(rows[starts[group]..<starts[group + 1]]) }
  }
}
