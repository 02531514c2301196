import KithBase

/// One output format.
package struct FormatSpec: Sendable {
  /// `csv`.
  package let name: String
  /// Other words for it, and the endings of file names that mean it, without the point.
  package let aliases: [String]
  package let extensions: [String]
  package let english: String
  package let chinese: String
  /// Drawn for people: fitted to the terminal, cut to the row limit, with a footer.
  package let isForPeople: Bool
  let write: @Sendable (ResultTable, RenderOptions, inout ChunkedOutput) throws -> Void

  /// Renders a table piece by piece, about 64 KiB each; whatever the sink throws ends it.
  ///
  /// Memory does not grow with the number of rows.
  package func write(
    _ table: ResultTable, options: RenderOptions = RenderOptions(),
    to sink: @escaping ([UInt8]) throws -> Void
  ) throws {
    var output = ChunkedOutput(sink)
    try write(table, options, &output)
    try output.finish()
  }

  /// The whole rendering as one string.
  package func rendered(_ table: ResultTable, options: RenderOptions = RenderOptions()) -> String {
    var output = ChunkedOutput(nil)
    // Without a sink nothing can throw.
    try? write(table, options, &output)
    return String(decoding: output.bytes, as: UTF8.self)
  }
}

/// All formats: adding one is a file in `Formats` and a line here.
package enum FormatCatalogue {
  package static let all: [FormatSpec] = [
    BoxFormat.spec, LineFormat.spec, TreeFormat.spec, MarkdownFormat.spec, CSVFormat.spec,
    TSVFormat.spec, JSONFormat.spec, JSONFormat.lines, HTMLFormat.spec,
  ]

  package static let box = BoxFormat.spec
  package static let tsv = TSVFormat.spec

  /// By name or alias, ASCII case aside; nil where there is none.
  package static func format(named name: String) -> FormatSpec? {
    let name = name.lowercased()
    return all.first { $0.name == name || $0.aliases.contains(name) }
  }

  /// By the ending of a file's name; nil where it has none or an unknown one.
  package static func format(forFile path: String) -> FormatSpec? {
    let file = path.split(separator: "/").last ?? ""
    guard let point = file.lastIndex(of: "."), point > file.startIndex else { return nil }
    let ending = file[file.index(after: point)...].lowercased()
    return all.first { $0.extensions.contains(ending) }
  }
}

/// Bytes on their way to a sink.
struct ChunkedOutput {
  var bytes: [UInt8] = []
  private let sink: (([UInt8]) throws -> Void)?
  private static let chunkBytes = 65_536

  /// Without a sink everything stays in `bytes`.
  init(_ sink: (([UInt8]) throws -> Void)?) {
    self.sink = sink
    if sink != nil { bytes.reserveCapacity(Self.chunkBytes + 4_096) }
  }

  /// To be called once per row.
  mutating func flushIfFull() throws {
    if bytes.count >= Self.chunkBytes { try finish() }
  }

  mutating func finish() throws {
    guard let sink, !bytes.isEmpty else { return }
    try sink(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}

/// The columns of a table with their writers.
struct PreparedColumns {
  let writers: [CellWriter]
  /// Headers, with units where asked for; not yet made safe for a terminal.
  let names: [String]
  let isRightAligned: [Bool]
  let rowCount: Int

  init(_ table: ResultTable, _ options: RenderOptions, _ form: ValueStyle.Form) {
    let text = ValueText(style: options.style, form: form)
    writers = table.columns.map { CellWriter.make($0, text) }
    names = table.columns.map { column in
      guard form == .people, options.showsUnits, let unit = column.unit else { return column.name }
      return "\(column.name) (\(unit))"
    }
    isRightAligned = table.columns.map { column in
      switch column.type {
      case .int, .float, .percent, .money, .exactMoney, .floatMoney, .duration: true
      default: false
      }
    }
    rowCount = table.rowCount
  }

  /// A cell as a string; "" for an empty one.
  func string(_ row: Int, _ column: Int, scratch: inout [UInt8]) -> String {
    scratch.removeAll(keepingCapacity: true)
    _ = writers[column].append(row, to: &scratch)
    return String(decoding: scratch, as: UTF8.self)
  }
}
