import KithBase
import KithPlan

extension Execution {
  /// One value a group: the aggregate over the rows of a frame, or over their children.
  func aggregate(
    _ call: AggregateCall, _ frame: Frame, _ groups: Groups, noted: Bool = true
  ) throws -> Vector {
    guard let through = call.through else {
      return try accumulate(call, frame, groups.ids, groups.count, noted: noted)
    }
    let pairs = try expand(through, frame, frame.all, ordered: call.function.needsOrder(call))
    let children = childFrame(pairs, through, frame, frame.all, reading: slots(of: call))
    let ids = pairs.parents.map { groups.ids[Int($0)] }
    return try accumulate(call, children, ids, groups.count, noted: noted)
  }

  /// Filter, once-per-object, order, then the function itself.
  ///
  /// - Parameter first: where the groups of the frame's rows begin in `ids`.
  func accumulate(
    _ call: AggregateCall, _ frame: Frame, _ ids: [Int32], from first: Int = 0, _ count: Int,
    noted: Bool
  ) throws -> Vector {
    var frame = frame
    var rows = frame.all
    var ids = ids
    var first = first
    if let filter = call.filter {
      let kept = try positions(where: filter, frame)
      rows = Selection(kept)
      ids = kept.withUnsafeBufferPointer { Kernel.gather(ids, $0, offset: first) }
      first = 0
    } else if first > 0, call.unit != nil || !call.sort.isEmpty {
      ids = Array(ids[first...])
      first = 0
    }
    if !call.sort.isEmpty, call.function.needsOrder(call) {
      let keys = try call.sort.map { key in
        sortColumn(
          try column(key.expr, frame, rows), key.expr.type, descending: key.descending)
      }
      let order = Ordering.permutation(keys, count: rows.count)
      ids = Kernel.gather(ids, order)
      rows = Selection(order.map { Int32(rows.position(Int($0))) })
    }
    if let unit = call.unit, !call.function.isIdempotent {
      try takeOnce(unit, frame, &rows, &ids, count, noted: noted)
    }
    frame.inPlay = rows.count
    let accumulator = try accumulator(call, count)
    let argument = try call.arguments.first.map { try bind($0, frame) }
    try ids.withUnsafeBufferPointer { ids in
      try rows.batches(of: Frame.batch) { batch, offset in
        try budget.tick(batch.count)
        let column = try argument.map { try evaluate($0, frame, batch) }
        try accumulator.add(
          column,
          UnsafeBufferPointer(rebasing: ids[(first + offset)..<(first + offset + batch.count)]))
      }
    }
    let result = try accumulator.finish()
    if noted {
      note(call, accumulator.skipped)
      // Of the children of single rows nobody expects many.
      if call.through == nil { notes.count(.smallRate, "", accumulator.smallRates) }
    }
    return result
  }

  /// Keeps the first row of each object within a group; rows about nobody stay.
  private func takeOnce(
    _ unit: Expr, _ frame: Frame, _ rows: inout Selection, _ ids: inout [Int32], _ count: Int,
    noted: Bool
  ) throws {
    guard case .row(let objects) = try column(unit, frame, rows) else {
      throw mismatch("an object")
    }
    let size = Int(objects.max() ?? 0) + 1
    var seen = PairSet(groups: count, values: size)
    var kept: [Int32] = []
    kept.reserveCapacity(objects.count)
    for i in objects.indices
    where objects[i] == 0 || seen.insert(Int(ids[i]), Int(objects[i])) { kept.append(Int32(i)) }
    if kept.count == objects.count { return }
    if noted { notes.count(.once, "", objects.count - kept.count) }
    ids = Kernel.gather(ids, kept)
    rows = Selection(kept.map { Int32(rows.position(Int($0))) })
  }

  private func note(_ call: AggregateCall, _ skipped: Int) {
    if skipped == 0 { return }
    if call.function == .rate { return notes.count(.emptyInRate, call.label, skipped) }
    guard let words = call.function.words else { return }
    notes.count(
      .emptyInAggregate, NoteLabel.joined(call.label, aggregate: words.0, zh: words.1), skipped)
  }

  private func accumulator(_ call: AggregateCall, _ groups: Int) throws -> any Accumulator {
    let argument = call.arguments.first?.type
    switch call.function {
    case .count:
      guard let argument else { return RowCounter(groups: groups) }
      switch argument {
      case .bool: return FlagCounter(groups: groups, .trues)
      case .object: return distinctCounter(argument, groups)
      default: return FlagCounter(groups: groups, .filled)
      }
    case .any: return FlagMarker(groups: groups, none: false)
    case .none: return FlagMarker(groups: groups, none: true)
    case .all: return FlagCounter(groups: groups, .all)
    case .rate: return FlagCounter(groups: groups, .rate)
    case .sum, .avg:
      let average = call.function == .avg
      guard let argument else { throw mismatch("a sum") }
      switch Vector.empties(argument, count: 0) {
      case .int:
        return IntegerSum(groups: groups, average: average, argument: argument, type: call.type)
      case .day where average: return DayMean(groups: groups, type: call.type)
      default: return FloatSum(groups: groups, average: average, type: call.type)
      }
    case .min: return try extreme(argument, groups, maximum: false)
    case .max: return try extreme(argument, groups, maximum: true)
    case .stdev:
      return Collector(argument ?? .int) { [self] in try deviations($0, $1, groups, call.type) }
    case .median:
      return Collector(argument ?? .int) { [self] in
        try percentiles($0, $1, groups, share: nil, call.type)
      }
    case .percentile(let share):
      return Collector(argument ?? .int) { [self] in
        try percentiles($0, $1, groups, share: share, call.type)
      }
    case .distinct: return distinctCounter(argument ?? .int, groups)
    case .first:
      return Collector(argument ?? .int) { [self] in (ends($0, $1, groups, last: false), 0) }
    case .last:
      return Collector(argument ?? .int) { [self] in (ends($0, $1, groups, last: true), 0) }
    case .list: return Collector(argument ?? .int) { [self] in (lists($0, $1, groups), 0) }
    }
  }

  private func extreme(
    _ argument: KithType?, _ groups: Int, maximum: Bool
  ) throws -> any Accumulator {
    guard let argument else { throw mismatch("an extreme") }
    switch Vector.empties(argument, count: 0) {
    case .int:
      return Extreme<Int64>(
        groups: groups, maximum: maximum, empty: Empty.int,
        isEmpty: { $0 == Empty.int },
        unwrap: { if case .int(let values) = $0 { values } else { nil } }, wrap: { .int($0) })
    case .float:
      return Extreme<Double>(
        groups: groups, maximum: maximum, empty: .nan, isEmpty: { $0.isNaN },
        unwrap: { if case .float(let values) = $0 { values } else { nil } }, wrap: { .float($0) })
    case .day:
      return Extreme<Int32>(
        groups: groups, maximum: maximum, empty: Empty.day,
        isEmpty: { $0 == Empty.day },
        unwrap: { if case .day(let values) = $0 { values } else { nil } }, wrap: { .day($0) })
    case .bool:
      return Extreme<UInt8>(
        groups: groups, maximum: maximum, empty: Empty.bool,
        isEmpty: { $0 == Empty.bool },
        unwrap: { if case .bool(let values) = $0 { values } else { nil } }, wrap: { .bool($0) })
    default:
      return Collector(argument) { [self] vector, ids in
        (extremes(vector, ids, groups, argument, maximum: maximum), 0)
      }
    }
  }

  private func distinctCounter(_ type: KithType, _ groups: Int) -> any Accumulator {
    Collector(type) { [self] vector, ids in
      let key = try denseKey(vector)
      var seen = PairSet(groups: groups, values: key.size)
      var counts = [Int64](repeating: 0, count: groups)
      for i in ids.indices where key.codes[i] != 0 {
        if seen.insert(Int(ids[i]), Int(key.codes[i])) { counts[Int(ids[i])] += 1 }
      }
      return (.int(counts), 0)
    }
  }
}

extension AggregateCall.Function {
  /// Whether the result depends on the order of the rows.
  func needsOrder(_ call: AggregateCall) -> Bool {
    switch self {
    case .first, .last, .list: true
    default: false
    }
  }

  /// Whether taking a value twice changes nothing.
  var isIdempotent: Bool {
    switch self {
    case .min, .max, .distinct, .any, .none, .all, .first, .last: true
    default: false
    }
  }

  /// What a note calls it; nil where empties need no word.
  var words: (String, String)? {
    switch self {
    case .sum: ("sum", "合计")
    case .avg: ("average", "平均")
    case .min: ("minimum", "最小值")
    case .max: ("maximum", "最大值")
    case .median: ("median", "中位数")
    case .percentile: ("percentile", "百分位")
    case .stdev: ("standard deviation", "标准差")
    default: nil
    }
  }
}

/// Pairs of a group and a value that were met: a bit map while it is small, else a hash set.
struct PairSet {
  private var bits: [UInt64] = []
  private var set = Set<Int64>()
  private let width: Int

  init(groups: Int, values: Int) {
    width = values
    let (product, overflow) = groups.multipliedReportingOverflow(by: values)
    if !overflow, product <= 1 << 27 {
      bits = [UInt64](repeating: 0, count: product / 64 + 1)
    }
  }

  /// Whether the pair is new.
  mutating func insert(_ group: Int, _ value: Int) -> Bool {
    if bits.isEmpty { return set.insert(Int64(group) << 32 | Int64(value)).inserted }
    let place = group * width + value
    let bit: UInt64 = 1 << UInt64(place & 63)
    if bits[place >> 6] & bit != 0 { return false }
    bits[place >> 6] |= bit
    return true
  }
}

extension Kernel {
  /// `source[indices[i]]`.
  static func gather(_ source: [Int32], _ indices: [Int32]) -> [Int32] {
    indices.withUnsafeBufferPointer { gather(source, $0, offset: 0) }
  }
}
