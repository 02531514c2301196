import KithBase

/// What kind of text a cell is, for the formats that quote, escape or align.
enum CellKind: Sendable {
  case empty
  case number
  case bool
  /// Made by ourselves, without quotes, commas or controls: a date, a duration.
  case word
  /// Anything, from data.
  case text
}

/// Writes the cells of one column, unescaped.
///
/// One subclass per vector, chosen once per column, so that no cell pays for looking at the type.
class CellWriter {
  /// Appends the cell's text and says what it is; nothing is appended for an empty one.
  func append(_ row: Int, to output: inout [UInt8]) -> CellKind { .empty }

  /// The elements of a list cell; nil where the column is no list.
  func elements(_ row: Int) -> (writer: CellWriter, rows: Range<Int>)? { nil }

  static func make(_ column: ResultColumn, _ text: ValueText) -> CellWriter {
    make(column.vector, column.type, column.labels, text)
  }

  static func make(
    _ vector: Vector, _ type: KithType, _ labels: [String: String]?, _ text: ValueText
  ) -> CellWriter {
    switch vector {
    case .int(let values):
      switch type {
      case .money: return MoneyWriter(values, scale: 0, text)
      case .exactMoney(let scale): return MoneyWriter(values, scale: scale, text)
      case .time: return TimeWriter(values, text)
      case .duration(let unit): return DurationWriter(values, unit, text)
      default: return IntegerWriter(values)
      }
    case .float(let values): return FloatWriter(values, type, text)
    case .day(let values):
      if case .period(let unit?) = type { return PeriodWriter(values, unit) }
      return DayWriter(values)
    case .bool(let values): return BoolWriter(values, text)
    case .text(let codes, let dictionary):
      if case .enumeration = type, let labels, text.showsLabels {
        return LabelWriter(codes, dictionary, labels)
      }
      return TextWriter(codes, dictionary)
    case .row(let rows): return RowWriter(rows)
    case .list(let offsets, let elements):
      let element: KithType = if case .list(let element) = type { element } else { .empty }
      let writer = make(elements, element, labels, text)
      return ListWriter(offsets, writer, separator: Array(text.listSeparator.utf8))
    }
  }
}

private final class IntegerWriter: CellWriter {
  let values: [Int64]
  init(_ values: [Int64]) { self.values = values }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let value = values[row]
    if value == Vector.emptyInt { return .empty }
    NumberText.append(value, to: &output)
    return .number
  }
}

private final class MoneyWriter: CellWriter {
  let values: [Int64]
  let text: ValueText
  /// Fen × this; 1 for plain money.
  let divisor: Int64

  init(_ values: [Int64], scale: Int, _ text: ValueText) {
    self.values = values
    self.text = text
    // 10^18 is the largest power of ten of an Int64.
    divisor = (0..<min(max(0, scale), 18)).reduce(1) { power, _ in power * 10 }
  }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let value = values[row]
    if value == Vector.emptyInt { return .empty }
    text.append(money: divisor == 1 ? value : halfEven(value), to: &output)
    return .number
  }

  private func halfEven(_ value: Int64) -> Int64 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    let half = UInt64(divisor / 2)
    let up = rest.magnitude > half || (rest.magnitude == half && quotient % 2 != 0)
    return up ? quotient + (value < 0 ? -1 : 1) : quotient
  }
}

private final class TimeWriter: CellWriter {
  let values: [Int64]
  let text: ValueText
  init(_ values: [Int64], _ text: ValueText) {
    self.values = values
    self.text = text
  }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let value = values[row]
    if value == Vector.emptyInt { return .empty }
    text.append(time: value, to: &output)
    return .word
  }
}

private final class DurationWriter: CellWriter {
  let values: [Int64]
  let unit: DurationUnit
  let text: ValueText
  init(_ values: [Int64], _ unit: DurationUnit, _ text: ValueText) {
    self.values = values
    self.unit = unit
    self.text = text
  }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let value = values[row]
    if value == Vector.emptyInt { return .empty }
    let duration =
      switch unit {
      case .months: Duration(months: value)
      case .days: Duration(days: value)
      case .microseconds: Duration(microseconds: value)
      }
    text.append(duration: duration, to: &output)
    return .word
  }
}

private final class FloatWriter: CellWriter {
  let values: [Double]
  let type: KithType
  let text: ValueText
  init(_ values: [Double], _ type: KithType, _ text: ValueText) {
    self.values = values
    self.type = type
    self.text = text
  }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let value = values[row]
    if value.isNaN { return .empty }
    text.append(float: value, type, to: &output)
    return value.isFinite ? .number : .word
  }
}

private final class DayWriter: CellWriter {
  let values: [Int32]
  init(_ values: [Int32]) { self.values = values }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let value = values[row]
    if value == Vector.emptyDay { return .empty }
    NumberText.append(day: Day(number: value), to: &output)
    return .word
  }
}

private final class PeriodWriter: CellWriter {
  let values: [Int32]
  let unit: CalendarUnit
  init(_ values: [Int32], _ unit: CalendarUnit) {
    self.values = values
    self.unit = unit
  }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let value = values[row]
    if value == Vector.emptyDay { return .empty }
    output.append(contentsOf: Period(unit, holding: Day(number: value)).text.utf8)
    return .word
  }
}

private final class BoolWriter: CellWriter {
  let values: [UInt8]
  let text: ValueText
  init(_ values: [UInt8], _ text: ValueText) {
    self.values = values
    self.text = text
  }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let value = values[row]
    if value == Vector.emptyBool { return .empty }
    text.append(bool: value == 1, to: &output)
    return .bool
  }
}

private final class TextWriter: CellWriter {
  let codes: [Int32]
  let bytes: [UInt8]
  let offsets: [Int]
  init(_ codes: [Int32], _ dictionary: TextDictionary) {
    self.codes = codes
    bytes = dictionary.bytes
    offsets = dictionary.offsets
  }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let code = Int(codes[row])
    if code == 0 { return .empty }
    let range = offsets[code]..<offsets[code + 1]
    bytes.withUnsafeBufferPointer {
      output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
    return .text
  }
}

/// An enumeration by its labels, each looked up once.
private final class LabelWriter: CellWriter {
  let codes: [Int32]
  let labels: [[UInt8]]
  init(_ codes: [Int32], _ dictionary: TextDictionary, _ labels: [String: String]) {
    self.codes = codes
    self.labels = dictionary.strings().map { Array((labels[$0] ?? $0).utf8) }
  }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    let code = Int(codes[row])
    if code == 0 { return .empty }
    output.append(contentsOf: labels[code])
    return .text
  }
}

/// Objects whose titles nobody fetched: `#12`, the row number.
private final class RowWriter: CellWriter {
  let rows: [Int32]
  init(_ rows: [Int32]) { self.rows = rows }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    if rows[row] == 0 { return .empty }
    output.append(0x23)
    NumberText.append(Int64(rows[row]), to: &output)
    return .word
  }
}

private final class ListWriter: CellWriter {
  let offsets: [Int32]
  let writer: CellWriter
  let separator: [UInt8]
  init(_ offsets: [Int32], _ writer: CellWriter, separator: [UInt8]) {
    self.offsets = offsets
    self.writer = writer
    self.separator = separator
  }

  override func elements(_ row: Int) -> (writer: CellWriter, rows: Range<Int>)? {
    (writer, Int(offsets[row])..<max(Int(offsets[row]), Int(offsets[row + 1])))
  }

  override func append(_ row: Int, to output: inout [UInt8]) -> CellKind {
    guard let (writer, rows) = elements(row), !rows.isEmpty else { return .empty }
    for element in rows {
      if element > rows.lowerBound { output.append(contentsOf: separator) }
      _ = writer.append(element, to: &output)
    }
    return .text
  }
}
