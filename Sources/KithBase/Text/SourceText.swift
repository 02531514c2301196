/// A text to be read as Kith, with the name shown in messages (`weekly.kith`, `<input>`).
package struct SourceText: Sendable, Equatable {
  /// Shown in messages: a path, or `<input>`.
  package let name: String
  /// The UTF-8 bytes. Invalid sequences are kept as they are; the lexer reports them.
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  package init(name: String = "<input>", _ text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text of a span, repaired where its bytes are not UTF-8.
  package subscript(span: SourceSpan) -> String {
    let lower = min(max(0, span.lower), bytes.count)
    let upper = min(max(lower, span.upper), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}

/// A half-open range of **bytes** in a `SourceText`; never characters, never display columns.
package struct SourceSpan: Sendable, Hashable {
  /// The first byte.
  package var lower: Int
  /// The byte behind the last.
  package var upper: Int

  package init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = max(lower, upper)
  }

  /// From the start of `self` to the end of `other`.
  package func joined(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(lower, other.lower), max(upper, other.upper))
  }
}

/// A place as people count: both from 1, the column in characters.
package struct LineColumn: Sendable, Hashable {
  /// From 1.
  package var line: Int
  /// From 1, in characters.
  package var column: Int
}

/// Where the lines of a text begin.
package struct LineMap: Sendable {
  private let starts: [Int]
  private let text: SourceText

  package init(_ text: SourceText) {
    var starts = [0]
    for (offset, byte) in text.bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    self.starts = starts
    self.text = text
  }

  /// The line (from 0) that holds a byte offset.
  package func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// At least 1, also of an empty text.
  package var lineCount: Int { starts.count }

  /// The bytes of a line (from 0), without its line end.
  package func span(ofLine line: Int) -> SourceSpan {
    let lower = starts[line]
    var upper = line + 1 < starts.count ? starts[line + 1] - 1 : text.bytes.count
    if upper > lower, text.bytes[upper - 1] == 0x0D { upper -= 1 }
    return SourceSpan(lower, upper)
  }

  /// Both from 1; an offset behind the end counts as the end.
  package func lineColumn(of offset: Int) -> LineColumn {
    let line = line(of: min(offset, text.bytes.count))
    let prefix = text[SourceSpan(starts[line], min(offset, text.bytes.count))]
    return LineColumn(line: line + 1, column: prefix.count + 1)
  }
}
