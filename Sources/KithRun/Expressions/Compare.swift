import KithBase
import KithModel
import KithPlan

/// A text test by what it asks, over one dictionary.
struct CodeTestKey: Hashable {
  var dictionary: ObjectIdentifier
  var test: String
  var pattern: String
}

extension Comparison {
  /// The comparison with its sides exchanged.
  var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

extension Execution {
  func compare(
    _ comparison: Comparison, _ left: Column, _ right: Column, _ type: KithType, inPlay: Int
  ) throws -> [UInt8] {
    if left.isConstant, !right.isConstant {
      return try compare(comparison.mirrored, right, left, type, inPlay: inPlay)
    }
    switch (left.vector, right.vector) {
    case (.int(let a), .int(let b)):
      return plain(comparison, left, a, right, b, empty: Empty.int, emptyIsLeast: true)
    case (.float(let a), .float(let b)):
      return plain(comparison, left, a, right, b, empty: .nan)
    case (.day(let a), .day(let b)):
      return plain(comparison, left, a, right, b, empty: Empty.day, emptyIsLeast: true)
    case (.bool(let a), .bool(let b)):
      return plain(comparison, left, a, right, b, empty: Empty.bool)
    case (.row(let a), .row(let b)):
      return plain(comparison, left, a, right, b, empty: 0)
    case (.text, .text):
      if case .enumeration(let name) = type {
        return try compareEnumerated(comparison, left, right, enumeration: name)
      }
      return try compareTexts(comparison, left, right)
    case (.list, .list):
      return try compareLists(comparison, left, right, type)
    default: throw mismatch("a comparison")
    }
  }

  private func plain<Value: Comparable>(
    _ comparison: Comparison, _ left: Column, _ a: [Value], _ right: Column, _ b: [Value],
    empty: Value, emptyIsLeast: Bool = false
  ) -> [UInt8] {
    if right.isConstant {
      if left.isConstant {
        let flag = CompareKernel.constant(
          comparison, a, start: left.start, count: 1, b[right.start], empty: empty)
        return [UInt8](repeating: flag[0], count: left.count)
      }
      // NaN is no value to compare with, and equals not even itself.
      if b[right.start] != b[right.start] {
        return [UInt8](repeating: comparison == .notEqual ? 1 : 0, count: left.count)
      }
      return CompareKernel.constant(
        comparison, a, start: left.start, count: left.count, b[right.start], empty: empty,
        emptyIsLeast: emptyIsLeast)
    }
    return CompareKernel.pairs(
      comparison, a, left.start, b, right.start, count: left.count, empty: empty)
  }

  // MARK: Enumerations

  /// By code the place on the ladder, 0 for the empty value and those outside the order.
  func ladder(_ name: String, _ dictionary: TextDictionary) -> [Int32] {
    var places = [Int32](repeating: 0, count: dictionary.count)
    guard let enumeration = tables.catalogue.enumeration(name) else { return places }
    let byCode = Dictionary(
      dictionary.strings().enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, value) in enumeration.values.enumerated() where !value.outsideOrder {
      if let code = byCode[value.code] { places[code] = Int32(index + 1) }
    }
    return places
  }

  private func compareEnumerated(
    _ comparison: Comparison, _ left: Column, _ right: Column, enumeration: String
  ) throws -> [UInt8] {
    if comparison == .equal || comparison == .notEqual {
      return try compareTexts(comparison, left, right)
    }
    guard case .text(let a, let leftDictionary) = left.vector,
      case .text(let b, let rightDictionary) = right.vector
    else { throw mismatch("a comparison") }
    let leftPlaces = ladder(enumeration, leftDictionary)
    let rightPlaces = ladder(enumeration, rightDictionary)
    if right.isConstant {
      let bound = rightPlaces[Int(b[right.start])]
      let flags = leftPlaces.map { place -> UInt8 in
        place != 0 && bound != 0 && comparison.holds(place, bound) ? 1 : 0
      }
      return flagged(left, a, flags)
    }
    return (0..<left.count).map { i in
      let x = leftPlaces[Int(a[left.start + i])]
      let y = rightPlaces[Int(b[right.start + i])]
      return x != 0 && y != 0 && comparison.holds(x, y) ? 1 : 0
    }
  }

  /// Flags by code, looked up for each row.
  func flagged(_ column: Column, _ codes: [Int32], _ flags: [UInt8]) -> [UInt8] {
    if column.isConstant {
      return [UInt8](repeating: flags[Int(codes[column.start])], count: column.count)
    }
    return CompareKernel.flagged(codes, start: column.start, count: column.count, flags)
  }

  // MARK: Texts

  private func compareTexts(
    _ comparison: Comparison, _ left: Column, _ right: Column
  ) throws -> [UInt8] {
    guard case .text(let a, let leftDictionary) = left.vector,
      case .text(let b, let rightDictionary) = right.vector
    else { throw mismatch("a comparison") }
    if right.isConstant {
      let code = b[right.start]
      if code == 0 {
        return [UInt8](repeating: comparison == .notEqual ? 1 : 0, count: left.count)
      }
      let flags = textFlags(comparison, leftDictionary, rightDictionary.string(code))
      return flagged(left, a, flags)
    }
    switch comparison {
    case .equal, .notEqual:
      let equal = equalTexts(left, a, leftDictionary, right, b, rightDictionary)
      return comparison == .equal ? equal : equal.map { $0 ^ 1 }
    default:
      return (0..<left.count).map { i in
        let (x, y) = (a[left.start + i], b[right.start + i])
        if x == 0 || y == 0 { return 0 }
        let first = TextFolding.canonical(leftDictionary.string(x)).unicodeScalars
        let second = TextFolding.canonical(rightDictionary.string(y)).unicodeScalars
        let order =
          first.elementsEqual(second) ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
        return comparison.holds(order, 0) ? 1 : 0
      }
    }
  }

  private func equalTexts(
    _ left: Column, _ a: [Int32], _ leftDictionary: TextDictionary, _ right: Column, _ b: [Int32],
    _ rightDictionary: TextDictionary
  ) -> [UInt8] {
    if leftDictionary === rightDictionary, texts.index(leftDictionary).canonical == nil {
      return CompareKernel.pairs(
        .equal, a, left.start, b, right.start, count: left.count, empty: 0)
    }
    let first = space.codes(of: leftDictionary)
    let second = space.codes(of: rightDictionary)
    return (0..<left.count).map { i in
      let x = a[left.start + i]
      return x != 0 && first[Int(x)] == second[Int(b[right.start + i])] ? 1 : 0
    }
  }

  /// By code whether the value compares so with a constant.
  private func textFlags(
    _ comparison: Comparison, _ dictionary: TextDictionary, _ constant: String
  ) -> [UInt8] {
    let key = CodeTestKey(
      dictionary: keep(dictionary), test: comparison.rawValue, pattern: constant)
    if let known = codeFlags[key] { return known }
    var flags = [UInt8](repeating: 0, count: dictionary.count)
    switch comparison {
    case .equal, .notEqual:
      for code in dictionary.codes(equalTo: TextFolding.canonical(constant)) {
        flags[Int(code)] = 1
      }
      if comparison == .notEqual { for code in flags.indices { flags[code] ^= 1 } }
    default:
      let bound = Array(TextFolding.canonical(constant).utf8)
      for code in 1..<max(1, dictionary.count) {
        let value = TextFolding.canonical(dictionary.string(Int32(code))).utf8
        let order =
          value.elementsEqual(bound) ? 0 : value.lexicographicallyPrecedes(bound) ? -1 : 1
        if comparison.holds(order, 0) { flags[code] = 1 }
      }
    }
    codeFlags[key] = flags
    return flags
  }

  // MARK: Lists

  private func compareLists(
    _ comparison: Comparison, _ left: Column, _ right: Column, _ type: KithType
  ) throws -> [UInt8] {
    guard comparison == .equal || comparison == .notEqual else { throw mismatch("a comparison") }
    let (a, b) = (left.expanded, right.expanded)
    return (0..<left.count).map { i in
      let x = a.vector.scalar(a.start + i, type)
      let y = b.vector.scalar(b.start + i, type)
      let equal = x == y && !a.vector.isEmpty(at: a.start + i)
      return (comparison == .equal) == equal ? 1 : 0
    }
  }
}

extension TextDictionary {
  /// The codes of the values whose canonical form is a given one.
  func codes(equalTo canonical: String) -> [Int32] {
    let wanted = Array(canonical.utf8)
    let isPlain = self.isPlain
    var result: [Int32] = []
    bytes.withUnsafeBufferPointer { all in
      for code in 1..<max(1, count) {
        let lower = offsets[code]
        let length = offsets[code + 1] - lower
        if length == wanted.count {
          var i = 0
          while i < length, all[lower + i] == wanted[i] { i += 1 }
          if i == length {
            result.append(Int32(code))
            continue
          }
        }
        if isPlain { continue }
        let value = UnsafeBufferPointer(rebasing: all[lower..<(lower + length)])
        if !TextFolding.isPlain(value),
          TextFolding.canonical(String(decoding: value, as: UTF8.self)) == canonical
        {
          result.append(Int32(code))
        }
      }
    }
    return result
  }
}
