#if canImport(CEdit)
  import CEdit
  import Glibc
  import KithBase

  /// Text as libedit keeps it: one `wchar_t` a scalar, ended by 0.
  enum WideText {
    static func string(_ wide: UnsafeBufferPointer<wchar_t>) -> String {
      var scalars = String.UnicodeScalarView()
      for character in wide {
        scalars.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
      }
      return String(scalars)
    }

    static func withWide(_ text: String, _ body: (UnsafePointer<wchar_t>) -> Void) {
      var wide = text.unicodeScalars.filter { $0 != "\0" }.map { wchar_t(bitPattern: $0.value) }
      wide.append(0)
      wide.withUnsafeBufferPointer { if let start = $0.baseAddress { body(start) } }
    }
  }

  /// Key bindings, and the user's `~/.editrc`.
  enum LineEditorBindings {
    /// The general keys, then the user's file, then the keys the editor cannot do without.
    ///
    /// A `bind -v` or `bind -e` in the file rebuilds all maps, so the general keys are bound again
    /// after it; what the file binds later holds.
    static func configure(_ editor: OpaquePointer, general: [String], needed: [String]) {
      bind(editor, general)
      for line in userFile() {
        _ = cedit_configure(editor, line)
        let words = line.split { $0 == " " || $0 == "\t" }
        if words.contains("-v") || words.contains("-e") { bind(editor, general) }
      }
      bind(editor, needed)
      if cedit_uses_vi(editor) != 0 {
        // In command mode libedit takes Escape for the start of a meta key; it must do nothing.
        bindAlternate(editor, needed + ["^[", "^R", "^L", "^N", "^P", "j", "k", "/"])
      }
    }

    private static func bind(_ editor: OpaquePointer, _ keys: [String]) {
      for key in keys { WideText.withWide(key) { cedit_bind(editor, $0, 0) } }
    }

    private static func bindAlternate(_ editor: OpaquePointer, _ keys: [String]) {
      for key in keys { WideText.withWide(key) { cedit_bind(editor, $0, 1) } }
    }

    /// The lines of `$EDITRC`, else `~/.editrc`; none if it cannot be read.
    private static func userFile() -> [String] {
      let named = getenv("EDITRC").map { String(cString: $0) }
      let home = getenv("HOME").map { String(cString: $0) + "/.editrc" }
      guard let path = named ?? home, let file = fopen(path, "re") else { return [] }
      defer { fclose(file) }
      var lines: [String] = []
      var buffer: UnsafeMutablePointer<CChar>?
      var capacity = 0
      defer { free(buffer) }
      while getline(&buffer, &capacity, file) > 0, let start = buffer {
        let line = String(cString: start)
        if line.first != "#", line.contains(where: { !$0.isWhitespace }) { lines.append(line) }
      }
      return lines
    }
  }
#endif
