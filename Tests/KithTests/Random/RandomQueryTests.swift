import Glibc
import KithModel
import KithStore
import Testing

/// Random queries over random books give the same rows by the engine and by the row engine.
@Suite struct RandomQueryTests {
  /// Books; each gets the same number of queries.
  private static let bookCount = 40

  /// 2,000 unless `KITH_RANDOM_QUERIES` says otherwise.
  private static var queryCount: Int {
    guard let text = getenv("KITH_RANDOM_QUERIES").map({ String(cString: $0) }) else {
      return 2_000
    }
    return Int(text) ?? 2_000
  }

  @Test(arguments: 1...UInt64(bookCount))
  func agree(seed: UInt64) throws {
    let desk = try RandomDesk(seed: seed)
    for number in 0..<UInt64(max(1, Self.queryCount / Self.bookCount)) {
      let text = RandomQuery.text(
        seed: seed &* 1_000_003 &+ number, catalogue: desk.book.catalogue, titles: desk.titles)
      if case .differs(let difference) = desk.outcome(text) {
        Issue.record("book \(seed), query \(number): \(text)\n\(difference)")
      }
    }
  }

  /// A query with a piece cut out or doubled is refused with a reason, or means something else and
  /// both engines agree on it; nothing traps.
  @Test(arguments: 201...UInt64(208))
  func brokenQueries(seed: UInt64) throws {
    let desk = try RandomDesk(seed: seed)
    var random = SplitMix(seed: seed)
    for number in 0..<UInt64(40) {
      var text = Array(
        RandomQuery.text(
          seed: seed &* 1_000_003 &+ number, catalogue: desk.book.catalogue, titles: desk.titles))
      let start = random.int(0...(text.count - 1))
      let end = min(text.count, start + random.int(1...6))
      if random.chance(50) {
        text.removeSubrange(start..<end)
      } else {
        text.insert(contentsOf: text[start..<end], at: start)
      }
      if case .differs(let difference) = desk.outcome(String(text)) {
        Issue.record("book \(seed), query \(number): \(String(text))\n\(difference)")
      }
    }
  }

  /// The generator is worth its time only if most of what it writes means something.
  @Test func mostQueriesCheck() throws {
    var refused = 0
    var count = 0
    for seed in 101...UInt64(110) {
      let desk = try RandomDesk(seed: seed)
      for number in 0..<UInt64(20) {
        let text = RandomQuery.text(
          seed: seed &* 1_000_003 &+ number, catalogue: desk.book.catalogue, titles: desk.titles)
        if case .refused = desk.outcome(text) { refused += 1 }
        count += 1
      }
    }
    #expect(refused * 10 <= count * 3, "\(refused) of \(count) queries do not check")
  }
}
