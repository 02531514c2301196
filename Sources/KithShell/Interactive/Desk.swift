import Glibc
import Kith
import KithBase
import KithLanguage
import KithPlan

/// The interactive shell: reads a statement, runs it, shows the answer, and keeps what was defined.
final class Desk {
  var session: Session
  var launch: Launch
  let presenter: Presenter
  private(set) var interpreter: Interpreter
  /// The last pipeline as text: what a line that begins with `|` continues.
  private(set) var chain: [String] = []
  var isDone = false
  /// The last statement changed the book, so `undo` takes that back.
  private var hasRecorded = false

  init(_ launch: Launch, _ presenter: Presenter) throws {
    self.launch = launch
    self.presenter = presenter
    session = try Program.session(launch)
    interpreter = Interpreter(session, parameters: [:])
    interpreter.allowsRedefinition = true
    askBeforeWriting()
  }

  private func askBeforeWriting() {
    interpreter.confirm = { [unowned self] recorded in
      try self.presenter.confirm(recorded, isAsking: !self.launch.assumesYes)
    }
  }

  func run() throws -> Int32 {
    let path = HistoryStore.defaultPath(environment: Terminal.environment)
    let history = HistoryStore(
      path: path, book: launch.book ?? "demo", seconds: { Int64(time(nil)) })
    // A history that cannot be read is no reason not to work.
    try? history.refresh()
    let editor = LineEditor(options: editorOptions(), history: history)
    if editor.isInteractive { banner() }
    while !isDone {
      switch try editor.readLine() {
      case .endOfInput: isDone = true
      case .cancelled: continue
      case .line(let text):
        guard !text.isBlank else { continue }
        let fine = execute(text)
        try? history.append(text, outcome: fine ? .succeeded : .failed)
      }
    }
    return Presenter.Exit.fine
  }

  private func banner() {
    let chinese = presenter.tongue == .chinese
    let book = launch.book ?? (chinese ? "示例账本（内存）" : "the demo book (in memory)")
    presenter.remark(
      chinese
        ? "kith \(Program.version) · \(book) · 输入 .help 查看用法，Ctrl-D 离开"
        : "kith \(Program.version) · \(book) · .help for help, Ctrl-D to leave")
  }

  private func editorOptions() -> LineEditorOptions {
    var options = LineEditorOptions()
    options.prompt = { [StyledText("kith", .prompt), StyledText("> ", .plain)] }
    options.continuationPrompt = { text in
      if case .needsMore(let open) = completeness(of: text) { return "\(open) … " }
      return "… "
    }
    options.isComplete = { text in
      if text.hasPrefix(".") || text.isBlank { return true }
      return completeness(of: text) == .complete
    }
    options.highlight = { text in
      KithLanguage.highlight(text).map {
        LineHighlight(range: $0.span.lower..<$0.span.upper, style: $0.style.line)
      }
    }
    options.complete = { [unowned self] text, cursor in self.complete(text, cursor) }
    options.colour = Terminal.usesColour(1, launch.colour)
    return options
  }

  private func complete(_ text: String, _ cursor: Int) -> CompletionResult {
    var prefix = ""
    if text.drop(while: \.isWhitespace).hasPrefix("|"), let last = chain.last {
      prefix = last + " "
    }
    let found = Completer(session, defined: interpreter.environment.names)
      .candidates(prefix + text, at: cursor + prefix.utf8.count)
    let lower = max(0, found.span.lower - prefix.utf8.count)
    let upper = max(lower, found.span.upper - prefix.utf8.count)
    return CompletionResult(
      replaceRange: lower..<upper,
      items: found.items.map {
        CompletionResult.Item(insert: $0.insert, kind: $0.kind, detail: $0.detail)
      })
  }

  /// Runs what was entered; false if it failed.
  func execute(_ entered: String) -> Bool {
    let line = entered.trimmedBlanks
    if line.hasPrefix(".") { return DotCommand.run(line, self) }
    if ["undo", "撤销", "撤回"].contains(line), !hasRecorded { return undo() }
    if line == "quit" || line == "exit" {
      isDone = true
      return true
    }
    var text = line
    if line.hasPrefix("|") || line.hasPrefix("｜") {
      guard let last = chain.last else {
        presenter.remark(
          presenter.tongue == .chinese ? "还没有可以接着写的查询" : "there is no query to continue yet")
        return false
      }
      text = last + "\n" + line
    }
    let fine = answer(text)
    if fine, isPipeline(text) { chain.append(text) }
    return fine
  }

  private func isPipeline(_ text: String) -> Bool {
    let statements = parse(SourceText(text)).program.statements
    if statements.count == 1, case .pipeline = statements[0].kind { return true }
    return false
  }

  private func undo() -> Bool {
    guard chain.count > 1 else { return false }
    chain.removeLast()
    presenter.remark(chain[chain.count - 1])
    return answer(chain[chain.count - 1])
  }

  private func answer(_ text: String) -> Bool { answer(SourceText(text)) }

  /// Runs a script file with the desk's names.
  func read(_ path: String) -> Bool {
    do {
      return answer(SourceText(name: path, bytes: try FileText.bytes(path, limit: 16 << 20)))
    } catch {
      _ = presenter.report(error)
      return false
    }
  }

  private func answer(_ text: SourceText) -> Bool {
    Stopping.interruption.reset()
    interpreter.maximumRows = presenter.neededRows
    do {
      hasRecorded = false
      try interpreter.run(text) { event in
        if case .recorded = event { hasRecorded = true }
        try presenter.show(event)
      }
      return true
    } catch {
      _ = presenter.report(error)
      return false
    }
  }

  func open(_ path: String) -> Bool {
    var next = launch
    next.book = path
    do {
      session = try Program.session(next)
      launch = next
      interpreter = Interpreter(session, parameters: [:])
      interpreter.allowsRedefinition = true
      askBeforeWriting()
      hasRecorded = false
      chain = []
      return true
    } catch {
      _ = presenter.report(error)
      return false
    }
  }
}

extension HighlightStyle {
  var line: LineStyle {
    switch self {
    case .verb, .keyword: .keyword
    case .name: .name
    case .number: .number
    case .text: .text
    case .date: .date
    case .operator: .punctuation
    case .comment: .comment
    case .error: .wrong
    }
  }
}

extension String {
  var isBlank: Bool { allSatisfy(\.isWhitespace) }

  var trimmedBlanks: String {
    var view = Substring(self)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }
}
