import Foundation
import KithBase
import KithStore
import Testing

/// A folder of its own for the files of one test, removed with it.
final class ImportFolder {
  let path: String

  init() throws {
    let base = FileManager.default.temporaryDirectory.appendingPathComponent(
      "kith-import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
    path = base.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  func write(_ name: String, _ data: Data) throws -> String {
    let file = path + "/" + name
    try data.write(to: URL(fileURLWithPath: file))
    return file
  }

  func read(_ name: String) -> String? {
    (try? Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// A book in memory and a folder of files to import into it.
final class ImportBench {
  let folder: ImportFolder
  let book: Book
  /// 2026-11-21T08:00:00Z.
  let now = Instant(microseconds: 1_795_248_000_000_000)

  init() throws {
    folder = try ImportFolder()
    book = try Book.inMemory()
  }

  /// Imports one file of this text and returns what was said of it.
  @discardableResult
  func bring(
    _ text: String, into entity: String, as name: String = "file.csv",
    _ configure: (inout ImportOptions) throws -> Void = { _ in }
  ) throws -> ImportFileReport {
    try bring(Data(text.utf8), into: entity, as: name, configure)
  }

  @discardableResult
  func bring(
    _ data: Data, into entity: String, as name: String = "file.csv",
    _ configure: (inout ImportOptions) throws -> Void = { _ in }
  ) throws -> ImportFileReport {
    var options = ImportOptions(
      files: [try folder.write(name, data)], entity: entity, now: now)
    try configure(&options)
    let report = try importFiles(options, into: book)
    return try #require(report.files.first)
  }

  /// The error an import of this text ends with; nil where it ends with none.
  func problem(
    _ text: String, into entity: String, as name: String = "file.csv",
    _ configure: (inout ImportOptions) throws -> Void = { _ in }
  ) throws -> Diagnostic? {
    try problem(Data(text.utf8), into: entity, as: name, configure)
  }

  func problem(
    _ data: Data, into entity: String, as name: String = "file.csv",
    _ configure: (inout ImportOptions) throws -> Void = { _ in }
  ) throws -> Diagnostic? {
    do {
      _ = try bring(data, into: entity, as: name, configure)
      return nil
    } catch let problem as Diagnostic {
      return problem
    }
  }

  /// All rows of a query, cells joined by `|`, empty ones as `·`.
  func rows(_ sql: String) throws -> [String] {
    let statement = try book.connection.prepare(sql)
    var result: [String] = []
    while try statement.step() {
      result.append(
        (0..<statement.columnCount).map { statement.text($0) ?? "·" }.joined(separator: "|"))
    }
    return result
  }

  func int(_ sql: String) throws -> Int64? { try book.connection.int(sql) }
}

/// Where the real data sets are: the folder KITH_DATA names, else `shared/data` beside the package.
enum ImportData {
  static let folder: String = {
    if let given = ProcessInfo.processInfo.environment["KITH_DATA"] { return given }
    return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "../shared/data").standardizedFileURL.path
  }()

  static func isThere(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + name)
  }
}
