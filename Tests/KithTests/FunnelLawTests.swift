import Kith
import KithBase
import KithShow
import KithStore
import Testing

/// What holds of every funnel, whatever the book: nobody is lost between the figures of a step, the
/// next step counts those who advanced and no more, and a number opens into as many rows.
@Suite struct FunnelLawTests {
  private static let rules = [
    "", " strict", " any order", " best entry", " each entry", " counting only real visits",
    " without D", " without B exclude entirely", " within 30 days", " step 2 within 14 days",
    " strict each entry within 60 days", " best entry without won within 90 days",
  ]

  /// A funnel, and what stands for the exclusions of the rules where steps are no stages.
  private struct Subject: Sendable {
    var text: String
    var exclusions: [(String, String)] = []
    var isOfEvents = false
  }

  private static let subjects = [
    Subject(text: "opportunities | funnel A -> B -> C -> D"),
    Subject(text: "opportunities | funnel"),
    Subject(
      text: "customers | funnel",
      exclusions: [
        ("without D", "without potential"), ("without B", "without listed"),
        ("without won", "without off_net"),
      ]),
    Subject(
      text: "activities | funnel kind = visit -> kind = phone -> state = done per customer",
      exclusions: [
        ("without D", "without kind = sms"), ("without B", "without kind = email"),
        ("without won", "without kind = demo"), (" counting only real visits", ""),
      ], isOfEvents: true),
  ]

  private func session(_ seed: UInt64) throws -> Session {
    let book = try Book.inMemory()
    for statement in RandomBook.sql(seed: seed) { try book.connection.execute(statement) }
    var options = Options()
    options.evaluationDate = RandomBook.today.text
    return try Session(book: book, options: options)
  }

  private func rows(_ session: Session, _ text: String) throws -> [[Int64?]] {
    let table = try session.run(text)
    return (0..<table.rowCount).map { row in
      table.result.columns.map { column in
        if case .int(let value) = column.vector.scalar(row, column.type) { value } else { nil }
      }
    }
  }

  @Test(arguments: 301...UInt64(304))
  func everyFigureIsAccountedFor(seed: UInt64) throws {
    let session = try session(seed)
    for subject in Self.subjects {
      for rule in Self.rules {
        let own = subject.exclusions.reduce(rule) { $0.replacing($1.0, with: $1.1) }
        try check(session, subject.text + own, isOfEvents: subject.isOfEvents, "book \(seed)")
      }
    }
  }

  private func check(
    _ session: Session, _ query: String, isOfEvents: Bool, _ place: String
  ) throws {
    let verbs = ["reached", "", "dropped after", "open in"]
    let figures = "reached, advanced, late, open" + (isOfEvents ? "" : ", lost")
    let comment: Comment = "\(place): \(query)"
    var counts: [Int: [Int64]] = [:]
    var step = 0
    var advanced: Int64?
    for row in try rows(session, query + " | select " + figures) {
      let reached = row[0] ?? -1
      if let advanced { #expect(reached == advanced, comment) }
      advanced = row[1]
      if advanced != nil {
        #expect(reached == row.dropFirst().reduce(0) { $0 + ($1 ?? -1) }, comment)
      }
      let lost = isOfEvents ? 0 : row[4] ?? 0
      let numbers = [reached, 0, (row[2] ?? 0) + lost, row[3] ?? 0]
      counts[step] = zip(counts[step] ?? [0, 0, 0, 0], numbers).map(+)
      // The last step of a block has no one who advanced.
      step = advanced == nil ? 0 : step + 1
    }
    for (step, numbers) in counts {
      for (verb, number) in zip(verbs, numbers) where !verb.isEmpty {
        let opened = try session.run(query + " | \(verb) \(step + 1)")
        #expect(Int64(opened.rowCount) == number, "\(place): \(query) | \(verb) \(step + 1)")
      }
    }
  }
}
