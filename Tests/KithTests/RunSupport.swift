import KithBase
import KithModel
import KithPlan
import KithRun
import Testing

/// Tables made of Swift arrays. Fields that a test does not give are empty.
final class MemorySource: ColumnSource {
  /// Bumped by a test that changes rows.
  var version: Int64 = 1
  /// How often rows were read, so that a test can see what was kept.
  private(set) var readCount = 0
  private let catalogue: Catalogue
  private var ids: [String: [Int64]] = [:]
  private var cells: [String: [String: [Scalar]]] = [:]

  init(_ catalogue: Catalogue = .shipped) { self.catalogue = catalogue }

  /// Rows of an entity, ids 1, 2, … unless given. To-one paths hold ids as `.int`.
  func set(_ entity: String, ids: [Int64]? = nil, _ columns: [String: [Scalar]]) {
    let count = columns.values.map(\.count).max() ?? 0
    self.ids[entity] = ids ?? (0..<count).map { Int64($0 + 1) }
    cells[entity] = columns
  }

  func dataVersion() -> Int64 { version }

  func read(entity: String, fields: [String]) throws -> EntityRows {
    readCount += 1
    let spec = try #require(catalogue.entity(entity))
    let ids = ids[entity] ?? []
    var columns: [String: Vector] = [:]
    for field in fields {
      let isPath = spec.toOne.contains { $0.name == field }
      let type = isPath ? KithType.int : try #require(spec.fields.first { $0.name == field }).type
      let given = cells[entity]?[field] ?? ids.map { _ in .empty }
      columns[field] = try vector([.empty] + given, type)
    }
    return EntityRows(ids: ids, columns: columns)
  }

  private func vector(_ values: [Scalar], _ type: KithType) throws -> Vector {
    switch type {
    case .bool:
      return .bool(
        values.map { if case .bool(let flag) = $0 { flag ? 1 : 0 } else { Vector.emptyBool } })
    case .float, .percent:
      return .float(values.map { if case .float(let value) = $0 { value } else { .nan } })
    case .date:
      return .day(
        values.map { if case .date(let day) = $0 { day.number } else { Vector.emptyDay } })
    case .text, .enumeration:
      var builder = TextDictionaryBuilder()
      if case .enumeration(let name) = type {
        for value in catalogue.enumeration(name)?.values ?? [] {
          _ = builder.code(Array(value.code.utf8))
        }
      }
      let codes = values.map { value -> Int32 in
        switch value {
        case .text(let text), .code(let text): builder.code(Array(text.utf8))
        default: 0
        }
      }
      return .text(codes, builder.finish())
    case .list: return .list([Int32](repeating: 0, count: values.count + 1), .text([], .empty))
    default:
      return .int(
        values.map { value in
          switch value {
          case .int(let number), .money(let number): number
          case .time(let instant): instant.microseconds
          default: Vector.emptyInt
          }
        })
    }
  }
}

extension TextDictionary {
  static let empty = TextDictionary([])
}

/// Short names for plans written by hand.
enum Make {
  static let today = Day(year: 2026, month: 11, day: 21) ?? Day(number: 0)
  /// 2026-11-21 12:00 in Shanghai, 04:00 UTC.
  static let now = Instant(microseconds: Int64(today.number) * 86_400_000_000 + 14_400_000_000)

  static func slot(_ number: Int, _ type: KithType) -> Expr { Expr(.slot(SlotID(number)), type) }

  static func literal(_ value: Scalar, _ type: KithType) -> Expr { Expr(.literal(value), type) }

  static func int(_ value: Int64) -> Expr { literal(.int(value), .int) }

  static func field(_ object: Expr, _ name: String, _ type: KithType) -> Expr {
    guard case .object(let entity) = object.type else { return object }
    return Expr(.field(object, entity: entity, field: name), type)
  }

  static func call(_ operation: Operation, _ operands: [Expr], _ type: KithType = .bool) -> Expr {
    Expr(.operation(operation, operands), type)
  }

  /// Noon in Shanghai of a day of 2026.
  static func noon(_ month: Int, _ day: Int) -> Scalar {
    let date = Day(year: 2026, month: month, day: day) ?? Day(number: 0)
    return .time(Instant(microseconds: Int64(date.number) * 86_400_000_000 + 14_400_000_000))
  }

  static func query(
    _ plan: Plan, _ output: [Expr], derived: [DerivedKey: DerivedBody] = [:], stages: [String] = []
  ) -> Query {
    Query(
      plan: plan, output: output.map { OutputColumn(name: "", expr: $0) }, derived: derived,
      stageTitles: stages, resolvedDates: [], notes: [], treeLevel: nil, object: nil, now: now,
      today: today)
  }

  /// A table of whole numbers; slots 1, 2, … Nil is empty.
  static func table(_ columns: [[Int64?]]) -> Plan {
    let table = ColumnTable(
      columns: columns.map {
        TableColumn(name: "", type: .int, vector: .int($0.map { $0 ?? Vector.emptyInt }))
      }, rowCount: columns.first?.count ?? 0)
    return .scan(.table(table, columns.indices.map { SlotID($0 + 1) }))
  }

  static func texts(_ values: [String]) -> Vector {
    var builder = TextDictionaryBuilder()
    let codes = values.map { builder.code(Array($0.utf8)) }
    return .text(codes, builder.finish())
  }

  static func engine(_ source: MemorySource = MemorySource()) -> Engine {
    Engine(
      source: source, catalogue: .shipped, functions: FunctionCatalogue(), zone: .shanghai)
  }
}

/// Rows of a result, column by column, as scalars.
func run(
  _ query: Query, _ engine: Engine = Make.engine(), budget: Budget = Budget()
) throws -> [[Scalar]] {
  let result = try engine.run(query, budget: budget)
  return zip(query.output, result.columns).map { output, vector in
    (0..<vector.count).map { vector.scalar($0, output.expr.type) }
  }
}

/// The same as whole numbers, nil where empty.
func runInts(_ plan: Plan, _ output: [Expr], _ engine: Engine = Make.engine()) throws -> [[Int64?]]
{
  try run(Make.query(plan, output), engine).map { column in
    column.map { value in
      switch value {
      case .int(let number), .money(let number): number
      default: nil
      }
    }
  }
}
