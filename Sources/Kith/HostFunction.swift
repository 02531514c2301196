package import KithBase
package import KithPlan

/// A function of the embedding program, callable from the language.
public struct HostFunction: Sendable {
  /// Types a host function takes and gives.
  public enum ValueType: Sendable { case text, int, float, bool, money, date }

  public var name: String
  /// The name in Chinese, if there is one.
  public var chineseName: String
  public var summary: String
  public var parameters: [ValueType]
  public var result: ValueType
  /// Called once per row. An empty argument gives an empty result without a call.
  public var body: @Sendable ([Value]) throws -> Value

  public init(
    _ name: String, chineseName: String = "", summary: String = "", parameters: [ValueType],
    result: ValueType, body: @escaping @Sendable ([Value]) throws -> Value
  ) {
    self.name = name
    self.chineseName = chineseName
    self.summary = summary
    self.parameters = parameters
    self.result = result
    self.body = body
  }

  package var spec: FunctionSpec {
    let parameterTypes = parameters.map(\.type)
    let resultType = result.type
    let name = name
    let body = body
    return FunctionSpec(
      name, zh: chineseName.isEmpty ? name : chineseName,
      signature: name + "(" + parameterTypes.map(\.name).joined(separator: ", ") + ")",
      summary: summary, examples: [], arity: parameters.count...parameters.count,
      resultType: { types in
        zip(types, parameterTypes).allSatisfy { fits($0, $1) } ? resultType : nil
      },
      argumentTypes: { _ in parameterTypes },
      kernel: { arguments, count, _ in
        try run(body, name: name, arguments, parameterTypes, resultType, count)
      })
  }
}

extension HostFunction.ValueType {
  var type: KithType {
    switch self {
    case .text: .text
    case .int: .int
    case .float: .float
    case .bool: .bool
    case .money: .money
    case .date: .date
    }
  }
}

private func fits(_ given: KithType, _ wanted: KithType) -> Bool {
  given == wanted || given == .empty
    || (wanted == .float && (given == .int || given == .percent))
    || (wanted == .money && (given == .int || given == .float))
    || (wanted == .date && given == .text)
}

private func run(
  _ body: ([Value]) throws -> Value, name: String, _ arguments: [Vector], _ types: [KithType],
  _ resultType: KithType, _ count: Int
) throws -> Vector {
  var builder = HostColumn(resultType)
  for row in 0..<count {
    let values = zip(arguments, types).map { Value($0.scalar(row, $1)) }
    if values.contains(.empty) {
      try builder.append(.empty, name)
      continue
    }
    do { try builder.append(try body(values), name) } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw Diagnostic("K4101", "the host function '\(name)' failed: \(error)")
    }
  }
  return builder.vector
}

/// Gathers the values a host gives into a column of its declared type.
package struct HostColumn {
  private let type: KithType
  private var ints: [Int64] = []
  private var floats: [Double] = []
  private var days: [Int32] = []
  private var bools: [UInt8] = []
  private var codes: [Int32] = []
  private var texts = TextDictionaryBuilder()

  package init(_ type: KithType) { self.type = type }

  /// Throws K4102 for a value that is not of the declared type.
  package mutating func append(_ value: Value, _ name: String) throws {
    switch (type, value) {
    case (.int, .empty), (.money, .empty), (.time, .empty): ints.append(Vector.emptyInt)
    case (.float, .empty), (.percent, .empty): floats.append(.nan)
    case (.date, .empty): days.append(Vector.emptyDay)
    case (.bool, .empty): bools.append(Vector.emptyBool)
    case (.text, .empty): codes.append(0)
    case (.int, .int(let number)), (.money, .money(let number)), (.time, .time(let number)):
      ints.append(number)
    case (.float, .float(let number)), (.percent, .float(let number)): floats.append(number)
    case (.float, .int(let number)): floats.append(Double(number))
    case (.bool, .bool(let truth)): bools.append(truth ? 1 : 0)
    case (.text, .text(let text)): codes.append(texts.code(Array(text.utf8)))
    case (.date, .date(let text)):
      let parts = text.split(separator: "-").map { Int($0) ?? 0 }
      guard parts.count == 3, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
        throw Diagnostic("K4102", "'\(name)' gave the date '\(text)', which does not exist")
      }
      days.append(day.number)
    default: throw Diagnostic("K4102", "'\(name)' gave a value that is no \(type.name)")
    }
  }

  package var vector: Vector {
    switch type {
    case .float, .percent: .float(floats)
    case .date: .day(days)
    case .bool: .bool(bools)
    case .text: .text(codes, texts.finish())
    default: .int(ints)
    }
  }
}
