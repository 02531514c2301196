#if canImport(CEdit)
  import CEdit
  import Glibc
  import KithBase

  /// A line edited at a terminal: libedit keeps the text, everything seen is drawn here.
  final class LineEditorTerminal {
    let options: LineEditorOptions
    let history: HistoryStore
    private var editor: OpaquePointer?
    var input = KeyInput()

    // What is on the screen.
    private var rowsAbove = 0
    private var scroll = 0
    private var lastDrawn = ""
    private var columns = 80
    private var rows = 24

    // What stands round the text.
    var menu: CompletionMenu?
    var search: SearchState?
    private var status: (text: String, line: String)?

    /// The entry shown, counted from the newest (0: what was typed), and what was typed.
    var historyIndex = 0
    var draft = ""
    private var initial = ""
    private var wasInterrupted = false
    private var isTerminated = false

    private static let statusMilliseconds: Int32 = 60

    /// Nil where libedit finds no terminal it can use.
    init?(_ options: LineEditorOptions, _ history: HistoryStore) {
      self.options = options
      self.history = history
      input.wakeDescriptor = options.wakeDescriptor ?? -1
      cedit_prepare_locale()
      let context = Unmanaged.passUnretained(self).toOpaque()
      editor = cedit_open(
        "kith", 1, context,
        { context, key in LineEditorTerminal.of(context)?.handle(key) ?? 0 },
        { context, key in LineEditorTerminal.of(context)?.nextKey(key) ?? 0 })
      guard let editor else { return nil }
      LineEditorBindings.configure(editor, general: Self.generalKeys, needed: Self.neededKeys)
    }

    deinit { cedit_close(editor) }

    private static func of(_ context: UnsafeMutableRawPointer?) -> LineEditorTerminal? {
      context.map { Unmanaged<LineEditorTerminal>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Keys a user may bind otherwise in `~/.editrc`, and those the editor cannot do without.
    private static let generalKeys = ["^A", "^B", "^D", "^E", "^F", "^L", "^N", "^P", "^R", "^H"]
    private static let neededKeys =
      ["^I", "^J", "^M", "^?"]
      + LineKey.all.compactMap { code in
        Unicode.Scalar(UInt32(bitPattern: code)).map { String($0) }
      }

    func readLine(initial: String) -> LineResult {
      guard let editor else { return .endOfInput }
      try? history.refresh()
      reset(initial)
      cedit_signals_begin()
      TerminalOutput.write("\u{1b}[?2004h")
      var text: UnsafePointer<wchar_t>?
      var count: Int32 = 0
      let result = cedit_read_line(editor, &text, &count)
      // Before anything else: the next signal belongs to whoever runs the line.
      TerminalOutput.write("\u{1b}[?2004l")
      let number = cedit_terminating_signal()
      cedit_signals_end()
      if isTerminated {
        TerminalOutput.write("\r\n")
        raise(number)
        return .endOfInput
      }
      if result == 1, let text {
        return .line(WideText.string(UnsafeBufferPointer(start: text, count: Int(count))))
      }
      if result < 0 && wasInterrupted { return .cancelled }
      TerminalOutput.write("\r\n")
      return .endOfInput
    }

    private func reset(_ initial: String) {
      (menu, search, status) = (nil, nil, nil)
      (historyIndex, draft, self.initial) = (0, "", initial)
      (rowsAbove, scroll, lastDrawn) = (0, 0, "")
      (wasInterrupted, isTerminated) = (false, false)
      measure()
    }

    private func measure() {
      var size: (columns: Int32, rows: Int32) = (0, 0)
      guard cedit_window_size(1, &size.columns, &size.rows) == 0 else { return }
      columns = size.columns > 0 ? Int(size.columns) : 80
      rows = size.rows > 0 ? Int(size.rows) : 24
    }

    // MARK: The text

    /// What is edited, with the cursor in scalars.
    var line: (text: String, cursor: Int) {
      guard let editor else { return ("", 0) }
      var count: Int32 = 0
      var cursor: Int32 = 0
      let start = cedit_text(editor, &count, &cursor)
      return (WideText.string(UnsafeBufferPointer(start: start, count: Int(count))), Int(cursor))
    }

    func moveCursor(by scalars: Int) {
      guard let editor, scalars != 0 else { return }
      cedit_move_cursor(editor, Int32(clamping: scalars))
    }

    func insert(_ text: String) {
      guard let editor, !text.isEmpty else { return }
      WideText.withWide(text) { _ = cedit_insert(editor, $0) }
    }

    func deleteBeforeCursor(_ scalars: Int) {
      guard let editor, scalars > 0 else { return }
      cedit_delete_before_cursor(editor, Int32(clamping: scalars))
    }

    /// Another text, the cursor at its end.
    func replaceLine(with text: String) {
      let (old, cursor) = line
      let count = old.unicodeScalars.count
      moveCursor(by: count - cursor)
      deleteBeforeCursor(count)
      insert(text)
    }

    // MARK: Reading

    /// libedit wants a key: this is the moment to draw, when nothing more is waiting to be read.
    private func nextKey(_ key: UnsafeMutablePointer<wchar_t>?) -> Int32 {
      if !initial.isEmpty {
        insert(initial)
        initial = ""
      }
      while true {
        if !input.hasPending { draw() }
        switch input.next(timeout: wantsStatus ? Self.statusMilliseconds : -1) {
        case .key(let code):
          key?.pointee = code
          return 1
        case .endOfInput: return 0
        case .interrupted:
          if search != nil {
            key?.pointee = LineKey.control("g")
            return 1
          }
          finish(mark: "^C")
          wasInterrupted = true
          rememberCancelled()
          return -1
        case .terminated:
          isTerminated = true
          return -1
        case .resized: followResize()
        case .continued: resume()
        case .woken:
          options.woken()
          lastDrawn = ""
        case .timeout: status = (askStatus(), line.text)
        }
      }
    }

    /// A key for a handler that reads on; nil where the line must be given up.
    func readKey() -> Int32? {
      var key: wchar_t = 0
      return nextKey(&key) == 1 ? key : nil
    }

    private func rememberCancelled() {
      try? history.append(line.text, outcome: .cancelled)
    }

    private var wantsStatus: Bool {
      options.status != nil && search == nil && status?.line != line.text
    }

    private func askStatus() -> String {
      let text = line.text
      return options.status?(text, { [unowned self] in !input.hasPending }) ?? ""
    }

    private func followResize() {
      guard let editor else { return }
      cedit_resized(editor)
      measure()
      // Where a terminal that reflows has put the cursor.
      rowsAbove = min(frame(isFinal: false).cursorRow, rows - 1)
      lastDrawn = ""
    }

    /// Back from Ctrl-Z: the shell has changed the terminal's mode and written below the line.
    private func resume() {
      guard let editor else { return }
      cedit_set_raw(editor, 0)
      cedit_set_raw(editor, 1)
      TerminalOutput.write("\u{1b}[?2004h")
      measure()
      (rowsAbove, lastDrawn) = (0, "")
    }

    // MARK: Drawing

    private func frame(isFinal: Bool) -> LineFrame {
      let (text, cursor) = line
      var parts = LineFrame.Parts()
      parts.prompt = options.prompt()
      parts.continuation = { [options] number, before in
        number <= 50 ? options.continuationPrompt(before) : "… "
      }
      parts.text = text
      parts.cursor = isFinal ? text.unicodeScalars.count : cursor
      parts.highlights = options.highlight(text)
      if !isFinal {
        parts.ghost = ghost(text, cursor)
        parts.below = below(text)
      }
      (parts.columns, parts.rows) = (columns, rows)
      (parts.colour, parts.display) = (options.colour, options.display)
      return LineFrame(parts)
    }

    private func below(_ text: String) -> [[StyledText]] {
      if let search { return search.lines }
      if let menu, menu.line == text {
        return menu.lines(columns: columns, display: options.display)
      }
      menu = nil
      if let status, status.line == text, !status.text.isEmpty {
        return [[StyledText(status.text, .dim)]]
      }
      return []
    }

    /// How history goes on from here; "" anywhere but at the end.
    func ghost(_ text: String, _ cursor: Int) -> String {
      guard search == nil, menu == nil, cursor == text.unicodeScalars.count else { return "" }
      return history.continuation(of: text) ?? ""
    }

    private func draw() {
      let frame = frame(isFinal: false)
      let drawn = frame.drawn(above: rowsAbove, scroll: &scroll)
      // The same frame again would only flicker.
      if drawn.text == lastDrawn { return }
      TerminalOutput.write(drawn.text)
      rowsAbove = drawn.above
      // What the same frame would be, drawn from where the cursor now is.
      lastDrawn = frame.drawn(above: rowsAbove, scroll: &scroll).text
    }

    /// The line as it stays on the screen.
    func finish(mark: String = "") {
      search = nil
      TerminalOutput.write(frame(isFinal: true).drawnFinally(above: rowsAbove, mark: mark))
      rowsAbove = 0
    }

    func clearScreen() {
      TerminalOutput.write("\u{1b}[H\u{1b}[2J")
      (rowsAbove, lastDrawn) = (0, "")
    }
  }
#endif
