import Glibc
import KithBase

extension FunctionSpec {
  /// Roots, logarithms, powers.
  static let numberFunctions: [FunctionSpec] = [
    FunctionSpec(
      "sqrt", zh: "平方根", signature: "sqrt(number)",
      summary: "The square root; empty below 0",
      examples: [("sqrt(16)", "4"), ("sqrt(2.25)", "1.5")],
      takes: [.number], gives: .float,
      kernel: { arguments, _, _ in try mapFloats(arguments[0], "sqrt") { $0.squareRoot() } }),
    FunctionSpec(
      "ln", zh: "自然对数", signature: "ln(number)",
      summary: "The natural logarithm; empty for 0 and below",
      examples: [("ln(1)", "0")], takes: [.number], gives: .float,
      kernel: { arguments, _, _ in try mapFloats(arguments[0], "ln") { $0 > 0 ? log($0) : .nan } }),
    FunctionSpec(
      "log10", zh: "常用对数", signature: "log10(number)",
      summary: "The logarithm to base 10; empty for 0 and below",
      examples: [("log10(1000)", "3"), ("log10(0.01)", "-2")], takes: [.number], gives: .float,
      kernel: { arguments, _, _ in
        try mapFloats(arguments[0], "log10") { $0 > 0 ? log10($0) : .nan }
      }),
    FunctionSpec(
      "exp", zh: "指数", signature: "exp(number)", summary: "e to this power",
      examples: [("exp(0)", "1")], takes: [.number], gives: .float,
      kernel: { arguments, _, _ in try mapFloats(arguments[0], "exp") { exp($0) } }),
    FunctionSpec(
      "power", zh: "乘方", aliases: ["pow"], signature: "power(base, exponent)",
      summary: "Base to this power; empty where that is no real number",
      examples: [("power(2, 10)", "1024"), ("power(9, 0.5)", "3")], takes: [.number, .number],
      gives: .float, kernel: powerKernel),
    FunctionSpec(
      "sign", zh: "符号", signature: "sign(number)", summary: "-1, 0 or 1",
      examples: [("sign(-7)", "-1"), ("sign(0)", "0")], takes: [.number], gives: .int,
      kernel: { arguments, _, _ in
        .int(
          try arguments[0].floats().map { value in
            if value.isNaN { return Vector.emptyInt }
            return value > 0 ? 1 : value < 0 ? -1 : 0
          })
      }),
  ]

  /// C's `pow` gives 1 for an empty base to 0 and for 1 to an empty power; here empty stays empty.
  /// Zero to a negative power is a division by zero: empty.
  @Sendable private static func powerKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    let bases = try arguments[0].floats()
    let exponents = try arguments[1].floats()
    var results = [Double](repeating: .nan, count: count)
    for row in 0..<count where !bases[row].isNaN && !exponents[row].isNaN {
      if bases[row] == 0, exponents[row] < 0 { continue }
      let value = pow(bases[row], exponents[row])
      if value.isInfinite { throw FunctionError.tooLarge("power") }
      results[row] = value
    }
    return .float(results)
  }
}
