import Foundation
import Kith
import KithBase
import KithLanguage
import KithModel
import KithPlan
import KithShow
import KithStore
import Testing

/// Every golden file, and every query of one in the ways that must agree.
///
/// With `KITH_ACCEPT=1` in the environment a file whose rows differ is rewritten; without it nothing
/// ever is.
@Suite struct GoldenTests {
  private static let accepts = ProcessInfo.processInfo.environment["KITH_ACCEPT"] == "1"

  @Test(arguments: GoldenFile.all)
  func file(_ file: GoldenFile) throws {
    #expect(!file.sentence.isEmpty, "the first line says what the file tests")
    #expect(!file.sections.isEmpty, "a golden file asks something")
    let shared = try Self.session(file)
    var accepted: [(place: Range<Int>, rows: [String])] = []
    for (index, section) in file.sections.enumerated() {
      let session = file.writes ? try Self.session(file) : shared
      switch section {
      case .query(let text, let expected, let notes):
        let rows = try self.rows(session, text, kinds: notes)
        if !same(rows, expected, text) {
          if Self.accepts {
            accepted.append((file.expectations[index], rows))
          } else {
            Issue.record(
              "\(text)\nexpected:\n\(expected.joined(separator: "\n"))\ngot:\n\(rows.joined(separator: "\n"))"
            )
          }
        }
        formatsAlike(text)
        try agreesWithTwin(session, text)
        if file.writes {
          try changesNothingInterrupted(Self.session(file), text)
        } else {
          survivesInterruption(session, text, rows)
        }
      case .error(let code, let query, let caret):
        error(session, code, query, caret)
      case .format(let text, let chinese, let expected):
        let tongue: Tongue = chinese ? .chinese : .english
        let formatted = try ScriptLayout.formatted(SourceText(text), tongue: tongue)
        #expect(formatted == expected.joined(separator: "\n") + "\n")
      }
    }
    if !accepted.isEmpty { try file.accept(accepted) }
  }

  @Test func thereAreGoldenFiles() { #expect(GoldenFile.all.count >= 60) }

  // MARK: Sessions

  private static func session(_ file: GoldenFile) throws -> Session {
    let book = try Book.inMemory()
    if let data = file.data {
      let url = GoldenFile.top.appending(path: "data/\(data).sql")
      try book.connection.execute(String(contentsOf: url, encoding: .utf8))
    }
    if let demo = file.demo {
      try book.makeDemo(customers: demo.customers, seed: demo.seed) { _, _ in }
    }
    var options = Options()
    options.evaluationDate = file.today
    options.access = file.writes ? .write : .read
    return try Session(book: book, options: options)
  }

  // MARK: Queries

  /// The result as tab-separated lines, the header first.
  private func rows(_ session: Session, _ text: String, kinds: [String]) throws -> [String] {
    let table = try session.run(text)
    let found = Set(table.result.notes.map(\.kind))
    for kind in kinds {
      #expect(found.contains(kind), "no note '\(kind)' among \(found.sorted()): \(text)")
    }
    var lines = table.rendered(as: .tsv).split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines.map(String.init)
  }

  /// In order if the query asks for one, else as sets of lines.
  private func same(_ rows: [String], _ expected: [String], _ text: String) -> Bool {
    if isOrdered(text) { return rows == expected }
    return rows.first == expected.first
      && rows.dropFirst().sorted() == expected.dropFirst().sorted()
  }

  private func isOrdered(_ text: String) -> Bool {
    pipelines(text).contains { pipeline in
      pipeline.stages.contains { stage in
        switch stage.kind {
        case .sort, .top, .reverse: true
        default: false
        }
      }
    }
  }

  private func pipelines(_ text: String) -> [PipelineSyntax] {
    parse(SourceText(text)).program.statements.compactMap {
      if case .pipeline(let pipeline) = $0.kind { pipeline } else { nil }
    }
  }

  /// What the formatter prints reads as the same tree.
  private func formatsAlike(_ text: String) {
    let tree = parse(SourceText(text)).program
    for tongue in [Tongue.english, .chinese] {
      let printed = format(tree, tongue: tongue)
      let again = parse(SourceText(printed))
      #expect(again.program == tree, "\(text)\nprints as\n\(printed)")
      #expect(format(again.program, tongue: tongue) == printed, "formatting twice: \(printed)")
    }
  }

  /// The row engine gives the same rows.
  private func agreesWithTwin(_ session: Session, _ text: String) throws {
    let source = SourceText(text)
    // After statements that change the book the last question shows that nothing old was kept.
    let program = parse(source).program
    guard let last = program.statements.last, case .pipeline(let pipeline) = last.kind,
      program.statements.dropLast().allSatisfy(preparesQuestion)
    else { return }
    let interpreter = Interpreter(session, parameters: [:])
    let query = try interpreter.checked(pipeline, source)
    let table = try interpreter.table(pipeline, source, limit: nil)
    let twin = Twin(
      book: try TwinBook(session.book), catalogue: session.book.catalogue,
      functions: session.functions)
    do {
      let result = try twin.run(query)
      let engine = (0..<table.rowCount).map { row in
        table.result.columns.map { $0.vector.scalar(row, $0.type) }
      }
      if let difference = difference(result.columns, engine) {
        Issue.record("the row engine disagrees: \(difference)\n\(text)")
      }
    } catch is TwinUndecided {
      // The documents leave it open.
    }
  }

  private func isRecording(_ statement: StatementSyntax) -> Bool {
    if case .record = statement.kind { true } else { false }
  }

  /// What a question behind it may follow from: the book was changed, or the day set (last to today).
  private func preparesQuestion(_ statement: StatementSyntax) -> Bool {
    switch statement.kind {
    case .record, .list, .set: true
    case .pipeline(let pipeline):
      if case .saveList? = pipeline.stages.last?.kind { true } else { false }
    default: false
    }
  }

  /// Stopped at its first tick a recording leaves the book as it was.
  private func changesNothingInterrupted(_ session: Session, _ text: String) throws {
    guard let first = parse(SourceText(text)).program.statements.first, isRecording(first) else {
      return
    }
    let before = try bookDump(session.book.connection)
    session.interruption.interrupt()
    do {
      _ = try session.run(text)
    } catch {
      #expect(error.code == "K5001", "\(error): \(text)")
      #expect(try bookDump(session.book.connection) == before, "half of it stayed: \(text)")
    }
    session.interruption.reset()
  }

  /// Stopped at its first tick the query ends with K5001, and the session goes on.
  private func survivesInterruption(_ session: Session, _ text: String, _ rows: [String]) {
    session.interruption.interrupt()
    do {
      _ = try session.run(text)
    } catch {
      #expect(error.code == "K5001", "\(error): \(text)")
    }
    session.interruption.reset()
    do {
      let again = try self.rows(session, text, kinds: [])
      #expect(again == rows, "after an interruption: \(text)")
    } catch {
      Issue.record("after an interruption: \(error)\n\(text)")
    }
  }

  // MARK: Errors

  private func error(
    _ session: Session, _ code: String, _ query: String, _ caret: GoldenFile.Caret
  ) {
    do {
      _ = try session.run(query)
      Issue.record("no error, but \(code) is expected: \(query)")
    } catch {
      let source = SourceText(query)
      let found = error.diagnostics.filter { $0.code == code }
      let carets = found.compactMap { $0.span.map { self.caret(of: $0, in: source) } }
      let codes = error.diagnostics.map { "\($0.code) \($0.message)" }
      #expect(!found.isEmpty, "\(code) is expected, not \(codes): \(query)")
      #expect(
        carets.isEmpty || carets.contains(caret),
        "\(code) of \(query) is expected at \(caret), drawn at \(carets)")
      for diagnostic in found {
        #expect(!diagnostic.message.isEmpty && !diagnostic.message.hasSuffix("."))
      }
    }
  }

  private func caret(of span: SourceSpan, in text: SourceText) -> GoldenFile.Caret {
    let map = LineMap(text)
    let line = map.line(of: span.lower)
    let whole = map.span(ofLine: line)
    let end = max(span.lower, min(span.upper, whole.upper))
    return GoldenFile.Caret(
      line: line, column: terminalColumns(text[SourceSpan(whole.lower, span.lower)]),
      width: max(1, terminalColumns(text[SourceSpan(span.lower, end)])))
  }
}
