import KithBase
import KithLanguage
import KithPlan

extension Interpreter {
  /// Runs one statement that changes the book: shown and confirmed first where somebody is asked.
  func record(
    _ recording: RecordingSyntax, _ span: SourceSpan, _ text: SourceText,
    _ emit: (ScriptEvent) throws -> Void
  ) throws {
    if let confirm, !session.options.dryRun {
      let preview = try recorded(recording, span, text, rehearses: true)
      guard try confirm(preview) else { return }
    }
    try emit(
      .recorded(try recorded(recording, span, text, rehearses: session.options.dryRun)))
  }

  private func recorded(
    _ recording: RecordingSyntax, _ span: SourceSpan, _ text: SourceText, rehearses: Bool
  ) throws -> Recorded {
    do {
      return try Recorder(session: session, rehearses: rehearses).run {
        try session.refresh()
        let checker = try newChecker(text)
        guard let checked = checker.check(recording, span) else {
          throw KithError(checker.diagnostics.filter { $0.severity == .error })
        }
        return checked
      }
    } catch var diagnostic as Diagnostic {
      if diagnostic.span == nil {
        diagnostic.span = span
        diagnostic.source = text
      }
      throw KithError(diagnostic)
    }
  }
}
