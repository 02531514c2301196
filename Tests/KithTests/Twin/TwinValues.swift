import KithBase
import KithModel

/// Values as the row engine sees them: what is equal, what comes first, what a number is of.
enum TwinValues {
  /// Full-width forms as their ASCII twins, U+3000 as a space. Swift compares strings by their
  /// composed forms and by code points, so nothing else is needed for `=` and `<`.
  static func widthFolded(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let code = scalar.value
      if code == 0x3000 {
        scalars.append(" ")
      } else if (0xFF01...0xFF5E).contains(code), let narrow = Unicode.Scalar(code - 0xFEE0) {
        scalars.append(narrow)
      } else {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// The count a value stands for: a whole number, fen, microseconds, units of a duration.
  static func integer(_ value: Scalar) -> Int64? {
    switch value {
    case .int(let number), .money(let number): number
    case .time(let instant): instant.microseconds
    case .date(let day): Int64(day.number)
    case .duration(let duration):
      switch duration.unit {
      case .months: duration.months
      case .microseconds: duration.microseconds
      case .days, nil: duration.days
      }
    default: nil
    }
  }

  static func double(_ value: Scalar) -> Double? {
    if case .float(let number) = value { return number }
    return integer(value).map(Double.init)
  }

  /// A count as a value of the type it has.
  static func scalar(_ number: Int64, _ type: KithType) -> Scalar {
    switch type {
    case .money: .money(number)
    case .time: .time(Instant(microseconds: number))
    case .date: .date(Day(number: Int32(truncatingIfNeeded: number)))
    case .duration(.months): .duration(Duration(months: number))
    case .duration(.days): .duration(Duration(days: number))
    case .duration(.microseconds): .duration(Duration(microseconds: number))
    case .float, .percent, .floatMoney: .float(Double(number))
    default: .int(number)
    }
  }

  static func scalar(_ number: Double, _ type: KithType) throws -> Scalar {
    switch type {
    case .float, .percent, .floatMoney: return number.isNaN ? .empty : .float(number)
    default:
      guard let whole = Int64(exactly: number.rounded(.toNearestOrEven)) else { throw overflow }
      return scalar(whole, type)
    }
  }

  static var overflow: Diagnostic { Diagnostic("K4000", "the result is too large") }

  static func narrow(_ number: Int128) throws -> Int64 {
    guard let narrow = Int64(exactly: number), narrow != Int64.min else { throw overflow }
    return narrow
  }

  /// The nearest whole number; a half goes to the even one.
  static func halfEven(_ numerator: Int128, over denominator: Int128) -> Int128 {
    let negative = (numerator < 0) != (denominator < 0)
    let (quotient, rest) = numerator.magnitude.quotientAndRemainder(
      dividingBy: denominator.magnitude)
    let twice = rest * 2
    var result = Int128(quotient)
    if twice > denominator.magnitude || (twice == denominator.magnitude && result % 2 == 1) {
      result += 1
    }
    return negative ? -result : result
  }

  static func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { n, _ in n * 10 } }

  /// A value such that equal values in the language are equal here: as a key of groups and joins.
  static func key(_ value: Scalar) -> Scalar {
    switch value {
    case .text(let text): .text(widthFolded(text))
    case .period(let period): .period(Period(start: period.start, end: period.end))
    case .list(let elements): .list(elements.map(key))
    default: value
    }
  }

  static func same(_ left: Scalar, _ right: Scalar) -> Bool { key(left) == key(right) }

  /// Below zero, zero or above it, as left stands to right; both filled and of one type.
  static func order(
    _ left: Scalar, _ right: Scalar, _ type: KithType, _ catalogue: Catalogue
  ) -> Int {
    switch (left, right) {
    case (.text(let a), .text(let b)):
      return sign(widthFolded(a), widthFolded(b))
    case (.bool(let a), .bool(let b)): return sign(a ? 1 : 0, b ? 1 : 0)
    case (.code(let a), .code(let b)):
      return sign(position(a, type, catalogue), position(b, type, catalogue))
    case (.period(let a), .period(let b)):
      return a.start != b.start ? sign(a.start, b.start) : sign(a.end, b.end)
    case (.object(let a), .object(let b)): return sign(a, b)
    default:
      if let a = integer(left), let b = integer(right) { return sign(a, b) }
      return sign(double(left) ?? 0, double(right) ?? 0)
    }
  }

  private static func sign<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
    left < right ? -1 : left > right ? 1 : 0
  }

  static func position(_ code: String, _ type: KithType, _ catalogue: Catalogue) -> Int {
    guard case .enumeration(let name) = type, let spec = catalogue.enumeration(name) else {
      return Int.max
    }
    return spec.values.firstIndex { $0.code == code } ?? Int.max
  }

  static func isOutsideOrder(_ value: Scalar, _ type: KithType, _ catalogue: Catalogue) -> Bool {
    guard case .code(let code) = value, case .enumeration(let name) = type,
      let spec = catalogue.enumeration(name)
    else { return false }
    return spec.values.first { $0.code == code }?.outsideOrder ?? true
  }
}
