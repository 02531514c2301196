import KithBase
import KithPlan

extension Execution {
  /// Adds, behind the rows there are, one for each value of the key that a combination of the other
  /// keys lacks.
  func fill(_ input: Frame, _ fill: Fill) throws -> Frame {
    let keys = try value(of: fill.key, input, input.all).dense
    guard let values = try wanted(fill, keys) else { return input }
    let others = try fill.otherKeys.map { try value(of: $0, input, input.all).dense }
    var groups = try group(others, count: input.rowCount)
    // Without rows and without other keys the one combination is still there to be filled.
    if others.isEmpty { groups = Groups(ids: groups.ids, count: 1, first: groups.first) }
    var pair = ColumnBuilder(fill.keyType)
    pair.append(keys)
    pair.append(values)
    let codes = try denseKey(pair.finish())
    var seen = PairSet(groups: groups.count, values: codes.size)
    for row in 0..<input.rowCount { _ = seen.insert(Int(groups.ids[row]), Int(codes.codes[row])) }
    var newKeys: [Int32] = []
    var sources: [Int32] = []
    for group in 0..<groups.count {
      try budget.tick(values.count)
      for place in 0..<values.count
      where seen.insert(group, Int(codes.codes[input.rowCount + place])) {
        newKeys.append(Int32(place))
        sources.append(group < groups.first.count ? groups.first[group] : -1)
      }
    }
    if newKeys.isEmpty { return input }
    var frame = Frame(rowCount: input.rowCount + newKeys.count)
    for (id, _) in input.slots {
      let old = try value(of: id, input, input.all).dense
      let added: Vector
      if id == fill.key {
        added = values.gather(newKeys)
      } else if fill.otherKeys.contains(id) {
        added = old.gatherOrEmpty(sources)
      } else if fill.zero.contains(id) {
        added = old.zeros(newKeys.count)
      } else {
        added = old.gatherOrEmpty([Int32](repeating: -1, count: newKeys.count))
      }
      var builder = ColumnBuilder(id == fill.key ? fill.keyType : .int)
      builder.append(old)
      builder.append(added)
      frame.slots[id] = .vector(builder.finish())
    }
    return try replace(input, by: frame)
  }

  /// The values a key should have; nil where that is not known.
  private func wanted(_ fill: Fill, _ keys: Vector) throws -> Vector? {
    switch fill.values {
    case .codes(let codes):
      return .text((1...Int32(max(1, codes.count))).map { $0 }, TextDictionary(codes))
    case .periods(let unit, let range):
      guard case .day(let days) = keys else { throw mismatch("a fill") }
      var first: Day
      let last: Day
      if let range {
        first = range.start.start(of: unit)
        last = range.end.adding(days: -1).start(of: unit)
      } else {
        let filled = days.filter { $0 != Empty.day }
        guard let low = filled.min(), let high = filled.max() else { return nil }
        first = Day(number: low)
        last = Day(number: high)
      }
      var values: [Int32] = []
      while first <= last {
        values.append(first.number)
        if values.count % Frame.batch == 0 { try budget.tick(Frame.batch) }
        first = first.adding(1, unit)
      }
      return .day(values)
    }
  }
}

extension Vector {
  /// Zeros of this shape.
  func zeros(_ count: Int) -> Vector {
    switch self {
    case .int: .int([Int64](repeating: 0, count: count))
    case .float: .float([Double](repeating: 0, count: count))
    case .bool: .bool([UInt8](repeating: 0, count: count))
    case .day, .text, .row, .list: gatherOrEmpty([Int32](repeating: -1, count: count))
    }
  }
}
