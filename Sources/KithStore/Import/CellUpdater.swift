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
  private var newValues: [CellValue] = []

  /// Columns the import fills in new rows only.
  private static let neverUpdated: Set<String> = ["name", "category", "id"]
  /// Fields of an opportunity whose changes stand in `stage_change`.
  private static let ladderFields: Set<String> = ["stage", "state", "funnel"]

  init(node: ImportNode, book: Book, options: ImportOptions) throws {
    self.node = node
    self.book = book
    self.options = options
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

  /// Returns whether anything changed. `batch` nil writes no changes down: the row is filled for
  /// the first time.
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
    if batch != nil, node.entity.name == "opportunity",
      changed.contains(where: { Self.ladderFields.contains(fields[$0]) })
    {
      try logStage(id)
    }
    try writer.bind(columns.count + 1, .int(id))
    try writer.run()
    if let batch { try log(changed, old, id, batch) }
    return true
  }

  private func log(_ changed: [Int], _ old: [String?], _ id: Int64, _ batch: Int64) throws {
    let name = node.entity.name
    for index in changed {
      // A text in two tongues that the file gives in one is one change.
      if index > 0, fields[index] == fields[index - 1], changed.contains(index - 1) { continue }
      if name == "customer", fields[index] == "class" {
        try logClass(old[index], newValues[places[index]], id)
      } else if name == "opportunity", Self.ladderFields.contains(fields[index]) {
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
    try writer.bind(1, copying: node.entity.name)
    try writer.bind(2, .int(id))
    try writer.bind(3, copying: field)
    try writer.bind(4, copying: from)
    try writer.bind(5, copying: to)
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
    try writer.bind(1, copying: from)
    try writer.bind(2, to)
    try writer.bind(3, .time(options.now.microseconds))
    try writer.bind(4, .int(id))
    try writer.run()
  }

  /// Writes the move an opportunity is about to make, before its row is changed.
  private func logStage(_ id: Int64) throws {
    let before = try book.connection.prepare(
      "SELECT \"stage_id\", \"state\", \"amount_fen\" FROM \"opportunity\" WHERE \"id\" = ?")
    try before.bind(1, id)
    guard try before.step() else { return }
    func given(_ field: String) -> CellValue {
      fields.firstIndex(of: field).map { newValues[places[$0]] } ?? .empty
    }
    func given(_ field: String, or old: Int64?) -> CellValue {
      let value = given(field)
      return value.isEmpty ? old.map { .int($0) } ?? .empty : value
    }
    let writer =
      try ladder
      ?? CellWriter(
        insertInto: "stage_change",
        columns: ["from_id", "to_id", "state", "at", "amount_fen", "opportunity_id"],
        connection: book.connection)
    ladder = writer
    let state = given("state").storedText ?? before.text(1) ?? "open"
    // A closing without a win leaves the stages.
    let leaves = state == "lost" || state == "abandoned"
    try writer.bind(1, before.int(0).map { .int($0) } ?? .empty)
    try writer.bind(2, leaves ? .empty : given("stage", or: before.int(0)))
    try writer.bind(3, copying: state)
    try writer.bind(4, .time(options.now.microseconds))
    try writer.bind(5, given("amount", or: before.int(2)))
    try writer.bind(6, .int(id))
    try writer.run()
  }
}
