import ArgumentParser
import Glibc
import Kith
import KithBase
import KithStore

/// `import FILE… --into ENTITY BOOK`: files become rows.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring CSV or TSV files into a book, made if it is not there.",
    discussion: """
      Headers are matched to fields in either tongue; --map tells the others: \
      "deal_stage=stage,account=customer.name". One transaction a file: a file is imported whole or \
      not at all, and rows that do not fit are written to FILE.rejects.csv with the reason.
      """)

  @Argument(help: "The files, then the book.") var paths: [String]
  @Option(help: "What the rows are: customers, opportunities, 客户 …") var into: String
  @Option(help: "HEADER=FIELD,…: fields may be paths such as customer.name; - ignores.") var map:
    [String] = []
  @Option(name: .customLong("set"), help: "FIELD=VALUE,… for all rows.") var constants: [String] =
    []
  @Option(help: "Fields that tell which row to update.") var key: [String] = []
  @Option(help: "The file's own stages in order: Prospecting,Engaging,Won*,Lost-") var stages:
    String?
  @Option(help: "The name of their funnel.") var funnel: String?
  @Flag(help: "Each row is the entry of a deal into a stage.") var history = false
  @Flag(help: "In a history, leave out stages the funnel lacks.") var skipUnknownStages = false
  @Option(help: "COLUMN=GLOB: only such rows.") var only: [String] = []
  @Flag(help: "Columns that match nothing become fields of the book.") var keep = false
  @Flag(help: "Unknown values of lists that may grow are added.") var newValues = false
  @Flag(name: .customLong("loose"), help: "Names match without regard to case, width and blanks.")
  var looseNames = false
  @Flag(name: .customLong("every"), help: "Update all rows that share a key.") var everyMatch =
    false
  @Flag(help: "Empty cells empty the field of an updated row.") var emptyOverwrites = false
  @Option(help: "A character, tab or blanks.") var delimiter: String?
  @Option(help: "utf-8, gb18030, …") var encoding: String?
  @Flag(help: "The file has no header; give --columns.") var noHeader = false
  @Option(help: "Headers of a file without them, by commas.") var columns: String?
  @Flag(help: "Quotes are plain characters.") var noQuotes = false
  @Option(help: "dmy or mdy, where dates do not tell.") var dates: String?
  @Option(name: .customLong("empty"), help: "Words that mean an empty cell.") var empty: [String] =
    []
  @Option(help: "Where rejected rows go.") var rejects: String?
  @Flag(help: "Read, check and count; write nothing.") var dryRun = false

  func validate() throws {
    guard paths.count >= 2 else { throw ValidationError("name the files, then the book") }
  }

  func run() throws {
    let files = Array(paths.dropLast())
    let path = paths[paths.count - 1]
    var options = ImportOptions(files: files, entity: into, now: Session.clockNow)
    options.map = try map.flatMap { try ImportMapping.parse($0) }
    options.constants = try constants.flatMap { try ImportConstant.parse($0) }
    options.key = key.flatMap { $0.split(separator: ",").map { String($0).trimmedBlanks } }
    (options.stages, options.funnel, options.only) = (stages, funnel, only)
    (options.history, options.skipUnknownStages, options.keep) = (history, skipUnknownStages, keep)
    (options.newValues, options.looseNames, options.everyMatch) = (
      newValues, looseNames, everyMatch
    )
    (options.emptyOverwrites, options.dryRun) = (emptyOverwrites, dryRun)
    (options.delimiter, options.encoding, options.header) = (delimiter, encoding, !noHeader)
    options.columns =
      columns.map { $0.split(separator: ",").map { String($0).trimmedBlanks } } ?? []
    options.quotes = !noQuotes
    (options.emptyWords, options.rejectsPath) = (empty, rejects)
    if let dates {
      guard let order = DateOrder(rawValue: dates) else {
        throw ValidationError("--dates is dmy or mdy")
      }
      options.dateOrder = order
    }
    options.tongue = Terminal.tongue
    let progress = Progress()
    let report = try Session.importFiles(options, intoBookAt: path) { done, all in
      try progress.show(done, all)
    }
    progress.erase()
    ImportSummary(report, Terminal.tongue).write()
  }
}

/// What an import says of itself, on standard error but for the counts.
struct ImportSummary {
  let report: ImportReport
  let chinese: Bool

  init(_ report: ImportReport, _ tongue: Tongue) {
    self.report = report
    chinese = tongue == .chinese
  }

  func write() {
    for file in report.files {
      Terminal.write(line(file) + "\n", to: 1)
      if file.stageChanges > 0 {
        remark("\(file.stageChanges) stage changes", "\(file.stageChanges) 次阶段变更")
      }
      for field in file.customFields {
        remark(
          "new field \(field.entity).\(field.name): \(field.type.name)",
          "新字段 \(field.entity).\(field.name)：\(field.type.name)")
      }
      let ignored = file.columns.filter { $0.path == nil }.map(\.header)
      if !ignored.isEmpty {
        let list = ignored.joined(separator: ", ")
        remark(
          "columns not used: \(list) (--map names them, --keep keeps them)",
          "未用的列：\(list)（--map 指定，--keep 保留）")
      }
      for note in file.notes where note.kind != "ignored" { remark(note.english, note.chinese) }
      for row in file.rejects.prefix(5) {
        let place = row.column.isEmpty ? ("", "") : (", \(row.column)", " \(row.column)")
        remark(
          "line \(row.line)\(place.0): \(row.reason)", "第 \(row.line) 行\(place.1)：\(row.reason)")
      }
      if let path = file.rejectsPath { remark("rejected rows are in \(path)", "被拒绝的行在 \(path)") }
    }
  }

  private func line(_ file: ImportFileReport) -> String {
    let dry = report.dryRun ? (chinese ? "（试运行）" : " (dry run)") : ""
    return chinese
      ? "\(file.path)：读 \(file.rowsRead) 行，新增 \(file.rowsNew)，更新 \(file.rowsUpdated)，拒绝 \(file.rowsRejected)，略过 \(file.rowsSkipped)\(dry)"
      : "\(file.path): \(file.rowsRead) rows read, \(file.rowsNew) new, \(file.rowsUpdated) updated, \(file.rowsRejected) rejected, \(file.rowsSkipped) skipped\(dry)"
  }

  private func remark(_ english: String, _ zh: String) {
    Terminal.write("  " + (chinese ? zh : english) + "\n", to: 2)
  }
}
