import KithBase

extension FunctionSpec {
  /// Functions of lists. An empty list is a list like any other.
  static let listFunctions: [FunctionSpec] = [
    FunctionSpec(
      "size", zh: "项数", signature: "size(list)", summary: "How many elements a list has",
      examples: [("size([3, 5, 3])", "3")], arity: 1...1,
      resultType: { types in element(types.first) == nil ? nil : .int },
      kernel: { arguments, count, _ in
        let list = try ListArgument(arguments[0])
        return .int((0..<count).map { Int64(list.range($0).count) })
      }),
    FunctionSpec(
      "element", zh: "第几项", signature: "element(list, n)",
      summary: "The n-th element; a negative n counts from the end, empty where there is none",
      examples: [("element([3, 5, 8], 2)", "5"), ("element([3, 5, 8], -1)", "8")], arity: 2...2,
      resultType: { types in types.last == .int ? element(types.first) : nil },
      kernel: { arguments, count, context in
        let list = try ListArgument(arguments[0])
        let places = try arguments[1].integers()
        let picked = (0..<count).map { row -> Int? in
          let range = list.range(row)
          let place = places[row]
          if place == Vector.emptyInt || place == 0 { return nil }
          let offset = place > 0 ? place - 1 : Int64(range.count) + place
          return (0..<Int64(range.count)).contains(offset) ? range.lowerBound + Int(offset) : nil
        }
        return try list.elements.picking(picked)
      }),
    FunctionSpec(
      "tail", zh: "末几项", signature: "tail(list, n)", summary: "The last n elements of a list",
      examples: [("size(tail([3, 5, 8], 2))", "2")], arity: 2...2,
      resultType: { types in types.last == .int && element(types.first) != nil ? types[0] : nil },
      kernel: { arguments, count, _ in
        let list = try ListArgument(arguments[0])
        let sizes = try arguments[1].integers()
        return try list.keeping(count) { row, range in
          let size = Int(clamping: max(0, sizes[row]))
          return Array(range.suffix(size))
        }
      }),
    FunctionSpec(
      "frequent", zh: "常见项", signature: "frequent(list, share)",
      summary: """
        The elements that make up at least this share of a list, each once; numbers and dates in \
        order, others as they come
        """,
      examples: [("size(frequent([3, 5, 3, 8], 50%))", "1")], arity: 2...2,
      resultType: { types in
        types.count == 2 && types[1].isNumber && element(types[0]) != nil ? types[0] : nil
      }, argumentTypes: { [$0[0], .float] },
      kernel: { arguments, count, _ in
        let list = try ListArgument(arguments[0])
        let shares = try arguments[1].floats()
        return try list.keeping(count) { row, range in
          let wanted = shares[row] * Double(range.count)
          let groups = list.groups(range).filter { Double($0.count) >= wanted }
          return (list.isOrdered ? groups.sorted { $0.key < $1.key } : groups).map(\.first)
        }
      }),
    FunctionSpec(
      "commonest_share", zh: "最多占比", signature: "commonest_share(list)",
      summary: "The share of its commonest element in a list; empty for an empty list",
      examples: [("commonest_share([3, 5, 3, 8])", "50%")], arity: 1...1,
      resultType: { types in element(types.first) == nil ? nil : .percent },
      kernel: { arguments, count, _ in
        let list = try ListArgument(arguments[0])
        return .float(
          (0..<count).map { row in
            let range = list.range(row)
            guard let most = list.groups(range).map(\.count).max() else { return .nan }
            return Double(most) / Double(range.count)
          })
      }),
    FunctionSpec(
      "minus", zh: "减去项", signature: "minus(list, list)",
      summary: "The elements of the first list that are not in the second",
      examples: [("size(minus([3, 5, 8], [5, 6]))", "2")], arity: 2...2,
      resultType: { types in
        types.count == 2 && types[0] == types[1] && element(types[0]) != nil ? types[0] : nil
      },
      kernel: { arguments, count, _ in
        let list = try ListArgument(arguments[0])
        let other = try ListArgument(arguments[1])
        return try list.keeping(count) { row, range in
          let gone = Set(other.range(row).map(other.value))
          return range.filter { !gone.contains(list.value($0)) }
        }
      }),
    FunctionSpec(
      "given", zh: "有值项", signature: "given(value, …)",
      summary: "Those of several values that are not empty, as a list",
      examples: [("size(given(3, empty, 5))", "2")], arity: 1...mostArguments,
      resultType: { types in
        let filled = types.filter { $0 != .empty }
        guard let first = filled.first, filled.allSatisfy({ $0 == first }) else { return nil }
        if case .list = first { return nil }
        return .list(first)
      },
      argumentTypes: { types in
        let first = types.first { $0 != .empty } ?? .text
        return types.map { _ in first }
      }, kernel: givenKernel),
  ]

  /// What a list of this type holds; nil for anything else.
  private static func element(_ type: KithType?) -> KithType? {
    guard case .list(let element)? = type else { return nil }
    if case .list = element { return nil }
    return element
  }

  @Sendable private static func givenKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    guard let first = arguments.first else { throw FunctionError.wrongColumn() }
    let elements = try arguments.dropFirst().reduce(first) { try $0.joined($1) }
    let isFilled = elements.filledFlags()
    var offsets: [Int32] = [0]
    var picked: [Int?] = []
    for row in 0..<count {
      for place in arguments.indices where isFilled[place * count + row] {
        picked.append(place * count + row)
      }
      offsets.append(Int32(picked.count))
    }
    return .list(offsets, try elements.picking(picked))
  }
}

/// A column of lists as a kernel reads it.
struct ListArgument {
  let offsets: [Int32]
  let elements: Vector
  /// Elements of numbers and days have an order of their own.
  let isOrdered: Bool

  /// An element to compare by: its text where it has one, so that two dictionaries agree.
  enum Value: Hashable {
    case number(Int64)
    case text(String)
  }

  init(_ vector: Vector) throws {
    guard case .list(let offsets, let elements) = vector else { throw FunctionError.wrongColumn() }
    self.offsets = offsets
    self.elements = elements
    isOrdered =
      switch elements {
      case .int, .day, .float: true
      default: false
      }
  }

  func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

  func value(_ place: Int) -> Value {
    switch elements {
    case .int(let values): .number(values[place])
    case .float(let values): .number(Int64(bitPattern: values[place].bitPattern))
    case .day(let values): .number(Int64(values[place]))
    case .bool(let values): .number(Int64(values[place]))
    case .row(let rows): .number(Int64(rows[place]))
    case .text(let codes, let dictionary): .text(dictionary.string(codes[place]))
    case .list: .number(0)
    }
  }

  /// What orders numbers and days.
  private func key(_ place: Int) -> Double {
    switch elements {
    case .int(let values): Double(values[place])
    case .float(let values): values[place]
    case .day(let values): Double(values[place])
    default: 0
    }
  }

  /// The different elements of a part, in the order they come, with how often each does.
  func groups(_ range: Range<Int>) -> [(first: Int, count: Int, key: Double)] {
    var places: [Value: Int] = [:]
    var found: [(first: Int, count: Int, key: Double)] = []
    for place in range {
      let value = self.value(place)
      if let known = places[value] {
        found[known].count += 1
      } else {
        places[value] = found.count
        found.append((place, 1, key(place)))
      }
    }
    return found
  }

  /// Lists of some of the elements of each row, by place.
  func keeping(_ count: Int, _ body: (Int, Range<Int>) -> [Int]) throws -> Vector {
    var offsets: [Int32] = [0]
    var picked: [Int?] = []
    for row in 0..<count {
      picked += body(row, range(row)).map { $0 }
      offsets.append(Int32(picked.count))
    }
    return .list(offsets, try elements.picking(picked))
  }
}

extension Vector {
  /// The elements at some places; nil gives an empty one.
  func picking(_ places: [Int?]) throws -> Vector {
    switch self {
    case .int(let values): .int(places.map { $0.map { values[$0] } ?? Vector.emptyInt })
    case .float(let values): .float(places.map { $0.map { values[$0] } ?? .nan })
    case .day(let values): .day(places.map { $0.map { values[$0] } ?? Vector.emptyDay })
    case .bool(let values): .bool(places.map { $0.map { values[$0] } ?? Vector.emptyBool })
    case .row(let rows): .row(places.map { $0.map { rows[$0] } ?? 0 })
    case .text(let codes, let dictionary):
      .text(places.map { $0.map { codes[$0] } ?? 0 }, dictionary)
    case .list: throw FunctionError.wrongColumn()
    }
  }

  /// This column with another of its kind behind it. Texts are coded anew.
  func joined(_ other: Vector) throws -> Vector {
    switch (self, other) {
    case (.int(let a), .int(let b)): return .int(a + b)
    case (.float(let a), .float(let b)): return .float(a + b)
    case (.day(let a), .day(let b)): return .day(a + b)
    case (.bool(let a), .bool(let b)): return .bool(a + b)
    case (.row(let a), .row(let b)): return .row(a + b)
    case (.text(let a, let first), .text(let b, let second)):
      if first === second { return .text(a + b, first) }
      var builder = TextDictionaryBuilder()
      let codes =
        a.map { $0 == 0 ? 0 : builder.code(Array(first.string($0).utf8)) }
        + b.map { $0 == 0 ? 0 : builder.code(Array(second.string($0).utf8)) }
      return .text(codes, builder.finish())
    default: throw FunctionError.wrongColumn()
    }
  }

  /// Which cells have a value.
  func filledFlags() -> [Bool] {
    switch self {
    case .int(let values): values.map { $0 != Vector.emptyInt }
    case .float(let values): values.map { !$0.isNaN }
    case .day(let values): values.map { $0 != Vector.emptyDay }
    case .bool(let values): values.map { $0 != Vector.emptyBool }
    case .row(let rows): rows.map { $0 != 0 }
    case .text(let codes, _): codes.map { $0 != 0 }
    case .list(let offsets, _): (1..<max(1, offsets.count)).map { offsets[$0] > offsets[$0 - 1] }
    }
  }
}
