package import KithBase
import KithLanguage
import KithModel
package import KithPlan
import KithRun
package import KithShow
package import KithStore

/// An open book that answers queries. For one thread at a time; only `interruption` may be pulled from
/// another.
///
/// ```swift
/// let session = try Session.open("sales.book")
/// let table = try session.run(#"customers | where city = "深圳" | take 3"#)
/// print(table.rendered(as: .box))
/// ```
public final class Session {
  package let book: Book
  package let knowledge: any BookFacts
  package private(set) var functions: FunctionCatalogue
  package var options: Options
  /// Stops what the session is running.
  public let interruption: Interruption
  let facts: BookKnowledge
  let source: BookSource
  private(set) var engine: Engine
  private(set) var index: NameIndex
  var lastPipeline: LastPipeline?
  package let zone: TimeZoneTable

  package init(book: Book, options: Options, interruption: Interruption = Interruption()) throws {
    self.book = book
    self.options = options
    let name = ((try? book.setting("time_zone")) ?? nil) ?? "Asia/Shanghai"
    zone = TimeZoneTable.named(name) ?? .shanghai
    functions = FunctionCatalogue.shipped
    source = BookSource(
      book: book, tongue: options.tongue, keepsColumns: options.keepsColumns)
    engine = Engine(
      source: source, catalogue: book.catalogue, functions: functions, zone: zone)
    index = NameIndex(book.catalogue)
    facts = BookKnowledge(book: book, engine: engine, zone: zone)
    knowledge = facts
    self.interruption = interruption
    // Reading columns stops too, not only the loops over them.
    book.connection.stopWhen { interruption.isPulled }
    facts.budget = { [unowned self] in self.newBudget() }
    facts.readFile = { [unowned self] path in try self.readTable(path) }
    facts.changesOfList = { [unowned self] name, moment, today, now in
      let usual = try self.clock().today
      return try ListHistory(
        session: self, name: name, evaluationDay: today == usual ? nil : today, today: today,
        now: now
      ).changes(until: moment)
    }
  }

  /// Opens a book, read-only unless `options.access` says otherwise. Throws K6.
  public static func open(
    _ path: String, options: Options = Options(), interruption: Interruption = Interruption()
  ) throws(KithError) -> Session {
    try catching {
      let book = try Book.open(path, access: options.access == .write ? .write : .read)
      return try Session(book: book, options: options, interruption: interruption)
    }
  }

  /// A new, empty book. Throws K6 where something is at the path already.
  public static func create(_ path: String, options: Options = Options()) throws(KithError)
    -> Session
  {
    try catching { try Session(book: try Book.create(path), options: options) }
  }

  /// A made-up book in memory, for trying things out. Same numbers, same rows.
  ///
  /// - Parameter customers: how many customers it has; everything else follows from that.
  public static func demo(
    customers: Int = 2000, seed: UInt64 = 1, options: Options = Options(),
    interruption: Interruption = Interruption()
  ) throws(KithError) -> Session {
    try catching {
      let book = try Book.inMemory()
      try book.makeDemo(customers: customers, seed: seed) { _, _ in }
      return try Session(book: book, options: options, interruption: interruption)
    }
  }

  // MARK: Running

  /// Runs a text, one statement or a script, and gives the last result; an empty table if it shows none.
  /// Everything is checked before anything runs. Throws K1 to K7.
  ///
  /// A statement that changes the book (`set customer 447 owner = "王芳"`) needs `options.access` to be
  /// `.write` and is one transaction: all of it or nothing. Its result has a row for each changed field
  /// (`object`, `field`, `from`, `to`), the first thousand of them; `totalRowCount` has their number.
  /// ```swift
  /// var options = Options()
  /// options.access = .write
  /// let session = try Session.open("sales.book", options: options)
  /// try session.run(#"set customer 447 owner = "王芳""#)
  /// try session.run("undo")
  /// ```
  @discardableResult
  public func run(_ text: String, _ parameters: [String: Value] = [:]) throws(KithError) -> Table {
    do {
      return try Self.catching {
        var last: Table?
        let script = Interpreter(self, parameters: parameters.mapValues { $0.parameter })
        try script.run(SourceText(text)) { event in
          switch event {
          case .table(let table): last = table
          case .recorded(let recorded): last = recorded.table
          default: break
          }
        }
        return last ?? Table.nothing(style)
      }
    } catch {
      // One pull ends one run; the session goes on.
      if error.code == "K5001" { interruption.reset() }
      throw error
    }
  }

  /// Parses and checks a text, to be run later with values for its `$parameters`. Throws K1 to K3.
  public func prepare(_ text: String) throws(KithError) -> PreparedQuery {
    try Self.catching {
      let script = Interpreter(self, parameters: [:], allParametersOpen: true)
      try script.check(SourceText(text))
      return PreparedQuery(session: self, text: text)
    }
  }

  /// What is wrong with a text, warnings included; nothing is run.
  package func check(
    _ text: SourceText, parameters: [String: ParameterValue] = [:], withAnyAccess: Bool = false
  ) -> [Diagnostic] {
    let script = Interpreter(self, parameters: parameters)
    do { try script.check(text, withAnyAccess: withAnyAccess) } catch {
      return KithError(error).diagnostics
    }
    return script.warnings
  }

  // MARK: The host's own

  /// Makes a function of the embedding program callable.
  public func register(_ function: HostFunction) {
    functions.add(function.spec)
    rebuild()
  }

  /// Makes a table of the embedding program a source, by name. Throws K4 for ragged or mistyped columns
  /// and for a name the book's objects have.
  public func register(
    table name: String, columns: [(name: String, type: HostFunction.ValueType, values: [Value])]
  ) throws(KithError) {
    try Self.catching {
      if let entity = index.entity(name) {
        throw Diagnostic("K4104", "'\(name)' already means \(entity.plural)")
      }
      var built: [TableColumn] = []
      let count = columns.first?.values.count ?? 0
      for column in columns {
        guard column.values.count == count else {
          throw Diagnostic("K4103", "the columns of '\(name)' differ in length")
        }
        var gathered = HostColumn(column.type.type)
        for value in column.values { try gathered.append(value, name) }
        built.append(
          TableColumn(name: column.name, type: column.type.type, vector: gathered.vector))
      }
      facts.hostTables[fold(name)] = ColumnTable(columns: built, rowCount: count)
    }
  }

  private func rebuild() {
    engine = Engine(
      source: source, catalogue: book.catalogue, functions: functions, zone: zone)
    facts.engine = engine
    facts.forget()
    index = NameIndex(book.catalogue)
  }

  /// Reads names, fields and settings again after the book's shape changed.
  package func reload() throws {
    try book.reloadCatalogue()
    rebuild()
  }

  // MARK: Inside

  /// The instant of evaluation and its day in the book's zone.
  func clock() throws -> (now: Instant, today: Day) {
    let now = SystemClock.now
    guard let date = options.evaluationDate else {
      return (now, Day(number: zone.day(of: now.microseconds)))
    }
    let parts = date.split(separator: "-").map { Int($0) ?? 0 }
    guard parts.count == 3, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
      throw Diagnostic("K2129", "'\(date)' is no date; write it as 2026-11-21")
    }
    // A fixed day is asked at its end, so that all of it has happened.
    let end = zone.start(of: day.adding(days: 1)).microseconds - 1
    return (Instant(microseconds: end), day)
  }

  func newBudget() -> Budget {
    let limits = options.limits
    return Budget(
      limits: Budget.Limits(
        timeMilliseconds: limits.timeMilliseconds.map(Int64.init),
        rowsScanned: limits.rowsScanned.map(Int64.init), memoryBytes: limits.memoryBytes,
        outputRows: limits.outputRows),
      interruption: interruption.flag, clock: { SystemClock.milliseconds })
  }

  package var style: ValueStyle {
    var style = ValueStyle(tongue: options.tongue, zone: zone)
    if let money = facts.setting("money_style"), options.tongue == .chinese {
      style.money = ValueStyle.Money(rawValue: money) ?? style.money
    }
    return style
  }

  /// Forgets every row that was read: what was written was taken back.
  func forgetRows() {
    engine.invalidate()
    facts.forget()
  }

  /// Notices changes of the book before a query is checked.
  func refresh() throws {
    if try engine.refresh() { facts.forget() }
  }

  static func catching<T>(_ body: () throws -> T) throws(KithError) -> T {
    do { return try body() } catch { throw KithError(error) }
  }
}

/// Stops a running query from another thread; the query ends with K5001 and the session goes on.
public struct Interruption: Sendable {
  let flag = KithRun.Interruption()
  public init() {}
  public func interrupt() { flag.pull() }
  package func reset() { flag.reset() }
  package var isPulled: Bool { flag.isPulled }
}

/// A checked text that is run with values for its parameters.
public struct PreparedQuery {
  let session: Session
  let text: String

  /// Throws K2 where a parameter is missing or does not fit, K4 and K5 while running.
  public func run(_ parameters: [String: Value] = [:]) throws(KithError) -> Table {
    try session.run(text, parameters)
  }
}

extension Value {
  var parameter: ParameterValue {
    switch self {
    case .empty: .empty
    case .int(let value): .int(value)
    case .float(let value): .float(value)
    case .bool(let value): .bool(value)
    case .text(let value), .code(let value): .text(value)
    case .money(let fen): .money(fen)
    case .date(let text):
      Value.day(text).map { .date($0) } ?? .text(text)
    case .time(let microseconds): .int(microseconds)
    case .duration(let months, let days, let microseconds):
      .duration(Duration(months: months, days: days, microseconds: microseconds))
    case .period(let text): .text(text)
    case .list(let values): .list(values.map(\.parameter))
    }
  }

  static func day(_ text: String) -> Day? {
    let parts = text.split(separator: "-").map { Int($0) ?? 0 }
    return parts.count == 3 ? Day(year: parts[0], month: parts[1], day: parts[2]) : nil
  }
}

extension Table {
  static func nothing(_ style: ValueStyle) -> Table {
    Table(
      result: ResultTable(columns: [], rowCount: 0), style: style, totalRowCount: 0, ids: [],
      entity: nil)
  }
}
