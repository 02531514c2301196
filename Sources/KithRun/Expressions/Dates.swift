import KithBase
import KithPlan

/// The first day of a unit for each day of a span of years, so that a whole column is one look-up a
/// row.
struct PeriodTable {
  /// Days since 1970-01-01; 1990 to 2060 are in the table, others are worked out.
  static let first: Int32 = 7_305
  static let last: Int32 = 33_237
  let unit: CalendarUnit
  private let starts: [Int32]

  init(_ unit: CalendarUnit) {
    self.unit = unit
    starts = (Self.first...Self.last).map { Day(number: $0).start(of: unit).number }
  }

  /// The tables are the same for everybody and made when first asked for.
  static func shared(_ unit: CalendarUnit) -> PeriodTable {
    switch unit {
    case .day: days
    case .week: weeks
    case .month: months
    case .quarter: quarters
    case .year: years
    }
  }

  private static let days = PeriodTable(.day)
  private static let weeks = PeriodTable(.week)
  private static let months = PeriodTable(.month)
  private static let quarters = PeriodTable(.quarter)
  private static let years = PeriodTable(.year)

  /// The starts of many days; empties stay.
  func starts(of values: [Int32]) -> [Int32] {
    let count = values.count
    return values.withUnsafeBufferPointer { values in
      starts.withUnsafeBufferPointer { starts in
        [Int32](unsafeUninitializedCapacity: count) { output, filled in
          for i in 0..<count {
            let day = values[i]
            if day >= Self.first && day <= Self.last {
              output[i] = starts[Int(day &- Self.first)]
            } else {
              output[i] = day == Empty.day ? day : start(of: day)
            }
          }
          filled = count
        }
      }
    }
  }

  func start(of day: Int32) -> Int32 {
    if day >= Self.first && day <= Self.last { return starts[Int(day - Self.first)] }
    return Day(number: day).start(of: unit).number
  }
}

extension Execution {
  /// Dates, times and periods.
  func dates(_ operation: Operation, _ columns: [Column], _ types: [KithType]) throws -> Vector {
    switch operation {
    case .addDays: return try addToDays(columns) { $0.adding(days: $1) }
    case .addMonths: return try addToDays(columns) { $0.adding(months: $1) }
    case .timeAddDays: return try addToTimes(columns) { $0.adding(days: $1) }
    case .timeAddMonths: return try addToTimes(columns) { $0.adding(months: $1) }
    case .timeAddMicroseconds: return try arithmetic(.add, columns, types)
    case .microsecondsBetween: return try arithmetic(.subtract, columns, types)
    case .daysBetween:
      let (a, b) = (try days(columns[0]), try days(columns[1]))
      return .int(
        a.indices.map {
          a[$0] == Empty.day || b[$0] == Empty.day
            ? Empty.int : Int64(a[$0]) - Int64(b[$0])
        })
    case .localDay: return .day(localDays(try ints(columns[0])))
    case .dayStart:
      return .int(
        try days(columns[0]).map {
          $0 == Empty.day ? Empty.int : zone.start(of: Day(number: $0)).microseconds
        })
    case .daysToMicroseconds:
      return try arithmetic(.scaleMoney(digits: 86_400_000_000), columns, types)
    case .period(let unit):
      if unit == .day { return columns[0].dense }
      return .day(PeriodTable.shared(unit).starts(of: try days(columns[0])))
    case .periodStart: return columns[0].dense
    case .periodEnd:
      guard case .period(let unit?) = types[0] else { throw mismatch("a period") }
      return .day(
        try days(columns[0]).map {
          $0 == Empty.day ? $0 : Day(number: $0).adding(1, unit).number
        })
    default: throw mismatch("a date")
    }
  }

  func days(_ column: Column) throws -> [Int32] {
    guard case .day(let values) = column.dense else { throw mismatch("a date") }
    return values
  }

  /// Years 1 to 9999, as days.
  private static let dayRange: ClosedRange<Int64> = -719_162...2_932_896
  private static let outside = Diagnostic(
    "K4002", "a date leaves the calendar: the years go from 1 to 9999")

  private func addToDays(_ columns: [Column], _ add: (Day, Int) -> Day) throws -> Vector {
    let (dates, amounts) = (try days(columns[0]), try ints(columns[1]))
    return .day(
      try dates.indices.map { i in
        if dates[i] == Empty.day || amounts[i] == Empty.int { return Empty.day }
        guard amounts[i].magnitude < 4_000_000 else { throw Self.outside }
        let result = add(Day(number: dates[i]), Int(amounts[i])).number
        guard Self.dayRange.contains(Int64(result)) else { throw Self.outside }
        return result
      })
  }

  /// Moves the local date and keeps the clock.
  private func addToTimes(_ columns: [Column], _ add: (Day, Int) -> Day) throws -> Vector {
    let (times, amounts) = (try ints(columns[0]), try ints(columns[1]))
    let dayLength: Int64 = 86_400_000_000
    return .int(
      try times.indices.map { i in
        if times[i] == Empty.int || amounts[i] == Empty.int { return Empty.int }
        let local = zone.day(of: times[i])
        guard amounts[i].magnitude < 4_000_000, Self.dayRange.contains(Int64(local)) else {
          throw Self.outside
        }
        let clock = times[i] + zone.offset(at: times[i]) - Int64(local) * dayLength
        let day = add(Day(number: local), Int(amounts[i])).number
        guard Self.dayRange.contains(Int64(day)) else { throw Self.outside }
        let naive = Int64(day) * dayLength + clock
        return naive - zone.offset(at: naive - zone.offset(at: naive))
      })
  }

  /// The local days of instants. A zone without changes is one subtraction and a division.
  private func localDays(_ times: [Int64]) -> [Int32] {
    guard zone.transitions.isEmpty else {
      return times.map { $0 == Empty.int ? Empty.day : zone.day(of: $0) }
    }
    let offset = zone.offsets[0]
    let dayLength: Int64 = 86_400_000_000
    return times.map { time in
      if time == Empty.int { return Empty.day }
      let local = time &+ offset
      let quotient = local / dayLength
      return Int32(truncatingIfNeeded: local % dayLength < 0 ? quotient - 1 : quotient)
    }
  }
}
