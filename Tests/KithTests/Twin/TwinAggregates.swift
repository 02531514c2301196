import KithBase
import KithModel
import KithPlan

/// Aggregates over a group of rows.
extension TwinRun {
  func aggregate(_ rows: [TwinRow], _ aggregation: Aggregation) throws -> [TwinRow] {
    let keyed = try rows.map { try computed(aggregation.keys, $0) }
    let keys = aggregation.keys.map { Expr(.slot($0.slot), $0.expr.type) }
    var groups = try groups(keyed, by: keys)
    if aggregation.keys.isEmpty, groups.isEmpty { groups = [([], [])] }
    return try groups.map { group in
      var new: TwinRow = [:]
      for (key, value) in zip(aggregation.keys, group.key) { new[key.slot] = value }
      let members = group.rows.map { rows[$0] }
      for slot in aggregation.aggregates { new[slot.slot] = try aggregate(slot.call, members) }
      return new
    }
  }

  func aggregate(_ call: AggregateCall, _ rows: [TwinRow]) throws -> Scalar {
    let members = try members(call, rows)
    guard let argument = call.arguments.first else { return withoutArgument(call, members.count) }
    let values = try members.map { try value(argument, $0) }
    let filled = values.filter { !$0.isEmpty }
    switch call.function {
    case .count: return .int(count(filled, argument.type))
    case .distinct: return .int(Int64(Set(filled.map(TwinValues.key)).count))
    case .any: return .bool(values.contains(.bool(true)))
    case .none: return .bool(!values.contains(.bool(true)))
    case .all: return .bool(values.allSatisfy { $0 == .bool(true) })
    case .list: return .list(filled)
    case .first: return filled.first ?? .empty
    case .last: return filled.last ?? .empty
    case .rate:
      let trues = filled.filter { $0 == .bool(true) }.count
      return filled.isEmpty ? .empty : .float(Double(trues) / Double(filled.count))
    case .sum: return try sum(filled, call.type)
    case .avg: return try average(filled, argument.type, call.type)
    case .min, .max, .median, .percentile:
      return try ranked(call.function, filled, argument.type, call.type)
    case .stdev: return try deviation(filled, argument.type, call.type)
    }
  }

  /// The rows, or (row, child) pairs, an aggregate looks at: filtered, sorted, each thing once. A row
  /// that leads to no thing stands for itself, as it does in `where`.
  private func members(_ call: AggregateCall, _ rows: [TwinRow]) throws -> [TwinRow] {
    var members = rows
    if let through = call.through { members = try rows.flatMap { try children(through, $0) } }
    if let filter = call.filter { members = try members.filter { try truth(filter, $0) } }
    if !call.sort.isEmpty { members = try sorted(members, call.sort) }
    guard let unit = call.unit else { return members }
    var met: Set<Scalar> = []
    return try members.filter { row in
      let thing = try TwinValues.key(value(unit, row))
      return thing.isEmpty || met.insert(thing).inserted
    }
  }

  private func withoutArgument(_ call: AggregateCall, _ count: Int) -> Scalar {
    switch call.function {
    case .any: .bool(count > 0)
    case .none: .bool(count == 0)
    case .all: .bool(true)
    default: .int(Int64(count))
    }
  }

  private func count(_ filled: [Scalar], _ type: KithType) -> Int64 {
    switch type {
    case .bool: Int64(filled.filter { $0 == .bool(true) }.count)
    case .object: Int64(Set(filled).count)
    default: Int64(filled.count)
    }
  }

  func sum(_ values: [Scalar], _ type: KithType) throws -> Scalar {
    switch type {
    case .float, .percent, .floatMoney:
      return .float(values.reduce(0) { $0 + (TwinValues.double($1) ?? 0) })
    default:
      let total = values.reduce(Int128(0)) { $0 + Int128(TwinValues.integer($1) ?? 0) }
      return TwinValues.scalar(try TwinValues.narrow(total), type)
    }
  }

  private func average(
    _ values: [Scalar], _ from: KithType, _ type: KithType
  ) throws -> Scalar {
    if values.isEmpty { return .empty }
    return try ratio(values, over: Int128(values.count), from, type)
  }

  /// The sum of values over a divisor: exact up to the one rounding at the end.
  private func ratio(
    _ values: [Scalar], over divisor: Int128, _ from: KithType, _ type: KithType
  ) throws -> Scalar {
    let floats = values.contains { if case .float = $0 { true } else { false } }
    if floats {
      let total = values.reduce(0) { $0 + (TwinValues.double($1) ?? 0) }
      let mean = Expr(.literal(.float(total / Double(divisor))), .floatMoney)
      if type == .money { return try value(Expr(.operation(.roundMoney, [mean]), .money), [:]) }
      return try TwinValues.scalar(total / Double(divisor), type)
    }
    if case .period(let unit?) = from {
      let days = values.compactMap { value -> Int128? in
        if case .period(let period) = value { Int128(period.start.number) } else { nil }
      }
      let middle = TwinValues.halfEven(days.reduce(0, +), over: divisor)
      return .period(Period(unit, holding: Day(number: Int32(truncatingIfNeeded: middle))))
    }
    let total = values.reduce(Int128(0)) { $0 + Int128(TwinValues.integer($1) ?? 0) }
    var scale = Int128(1)
    if case .exactMoney(let digits) = from { scale = TwinValues.power(digits) }
    switch type {
    case .float, .percent, .floatMoney: return .float(Double(total) / Double(divisor * scale))
    case .exactMoney(let digits):
      let wanted = TwinValues.halfEven(total * TwinValues.power(digits), over: divisor * scale)
      return TwinValues.scalar(try TwinValues.narrow(wanted), type)
    default:
      let rounded = TwinValues.halfEven(total, over: divisor * scale)
      return TwinValues.scalar(try TwinValues.narrow(rounded), type)
    }
  }

  private func ranked(
    _ function: AggregateCall.Function, _ filled: [Scalar], _ from: KithType, _ type: KithType
  ) throws -> Scalar {
    let ordered = filled.sorted { TwinValues.order($0, $1, from, catalogue) < 0 }
    guard let smallest = ordered.first, let largest = ordered.last else { return .empty }
    let count = ordered.count
    switch function {
    case .min:
      return filled.first { TwinValues.order($0, smallest, from, catalogue) == 0 } ?? smallest
    case .max:
      return filled.first { TwinValues.order($0, largest, from, catalogue) == 0 } ?? largest
    case .percentile(let share):
      let index = ordered.indices.first { Double($0 + 1) / Double(count) >= share }
      return try ratio([ordered[index ?? count - 1]], over: 1, from, type)
    default:
      if count % 2 == 1 { return try ratio([ordered[count / 2]], over: 1, from, type) }
      return try ratio([ordered[count / 2 - 1], ordered[count / 2]], over: 2, from, type)
    }
  }

  private func deviation(
    _ filled: [Scalar], _ from: KithType, _ type: KithType
  ) throws -> Scalar {
    if filled.count < 2 { return .empty }
    var numbers = filled.map { TwinValues.double($0) ?? 0 }
    if case .exactMoney(let digits) = from {
      numbers = numbers.map { $0 / Double(TwinValues.power(digits)) }
    }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let result = (squares / Double(numbers.count - 1)).squareRoot()
    if type == .money {
      return .money(try TwinValues.narrow(Self.rounded(.float(result), .floatMoney)))
    }
    return try TwinValues.scalar(result, type)
  }
}

/// Values that depend on the other rows.
extension TwinRun {
  /// The value of each row, in the order of the rows.
  func window(_ call: WindowCall, _ rows: [TwinRow]) throws -> [Scalar] {
    var result = [Scalar](repeating: .empty, count: rows.count)
    for group in try groups(rows, by: call.partition) {
      let members = group.rows.map { rows[$0] }
      let places = try order(members, call.sort)
      let values = try window(call, places.map { members[$0] }, partition: members)
      for (place, value) in zip(places, values) { result[group.rows[place]] = value }
    }
    return result
  }

  /// The values of one partition in its order.
  private func window(
    _ call: WindowCall, _ rows: [TwinRow], partition: [TwinRow]
  ) throws -> [Scalar] {
    let arguments = try rows.map { row in try call.arguments.first.map { try value($0, row) } }
      .map { $0 ?? .empty }
    let argumentType = call.arguments.first?.type ?? .empty
    let total = try sum(arguments.filter { !$0.isEmpty }, argumentType.isSummable)
    switch call.function {
    case .aggregate(let aggregate):
      let value = try self.aggregate(aggregate, rows)
      return rows.map { _ in value }
    case .rank: return try ranks(rows, call.sort)
    case .rowNumber: return rows.indices.map { .int(Int64($0 + 1)) }
    case .running:
      return try rows.indices.map { index in
        try sum(arguments[...index].filter { !$0.isEmpty }, call.type)
      }
    case .previous: return rows.indices.map { $0 == 0 ? .empty : arguments[$0 - 1] }
    case .next: return rows.indices.map { $0 + 1 < rows.count ? arguments[$0 + 1] : .empty }
    case .share:
      return arguments.map { argument in
        guard let part = TwinValues.double(argument), let whole = TwinValues.double(total),
          whole != 0
        else { return .empty }
        return .float(part / whole)
      }
    case .untilShare(let share):
      return try before(arguments, argumentType).map { sum in
        let whole = TwinValues.double(total) ?? 0
        return .bool(whole > 0 ? sum / whole < share : sum < share * whole)
      }
    case .untilAmount(let amount):
      return try before(arguments, argumentType).map { .bool($0 < amount) }
    }
  }

  /// The sum of the rows before each row.
  private func before(_ arguments: [Scalar], _ type: KithType) throws -> [Double] {
    try arguments.indices.map { index in
      let sum = try sum(arguments[..<index].filter { !$0.isEmpty }, type.isSummable)
      return TwinValues.double(sum) ?? 0
    }
  }

  private func ranks(_ rows: [TwinRow], _ keys: [SortKey]) throws -> [Scalar] {
    let values = try rows.map { row in try keys.map { try TwinValues.key(value($0.expr, row)) } }
    var ranks: [Scalar] = []
    for index in rows.indices {
      if values[index].contains(where: \.isEmpty) {
        ranks.append(.empty)
      } else if index > 0, values[index] == values[index - 1] {
        ranks.append(ranks[index - 1])
      } else {
        ranks.append(.int(Int64(index + 1)))
      }
    }
    return ranks
  }
}

extension KithType {
  /// The type itself where it can be summed, else a count that nothing adds to.
  fileprivate var isSummable: KithType {
    switch self {
    case .int, .money, .exactMoney, .float, .percent, .floatMoney, .duration: self
    default: .int
    }
  }
}
