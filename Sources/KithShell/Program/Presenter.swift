import Glibc
import Kith
import KithBase
import KithShow

/// Puts results, remarks and errors where a reader or a program expects them.
final class Presenter {
  enum Exit {
    static let fine: Int32 = 0
    static let failed: Int32 = 1
    static let misuse: Int32 = 2
    static let unchecked: Int32 = 3
    static let empty: Int32 = 4
    static let changed: Int32 = 10
    static let interrupted: Int32 = 130
  }

  var formatName: String?
  var outputPath: String?
  var tongue: Tongue
  var rowLimit: Int?
  var colourWish = "auto"
  var errorsAsJSON = false
  var showsTimes = true
  /// A table without rows was shown.
  private(set) var sawEmpty = false
  /// Somebody entered or left a list that was run or compared.
  private(set) var sawChange = false
  /// The changes of the recording that runs were shown already.
  private var hasPreviewed = false
  private let isTerminal = Terminal.isTerminal(1)

  init(_ launch: Launch, tongue: Tongue) {
    formatName = launch.format
    outputPath = launch.outputPath
    self.tongue = tongue
    rowLimit = launch.rowLimit
    colourWish = launch.colour
    errorsAsJSON = launch.errorsAsJSON
    showsTimes = !launch.isBatch
  }

  /// How many rows of a table need their values: those a person is shown.
  var neededRows: Int? {
    guard outputPath == nil, let format = try? self.format(isTree: false), format.isForPeople else {
      return nil
    }
    return rowLimit ?? (isTerminal ? 40 : nil)
  }

  private func format(isTree: Bool) throws -> FormatSpec {
    if let formatName {
      guard let format = FormatCatalogue.format(named: formatName) else {
        let known = FormatCatalogue.all.map(\.name)
        throw Diagnostic(
          "K7015", "no format '\(formatName)'",
          help: "formats are " + known.joined(separator: ", "),
          suggestions: Spelling.nearest(formatName, among: known))
      }
      return format
    }
    if let outputPath, let format = FormatCatalogue.format(forFile: outputPath) { return format }
    guard isTerminal, outputPath == nil else { return FormatCatalogue.tsv }
    return isTree
      ? FormatCatalogue.format(named: "tree") ?? FormatCatalogue.box : FormatCatalogue.box
  }

  func show(_ event: ScriptEvent) throws {
    switch event {
    case .table(let table): try show(table)
    case .text(let text): Terminal.write(Presenter.safe(text, isTerminal) + "\n", to: 1)
    case .exported(let path, let rows):
      remark(tongue == .chinese ? "已写入 \(path)：\(rows) 行" : "wrote \(path): \(rows) rows")
    case .chart(_, let table): try show(table)
    case .list(let hasChanged): sawChange = sawChange || hasChanged
    case .warning(let diagnostic): warn(diagnostic)
    case .recorded(let recorded): try show(recorded)
    }
  }

  /// What was changed; the notes alone where the changes were shown before.
  private func show(_ recorded: Recorded) throws {
    defer { hasPreviewed = false }
    if hasPreviewed { return remarks(recorded.table) }
    try show(recorded.table)
  }

  /// Shows what a recording would change; asks where it is more than one row.
  func confirm(_ recorded: Recorded, isAsking: Bool) throws -> Bool {
    guard recorded.changedRows > 1, isAsking else { return true }
    try show(recorded.table)
    hasPreviewed = true
    Terminal.write(tongue == .chinese ? "写入？[y/N] " : "write this? [y/N] ", to: 2)
    let answer = readLine()?.trimmedBlanks.lowercased() ?? ""
    if ["y", "yes", "是", "好"].contains(answer) { return true }
    hasPreviewed = false
    remark(tongue == .chinese ? "没有写入" : "nothing was written")
    return false
  }

  private static func safe(_ text: String, _ isTerminal: Bool) -> String {
    guard isTerminal else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      let control = scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
      shown.unicodeScalars.append(control || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
    }
    return shown
  }

  func show(_ table: Table) throws {
    if table.totalRowCount == 0 { sawEmpty = true }
    var result = table.result
    let format = try self.format(isTree: result.tree != nil)
    var options = RenderOptions(style: table.style)
    options.isTerminal = isTerminal && outputPath == nil
    options.width = options.isTerminal ? DisplayColumns(Terminal.width) : nil
    options.rowLimit = rowLimit ?? (options.isTerminal ? 40 : nil)
    options.colour = options.isTerminal && Terminal.usesColour(1, colourWish)
    if !showsTimes || !isTerminal { result.milliseconds = nil }
    if let outputPath {
      options.showsFooter = false
      try Exporter.replace(outputPath) { sink in
        try format.write(result, options: options, to: sink)
      }
    } else {
      try format.write(result, options: options) { Terminal.write($0, to: 1) }
    }
    if !format.isForPeople || outputPath != nil { remarks(table) }
  }

  /// Notes of a result whose format has no place for them go to standard error.
  private func remarks(_ table: Table) {
    for note in table.notes { remark((tongue == .chinese ? "注：" : "note: ") + note) }
  }

  func remark(_ text: String) { Terminal.write(Presenter.safe(text, true) + "\n", to: 2) }

  private func warn(_ diagnostic: Diagnostic) {
    Terminal.write(drawn([diagnostic]), to: 2)
  }

  private func drawn(_ diagnostics: [Diagnostic]) -> String {
    if errorsAsJSON { return diagnostics.json() + "\n" }
    var options = DrawingOptions(colour: Terminal.usesColour(2, colourWish), tongue: tongue)
    if Terminal.isTerminal(2) { options.width = DisplayColumns(max(20, Terminal.width)) }
    return diagnostics.drawnAll(options)
  }

  /// Draws an error and gives the exit code it means.
  func report(_ error: any Error) -> Int32 {
    let diagnostics = KithError(error).diagnostics
    Terminal.write(drawn(diagnostics), to: 2)
    return Presenter.exitCode(diagnostics)
  }

  static func exitCode(_ diagnostics: [Diagnostic]) -> Int32 {
    guard let code = diagnostics.first?.code else { return Exit.failed }
    if code == "K5001" { return Exit.interrupted }
    return code.hasPrefix("K1") || code.hasPrefix("K2") || code.hasPrefix("K3")
      ? Exit.unchecked : Exit.failed
  }
}
