import KithBase

/// JSON: an array of objects, or one object a line.
///
/// Numbers and money are numbers, dates, times, periods and durations texts, lists arrays, empty
/// values `null`. Of two columns with one name the second becomes `name_2`.
enum JSONFormat {
  static let spec = FormatSpec(
    name: "json", aliases: [], extensions: ["json"],
    english: "a JSON array of objects", chinese: "JSON 数组", isForPeople: false
  ) { table, options, output in
    try write(table, options, &output, asLines: false)
  }

  static let lines = FormatSpec(
    name: "ndjson", aliases: ["jsonl", "jsonlines"], extensions: ["ndjson", "jsonl"],
    english: "one JSON object a line", chinese: "每行一个 JSON 对象", isForPeople: false
  ) { table, options, output in
    try write(table, options, &output, asLines: true)
  }

  private static func write(
    _ table: ResultTable, _ options: RenderOptions, _ output: inout ChunkedOutput, asLines: Bool
  ) throws {
    let columns = PreparedColumns(table, options, .machines)
    let keys = keys(columns.names)
    if !asLines { output.append(columns.rowCount == 0 ? "[" : "[\n") }
    for row in 0..<columns.rowCount {
      output.bytes.append(0x7B)
      var index = 0
      for writer in columns.writers {
        output.bytes.append(contentsOf: keys[index])
        append(writer, row, &output.bytes)
        index += 1
      }
      output.bytes.append(0x7D)
      if !asLines && row + 1 < columns.rowCount { output.bytes.append(0x2C) }
      output.bytes.append(0x0A)
      try output.flushIfFull()
    }
    if !asLines { output.append("]\n") }
  }

  /// `"name":`, from the second on with the comma before it.
  private static func keys(_ names: [String]) -> [[UInt8]] {
    var seen: Set<String> = []
    return names.enumerated().map { index, name in
      var unique = name
      var number = 2
      while !seen.insert(unique).inserted {
        unique = "\(name)_\(number)"
        number += 1
      }
      var key: [UInt8] = index > 0 ? [0x2C] : []
      JSONText.append(unique, to: &key)
      key.append(0x3A)
      return key
    }
  }

  private static func append(_ writer: CellWriter, _ row: Int, _ bytes: inout [UInt8]) {
    if let (element, rows) = writer.elements(row) {
      bytes.append(0x5B)
      for item in rows {
        if item > rows.lowerBound { bytes.append(0x2C) }
        append(element, item, &bytes)
      }
      bytes.append(0x5D)
      return
    }
    let start = bytes.count
    bytes.append(0x22)
    switch writer.append(row, to: &bytes) {
    case .empty:
      bytes.removeLast()
      bytes.append(contentsOf: "null".utf8)
    case .number, .bool: bytes.remove(at: start)
    case .word: bytes.append(0x22)
    case .text:
      let isPlain = bytes[(start + 1)...].allSatisfy {
        $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C
      }
      if isPlain {
        bytes.append(0x22)
      } else {
        let text = String(decoding: bytes[(start + 1)...], as: UTF8.self)
        bytes.removeSubrange(start...)
        JSONText.append(text, to: &bytes)
      }
    }
  }
}
