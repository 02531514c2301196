import KithBase

/// A common dictionary of several, with the map from the codes of each.
struct MergedDictionary {
  var dictionary: TextDictionary
  var maps: [[Int32]]
}

extension Execution {
  /// Puts a column together whose rows come from several: row i is `parts[part[i]]` at the place
  /// `place[i]` of its vector; empty where `part[i]` is negative.
  func assemble(
    _ parts: [Column], _ part: [Int32], _ place: [Int32], _ type: KithType
  ) throws -> Vector {
    let count = part.count
    switch Vector.empties(type, count: 0) {
    case .int:
      return .int(
        try pick(parts, part, place, empty: Empty.int) { vector in
          guard case .int(let values) = vector else { return nil }
          return values
        })
    case .float:
      return .float(
        try pick(parts, part, place, empty: Double.nan) { vector in
          guard case .float(let values) = vector else { return nil }
          return values
        })
    case .day:
      return .day(
        try pick(parts, part, place, empty: Empty.day) { vector in
          guard case .day(let values) = vector else { return nil }
          return values
        })
    case .bool:
      return .bool(
        try pick(parts, part, place, empty: Empty.bool) { vector in
          guard case .bool(let values) = vector else { return nil }
          return values
        })
    case .row:
      return .row(
        try pick(parts, part, place, empty: 0) { vector in
          guard case .row(let values) = vector else { return nil }
          return values
        })
    case .text: return try pickTexts(parts, part, place)
    case .list:
      var builder = ColumnBuilder(type)
      let empty = Vector.empties(type, count: 1)
      for i in 0..<count {
        if part[i] < 0 {
          builder.append(empty)
        } else {
          builder.append(Column(parts[Int(part[i])].vector, start: Int(place[i]), count: 1))
        }
      }
      return builder.finish()
    }
  }

  private func pick<Value>(
    _ parts: [Column], _ part: [Int32], _ place: [Int32], empty: Value,
    _ values: (Vector) -> [Value]?
  ) throws -> [Value] {
    var result = [Value](repeating: empty, count: part.count)
    for (index, column) in parts.enumerated() {
      guard let source = values(column.vector) else { throw mismatch("a choice") }
      let wanted = Int32(index)
      for i in 0..<part.count where part[i] == wanted { result[i] = source[Int(place[i])] }
    }
    return result
  }

  private func pickTexts(_ parts: [Column], _ part: [Int32], _ place: [Int32]) throws -> Vector {
    var dictionaries: [TextDictionary] = []
    for column in parts {
      guard case .text(_, let dictionary) = column.vector else { throw mismatch("a choice") }
      dictionaries.append(dictionary)
    }
    let merged = merged(dictionaries)
    var result = [Int32](repeating: 0, count: part.count)
    for (index, column) in parts.enumerated() {
      guard case .text(let codes, _) = column.vector else { continue }
      let map = merged.maps[index]
      let wanted = Int32(index)
      for i in 0..<part.count where part[i] == wanted {
        let code = codes[Int(place[i])]
        result[i] = map.isEmpty ? code : map[Int(code)]
      }
    }
    return .text(result, merged.dictionary)
  }

  /// A dictionary for the values of all; an empty map means that codes stay.
  func merged(_ dictionaries: [TextDictionary]) -> MergedDictionary {
    guard let first = dictionaries.first else {
      return MergedDictionary(dictionary: .none, maps: [])
    }
    if dictionaries.allSatisfy({ $0 === first }) {
      return MergedDictionary(
        dictionary: first, maps: [[Int32]](repeating: [], count: dictionaries.count))
    }
    let key = dictionaries.map { keep($0) }
    if let known = mergedDictionaries[key] { return known }
    var builder = TextDictionaryBuilder(first)
    var maps: [[Int32]] = []
    for dictionary in dictionaries {
      maps.append(dictionary === first ? [] : dictionary.map(into: &builder))
    }
    let merged = MergedDictionary(dictionary: builder.finish(), maps: maps)
    mergedDictionaries[key] = merged
    return merged
  }
}
