import KithBase
import KithModel
import KithPlan

/// The operators of the language over values.
extension TwinRun {
  func operate(
    _ operation: Operation, _ operands: [Expr], _ type: KithType, _ row: TwinRow
  ) throws -> Scalar {
    switch operation {
    case .and: return .bool(try operands.allSatisfy { try truth($0, row) })
    case .or: return .bool(try operands.contains { try truth($0, row) })
    case .coalesce:
      for operand in operands {
        let found = try value(operand, row)
        if !found.isEmpty { return found }
      }
      return .empty
    default: break
    }
    let values = try operands.map { try value($0, row) }
    let first = values.first ?? .empty
    let operandType = operands.first?.type ?? .empty
    if let test = try test(operation, values, operandType) { return .bool(test) }
    switch operation {
    case .makeList: return .list(values)
    case .interpolate:
      let whole = values.map { Self.text($0) ?? "" }.joined()
      return whole.isEmpty ? .empty : .text(whole)
    default: break
    }
    if values.contains(where: \.isEmpty) { return .empty }
    switch operation {
    case .concatenate: return .text(values.map { Self.text($0) ?? "" }.joined())
    case .toText: return shown(first, operandType).map { .text($0) } ?? .empty
    case .add, .subtract, .multiply, .remainder, .divide, .negate:
      return try arithmetic(operation, values, type)
    case .toFloat, .scaleMoney, .rescale, .roundMoney:
      return try converted(operation, first, operandType, type)
    default: return try dated(operation, values, type)
    }
  }

  private static func text(_ value: Scalar) -> String? {
    switch value {
    case .text(let text), .code(let text): text
    default: nil
    }
  }

  /// The operators that are never empty; nil for the others.
  private func test(
    _ operation: Operation, _ values: [Scalar], _ type: KithType
  ) throws -> Bool? {
    let first = values.first ?? .empty
    let second = values.count > 1 ? values[1] : .empty
    switch operation {
    case .compare(let comparison): return compare(first, comparison, second, type)
    case .isIn(let constants):
      return !first.isEmpty && constants.contains { TwinValues.same($0, first) }
    case .contains:
      return searched(first, second) { text, part in part.isEmpty || text.contains(part) }
    case .startsWith: return searched(first, second) { $0.starts(with: $1) }
    case .endsWith: return searched(first, second) { $0.reversed().starts(with: $1.reversed()) }
    case .matches(let pattern):
      guard case .text(let text) = first else { return false }
      return try text.firstMatch(of: Regex(pattern)) != nil
    case .not: return first != .bool(true)
    case .isEmpty: return first.isEmpty || first == .list([])
    case .isInList:
      guard !first.isEmpty, case .list(let elements) = second else { return false }
      return elements.contains { TwinValues.same($0, first) }
    case .stageCompare(let comparison, let code): return compareStage(first, comparison, code)
    case .stageOrder(let comparison): return orderStages(first, comparison, second)
    default: return nil
    }
  }

  func compare(
    _ left: Scalar, _ comparison: Comparison, _ right: Scalar, _ type: KithType
  ) -> Bool {
    if comparison == .notEqual { return !compare(left, .equal, right, type) }
    if left.isEmpty || right.isEmpty { return false }
    if comparison == .equal { return TwinValues.same(left, right) }
    if TwinValues.isOutsideOrder(left, type, catalogue) { return false }
    if TwinValues.isOutsideOrder(right, type, catalogue) { return false }
    return Self.holds(comparison, TwinValues.order(left, right, type, catalogue))
  }

  private static func holds(_ comparison: Comparison, _ order: Int) -> Bool {
    switch comparison {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }

  /// Texts folded for searching: width, case and traditional characters.
  private func searched(
    _ text: Scalar, _ part: Scalar, _ holds: ([Unicode.Scalar], [Unicode.Scalar]) -> Bool
  ) -> Bool {
    guard case .text(let text) = text, case .text(let part) = part else { return false }
    return holds(composedScalars(Self.folded(text)), composedScalars(Self.folded(part)))
  }

  static func folded(_ text: String) -> String {
    let narrow = TwinValues.widthFolded(text).lowercased()
    return String(narrow.map { simplified[$0] ?? $0 })
  }

  /// The traditional characters that the tests use.
  private static let simplified: [Character: Character] = [
    "電": "电", "華": "华", "廣": "广", "東": "东", "國": "国", "業": "业", "實": "实",
  ]

  /// A stage's place in its funnel, if that funnel has it.
  func place(ofCode code: String, inFunnelOf stage: Int32) -> Int64? {
    let funnel = book.stored("stage", stage, "funnel")
    let found = book.rows("stage").first {
      book.stored("stage", $0, "funnel") == funnel
        && TwinValues.same(book.stored("stage", $0, "code"), .text(code))
    }
    return found.flatMap { TwinValues.integer(book.stored("stage", $0, "position")) }
  }

  private func compareStage(_ stage: Scalar, _ comparison: Comparison, _ code: String) -> Bool {
    if comparison == .notEqual { return !compareStage(stage, .equal, code) }
    guard case .object(let number) = stage,
      let own = TwinValues.integer(book.stored("stage", number, "position")),
      let other = place(ofCode: code, inFunnelOf: number)
    else { return false }
    return Self.holds(comparison, own < other ? -1 : own > other ? 1 : 0)
  }

  private func orderStages(_ left: Scalar, _ comparison: Comparison, _ right: Scalar) -> Bool {
    if comparison == .notEqual { return !orderStages(left, .equal, right) }
    guard case .object(let a) = left, case .object(let b) = right,
      book.stored("stage", a, "funnel") == book.stored("stage", b, "funnel"),
      let first = TwinValues.integer(book.stored("stage", a, "position")),
      let second = TwinValues.integer(book.stored("stage", b, "position"))
    else { return false }
    return Self.holds(comparison, first < second ? -1 : first > second ? 1 : 0)
  }
}

/// Arithmetic and money.
extension TwinRun {
  private func arithmetic(
    _ operation: Operation, _ values: [Scalar], _ type: KithType
  ) throws -> Scalar {
    let first = values[0]
    if case .negate = operation {
      if case .float(let number) = first { return .float(-number) }
      let number = Int128(TwinValues.integer(first) ?? 0)
      return TwinValues.scalar(try TwinValues.narrow(-number), type)
    }
    let second = values[1]
    let isFloat = values.contains { if case .float = $0 { true } else { false } }
    if case .divide = operation {
      let (a, b) = (TwinValues.double(first) ?? 0, TwinValues.double(second) ?? 0)
      return b == 0 ? .empty : try TwinValues.scalar(a / b, type)
    }
    if isFloat {
      let (a, b) = (TwinValues.double(first) ?? 0, TwinValues.double(second) ?? 0)
      switch operation {
      case .add: return try TwinValues.scalar(a + b, type)
      case .subtract: return try TwinValues.scalar(a - b, type)
      case .multiply: return try TwinValues.scalar(a * b, type)
      default:
        return b == 0 ? .empty : try TwinValues.scalar(a.truncatingRemainder(dividingBy: b), type)
      }
    }
    let a = Int128(TwinValues.integer(first) ?? 0)
    let b = Int128(TwinValues.integer(second) ?? 0)
    switch operation {
    case .add: return TwinValues.scalar(try TwinValues.narrow(a + b), type)
    case .subtract: return TwinValues.scalar(try TwinValues.narrow(a - b), type)
    case .multiply: return TwinValues.scalar(try TwinValues.narrow(a * b), type)
    default: return b == 0 ? .empty : TwinValues.scalar(try TwinValues.narrow(a % b), type)
    }
  }

  private func converted(
    _ operation: Operation, _ value: Scalar, _ from: KithType, _ to: KithType
  ) throws -> Scalar {
    switch operation {
    case .toFloat:
      var number = TwinValues.double(value) ?? 0
      if case .exactMoney(let scale) = from { number /= Double(TwinValues.power(scale)) }
      return .float(number)
    case .scaleMoney(let digits):
      let product = Int128(TwinValues.integer(value) ?? 0) * Int128(digits)
      return TwinValues.scalar(try TwinValues.narrow(product), to)
    case .rescale(let by):
      let product = Int128(TwinValues.integer(value) ?? 0) * TwinValues.power(by)
      return TwinValues.scalar(try TwinValues.narrow(product), to)
    default:
      return .money(try TwinValues.narrow(Self.rounded(value, from)))
    }
  }

  /// Exact or floating fen to whole fen; a Double is taken to six decimals first, so that what was
  /// meant as a half is one.
  static func rounded(_ value: Scalar, _ type: KithType) throws -> Int128 {
    switch (value, type) {
    case (.float(let number), _):
      let whole = number.rounded(.towardZero)
      let millionths = ((number - whole) * 1_000_000).rounded(.toNearestOrEven)
      guard let fen = Int128(exactly: whole), let rest = Int128(exactly: millionths) else {
        throw TwinValues.overflow
      }
      return TwinValues.halfEven(fen * 1_000_000 + rest, over: 1_000_000)
    case (_, .exactMoney(let scale)):
      return TwinValues.halfEven(
        Int128(TwinValues.integer(value) ?? 0), over: TwinValues.power(scale))
    default: return Int128(TwinValues.integer(value) ?? 0)
    }
  }
}

/// Dates and times.
extension TwinRun {
  private static var microsecondsPerDay: Int64 { 86_400_000_000 }

  private func dated(
    _ operation: Operation, _ values: [Scalar], _ type: KithType
  ) throws -> Scalar {
    let units = values.count > 1 ? Int(clamping: TwinValues.integer(values[1]) ?? 0) : 0
    switch (operation, values[0]) {
    case (.addDays, .date(let day)): return .date(day.adding(days: units))
    case (.addMonths, .date(let day)): return .date(day.adding(months: units))
    case (.timeAddDays, .time(let instant)):
      return .time(moved(instant) { $0.adding(days: units) })
    case (.timeAddMonths, .time(let instant)):
      return .time(moved(instant) { $0.adding(months: units) })
    case (.timeAddMicroseconds, .time(let instant)):
      let sum = Int128(instant.microseconds) + Int128(units)
      return .time(Instant(microseconds: try TwinValues.narrow(sum)))
    case (.daysBetween, .date(let day)):
      guard case .date(let other) = values[1] else { return .empty }
      return TwinValues.scalar(Int64(day.number) - Int64(other.number), type)
    case (.microsecondsBetween, .time(let instant)):
      guard case .time(let other) = values[1] else { return .empty }
      let length = Int128(instant.microseconds) - Int128(other.microseconds)
      return TwinValues.scalar(try TwinValues.narrow(length), type)
    case (.localDay, .time(let instant)): return .date(localDay(instant))
    case (.dayStart, .date(let day)): return .time(zone.start(of: day))
    case (.daysToMicroseconds, let days):
      let length = Int128(TwinValues.integer(days) ?? 0) * Int128(Self.microsecondsPerDay)
      return TwinValues.scalar(try TwinValues.narrow(length), type)
    case (.period(let unit), .date(let day)): return .period(Period(unit, holding: day))
    case (.periodStart, .period(let period)): return .date(period.start)
    case (.periodEnd, .period(let period)): return .date(period.end)
    default: throw Diagnostic("K9000", "the twin has no rule for \(operation) of \(values)")
    }
  }

  func localDay(_ instant: Instant) -> Day { Day(number: zone.day(of: instant.microseconds)) }

  /// Another day at the same hour on the local clock.
  func moved(_ instant: Instant, _ move: (Day) -> Day) -> Instant {
    let local = instant.microseconds + zone.offset(at: instant.microseconds)
    let day = localDay(instant)
    let clock = local - Int64(day.number) * Self.microsecondsPerDay
    return Instant(microseconds: zone.start(of: move(day)).microseconds + clock)
  }
}

/// Shown forms, for texts made of other values.
extension TwinRun {
  func shown(_ value: Scalar, _ type: KithType) -> String? {
    switch value {
    case .empty: return nil
    case .int(let number): return String(number)
    case .float(let number):
      if type == .percent { return Self.decimal(number * 100, digits: 1) + "%" }
      return number.magnitude < 1e12 ? Self.decimal(number, digits: 6) : "\(number)"
    case .bool(let bool): return bool ? "true" : "false"
    case .text(let text), .code(let text): return text
    case .money(let fen):
      let (yuan, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
      return (fen < 0 ? "-" : "") + "\(yuan)." + pad(Int(rest), 2)
    case .date(let day): return day.text
    case .time(let instant):
      let day = localDay(instant)
      let seconds = Int((instant.microseconds - zone.start(of: day).microseconds) / 1_000_000)
      let rest = seconds % 60 == 0 ? "" : ":" + pad(seconds % 60, 2)
      return day.text + " " + pad(seconds / 3600, 2) + ":" + pad(seconds / 60 % 60, 2) + rest
    case .period(let period): return period.text
    case .duration(let duration): return Self.length(duration)
    case .object(let number): return String(number)
    case .list(let elements):
      return elements.compactMap { shown($0, .text) }.joined(separator: ", ")
    }
  }

  /// `3 months`, `1 day`, `2 h 15 min`, `81.2 days`.
  private static func length(_ duration: Duration) -> String {
    func counted(_ count: Int64, _ unit: String) -> String {
      "\(count) \(unit)" + (count.magnitude == 1 ? "" : "s")
    }
    if duration.months != 0 { return counted(duration.months, "month") }
    if duration.microseconds == 0 { return counted(duration.days, "day") }
    let size = duration.microseconds.magnitude
    // From two days on a length reads in days of 24 hours.
    if size >= 2 * 86_400_000_000 {
      let days = decimal(Double(size) / 86_400_000_000, digits: 1)
      return (duration.microseconds < 0 ? "-" : "") + days + " days"
    }
    let seconds = Double(size % 60_000_000) / 1_000_000
    let parts: [(text: String, isThere: Bool)] = [
      ("\(size / 3_600_000_000) h", size >= 3_600_000_000),
      ("\(size / 60_000_000 % 60) min", size / 60_000_000 % 60 > 0),
      (decimal(seconds, digits: 6) + " s", seconds > 0),
    ]
    return (duration.microseconds < 0 ? "-" : "")
      + parts.filter(\.isThere).map(\.text).joined(separator: " ")
  }

  /// Rounded to some decimals, zeros at the end left out.
  static func decimal(_ number: Double, digits: Int) -> String {
    let scale = Double(TwinValues.power(digits))
    let units = Int64((number.magnitude * scale).rounded())
    let (whole, rest) = units.quotientAndRemainder(dividingBy: Int64(scale))
    var fraction = rest == 0 ? "" : "." + pad(Int(rest), digits)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return (number < 0 && units != 0 ? "-" : "") + "\(whole)" + fraction
  }
}
