import KithBase
import KithModel

/// Changes a row of the book to what a file says, and writes down what changed.
final class CellUpdater {
  private let node: ImportNode
  private let book: Book
  private let options: ImportOptions
  private let columns: [String]
  /// The language's name of each column, for `change`.
  private let fields: [String]
  /// Which of the node's stored columns these are.
  private let places: [Int]
  private let writer: CellWriter
  private let snapshot: RowSnapshot
  private var change: CellWriter?
  private var ladder: CellWriter?
  private let arena: ByteArena
  private var newValues: [CellValue] = []

  /// Columns the import fills in new rows only.
  private static let neverUpdated: Set<String> = ["name", "category", "id"]

  init(node: ImportNode, book: Book, options: ImportOptions, arena: ByteArena) throws {
    self.node = node
    self.book = book
    self.options = options
    self.arena = arena
    var columns: [String] = []
    var fields: [String] = []
    var places: [Int] = []
    var place = 0
    func take(_ column: String, _ field: String) {
      columns.append(column)
      fields.append(field)
      places.append(place)
    }
    for bound in node.columns {
      for column in bound.columns {
        if column != "id" { take(column, bound.field.name) }
        place += 1
      }
    }
    for parent in node.parents {
      if let step = parent.step { take(step.column, step.name) }
      place += 1
    }
    for column in node.extraColumns {
      if !Self.neverUpdated.contains(column) {
        take(column, column.hasSuffix("_id") ? String(column.dropLast(3)) : column)
      }
      place += 1
    }
    self.columns = columns
    self.fields = fields
    self.places = places
    writer = try CellWriter(
      update: node.entity.name, columns: columns, keepingEmpty: !options.emptyOverwrites,
      connection: book.connection)
    snapshot = try RowSnapshot(node.entity.name, columns: columns, connection: book.connection)
  }

  /// Returns whether anything changed. `batch` nil writes no changes down: the row is filled for the
  /// first time.
  func update(_ id: Int64, batch: Int64?) throws -> Bool {
    newValues.removeAll(keepingCapacity: true)
    node.forEachValue { newValues.append($0) }
    let old = try snapshot.values(id)
    guard old.count == columns.count else { return false }
    var changed: [Int] = []
    for (index, place) in places.enumerated() {
      let value = newValues[place]
      try writer.bind(index + 1, value)
      if value.isEmpty, !options.emptyOverwrites { continue }
      if !value.equals(stored: old[index]) { changed.append(index) }
    }
    if changed.isEmpty { return false }
    try writer.bind(columns.count + 1, .int(id))
    try writer.run()
    if let batch { try log(changed, old, id, batch) }
    return true
  }

  private func log(_ changed: [Int], _ old: [String?], _ id: Int64, _ batch: Int64) throws {
    let name = node.entity.name
    if name == "opportunity",
      changed.contains(where: { ["stage", "state"].contains(fields[$0]) })
    {
      try logStage(old, id)
    }
    for index in changed {
      // A text in two tongues that the file gives in one is one change.
      if index > 0, fields[index] == fields[index - 1], changed.contains(index - 1) { continue }
      if name == "customer", fields[index] == "class" {
        try logClass(old[index], newValues[places[index]], id)
      } else if name == "opportunity", ["stage", "state", "funnel"].contains(fields[index]) {
        continue
      } else if node.entity.tracked {
        try logField(fields[index], old[index], newValues[places[index]].storedText, id, batch)
      }
    }
  }

  private func logField(
    _ field: String, _ from: String?, _ to: String?, _ id: Int64, _ batch: Int64
  ) throws {
    let writer =
      try change
      ?? CellWriter(
        insertInto: "change",
        columns: ["entity", "object_id", "field", "from_value", "to_value", "at", "batch_id"],
        connection: book.connection)
    change = writer
    let texts = [node.entity.name, field, from, to].map { text in
      text.map { CellValue.text(arena.store($0)) } ?? .empty
    }
    try writer.bind(1, texts[0])
    try writer.bind(2, .int(id))
    try writer.bind(3, texts[1])
    try writer.bind(4, texts[2])
    try writer.bind(5, texts[3])
    try writer.bind(6, .time(options.now.microseconds))
    try writer.bind(7, .int(batch))
    try writer.run()
  }

  private func logClass(_ from: String?, _ to: CellValue, _ id: Int64) throws {
    // An emptied class has no step of the ladder to go to.
    guard !to.isEmpty else { return }
    let writer =
      try ladder
      ?? CellWriter(
        insertInto: "class_change", columns: ["from_class", "to_class", "at", "customer_id"],
        connection: book.connection)
    ladder = writer
    try writer.bind(1, from.map { .text(arena.store($0)) } ?? .empty)
    try writer.bind(2, to)
    try writer.bind(3, .time(options.now.microseconds))
    try writer.bind(4, .int(id))
    try writer.run()
  }

  private func logStage(_ old: [String?], _ id: Int64) throws {
    func place(_ field: String) -> Int? { fields.firstIndex(of: field) }
    func value(_ field: String) -> CellValue {
      guard let index = place(field) else { return .empty }
      let new = newValues[places[index]]
      if !new.isEmpty { return new }
      return old[index].map { .text(arena.store($0)) } ?? .empty
    }
    let writer =
      try ladder
      ?? CellWriter(
        insertInto: "stage_change",
        columns: ["from_id", "to_id", "state", "at", "amount_fen", "opportunity_id"],
        connection: book.connection)
    ladder = writer
    let from = place("stage").flatMap { old[$0] }.flatMap { Int64($0) }
    var state = value("state")
    if state.isEmpty {
      let stored = try book.connection.text(
        "SELECT \"state\" FROM \"opportunity\" WHERE \"id\" = \(id)")
      state = .text(arena.store(stored ?? "open"))
    }
    // A closing without a win leaves the stages.
    let closes = ["lost", "abandoned"].contains(state.storedText ?? "")
    let to = closes ? CellValue.empty : value("stage")
    try writer.bind(1, from.map { .int($0) } ?? .empty)
    try writer.bind(2, to.storedText.flatMap { Int64($0) }.map { .int($0) } ?? .empty)
    try writer.bind(3, state)
    try writer.bind(4, .time(options.now.microseconds))
    try writer.bind(5, value("amount").storedText.flatMap { Int64($0) }.map { .int($0) } ?? .empty)
    try writer.bind(6, .int(id))
    try writer.run()
  }
}
