#if canImport(CEdit)
  import CEdit
  import Glibc
  import KithBase

  /// A line edited and drawn by libedit alone, for terminals that know no escape sequences.
  ///
  /// Each line is entered by itself; lines are joined until the text is complete. Tab inserts what
  /// is certain and lists the rest.
  final class LineEditorPlain {
    private let options: LineEditorOptions
    private let history: HistoryStore
    private var editor: OpaquePointer?
    /// The lines before the one being edited.
    private var before = ""
    private var historyIndex = 0

    init?(_ options: LineEditorOptions, _ history: HistoryStore) {
      self.options = options
      self.history = history
      cedit_prepare_locale()
      let context = Unmanaged.passUnretained(self).toOpaque()
      editor = cedit_open(
        "kith", 0, context,
        { context, key in
          guard let context else { return Int32(CEDIT_BEEP.rawValue) }
          return Unmanaged<LineEditorPlain>.fromOpaque(context).takeUnretainedValue().handle(key)
        }, nil)
      guard let editor else { return nil }
      LineEditorBindings.configure(editor, general: ["^N", "^P"], needed: ["^I"])
    }

    deinit { cedit_close(editor) }

    func readLine() -> LineResult {
      guard let editor else { return .endOfInput }
      try? history.refresh()
      before = ""
      cedit_signals_begin()
      defer { cedit_signals_end() }
      while true {
        historyIndex = 0
        let prompt =
          before.isEmpty
          ? options.prompt().map(\.text).joined() : options.continuationPrompt(before)
        WideText.withWide(DisplayWidth.sanitized(prompt)) { cedit_set_prompt(editor, $0) }
        var text: UnsafePointer<wchar_t>?
        var count: Int32 = 0
        let result = cedit_read_line(editor, &text, &count)
        guard result == 1, let text else {
          TerminalOutput.write("\n")
          let number = cedit_terminating_signal()
          if number != 0 {
            cedit_signals_end()
            raise(number)
          }
          return result < 0 && number == 0 ? .cancelled : .endOfInput
        }
        var line = WideText.string(UnsafeBufferPointer(start: text, count: Int(count)))
        if line.last == "\n" { line.removeLast() }
        let whole = before + line
        if options.isComplete(whole) { return .line(whole) }
        before = whole + "\n"
      }
    }

    private func handle(_ key: Int32) -> Int32 {
      switch key {
      case LineKey.tab: complete()
      case LineKey.control("p"): recall(older: true)
      case LineKey.control("n"): recall(older: false)
      default: Int32(CEDIT_BEEP.rawValue)
      }
    }

    private var line: (text: String, cursor: Int) {
      guard let editor else { return ("", 0) }
      var count: Int32 = 0
      var cursor: Int32 = 0
      let start = cedit_text(editor, &count, &cursor)
      return (WideText.string(UnsafeBufferPointer(start: start, count: Int(count))), Int(cursor))
    }

    private func recall(older: Bool) -> Int32 {
      let entries = history.entries
      let index = historyIndex + (older ? 1 : -1)
      guard let editor, (0...entries.count).contains(index) else {
        return Int32(CEDIT_BEEP.rawValue)
      }
      historyIndex = index
      let (old, cursor) = line
      let count = old.unicodeScalars.count
      cedit_move_cursor(editor, Int32(clamping: count - cursor))
      cedit_delete_before_cursor(editor, Int32(clamping: count))
      let text = index == 0 ? "" : entries[entries.count - index].text
      // A line of libedit's is one line.
      let flat = text.split(separator: "\n").joined(separator: " ")
      WideText.withWide(flat) { _ = cedit_insert(editor, $0) }
      return Int32(CEDIT_REFRESH.rawValue)
    }

    private func complete() -> Int32 {
      let (text, cursor) = line
      let head = String(String.UnicodeScalarView(text.unicodeScalars.prefix(cursor)))
      let whole = before + text
      let result = options.complete(whole, before.utf8.count + head.utf8.count)
      guard let editor, !result.items.isEmpty else { return Int32(CEDIT_BEEP.rawValue) }
      // Only what goes on behind the cursor: nothing typed is taken back.
      let range = result.replaceRange.clamped(to: 0..<whole.utf8.count)
      let typed = String(decoding: Array(whole.utf8)[range], as: UTF8.self)
      let common = CompletionMenu.commonBeginning(result.items)
      let cursorByte = before.utf8.count + head.utf8.count
      if range.upperBound == cursorByte, common.hasPrefix(typed), common != typed {
        let rest = String(decoding: common.utf8.dropFirst(typed.utf8.count), as: UTF8.self)
        WideText.withWide(rest) { _ = cedit_insert(editor, $0) }
        return Int32(CEDIT_REFRESH.rawValue)
      }
      let names = result.items.prefix(40).map { DisplayWidth.sanitized($0.insert) }
      TerminalOutput.write("\r\n" + names.joined(separator: "  ") + "\r\n")
      return Int32(CEDIT_REDISPLAY.rawValue)
    }
  }
#endif
