/// A column of values, empties in band. What the numbers mean is the expression's `KithType`:
///
/// | case | types | empty |
/// |---|---|---|
/// | `int` | int, money (fen), exact money, time (µs), duration (of its unit) | `Int64.min` |
/// | `float` | float, percent, float money | NaN |
/// | `day` | date, period of one unit (its first day) | `Int32.min` |
/// | `bool` | bool: 0 false, 1 true | 2 |
/// | `text` | text, enumeration: codes of the dictionary | 0 |
/// | `row` | object: row number in the entity's table | 0 |
/// | `list` | list: offsets (`count + 1`) into an element column | an empty list |
package indirect enum Vector: Sendable {
  case int([Int64])
  case float([Double])
  case day([Int32])
  case bool([UInt8])
  case text([Int32], TextDictionary)
  case row([Int32])
  case list([Int32], Vector)

  package var count: Int {
    switch self {
    case .int(let values): values.count
    case .float(let values): values.count
    case .day(let values): values.count
    case .bool(let values): values.count
    case .text(let codes, _): codes.count
    case .row(let rows): rows.count
    case .list(let offsets, _): offsets.count - 1
    }
  }

  package static let emptyInt = Int64.min
  package static let emptyDay = Int32.min
  package static let emptyBool: UInt8 = 2

  /// One cell, for showing and for tests; not for loops over many rows.
  package func scalar(_ index: Int, _ type: KithType) -> Scalar {
    switch self {
    case .int(let values):
      let value = values[index]
      if value == Self.emptyInt { return .empty }
      switch type {
      case .money: return .money(value)
      case .time: return .time(Instant(microseconds: value))
      case .duration(.months): return .duration(Duration(months: value))
      case .duration(.days): return .duration(Duration(days: value))
      case .duration(.microseconds): return .duration(Duration(microseconds: value))
      default: return .int(value)
      }
    case .float(let values): return values[index].isNaN ? .empty : .float(values[index])
    case .day(let values):
      if values[index] == Self.emptyDay { return .empty }
      let day = Day(number: values[index])
      if case .period(let unit?) = type { return .period(Period(unit, holding: day)) }
      return .date(day)
    case .bool(let values):
      return values[index] == Self.emptyBool ? .empty : .bool(values[index] == 1)
    case .text(let codes, let dictionary):
      if codes[index] == 0 { return .empty }
      let string = dictionary.string(codes[index])
      if case .enumeration = type { return .code(string) }
      return .text(string)
    case .row(let rows): return rows[index] == 0 ? .empty : .object(rows[index])
    case .list(let offsets, let elements):
      guard case .list(let element) = type else { return .empty }
      let range = Int(offsets[index])..<Int(offsets[index + 1])
      return .list(range.map { elements.scalar($0, element) })
    }
  }
}

/// A named column of a table that stands alone: a file that was read, a literal table, a result.
package struct TableColumn: Sendable {
  package var name: String
  /// The Chinese name, where it has one.
  package var zh: String?
  package var type: KithType
  package var vector: Vector

  package init(name: String, zh: String? = nil, type: KithType, vector: Vector) {
    self.name = name
    self.zh = zh
    self.type = type
    self.vector = vector
  }
}

/// Columns of equal length without an entity behind them.
package final class ColumnTable: Sendable {
  package let columns: [TableColumn]
  package let rowCount: Int

  package init(columns: [TableColumn], rowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
  }
}
