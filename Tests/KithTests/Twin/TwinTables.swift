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
      let values = try rows.map { try value(column.expr, $0) }.filter { !$0.isEmpty }
      var new: TwinRow = [:]
      func set(_ index: Int, _ value: Scalar) {
        if index < plan.slots.count { new[plan.slots[index]] = value }
      }
      set(0, .text(column.label))
      set(1, .text(column.expr.type.name))
      set(2, .int(Int64(values.count)))
      set(3, .int(Int64(Set(values.map(TwinValues.key)).count)))
      return new
    }
  }

  func histogram(_ rows: [TwinRow], _ plan: HistogramPlan) throws -> [TwinRow] {
    let values = try rows.map { try value(plan.expr, $0) }.filter { !$0.isEmpty }
    switch plan.width {
    case .automatic: throw TwinUndecided(what: "the width a histogram chooses")
    case .calendar(let unit):
      let days = values.compactMap { value -> Day? in
        switch value {
        case .date(let day): day.start(of: unit)
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
