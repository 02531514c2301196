#if canImport(CEdit)
  import CEdit
  import KithBase

  /// What each key does. A handler answers with a `cedit_action`.
  extension LineEditorTerminal {
    func handle(_ key: Int32) -> Int32 {
      if key == LineKey.tab || key == LineKey.backTab {
        return complete(forward: key == LineKey.tab)
      }
      menu = nil
      switch key {
      case LineKey.enter, LineKey.lineFeed: return enter()
      case LineKey.newLine:
        insert("\n")
        return refresh
      case LineKey.paste:
        insert(input.pasted)
        return refresh
      case LineKey.backspace, LineKey.control("h"): return deleteBackward()
      case LineKey.delete: return deleteForward()
      case LineKey.control("d"):
        if line.text.isEmpty {
          return Int32(CEDIT_END.rawValue)
        }
        return deleteForward()
      case LineKey.control("l"):
        clearScreen()
        return refresh
      case LineKey.control("r"), 0x2F: return runSearch()
      default: return move(key)
      }
    }

    private var refresh: Int32 { Int32(CEDIT_REFRESH.rawValue) }
    private var beep: Int32 { Int32(CEDIT_BEEP.rawValue) }

    private func move(_ key: Int32) -> Int32 {
      switch key {
      case LineKey.left, LineKey.control("b"): return moveBackward()
      case LineKey.right, LineKey.control("f"): return moveForward()
      case LineKey.home, LineKey.control("a"): return moveToLineStart()
      case LineKey.end, LineKey.control("e"): return moveToLineEnd()
      case LineKey.wordLeft: return moveWord(forward: false)
      case LineKey.wordRight: return moveWord(forward: true)
      // In vi's command mode the letters j and k come here.
      case LineKey.up, LineKey.control("p"), 0x6B: return moveLine(up: true)
      case LineKey.down, LineKey.control("n"), 0x6A: return moveLine(up: false)
      case LineKey.pageUp: return recall(older: true)
      case LineKey.pageDown: return recall(older: false)
      default: return beep
      }
    }

    private func enter() -> Int32 {
      let (text, cursor) = line
      guard options.isComplete(text) else {
        insert("\n")
        return refresh
      }
      moveCursor(by: text.unicodeScalars.count - cursor)
      finish()
      return Int32(CEDIT_ACCEPT.rawValue)
    }

    // MARK: One character

    private func clusterBefore(_ text: String, _ cursor: Int) -> Int {
      let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(cursor)))
      return before.last?.unicodeScalars.count ?? 0
    }

    private func clusterAfter(_ text: String, _ cursor: Int) -> Int {
      let after = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(cursor).prefix(64)))
      return after.first?.unicodeScalars.count ?? 0
    }

    private func deleteBackward() -> Int32 {
      let (text, cursor) = line
      guard cursor > 0 else { return beep }
      deleteBeforeCursor(clusterBefore(text, cursor))
      return refresh
    }

    private func deleteForward() -> Int32 {
      let (text, cursor) = line
      let count = clusterAfter(text, cursor)
      guard count > 0 else { return beep }
      moveCursor(by: count)
      deleteBeforeCursor(count)
      return refresh
    }

    private func moveBackward() -> Int32 {
      let (text, cursor) = line
      guard cursor > 0 else { return beep }
      moveCursor(by: -clusterBefore(text, cursor))
      return refresh
    }

    /// At the end the suggestion is taken.
    private func moveForward() -> Int32 {
      let (text, cursor) = line
      if takeGhost(text, cursor) { return refresh }
      let count = clusterAfter(text, cursor)
      guard count > 0 else { return beep }
      moveCursor(by: count)
      return refresh
    }

    private func takeGhost(_ text: String, _ cursor: Int) -> Bool {
      let ghost = ghost(text, cursor)
      insert(ghost)
      return !ghost.isEmpty
    }

    // MARK: Words and lines

    private func moveWord(forward: Bool) -> Int32 {
      let (text, cursor) = line
      let scalars = Array(text.unicodeScalars)
      func isWord(_ index: Int) -> Bool {
        scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil
          || scalars[index] == "_"
      }
      var place = cursor
      if forward {
        if takeGhost(text, cursor) { return refresh }
        while place < scalars.count, !isWord(place) { place += 1 }
        while place < scalars.count, isWord(place) { place += 1 }
      } else {
        while place > 0, !isWord(place - 1) { place -= 1 }
        while place > 0, isWord(place - 1) { place -= 1 }
      }
      moveCursor(by: place - cursor)
      return refresh
    }

    private func moveToLineStart() -> Int32 {
      let (text, cursor) = line
      let before = text.unicodeScalars.prefix(cursor)
      moveCursor(by: -before.reversed().prefix { $0 != "\n" }.count)
      return refresh
    }

    private func moveToLineEnd() -> Int32 {
      let (text, cursor) = line
      if takeGhost(text, cursor) { return refresh }
      moveCursor(by: text.unicodeScalars.dropFirst(cursor).prefix { $0 != "\n" }.count)
      return refresh
    }

    /// To the line above or below, as near as can be to the same column; beyond the first and the
    /// last, history.
    private func moveLine(up: Bool) -> Int32 {
      let (text, cursor) = line
      let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      let current = text.unicodeScalars.prefix(cursor).filter { $0 == "\n" }.count
      let target = up ? current - 1 : current + 1
      guard lines.indices.contains(target) else { return recall(older: up) }
      let start = lines[..<current].reduce(0) { $0 + $1.count + 1 }
      let display = options.display
      let column = display.width(
        of: String(String.UnicodeScalarView(lines[current].prefix(cursor - start))))
      let targetStart = lines[..<target].reduce(0) { $0 + $1.count + 1 }
      let kept = display.prefix(of: String(String.UnicodeScalarView(lines[target])), to: column)
      moveCursor(by: targetStart + kept.unicodeScalars.count - cursor)
      return refresh
    }

    /// An entry of history instead of the line; what was typed is the newest of them.
    private func recall(older: Bool) -> Int32 {
      let entries = history.entries
      let index = historyIndex + (older ? 1 : -1)
      guard (0...entries.count).contains(index) else { return beep }
      if historyIndex == 0 { draft = line.text }
      historyIndex = index
      replaceLine(with: index == 0 ? draft : entries[entries.count - index].text)
      return refresh
    }
  }
#endif
