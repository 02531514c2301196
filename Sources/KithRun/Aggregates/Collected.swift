import KithBase

/// Row positions group by group.
struct GroupedPositions {
  /// The positions of group g are `positions[starts[g] ..< starts[g + 1]]`, in row order.
  var starts: [Int]
  var positions: [Int32]

  /// Rows that the filter refuses are in no group.
  init(_ ids: [Int32], groups: Int, where isKept: (Int) -> Bool = { _ in true }) {
    var starts = [Int](repeating: 0, count: groups + 1)
    for i in ids.indices where isKept(i) { starts[Int(ids[i]) + 1] += 1 }
    for group in 0..<groups { starts[group + 1] += starts[group] }
    var next = starts
    var positions = [Int32](repeating: 0, count: starts[groups])
    for i in ids.indices where isKept(i) {
      let group = Int(ids[i])
      positions[next[group]] = Int32(i)
      next[group] += 1
    }
    self.starts = starts
    self.positions = positions
  }

  func range(_ group: Int) -> Range<Int> { starts[group]..<starts[group + 1] }
}

extension Execution {
  /// The value with a share of the others at or below it, or (nil) the middle, of each group.
  func percentiles(
    _ vector: Vector, _ ids: [Int32], _ groups: Int, share: Double?, _ type: KithType
  ) throws -> (Vector, skipped: Int) {
    switch vector {
    case .int(let values):
      let (picked, skipped) = pick(values, ids, groups, share) { $0 == Empty.int }
      return (try middles(picked, type), skipped)
    case .day(let days):
      let (picked, skipped) = pick(days, ids, groups, share) { $0 == Empty.day }
      return (
        .day(
          picked.map { pair in
            guard let (low, high) = pair else { return Empty.day }
            return Int32(
              truncatingIfNeeded: Rounding.halfEven(Int64(low) + Int64(high), dividedBy: 2))
          }), skipped
      )
    case .float(let values):
      let (picked, skipped) = pick(values, ids, groups, share) { $0.isNaN }
      return (
        try FloatResult.vector(
          picked.map { pair in
            guard let (low, high) = pair else { return .nan }
            return low == high ? low : low + (high - low) / 2
          }, type), skipped
      )
    default: throw mismatch("a percentile")
    }
  }

  /// Means of two whole numbers in the result's type.
  private func middles(_ pairs: [(Int64, Int64)?], _ type: KithType) throws -> Vector {
    switch type {
    case .float, .percent, .floatMoney:
      return .float(
        pairs.map { pair in
          guard let (low, high) = pair else { return .nan }
          return low == high ? Double(low) : (Double(low) + Double(high)) / 2
        })
    default:
      return .int(
        pairs.map { pair in
          guard let (low, high) = pair else { return Empty.int }
          if low == high { return low }
          return Int64(
            truncatingIfNeeded: Rounding.halfEven(Int128(low) + Int128(high), dividedBy: 2))
        })
    }
  }

  /// The two values a percentile is made of; the same value twice unless it is the mean of two
  /// middles.
  private func pick<Value: Comparable>(
    _ values: [Value], _ ids: [Int32], _ groups: Int, _ share: Double?, _ isEmpty: (Value) -> Bool
  ) -> ([(Value, Value)?], skipped: Int) {
    let grouped = GroupedPositions(ids, groups: groups) { !isEmpty(values[$0]) }
    var result: [(Value, Value)?] = []
    result.reserveCapacity(groups)
    var members: [Value] = []
    for group in 0..<groups {
      let range = grouped.range(group)
      if range.isEmpty {
        result.append(nil)
        continue
      }
      members.removeAll(keepingCapacity: true)
      for place in range { members.append(values[Int(grouped.positions[place])]) }
      if let share {
        let value = Self.percentile(of: &members, share)
        result.append((value, value))
      } else {
        result.append(Self.middles(of: &members))
      }
    }
    return (result, ids.count - grouped.positions.count)
  }

  /// The smallest of some values with at least a share of them at or below it.
  static func percentile<Value: Comparable>(of values: inout [Value], _ share: Double) -> Value {
    // A hair below, so that 10 % of 30 is 3 and not 3.0000000000000004.
    let rank = max(1, Int((share * Double(values.count) - 1e-9).rounded(.up)))
    return select(&values, min(rank, values.count) - 1)
  }

  /// The two middle values; the one in the middle twice where there is one.
  static func middles<Value: Comparable>(of values: inout [Value]) -> (Value, Value) {
    let high = select(&values, values.count / 2)
    guard values.count % 2 == 0 else { return (high, high) }
    // Selection leaves the smaller ones below.
    var low = values[0]
    for value in values[0..<(values.count / 2)] { low = max(low, value) }
    return (low, high)
  }

  /// The value that would stand at a place in sorted order; smaller ones end up before it (Hoare's
  /// selection, pivot from the middle of three).
  private static func select<Value: Comparable>(_ values: inout [Value], _ place: Int) -> Value {
    values.withUnsafeMutableBufferPointer { values in
      var low = 0
      var high = values.count - 1
      while low < high {
        let (a, b, c) = (values[low], values[(low + high) / 2], values[high])
        let pivot = max(min(a, b), min(max(a, b), c))
        var i = low
        var j = high
        while i <= j {
          while values[i] < pivot { i += 1 }
          while pivot < values[j] { j -= 1 }
          if i <= j {
            values.swapAt(i, j)
            i += 1
            j -= 1
          }
        }
        if place <= j {
          high = j
        } else if place >= i {
          low = i
        } else {
          break
        }
      }
      return values[place]
    }
  }

  /// Standard deviations, dividing by n − 1. Whole numbers are summed exactly (n Σx² − (Σx)²);
  /// decimals in two passes, the second about the mean.
  func deviations(
    _ vector: Vector, _ ids: [Int32], _ groups: Int, _ type: KithType
  ) throws -> (Vector, skipped: Int) {
    let empties = vector.emptyFlags(0, vector.count)
    let grouped = GroupedPositions(ids, groups: groups) { empties[$0] == 0 }
    let decimals: [Double]
    let whole: [Int64?]
    switch vector {
    case .int(let values):
      whole = values
      decimals = values.map { Double($0) }
    case .float(let values):
      whole = values.map { Int64(exactly: $0) }
      decimals = values
    default: throw mismatch("a deviation")
    }
    let result = (0..<groups).map { group -> Double in
      let rows = grouped.positions[grouped.range(group)]
      let count = Double(rows.count)
      if rows.count < 2 { return .nan }
      if let exact = Self.variance(rows.lazy.map { whole[Int($0)] }) { return exact.squareRoot() }
      let mean = rows.reduce(0) { $0 + decimals[Int($1)] } / count
      let squares = rows.reduce(0) { sum, row in
        let distance = decimals[Int(row)] - mean
        return sum + distance * distance
      }
      return (squares / (count - 1)).squareRoot()
    }
    return (try FloatResult.vector(result, type), ids.count - grouped.positions.count)
  }

  /// Nil where a value is no whole number, or the squares leave 128 bits.
  private static func variance(_ values: some Collection<Int64?>) -> Double? {
    var sum: Int128 = 0
    var squares: Int128 = 0
    for value in values {
      guard let value else { return nil }
      sum += Int128(value)
      let (next, overflow) = squares.addingReportingOverflow(Int128(value) * Int128(value))
      if overflow { return nil }
      squares = next
    }
    let count = Int128(values.count)
    let (left, leftOverflow) = squares.multipliedReportingOverflow(by: count)
    let (right, rightOverflow) = sum.multipliedReportingOverflow(by: sum)
    if leftOverflow || rightOverflow { return nil }
    return Double(left - right) / Double(count * (count - 1))
  }

  /// The first or the last filled value of each group, in row order.
  func ends(_ vector: Vector, _ ids: [Int32], _ groups: Int, last: Bool) -> Vector {
    let empties = vector.emptyFlags(0, vector.count)
    var places = [Int32](repeating: -1, count: groups)
    for i in ids.indices where empties[i] == 0 {
      let group = Int(ids[i])
      if last || places[group] < 0 { places[group] = Int32(i) }
    }
    return vector.gatherOrEmpty(places)
  }

  /// The filled values of each group, in row order.
  func lists(_ vector: Vector, _ ids: [Int32], _ groups: Int) -> Vector {
    let empties = vector.emptyFlags(0, vector.count)
    let grouped = GroupedPositions(ids, groups: groups) { empties[$0] == 0 }
    return .list(grouped.starts.map { Int32($0) }, vector.gather(grouped.positions))
  }

  /// `min` and `max` of texts, enumerations and objects, by their sort order.
  func extremes(
    _ vector: Vector, _ ids: [Int32], _ groups: Int, _ type: KithType, maximum: Bool
  ) -> Vector {
    let keys = sortColumn(vector, type, descending: maximum).values
    let empties = vector.emptyFlags(0, vector.count)
    var places = [Int32](repeating: -1, count: groups)
    for i in ids.indices where empties[i] == 0 {
      let group = Int(ids[i])
      if places[group] < 0 || keys[i] < keys[Int(places[group])] { places[group] = Int32(i) }
    }
    return vector.gatherOrEmpty(places)
  }
}
