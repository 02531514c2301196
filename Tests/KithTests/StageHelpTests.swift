import Kith
import KithBase
import KithShell
import KithStore
import Testing

/// What help shows must be true: every example checks on a book that may be changed.
@Suite struct StageHelpTests {
  @Test func everyExampleChecks() throws {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 450, seed: 1) { _, _ in }
    var options = Options()
    options.evaluationDate = Session.demoDay
    options.access = .write
    let session = try Session(book: book, options: options)
    let rows = StageHelp.all + StageHelp.statements
    #expect(rows.count > 50)
    for row in rows where row.verb != "import" {
      // A remark stands behind three blanks.
      let script = row.example.split(separator: "\n").map { line in
        String(line.firstRange(of: "   ").map { line[..<$0.lowerBound] } ?? line)
      }.joined(separator: "\n")
      let errors = session.check(SourceText(script)).filter { $0.severity == .error }
      #expect(errors.isEmpty, "\(row.verb): \(script): \(errors.map(\.message))")
    }
  }
}
