import KithBase
import KithModel
import KithStore

extension TwinBook {
  /// Reads every row of a book by plain SQL, one statement an entity.
  init(_ book: Book) throws { try self.init(book.connection, book.catalogue) }

  init(_ connection: Connection, _ catalogue: Catalogue) throws {
    var stored: [String: [StoredRow]] = [:]
    for entity in catalogue.entities {
      let fields = entity.fields.filter { $0.name != "id" }
      let paths = entity.toOne.filter { $0.through == nil }
      // Of a text in two tongues both are read; the English one is shown where there is one.
      let second = fields.filter { $0.secondColumn != nil }
      let columns =
        ["id"] + fields.map(\.column) + paths.map(\.column) + second.compactMap(\.secondColumn)
      let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
      let statement = try connection.prepare("SELECT \(list) FROM \"\(entity.name)\"")
      var rows: [StoredRow] = []
      while try statement.step() {
        var values: [String: Scalar] = [:]
        for (index, field) in fields.enumerated() {
          values[field.name] = try Self.value(statement, Int32(index + 1), field.type)
        }
        for (index, path) in paths.enumerated() {
          let id = statement.int(Int32(fields.count + index + 1))
          values[path.name] = id.map { .int($0) } ?? .empty
        }
        for (index, field) in second.enumerated() {
          let column = Int32(fields.count + paths.count + index + 1)
          let english = try Self.value(statement, column, field.type)
          values[field.column] = values[field.name]
          values[field.secondColumn ?? ""] = english
          if !english.isEmpty { values[field.name] = english }
        }
        rows.append((statement.int(0) ?? 0, values))
      }
      stored[entity.name] = rows
    }
    self.init(stored, catalogue: catalogue)
  }

  private static func value(
    _ statement: Statement, _ column: Int32, _ type: KithType
  ) throws -> Scalar {
    if statement.isNull(column) { return .empty }
    switch type {
    case .int: return statement.int(column).map { .int($0) } ?? .empty
    case .money: return statement.int(column).map { .money($0) } ?? .empty
    case .bool: return statement.int(column).map { .bool($0 != 0) } ?? .empty
    case .float, .percent: return statement.double(column).map { .float($0) } ?? .empty
    case .duration: return statement.int(column).map { TwinValues.scalar($0, type) } ?? .empty
    default: break
    }
    let text = statement.text(column) ?? ""
    if text.allSatisfy(\.isWhitespace) { return .empty }
    switch type {
    case .text: return .text(text)
    case .enumeration: return .code(text)
    case .date: return .date(try day(text))
    case .time: return .time(try instant(text))
    case .list:
      return .list(text.split(separator: ",").map { .code($0.filter { !$0.isWhitespace }) })
    default: throw Diagnostic("K9000", "the twin cannot read a \(type.name)")
    }
  }

  /// `2026-11-21`.
  private static func day(_ text: String) throws -> Day {
    let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
      throw Diagnostic("K9000", "the twin cannot read the date \(text)")
    }
    return day
  }

  /// `2026-11-21T09:30:00Z`.
  private static func instant(_ text: String) throws -> Instant {
    let clock = text.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int64($0) }
    guard clock.count == 3 else { throw Diagnostic("K9000", "the twin cannot read \(text)") }
    let seconds = (clock[0] * 60 + clock[1]) * 60 + clock[2]
    return Instant(
      microseconds: Int64(try day(text).number) * 86_400_000_000 + seconds * 1_000_000)
  }
}
