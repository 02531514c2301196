import CSQLite
import Glibc
package import KithBase
package import KithModel

/// The columns of a book, kept as files in `BOOK-columns` so that a new process reads arrays where
/// SQLite would read rows. A cache: it may be deleted at any time, and whatever in it does not fit
/// the book is made anew without a word.
///
/// A column's file carries the token of every chunk of rows it was read from. What is read from
/// here is what the book holds at that moment: chunks whose token moved are read from the book.
/// Use it inside one read transaction, on the connection's thread.
package final class ColumnImage {
  private let book: Book
  private let tongue: Tongue
  private let folder: String
  private let file: (inode: Int64, born: Int64)
  private let mode: mode_t
  private var folderIsThere: Bool?
  /// Entities whose triggers were found in order, at one state of the schema.
  private var kept: (schema: Int64, entities: [String: Bool]) = (-1, [:])
  private var residents: [String: ResidentEntity] = [:]
  /// Counts states of ids, of all entities.
  private var states = 0

  /// Smaller entities are read from SQLite, which takes milliseconds.
  private static let leastChunks = 8
  /// From so many chunks on a file is written anew instead of being patched by each process.
  private static let rewriteChunks = 32

  /// Nil for a book without a file, or one whose file the system does not identify.
  package init?(_ book: Book, tongue: Tongue) {
    var inode: Int64 = 0
    var born: Int64 = 0
    var status = stat()
    guard let path = book.path, kith_file_identity(path, &inode, &born) == 0,
      stat(path, &status) == 0
    else { return nil }
    self.book = book
    self.tongue = tongue
    folder = path + "-columns"
    file = (inode, born)
    // What may read the book may read its columns.
    mode = status.st_mode & 0o666
  }

  /// The same as `Book.readColumns`; keys to objects are row numbers. Throws the same.
  package func read(_ entity: EntitySpec, fields: [String]) throws -> EntityColumns {
    guard let resident = try resident(entity) else {
      return try book.readColumns(entity, fields: fields, tongue: tongue) { target in
        try self.map(target)
      }
    }
    var result = EntityColumns(
      entity: entity.name, ids: resident.ids, columns: [:], problems: [], problemCount: 0)
    let missing = try fields.filter { try !isHeld($0, entity, resident) }
    if !missing.isEmpty { try load(entity, missing, into: resident, &result) }
    for name in fields { result.columns[name] = resident.columns[name]?.vector }
    return result
  }

  /// The ids of an entity as row numbers.
  package func map(_ entity: String) throws -> IDMap {
    guard let spec = book.catalogue.entity(entity) else { throw StoreError.unknownEntity(entity) }
    guard let resident = try resident(spec) else { return IDMap(ids: try book.readIDs(spec)) }
    if let map = resident.map { return map }
    let map = IDMap(ids: resident.ids)
    resident.map = map
    return map
  }

  private func isHeld(
    _ name: String, _ entity: EntitySpec, _ resident: ResidentEntity
  ) throws -> Bool {
    guard let column = resident.columns[name], !column.isSpoiled else { return false }
    guard let target = column.target else { return true }
    // Rows of another state of the target mean other objects.
    _ = try map(target)
    return column.targetState == residents[target]?.state
  }
}

// MARK: - What is in memory

/// What is known of one entity, as of its tokens.
private final class ResidentEntity {
  let schema: Int64
  let tokens: [ChunkToken]
  /// Ascending.
  let ids: [Int64]
  /// Another number where the ids may be others.
  let state: Int
  var map: IDMap?
  var columns: [String: Column] = [:]

  struct Column {
    var vector: Vector
    /// The entity a key leads to, and the state of its ids that the rows belong to.
    var target: String?
    var targetState: Int?
    /// Cells could not be read; each reading says so again.
    var isSpoiled = false
  }

  init(schema: Int64, tokens: [ChunkToken], ids: [Int64], state: Int) {
    self.schema = schema
    self.tokens = tokens
    self.ids = ids
    self.state = state
  }
}

extension ColumnImage {
  /// The entity as it stands now; nil where it is too small to keep or nothing tells its changes.
  private func resident(_ entity: EntitySpec) throws -> ResidentEntity? {
    let schema = try book.connection.int("PRAGMA schema_version") ?? 0
    if kept.schema != schema { kept = (schema, [:]) }
    if kept.entities[entity.name] == nil {
      kept.entities[entity.name] = try ChunkTokens.areKept(book.connection, entity.name)
    }
    guard kept.entities[entity.name] == true else { return forget(entity) }
    let tokens = try ChunkTokens.read(book.connection, entity.name)
    guard tokens.count >= Self.leastChunks else { return forget(entity) }
    let known = residents[entity.name]
    if let known, known.schema == schema, known.tokens == tokens { return known }
    let ids = try ids(entity, schema: schema, tokens: tokens)
    states += 1
    let isSame = known?.ids == ids
    let resident = ResidentEntity(
      schema: schema, tokens: tokens, ids: ids, state: isSame ? known?.state ?? states : states)
    if isSame { resident.map = known?.map }
    residents[entity.name] = resident
    return resident
  }

  private func forget(_ entity: EntitySpec) -> ResidentEntity? {
    residents[entity.name] = nil
    return nil
  }

  /// The ids, from the file where it has them; an id column has the ids themselves as values.
  private func ids(
    _ entity: EntitySpec, schema: Int64, tokens: [ChunkToken]
  ) throws -> [Int64] {
    let path = path(entity, "id")
    let stamp = stamp(schema: schema, field: ColumnImage.hash("id"))
    if let file = ColumnFile.read(path, stamp: stamp),
      let dirty = Dirty(file.chunks, now: tokens), dirty.chunks.count <= tokens.count / 4
    {
      let fresh = try dirty.chunks.map {
        Vector.int(
          [Vector.emptyInt]
            + (try book.readColumns(entity, fields: [], among: $0.ids, rowOf: nil).ids))
      }
      let column = dirty.isEmpty ? file.vector : dirty.patched(file.vector, with: fresh)
      if case .int(let values)? = column {
        let ids = Array(values.dropFirst())
        // An `OR REPLACE` of a unique value takes a row away without any trigger; then the number
        // of rows tells.
        if try dirty.isEmpty || book.rowCount(entity) == ids.count {
          if dirty.chunks.count >= Self.rewriteChunks {
            keep(.int(values), ids, tokens, path, stamp)
          }
          return ids
        }
      }
    }
    let ids = try book.readColumns(entity, fields: [], rowOf: nil).ids
    keep(.int([Vector.emptyInt] + ids), ids, tokens, path, stamp)
    return ids
  }
}

// MARK: - Files

extension ColumnImage {
  /// Brings columns into memory: from their files, patched, or from the book.
  private func load(
    _ entity: EntitySpec, _ fields: [String], into resident: ResidentEntity,
    _ result: inout EntityColumns
  ) throws {
    var absent: [String] = []
    var patches: [(field: String, file: ColumnFile, dirty: Dirty)] = []
    for name in fields {
      let stamp = try stamp(name, entity, resident.schema)
      guard let file = ColumnFile.read(path(entity, name), stamp: stamp),
        let dirty = Dirty(file.chunks, now: resident.tokens),
        dirty.chunks.count <= resident.tokens.count / 4,
        try dirty.isEmpty || !hidesRows(entity, resident, file, dirty)
      else {
        absent.append(name)
        continue
      }
      if dirty.isEmpty {
        try hold(name, file.vector, entity, resident)
      } else {
        patches.append((name, file, dirty))
      }
    }
    // Files written at one time have the same chunks to patch.
    while let first = patches.first {
      let alike = patches.filter { $0.dirty.chunks == first.dirty.chunks }
      patches.removeAll { $0.dirty.chunks == first.dirty.chunks }
      let names = alike.map(\.field)
      let fresh = try first.dirty.chunks.map {
        try book.readColumns(entity, fields: names, tongue: tongue, among: $0.ids, rowOf: nil)
      }
      for read in fresh { result.add(read) }
      for patch in alike {
        let vectors = fresh.compactMap { $0.columns[patch.field] }
        guard let vector = patch.dirty.patched(patch.file.vector, with: vectors),
          vector.count == resident.ids.count + 1
        else {
          absent.append(patch.field)
          continue
        }
        if patch.dirty.chunks.count >= Self.rewriteChunks,
          fresh.allSatisfy({ $0.problemCount == 0 })
        {
          keep(
            vector, resident.ids, resident.tokens, path(entity, patch.field), patch.file.stamp)
        }
        try hold(patch.field, vector, entity, resident)
        resident.columns[patch.field]?.isSpoiled = fresh.contains { $0.problemCount > 0 }
      }
    }
    if absent.isEmpty { return }
    let read = try book.readColumns(entity, fields: absent, tongue: tongue, rowOf: nil)
    result.add(read)
    // Of many problems not all are kept, so each column of the reading may have some.
    let spoiled =
      read.problemCount > read.problems.count ? Set(absent) : Set(read.problems.map(\.field))
    for name in absent {
      guard let vector = read.columns[name] else { continue }
      defer { resident.columns[name]?.isSpoiled = spoiled.contains(name) }
      if !spoiled.contains(name) {
        keep(
          vector.withSmallIDs(if: entity.isKey(name)), resident.ids, resident.tokens,
          path(entity, name), try stamp(name, entity, resident.schema))
      }
      try hold(name, vector, entity, resident)
    }
  }

  /// Whether the file has rows outside the chunks to patch that the book has no more: it was read
  /// before a row was replaced without a trigger.
  private func hidesRows(
    _ entity: EntitySpec, _ resident: ResidentEntity, _ file: ColumnFile, _ dirty: Dirty
  ) throws -> Bool {
    var place = 0
    for chunk in file.chunks where !dirty.contains(chunk.token.chunk) {
      let range = chunk.token.ids
      place = resident.ids.firstPlace(notBelow: range.lowerBound, from: place)
      let end = resident.ids.firstPlace(notBelow: range.upperBound + 1, from: place)
      if end - place != chunk.rowCount { return true }
      place = end
    }
    return false
  }

  /// Takes a column as it was stored; keys become row numbers.
  private func hold(
    _ name: String, _ vector: Vector, _ entity: EntitySpec, _ resident: ResidentEntity
  ) throws {
    guard let path = entity.toOne.first(where: { $0.name == name && $0.through == nil }) else {
      resident.columns[name] = ResidentEntity.Column(vector: vector)
      return
    }
    let map = try map(path.target)
    resident.columns[name] = ResidentEntity.Column(
      vector: .row(vector.rows(map)), target: path.target,
      targetState: residents[path.target]?.state)
    // Of a small entity nothing tells a change, so its rows serve this one reading.
    if residents[path.target] == nil { resident.columns[name]?.targetState = -1 }
  }

  /// Writes a column's file; a failure costs the next process time and nothing else.
  private func keep(
    _ vector: Vector, _ ids: [Int64], _ tokens: [ChunkToken], _ path: String, _ stamp: ColumnStamp
  ) {
    if folderIsThere == nil {
      folderIsThere = mkdir(folder, mode | (mode & 0o444) >> 2 | 0o700) == 0 || errno == EEXIST
      ColumnFile.removeUnfinished(in: folder)
    }
    guard folderIsThere == true else { return }
    var chunks: [ColumnChunk] = []
    chunks.reserveCapacity(tokens.count)
    var place = 0
    for token in tokens {
      let end = ids.firstPlace(notBelow: token.ids.upperBound &+ 1, from: place)
      chunks.append(ColumnChunk(token: token, rowCount: end - place))
      place = end
    }
    // A row without a token would never be seen to change.
    guard place == ids.count else { return }
    _ = ColumnFile(stamp: stamp, chunks: chunks, vector: vector).write(to: path, mode: mode)
  }

  private func path(_ entity: EntitySpec, _ field: String) -> String {
    let isInTwoTongues = entity.fields.contains { $0.name == field && $0.secondColumn != nil }
    let ending = isInTwoTongues ? (tongue == .chinese ? ".zh" : ".en") : ""
    return folder + "/" + entity.name + "." + field + ending
  }

  private func stamp(_ name: String, _ entity: EntitySpec, _ schema: Int64) throws -> ColumnStamp {
    let source = try book.source(name, of: entity, tongue: tongue)
    var text = source.sql + " " + source.type.name
    if case .enumeration(let name) = source.type {
      for value in book.catalogue.enumeration(name)?.values ?? [] { text += " " + value.code }
    }
    return stamp(schema: schema, field: Self.hash(text))
  }

  private func stamp(schema: Int64, field: Int64) -> ColumnStamp {
    ColumnStamp(inode: file.inode, born: file.born, schema: schema, field: field)
  }

  private static func hash(_ text: String) -> Int64 {
    var sum = Checksum()
    sum.add(Array(text.utf8))
    return sum.value
  }
}

extension Book {
  /// The rows of an entity, those merged into another left out.
  func rowCount(_ entity: EntitySpec) throws -> Int {
    let table = Schema.quoted(entity.name)
    let all = try connection.int("SELECT count(*) FROM \(table)") ?? 0
    guard hasMergedRows(entity) else { return Int(all) }
    let merged = try connection.int(
      "SELECT count(*) FROM \(table) WHERE \"merged_into_id\" IS NOT NULL")
    return Int(all - (merged ?? 0))
  }
}

extension EntitySpec {
  fileprivate func isKey(_ name: String) -> Bool {
    toOne.contains { $0.name == name && $0.through == nil }
  }
}

extension EntityColumns {
  fileprivate mutating func add(_ read: EntityColumns) {
    problemCount += read.problemCount
    problems += read.problems.prefix(max(0, ColumnProblem.keptLimit - problems.count))
  }
}

extension [Int64] {
  /// The first place, from a given one on, whose value is not below a bound; the values ascend.
  func firstPlace(notBelow bound: Int64, from start: Int) -> Int {
    var low = start
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
