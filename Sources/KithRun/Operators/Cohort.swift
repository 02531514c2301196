import KithBase
import KithPlan

extension Execution {
  /// The retention triangle: for each row a bit for every unit after its own in which it was active,
  /// then the bits counted by cohort.
  func cohort(_ input: Frame, _ plan: CohortPlan) throws -> Frame {
    let frame = try members(input, plan)
    guard case .day(let keys) = try column(plan.key, frame) else { throw mismatch("a cohort") }
    let groups = try group([.day(keys)], count: frame.rowCount)
    let active = try activity(frame, keys, plan)
    var sizes = [Int64](repeating: 0, count: groups.count)
    var counts = [Int64](repeating: 0, count: groups.count * plan.shares.count)
    for row in 0..<frame.rowCount {
      if row % Frame.batch == 0 { try budget.tick(Frame.batch) }
      let group = Int(groups.ids[row])
      sizes[group] += 1
      active.forEach(of: row) { counts[group * plan.shares.count + $0] += 1 }
    }
    var result = Frame(rowCount: groups.count)
    let starts = groups.first.map { keys[Int($0)] }
    result.slots[plan.cohort] = .vector(.day(starts))
    result.slots[plan.size] = .vector(.int(sizes))
    for (unit, slot) in plan.shares.enumerated() {
      let shares = starts.indices.map { group -> Double in
        let end = Day(number: starts[group]).adding(unit + 1, plan.length)
        if end > plan.over { return .nan }
        return Double(counts[group * plan.shares.count + unit]) / Double(sizes[group])
      }
      result.slots[slot] = .vector(.float(shares))
    }
    return try replace(input, by: result)
  }

  /// The rows that belong to a cohort, each object once.
  private func members(_ input: Frame, _ plan: CohortPlan) throws -> Frame {
    var kept = Kernel.sequence(from: 0, count: input.rowCount)
    guard case .day(let keys) = try column(plan.key, input) else { throw mismatch("a cohort") }
    kept.removeAll { keys[Int($0)] == Empty.day }
    notes.count(.leftOut, "cohort|同期群时段", input.rowCount - kept.count)
    if let unit = plan.unit {
      guard case .row(let objects) = try column(unit, input) else { throw mismatch("a cohort") }
      var seen = PairSet(groups: 1, values: Int(objects.max() ?? 0) + 1)
      let before = kept.count
      kept.removeAll { objects[Int($0)] == 0 || !seen.insert(0, Int(objects[Int($0)])) }
      notes.count(.once, "", before - kept.count)
    }
    return kept.count == input.rowCount ? input : input.gather(kept)
  }

  private func activity(_ frame: Frame, _ keys: [Int32], _ plan: CohortPlan) throws -> UnitBits {
    guard let through = plan.activity.through, let date = plan.activity.arguments.first else {
      throw mismatch("a cohort")
    }
    let pairs = try expand(through, frame, frame.all, ordered: false)
    let children = childFrame(
      pairs, through, frame, frame.all, reading: slots(of: plan.activity))
    var rows = children.all
    if let filter = plan.activity.filter {
      rows = Selection(try positions(where: filter, children))
    }
    guard case .day(let dates) = try column(date, children, rows) else {
      throw mismatch("a cohort")
    }
    var bits = UnitBits(rows: frame.rowCount, units: plan.shares.count)
    let numbers = UnitNumbers(plan.length, keys + dates)
    for place in 0..<rows.count {
      if place % Frame.batch == 0 { try budget.tick(Frame.batch) }
      if dates[place] == Empty.day { continue }
      let row = Int(pairs.parents[rows.position(place)])
      let unit = numbers.number(of: dates[place]) - numbers.number(of: keys[row])
      if unit >= 0, unit < plan.shares.count { bits.set(row, unit) }
    }
    return bits
  }
}

/// A set of small numbers for each row.
private struct UnitBits {
  private var words: [UInt64]
  private let width: Int

  init(rows: Int, units: Int) {
    width = (units + 63) / 64
    words = [UInt64](repeating: 0, count: rows * width)
  }

  mutating func set(_ row: Int, _ unit: Int) {
    words[row * width + unit / 64] |= 1 << UInt64(unit % 64)
  }

  func forEach(of row: Int, _ body: (Int) -> Void) {
    for word in 0..<width {
      var left = words[row * width + word]
      while left != 0 {
        body(word * 64 + left.trailingZeroBitCount)
        left &= left - 1
      }
    }
  }
}

/// Consecutive numbers of the units of a calendar, by day; looked up where the days lie close.
private struct UnitNumbers {
  private let unit: CalendarUnit
  private var first: Int32 = 0
  private var table: [Int32] = []

  init(_ unit: CalendarUnit, _ days: [Int32]) {
    self.unit = unit
    var (low, high) = (Int32.max, Int32.min)
    for day in days where day != Empty.day {
      low = min(low, day)
      high = max(high, day)
    }
    guard low <= high, Int64(high) - Int64(low) < 200_000 else { return }
    first = low
    table = (low...high).map { Int32(truncatingIfNeeded: Self.number(of: $0, unit)) }
  }

  func number(of day: Int32) -> Int {
    let place = Int(day) - Int(first)
    if place >= 0, place < table.count { return Int(table[place]) }
    return Self.number(of: day, unit)
  }

  private static func number(of number: Int32, _ unit: CalendarUnit) -> Int {
    let day = Day(number: number)
    let (year, month, _) = day.parts
    switch unit {
    case .year: return year
    case .quarter: return year * 4 + (month - 1) / 3
    case .month: return year * 12 + month - 1
    case .week: return (Int(number) - day.weekday) / 7
    default: return Int(number)
    }
  }
}
