package import KithBase

/// One cell of a result, or a parameter of a query.
public enum Value: Sendable, Hashable {
  case empty
  case int(Int64)
  /// Also percent, as a ratio.
  case float(Double)
  case bool(Bool)
  case text(String)
  /// Minor units (fen) of the book's currency.
  case money(Int64)
  /// `2026-11-21`
  case date(String)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case time(Int64)
  /// Calendar months, days and microseconds, which are never converted into each other.
  case duration(months: Int64, days: Int64, microseconds: Int64)
  /// `2026-11`, `2026-Q3`, `2026-11-01..2026-11-15`
  case period(String)
  /// The code of an enumerated value: `V1`.
  case code(String)
  case list([Value])

  package init(_ scalar: Scalar) {
    switch scalar {
    case .empty: self = .empty
    case .int(let value): self = .int(value)
    case .float(let value): self = .float(value)
    case .bool(let value): self = .bool(value)
    case .text(let value): self = .text(value)
    case .money(let fen): self = .money(fen)
    case .date(let day): self = .date(day.text)
    case .time(let instant): self = .time(instant.microseconds)
    case .duration(let length):
      self = .duration(
        months: length.months, days: length.days, microseconds: length.microseconds)
    case .period(let period): self = .period(period.text)
    case .code(let code): self = .code(code)
    case .object(let row): self = .int(Int64(row))
    case .list(let values): self = .list(values.map { Value($0) })
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .float(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}
