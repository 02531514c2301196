import KithBase

/// Tab-separated values, one row a line whatever the data holds: tab, line feed, carriage return
/// and backslash are written `\t`, `\n`, `\r`, `\\`.
enum TSVFormat {
  static let spec = FormatSpec(
    name: "tsv", aliases: ["tabs"], extensions: ["tsv", "tab"],
    english: "tab-separated values", chinese: "制表符分隔", isForPeople: false, write: write)

  private static func write(
    _ table: ResultTable, _ options: RenderOptions, _ output: inout ChunkedOutput
  ) throws {
    let columns = PreparedColumns(table, options, .machines)
    if options.showsHeader {
      for (index, name) in columns.names.enumerated() {
        if index > 0 { output.bytes.append(0x09) }
        let start = output.bytes.count
        output.append(name)
        escape(from: start, options, &output.bytes)
      }
      output.bytes.append(0x0A)
    }
    for row in 0..<columns.rowCount {
      var index = 0
      for writer in columns.writers {
        if index > 0 { output.bytes.append(0x09) }
        let start = output.bytes.count
        if writer.append(row, to: &output.bytes) == .text {
          escape(from: start, options, &output.bytes)
        }
        index += 1
      }
      output.bytes.append(0x0A)
      try output.flushIfFull()
    }
  }

  private static func escape(from start: Int, _ options: RenderOptions, _ bytes: inout [UInt8]) {
    let needsEscape = bytes[start...].contains { byte in
      byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0x5C
    }
    if needsEscape {
      let cell = Array(bytes[start...])
      bytes.removeSubrange(start...)
      for byte in cell {
        switch byte {
        case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
        case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
        case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
        case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
        default: bytes.append(byte)
        }
      }
    }
    if options.isTerminal { CSVFormat.showControls(from: start, &bytes) }
  }
}
