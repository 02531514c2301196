/// Where a diagnostic stands, inside its text.
struct DiagnosticPlace: Sendable {
  /// Bytes, brought inside the text; a span behind a final line end stands at the end of the last
  /// line that has text, because an empty line shows nobody what is missing.
  let span: SourceSpan
  /// From 1, the column in characters; the end is exclusive.
  let start: LineColumn
  let end: LineColumn

  init(_ span: SourceSpan, in source: SourceText) {
    let count = source.bytes.count
    var textEnd = count
    while textEnd > 0, Self.isBlank(source.bytes[textEnd - 1]) { textEnd -= 1 }
    let isBehindText = span.lower >= count && source.bytes[textEnd...].contains(0x0A)
    self.init(exactly: isBehindText ? SourceSpan(textEnd, textEnd) : span, in: source)
  }

  /// The span only brought inside the text.
  init(exactly span: SourceSpan, in source: SourceText) {
    let count = source.bytes.count
    let lower = min(max(0, span.lower), count)
    self.span = SourceSpan(lower, min(max(lower, span.upper), count))
    let map = LineMap(source)
    start = map.lineColumn(of: self.span.lower)
    end = map.lineColumn(of: self.span.upper)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

extension Diagnostic {
  /// Nil where no text or no part of it is at fault.
  var place: DiagnosticPlace? {
    guard let span, let source else { return nil }
    return DiagnosticPlace(span, in: source)
  }
}

/// The lines of a text that a span touches, with marks under it.
struct SourceExcerpt {
  private let source: SourceText
  private let map: LineMap
  private let span: SourceSpan
  private let options: DrawingOptions
  private let firstLine: Int

  /// From 1.
  let lastLine: Int

  init(_ source: SourceText, _ place: DiagnosticPlace, _ options: DrawingOptions) {
    self.source = source
    self.options = options
    map = LineMap(source)
    span = place.span
    firstLine = map.line(of: place.span.lower)
    // A span that ends with a line end does not touch the next line.
    let lastByte = max(place.span.lower, place.span.upper - 1)
    lastLine = map.line(of: lastByte) + 1
  }

  /// Source lines, each with its marks; the middle of a long span is left out as `...`.
  func drawn(caption: String?, gutter: Int, paint: DiagnosticPaint) -> [String] {
    let all = Array(firstLine..<lastLine)
    let shown: [Int?] =
      all.count <= 4 ? all : [all[0], all[1], nil, all[all.count - 1]]
    var lines: [String] = []
    for (index, line) in shown.enumerated() {
      guard let line else {
        lines.append(paint.frame("..."))
        continue
      }
      let isLast = index == shown.count - 1
      lines += drawnLine(line, isLast ? caption : nil, gutter, paint)
    }
    return lines
  }

  private func drawnLine(_ line: Int, _ caption: String?, _ gutter: Int, _ paint: DiagnosticPaint)
    -> [String]
  {
    let number = String(line + 1)
    let blanks = String(repeating: " ", count: gutter - number.count)
    let margin = paint.frame(String(repeating: " ", count: gutter) + " |")
    let room = max(20, options.width.count - gutter - 3)
    let cut = MarkedLine(source, map.span(ofLine: line), span, options.display).cut(to: room)
    let text = paint.frame(blanks + number + " |") + (cut.text.isEmpty ? "" : " " + cut.text)
    // In a span of several lines an empty one has nothing to mark.
    if cut.length.count == 0 && caption == nil && lastLine - firstLine > 1 { return [text] }
    let carets = String(repeating: "^", count: max(1, cut.length.count))
    let marks = margin + " " + cut.start.spaces + paint.caret(carets)
    guard let caption else { return [text, marks] }
    let captionWidth = options.display.width(of: caption)
    let used = cut.start.count + carets.count + 1
    if used + captionWidth.count <= room || captionWidth.count > room {
      return [text, marks + " " + paint.caret(caption)]
    }
    // No room beside the carets: the caption stands under them, as far right as it fits.
    let indent = DisplayColumns(min(cut.start.count, room - captionWidth.count))
    return [text, marks, margin + " " + indent.spaces + paint.caret(caption)]
  }
}

/// A source line as it is drawn, and where the marked part of it stands, in columns.
private struct MarkedLine {
  var text: String
  var start: DisplayColumns
  var length: DisplayColumns
  private let display: DisplayWidth
  /// The drawn pieces: one cluster each, or the replacement of a control character.
  private var pieces: [(text: String, width: Int)] = []
  private var markedPieces: Range<Int> = 0..<0

  init(_ source: SourceText, _ line: SourceSpan, _ span: SourceSpan, _ display: DisplayWidth) {
    self.display = display
    let lower = min(max(span.lower, line.lower), line.upper)
    let upper = max(lower, min(span.upper, line.upper))
    pieces = Self.pieces(source[SourceSpan(line.lower, lower)], display)
    let first = pieces.count
    pieces += Self.pieces(source[SourceSpan(lower, upper)], display)
    markedPieces = first..<pieces.count
    pieces += Self.pieces(source[SourceSpan(upper, line.upper)], display)
    text = pieces.map(\.text).joined()
    start = Self.width(pieces[..<first])
    length = Self.width(pieces[markedPieces])
  }

  /// At most `room` columns around the marked part, `…` where something is left out.
  func cut(to room: Int) -> MarkedLine {
    if Self.width(pieces[...]).count <= room { return self }
    var result = self
    var lower = markedPieces.lowerBound
    var upper = min(markedPieces.upperBound, lower + room)
    var used = Self.width(pieces[lower..<upper]).count
    while used > room - 4, upper > lower {
      upper -= 1
      used -= pieces[upper].width
    }
    let ellipsis = display.width(of: "…").count
    let available = room - 2 * ellipsis
    // Two thirds of what is free go before the mark: what led to it is worth more.
    let before = used + (available - used) * 2 / 3
    while lower > 0, used + pieces[lower - 1].width <= before {
      lower -= 1
      used += pieces[lower].width
    }
    while upper < pieces.count, used + pieces[upper].width <= available {
      used += pieces[upper].width
      upper += 1
    }
    while lower > 0, used + pieces[lower - 1].width <= available {
      lower -= 1
      used += pieces[lower].width
    }
    let head = lower > 0 ? "…" : ""
    let tail = upper < pieces.count ? "…" : ""
    result.text = head + pieces[lower..<upper].map(\.text).joined() + tail
    let markEnd = max(markedPieces.lowerBound, min(upper, markedPieces.upperBound))
    result.start =
      Self.width(pieces[lower..<markedPieces.lowerBound]) + display.width(of: head)
    result.length = Self.width(pieces[markedPieces.lowerBound..<markEnd])
    return result
  }

  private static func pieces(_ text: String, _ display: DisplayWidth) -> [(String, Int)] {
    text.map { character in
      if character == "\t" { return ("    ", 4) }
      let shown = DisplayWidth.sanitized(String(character))
      return (shown, display.width(of: shown).count)
    }
  }

  private static func width(_ pieces: ArraySlice<(text: String, width: Int)>) -> DisplayColumns {
    DisplayColumns(pieces.reduce(0) { $0 + $1.width })
  }
}
