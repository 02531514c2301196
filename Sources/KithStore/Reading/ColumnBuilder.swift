import CSQLite
import KithBase

/// Values of one column as they arrive.
struct ColumnBuilder {
  private enum Kind { case int, float, percent, bool, day, time, text, list, row }

  private let kind: Kind
  private let map: IDMap
  private var wide = GrowingColumn<Int64>()
  private var real = GrowingColumn<Double>()
  private var narrow = GrowingColumn<Int32>()
  private var small = GrowingColumn<UInt8>()
  private var elements = GrowingColumn<Int32>()
  private var dictionary: TextDictionaryBuilder
  private(set) var problems: [(Int64, String)] = []
  private(set) var problemCount = 0

  /// - Parameter dictionary: codes that are fixed beforehand.
  init(_ type: KithType, dictionary: TextDictionary, _ maps: [String: IDMap]) {
    var map = IDMap(ids: [])
    switch type {
    case .int, .money, .exactMoney, .duration: kind = .int
    case .float, .floatMoney: kind = .float
    case .percent: kind = .percent
    case .bool: kind = .bool
    case .date, .period: kind = .day
    case .time: kind = .time
    case .text, .enumeration, .empty: kind = .text
    case .list: kind = .list
    case .object(let target):
      kind = .row
      map = maps[target] ?? map
    }
    self.map = map
    self.dictionary = TextDictionaryBuilder(dictionary)
  }

  /// Nobody's value, or one that is missing.
  mutating func appendEmpty() {
    switch kind {
    case .int, .time: wide.append(Vector.emptyInt)
    case .float, .percent: real.append(.nan)
    case .bool: small.append(Vector.emptyBool)
    case .day: narrow.append(Vector.emptyDay)
    case .text, .row: narrow.append(0)
    case .list: narrow.append(Int32(truncatingIfNeeded: elements.count))
    }
  }

  @inline(__always)
  mutating func append(_ statement: OpaquePointer, _ column: Int32, _ id: Int64) {
    switch kind {
    case .text: appendText(statement, column)
    case .row:
      // NULL reads as 0, which is nobody's id unless a book uses 0 itself.
      if sqlite3_column_type(statement, column) == SQLITE_NULL { return narrow.append(0) }
      narrow.append(map.row(sqlite3_column_int64(statement, column)))
    case .int:
      if sqlite3_column_type(statement, column) == SQLITE_NULL { return appendEmpty() }
      wide.append(sqlite3_column_int64(statement, column))
    case .float, .percent:
      if sqlite3_column_type(statement, column) == SQLITE_NULL { return appendEmpty() }
      let value = sqlite3_column_double(statement, column)
      if value.isFinite { real.append(value) } else { reject(statement, column, id) }
    case .bool:
      if sqlite3_column_type(statement, column) == SQLITE_NULL { return appendEmpty() }
      let value = sqlite3_column_int64(statement, column)
      if value == 0 || value == 1 {
        small.append(UInt8(truncatingIfNeeded: value))
      } else {
        reject(statement, column, id)
      }
    case .day:
      guard let bytes = trimmed(statement, column) else { return appendEmpty() }
      if let start = bytes.baseAddress, let day = StoredText.day(start, bytes.count) {
        narrow.append(day)
      } else {
        reject(statement, column, id)
      }
    case .time:
      guard let bytes = trimmed(statement, column) else { return appendEmpty() }
      if let start = bytes.baseAddress,
        let value = StoredText.microseconds(start, bytes.count)
      {
        wide.append(value)
      } else {
        reject(statement, column, id)
      }
    case .list: appendList(statement, column)
    }
  }

  @inline(__always)
  private mutating func appendText(_ statement: OpaquePointer, _ column: Int32) {
    guard let bytes = trimmed(statement, column) else { return narrow.append(0) }
    narrow.append(dictionary.code(bytes))
  }

  /// Codes between commas.
  private mutating func appendList(_ statement: OpaquePointer, _ column: Int32) {
    if let bytes = trimmed(statement, column) {
      var start = 0
      for at in 0...bytes.count where at == bytes.count || bytes[at] == 0x2C {
        let code = dictionary.code(Self.trim(UnsafeBufferPointer(rebasing: bytes[start..<at])))
        if code != 0 { elements.append(code) }
        start = at + 1
      }
    }
    narrow.append(Int32(truncatingIfNeeded: elements.count))
  }

  /// The cell's bytes without blanks around them; nil where nothing is left. They hold until the
  /// next row.
  @inline(__always)
  private func trimmed(
    _ statement: OpaquePointer, _ column: Int32
  ) -> UnsafeBufferPointer<UInt8>? {
    guard let start = sqlite3_column_text(statement, column) else { return nil }
    let count = Int(sqlite3_column_bytes(statement, column))
    if count == 0 { return nil }
    let all = UnsafeBufferPointer(start: start, count: count)
    if start[0] > 0x20 && start[count - 1] > 0x20 { return all }
    let rest = Self.trim(all)
    return rest.isEmpty ? nil : rest
  }

  private static func trim(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var lower = 0
    var upper = bytes.count
    while lower < upper, bytes[lower] <= 0x20 { lower += 1 }
    while upper > lower, bytes[upper - 1] <= 0x20 { upper -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[lower..<upper])
  }

  @inline(never)
  private mutating func reject(_ statement: OpaquePointer, _ column: Int32, _ id: Int64) {
    appendEmpty()
    problemCount += 1
    guard problems.count < ColumnProblem.keptLimit,
      let start = sqlite3_column_text(statement, column)
    else { return }
    let count = min(60, Int(sqlite3_column_bytes(statement, column)))
    problems.append(
      (id, String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)))
  }

  func vector() -> Vector {
    switch kind {
    case .int, .time: .int(wide.array())
    case .float, .percent: .float(real.array())
    case .bool: .bool(small.array())
    case .day: .day(narrow.array())
    case .text: .text(narrow.array(), dictionary.finish())
    case .row: .row(narrow.array())
    case .list: .list([0] + narrow.array(), .text(elements.array(), dictionary.finish()))
    }
  }
}

/// A growing run of plain values without the checks an array makes on each append.
final class GrowingStorage<Value: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Value>
  init(_ capacity: Int) { start = .allocate(capacity: capacity) }
  deinit { start.deallocate() }
}

struct GrowingColumn<Value: BitwiseCopyable> {
  private var storage: GrowingStorage<Value>?
  private var start: UnsafeMutablePointer<Value>?
  private(set) var count = 0
  private var capacity = 0

  @inline(__always)
  mutating func append(_ value: Value) {
    if count == capacity { grow() }
    start.unsafelyUnwrapped[count] = value
    count += 1
  }

  @inline(never)
  private mutating func grow() {
    capacity = max(1024, capacity * 2)
    let larger = GrowingStorage<Value>(capacity)
    if let start { larger.start.update(from: start, count: count) }
    storage = larger
    start = larger.start
  }

  func array() -> [Value] {
    // The storage must outlive the pointer taken from it.
    withExtendedLifetime(storage) {
      Array(UnsafeBufferPointer(start: start, count: count))
    }
  }
}
