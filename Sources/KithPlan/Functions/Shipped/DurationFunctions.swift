import KithBase

extension FunctionSpec {
  /// Lengths of time as numbers. Months are no number of days, so they have none.
  static let durationFunctions: [FunctionSpec] = [
    FunctionSpec(
      "days", zh: "天数", signature: "days(duration)",
      summary: """
        The days of a duration, with a fraction where it was measured by the clock; \
        days(from, to) those between two dates
        """,
      examples: [
        ("days(2 weeks)", "14"), ("days(36 hours)", "1.5"), ("days(2026-11-01, 2026-11-21)", "20"),
      ], arity: 1...2,
      resultType: { types in
        switch types.first {
        case .duration(.days)? where types.count == 1: .int
        case .duration(.microseconds)? where types.count == 1: .float
        case _? where types.count == 2 && types.allSatisfy({ Takes.day.converted($0) != nil }): .int
        default: nil
        }
      },
      argumentTypes: { types in
        types.count == 2 ? types.map { Takes.day.converted($0) ?? $0 } : types
      },
      kernel: { arguments, _, context in
        if arguments.count == 2 { return try between(arguments, context) { Int64($1) - Int64($0) } }
        if context.argumentTypes.first == .duration(.days) { return arguments[0] }
        return try units(arguments[0], of: 86_400_000_000)
      }),
    FunctionSpec(
      "hours", zh: "小时数", signature: "hours(duration)",
      summary: "The hours of a duration, with a fraction; a day has 24",
      examples: [("hours(90 minutes)", "1.5"), ("hours(2 days)", "48")], arity: 1...1,
      resultType: { types in
        switch types.first {
        case .duration(.days)?, .duration(.microseconds)?: .float
        default: nil
        }
      },
      kernel: { arguments, _, context in
        if context.argumentTypes.first == .duration(.days) {
          return .float(
            try arguments[0].integers().map { $0 == Vector.emptyInt ? .nan : Double($0) * 24 })
        }
        return try units(arguments[0], of: 3_600_000_000)
      }),
    FunctionSpec(
      "months_between", zh: "相隔月数", signature: "months_between(from, to)",
      summary: "Whole months from one date to another; negative if the second is earlier",
      examples: [
        ("months_between(2026-01-31, 2026-03-01)", "1"),
        ("months_between(2026-03-01, 2025-12-31)", "-2"),
      ], takes: [.day, .day], gives: .int,
      kernel: { arguments, _, context in try between(arguments, context, wholeMonths) }),
    FunctionSpec(
      "years_between", zh: "相隔年数", signature: "years_between(from, to)",
      summary: "Whole years from one date to another, such as an age",
      examples: [("years_between(1990-11-22, 2026-11-21)", "35")], takes: [.day, .day],
      gives: .int,
      kernel: { arguments, _, context in
        try between(arguments, context) { wholeMonths($0, $1) / 12 }
      }
    ),
  ]
}

/// Microseconds as a number of units.
private func units(_ vector: Vector, of microseconds: Double) throws -> Vector {
  .float(
    try vector.integers().map { $0 == Vector.emptyInt ? .nan : Double($0) / microseconds })
}

/// A number of two days; empty where either is.
private func between(
  _ arguments: [Vector], _ context: FunctionContext, _ body: (Int32, Int32) -> Int64
) throws -> Vector {
  let from = try arguments[0].localDays(context.zone)
  let to = try arguments[1].localDays(context.zone)
  return .int(
    from.indices.map { row in
      from[row] == Vector.emptyDay || to[row] == Vector.emptyDay
        ? Vector.emptyInt : body(from[row], to[row])
    })
}

/// The most months that can be added to the earlier day, clamped to the month's end, without
/// passing the later one.
private func wholeMonths(_ from: Int32, _ to: Int32) -> Int64 {
  if to < from { return -wholeMonths(to, from) }
  let first = Day(number: from)
  let last = Day(number: to)
  let months =
    (last.parts.year - first.parts.year) * 12 + last.parts.month - first.parts.month
  return Int64(first.adding(months: months) > last ? months - 1 : months)
}
