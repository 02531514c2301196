import KithBase

/// The list under the line: what could be inserted, and which of it is.
struct CompletionMenu {
  /// The line the list belongs to; another text closes it.
  var line: String
  /// What an item replaces, in bytes of the line.
  var range: Range<Int>
  let items: [CompletionResult.Item]
  /// The item that stands in the line now; nil before the first Tab on the list.
  var selected: Int?

  static let maximumLines = 8

  /// The longest beginning all items share, between clusters.
  static func commonBeginning(_ items: [CompletionResult.Item]) -> String {
    guard var common = items.first.map({ Array($0.insert) }) else { return "" }
    for item in items.dropFirst() {
      let same = zip(common, item.insert).prefix { $0.0 == $0.1 }.count
      common.removeLast(common.count - same)
    }
    return String(common)
  }

  /// At most `maximumLines` lines: with kinds or details one item a line, else in columns.
  func lines(columns: Int, display: DisplayWidth) -> [[StyledText]] {
    let isDetailed = items.contains { !$0.detail.isEmpty || !$0.kind.isEmpty }
    return isDetailed ? detailed(display) : grid(columns, display)
  }

  private func detailed(_ display: DisplayWidth) -> [[StyledText]] {
    let window = window(of: items.count, room: Self.maximumLines)
    let names = items.map { DisplayWidth.sanitized(Self.trimmed($0.insert)) }
    let widest = window.map { display.width(of: names[$0]) }.max() ?? .zero
    let kindWidth = window.map { display.width(of: items[$0].kind) }.max() ?? .zero
    var lines = window.map { index in
      [
        StyledText(
          display.padded(names[index], to: widest), index == selected ? .selected : .plain),
        StyledText("  " + display.padded(items[index].kind, to: kindWidth), .kind),
        StyledText("  " + items[index].detail, .dim),
      ]
    }
    if window.count < items.count {
      lines.append([StyledText("… \(items.count - window.count)", .dim)])
    }
    return lines
  }

  private func grid(_ columns: Int, _ display: DisplayWidth) -> [[StyledText]] {
    let names = items.map { DisplayWidth.sanitized(Self.trimmed($0.insert)) }
    let widest = (names.map { display.width(of: $0) }.max() ?? .zero) + DisplayColumns(2)
    let perLine = max(1, (columns - 1) / max(1, widest.count))
    let lineCount = (names.count + perLine - 1) / perLine
    let window = window(of: lineCount, room: Self.maximumLines, perLine: perLine)
    var lines = window.map { line in
      (line * perLine..<min(names.count, (line + 1) * perLine)).map { index in
        StyledText(
          display.padded(names[index], to: widest), index == selected ? .selected : .plain)
      }
    }
    if window.count < lineCount {
      let shown = lines.reduce(0) { $0 + $1.count }
      lines.append([StyledText("… \(names.count - shown)", .dim)])
    }
    return lines
  }

  /// The lines to show, the selected one among them; one is kept free to say how many are not.
  private func window(of count: Int, room: Int, perLine: Int = 1) -> Range<Int> {
    if count <= room { return 0..<count }
    let size = room - 1
    let line = (selected ?? 0) / perLine
    let start = max(0, min(line - size + 1, count - size))
    return start..<(start + size)
  }

  private static func trimmed(_ text: String) -> String {
    text.last == " " ? String(text.dropLast()) : text
  }
}

#if canImport(CEdit)
  import CEdit

  extension LineEditorTerminal {
    /// Tab: the only item, else the common beginning and a list; Tab again walks through the list.
    func complete(forward: Bool) -> Int32 {
      let refresh = Int32(CEDIT_REFRESH.rawValue)
      let (text, cursor) = line
      if var open = menu, open.line == text, !open.items.isEmpty {
        let count = open.items.count
        let next = open.selected.map { ($0 + (forward ? 1 : count - 1)) % count }
        let index = next ?? (forward ? 0 : count - 1)
        replace(open.range, with: open.items[index].insert)
        open.selected = index
        open.range =
          open.range
          .lowerBound..<(open.range.lowerBound
          + open.items[index].insert.utf8.count)
        open.line = line.text
        menu = open
        return refresh
      }
      menu = nil
      let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(cursor)))
      let result = options.complete(text, before.utf8.count)
      let range = result.replaceRange.clamped(to: 0..<text.utf8.count)
      guard let first = result.items.first else { return Int32(CEDIT_BEEP.rawValue) }
      if result.items.count == 1 {
        replace(range, with: first.insert)
        return refresh
      }
      let typed = String(decoding: Array(text.utf8)[range], as: UTF8.self)
      var common = CompletionMenu.commonBeginning(result.items)
      // A beginning that is not what was typed (another case, pinyin) would take letters away.
      if !common.hasPrefix(typed) { common = typed }
      replace(range, with: common)
      menu = CompletionMenu(
        line: line.text, range: range.lowerBound..<(range.lowerBound + common.utf8.count),
        items: result.items)
      return refresh
    }

    /// Replaces bytes of the line; the cursor ends behind the replacement.
    private func replace(_ range: Range<Int>, with replacement: String) {
      let (text, cursor) = line
      let bytes = Array(text.utf8)
      let old = String(decoding: bytes[range], as: UTF8.self)
      if old == replacement && range.upperBound == bytes.count
        && cursor == text.unicodeScalars.count
      {
        return
      }
      let end = String(decoding: bytes[..<range.upperBound], as: UTF8.self).unicodeScalars.count
      moveCursor(by: end - cursor)
      deleteBeforeCursor(old.unicodeScalars.count)
      insert(replacement)
    }
  }

  /// Ctrl-R: the pattern, what matches, and which of it is in the line.
  struct SearchState {
    var pattern = ""
    var matches: [HistoryStore.Entry] = []
    var selected = 0

    static let maximumMatches = 50

    /// The pattern and at most seven matches, failures marked.
    var lines: [[StyledText]] {
      let head = [
        StyledText("search: ", .dim), StyledText(pattern),
        StyledText(matches.isEmpty ? "  –" : "  \(selected + 1)/\(matches.count)", .dim),
      ]
      let size = CompletionMenu.maximumLines - 1
      let start = max(0, min(selected - size + 1, matches.count - size))
      let shown = start..<min(matches.count, start + size)
      return [head]
        + shown.map { index in
          let text = matches[index].text.split(separator: "\n").joined(separator: " ↵ ")
          let mark = matches[index].outcome == .failed ? "✗ " : "  "
          return [
            StyledText(mark, .wrong), StyledText(text, index == selected ? .selected : .plain),
          ]
        }
    }
  }

  extension LineEditorTerminal {
    /// Reads the pattern key by key. Enter runs the match, Ctrl-G gives the line back as it was,
    /// any other key that is no letter keeps the match for editing.
    func runSearch() -> Int32 {
      let refresh = Int32(CEDIT_REFRESH.rawValue)
      let before = line.text
      let history = HistorySearch(history)
      search = SearchState()
      find(history)
      defer { search = nil }
      while true {
        guard let key = readKey() else { return Int32(CEDIT_ABORT.rawValue) }
        switch key {
        case LineKey.control("r"), LineKey.up, LineKey.control("p"): select(by: 1)
        case LineKey.control("s"), LineKey.down, LineKey.control("n"): select(by: -1)
        case LineKey.backspace, LineKey.control("h"):
          if search?.pattern.isEmpty == false { search?.pattern.removeLast() }
          find(history)
        case LineKey.control("u"):
          search?.pattern = ""
          find(history)
        case LineKey.control("g"):
          replaceLine(with: before)
          return refresh
        case LineKey.paste:
          search?.pattern += input.pasted.split(separator: "\n").joined(separator: " ")
          find(history)
        case LineKey.enter, LineKey.lineFeed:
          search = nil
          return handle(LineKey.enter)
        case let code where code >= 0x20 && code != 0x7F && !LineKey.all.contains(code):
          if let scalar = Unicode.Scalar(UInt32(bitPattern: code)) {
            search?.pattern.unicodeScalars.append(scalar)
          }
          find(history)
        default: return refresh
        }
      }
    }

    private func find(_ history: HistorySearch) {
      guard var state = search else { return }
      state.matches =
        state.pattern.isEmpty
        ? [] : history.matches(state.pattern, limit: SearchState.maximumMatches)
      state.selected = 0
      search = state
      showMatch()
    }

    /// A step to an older (1) or newer (-1) match.
    private func select(by step: Int) {
      guard var state = search, state.matches.indices.contains(state.selected + step) else {
        return
      }
      state.selected += step
      search = state
      showMatch()
    }

    private func showMatch() {
      guard let state = search, state.matches.indices.contains(state.selected) else { return }
      replaceLine(with: state.matches[state.selected].text)
    }
  }
#endif
