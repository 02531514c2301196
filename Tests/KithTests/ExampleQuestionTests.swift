import Foundation
import Kith
import KithBase
import Testing

/// `examples/questions.kith` asks each question in English and then in Chinese; both answers are the
/// same rows.
@Suite struct ExampleQuestionTests {
  @Test("both tongues give the same rows")
  func pairs() throws {
    let url = Repository.top.appending(path: "examples/questions.kith")
    let text = try String(contentsOf: url, encoding: .utf8)
    var options = Options()
    options.evaluationDate = "2026-11-21"
    let session = try Session.demo(customers: 500, seed: 7, options: options)
    var answers: [Table] = []
    let script = Interpreter(session, parameters: [:])
    try script.run(SourceText(name: "questions.kith", text)) { event in
      if case .table(let table) = event { answers.append(table) }
    }
    #expect(script.warnings.isEmpty, "\(script.warnings.map(\.message))")
    let headings = text.split(separator: "\n").filter { line in
      line.hasPrefix("# ") && line.dropFirst(2).first?.isNumber == true
    }
    #expect(answers.count == 2 * headings.count, "a heading and two lines for each question")
    #expect(headings.count >= 49)
    for (place, heading) in headings.enumerated() where 2 * place + 1 < answers.count {
      let (english, chinese) = (answers[2 * place], answers[2 * place + 1])
      #expect(english.columnTypes == chinese.columnTypes, "\(heading)")
      #expect(english.rowCount == chinese.rowCount, "\(heading)")
      #expect(rows(english) == rows(chinese), "\(heading)")
    }
    let filled = answers.filter { $0.rowCount > 0 }.count
    #expect(filled >= answers.count * 8 / 10, "the demo book answers most of them")
  }

  /// Every cell, without the header, which is in the tongue of the question.
  private func rows(_ table: Table) -> [Substring] {
    Array(table.rendered(as: .tsv).split(separator: "\n").dropFirst())
  }
}
