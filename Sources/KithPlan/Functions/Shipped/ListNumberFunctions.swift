import KithBase

extension FunctionSpec {
  /// Figures of a list of numbers or of dates.
  static let listNumberFunctions: [FunctionSpec] = [
    FunctionSpec(
      "product", zh: "连乘", signature: "product(list)",
      summary: "All numbers of a list multiplied; 1 for an empty list",
      examples: [("product([2, 5, 3])", "30"), ("product([0.5, 0.4])", "0.2")], arity: 1...1,
      resultType: { types in
        switch types.first {
        case .list(.percent)?: .percent
        case .list(.int)?, .list(.float)?: .float
        default: nil
        }
      },
      kernel: { arguments, count, context in
        let list = try ListArgument(arguments[0])
        let isWhole = context.argumentTypes.first == .list(.int)
        let numbers =
          isWhole ? try list.elements.integers().map(Double.init) : try list.elements.floats()
        return .float(
          try (0..<count).map { row in
            let value = list.range(row).reduce(1.0) { $0 * numbers[$1] }
            if value.isInfinite { throw FunctionError.tooLarge("product") }
            return value
          })
      }),
    FunctionSpec(
      "median_gap", zh: "间隔中位数", signature: "median_gap(list of dates)",
      summary: """
        The median time between consecutive different days of a list; of two in the middle their \
        mean. Empty for fewer than two days
        """,
      examples: [
        ("median_gap([2025-02-01, 2025-03-01, 2025-04-01])", "29.5 days"),
        ("median_gap([2025-01-10, 2025-04-12, 2025-07-11, 2025-10-13])", "92 days"),
      ], arity: 1...1,
      resultType: { types in
        switch types.first {
        case .list(.date)?, .list(.time)?: .duration(.microseconds)
        default: nil
        }
      },
      kernel: { arguments, count, context in
        let list = try ListArgument(arguments[0])
        let days = try list.elements.localDays(context.zone)
        return .int((0..<count).map { medianGap(list.range($0).map { days[$0] }) })
      }),
  ]

  /// In microseconds.
  private static func medianGap(_ days: [Int32]) -> Int64 {
    let different = Set(days.filter { $0 != Vector.emptyDay }).sorted()
    let gaps = zip(different.dropFirst(), different).map { Int64($0) - Int64($1) }.sorted()
    guard !gaps.isEmpty else { return Vector.emptyInt }
    let twice = gaps[(gaps.count - 1) / 2] + gaps[gaps.count / 2]
    return twice * 43_200_000_000
  }
}
