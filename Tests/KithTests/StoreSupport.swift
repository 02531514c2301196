import Foundation
import KithBase
import KithModel
import KithStore
import Testing

/// A folder that is gone after the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    let base = FileManager.default.temporaryDirectory
    let folder = base.appendingPathComponent("kith-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ name: String, _ bytes: Data) {
    let done = FileManager.default.createFile(atPath: file(name), contents: bytes)
    #expect(done, "cannot write \(name)")
  }

  /// Name and bytes of everything in it.
  func contents() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      files[name] = FileManager.default.contents(atPath: file(name))
    }
    return files
  }

  /// An SQLite file made outside of kith's own code path for books.
  func database(_ name: String, _ sql: String) throws -> Connection {
    write(name, Data())
    let connection = try Connection(file(name), .write)
    try connection.execute(sql)
    return connection
  }
}

/// The vocabulary beside the sample data (`KITH_DATA`, by default `../shared/data`); nil, with the
/// reason printed, where it is not there.
func domainFile(_ name: String) -> String? {
  let data = ProcessInfo.processInfo.environment["KITH_DATA"] ?? "../shared/data"
  let path = data + "/../domain/" + name
  if FileManager.default.fileExists(atPath: path) { return path }
  print("skipped: no \(name) beside the sample data; set KITH_DATA")
  return nil
}

/// The code of the `Diagnostic` the body throws; nil if it throws nothing.
func diagnosticCode(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch let problem as Diagnostic {
    return problem.code
  } catch {
    return "not a Diagnostic: \(error)"
  }
}

/// All rows of a query as text, for comparing with what was computed another way.
func sqlRows(_ connection: Connection, _ sql: String) throws -> [String] {
  let statement = try connection.prepare(sql)
  var lines: [String] = []
  while try statement.step() {
    lines.append(
      (0..<statement.columnCount).map { statement.text($0) ?? "NULL" }.joined(separator: "|"))
  }
  return lines
}

/// Every row of every table of a book, cell by cell with its type, as text; without the tables named.
func bookDump(_ connection: Connection, without: Set<String> = []) throws -> [String] {
  var tables: [String] = []
  let names = try connection.prepare(
    // The tokens of `kith_chunk` are random numbers and tell nothing of the rows' values.
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'kith_chunk' ORDER BY name")
  while try names.step() { if let name = names.text(0) { tables.append(name) } }
  var lines: [String] = []
  for table in tables where !without.contains(table) {
    let rows = try connection.prepare("SELECT * FROM \"\(table)\" ORDER BY \"id\"")
    while try rows.step() {
      let cells = (0..<rows.columnCount).map { "\(rows.columnName($0))=\(rows.value($0))" }
      lines.append(table + ": " + cells.joined(separator: " "))
    }
  }
  return lines
}
