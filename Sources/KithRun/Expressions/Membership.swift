import KithBase
import KithPlan

struct PlanSetKey: Hashable {
  var subquery: ObjectIdentifier
  var column: Expr
}

/// The values of a sub-plan's column.
enum PlanSet {
  case ints(Set<Int64>)
  case floats(Set<Double>)
  case days(Set<Int32>)
  case bools(Set<UInt8>)
  case texts(Set<Int32>)
  /// By row number 1 where it is there.
  case rows([UInt8])
}

extension Execution {
  /// Whether a value is one of some constants.
  func isIn(_ column: Column, _ constants: [Scalar], _ type: KithType) throws -> [UInt8] {
    let source = column.expanded
    func flags<Value: Hashable>(_ values: [Value], _ wanted: [Value]) -> [UInt8] {
      if wanted.count > 8 {
        let set = Set(wanted)
        return (0..<source.count).map { set.contains(values[source.start + $0]) ? 1 : 0 }
      }
      return (0..<source.count).map { wanted.contains(values[source.start + $0]) ? 1 : 0 }
    }
    let vectors = try constants.map { try constant($0, type) }
    switch source.vector {
    case .int(let values):
      return flags(
        values, vectors.compactMap { if case .int(let one) = $0 { one[0] } else { nil } })
    case .float(let values):
      return flags(
        values, vectors.compactMap { if case .float(let one) = $0 { one[0] } else { nil } })
    case .day(let values):
      return flags(
        values, vectors.compactMap { if case .day(let one) = $0 { one[0] } else { nil } })
    case .bool(let values):
      return flags(
        values, vectors.compactMap { if case .bool(let one) = $0 { one[0] } else { nil } })
    case .row(let values):
      return CompareKernel.codes(
        values, start: source.start, count: source.count,
        in: vectors.compactMap { if case .row(let one) = $0 { one[0] } else { nil } })
    case .text(let codes, let dictionary):
      let wanted = constants.compactMap { scalar -> String? in
        switch scalar {
        case .text(let text), .code(let text): text
        default: nil
        }
      }
      return isIn(source, codes, dictionary, wanted)
    case .list: throw mismatch("a membership test")
    }
  }

  private func isIn(
    _ column: Column, _ codes: [Int32], _ dictionary: TextDictionary, _ wanted: [String]
  ) -> [UInt8] {
    let key = CodeTestKey(
      dictionary: keep(dictionary), test: "in", pattern: wanted.joined(separator: "\u{0}"))
    let flags: [UInt8]
    if let known = codeFlags[key] {
      flags = known
    } else {
      var made = [UInt8](repeating: 0, count: dictionary.count)
      for text in wanted {
        for code in dictionary.codes(equalTo: TextFolding.canonical(text)) { made[Int(code)] = 1 }
      }
      codeFlags[key] = made
      flags = made
    }
    return flagged(column, codes, flags)
  }

  /// Whether a value is in the list of its row.
  func isInList(_ value: Column, _ list: Column, _ type: KithType) throws -> [UInt8] {
    let (a, b) = (value.expanded, list.expanded)
    guard case .list(let offsets, let elements) = b.vector else { throw mismatch("a list") }
    if case .text(let codes, let dictionary) = a.vector,
      case .text(let members, let memberDictionary) = elements
    {
      let first = space.codes(of: dictionary)
      let second = space.codes(of: memberDictionary)
      return (0..<a.count).map { i in
        let code = codes[a.start + i]
        if code == 0 { return 0 }
        let range = Int(offsets[b.start + i])..<Int(offsets[b.start + i + 1])
        return range.contains { second[Int(members[$0])] == first[Int(code)] } ? 1 : 0
      }
    }
    return (0..<a.count).map { i in
      let wanted = a.vector.scalar(a.start + i, type)
      if wanted.isEmpty { return 0 }
      let range = Int(offsets[b.start + i])..<Int(offsets[b.start + i + 1])
      return range.contains { elements.scalar($0, type) == wanted } ? 1 : 0
    }
  }

  /// The values of a column of a plan that is run once.
  func planSet(_ subquery: Subquery, _ column: Expr) throws -> PlanSet {
    let key = PlanSetKey(subquery: ObjectIdentifier(subquery), column: column)
    if let known = planSets[key] { return known }
    let set = try planSet(self.column(column, run(subquery)))
    planSets[key] = set
    return set
  }

  /// Whether a value is one of a plan's.
  func isIn(_ operand: Column, _ set: PlanSet) throws -> Column {
    let value = operand.expanded
    let range = value.start..<(value.start + value.count)
    switch (value.vector, set) {
    case (.int(let values), .ints(let set)):
      return Column(.bool(values[range].map { set.contains($0) ? 1 : 0 }))
    case (.float(let values), .floats(let set)):
      return Column(.bool(values[range].map { set.contains($0) ? 1 : 0 }))
    case (.day(let values), .days(let set)):
      return Column(.bool(values[range].map { set.contains($0) ? 1 : 0 }))
    case (.bool(let values), .bools(let set)):
      return Column(.bool(values[range].map { set.contains($0) ? 1 : 0 }))
    case (.text(let codes, let dictionary), .texts(let set)):
      let shared = space.codes(of: dictionary)
      return Column(.bool(codes[range].map { set.contains(shared[Int($0)]) ? 1 : 0 }))
    case (.row(let values), .rows(let flags)):
      return Column(
        .bool(values[range].map { Int($0) < flags.count ? flags[Int($0)] : 0 }))
    default: throw mismatch("a membership test")
    }
  }

  private func planSet(_ vector: Vector) throws -> PlanSet {
    switch vector {
    case .int(let values): return .ints(Set(values).subtracting([Empty.int]))
    case .float(let values): return .floats(Set(values.filter { !$0.isNaN }))
    case .day(let values): return .days(Set(values).subtracting([Empty.day]))
    case .bool(let values): return .bools(Set(values).subtracting([Empty.bool]))
    case .text(let codes, let dictionary):
      let shared = space.codes(of: dictionary)
      return .texts(Set(codes.map { shared[Int($0)] }).subtracting([0]))
    case .row(let rows):
      var flags = [UInt8](repeating: 0, count: Int(rows.max() ?? 0) + 1)
      for row in rows { flags[Int(row)] = 1 }
      flags[0] = 0
      return .rows(flags)
    case .list: throw mismatch("a membership test")
    }
  }

  /// The rows of a sub-plan, run once a query.
  func run(_ subquery: Subquery) throws -> Frame {
    if let frame = subqueryFrames[ObjectIdentifier(subquery)] { return frame }
    let frame = try run(subquery.plan)
    subqueryFrames[ObjectIdentifier(subquery)] = frame
    return frame
  }

  /// One aggregate over all rows of a sub-plan.
  func scalar(_ subquery: Subquery, _ call: AggregateCall) throws -> Vector {
    if let known = scalarResults[call]?[ObjectIdentifier(subquery)] { return known }
    let frame = try run(subquery)
    let groups = Groups(ids: [Int32](repeating: 0, count: frame.rowCount), count: 1)
    let result = try aggregate(call, frame, groups)
    scalarResults[call, default: [:]][ObjectIdentifier(subquery)] = result
    return result
  }
}
