import KithBase
import KithModel

/// The rows of one file with its headers, ready to be taken one after another.
final class RowSource {
  let path: String
  let encoding: DetectedEncoding
  let headers: [String]
  private let reader: RowReader
  private let options: ImportOptions
  private var batch = RowBatch()
  /// The first row, where it is data.
  private var pending = false

  /// Errors: K7101, K7102, K7103, K7104 from the text, K7105 an empty file or headers that do not
  /// fit.
  init(path: String, options: ImportOptions) throws(Diagnostic) {
    self.path = path
    self.options = options
    encoding = try DetectedEncoding.detect(
      path: path, wanted: options.encoding.map { TextEncoding($0) })
    let source = try TextSource(path: path, encoding: encoding)
    reader = try RowReader(
      source: source, dialect: try Self.dialect(options, path),
      longestRow: options.longestRowBytes)
    if reader.isEmptyFile { throw Diagnostic("K7105", "'\(path)' is empty") }
    guard try reader.next(&batch, limit: 1) else {
      throw Diagnostic("K7105", "'\(path)' holds nothing but line ends")
    }
    let first = batch.strings(0)
    if options.header {
      headers = first.map(Self.cleaned)
    } else if options.columns.isEmpty {
      headers = first.indices.map { "column \($0 + 1)" }
      pending = true
    } else {
      guard options.columns.count == first.count else {
        throw Diagnostic(
          "K7105",
          "--columns names \(options.columns.count) columns and '\(path)' has "
            + "\(first.count)")
      }
      headers = options.columns
      pending = true
    }
  }

  var dialect: Dialect { reader.usedDialect }
  var progress: (Int, Int) { reader.progress }

  /// A reader of the same file from its beginning.
  var survey: ColumnSurvey {
    ColumnSurvey(
      path: path, encoding: encoding, dialect: dialect, hasHeader: options.header,
      emptyWords: options.emptyWords, longestRow: options.longestRowBytes)
  }

  /// The next rows; nil at the end. Cells hold until the next call.
  func next() throws(Diagnostic) -> RowBatch? {
    if pending {
      pending = false
      return batch
    }
    return try reader.next(&batch) ? batch : nil
  }

  private static func cleaned(_ header: String) -> String {
    var header = header
    return header.withUTF8 { String(decoding: trimmed($0), as: UTF8.self) }
  }

  private static func dialect(
    _ options: ImportOptions, _ path: String
  ) throws(Diagnostic) -> Dialect? {
    guard let word = options.delimiter else {
      // Quotes are off and the separator still to be found: sniff by hand.
      guard !options.quotes else { return nil }
      throw Diagnostic(
        "K7107", "without quotes the separator must be given", help: "say --delimiter tab")
    }
    switch word.lowercased() {
    case "tab", "\t", "\\t": return Dialect(separator: .byte(0x09), quoted: options.quotes)
    case "blanks", "blank", "space", "whitespace", " ":
      return Dialect(separator: .blanks, quoted: false)
    case "comma": return Dialect(separator: .byte(0x2C), quoted: options.quotes)
    case "semicolon": return Dialect(separator: .byte(0x3B), quoted: options.quotes)
    default:
      let bytes = Array(word.utf8)
      guard bytes.count == 1, bytes[0] > 0x20, bytes[0] < 0x7F, bytes[0] != 0x22 else {
        throw Diagnostic(
          "K7107", "'\(word)' is no separator: it is one ASCII sign, tab or blanks")
      }
      return Dialect(separator: .byte(bytes[0]), quoted: options.quotes)
    }
  }
}
