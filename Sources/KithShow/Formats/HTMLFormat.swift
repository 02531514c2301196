import KithBase

/// A page with one plain table; every text is escaped.
enum HTMLFormat {
  static let spec = FormatSpec(
    name: "html", aliases: [], extensions: ["html", "htm"],
    english: "an HTML page with the table", chinese: "HTML 网页表格", isForPeople: false,
    write: write)

  private static let head: StaticString = """
    <!DOCTYPE html>
    <html><head><meta charset="utf-8"><style>
    table { border-collapse: collapse; font-family: sans-serif; }
    th, td { border: 1px solid #bbb; padding: 2px 8px; text-align: left; }
    .n { text-align: right; }
    </style></head><body>
    <table>
    <thead><tr>
    """

  private static func write(
    _ table: ResultTable, _ options: RenderOptions, _ output: inout ChunkedOutput
  ) throws {
    let columns = PreparedColumns(table, options, .people)
    output.append(head)
    for (name, isRight) in zip(columns.names, columns.isRightAligned) {
      output.append((isRight ? "<th class=\"n\">" : "<th>") + escaped(name) + "</th>")
    }
    output.append("</tr></thead>\n<tbody>\n")
    for row in 0..<columns.rowCount {
      output.append("<tr>")
      for (writer, isRight) in zip(columns.writers, columns.isRightAligned) {
        output.append(isRight ? "<td class=\"n\">" : "<td>")
        let start = output.bytes.count
        // Even numbers are looked at: a small percent is `<0.01%`.
        _ = writer.append(row, to: &output.bytes)
        escape(from: start, &output.bytes)
        output.append("</td>")
      }
      output.append("</tr>\n")
      try output.flushIfFull()
    }
    output.append("</tbody>\n</table>\n")
    for note in table.notes where options.showsFooter {
      let text = options.style.tongue == .chinese ? note.chinese : note.english
      output.append("<p>" + escaped(text) + "</p>\n")
    }
    output.append("</body></html>\n")
  }

  private static func escape(from start: Int, _ bytes: inout [UInt8]) {
    if bytes[start...].allSatisfy({ $0 < 0x7F && !isSpecial($0) }) { return }
    let text = escaped(String(decoding: bytes[start...], as: UTF8.self))
    bytes.removeSubrange(start...)
    bytes.append(contentsOf: text.utf8)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0x27
      || DisplayWidth.mayBeUnsafe(byte)
  }

  static func escaped(_ text: String) -> String {
    if !text.utf8.contains(where: isSpecial) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n": result += "<br>"
      case "\r": break
      default: result += DisplayWidth.replacement(scalar)
      }
    }
    return result
  }
}
