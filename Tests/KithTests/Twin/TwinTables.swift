import KithBase
import KithModel
import KithPlan

/// Stages that make tables of figures.
extension TwinRun {
  /// The rows, then those that are missing.
  func filled(_ rows: [TwinRow], _ fill: Fill) throws -> [TwinRow] {
    let present = rows.compactMap { row in row[fill.key].flatMap { $0.isEmpty ? nil : $0 } }
    var wanted: [Scalar] = []
    switch fill.values {
    case .codes(let codes): wanted = codes.map { .code($0) }
    case .periods(let unit, let range):
      let starts = present.compactMap { value -> Day? in
        switch value {
        case .period(let period): period.start
        case .date(let day): day
        default: nil
        }
      }
      var first = starts.min()
      var last = starts.max()
      if let range {
        first = range.start.start(of: unit)
        last = range.end.adding(days: -1).start(of: unit)
      }
      guard var day = first, let last else { return rows }
      while day <= last {
        wanted.append(fill.keyType == .date ? .date(day) : .period(Period(unit, holding: day)))
        day = day.adding(1, unit)
      }
    }
    let others = fill.otherKeys.map { Expr(.slot($0), .text) }
    var result = rows
    var combinations = try groups(rows, by: others)
    if fill.otherKeys.isEmpty { combinations = [([], Array(rows.indices))] }
    for combination in combinations {
      let have = Set(combination.rows.map { TwinValues.key(rows[$0][fill.key] ?? .empty) })
      for value in wanted where !have.contains(TwinValues.key(value)) {
        var new: TwinRow = [fill.key: value]
        for (slot, other) in zip(fill.otherKeys, combination.key) { new[slot] = other }
        for slot in fill.zero { new[slot] = .int(0) }
        result.append(new)
      }
    }
    return result
  }

  func described(_ rows: [TwinRow], _ plan: DescribePlan) throws -> [TwinRow] {
    try plan.columns.map { column in
      let type = column.expr.type
      let values = try rows.map { try value(column.expr, $0) }.filter { !$0.isEmpty }
      func aggregate(_ function: AggregateCall.Function) throws -> Scalar {
        let slot = SlotID(Int.min)
        // Lists have no order; two whole numbers may have no whole number in the middle.
        if case .list = type { return .empty }
        let result = function == .median && type == .int ? .float : type
        let call = AggregateCall(function, arguments: [Expr(.slot(slot), type)], type: result)
        let value = try self.aggregate(call, values.map { [slot: $0] })
        return shown(value, result).map { .text($0) } ?? .empty
      }
      var cells: [Scalar] = [.text(column.label), .text(type.name), .int(Int64(values.count))]
      cells.append(.int(Int64(Set(values.map(TwinValues.key)).count)))
      cells.append(try aggregate(.min))
      cells.append(try aggregate(.max))
      cells.append(type.hasMiddle ? try aggregate(.median) : .empty)
      cells.append(commonest(values, type))
      return Dictionary(uniqueKeysWithValues: zip(plan.slots, cells))
    }
  }

  /// The three commonest values with their counts, unless all are different.
  private func commonest(_ values: [Scalar], _ type: KithType) -> Scalar {
    var counts: [(value: Scalar, count: Int)] = []
    for value in values {
      if let place = counts.firstIndex(where: { TwinValues.same($0.value, value) }) {
        counts[place].count += 1
      } else {
        counts.append((value, 1))
      }
    }
    guard counts.contains(where: { $0.count > 1 }) else { return .empty }
    let places = counts.indices.sorted { left, right in
      let (a, b) = (counts[left].count, counts[right].count)
      return a != b ? a > b : left < right
    }
    let texts = places.prefix(3).map {
      "\(shown(counts[$0].value, type) ?? "") (\(counts[$0].count))"
    }
    return .text(texts.joined(separator: ", "))
  }

  func histogram(_ rows: [TwinRow], _ plan: HistogramPlan) throws -> [TwinRow] {
    let values = try rows.map { try value(plan.expr, $0) }.filter { !$0.isEmpty }
    switch plan.width {
    case .automatic: throw TwinUndecided(what: "the width a histogram chooses")
    case .calendar(let unit):
      let days = values.compactMap { value -> Day? in
        switch value {
        case .date(let day): day.start(of: unit)
        case .period(let period): period.start.start(of: unit)
        case .time(let instant): localDay(instant).start(of: unit)
        default: nil
        }
      }
      guard var day = days.min(), let last = days.max() else { return [] }
      var result: [TwinRow] = []
      while day <= last {
        let period = Period(unit, holding: day)
        result.append([
          plan.from: .period(period),
          plan.to: .period(Period(unit, holding: period.end)),
          plan.count: .int(Int64(days.filter { $0 == day }.count)),
        ])
        day = day.adding(1, unit)
      }
      return result
    case .fixed(let width):
      let buckets = values.compactMap(TwinValues.double).map { Int(($0 / width).rounded(.down)) }
      guard let first = buckets.min(), let last = buckets.max() else { return [] }
      return try (first...last).map { bucket in
        [
          plan.from: try TwinValues.scalar(Double(bucket) * width, plan.expr.type),
          plan.to: try TwinValues.scalar(Double(bucket + 1) * width, plan.expr.type),
          plan.count: .int(Int64(buckets.filter { $0 == bucket }.count)),
        ]
      }
    }
  }

  /// What counts as nearly the same is the engine's business, so only the rows whose keys are equal
  /// after folding can be said here.
  func duplicates(
    _ rows: [TwinRow], _ keys: [Expr], _ group: SlotID
  ) throws -> [TwinRow] {
    throw TwinUndecided(what: "what is likely the same")
  }
}

extension KithType {
  /// Two values have a middle between them.
  fileprivate var hasMiddle: Bool {
    switch self {
    case .int, .float, .percent, .money, .date, .time, .duration, .period: true
    default: false
    }
  }
}
