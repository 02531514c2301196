package import KithBase
import KithLanguage
import KithModel
import KithPlan
import KithShow
package import KithStore

/// Work on whole books that is no query: making, filling, listing.
extension Session {
  /// The day the demo book takes for today.
  package static var demoDay: String { Book.demoToday.text }

  package static var clockNow: Instant { SystemClock.now }

  /// Answers what needs no book: it knows the language's functions and no object.
  package static func bare(options: Options, interruption: Interruption) throws -> Session {
    try Session(book: try Book.bare(), options: options, interruption: interruption)
  }

  /// A book in memory without rows of its own, for checking texts and help.
  package static func empty(options: Options) throws -> Session {
    try Session(book: try Book.inMemory(), options: options)
  }

  package static func makeDemo(
    at path: String, customers: Int, seed: UInt64,
    progress: @escaping (Int, Int) throws -> Void
  ) throws {
    let book = try Book.create(path)
    do { try book.makeDemo(customers: customers, seed: seed, progress: progress) } catch {
      Self.remove(path)
      throw error
    }
  }

  /// Imports files into a book, made if nothing is at the path; a book made for nothing is removed.
  package static func importFiles(
    _ options: ImportOptions, intoBookAt path: String,
    progress: @escaping (Int, Int) throws -> Void
  ) throws -> ImportReport {
    let isNew = !FileText.exists(path)
    if isNew, options.dryRun {
      return try KithStore.importFiles(options, into: try Book.inMemory(), progress: progress)
    }
    let book = isNew ? try Book.create(path) : try Book.open(path, access: .write)
    var options = options
    let zone = try book.setting("time_zone") ?? "Asia/Shanghai"
    options.zone = TimeZoneTable.named(zone) ?? .shanghai
    do { return try KithStore.importFiles(options, into: book, progress: progress) } catch {
      if isNew { Self.remove(path) }
      throw error
    }
  }

  private static func remove(_ path: String) {
    for ending in ["", "-wal", "-shm", "-journal"] { FileText.remove(path + ending) }
  }

  /// How many rows each kind of object has, with the newest of its dates.
  package func overview() throws -> Table {
    var names: [String] = []
    var chinese: [String] = []
    var counts: [Int64] = []
    var custom: [String] = []
    for entity in book.catalogue.entities {
      let count = try book.readIDs(entity).count
      guard count > 0 else { continue }
      names.append(entity.plural)
      chinese.append(entity.zh)
      counts.append(Int64(count))
      custom.append(entity.fields.filter(\.custom).map(\.name).joined(separator: ", "))
    }
    func texts(_ values: [String]) -> Vector {
      var builder = TextDictionaryBuilder()
      let codes = values.map { builder.code(Array($0.utf8)) }
      return .text(codes, builder.finish())
    }
    let columns = [
      ResultColumn(name: "objects", type: .text, vector: texts(names)),
      ResultColumn(name: "对象", type: .text, vector: texts(chinese)),
      ResultColumn(name: "rows", type: .int, vector: .int(counts)),
      ResultColumn(name: "own_fields", type: .text, vector: texts(custom)),
    ]
    return Table(
      result: ResultTable(columns: columns, rowCount: names.count), style: style,
      totalRowCount: names.count, ids: [], entity: nil)
  }

  /// All fields of each kind that has rows, or of those named.
  package func exportTables(_ words: [String]) throws -> [(String, Table)] {
    let named = try words.map { word -> EntitySpec in
      guard let entity = index.entity(word) else { throw Diagnostic("K2101", "no table '\(word)'") }
      return entity
    }
    let entities = words.isEmpty ? book.catalogue.entities : named
    var tables: [(String, Table)] = []
    for entity in entities {
      let table = try run(entity.plural + " | select *")
      if table.rowCount > 0 || !words.isEmpty { tables.append((entity.plural, table)) }
    }
    return tables
  }
}

/// The formatter over whole texts.
package enum ScriptLayout {
  /// The text laid out in one tongue, names of the shipped vocabulary included. Throws K1 where it does
  /// not parse.
  package static func formatted(_ text: SourceText, tongue: Tongue) throws -> String {
    let parsed = parse(text, tongue: tongue)
    let errors = parsed.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else {
      throw KithError(
        errors.map { problem in
          var problem = problem
          problem.source = problem.source ?? text
          return problem
        })
    }
    let names = ScriptNames(NameIndex(Catalogue.shipped), parsed.program, tongue)
    return format(parsed.program, tongue: tongue, source: text, translate: names.translate)
  }
}
