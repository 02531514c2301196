package import KithBase

/// What an argument of a function may be, and the type its kernel then gets.
package enum Takes: Sendable {
  case text
  /// int, float or percent (as its ratio); read as float.
  case number
  /// int only.
  case whole
  /// A date, or a time, which the kernel takes as its local day.
  case day
  case instant

  /// The type it is converted to, nil where the argument does not fit. The constant `empty` always
  /// fits.
  package func converted(_ type: KithType) -> KithType? {
    switch (self, type) {
    case (.text, .text), (.text, .empty): .text
    case (.number, .int), (.number, .float), (.number, .percent), (.number, .empty): .float
    case (.whole, .int), (.whole, .empty): .int
    case (.day, .date), (.day, .empty): .date
    case (.day, .time): .time
    case (.instant, .time), (.instant, .empty): .time
    default: nil
    }
  }
}

extension FunctionSpec {
  /// A function whose arguments have fixed kinds, the last `optional` of them not needed. With
  /// `repeating` the last kind may come again and again.
  package init(
    _ name: String, zh: String, aliases: [String] = [], signature: String, summary: String,
    examples: [(text: String, result: String)], takes: [Takes], optional: Int = 0,
    repeating: Bool = false, gives: KithType,
    kernel: @escaping @Sendable ([Vector], Int, FunctionContext) throws -> Vector
  ) {
    let most = repeating ? Self.mostArguments : takes.count
    let wanted: @Sendable (Int) -> Takes = { takes[min($0, takes.count - 1)] }
    self.init(
      name, zh: zh, aliases: aliases, signature: signature, summary: summary, examples: examples,
      arity: takes.count - optional...most,
      resultType: { types in
        for (place, type) in types.enumerated() where wanted(place).converted(type) == nil {
          return nil
        }
        return gives
      },
      argumentTypes: { types in
        types.enumerated().map { wanted($0.offset).converted($0.element) ?? $0.element }
      },
      kernel: kernel)
  }

  /// The most arguments of a function that takes any number of them.
  package static let mostArguments = 64
}

/// Messages of kernels.
enum FunctionError {
  static func tooLarge(_ function: String) -> Diagnostic {
    Diagnostic("K4201", "result of \(function) is larger than a number can hold")
  }

  static func tooLong(_ function: String) -> Diagnostic {
    Diagnostic("K4202", "result of \(function) is longer than \(TextResults.longest) bytes")
  }

  /// `rule` is a phrase: `start counts from 1`.
  static func outOfRange(_ function: String, _ rule: String) -> Diagnostic {
    Diagnostic("K4203", "\(function): \(rule)")
  }

  /// A kernel was given a column of a type it did not ask for: a mistake of the program.
  static func wrongColumn() -> Diagnostic {
    Diagnostic("K9201", "a function was given a column of another type")
  }
}

/// Columns read by kernels.
extension Vector {
  func integers() throws -> [Int64] {
    guard case .int(let values) = self else { throw FunctionError.wrongColumn() }
    return values
  }

  func floats() throws -> [Double] {
    guard case .float(let values) = self else { throw FunctionError.wrongColumn() }
    return values
  }

  /// Dates, or the first days of periods.
  func days() throws -> [Int32] {
    guard case .day(let values) = self else { throw FunctionError.wrongColumn() }
    return values
  }

  /// Dates, or times as their local days.
  func localDays(_ zone: TimeZoneTable) throws -> [Int32] {
    guard case .int(let instants) = self else { return try days() }
    return instants.map { $0 == Vector.emptyInt ? Vector.emptyDay : zone.day(of: $0) }
  }
}

/// One number of a column of floats after another; NaN is empty and stays so.
///
/// A result that is not a number is empty too (`sqrt(-1)`); an infinite one is K4201.
func mapFloats(
  _ vector: Vector, _ function: String, _ body: (Double) -> Double
) throws -> Vector {
  var values = try vector.floats()
  for row in values.indices {
    let value = body(values[row])
    if value.isInfinite { throw FunctionError.tooLarge(function) }
    values[row] = value
  }
  return .float(values)
}

/// One whole number after another, the empty one left alone.
func mapIntegers(_ vector: Vector, _ body: (Int64) throws -> Int64) throws -> Vector {
  var values = try vector.integers()
  for row in values.indices where values[row] != Vector.emptyInt {
    values[row] = try body(values[row])
  }
  return .int(values)
}
