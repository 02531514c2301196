import Kith
import KithBase
import KithShell
import KithStore
import Testing

/// What `kith help CODE` shows: each wrong text gives its code, each right one does not.
@Suite struct ErrorHelpTests {
  private static func session() throws -> Session {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 20, seed: 1) { _, _ in }
    var options = Options()
    options.evaluationDate = "2026-11-21"
    return try Session(book: book, options: options)
  }

  /// What is said before the text runs, and what its run ends with.
  private func codes(_ session: Session, _ text: String, run: Bool) -> [String] {
    let found = session.check(SourceText(text))
    if !run || found.contains(where: { $0.severity == .error }) { return found.map(\.code) }
    do {
      _ = try session.run(text)
      return found.map(\.code)
    } catch {
      return error.diagnostics.map(\.code)
    }
  }

  @Test(arguments: [Tongue.english, .chinese])
  func everyExample(_ tongue: Tongue) throws {
    let session = try Self.session()
    for help in ErrorHelp.all {
      guard let bad = help.bad, let good = help.good else { continue }
      // Only what goes wrong while running needs the run.
      let runs = help.code.hasPrefix("K4") || help.code.hasPrefix("K6")
      let given = codes(session, bad[tongue], run: runs)
      #expect(given.contains(help.code), "\(help.code): \(bad[tongue]) gives \(given)")
      let left = codes(session, good[tongue], run: runs)
      #expect(left.isEmpty, "\(help.code): \(good[tongue]) gives \(left)")
    }
  }

  @Test func eachCodeOnce() {
    let codes = ErrorHelp.all.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(ErrorHelp.find("k2104")?.code == "K2104")
    #expect(ErrorHelp.find("K9999") == nil)
  }

  @Test func helpIsInTheTongue() throws {
    let help = try #require(ErrorHelp.find("K2101"))
    #expect(
      help.text(.english) == """
        K2101: a pipeline begins with a table, and none has this name

          wrong:
            custmers | take 3

          right:
            customers | take 3

        """)
    #expect(help.text(.chinese).contains("错:\n    客护 | 取 3\n"))
    #expect(ErrorHelp.family(of: "K6123", .chinese)?.hasPrefix("K6123: 账本") == true)
    #expect(ErrorHelp.family(of: "K612", .english) == nil)
  }
}
