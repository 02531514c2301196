import KithBase

/// Rows under their parents, the other columns aligned beside them:
///
/// ```
/// name            tier  won
/// 王芳
/// ├─ 华强电子     V1      3
/// │  └─ 长城开发  V2      1
/// └─ 南山贸易     V3      0
/// ```
/// The first column carries the branches. Rows without depths are all roots. Where the branches
/// would take more than half of the line, the depth is written as a number instead: `…12 `.
enum TreeFormat {
  static let spec = FormatSpec(
    name: "tree", aliases: [], extensions: [],
    english: "rows under their parents", chinese: "树形", isForPeople: true, write: write)

  private static func write(
    _ table: ResultTable, _ options: RenderOptions, _ output: inout ChunkedOutput
  ) throws {
    guard !table.columns.isEmpty else {
      BoxFormat.writeFooter(table, options, shown: table.rowCount, hidden: [], &output)
      return
    }
    let columns = PreparedColumns(table, options, .people)
    let shown = options.shownRows(of: table.rowCount)
    let branches = TreeBranches(table.tree ?? [], rowCount: table.rowCount, shown: shown)
    let half = (options.width?.count ?? 240) / 2
    let prefixes = branches.prefixes(
      limit: half, isASCII: options.display.ambiguous == .wide, options.display)
    var measured = MeasuredColumns(columns, shown, options.display, limit: options.width)
    measured.widenFirst(columns, prefixes, options.display)
    let fitting = ColumnFitting(
      natural: measured.natural, minimum: measured.minimum, limit: options.width?.count,
      separator: 2, margin: 0)
    // The tree itself is drawn however narrow the terminal is.
    let hasTree = fitting.visible.first?.column == 0
    let whole = max(1, options.width?.count ?? 1)
    let visible = hasTree ? fitting.visible : [(column: 0, width: whole)]
    if columns.names.count > 1 {
      let head = line(visible, columns, options) { measured.headers[$0] }
      output.append(options.colour ? "\u{1b}[1m\(head)\u{1b}[0m\n" : head + "\n")
    }
    var scratch: [UInt8] = []
    for row in 0..<shown {
      let text = line(visible, columns, options) { column in
        let cell = DisplayWidth.sanitized(columns.string(row, column, scratch: &scratch))
        return column == 0 ? prefixes[row] + cell : cell
      }
      output.append(text + "\n")
      try output.flushIfFull()
    }
    let hidden = columns.names.indices.filter { name in
      !visible.contains { $0.column == name }
    }
    BoxFormat.writeFooter(
      table, options, shown: shown, hidden: hidden.map { columns.names[$0] }, &output)
  }

  private static func line(
    _ visible: [(column: Int, width: Int)], _ columns: PreparedColumns, _ options: RenderOptions,
    cell: (Int) -> String
  ) -> String {
    let display = options.display
    var line = ""
    for (index, (column, width)) in visible.enumerated() {
      if index > 0 { line += "  " }
      let limit = DisplayColumns(width)
      let text = display.truncated(cell(column), to: limit)
      let isRight = columns.isRightAligned[column] && column > 0
      line += display.padded(text, to: limit, keeping: isRight ? .right : .left)
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}

extension MeasuredColumns {
  /// The first column with its branches; they shrink no further than half a line of text.
  fileprivate mutating func widenFirst(
    _ columns: PreparedColumns, _ prefixes: [String], _ display: DisplayWidth
  ) {
    var scratch: [UInt8] = []
    var widestPrefix = 0
    for (row, prefix) in prefixes.enumerated() {
      let cell = DisplayWidth.sanitized(columns.string(row, 0, scratch: &scratch))
      let prefixWidth = display.width(of: prefix).count
      widestPrefix = max(widestPrefix, prefixWidth)
      natural[0] = max(natural[0], prefixWidth + display.width(of: cell).count)
    }
    minimum[0] = min(natural[0], widestPrefix + BoxFormat.minimumTextColumns)
  }
}

/// The lines that lead from parents to children.
private struct TreeBranches {
  private let depths: [Int]
  /// Whether a later row is a child of the same parent.
  private var hasNext: [Bool]

  init(_ tree: [Int32], rowCount: Int, shown: Int) {
    let depths = (0..<rowCount).map { $0 < tree.count ? max(0, Int(tree[$0])) : 0 }
    hasNext = [Bool](repeating: false, count: rowCount)
    // From the end: open[d] says that a row of depth d follows before any shallower one.
    var open: [Bool] = []
    for row in depths.indices.reversed() {
      let depth = min(depths[row], rowCount)
      if open.count > depth + 1 { open.removeLast(open.count - depth - 1) }
      while open.count <= depth { open.append(false) }
      hasNext[row] = open[depth]
      open[depth] = true
    }
    self.depths = Array(depths.prefix(shown))
  }

  func prefixes(limit: Int, isASCII: Bool, _ display: DisplayWidth) -> [String] {
    let tee = isASCII ? "|- " : "├─ "
    let elbow = isASCII ? "`- " : "└─ "
    let through = isASCII ? "|  " : "│  "
    // Whether each ancestor, from depth 1 on, has a later sibling.
    var ancestors: [Bool] = []
    return depths.indices.map { row in
      let depth = depths[row]
      if depth == 0 {
        ancestors.removeAll(keepingCapacity: true)
        return ""
      }
      if ancestors.count > depth - 1 { ancestors.removeLast(ancestors.count - depth + 1) }
      // A depth that jumps has ancestors nobody shows.
      while ancestors.count < min(depth - 1, limit) { ancestors.append(false) }
      ancestors.append(hasNext[row])
      if depth * 3 > limit { return display.ambiguous == .wide ? "(\(depth)) " : "…\(depth) " }
      return ancestors.dropLast().map { $0 ? through : "   " }.joined()
        + (hasNext[row] ? tee : elbow)
    }
  }
}
