/// The types of the language. Columns and expressions have one each, known before anything runs.
package indirect enum KithType: Sendable, Hashable {
  case text
  case int
  case float
  /// A ratio stored as a Double, 0.125 shown as `12.5%`.
  case percent
  case bool
  /// Minor units (fen) of the book's currency.
  case money
  /// Money inside an expression, exact and not yet rounded: Int64 of fen × 10^-scale (scale > 0).
  case exactMoney(scale: Int)
  /// Money inside an expression as a Double of fen, where a number was not an exact decimal.
  case floatMoney
  case date
  /// An instant, UTC microseconds.
  case time
  case duration(DurationUnit)
  /// A range of days; nil where the unit is not one calendar unit (`last 30 days`).
  case period(CalendarUnit?)
  /// A value of an enumeration, by the enumeration's English name.
  case enumeration(String)
  /// A row of an entity, by the entity's English singular name.
  case object(String)
  case list(KithType)
  /// The type of the literal `empty` alone.
  case empty

  package var isNumber: Bool {
    switch self {
    case .int, .float, .percent: true
    default: false
    }
  }

  /// The word a message uses: `money`, `a customer` is `customer`, an enumeration its name.
  package var name: String {
    switch self {
    case .text: "text"
    case .int: "int"
    case .float: "float"
    case .percent: "percent"
    case .bool: "bool"
    case .money, .exactMoney, .floatMoney: "money"
    case .date: "date"
    case .time: "time"
    case .duration: "duration"
    case .period: "period"
    case .enumeration(let name): name
    case .object(let name): name
    case .list(let element): "list of \(element.name)"
    case .empty: "empty"
    }
  }
}

/// What a duration column counts. Months, days and microseconds are never converted silently.
package enum DurationUnit: String, Sendable, Hashable {
  case months, days, microseconds
}

package enum CalendarUnit: String, Sendable, Hashable, CaseIterable {
  case day, week, month, quarter, year
}
