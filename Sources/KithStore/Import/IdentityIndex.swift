import CSQLite
import KithBase
import KithModel

/// The rows of an entity by the columns that tell them apart, kept true while an import adds rows.
///
/// A key is the text SQLite gives for each column, a separator behind all but the last.
final class IdentityIndex {
  let entity: EntitySpec
  /// SQLite columns in the order of the key.
  let columns: [String]
  /// Texts are compared folded.
  let isFolded: Bool
  private var index = ByteIndex()
  private var aliases = ByteIndex()
  private var scratch: [UInt8] = []

  private static let separator: UInt8 = 0x1F

  init(entity: EntitySpec, columns: [String], isFolded: Bool, book: Book) throws {
    self.entity = entity
    self.columns = columns
    self.isFolded = isFolded
    try load(book)
  }

  private func load(_ book: Book) throws {
    let merges = try MergedRows(entity, book)
    let names = columns.map(Schema.quoted).joined(separator: ", ")
    // An alias counts only where no row has the name itself.
    let withAliases = entity.name == "customer" && columns == ["name"]
    let statement = try book.connection.prepare(
      "SELECT \"id\", \(names)\(withAliases ? ", \"aliases\"" : "") "
        + "FROM \(Schema.quoted(entity.name)) ORDER BY \"id\"")
    while try statement.step() {
      let id = merges.kept(sqlite3_column_int64(statement.handle, 0))
      scratch.removeAll(keepingCapacity: true)
      var isEmpty = true
      for column in columns.indices {
        if column > 0 { scratch.append(Self.separator) }
        guard let start = sqlite3_column_text(statement.handle, Int32(column + 1)) else { continue }
        let count = Int(sqlite3_column_bytes(statement.handle, Int32(column + 1)))
        isEmpty = false
        append(CellBytes(start: start, count: count))
      }
      if !isEmpty { _ = scratch.withUnsafeBufferPointer { index.add($0, id) } }
      if withAliases, let text = statement.text(Int32(columns.count + 1)) {
        for alias in text.split(separator: "\n") {
          scratch.removeAll(keepingCapacity: true)
          var word = String(alias)
          word.withUTF8 { append(trimmed($0)) }
          _ = scratch.withUnsafeBufferPointer { aliases.add($0, id) }
        }
      }
    }
  }

  private func append(_ text: CellBytes) {
    if isFolded {
      scratch.append(contentsOf: foldedWord(String(decoding: text, as: UTF8.self)).utf8)
    } else {
      scratch.append(contentsOf: text)
    }
  }

  // MARK: Keys of the row at hand

  /// Begins a key; then one `add` per column.
  func beginKey() { scratch.removeAll(keepingCapacity: true) }

  /// Adds a part and says whether it holds something.
  @discardableResult
  func add(_ value: CellValue, first: Bool) -> Bool {
    if !first { scratch.append(Self.separator) }
    switch value {
    case .empty: return false
    case .int(let number): scratch.append(contentsOf: String(number).utf8)
    case .real(let number): scratch.append(contentsOf: String(number).utf8)
    case .text(let bytes): append(bytes)
    case .day(let day): scratch.append(contentsOf: day.text.utf8)
    case .time(let time):
      scratch.append(contentsOf: StoredText.time(Instant(microseconds: time)).utf8)
    }
    return true
  }

  /// The row of the key that was built.
  func find() -> ByteIndex.Hit? {
    scratch.withUnsafeBufferPointer { index.find($0) ?? aliases.find($0) }
  }

  func all() -> [Int64] { scratch.withUnsafeBufferPointer { index.all($0) } }

  /// Puts a row under the key that was built; gives the entry to `forget`, nil where it was there.
  func store(_ id: Int64) -> Int? { scratch.withUnsafeBufferPointer { index.add($0, id) } }

  /// Takes back what `store` put.
  func forget(_ entry: Int) { index.forget(entry) }
}

/// Rows that were merged into others, and where they went.
struct MergedRows {
  private var into: [Int64: Int64] = [:]

  init(_ entity: EntitySpec, _ book: Book) throws {
    guard entity.toOne.contains(where: { $0.name == "merged_into" }) else { return }
    let statement = try book.connection.prepare(
      "SELECT \"id\", \"merged_into_id\" FROM \(Schema.quoted(entity.name)) "
        + "WHERE \"merged_into_id\" IS NOT NULL")
    while try statement.step() {
      if let id = statement.int(0), let other = statement.int(1) { into[id] = other }
    }
  }

  /// The row that stands for a row now; a circle of merges ends after as many steps as there are.
  func kept(_ id: Int64) -> Int64 {
    var current = id
    var steps = 0
    while let next = into[current], steps <= into.count {
      current = next
      steps += 1
    }
    return current
  }
}
