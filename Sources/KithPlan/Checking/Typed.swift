import KithBase
import KithModel

/// A checked expression with what adapting and naming still need to know of it.
struct Typed {
  var expr: Expr
  /// Set where the value is known before running and written without a column.
  var constant: Constant?
  var span: SourceSpan
  /// What a note or a made column calls it.
  var label: String

  init(_ expr: Expr, _ span: SourceSpan, constant: Constant? = nil, label: String = "") {
    self.expr = expr
    self.span = span
    self.constant = constant
    self.label = label
  }

  var type: KithType { expr.type }
  var isConstant: Bool { constant != nil }
}

/// A value known before running. Numbers stay exact until it is clear what they stand beside.
enum Constant: Equatable {
  /// digits × 10^-scale
  case number(Decimal)
  case float(Double)
  /// A ratio: `30%` is 0.30.
  case percent(Decimal)
  /// In fen, perhaps with decimals.
  case money(Decimal)
  case text(String)
  case bool(Bool)
  case date(Day)
  case time(Instant)
  case period(Period)
  case duration(Duration)
  case empty
  /// A value not given yet (checking before running): fits everything.
  case open
}

/// An exact decimal: digits × 10^-scale, scale from 0 to 18.
struct Decimal: Equatable {
  var digits: Int64
  var scale: Int

  init(_ digits: Int64, scale: Int = 0) {
    self.digits = digits
    self.scale = scale
    while self.scale > 0, self.digits % 10 == 0 {
      self.digits /= 10
      self.scale -= 1
    }
  }

  var double: Double { Double(digits) / power10(scale) }
  var isWhole: Bool { scale == 0 }

  /// Nil on overflow.
  func scaled(by places: Int) -> Decimal? {
    if scale >= places { return Decimal(digits, scale: scale - places) }
    var value = digits
    for _ in 0..<(places - scale) {
      let (result, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = result
    }
    return Decimal(value)
  }

  func combined(_ other: Decimal, _ operation: BinaryDecimal) -> Decimal? {
    switch operation {
    case .multiply:
      let (digits, overflow) = digits.multipliedReportingOverflow(by: other.digits)
      return overflow || scale + other.scale > 18
        ? nil : Decimal(digits, scale: scale + other.scale)
    case .add, .subtract:
      let common = max(scale, other.scale)
      guard let a = aligned(common), let b = other.aligned(common) else { return nil }
      let (result, overflow) =
        operation == .add ? a.addingReportingOverflow(b) : a.subtractingReportingOverflow(b)
      return overflow ? nil : Decimal(result, scale: common)
    }
  }

  private func aligned(_ common: Int) -> Int64? {
    var value = digits
    for _ in 0..<(common - scale) {
      let (result, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = result
    }
    return value
  }
}

enum BinaryDecimal { case add, subtract, multiply }

func power10(_ exponent: Int) -> Double {
  var value = 1.0
  for _ in 0..<max(0, exponent) { value *= 10 }
  return value
}

extension Expr {
  static func int(_ value: Int64) -> Expr { Expr(.literal(.int(value)), .int) }
  static func bool(_ value: Bool) -> Expr { Expr(.literal(.bool(value)), .bool) }
  static func text(_ value: String) -> Expr {
    Expr(.literal(value.isEmpty ? .empty : .text(value)), .text)
  }
  static func empty(_ type: KithType) -> Expr { Expr(.literal(.empty), type) }
  static func slot(_ slot: SlotID, _ type: KithType) -> Expr { Expr(.slot(slot), type) }
  static func call(_ operation: Operation, _ operands: [Expr], _ type: KithType) -> Expr {
    Expr(.operation(operation, operands), type)
  }
  static func compare(_ comparison: Comparison, _ left: Expr, _ right: Expr) -> Expr {
    call(.compare(comparison), [left, right], .bool)
  }
  static func and(_ operands: [Expr]) -> Expr {
    operands.count == 1 ? operands[0] : call(.and, operands, .bool)
  }
  static func or(_ operands: [Expr]) -> Expr {
    operands.count == 1 ? operands[0] : call(.or, operands, .bool)
  }
  static func not(_ operand: Expr) -> Expr { call(.not, [operand], .bool) }
  static func isEmpty(_ operand: Expr) -> Expr { call(.isEmpty, [operand], .bool) }
}

extension KithType {
  var isMoney: Bool {
    switch self {
    case .money, .exactMoney, .floatMoney: true
    default: false
    }
  }
  var entity: String? { if case .object(let name) = self { name } else { nil } }
  var isDateLike: Bool {
    switch self {
    case .date, .time, .period: true
    default: false
    }
  }
}
