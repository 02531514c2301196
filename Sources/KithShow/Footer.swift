import KithBase

/// What stands under a table: counts, hidden columns, stages, notes, dates.
struct Footer {
  let table: ResultTable
  let options: RenderOptions
  let shownRows: Int
  let hiddenColumns: [String]

  private var isChinese: Bool { options.style.tongue == .chinese }

  /// Lines no wider than the terminal, without line ends.
  var lines: [String] {
    var all = [counts]
    if table.stageCounts.count > 1 {
      all.append(table.stageCounts.map { String($0.1) }.joined(separator: " → "))
    }
    for note in table.notes {
      all.append(isChinese ? "注：" + note.chinese : "note: " + note.english)
    }
    if !table.resolvedDates.isEmpty {
      all.append(table.resolvedDates.map { "\($0.word) = \($0.text)" }.joined(separator: " · "))
    }
    return all.map(DisplayWidth.sanitized).flatMap(fitted)
  }

  private func fitted(_ line: String) -> [String] {
    guard let width = options.width else { return [line] }
    return options.display.wrapped(line, to: width)
  }

  private var counts: String {
    var parts = [rows, columns]
    if let milliseconds = table.milliseconds { parts.append(elapsed(milliseconds)) }
    return parts.joined(separator: " · ")
  }

  private var rows: String {
    let count = NumberText.grouped(table.rowCount)
    let shown = NumberText.grouped(shownRows)
    let isCut = shownRows < table.rowCount
    if isChinese { return "\(count) 行" + (isCut ? "（显示 \(shown) 行）" : "") }
    return "\(count) \(table.rowCount == 1 ? "row" : "rows")" + (isCut ? " (\(shown) shown)" : "")
  }

  private var columns: String {
    let count = table.columns.count
    if isChinese {
      let hidden = hiddenColumns.isEmpty ? "" : "，隐藏：" + hiddenColumns.joined(separator: "、")
      return "\(count) 列" + hidden
    }
    let hidden = hiddenColumns.isEmpty ? "" : ", hidden: " + hiddenColumns.joined(separator: ", ")
    return "\(count) \(count == 1 ? "column" : "columns")" + hidden
  }

  /// `0.4 ms`, `34 ms`, `1.2 s`.
  private func elapsed(_ milliseconds: Double) -> String {
    let value = milliseconds.isFinite ? max(0, milliseconds) : 0
    let (amount, unit): (Double, String) =
      value < 1_000 ? (value, isChinese ? "毫秒" : "ms") : (value / 1_000, isChinese ? "秒" : "s")
    guard amount < 10 else {
      return NumberText.grouped(Int(min(amount, 1e9) + 0.5)) + " " + unit
    }
    let tenths = Int(amount * 10 + 0.5)
    return "\(tenths / 10).\(tenths % 10) \(unit)"
  }
}

extension RenderOptions {
  /// How many rows of so many are drawn.
  func shownRows(of count: Int) -> Int { min(count, max(0, rowLimit ?? count)) }
}
