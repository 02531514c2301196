/// One value outside a column: a literal, a cell that is shown, a value of the row engine.
package enum Scalar: Sendable, Hashable {
  case empty
  case int(Int64)
  /// Also percent, as a ratio. Never NaN.
  case float(Double)
  case bool(Bool)
  case text(String)
  /// Minor units (fen).
  case money(Int64)
  case date(Day)
  case time(Instant)
  case duration(Duration)
  case period(Period)
  /// A value of an enumeration, by its code (`V1`).
  case code(String)
  /// A row of an entity: its row number in the session's tables (never 0) .
  case object(Int32)
  indirect case list([Scalar])

  package var isEmpty: Bool { self == .empty }
}

/// A length of time with calendar units kept apart: 3 months is not 90 days.
package struct Duration: Sendable, Hashable {
  package var months: Int64
  package var days: Int64
  package var microseconds: Int64

  package init(months: Int64 = 0, days: Int64 = 0, microseconds: Int64 = 0) {
    self.months = months
    self.days = days
    self.microseconds = microseconds
  }

  package static prefix func - (value: Duration) -> Duration {
    Duration(
      months: 0 &- value.months, days: 0 &- value.days, microseconds: 0 &- value.microseconds)
  }

  /// The unit, if only one is used (a zero duration counts as days); nil for a mixed one.
  package var unit: DurationUnit? {
    switch (months != 0, days != 0, microseconds != 0) {
    case (false, _, false): .days
    case (true, false, false): .months
    case (false, false, true): .microseconds
    default: nil
    }
  }
}
