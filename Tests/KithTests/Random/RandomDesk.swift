import KithBase
import KithLanguage
import KithModel
import KithPlan
import KithRun
import KithStore
import Testing

/// A random book with both engines over it.
final class RandomDesk {
  let seed: UInt64
  let book: Book
  let facts: TwinFacts
  let twin: Twin
  let engine: Engine
  let titles: [String: [String]]
  private let index: NameIndex
  private let today = RandomBook.today
  /// 13:30 on the evaluation date, in Shanghai.
  private let now: Instant

  init(seed: UInt64) throws {
    self.seed = seed
    book = try Book.inMemory()
    for statement in RandomBook.sql(seed: seed) { try book.connection.execute(statement) }
    let tables = try TwinBook(book)
    let functions = FunctionCatalogue.shipped
    facts = TwinFacts(book: tables, catalogue: book.catalogue, functions: functions)
    twin = Twin(book: tables, catalogue: book.catalogue, functions: functions)
    engine = Engine(
      source: BookColumns(book), catalogue: book.catalogue, functions: functions, zone: .shanghai)
    index = NameIndex(book.catalogue)
    now = Instant(
      microseconds: TimeZoneTable.shanghai.start(of: today).microseconds + 48_600_000_000)
    var titles: [String: [String]] = [:]
    for entity in book.catalogue.entities {
      titles[entity.name] = tables.rows(entity.name).compactMap { row in
        if case .text(let text) = tables.stored(entity.name, row, entity.title) {
          text
        } else {
          nil
        }
      }
    }
    self.titles = titles
  }

  enum Outcome {
    /// It does not check; the codes of what was said.
    case refused([String])
    case agreed(rows: Int)
    case undecided(String)
    case differs(String)
  }

  /// The ids of an entity's rows.
  func ids(_ entity: String) throws -> [Int64] {
    try book.readIDs(try #require(book.catalogue.entity(entity)))
  }

  /// The engine's rows of a query that checks.
  func lines(_ text: String) throws -> [String] {
    let source = SourceText(name: "random", text)
    guard case .pipeline(let pipeline)? = parse(source).program.statements.first?.kind else {
      return []
    }
    let checker = Checker(
      facts: facts, index: index, functions: .shipped, environment: Environment(),
      options: CheckOptions(today: today, now: now), text: source)
    let query = try #require(checker.check(pipeline), "\(text): \(checker.diagnostics)")
    return try rows(of: query).rows.map { "\($0)" }
  }

  func outcome(_ text: String) -> Outcome {
    let source = SourceText(name: "random", text)
    let parsed = parse(source)
    let problems = parsed.diagnostics.filter { $0.severity == .error }
    if !problems.isEmpty { return .refused(problems.map(\.code)) }
    guard case .pipeline(let pipeline)? = parsed.program.statements.first?.kind else {
      return .differs("the text is no pipeline")
    }
    let checker = Checker(
      facts: facts, index: index, functions: .shipped, environment: Environment(),
      options: CheckOptions(today: today, now: now), text: source)
    guard let query = checker.check(pipeline) else {
      let codes = checker.diagnostics.filter { $0.severity == .error }.map(\.code)
      return codes.isEmpty ? .differs("no plan and no reason") : .refused(codes)
    }
    return compare(query)
  }

  private func compare(_ query: Query) -> Outcome {
    let engineRows = Result { try rows(of: query) }
    do {
      let twinRows = try twin.run(query)
      switch engineRows {
      case .success(let result):
        if let difference = difference(twinRows.columns, result.rows) {
          return .differs(difference)
        }
        for (index, count) in result.counts.enumerated()
        where twinRows.stageCounts[index].map({ $0 != count }) == true {
          return .differs("after stage \(index): \(twinRows.stageCounts[index] ?? -1) and \(count)")
        }
        return .agreed(rows: result.rows.count)
      case .failure(let error): return .differs("only the engine throws: \(error)")
      }
    } catch let undecided as TwinUndecided {
      return .undecided(undecided.what)
    } catch {
      if case .failure = engineRows { return .agreed(rows: 0) }
      return .differs("only the twin throws: \(error)")
    }
  }

  private func rows(of query: Query) throws -> (rows: [[Scalar]], counts: [Int]) {
    let result = try engine.run(query, budget: Budget())
    let rows = (0..<result.rowCount).map { row in
      zip(query.output, result.columns).map { $1.scalar(row, $0.expr.type) }
    }
    return (rows, result.stageCounts)
  }
}

/// A book's columns for the engine.
private final class BookColumns: ColumnSource {
  private let book: Book
  init(_ book: Book) { self.book = book }

  func dataVersion() throws -> Int64 { 1 }

  func read(entity: String, fields: [String]) throws -> EntityRows {
    let read = try book.readColumns(try spec(entity), fields: fields) { target in
      IDMap(ids: try self.book.readIDs(try self.spec(target)))
    }
    return EntityRows(ids: read.ids, columns: read.columns)
  }

  private func spec(_ entity: String) throws -> EntitySpec {
    guard let spec = book.catalogue.entity(entity) else {
      throw Diagnostic("K9000", "no entity '\(entity)'")
    }
    return spec
  }
}
