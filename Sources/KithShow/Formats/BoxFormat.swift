import KithBase

/// A table in lines, aligned for Chinese, fitted to the terminal:
///
/// ```
/// ┌──────────┬──────┬─────────┐
/// │ name     │ city │ revenue │
/// ├──────────┼──────┼─────────┤
/// │ 华强电子 │ 深圳 │ 312.4万 │
/// └──────────┴──────┴─────────┘
/// 1 row · 3 columns · 34 ms
/// ```
/// Texts are shrunk first, to ten columns; then columns are hidden from the right and named below;
/// where fewer than three would be left, the rows stand one value a line (`LineFormat`).
enum BoxFormat {
  static let spec = FormatSpec(
    name: "box", aliases: ["table"], extensions: [],
    english: "a table in lines, fitted to the terminal", chinese: "带框表格，适应终端宽度",
    isForPeople: true, write: write)

  /// What a text column can be shrunk to: five Chinese characters, or four and `…`.
  static let minimumTextColumns = 10

  private static func write(
    _ table: ResultTable, _ options: RenderOptions, _ output: inout ChunkedOutput
  ) throws {
    guard !table.columns.isEmpty else {
      writeFooter(table, options, shown: table.rowCount, hidden: [], &output)
      return
    }
    let columns = PreparedColumns(table, options, .people)
    let shown = options.shownRows(of: table.rowCount)
    let measured = MeasuredColumns(columns, shown, options.display, limit: options.width)
    let fitting = ColumnFitting(
      natural: measured.natural, minimum: measured.minimum, limit: options.width?.count,
      separator: 3, margin: 4)
    if fitting.visible.count < min(3, table.columns.count) {
      try LineFormat.write(table, options, &output)
      return
    }
    let names = fitting.hidden.map { columns.names[$0] }
    let drawing = BoxDrawing(columns, measured.headers, fitting.visible, options)
    try drawing.write(rows: shown, &output)
    writeFooter(table, options, shown: shown, hidden: names, &output)
  }

  static func writeFooter(
    _ table: ResultTable, _ options: RenderOptions, shown: Int, hidden: [String],
    _ output: inout ChunkedOutput
  ) {
    guard options.showsFooter else { return }
    let footer = Footer(table: table, options: options, shownRows: shown, hiddenColumns: hidden)
    for line in footer.lines {
      output.append(options.colour ? "\u{1b}[2m\(line)\u{1b}[0m\n" : line + "\n")
    }
  }
}

/// How wide the shown cells of each column are.
struct MeasuredColumns {
  /// Safe headers.
  let headers: [String]
  var natural: [Int]
  /// Numbers and dates whole, texts down to `BoxFormat.minimumTextColumns`.
  var minimum: [Int]

  init(_ columns: PreparedColumns, _ shown: Int, _ display: DisplayWidth, limit: DisplayColumns?) {
    headers = columns.names.map(DisplayWidth.sanitized)
    let headerWidths = headers.map { display.width(of: $0).count }
    var widest = [Int](repeating: 0, count: headers.count)
    var shrinkable = [Bool](repeating: false, count: headers.count)
    var scratch: [UInt8] = []
    // Wider than the terminal is wide enough.
    let ceiling = limit?.count ?? Int.max
    for row in 0..<shown {
      for column in headers.indices where widest[column] < ceiling {
        scratch.removeAll(keepingCapacity: true)
        let kind = columns.writers[column].append(row, to: &scratch)
        if kind == .text { shrinkable[column] = true }
        let text = DisplayWidth.sanitized(String(decoding: scratch, as: UTF8.self))
        widest[column] = max(widest[column], display.width(of: text).count)
      }
    }
    natural = headers.indices.map { max(headerWidths[$0], widest[$0]) }
    let least = BoxFormat.minimumTextColumns
    minimum = headers.indices.map { column in
      let header = min(headerWidths[column], least)
      let cells = shrinkable[column] ? min(widest[column], least) : widest[column]
      return max(header, cells)
    }
  }
}

private struct BoxDrawing {
  private let columns: PreparedColumns
  private let headers: [String]
  private let visible: [(column: Int, width: Int)]
  private let display: DisplayWidth
  private let colour: Bool

  init(
    _ columns: PreparedColumns, _ headers: [String], _ visible: [(column: Int, width: Int)],
    _ options: RenderOptions
  ) {
    self.columns = columns
    self.headers = headers
    self.visible = visible
    display = options.display
    colour = options.colour
  }

  func write(rows: Int, _ output: inout ChunkedOutput) throws {
    // Box characters are of ambiguous width: where those are wide, ASCII keeps the frame true.
    let isASCII = display.ambiguous == .wide
    let line = isASCII ? "-" : "─"
    let bar = dim(isASCII ? "|" : "│")
    rule(isASCII ? ["+", "+", "+"] : ["┌", "┬", "┐"], line, &output)
    let head = visible.map { column, width in
      let cell = fitted(headers[column], width, right: columns.isRightAligned[column])
      return colour ? "\u{1b}[1m\(cell)\u{1b}[0m" : cell
    }
    self.row(head, bar, &output)
    rule(isASCII ? ["+", "+", "+"] : ["├", "┼", "┤"], line, &output)
    var scratch: [UInt8] = []
    for row in 0..<rows {
      let cells = visible.map { column, width in
        let text = DisplayWidth.sanitized(columns.string(row, column, scratch: &scratch))
        return fitted(text, width, right: columns.isRightAligned[column])
      }
      self.row(cells, bar, &output)
      try output.flushIfFull()
    }
    rule(isASCII ? ["+", "+", "+"] : ["└", "┴", "┘"], line, &output)
  }

  private func fitted(_ text: String, _ width: Int, right: Bool) -> String {
    let limit = DisplayColumns(width)
    return display.padded(
      display.truncated(text, to: limit), to: limit, keeping: right ? .right : .left)
  }

  private func row(_ cells: [String], _ bar: String, _ output: inout ChunkedOutput) {
    output.append(bar + " " + cells.joined(separator: " \(bar) ") + " " + bar + "\n")
  }

  private func rule(_ corners: [String], _ line: String, _ output: inout ChunkedOutput) {
    let parts = visible.map { String(repeating: line, count: $0.width + 2) }
    output.append(dim(corners[0] + parts.joined(separator: corners[1]) + corners[2]) + "\n")
  }

  private func dim(_ text: String) -> String { colour ? "\u{1b}[2m\(text)\u{1b}[0m" : text }
}
