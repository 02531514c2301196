import KithBase
import KithPlan
import Testing

/// Functions of lists at their edges: nothing in a list, nothing to count, two dictionaries.
@Suite struct ListFunctionTests {
  /// Lists of whole numbers, one for each row.
  private func lists(_ rows: [[Int64]]) -> Vector {
    var offsets: [Int32] = [0]
    for row in rows { offsets.append(offsets[offsets.count - 1] + Int32(row.count)) }
    return .list(offsets, .int(rows.flatMap { $0 }))
  }

  private func run(_ name: String, _ arguments: [Vector], _ types: [KithType]) throws -> [Scalar] {
    let function = try #require(FunctionCatalogue.shipped.find(name))
    let result = try #require(function.resultType(types))
    let count = arguments[0].count
    let context = FunctionContext(
      zone: .shanghai, today: Day(number: 0), now: Instant(microseconds: 0), argumentTypes: types)
    let vector = try function.kernel(arguments, count, context)
    return (0..<count).map { vector.scalar($0, result) }
  }

  private let numbers: KithType = .list(.int)

  @Test func sizesAndElements() throws {
    let lists = lists([[], [7], [3, 5, 8]])
    #expect(try run("size", [lists], [numbers]) == [.int(0), .int(1), .int(3)])
    for (place, expected) in [
      (1, [Scalar.empty, .int(7), .int(3)]), (3, [.empty, .empty, .int(8)]),
      (-2, [.empty, .empty, .int(5)]), (0, [.empty, .empty, .empty]),
      (-4, [.empty, .empty, .empty]),
    ] {
      let places = Vector.int([Int64](repeating: Int64(place), count: 3))
      #expect(try run("element", [lists, places], [numbers, .int]) == expected, "\(place)")
    }
    let unknown = Vector.int([Vector.emptyInt, Vector.emptyInt, Vector.emptyInt])
    #expect(try run("element", [lists, unknown], [numbers, .int]) == [.empty, .empty, .empty])
    #expect(
      try run("tail", [lists, .int([2, 0, 2])], [numbers, .int])
        == [.list([]), .list([]), .list([.int(5), .int(8)])])
    #expect(
      try run("tail", [lists, unknown], [numbers, .int]) == [.list([]), .list([]), .list([])])
  }

  @Test func sharesOfAList() throws {
    let lists = lists([[], [9, 1, 9, 2], [4]])
    #expect(
      try run("commonest_share", [lists], [numbers]) == [.empty, .float(0.5), .float(1)])
    #expect(
      try run("frequent", [lists, .float([0.25, 0.25, 0.25])], [numbers, .float])
        == [.list([]), .list([.int(1), .int(2), .int(9)]), .list([.int(4)])])
    // Without a share nothing is frequent: no comparison with an empty number holds.
    #expect(
      try run("frequent", [lists, .float([.nan, .nan, .nan])], [numbers, .float])
        == [.list([]), .list([]), .list([])])
  }

  @Test func textsOfTwoDictionariesAreComparedAsTexts() throws {
    let first = Vector.list([0, 3], .text([1, 2, 3], TextDictionary(["a", "b", "c"])))
    let second = Vector.list([0, 2], .text([1, 2], TextDictionary(["c", "a"])))
    #expect(
      try run("minus", [first, second], [.list(.text), .list(.text)]) == [.list([.text("b")])])
    #expect(try run("minus", [second, second], [.list(.text), .list(.text)]) == [.list([])])
  }

  @Test func givenLeavesEmptiesOut() throws {
    let a = Vector.text([1, 0], TextDictionary(["x"]))
    let b = Vector.text([0, 0], TextDictionary(["x"]))
    let c = Vector.text([1, 0], TextDictionary(["y"]))
    #expect(
      try run("given", [a, b, c], [.text, .text, .text])
        == [.list([.text("x"), .text("y")]), .list([])])
    #expect(try run("given", [.int([Vector.emptyInt])], [.int]) == [.list([])])
  }

  @Test func productsAndGaps() throws {
    #expect(
      try run("product", [lists([[], [2, 5]])], [numbers]) == [.float(1), .float(10)])
    let product = try #require(FunctionCatalogue.shipped.find("product"))
    #expect(product.resultType([.list(.percent)]) == .percent)
    #expect(product.resultType([.list(.text)]) == nil && product.resultType([.int]) == nil)
    // 10, 10 and 14 January: one gap of four days. A day alone has none.
    let days = Vector.list([0, 3, 4], .day([9, 9, 13, 9]))
    #expect(
      try run("median_gap", [days], [.list(.date)])
        == [.duration(Duration(microseconds: 4 * 86_400_000_000)), .empty])
  }
}
