package import KithBase

/// A function of the language. One literal holds all that is known of it: names, types, help, kernel.
package struct FunctionSpec: Sendable {
  package var name: String
  package var zh: String
  package var aliases: [String]
  /// One line for help: `round(number, digits = 0)`.
  package var signature: String
  package var summary: String
  /// Expressions that run as tests, with the shown result: (`round(2.5)`, `3`).
  package var examples: [(text: String, result: String)]
  package var arity: ClosedRange<Int>
  /// The type it gives for argument types, nil where they do not fit. Constants were adapted before.
  package var resultType: @Sendable ([KithType]) -> KithType?
  /// Types the arguments are converted to before the kernel runs, by the argument types.
  package var argumentTypes: @Sendable ([KithType]) -> [KithType]
  /// `count` rows at once; arguments are vectors of that length. An empty argument gives empty unless the
  /// summary says otherwise. Throws K4 diagnostics.
  package var kernel: @Sendable ([Vector], Int, FunctionContext) throws -> Vector

  package init(
    _ name: String, zh: String, aliases: [String] = [], signature: String, summary: String,
    examples: [(text: String, result: String)], arity: ClosedRange<Int>,
    resultType: @escaping @Sendable ([KithType]) -> KithType?,
    argumentTypes: @escaping @Sendable ([KithType]) -> [KithType] = { $0 },
    kernel: @escaping @Sendable ([Vector], Int, FunctionContext) throws -> Vector
  ) {
    self.name = name
    self.zh = zh
    self.aliases = aliases
    self.signature = signature
    self.summary = summary
    self.examples = examples
    self.arity = arity
    self.resultType = resultType
    self.argumentTypes = argumentTypes
    self.kernel = kernel
  }
}

/// What a kernel may know besides its arguments.
package struct FunctionContext: Sendable {
  package var zone: TimeZoneTable
  package var today: Day
  package var now: Instant
  /// The types the arguments have.
  package var argumentTypes: [KithType]
  package init(zone: TimeZoneTable, today: Day, now: Instant, argumentTypes: [KithType]) {
    self.zone = zone
    self.today = today
    self.now = now
    self.argumentTypes = argumentTypes
  }
}

/// All functions, those of a host included.
package struct FunctionCatalogue: Sendable {
  package private(set) var functions: [FunctionSpec]
  private var index: [String: Int] = [:]

  package init(_ functions: [FunctionSpec] = []) {
    self.functions = []
    for function in functions { add(function) }
  }

  package mutating func add(_ function: FunctionSpec) {
    let place = functions.count
    functions.append(function)
    for name in [function.name, function.zh] + function.aliases { index[name.lowercased()] = place }
  }

  /// By any of its names; ASCII case does not matter.
  package func find(_ name: String) -> FunctionSpec? {
    index[name.lowercased()].map { functions[$0] }
  }
}
