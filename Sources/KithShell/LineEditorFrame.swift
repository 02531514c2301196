import KithBase

/// Everything that is on the screen while a line is edited, and where it stands.
///
/// A frame is computed whole from its parts and written in one piece. Long lines are not broken
/// here: the terminal wraps them, so that copied text stays one line and a terminal that reflows
/// can be followed.
package struct LineFrame {
  /// A row of the screen.
  package struct Row: Equatable {
    /// With colours; no line end.
    package var text: String
    /// The terminal's own wrap leads to the next row.
    package var isWrapped: Bool

    /// A row as it should be.
    package init(text: String, isWrapped: Bool) {
      self.text = text
      self.isWrapped = isWrapped
    }
  }

  /// What is drawn.
  package struct Parts {
    /// Before the first line.
    package var prompt: [StyledText] = []
    /// Given the number of the line (from 1) and the text before it.
    package var continuation: (Int, String) -> String = { _, _ in "" }
    /// What is edited.
    package var text = ""
    /// In scalars.
    package var cursor = 0
    /// In the order of the text.
    package var highlights: [LineHighlight] = []
    /// Suggested after the end of the text.
    package var ghost = ""
    /// Lines under the text, each cut to the width.
    package var below: [[StyledText]] = []
    /// Of the terminal.
    package var columns = 80
    /// Of the terminal.
    package var rows = 24
    /// Without it no escape sequence but the moves is written, and nothing is suggested.
    package var colour = true
    var display = DisplayWidth()

    /// An empty line on a terminal of the usual size.
    package init() {}
  }

  /// All rows of prompt and text.
  package private(set) var rows: [Row] = []
  /// The lines under them.
  package private(set) var below: [String] = []
  /// From 0.
  package private(set) var cursorRow = 0
  /// From 0, never past the last column.
  package private(set) var cursorColumn = 0

  private let parts: Parts
  private var row = ""
  private var column = 0
  private var style = LineStyle.plain
  private var isStyleOpen = false

  /// Lays the parts out.
  package init(_ parts: Parts) {
    self.parts = parts
    layOut()
    below = parts.below.map { Self.fitted($0, parts) }
  }

  // MARK: Layout

  private mutating func layOut() {
    for piece in parts.prompt { put(piece.text, piece.style) }
    let highlights = parts.highlights.sorted { $0.range.lowerBound < $1.range.lowerBound }
    var nextHighlight = 0
    var scalars = 0
    var bytes = 0
    var line = 0
    var isCursorSet = false
    for character in parts.text {
      let length = character.unicodeScalars.count
      while nextHighlight < highlights.count, highlights[nextHighlight].range.upperBound <= bytes {
        nextHighlight += 1
      }
      let isHighlighted =
        nextHighlight < highlights.count && highlights[nextHighlight].range.contains(bytes)
      if !isCursorSet, parts.cursor < scalars + length {
        isCursorSet = true
        if character != "\n" { wrapIfNeeded(for: shown(character)) }
        markCursor()
      }
      scalars += length
      bytes += character.utf8.count
      if character == "\n" {
        line += 1
        endRow(wrapped: false)
        // Only lines a person can look over are worth asking about.
        let before =
          line <= 50 ? String(decoding: parts.text.utf8.prefix(bytes), as: UTF8.self) : ""
        put(parts.continuation(line, before), .continuation)
      } else {
        put(shown(character), isHighlighted ? highlights[nextHighlight].style : .plain, whole: true)
      }
    }
    if !isCursorSet {
      if column >= parts.columns { endRow(wrapped: true) }
      markCursor()
      putGhost()
    }
    endRow(wrapped: false)
  }

  private mutating func markCursor() {
    cursorRow = rows.count
    cursorColumn = min(column, max(0, parts.columns - 1))
  }

  /// What stands for a character: tabs are four blanks, controls are made visible.
  private func shown(_ character: Character) -> String {
    character == "\t" ? "    " : DisplayWidth.sanitized(String(character))
  }

  private mutating func put(_ text: String, _ style: LineStyle) {
    for character in text { put(shown(character), style, whole: true) }
  }

  private mutating func put(_ glyph: String, _ style: LineStyle, whole: Bool) {
    wrapIfNeeded(for: glyph)
    open(style)
    row += glyph
    column += parts.display.width(of: glyph).count
  }

  private mutating func wrapIfNeeded(for glyph: String) {
    let width = parts.display.width(of: glyph).count
    guard column > 0, column + width > parts.columns else { return }
    // A terminal wraps before a wide character by itself; a longer piece must be helped.
    if width > 2, column < parts.columns {
      row += String(repeating: " ", count: parts.columns - column)
    }
    endRow(wrapped: true)
  }

  private mutating func endRow(wrapped: Bool) {
    let isOpen = isStyleOpen
    if isOpen { row += "\u{1b}[0m" }
    isStyleOpen = false
    rows.append(Row(text: row, isWrapped: wrapped))
    row = ""
    column = 0
    style = .plain
  }

  private mutating func open(_ new: LineStyle) {
    guard parts.colour, new != style else { return }
    if isStyleOpen { row += "\u{1b}[0m" }
    isStyleOpen = !new.sgr.isEmpty
    if isStyleOpen { row += "\u{1b}[\(new.sgr)m" }
    style = new
  }

  /// The suggestion's first line, as far as this row goes.
  private mutating func putGhost() {
    guard !parts.ghost.isEmpty, parts.colour else { return }
    let lines = parts.ghost.split(separator: "\n", omittingEmptySubsequences: false)
    let text = DisplayWidth.sanitized(String(lines[0])) + (lines.count > 1 ? " …" : "")
    let room = DisplayColumns(parts.columns - column - 1)
    guard room > .zero else { return }
    open(.ghost)
    row += parts.display.truncated(text, to: room)
  }

  private static func fitted(_ pieces: [StyledText], _ parts: Parts) -> String {
    var result = ""
    var room = DisplayColumns(max(1, parts.columns - 1))
    for piece in pieces {
      let text = parts.display.truncated(DisplayWidth.sanitized(piece.text), to: room)
      room = room - parts.display.width(of: text)
      let isColoured = parts.colour && !piece.style.sgr.isEmpty
      result += isColoured ? "\u{1b}[\(piece.style.sgr)m\(text)\u{1b}[0m" : text
    }
    return result
  }

  // MARK: Drawing

  /// The part of the frame a screen has room for, drawn from the row the cursor was left in.
  ///
  /// - Parameters:
  ///   - above: rows between the top of the last frame and the cursor.
  ///   - scroll: the first row drawn; moved so that the cursor's row is.
  /// - Returns: the bytes, and how many rows above the cursor now belong to the frame.
  package func drawn(above: Int, scroll: inout Int) -> (text: String, above: Int) {
    let screen = max(2, parts.rows)
    let belowCount = min(below.count, max(0, screen - min(rows.count, screen / 2)))
    let room = max(1, screen - belowCount)
    scroll = max(0, min(scroll, rows.count - room))
    if cursorRow < scroll { scroll = cursorRow }
    if cursorRow >= scroll + room { scroll = cursorRow - room + 1 }
    let last = min(rows.count, scroll + room)
    var text = Self.start(above) + joined(scroll..<last)
    for line in below.prefix(belowCount) { text += "\r\n" + line }
    let up = last - 1 - cursorRow + belowCount
    if up > 0 { text += "\u{1b}[\(up)A" }
    text += "\r"
    if cursorColumn > 0 { text += "\u{1b}[\(cursorColumn)C" }
    return (text + "\u{1b}[?25h", cursorRow - scroll)
  }

  /// The whole text once more, to stay on the screen, and a line end.
  func drawnFinally(above: Int, mark: String) -> String {
    Self.start(above) + joined(0..<rows.count) + mark + "\u{1b}[?25h\r\n"
  }

  private static func start(_ above: Int) -> String {
    "\u{1b}[?25l" + (above > 0 ? "\u{1b}[\(above)A" : "") + "\r\u{1b}[J"
  }

  private func joined(_ range: Range<Int>) -> String {
    var text = ""
    for index in range {
      text += rows[index].text
      guard index + 1 < range.upperBound else { break }
      if !rows[index].isWrapped {
        text += "\r\n"
      } else if rows[index + 1].text.isEmpty {
        // Nothing follows that would make the terminal wrap.
        text += " \r"
      }
    }
    return text
  }
}
