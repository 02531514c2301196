import KithBase

/// One value a line, for rows too wide for a table:
///
/// ```
/// ─ 1 ──────────────
/// name     华强电子
/// revenue  312.4万
/// ```
/// Long values go on below themselves; nothing is cut.
enum LineFormat {
  static let spec = FormatSpec(
    name: "line", aliases: ["vertical"], extensions: [],
    english: "one value a line", chinese: "每行一个值", isForPeople: true, write: write)

  static func write(
    _ table: ResultTable, _ options: RenderOptions, _ output: inout ChunkedOutput
  ) throws {
    let display = options.display
    let columns = PreparedColumns(table, options, .people)
    let shown = options.shownRows(of: table.rowCount)
    let total = options.width.map { max(4, $0.count) }
    var nameWidth = columns.names.reduce(0) {
      max($0, display.width(of: DisplayWidth.sanitized($1)).count)
    }
    if let total { nameWidth = min(nameWidth, max(1, (total - 2) / 2)) }
    let nameColumns = DisplayColumns(nameWidth)
    let names = columns.names.map { name in
      let shown = display.truncated(DisplayWidth.sanitized(name), to: nameColumns)
      return display.padded(shown, to: nameColumns)
    }
    let valueWidth = total.map { DisplayColumns(max(1, $0 - nameWidth - 2)) }
    var scratch: [UInt8] = []
    for row in 0..<shown {
      output.append(rule(row + 1, total ?? nameWidth + 24, options) + "\n")
      for column in names.indices {
        let value = columns.string(row, column, scratch: &scratch)
        let lines = lines(of: value, width: valueWidth, display)
        for (index, line) in lines.enumerated() {
          let name = index == 0 ? names[column] : nameColumns.spaces
          output.append(line.isEmpty ? trimmed(name) + "\n" : name + "  " + line + "\n")
        }
      }
      try output.flushIfFull()
    }
    BoxFormat.writeFooter(table, options, shown: shown, hidden: [], &output)
  }

  private static func rule(_ number: Int, _ width: Int, _ options: RenderOptions) -> String {
    let line = options.display.ambiguous == .wide ? "-" : "─"
    let head = "\(line) \(number) "
    let rest = max(0, width - options.display.width(of: head).count)
    let text = options.display.prefix(
      of: head + String(repeating: line, count: rest), to: DisplayColumns(width))
    return options.colour ? "\u{1b}[2m\(text)\u{1b}[0m" : text
  }

  /// Line feeds of the value are kept, other controls shown.
  private static func lines(of value: String, width: DisplayColumns?, _ display: DisplayWidth)
    -> [String]
  {
    value.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map { DisplayWidth.sanitized(String($0)) }
      .flatMap { line in width.map { display.wrapped(line, to: $0) } ?? [line] }
  }

  private static func trimmed(_ text: String) -> String {
    var end = text.endIndex
    while end > text.startIndex, text[text.index(before: end)] == " " {
      end = text.index(before: end)
    }
    return String(text[..<end])
  }
}
