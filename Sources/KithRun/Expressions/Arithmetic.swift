import KithBase
import KithPlan

extension Execution {
  /// Numbers, money and durations: `+ - * / %` and the conversions between their shapes.
  func arithmetic(_ operation: Operation, _ columns: [Column], _ types: [KithType]) throws -> Vector
  {
    switch operation {
    case .toFloat: return try toFloat(columns[0], types[0])
    case .negate:
      switch columns[0].dense {
      case .int(let values): return .int(values.map { $0 == Empty.int ? $0 : 0 - $0 })
      case .float(let values): return .float(values.map { -$0 })
      default: throw mismatch("a negation")
      }
    case .scaleMoney(let digits): return .int(try multiplied(try ints(columns[0]), by: digits))
    case .rescale(let places):
      guard let power = Self.powerOfTen(places) else { throw Self.overflow }
      return .int(try multiplied(try ints(columns[0]), by: power))
    case .roundMoney: return try roundMoney(columns[0], types[0])
    default: break
    }
    switch (columns[0].dense, columns[1].dense) {
    case (.int(let a), .int(let b)): return .int(try integers(operation, a, b))
    case (.float(let a), .float(let b)): return .float(try floats(operation, a, b))
    case (.int(let a), .float(let b)): return .int(try lengths(operation, a, b))
    default: throw mismatch("arithmetic")
    }
  }

  static let overflow = Diagnostic(
    "K4001", "a number is too large: whole numbers and amounts go up to 9,223,372,036,854,775,807",
    help: "number(…) computes with decimals")

  static func powerOfTen(_ exponent: Int) -> Int64? {
    guard (0...18).contains(exponent) else { return nil }
    return (0..<exponent).reduce(Int64(1)) { power, _ in power * 10 }
  }

  func ints(_ column: Column) throws -> [Int64] {
    guard case .int(let values) = column.dense else { throw mismatch("a whole number") }
    return values
  }

  /// Overflow is collected in the sign bit of one word, so that the loop has no branch.
  private func integers(_ operation: Operation, _ a: [Int64], _ b: [Int64]) throws -> [Int64] {
    let count = a.count
    let empty = Empty.int
    var bad: Int64 = 0
    var zeros = 0
    let result = [Int64](unsafeUninitializedCapacity: count) { output, filled in
      switch operation {
      case .add:
        for i in 0..<count {
          let sum = a[i] &+ b[i]
          let isEmpty = (a[i] == empty) || (b[i] == empty)
          bad |= isEmpty ? 0 : (a[i] ^ sum) & (b[i] ^ sum)
          output[i] = isEmpty ? empty : sum
        }
      case .subtract:
        for i in 0..<count {
          let difference = a[i] &- b[i]
          let isEmpty = (a[i] == empty) || (b[i] == empty)
          bad |= isEmpty ? 0 : (a[i] ^ b[i]) & (a[i] ^ difference)
          output[i] = isEmpty ? empty : difference
        }
      case .remainder:
        for i in 0..<count {
          let isEmpty = (a[i] == empty) || (b[i] == empty)
          if !isEmpty, b[i] == 0 { zeros += 1 }
          output[i] = isEmpty || b[i] == 0 ? empty : b[i] == -1 ? 0 : a[i] % b[i]
        }
      default:
        for i in 0..<count {
          let (product, overflow) = a[i].multipliedReportingOverflow(by: b[i])
          let isEmpty = (a[i] == empty) || (b[i] == empty)
          if !isEmpty, overflow || product == empty { bad = -1 }
          output[i] = isEmpty ? empty : product
        }
      }
      filled = count
    }
    if bad < 0 { throw Self.overflow }
    notes.count(.divisionByZero, "", zeros)
    return result
  }

  private func floats(_ operation: Operation, _ a: [Double], _ b: [Double]) throws -> [Double] {
    let count = a.count
    var zeros = 0
    let result = [Double](unsafeUninitializedCapacity: count) { output, filled in
      switch operation {
      case .add: for i in 0..<count { output[i] = a[i] + b[i] }
      case .subtract: for i in 0..<count { output[i] = a[i] - b[i] }
      case .multiply: for i in 0..<count { output[i] = a[i] * b[i] }
      case .remainder:
        for i in 0..<count {
          if b[i] == 0, !a[i].isNaN { zeros += 1 }
          output[i] = b[i] == 0 ? .nan : a[i].truncatingRemainder(dividingBy: b[i])
        }
      default:
        for i in 0..<count {
          if b[i] == 0, !a[i].isNaN { zeros += 1 }
          output[i] = b[i] == 0 ? .nan : a[i] / b[i]
        }
      }
      filled = count
    }
    notes.count(.divisionByZero, "", zeros)
    return result
  }

  /// Durations times or by a number, rounded half-even to whole units.
  private func lengths(_ operation: Operation, _ a: [Int64], _ b: [Double]) throws -> [Int64] {
    let lengths = a.map { $0 == Empty.int ? Double.nan : Double($0) }
    return try floats(operation, lengths, b).map { value in
      if value.isNaN { return Empty.int }
      guard let rounded = Int64(exactly: value.rounded(.toNearestOrEven)) else {
        throw Self.overflow
      }
      return rounded
    }
  }

  private func multiplied(_ values: [Int64], by factor: Int64) throws -> [Int64] {
    var bad = false
    let result = values.map { value -> Int64 in
      if value == Empty.int { return value }
      let (product, overflow) = value.multipliedReportingOverflow(by: factor)
      bad = bad || overflow || product == Empty.int
      return product
    }
    if bad { throw Self.overflow }
    return result
  }

  private func toFloat(_ column: Column, _ type: KithType) throws -> Vector {
    switch column.dense {
    case .float(let values): return .float(values)
    case .int(let values):
      var divisor = 1.0
      if case .exactMoney(let scale) = type, let power = Self.powerOfTen(scale) {
        divisor = Double(power)
      }
      return .float(
        values.map { $0 == Empty.int ? .nan : Double($0) / divisor })
    default: throw mismatch("a number")
    }
  }

  private func roundMoney(_ column: Column, _ type: KithType) throws -> Vector {
    switch column.dense {
    case .int(let values):
      guard case .exactMoney(let scale) = type, scale > 0 else { return .int(values) }
      guard let divisor = Self.powerOfTen(scale) else { throw Self.overflow }
      return .int(
        values.map { $0 == Empty.int ? $0 : Rounding.halfEven($0, dividedBy: divisor) })
    case .float(let values):
      return .int(
        try values.map { value in
          if value.isNaN { return Empty.int }
          guard let rounded = Rounding.money(value) else { throw Self.overflow }
          return rounded
        })
    default: throw mismatch("money")
    }
  }
}

/// Half-even rounding: a tie goes to the even neighbour.
enum Rounding {
  /// - Parameter divisor: above 0.
  static func halfEven(_ value: Int64, dividedBy divisor: Int64) -> Int64 {
    Int64(truncatingIfNeeded: halfEven(Int128(value), dividedBy: Int128(divisor)))
  }

  static func halfEven(_ value: Int128, dividedBy divisor: Int128) -> Int128 {
    var (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    if remainder < 0 {
      quotient -= 1
      remainder += divisor
    }
    let twice = remainder * 2
    if twice > divisor || (twice == divisor && quotient & 1 == 1) { quotient += 1 }
    return quotient
  }

  /// Fen from a Double of fen: first to six decimals, so that binary noise makes no tie or breaks
  /// one. Nil where it is no Int64.
  static func money(_ value: Double) -> Int64? {
    let scaled = (value * 1_000_000).rounded(.toNearestOrEven)
    if scaled.magnitude < 9e15 { return halfEven(Int64(scaled), dividedBy: 1_000_000) }
    return Int64(exactly: value.rounded(.toNearestOrEven))
  }
}
