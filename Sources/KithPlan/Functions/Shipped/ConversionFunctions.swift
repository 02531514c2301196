import KithBase

extension FunctionSpec {
  /// From text to other types. What cannot be read is empty, so `number(x) is empty and x is not
  /// empty` finds it. `text` of other types is the checker's, as it shows them.
  static let conversionFunctions: [FunctionSpec] = [
    FunctionSpec(
      "number", zh: "数值", signature: "number(text)",
      summary: """
        A text read as a number: 1,234.5 · 50k · 1.2亿 · 30% · (12) is -12; of money its major \
        units, of true 1; empty where it cannot be read
        """,
      examples: [("number(\"1,234.5\")", "1234.5"), ("number(\"1.2亿\")", "120000000")],
      arity: 1...1, resultType: numberResult,
      argumentTypes: { types in
        types.map { type in
          switch type {
          case .exactMoney, .floatMoney: .money
          case .empty: .text
          default: type
          }
        }
      }, kernel: numberKernel),
    FunctionSpec(
      "money", zh: "金额", signature: "money(text)",
      summary: """
        A text read as money: ¥3,000 · 500万元 · 12.5; a number in major units; a half fen goes to \
        the even one; empty where it cannot be read
        """,
      examples: [("money(\"¥3,000.50\")", "3000.50"), ("money(\"500万元\")", "5000000.00")],
      arity: 1...1,
      resultType: { types in
        switch types.first {
        case .text?, .int?, .float?, .money?, .exactMoney?, .floatMoney?, .empty?: .money
        default: nil
        }
      },
      argumentTypes: { types in
        types.map { type in
          switch type {
          case .exactMoney, .floatMoney: .money
          case .empty: .text
          default: type
          }
        }
      }, kernel: moneyKernel),
    FunctionSpec(
      "date", zh: "日期", signature: "date(text)",
      summary: """
        A text read as a date: 2026-11-21 · 2026/1/5 · 20261121 · 2026年11月21日, a clock behind it \
        left out, one with a zone turned to the book's; a time as its local day; empty where it \
        cannot be read
        """,
      examples: [("date(\"2026/1/5\")", "2026-01-05"), ("date(\"2026年11月21日\")", "2026-11-21")],
      arity: 1...1,
      resultType: { types in
        switch types.first {
        case .text?, .date?, .time?, .empty?: .date
        default: nil
        }
      },
      argumentTypes: { types in types.map { $0 == .empty ? .text : $0 } }, kernel: dateKernel),
    FunctionSpec(
      "text", zh: "文本", signature: "text(value)", summary: "Any value as it is shown",
      examples: [("text(\"kith\")", "kith")], takes: [.text], gives: .text,
      kernel: { arguments, _, _ in arguments[0] }),
  ]

  @Sendable private static func numberResult(_ types: [KithType]) -> KithType? {
    switch types.first {
    case .int?, .bool?: .int
    case .text?, .float?, .percent?, .money?, .exactMoney?, .floatMoney?, .empty?: .float
    default: nil
    }
  }

  @Sendable private static func numberKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    switch arguments[0] {
    case .text:
      let text = try TextArgument(arguments[0])
      return .float(
        try perText(arguments, count, empty: .nan) { row in
          text[row].flatMap { NumberText($0)?.double } ?? .nan
        })
    case .bool(let values):
      return .int(values.map { $0 == Vector.emptyBool ? Vector.emptyInt : Int64($0) })
    case .int(let values) where context.argumentTypes.first != .int:
      return .float(values.map { $0 == Vector.emptyInt ? .nan : Double($0) / 100 })
    default: return arguments[0]
    }
  }

  @Sendable private static func moneyKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    switch arguments[0] {
    case .text:
      let text = try TextArgument(arguments[0])
      return .int(
        try perText(arguments, count, empty: Vector.emptyInt) { row in
          text[row].flatMap { NumberText($0)?.fen } ?? Vector.emptyInt
        })
    case .int where context.argumentTypes.first == .int:
      return try mapIntegers(arguments[0]) { value in
        let (fen, overflow) = value.multipliedReportingOverflow(by: 100)
        if overflow || fen == Vector.emptyInt { throw FunctionError.tooLarge("money") }
        return fen
      }
    case .float(let values):
      return .int(
        try values.map { value in
          if value.isNaN { return Vector.emptyInt }
          // The decimal number the float is shown as, so that 0.285 is 28.5 fen and goes to 28.
          guard let fen = NumberText(value.description)?.fen else {
            throw FunctionError.tooLarge("money")
          }
          return fen
        })
    default: return arguments[0]
    }
  }

  @Sendable private static func dateKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    switch arguments[0] {
    case .text:
      let text = try TextArgument(arguments[0])
      return .day(
        try perText(arguments, count, empty: Vector.emptyDay) { row in
          text[row].flatMap { DateText.day($0, in: context.zone) }?.number ?? Vector.emptyDay
        })
    default: return .day(try arguments[0].localDays(context.zone))
    }
  }
}
