import KithBase

extension FunctionSpec {
  /// Parts of a date as numbers. A time counts as its local day in the book's zone.
  static let dateFunctions: [FunctionSpec] = [
    part("year_of", "年份", "The year of a date", [("year_of(2026-11-21)", "2026")]) {
      $0.parts.year
    },
    part("quarter_of", "季度号", "The quarter of a date, 1 to 4", [("quarter_of(2026-11-21)", "4")]) {
      ($0.parts.month + 2) / 3
    },
    part("month_of", "月份", "The month of a date, 1 to 12", [("month_of(2026-11-21)", "11")]) {
      $0.parts.month
    },
    part(
      "week_of", "周号", "The week of a date by ISO 8601, 1 to 53",
      [("week_of(2026-11-21)", "47"), ("week_of(2027-01-01)", "53")]
    ) { day in
      // The week belongs to the year of its Thursday.
      let thursday = day.adding(days: 3 - day.weekday)
      return Int(thursday.number - thursday.start(of: .year).number) / 7 + 1
    },
    part("day_of", "日号", "The day of the month, 1 to 31", [("day_of(2026-11-21)", "21")]) {
      $0.parts.day
    },
    part(
      "weekday", "星期几", "The day of the week: 1 is Monday, 7 Sunday",
      [("weekday(2026-11-21)", "6"), ("weekday(2026-11-23)", "1")]
    ) { $0.weekday + 1 },
    clock("hour", "小时", "The hour of a time, 0 to 23", "hour(2026-11-21T13:30)", "13", 3_600, 24),
    clock(
      "minute", "分钟", "The minute of a time, 0 to 59", "minute(2026-11-21T13:30)", "30", 60, 60),
    edge("first_day", "首日", "first day", "2026-02-01") { _, start in start },
    edge("last_day", "末日", "last day", "2026-02-28") { unit, start in
      start.adding(1, unit).adding(days: -1)
    },
    FunctionSpec(
      "make_date", zh: "组成日期", signature: "make_date(year, month, day)",
      summary: "A date from its numbers; empty where there is no such day",
      examples: [("make_date(2026, 11, 21)", "2026-11-21")], takes: [.whole, .whole, .whole],
      gives: .date, kernel: makeDateKernel),
  ]

  /// A number that depends on the day.
  private static func part(
    _ name: String, _ zh: String, _ summary: String, _ examples: [(text: String, result: String)],
    _ body: @escaping @Sendable (Day) -> Int
  ) -> FunctionSpec {
    FunctionSpec(
      name, zh: zh, signature: "\(name)(date)", summary: summary, examples: examples,
      takes: [.day], gives: .int,
      kernel: { arguments, _, context in
        .int(
          try arguments[0].localDays(context.zone).map { number in
            number == Vector.emptyDay ? Vector.emptyInt : Int64(body(Day(number: number)))
          })
      })
  }

  /// A number of the local clock: whole units since midnight, within their cycle.
  private static func clock(
    _ name: String, _ zh: String, _ summary: String, _ example: String, _ result: String,
    _ unitSeconds: Int64, _ cycle: Int64
  ) -> FunctionSpec {
    FunctionSpec(
      name, zh: zh, signature: "\(name)(time)", summary: summary, examples: [(example, result)],
      takes: [.instant], gives: .int,
      kernel: { arguments, _, context in
        try mapIntegers(arguments[0]) { instant in
          let local = instant &+ context.zone.offset(at: instant)
          let second = floorDivided(local, by: 1_000_000)
          return floorRemainder(floorDivided(second, by: unitSeconds), by: cycle)
        }
      })
  }

  /// The first or last day of a calendar period.
  private static func edge(
    _ name: String, _ zh: String, _ what: String, _ result: String,
    _ body: @escaping @Sendable (CalendarUnit, Day) -> Day
  ) -> FunctionSpec {
    FunctionSpec(
      name, zh: zh, signature: "\(name)(period)",
      summary: "The \(what) of a day, week, month, quarter or year",
      examples: [("\(name)(month(2026-02-10))", result)], arity: 1...1,
      resultType: { types in
        if case .period(.some)? = types.first { return .date }
        return nil
      },
      kernel: { arguments, _, context in
        guard case .period(let unit?)? = context.argumentTypes.first else {
          throw FunctionError.wrongColumn()
        }
        return .day(
          try arguments[0].days().map { number in
            number == Vector.emptyDay ? number : body(unit, Day(number: number)).number
          })
      })
  }

  @Sendable private static func makeDateKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    let numbers = try arguments.map { try $0.integers() }
    var days = [Int32](repeating: Vector.emptyDay, count: count)
    for row in 0..<count {
      // Bounds first, so that no number is too large for `Int` arithmetic; an empty one is below.
      guard (1...9999).contains(numbers[0][row]), (1...12).contains(numbers[1][row]),
        (1...31).contains(numbers[2][row])
      else { continue }
      let day = Day(
        year: Int(numbers[0][row]), month: Int(numbers[1][row]), day: Int(numbers[2][row]))
      if let day { days[row] = day.number }
    }
    return .day(days)
  }
}

private func floorRemainder(_ value: Int64, by divisor: Int64) -> Int64 {
  let rest = value % divisor
  return rest < 0 ? rest + divisor : rest
}

private func floorDivided(_ value: Int64, by divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}
