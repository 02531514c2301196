import KithBase

/// A table in GitHub's Markdown; what Markdown or HTML would read as markup is escaped.
enum MarkdownFormat {
  static let spec = FormatSpec(
    name: "markdown", aliases: ["md"], extensions: ["md", "markdown"],
    english: "a Markdown table", chinese: "Markdown 表格", isForPeople: false, write: write)

  private static func write(
    _ table: ResultTable, _ options: RenderOptions, _ output: inout ChunkedOutput
  ) throws {
    let columns = PreparedColumns(table, options, .people)
    if columns.writers.isEmpty { return }
    output.append("| " + columns.names.map(escaped).joined(separator: " | ") + " |\n")
    let rules = columns.isRightAligned.map { $0 ? "---:" : "---" }
    output.append("| " + rules.joined(separator: " | ") + " |\n")
    for row in 0..<columns.rowCount {
      output.append("|")
      for writer in columns.writers {
        output.bytes.append(0x20)
        let start = output.bytes.count
        if writer.append(row, to: &output.bytes) == .text {
          let text = String(decoding: output.bytes[start...], as: UTF8.self)
          output.bytes.removeSubrange(start...)
          output.append(escaped(text))
        }
        output.append(" |")
      }
      output.bytes.append(0x0A)
      try output.flushIfFull()
    }
    for note in table.notes where options.showsFooter {
      let text = options.style.tongue == .chinese ? "注：" + note.chinese : "note: " + note.english
      output.append("\n" + escaped(text) + "\n")
    }
  }

  private static let marks: [UInt8] = Array("\\|*_`[]~#<>&".utf8)

  /// One line of inline text that Markdown shows as it is.
  static func escaped(_ text: String) -> String {
    let isPlain = !text.utf8.contains { byte in
      DisplayWidth.mayBeUnsafe(byte) || marks.contains(byte)
    }
    if isPlain { return text }
    var result = ""
    for character in text {
      switch character {
      case "\n", "\r\n", "\r": result += "<br>"
      case "\\", "|", "*", "_", "`", "[", "]", "~", "#": result += "\\" + String(character)
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      default: result += DisplayWidth.sanitized(String(character))
      }
    }
    return result
  }
}
