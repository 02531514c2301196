import Kith
import KithBase
import KithModel
import KithStore
import Testing

/// What must hold of the domain's figures in any book, however awkward.
@Suite struct DomainLawTests {
  private func session(_ seed: UInt64) throws -> Session {
    let book = try Book.inMemory()
    for statement in RandomBook.sql(seed: seed) { try book.connection.execute(statement) }
    var options = Options()
    options.evaluationDate = RandomBook.today.text
    return try Session(book: book, options: options)
  }

  /// The cells of a result without its header.
  private func cells(_ session: Session, _ text: String) throws -> [[String]] {
    let lines = try session.run(text).rendered(as: .tsv).split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.dropFirst().filter { !$0.isEmpty }.map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func number(_ session: Session, _ text: String) throws -> Int {
    try cells(session, text).first?.last.flatMap { Int($0) } ?? 0
  }

  @Test(arguments: 301...UInt64(312))
  func aMatrixHoldsEveryCustomerOnce(seed: UInt64) throws {
    let session = try session(seed)
    let everybody = try number(session, "customers | count")
    for name in ["vpc", "ndf", "rad"] {
      var sum = 0
      for row in try cells(session, "customers | matrix \(name)") {
        let counts = row.dropFirst().compactMap { Int($0) }
        #expect(counts.dropLast().reduce(0, +) == counts.last, "\(name): \(row)")
        sum += counts.last ?? 0
        guard let letter = row.first, !letter.isEmpty else { continue }
        for level in 1...3 {
          let opened = try number(
            session, "customers | matrix \(name) | cell \(letter)\(level) | count")
          #expect(opened == counts[level - 1], "\(name) \(letter)\(level)")
        }
      }
      #expect(sum == everybody, "\(name)")
    }
  }

  @Test(arguments: 301...UInt64(312))
  func openDealsStandInOneStageEach(seed: UInt64) throws {
    let session = try session(seed)
    let open = try number(session, "opportunities | where open | count")
    let without = try number(session, "opportunities | where open and stage is empty | count")
    let staged = try number(session, "stages | summarize n = sum(open_count)")
    #expect(staged + without == open)
  }

  @Test(arguments: 301...UInt64(312))
  func aFunnelNeverWidens(seed: UInt64) throws {
    let session = try session(seed)
    let reached = try cells(
      session, "opportunities | where funnel = funnel 1 | funnel | select stage, reached"
    ).compactMap {
      $0.last.flatMap { Int($0) }
    }
    #expect(!reached.isEmpty)
    for (earlier, later) in zip(reached, reached.dropFirst()) { #expect(later <= earlier) }
  }

  /// Of an open deal the days in its stages make up the time since it entered the first; each of the
  /// six is cut to whole days, and a stage never visited has none.
  @Test(arguments: 301...UInt64(312))
  func daysInStagesMakeUpTheAge(seed: UInt64) throws {
    let session = try session(seed)
    let parts = ["A", "B", "C", "D", "E", "F"].map { "(days_in(\($0)) ?? 0)" }
    let rows = try cells(
      session,
      """
      opportunities | where open and closed is empty and funnel = funnel 1 and \
      any(stage_changes) and none(stage_changes where to is empty or at > now) | select \
      s = \(parts.joined(separator: " + ")), all = floor(days(now - min(stage_changes.at)))
      """)
    for row in rows {
      let values = row.compactMap { Int($0) }
      guard values.count == 2 else { continue }
      #expect(values[0] <= values[1] && values[0] >= values[1] - 6, "\(row)")
    }
  }

  /// Scores run from 1 to the number of bins; who has more of a thing never scores less.
  @Test func scoresFollowTheirValues() throws {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 60, seed: 9) { _, _ in }
    let session = try Session(book: book, options: Options())
    let rows = try cells(
      session, "customers | where bought | select frequency, f_score | sort frequency")
    #expect(rows.count >= 20)
    let scores = rows.compactMap { $0.last.flatMap { Int($0) } }
    #expect(scores.count == rows.count && scores.allSatisfy { (1...5).contains($0) })
    for (earlier, later) in zip(scores, scores.dropFirst()) { #expect(earlier <= later) }
  }

  /// An empty book has no warnings, no cells filled and no scores, and says so without an error.
  @Test func anEmptyBookIsNoError() throws {
    let session = try Session(book: Book.inMemory(), options: Options())
    #expect(try cells(session, "customers | warnings").isEmpty)
    #expect(try number(session, "customers | matrix vpc | summarize n = sum(total)") == 0)
    #expect(try cells(session, "customers | select rfm, completeness").isEmpty)
  }
}
