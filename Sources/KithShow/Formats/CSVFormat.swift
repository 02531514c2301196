import KithBase

/// Comma-separated values after RFC 4180: CRLF ends a line, quotes where needed, doubled inside.
///
/// An empty value is an empty cell; a line whose only cell is empty is `""`, since readers skip
/// blank lines. A text a spreadsheet would run as a formula gets a `'` before it unless the options
/// say otherwise; a text that is nothing but a signed number is left alone.
enum CSVFormat {
  static let spec = FormatSpec(
    name: "csv", aliases: [], extensions: ["csv"],
    english: "comma-separated values (RFC 4180)", chinese: "逗号分隔（RFC 4180）",
    isForPeople: false, write: write)

  private static func write(
    _ table: ResultTable, _ options: RenderOptions, _ output: inout ChunkedOutput
  ) throws {
    let columns = PreparedColumns(table, options, .machines)
    let isSingle = columns.writers.count == 1
    if options.byteOrderMark { output.append("\u{FEFF}") }
    if options.showsHeader {
      for (index, name) in columns.names.enumerated() {
        if index > 0 { output.bytes.append(0x2C) }
        let start = output.bytes.count
        output.append(name)
        escape(from: start, options, &output.bytes)
      }
      endLine(&output.bytes)
    }
    for row in 0..<columns.rowCount {
      var index = 0
      for writer in columns.writers {
        if index > 0 { output.bytes.append(0x2C) }
        let start = output.bytes.count
        switch writer.append(row, to: &output.bytes) {
        case .text: escape(from: start, options, &output.bytes)
        case .empty: if isSingle { output.append("\"\"") }
        case .number, .bool, .word: break
        }
        index += 1
      }
      endLine(&output.bytes)
      try output.flushIfFull()
    }
  }

  private static func endLine(_ bytes: inout [UInt8]) {
    bytes.append(0x0D)
    bytes.append(0x0A)
  }

  /// Makes a cell of the text that begins at `start`.
  private static func escape(from start: Int, _ options: RenderOptions, _ bytes: inout [UInt8]) {
    if options.isTerminal { showControls(from: start, &bytes) }
    if options.defusesFormulas, isFormula(bytes[start...]) { bytes.insert(0x27, at: start) }
    var needsQuotes = false
    var hasQuote = false
    for byte in bytes[start...] {
      switch byte {
      case 0x22:
        hasQuote = true
        needsQuotes = true
      case 0x2C, 0x0D, 0x0A: needsQuotes = true
      default: break
      }
    }
    // Blanks at the ends are data; some readers trim them where there are no quotes.
    if !needsQuotes, bytes.count > start {
      needsQuotes = bytes[start] == 0x20 || bytes[bytes.count - 1] == 0x20
    }
    guard needsQuotes else { return }
    let cell = Array(bytes[start...])
    bytes.removeSubrange(start...)
    bytes.append(0x22)
    if hasQuote {
      for byte in cell {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
    } else {
      bytes.append(contentsOf: cell)
    }
    bytes.append(0x22)
  }

  /// Whether a spreadsheet would compute the text: it begins with `=`, `+`, `-`, `@`, one of their
  /// full-width twins, a tab or a carriage return, and is not simply a number with its sign.
  static func isFormula(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    switch first {
    case 0x3D, 0x40, 0x09, 0x0D: return true
    case 0x2B, 0x2D: return !isSignedNumber(text)
    case 0xEF:
      // U+FF1D ＝, U+FF0B ＋, U+FF0D －, U+FF20 ＠.
      let head = Array(text.prefix(3))
      return [[0xEF, 0xBC, 0x9D], [0xEF, 0xBC, 0x8B], [0xEF, 0xBC, 0x8D], [0xEF, 0xBC, 0xA0]]
        .contains(head)
    default: return false
    }
  }

  private static func isSignedNumber(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.dropFirst().split(separator: 0x2E, omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// For a terminal: line feeds stay, since they are inside quotes, everything else is shown.
  static func showControls(from start: Int, _ bytes: inout [UInt8]) {
    guard bytes[start...].contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return }
    let text = String(decoding: bytes[start...], as: UTF8.self)
    bytes.removeSubrange(start...)
    for scalar in text.unicodeScalars {
      if scalar != "\n", DisplayWidth.isUnsafe(scalar) {
        bytes.append(contentsOf: DisplayWidth.replacement(scalar).utf8)
      } else {
        bytes.append(contentsOf: String(scalar).utf8)
      }
    }
  }
}
