import KithBase
import KithModel

/// The import of one file: everything between opening it and the last line of its report.
final class FileImport {
  let book: Book
  let options: ImportOptions
  let entity: EntitySpec
  let source: RowSource
  let arena = ByteArena()
  let log = ImportLog()
  let rejects: RejectsFile
  private(set) var report: ImportFileReport
  /// Nodes whose columns are read from each row, parents first.
  var nodes: [ImportNode] = [] {
    didSet {
      cells = nodes.flatMap { node in
        node.columns.enumerated().map { (node: node, place: $0.offset, column: $0.element) }
      }
    }
  }
  private var cells: [(node: ImportNode, place: Int, column: BoundColumn)] = []
  private var filters: [RowFilter] = []
  private let progress: (Int, Int) throws -> Void
  private var faults: [(column: BoundColumn, fault: CellFault)] = []

  init(
    book: Book, options: ImportOptions, entity: EntitySpec, path: String,
    progress: @escaping (Int, Int) throws -> Void
  ) throws {
    self.book = book
    self.options = options
    self.entity = entity
    self.progress = progress
    source = try RowSource(path: path, options: options)
    report = ImportFileReport(path: path, entity: entity.name)
    report.encoding = source.encoding.encoding.converterName
    rejects = RejectsFile(
      path: options.rejectsPath ?? path + ".rejects.csv", headers: source.headers)
    for text in options.only {
      filters.append(try RowFilter(text, headers: source.headers))
    }
  }

  /// Runs inside a transaction of the caller. What is thrown undoes everything.
  func run() throws {
    let names = ImportNames(catalogue: book.catalogue)
    let bindings = try ColumnBinder.bind(
      names: names, entity: entity, headers: source.headers, options: options)
    let stages = try makeStages()
    let all = try keptColumns(bindings)
    guard !all.isEmpty else { throw nothingFits() }
    describe(bindings, all)
    let batch = try Batch(book: book, file: source.path, entity: entity.name, now: options.now)
    report.batch = batch.id
    let bulk = try BulkLoad(book: book, entity: entity, fileSize: source.progress.1)
    var keys = options.key
    if options.history {
      let history = try HistoryImport(self, all, stages)
      try history.run()
      keys = ["code"]
    } else {
      try importRows(all, stages, batch.id)
      if keys.isEmpty, all.contains(where: { $0.target.path == "code" }) { keys = ["code"] }
    }
    if nodes.contains(where: { $0.entity.name == "customer" }) {
      try NameKeys.refresh(book.connection, onlyMissing: report.rowsUpdated == 0)
    }
    try bulk.finish()
    report.parentsMade = log.parentsMade.filter { $0.value > 0 }
    report.termsAdded = log.termsAdded
    try addClosingNotes(stages)
    report.notes = log.notes
    try batch.finish(report, keys: keys)
    try rejects.finish()
  }

  /// After the transaction: the rejected rows get their file.
  func published() throws -> ImportFileReport {
    if report.rowsRejected > 0 {
      try rejects.publish()
      report.rejectsPath = rejects.path
    }
    return report
  }

  /// After a transaction that was undone on purpose.
  func rehearsed() -> ImportFileReport {
    report.batch = nil
    return report
  }

  // MARK: Preparing

  private func makeStages() throws -> StageLookup? {
    guard let list = options.stages else { return nil }
    guard entity.name == "opportunity" else {
      throw Diagnostic("K7107", "--stages goes with an import of opportunities")
    }
    let name = options.funnel ?? Self.stem(options.files.first ?? source.path)
    return try StageLookup(list: list, funnel: name, book: book, now: options.now)
  }

  /// `data/sales_pipeline.csv.gz` is `sales_pipeline`.
  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty else { return name }
    var kept = parts
    for ending in ["gz", "csv", "tsv", "txt"] where kept.count > 1 && kept.last == ending[...] {
      kept.removeLast()
    }
    return kept.joined(separator: ".")
  }

  /// All bindings, those of columns that become fields of the book included.
  private func keptColumns(_ bindings: ColumnBindings) throws -> [ColumnBinding] {
    var all = bindings.bindings
    guard !bindings.kept.isEmpty else { return all }
    let types = try source.survey.types(bindings.kept.map(\.column), zone: options.zone)
    for (kept, type) in zip(bindings.kept, types) {
      let field = try book.addImportedField(
        entity: kept.entity, header: kept.name, type: type, now: options.now)
      report.customFields.append(
        AddedField(entity: kept.entity, name: field.name, type: field.type))
      let path = (kept.steps.map(\.name) + [field.name]).joined(separator: ".")
      all.append(
        ColumnBinding(
          source: .column(kept.column), header: source.headers[kept.column],
          target: ImportNames.Target(steps: kept.steps, field: field, path: path), factor: 1))
    }
    return all
  }

  private func nothingFits() -> Diagnostic {
    Diagnostic(
      "K7106",
      "no column of '\(source.path)' is a field of \(entity.plural): "
        + source.headers.prefix(12).joined(separator: ", "),
      help: options.header
        ? "map columns with --map \"header=field\", or say --no-header if the file has no headers"
        : "name the columns with --columns")
  }

  private func describe(_ bindings: ColumnBindings, _ all: [ColumnBinding]) {
    var paths = [String?](repeating: nil, count: source.headers.count)
    for binding in all {
      switch binding.source {
      case .column(let column): paths[column] = binding.target.path
      case .difference(let left, let right):
        for column in [left, right] where paths[column] == nil {
          paths[column] = binding.target.path
        }
      case .constant: break
      }
    }
    report.columns = zip(source.headers, paths).map { ImportedColumn(header: $0, path: $1) }
    let ignored = bindings.ignored.filter { paths[$0] == nil }.map { source.headers[$0] }
    if !ignored.isEmpty {
      let list = ignored.joined(separator: ", ")
      log.note(
        "ignored",
        "ignored: \(list); --map \"\(ignored[0])=field\" gives a column its field, --keep makes "
          + "fields of all",
        "未导入的列：\(list)；用 --map \"\(ignored[0])=字段\" 指定字段，或用 --keep 全部存为自定义字段")
    }
    for (column, name, why) in bindings.computed where paths[column] == nil {
      let header = source.headers[column]
      log.note(
        "computed", "'\(header)' is not imported: \(name) of a \(entity.name) is taken, \(why)",
        "'\(header)' 未导入：\(entity.zh)已有同名的 \(name)，不能写入")
    }
    if !bindings.unnamed.isEmpty {
      let list = bindings.unnamed.map { String($0 + 1) }.joined(separator: ", ")
      log.note(
        "unnamed", "columns without a header are ignored: \(list)", "没有表头的列未导入：第 \(list) 列")
    }
  }

  // MARK: Rows

  private func importRows(
    _ bindings: [ColumnBinding], _ stages: StageLookup?, _ batch: Int64
  ) throws {
    var tree = ImportTree(
      book: book, options: options, arena: arena, log: log, stages: stages)
    let root = try tree.build(entity, bindings, keys: options.key)
    try checkRequired(root)
    root.forEachNode { nodes.append($0) }
    let rows = try RowImporter(
      book: book, options: options, root: root, log: log, arena: arena, stages: tree.stages,
      batchID: batch)
    let lookup = tree.stages
    try forEachRow { batch, row in
      lookup?.current = nil
      guard try self.decode(batch, row) else { return }
      switch try rows.take() {
      case .new: self.report.rowsNew += 1
      case .updated: self.report.rowsUpdated += 1
      case .unchanged: self.report.rowsUnchanged += 1
      }
    }
    try Purchases.addUp(rows, bindings, book, log)
    if rows.repeatedCount > 0 {
      log.note(
        "repeated",
        "\(rows.repeatedCount) rows repeat the key of an earlier row; the last one wins",
        "\(rows.repeatedCount) 行的键与前面的行重复，以最后一行为准")
    }
  }

  /// A file that cannot make a single row is refused before its rows are.
  private func checkRequired(_ root: ImportNode) throws {
    if case .key = root.identity { return }
    for field in root.entity.fields where field.required && field.name != "id" {
      let given =
        root.columns.contains { $0.columns.contains(field.column) }
        || root.extraColumns.contains(field.column) || field.defaultValue != nil
      if !given { throw missing(field.name, field.zh) }
    }
    for step in root.entity.toOne where step.required && step.through == nil {
      let given =
        root.parent(step.name) != nil || root.column(of: step.name) != nil
        || root.extraColumns.contains(step.column)
      if !given { throw missing(step.name, step.zh) }
    }
  }

  private func missing(_ name: String, _ zh: String) -> Diagnostic {
    Diagnostic(
      "K7106",
      "a new \(entity.name) needs \(name) (\(zh)), and no column of '\(source.path)' "
        + "gives it",
      help: "map a column to it with --map \"header=\(name)\", or give all rows one value with "
        + "--set \"\(name)=…\"")
  }

  /// Calls the body for each row that is to be imported; a `CellFault` it throws rejects the row.
  func forEachRow(_ body: (RowBatch, Int) throws -> Void) throws {
    let width = source.headers.count
    while let batch = try source.next() {
      for row in 0..<batch.rowCount {
        guard !isBlank(batch, row) else { continue }
        report.rowsRead += 1
        guard filters.allSatisfy({ $0.holds(batch, row) }) else {
          report.rowsSkipped += 1
          continue
        }
        guard hasWidth(batch, row, width) else {
          try reject(
            batch, row, column: "", value: "",
            options.tongue == .chinese
              ? "这一行有 \(batch.cellCount(row)) 格，表头有 \(width) 格"
              : "the row has \(batch.cellCount(row)) cells and the header \(width)")
          continue
        }
        do {
          try body(batch, row)
        } catch let fault as CellFault {
          try reject(batch, row, column: "", value: "", fault.reason(options.tongue))
        }
      }
      let (done, total) = source.progress
      try progress(done, total)
    }
    if report.rowsRead == 0 {
      log.note("no-rows", "'\(source.path)' holds no rows", "'\(source.path)' 没有数据行")
    }
  }

  private func isBlank(_ batch: RowBatch, _ row: Int) -> Bool {
    for column in 0..<batch.cellCount(row) where !trimmed(batch.cell(row, column)).isEmpty {
      return false
    }
    return true
  }

  /// Cells beyond the header are forgiven where they hold nothing.
  private func hasWidth(_ batch: RowBatch, _ row: Int, _ width: Int) -> Bool {
    let count = batch.cellCount(row)
    if count == width { return true }
    guard count > width else { return false }
    return (width..<count).allSatisfy { trimmed(batch.cell(row, $0)).isEmpty }
  }

  /// Reads the cells of all nodes; false where some could not be read and the row was rejected.
  func decode(_ batch: RowBatch, _ row: Int) throws -> Bool {
    if !faults.isEmpty { faults.removeAll(keepingCapacity: true) }
    for (node, place, column) in cells {
      do {
        node.values[place] = try value(column, batch, row)
      } catch let fault as CellFault {
        faults.append((column, fault))
      }
    }
    guard let first = faults.first else { return true }
    var value = ""
    if case .column(let column) = first.column.source { value = batch.string(row, column) }
    let reasons = faults.map {
      let reason = $0.fault.reason(options.tongue)
      return faults.count == 1 ? reason : "\($0.column.header): \(reason)"
    }
    try reject(
      batch, row, column: first.column.header, value: value, reasons.joined(separator: "; "))
    return false
  }

  private func value(_ column: BoundColumn, _ batch: RowBatch, _ row: Int) throws -> CellValue {
    switch column.source {
    case .constant: return try column.decoder.value(column.constant)
    case .column(let place):
      let cell = batch.cell(row, place)
      do {
        return try column.decoder.value(cell)
      } catch is DateOrderNeeded {
        column.decoder.order = try source.survey.dateOrder(place)
        column.decoder.orderIsDecided = true
        return try column.decoder.value(cell)
      }
    case .difference(let left, let right):
      let minuend = try column.decoder.value(batch.cell(row, left))
      let subtrahend = try column.decoder.value(batch.cell(row, right))
      switch (minuend, subtrahend) {
      case (.int(let a), .int(let b)):
        let (result, overflow) = a.subtractingReportingOverflow(b)
        if overflow {
          throw CellFault("the difference is larger than an amount can be", "差超出金额的范围")
        }
        return .int(result)
      case (.real(let a), .real(let b)): return .real(a - b)
      case (.empty, _), (_, .empty): return .empty
      default: throw CellFault("only numbers can be subtracted", "只有数才能相减")
      }
    }
  }

  func reject(
    _ batch: RowBatch, _ row: Int, column: String, value: String, _ reason: String
  ) throws {
    report.rowsRejected += 1
    let line = RejectedRow(
      line: batch.lines[row], column: column, value: String(value.prefix(200)), reason: reason)
    if report.rejects.count < 20 { report.rejects.append(line) }
    if options.dryRun, options.rejectsPath == nil { return }
    try rejects.add(line, cells: batch.strings(row))
  }

  func skip() { report.rowsSkipped += 1 }
  func count(new: Int = 0, updated: Int = 0, unchanged: Int = 0, stageChanges: Int = 0) {
    report.rowsNew += new
    report.rowsUpdated += updated
    report.rowsUnchanged += unchanged
    report.stageChanges += stageChanges
  }

  private func addClosingNotes(_ stages: StageLookup?) throws {
    try ClosingNotes(log: log, book: book, nodes: nodes).add()
    if let stages, stages.becameMain {
      log.note(
        "main",
        "funnel '\(stages.funnelName)' was made and is now the main one: the former has no deals",
        "新建漏斗'\(stages.funnelName)'并设为默认漏斗，因为原默认漏斗没有商机")
    }
  }
}
