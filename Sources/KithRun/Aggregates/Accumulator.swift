import KithBase

/// Takes values batch by batch and gives one value a group.
protocol Accumulator: AnyObject {
  /// - Parameters:
  ///   - column: the argument; nil where there is none.
  ///   - ids: the group of each row of the batch.
  func add(_ column: Column?, _ ids: UnsafeBufferPointer<Int32>) throws
  /// Values that were empty and left out.
  var skipped: Int { get }
  /// Rates of some rows, but fewer than `RateSize.telling`; after `finish`.
  var smallRates: Int { get }
  func finish() throws -> Vector
}

extension Accumulator {
  var smallRates: Int { 0 }
}

enum RateSize {
  /// A share of fewer rows moves by more than three points with a single one of them.
  static let telling: Int64 = 30
}

/// Storage for one number a group, owned by hand so that a batch takes the pointer once.
final class GroupStore<Value> {
  let values: UnsafeMutablePointer<Value>
  let count: Int

  init(_ count: Int, _ initial: Value) {
    self.count = count
    values = .allocate(capacity: max(1, count))
    values.initialize(repeating: initial, count: max(1, count))
  }

  /// The values of an array.
  init(_ array: [Value], or initial: Value) {
    count = array.count
    values = .allocate(capacity: max(1, count))
    values.initialize(repeating: initial, count: max(1, count))
    for (i, value) in array.enumerated() { values[i] = value }
  }

  deinit {
    values.deinitialize(count: max(1, count))
    values.deallocate()
  }

  var array: [Value] { Array(UnsafeBufferPointer(start: values, count: count)) }
}

/// `count()`: rows.
final class RowCounter: Accumulator {
  private let counts: GroupStore<Int64>
  var skipped: Int { 0 }

  init(groups: Int) { counts = GroupStore(groups, 0) }

  func add(_ column: Column?, _ ids: UnsafeBufferPointer<Int32>) {
    let counts = counts.values
    for id in ids { counts[Int(id)] &+= 1 }
  }

  func finish() -> Vector { .int(counts.array) }
}

/// Flags by group: how many were 1, 0 and empty. Serves `count(condition)`,
/// `rate`, `all`.
final class FlagCounter: Accumulator {
  enum Result { case trues, rate, all, filled }
  private let result: Result
  private let trues: GroupStore<Int64>
  private let falses: GroupStore<Int64>
  private(set) var skipped = 0
  private(set) var smallRates = 0

  init(groups: Int, _ result: Result) {
    self.result = result
    trues = GroupStore(groups, 0)
    falses = GroupStore(groups, 0)
  }

  func add(_ column: Column?, _ ids: UnsafeBufferPointer<Int32>) throws {
    let trues = trues.values
    let falses = falses.values
    if result == .filled, let column {
      let flags = column.emptyFlags
      for (i, id) in ids.enumerated() { trues[Int(id)] &+= Int64(1 - flags[i]) }
      return
    }
    guard let column else {
      for id in ids { trues[Int(id)] &+= 1 }
      return
    }
    guard case .bool(let values) = column.expanded.vector else {
      throw Diagnostic("K9110", "the engine met a value of another shape in a condition")
    }
    let start = column.isConstant ? 0 : column.start
    for (i, id) in ids.enumerated() {
      switch values[start + i] {
      case 0: falses[Int(id)] &+= 1
      case 1: trues[Int(id)] &+= 1
      default:
        skipped += 1
        // An empty bool counts as false, except that a rate leaves it out.
        if result != .rate { falses[Int(id)] &+= 1 }
      }
    }
  }

  func finish() -> Vector {
    let yes = trues.array
    let no = falses.array
    switch result {
    case .trues, .filled: return .int(yes)
    case .rate:
      smallRates =
        yes.indices.filter { (1..<RateSize.telling).contains(yes[$0] + no[$0]) }.count
      return .float(
        yes.indices.map {
          yes[$0] + no[$0] == 0 ? .nan : Double(yes[$0]) / Double(yes[$0] + no[$0])
        })
    case .all: return .bool(no.map { $0 > 0 ? 0 : 1 })
    }
  }
}

/// `any` and `none`: a byte a group.
final class FlagMarker: Accumulator {
  private let isNone: Bool
  private let marks: GroupStore<UInt8>
  var skipped: Int { 0 }

  init(groups: Int, none isNone: Bool) {
    self.isNone = isNone
    marks = GroupStore(groups, 0)
  }

  func add(_ column: Column?, _ ids: UnsafeBufferPointer<Int32>) throws {
    let marks = marks.values
    guard let column = column?.expanded else {
      for id in ids { marks[Int(id)] = 1 }
      return
    }
    guard case .bool(let values) = column.vector else {
      throw Diagnostic("K9110", "the engine met a value of another shape in a condition")
    }
    values.withUnsafeBufferPointer { values in
      var place = column.start
      for id in ids {
        // An empty bool is 2.
        marks[Int(id)] |= values[place] & 1
        place &+= 1
      }
    }
  }

  func finish() -> Vector { .bool(isNone ? marks.array.map { $0 ^ 1 } : marks.array) }
}

/// `sum` and `avg` of whole numbers, money, times and durations; checked once a result.
///
/// Sums are kept in 64 bits until one leaves them in a batch. That batch is taken back, which
/// wrapped addition allows, and from there on they are kept in 128.
final class IntegerSum: Accumulator {
  private let narrow: GroupStore<Int64>
  private var wide: GroupStore<Int128>?
  private let counts: GroupStore<Int64>?
  private let argument: KithType
  private let type: KithType
  private(set) var skipped = 0

  init(groups: Int, average: Bool, argument: KithType, type: KithType) {
    narrow = GroupStore(groups, 0)
    counts = average ? GroupStore(groups, 0) : nil
    self.argument = argument
    self.type = type
  }

  func add(_ column: Column?, _ ids: UnsafeBufferPointer<Int32>) throws {
    guard let column, case .int(let values) = column.vector else {
      throw Diagnostic("K9110", "the engine met a value of another shape in a sum")
    }
    let step = column.isConstant ? 0 : 1
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      let from = base + column.start
      if wide == nil, !addNarrow(from, step, ids) { widen() }
      if let wide { addWide(from, step, ids, wide.values) }
      if let counts = counts?.values {
        for (i, id) in ids.enumerated() { counts[Int(id)] &+= from[i * step] == Empty.int ? 0 : 1 }
      }
      var empties = 0
      for i in 0..<ids.count { empties &+= from[i &* step] == Empty.int ? 1 : 0 }
      skipped += empties
    }
  }

  /// False, with the sums as they were, if one of them left 64 bits.
  private func addNarrow(
    _ from: UnsafePointer<Int64>, _ step: Int, _ ids: UnsafeBufferPointer<Int32>
  ) -> Bool {
    let sums = narrow.values
    var bad: Int64 = 0
    var place = 0
    for id in ids {
      let given = from[place]
      let value = given == Empty.int ? 0 : given
      place &+= step
      let old = sums[Int(id)]
      let new = old &+ value
      bad |= (old ^ new) & (value ^ new)
      sums[Int(id)] = new
    }
    if bad >= 0 { return true }
    place = 0
    for id in ids {
      let given = from[place]
      sums[Int(id)] &-= given == Empty.int ? 0 : given
      place &+= step
    }
    return false
  }

  private func widen() {
    let wide = GroupStore<Int128>(narrow.count, 0)
    for group in 0..<narrow.count { wide.values[group] = Int128(narrow.values[group]) }
    self.wide = wide
  }

  private func addWide(
    _ from: UnsafePointer<Int64>, _ step: Int, _ ids: UnsafeBufferPointer<Int32>,
    _ sums: UnsafeMutablePointer<Int128>
  ) {
    var place = 0
    for id in ids {
      let given = from[place]
      sums[Int(id)] &+= given == Empty.int ? 0 : Int128(given)
      place &+= step
    }
  }

  func finish() throws -> Vector {
    if wide == nil, counts == nil, type == argument, case .int = Vector.empties(type, count: 0) {
      let sums = narrow.array
      // The one sum of 64 bits that reads as empty is as much too large as any beyond.
      if sums.contains(Empty.int) { throw Execution.overflow }
      return .int(sums)
    }
    let sums = wide?.array ?? narrow.array.map { Int128($0) }
    return try NumberResult.vector(sums, counts?.array, argument: argument, type: type)
  }
}

/// Sums of whole numbers as a result of its type.
enum NumberResult {
  /// - Parameter counts: the divisors of a mean; nil for a sum.
  static func vector(
    _ sums: [Int128], _ counts: [Int64]?, argument: KithType, type: KithType
  ) throws -> Vector {
    var scale: Int128 = 1
    if case .exactMoney(let places) = argument, type != argument {
      guard let power = Execution.powerOfTen(places) else { throw Execution.overflow }
      scale = Int128(power)
    }
    switch type {
    case .float, .percent, .floatMoney:
      return .float(
        sums.indices.map { i in
          guard let counts else { return Double(sums[i]) / Double(scale) }
          return counts[i] == 0 ? .nan : Double(sums[i]) / Double(scale) / Double(counts[i])
        })
    case .date, .period:
      guard let counts else { throw Execution.overflow }
      return .day(
        sums.indices.map { i in
          if counts[i] == 0 { return Empty.day }
          let mean = Rounding.halfEven(sums[i], dividedBy: Int128(counts[i]))
          return Int32(truncatingIfNeeded: mean)
        })
    default:
      return .int(
        try sums.indices.map { i in
          let divisor = scale * Int128(counts?[i] ?? 1)
          if divisor == 0 { return Empty.int }
          let value = divisor == 1 ? sums[i] : Rounding.halfEven(sums[i], dividedBy: divisor)
          guard let result = Int64(exactly: value), result != Empty.int else {
            throw Execution.overflow
          }
          return result
        })
    }
  }
}

/// `sum` and `avg` of dates (mean only).
final class DayMean: Accumulator {
  private let sum: IntegerSum
  var skipped: Int { sum.skipped }

  init(groups: Int, type: KithType) {
    sum = IntegerSum(groups: groups, average: true, argument: type, type: type)
  }

  func add(_ column: Column?, _ ids: UnsafeBufferPointer<Int32>) throws {
    guard case .day(let days)? = column?.dense else {
      throw Diagnostic("K9110", "the engine met a value of another shape in a mean")
    }
    try sum.add(
      Column(.int(days.map { $0 == Empty.day ? Empty.int : Int64($0) })), ids)
  }

  func finish() throws -> Vector { try sum.finish() }
}

/// `sum` and `avg` of decimals.
final class FloatSum: Accumulator {
  private let sums: GroupStore<Double>
  private let counts: GroupStore<Int64>
  private let average: Bool
  private let type: KithType
  private(set) var skipped = 0

  init(groups: Int, average: Bool, type: KithType) {
    sums = GroupStore(groups, 0)
    counts = GroupStore(groups, 0)
    self.average = average
    self.type = type
  }

  func add(_ column: Column?, _ ids: UnsafeBufferPointer<Int32>) throws {
    guard let column, case .float(let values) = column.vector else {
      throw Diagnostic("K9110", "the engine met a value of another shape in a sum")
    }
    let sums = sums.values
    let counts = counts.values
    let step = column.isConstant ? 0 : 1
    values.withUnsafeBufferPointer { values in
      var place = column.start
      for id in ids {
        let value = values[place]
        place += step
        if value.isNaN {
          skipped += 1
        } else {
          sums[Int(id)] += value
          counts[Int(id)] &+= 1
        }
      }
    }
  }

  func finish() throws -> Vector {
    let sums = sums.array
    let counts = counts.array
    return try FloatResult.vector(
      sums.indices.map { i in
        if !average { return sums[i] }
        return counts[i] == 0 ? .nan : sums[i] / Double(counts[i])
      }, type)
  }
}

/// Decimals as a result of its type; money is rounded half-even.
enum FloatResult {
  static func vector(_ values: [Double], _ type: KithType) throws -> Vector {
    switch type {
    case .int, .money, .duration, .time:
      return .int(
        try values.map { value in
          if value.isNaN { return Empty.int }
          guard let rounded = Rounding.money(value) else { throw Execution.overflow }
          return rounded
        })
    default: return .float(values)
    }
  }
}

/// `min` and `max` of values that are ordered as they are.
final class Extreme<Value: Comparable>: Accumulator {
  private let best: GroupStore<Value>
  private let empty: Value
  private let isEmpty: (Value) -> Bool
  private let isMaximum: Bool
  private let unwrap: (Vector) -> [Value]?
  private let wrap: ([Value]) -> Vector
  private(set) var skipped = 0

  init(
    groups: Int, maximum: Bool, empty: Value, isEmpty: @escaping (Value) -> Bool,
    unwrap: @escaping (Vector) -> [Value]?, wrap: @escaping ([Value]) -> Vector
  ) {
    best = GroupStore(groups, empty)
    self.empty = empty
    self.isEmpty = isEmpty
    isMaximum = maximum
    self.unwrap = unwrap
    self.wrap = wrap
  }

  func add(_ column: Column?, _ ids: UnsafeBufferPointer<Int32>) throws {
    guard let column, let values = unwrap(column.vector) else {
      throw Diagnostic("K9110", "the engine met a value of another shape in an extreme")
    }
    let best = best.values
    let step = column.isConstant ? 0 : 1
    var place = column.start
    for id in ids {
      let value = values[place]
      place += step
      if isEmpty(value) {
        skipped += 1
        continue
      }
      let known = best[Int(id)]
      if isEmpty(known) || (isMaximum ? value > known : value < known) { best[Int(id)] = value }
    }
  }

  func finish() -> Vector { wrap(best.array) }
}

/// Functions that need all values of a group at once: collects them and works at the end.
final class Collector: Accumulator {
  private var builder: ColumnBuilder
  private var ids: [Int32] = []
  private let work: (Vector, [Int32]) throws -> (Vector, skipped: Int)
  private(set) var skipped = 0

  init(_ type: KithType, work: @escaping (Vector, [Int32]) throws -> (Vector, skipped: Int)) {
    builder = ColumnBuilder(type)
    self.work = work
  }

  func add(_ column: Column?, _ ids: UnsafeBufferPointer<Int32>) throws {
    guard let column else {
      throw Diagnostic("K9110", "the engine met an aggregate without its argument")
    }
    builder.append(column)
    self.ids.append(contentsOf: ids)
  }

  func finish() throws -> Vector {
    let (result, skipped) = try work(builder.finish(), ids)
    self.skipped = skipped
    return result
  }
}
