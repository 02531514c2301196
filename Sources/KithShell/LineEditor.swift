import Glibc
import KithBase

/// How a piece of the line, the prompt or the list under it is coloured.
package enum LineStyle: Sendable, Hashable {
  case plain, prompt, count, continuation
  case keyword, name, function, number, text, date, comment, punctuation, wrong
  case ghost, dim, kind, selected

  /// The colour as SGR parameters; empty for plain.
  var sgr: String {
    switch self {
    case .plain, .name: ""
    case .prompt: "1;36"
    case .count: "36"
    case .continuation, .comment, .ghost, .dim: "90"
    case .keyword: "1;34"
    case .function: "34"
    case .number, .date: "33"
    case .text: "32"
    case .punctuation: "35"
    case .wrong: "31"
    case .kind: "36"
    case .selected: "7"
    }
  }
}

/// A piece of text in one colour.
package struct StyledText: Sendable, Hashable {
  var text: String
  var style: LineStyle

  /// Plain where nothing is said.
  package init(_ text: String, _ style: LineStyle = .plain) {
    self.text = text
    self.style = style
  }
}

/// A coloured part of the line, in bytes of its UTF-8.
package struct LineHighlight: Sendable, Hashable {
  var range: Range<Int>
  var style: LineStyle

  /// Ranges of one line must not overlap.
  package init(range: Range<Int>, style: LineStyle) {
    self.range = range
    self.style = style
  }
}

/// What could stand at the cursor.
package struct CompletionResult: Sendable, Hashable {
  /// One of them.
  package struct Item: Sendable, Hashable {
    /// Replaces the range; ends with a blank where one must follow.
    var insert: String
    /// `verb`, `field`, `value`; may be empty.
    var kind: String
    /// Shown beside it: a count, a meaning; may be empty.
    var detail: String

    init(insert: String, kind: String = "", detail: String = "") {
      self.insert = insert
      self.kind = kind
      self.detail = detail
    }
  }

  /// What an item replaces, in bytes of the line's UTF-8.
  var replaceRange: Range<Int>
  var items: [Item]

  static let none = CompletionResult(replaceRange: 0..<0, items: [])
}

/// What the editor asks its owner. All are called on the editor's thread, those about the text once
/// per frame, so they must be quick.
package struct LineEditorOptions {
  /// Drawn before the first line; no line feed in it.
  var prompt: () -> [StyledText] = { [StyledText("> ", .prompt)] }
  /// Drawn before each further line; given the text before that line, to say what is open.
  package var continuationPrompt: (String) -> String = { _ in "… " }
  var highlight: (String) -> [LineHighlight] = { _ in [] }
  /// The text and the cursor in bytes of its UTF-8.
  var complete: (String, Int) -> CompletionResult = { _, _ in .none }
  /// Whether Enter runs the text; otherwise it opens a line.
  package var isComplete: (String) -> Bool = { _ in true }
  /// A line under the text, asked for after 60 ms without a key; the second argument tells whether
  /// to go on, and is false from the moment a key waits. Nil: nothing to say.
  var status: ((String, () -> Bool) -> String?)?
  var colour = true
  var display = DisplayWidth()
  /// A descriptor that becomes readable when the frame must be drawn anew; the owner empties it in
  /// `woken`.
  var wakeDescriptor: Int32?
  var woken: () -> Void = {}

  /// Everything as a plain line editor has it.
  package init() {}
}

/// How the reading of a statement ended.
package enum LineResult: Sendable, Equatable {
  /// The text without its last line end; it may have several lines.
  case line(String)
  /// Ctrl-C.
  case cancelled
  case endOfInput
}

/// Reads statements from a person at a terminal, or lines from anything else.
///
/// With a terminal on both sides the line is edited with libedit's keys and drawn here, in colour,
/// with completion, suggestions from history and a search of its own. `TERM=dumb` gets libedit's
/// plain drawing. Where standard input or output is no terminal, or the program is built without
/// libedit, lines are read from a buffer and nothing is drawn. One editor in a process, on one
/// thread.
final class LineEditor {
  private enum Source {
    #if canImport(CEdit)
      case terminal(LineEditorTerminal)
      case dumb(LineEditorPlain)
    #endif
    case lines(LineReader)
  }

  private let source: Source

  /// Whether somebody types: banners, times and progress make sense.
  let isInteractive: Bool

  init(options: LineEditorOptions, history: HistoryStore) {
    let hasTerminal = isatty(0) != 0 && isatty(1) != 0
    #if canImport(CEdit)
      if hasTerminal {
        let name = getenv("TERM").map { String(cString: $0) } ?? ""
        if name.isEmpty || name == "dumb", let plain = LineEditorPlain(options, history) {
          source = .dumb(plain)
          isInteractive = true
          return
        }
        if let terminal = LineEditorTerminal(options, history) {
          source = .terminal(terminal)
          isInteractive = true
          return
        }
      }
    #endif
    isInteractive = hasTerminal
    source = .lines(LineReader(options, showsPrompt: hasTerminal))
  }

  /// The next statement. `initial` is put into the line for editing, where it is edited at all.
  ///
  /// - Throws: K7 if the input cannot be read.
  func readLine(initial: String = "") throws(Diagnostic) -> LineResult {
    switch source {
    #if canImport(CEdit)
      case .terminal(let terminal): return terminal.readLine(initial: initial)
      case .dumb(let plain): return plain.readLine()
    #endif
    case .lines(let reader): return try reader.readLine()
    }
  }
}
