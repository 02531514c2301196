import KithBase

extension FunctionSpec {
  /// `round floor ceil abs`: they keep what kind of number they are given.
  static let roundingFunctions: [FunctionSpec] = [.round, .floor, .ceil, .abs]

  private static let round = FunctionSpec(
    "round", zh: "舍入", aliases: ["四舍五入"], signature: "round(number, digits = 0)",
    summary: """
      The nearest number with so many decimals; a half goes away from zero, of money to the even \
      fen. Digits of a percent count behind its own point; -4 rounds to 万
      """,
    examples: [("round(2.5)", "3"), ("round(2.675, 2)", "2.68"), ("round(12_345, -2)", "12300")],
    arity: 1...2,
    resultType: { types in
      if types.count == 2, types[1] != .int, types[1] != .empty { return nil }
      return switch types.first.map(settled) {
      case .float: types.count == 1 ? .int : .float
      case let type?: roundable(type)
      case nil: nil
      }
    },
    argumentTypes: { types in
      types.enumerated().map { $0.offset == 0 ? settled($0.element) : .int }
    },
    kernel: { arguments, count, context in
      let digits =
        arguments.count == 2
        ? try arguments[1].integers() : [Int64](repeating: 0, count: count)
      switch context.argumentTypes.first.map(settled) {
      case .float where arguments.count == 1:
        return try wholeNumbers(arguments[0], "round", nearest)
      case .float: return try roundFloats(arguments[0], digits, shift: 0)
      case .percent: return try roundFloats(arguments[0], digits, shift: 2)
      case .money: return try roundIntegers(arguments[0], digits, shift: -2, halfEven: true)
      default: return try roundIntegers(arguments[0], digits, shift: 0, halfEven: false)
      }
    })

  private static let floor = FunctionSpec(
    "floor", zh: "下取整", aliases: ["向下取整"], signature: "floor(number)",
    summary: "The largest whole number that is not above it; of money whole units (元)",
    examples: [("floor(2.9)", "2"), ("floor(-2.1)", "-3")], arity: 1...1,
    resultType: wholeResult, argumentTypes: { $0.map(settled) },
    kernel: { arguments, _, context in
      switch context.argumentTypes.first.map(settled) {
      case .float: try wholeNumbers(arguments[0], "floor") { $0.rounded(.down) }
      case .money: try mapIntegers(arguments[0]) { try wholeUnits($0, up: false, "floor") }
      default: arguments[0]
      }
    })

  private static let ceil = FunctionSpec(
    "ceil", zh: "上取整", aliases: ["ceiling", "向上取整"], signature: "ceil(number)",
    summary: "The smallest whole number that is not below it; of money whole units (元)",
    examples: [("ceil(2.1)", "3"), ("ceil(-2.9)", "-2")], arity: 1...1,
    resultType: wholeResult, argumentTypes: { $0.map(settled) },
    kernel: { arguments, _, context in
      switch context.argumentTypes.first.map(settled) {
      case .float: try wholeNumbers(arguments[0], "ceil") { $0.rounded(.up) }
      case .money: try mapIntegers(arguments[0]) { try wholeUnits($0, up: true, "ceil") }
      default: arguments[0]
      }
    })

  private static let abs = FunctionSpec(
    "abs", zh: "绝对值", signature: "abs(number)",
    summary: "Without its sign; also of money, a percent or a duration",
    examples: [("abs(-3)", "3"), ("abs(2.5 - 4)", "1.5")], arity: 1...1,
    resultType: { types in
      guard let type = types.first.map(settled) else { return nil }
      if case .duration = type { return type }
      return roundable(type)
    },
    argumentTypes: { $0.map(settled) },
    kernel: { arguments, _, _ in
      if case .float(let values) = arguments[0] { return .float(values.map(\.magnitude)) }
      // The smallest Int64 is the empty value, so no magnitude overflows.
      return try mapIntegers(arguments[0]) { Int64($0.magnitude) }
    })
}

/// Money inside an expression is rounded to fen before a function sees it; a lone `empty` is an int.
private func settled(_ type: KithType) -> KithType {
  switch type {
  case .exactMoney, .floatMoney: .money
  case .empty: .int
  default: type
  }
}

private func roundable(_ type: KithType) -> KithType? {
  switch type {
  case .int, .float, .percent, .money: type
  default: nil
  }
}

@Sendable private func wholeResult(_ types: [KithType]) -> KithType? {
  switch types.first.map(settled) {
  case .int, .float: .int
  case .money: .money
  default: nil
  }
}

private func nearest(_ value: Double) -> Double { value.rounded(.toNearestOrAwayFromZero) }

/// Floats to ints; a number beyond ±9.2e18 is K4201.
private func wholeNumbers(
  _ vector: Vector, _ function: String, _ body: (Double) -> Double
) throws -> Vector {
  .int(
    try vector.floats().map { value in
      if value.isNaN { return Vector.emptyInt }
      guard let whole = Int64(exactly: body(value)), whole != Vector.emptyInt else {
        throw FunctionError.tooLarge(function)
      }
      return whole
    })
}

/// Fen down or up to whole units.
private func wholeUnits(_ fen: Int64, up: Bool, _ function: String) throws -> Int64 {
  let rest = fen % 100
  if rest == 0 { return fen }
  let towardsZero = fen - rest
  let step: Int64 = up == (fen > 0) ? (up ? 100 : -100) : 0
  let (result, overflow) = towardsZero.addingReportingOverflow(step)
  if overflow || result == Vector.emptyInt { throw FunctionError.tooLarge(function) }
  return result
}

/// Rounds the decimal number a float is shown as: 2.675 is stored a little below and 1.005 too, so
/// the scaled number is first moved two steps of its precision away from zero.
private func roundFloats(_ vector: Vector, _ digits: [Int64], shift: Int64) throws -> Vector {
  var values = try vector.floats()
  for row in values.indices {
    if digits[row] == Vector.emptyInt {
      values[row] = .nan
    } else if !values[row].isNaN {
      values[row] = rounded(values[row], digits: max(-400, min(400, digits[row])) + shift)
    }
  }
  return .float(values)
}

private func rounded(_ value: Double, digits: Int64) -> Double {
  if digits == 0 { return nearest(value) }
  // A Double has at most 17 digits: finer rounding changes nothing, coarser leaves nothing.
  if digits > 22 { return value }
  if digits < -308 { return 0 }
  let power = powerOfTen(digits.magnitude)
  let scaled = digits > 0 ? value * power : value / power
  if !scaled.isFinite || scaled.magnitude >= 9_007_199_254_740_992 { return value }
  let whole = nearest(scaled + 2 * (scaled < 0 ? -scaled.ulp : scaled.ulp))
  return digits > 0 ? whole / power : whole * power
}

/// 10 to the power; exact up to 22.
private func powerOfTen(_ exponent: UInt64) -> Double {
  Double("1e\(exponent)") ?? .infinity
}

private func roundIntegers(
  _ vector: Vector, _ digits: [Int64], shift: Int64, halfEven: Bool
) throws -> Vector {
  var values = try vector.integers()
  for row in values.indices where values[row] != Vector.emptyInt {
    if digits[row] == Vector.emptyInt {
      values[row] = Vector.emptyInt
      continue
    }
    let places = max(-40, min(40, digits[row])) + shift
    if places < 0 {
      values[row] = try rounded(values[row], toTenPower: Int(-places), halfEven: halfEven)
    }
  }
  return .int(values)
}

/// To a multiple of 10 to the power; K4201 where that leaves the range.
private func rounded(_ value: Int64, toTenPower power: Int, halfEven: Bool) throws -> Int64 {
  // 10^19 and more are above twice the largest number, but for 10^19 itself no half is reached
  // either: 9.2e18 is a half or more of it, and its multiple does not fit.
  if power > 18 {
    if power == 19, value.magnitude >= 5_000_000_000_000_000_000 {
      throw FunctionError.tooLarge("round")
    }
    return 0
  }
  var unit: Int64 = 1
  for _ in 0..<power { unit *= 10 }
  let rest = (value % unit).magnitude
  let half = UInt64(unit / 2)
  let quotient = value / unit
  let up = rest > half || (rest == half && (!halfEven || quotient % 2 != 0))
  let whole = quotient + (up ? value.signum() : 0)
  let (result, overflow) = whole.multipliedReportingOverflow(by: unit)
  if overflow || result == Vector.emptyInt { throw FunctionError.tooLarge("round") }
  return result
}
