import KithBase
import KithPlan
import KithRun
import Testing

/// Filters, orders and cuts over small tables; every expected value was worked out by hand.
@Suite struct RunRowTests {
  private let a = Make.slot(1, .int)
  private let b = Make.slot(2, .int)

  private func kept(_ condition: Expr) throws -> [Int64?] {
    let table = Make.table([[1, nil, 3, 3], [1, nil, 2, 9]])
    let numbered = Plan.window(
      table, [WindowSlot(SlotID(8), WindowCall(.rowNumber, type: .int))])
    return try runInts(.filter(numbered, Filter(condition)), [Make.slot(8, .int)])[0]
  }

  @Test func emptyOperandsMakePositiveTestsFalse() throws {
    #expect(try kept(Make.call(.compare(.equal), [a, b])) == [1])
    #expect(try kept(Make.call(.compare(.notEqual), [a, b])) == [2, 3, 4])
    #expect(try kept(Make.call(.compare(.less), [a, b])) == [4])
    #expect(try kept(Make.call(.compare(.greaterOrEqual), [a, b])) == [1, 3])
    #expect(try kept(Make.call(.compare(.lessOrEqual), [a, Make.int(3)])) == [1, 3, 4])
    #expect(try kept(Make.call(.compare(.notEqual), [a, Make.int(3)])) == [1, 2])
    #expect(try kept(Make.call(.isIn([.int(1), .int(9)]), [a])) == [1])
    #expect(try kept(Make.call(.not, [Make.call(.isIn([.int(1)]), [a])])) == [2, 3, 4])
  }

  @Test func conjunctsKeepTheRowOrder() throws {
    let both = Make.call(
      .and,
      [
        Make.call(.compare(.greater), [b, Make.int(1)]),
        Make.call(.compare(.equal), [a, Make.int(3)]),
      ])
    #expect(try kept(both) == [3, 4])
  }

  /// More rows than a batch, and a mask that keeps every third.
  @Test func filterOverManyBatches() throws {
    let values = (0..<10_000).map { Int64?($0) }
    let third = Make.call(
      .compare(.equal), [Make.call(.remainder, [a, Make.int(3)], .int), Make.int(0)])
    let result = try runInts(.filter(Make.table([values]), Filter(third)), [a])[0]
    #expect(result.count == 3_334)
    #expect(result.last == 9_999)
    #expect(result == values.filter { ($0 ?? 1) % 3 == 0 })
  }

  @Test func sortPutsEmptiesLastBothWaysAndKeepsTies() throws {
    let table = Make.table([[3, nil, 1, 3, -5], [1, 2, 3, 4, 5]])
    let up = try runInts(.order(table, [SortKey(a)]), [b])[0]
    #expect(up == [5, 3, 1, 4, 2])
    let down = try runInts(.order(table, [SortKey(a, descending: true)]), [b])[0]
    #expect(down == [1, 4, 3, 5, 2])
    let twoKeys = try runInts(
      .order(table, [SortKey(a, descending: true), SortKey(b, descending: true)]), [b])[0]
    #expect(twoKeys == [4, 1, 3, 5, 2])
  }

  /// Against the standard library's sort, over keys wider than one word together.
  @Test func sortOfManyRowsAgreesWithTheStandardLibrary() throws {
    var state: UInt64 = 7
    func next() -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(bitPattern: state) >> 3
    }
    let count = 20_000
    let first = (0..<count).map { _ in Int64?(next() % 50) }
    let second = (0..<count).map { i in i % 97 == 0 ? nil : next() }
    let third = (0..<count).map { _ in Int64?(next()) }
    let rows = (0..<Int64(count)).map { Int64?($0) }
    let plan = Plan.order(
      Make.table([first, second, third, rows]),
      [SortKey(a), SortKey(b, descending: true), SortKey(Make.slot(3, .int))])
    let result = try runInts(plan, [Make.slot(4, .int)])[0]
    let expected = (0..<count).sorted { x, y in
      if first[x] != first[y] { return (first[x] ?? 0) < (first[y] ?? 0) }
      if second[x] != second[y] {
        guard let left = second[x] else { return false }
        guard let right = second[y] else { return true }
        return left > right
      }
      if third[x] != third[y] { return (third[x] ?? 0) < (third[y] ?? 0) }
      return x < y
    }
    #expect(result == expected.map { Int64($0) })
  }

  @Test func takeFromAnOrderSaysHowManyTie() throws {
    let values = (0..<1_000).map { Int64?($0 / 10) }
    let rows = (0..<1_000).map { Int64?($0) }
    let keys = [SortKey(a, descending: true)]
    let plan = Plan.limit(
      .order(Make.table([values, rows]), keys), Limit(.take, .rows(12), sortedBy: keys))
    let result = try Make.engine().run(Make.query(plan, [b]), budget: Budget())
    // 99 stands in rows 990 to 999, 98 in 980 to 989, of which two are taken and eight cut.
    #expect(result.columns[0].scalar(9, .int) == .int(999))
    #expect(result.columns[0].scalar(11, .int) == .int(981))
    #expect(result.notes.map(\.english) == ["8 rows more would tie with the last one"])
    #expect(result.notes.map(\.chinese) == ["另有 8 行与末行并列"])
  }

  @Test func takePerGroupRoundsPartsUp() throws {
    let table = Make.table([[1, 1, 1, 2, 2, nil], [1, 2, 3, 4, 5, 6]])
    let plan = Plan.limit(table, Limit(.take, .fraction(0.4), per: [a]))
    // 40 % of 3, 2 and 1 rows are 2, 1 and 1.
    #expect(try runInts(plan, [b])[0] == [1, 2, 4, 6])
    let rest = Plan.limit(table, Limit(.skip, .rows(1), per: [a]))
    #expect(try runInts(rest, [b])[0] == [2, 3, 5])
  }

  /// The three largest of each of 40 groups among 20,000 rows, against a plain sort of each group.
  @Test func topOfGroupsAmongManyRows() throws {
    let count = 20_000
    let groups = (0..<count).map { Int64?(Int64($0 * 7_919 % 40)) }
    let values = (0..<count).map { i in i % 11 == 0 ? nil : Int64?(Int64(i * 104_729 % 5_003)) }
    let rows = (0..<count).map { Int64?(Int64($0)) }
    let keys = [SortKey(a), SortKey(b, descending: true)]
    let plan = Plan.limit(
      .mark(.order(Make.table([groups, values, rows]), keys), index: 0),
      Limit(.take, .rows(3), per: [a], sortedBy: [keys[1]]))
    let result = try runInts(plan, [Make.slot(3, .int)])[0]
    let expected = (0..<40).flatMap { group -> [Int64] in
      let own = (0..<count).filter { groups[$0] == Int64(group) }
      let sorted = own.sorted { x, y in
        (values[x] ?? -1, -x) > (values[y] ?? -1, -y)
      }
      return sorted.prefix(3).map { Int64($0) }
    }
    #expect(result == expected)
  }

  @Test func sampleIsTheSameForASeedAndKeepsTheOrder() throws {
    let values = (0..<500).map { Int64?($0) }
    let plan = Plan.limit(Make.table([values]), Limit(.sample(seed: 42), .rows(20)))
    let first = try runInts(plan, [a])[0].compactMap { $0 }
    #expect(first.count == 20)
    #expect(first == first.sorted())
    #expect(Set(first).count == 20)
    #expect(try runInts(plan, [a])[0].compactMap { $0 } == first)
    let other = Plan.limit(Make.table([values]), Limit(.sample(seed: 43), .rows(20)))
    #expect(try runInts(other, [a])[0].compactMap { $0 } != first)
  }

  @Test func marksCountAndTheLastEmptyingStageIsNamed() throws {
    let all = Plan.mark(Make.table([[1, 2, 3]]), index: 0)
    let none = Plan.mark(
      .filter(all, Filter(Make.call(.compare(.greater), [a, Make.int(5)]))), index: 1)
    let query = Make.query(none, [a], stages: ["numbers", "where a > 5"])
    let result = try Make.engine().run(query, budget: Budget())
    #expect(result.stageCounts == [3, 0])
    #expect(result.notes.first?.kind == "nothing")
    #expect(result.notes.first?.english == "no rows are left after `where a > 5`; 3 rows before it")
  }
}
