import KithBase

/// Puts columns one behind another. Texts of different dictionaries get a common one.
struct ColumnBuilder {
  private var ints: [Int64] = []
  private var floats: [Double] = []
  private var days: [Int32] = []
  private var bools: [UInt8] = []
  private var codes: [Int32] = []
  private var rows: [Int32] = []
  private var offsets: [Int32] = [0]
  private var elements: [ColumnBuilder] = []
  private var shape: KithType?
  private var kind: Kind?
  private var texts = DictionaryMerger()
  private let type: KithType

  private enum Kind { case int, float, day, bool, text, row, list }

  /// - Parameter type: the shape of the result where nothing is ever added.
  init(_ type: KithType, capacity: Int = 0) {
    self.type = type
    switch type {
    case .int, .money, .exactMoney, .time, .duration: ints.reserveCapacity(capacity)
    case .float, .percent, .floatMoney: floats.reserveCapacity(capacity)
    case .date, .period: days.reserveCapacity(capacity)
    case .bool: bools.reserveCapacity(capacity)
    case .text, .enumeration: codes.reserveCapacity(capacity)
    case .object: rows.reserveCapacity(capacity)
    case .list, .empty: break
    }
  }

  mutating func append(_ column: Column) {
    if column.isConstant { return append(Column(column.dense)) }
    let range = column.start..<(column.start + column.count)
    switch column.vector {
    case .int(let values):
      kind = .int
      ints.append(contentsOf: values[range])
    case .float(let values):
      kind = .float
      floats.append(contentsOf: values[range])
    case .day(let values):
      kind = .day
      days.append(contentsOf: values[range])
    case .bool(let values):
      kind = .bool
      bools.append(contentsOf: values[range])
    case .text(let values, let dictionary):
      kind = .text
      if let map = texts.add(dictionary) {
        for i in range { codes.append(map[Int(values[i])]) }
      } else {
        codes.append(contentsOf: values[range])
      }
    case .row(let values):
      kind = .row
      rows.append(contentsOf: values[range])
    case .list(let starts, let values):
      kind = .list
      if elements.isEmpty {
        if case .list(let element) = type {
          elements = [ColumnBuilder(element)]
        } else {
          elements = [ColumnBuilder(.empty)]
        }
      }
      let base = offsets[offsets.count - 1] - starts[column.start]
      for i in range { offsets.append(starts[i + 1] + base) }
      let lower = Int(starts[column.start])
      let upper = Int(starts[column.start + column.count])
      elements[0].append(Column(values, start: lower, count: upper - lower))
    }
  }

  mutating func append(_ vector: Vector) { append(Column(vector)) }

  func finish() -> Vector {
    switch kind {
    case nil: Vector.empties(type, count: 0)
    case .int: .int(ints)
    case .float: .float(floats)
    case .day: .day(days)
    case .bool: .bool(bools)
    case .text: .text(codes, texts.finish())
    case .row: .row(rows)
    case .list: .list(offsets, elements[0].finish())
    }
  }
}

/// Makes one dictionary of several. As long as all texts come from one it is passed on as it is.
struct DictionaryMerger {
  private var first: TextDictionary?
  private var builder: TextDictionaryBuilder?
  private var maps: [ObjectIdentifier: [Int32]] = [:]
  /// Keeps the dictionaries alive, so that their identities stay theirs.
  private var known: [TextDictionary] = []

  init() {}

  /// The map from the dictionary's codes to the common ones; nil where they are the same.
  mutating func add(_ dictionary: TextDictionary) -> [Int32]? {
    if let map = maps[ObjectIdentifier(dictionary)] { return map }
    guard let first else {
      self.first = dictionary
      return nil
    }
    if first === dictionary { return nil }
    // A dictionary without values adds nothing.
    if dictionary.count <= 1 { return nil }
    if first.count <= 1 {
      self.first = dictionary
      return nil
    }
    var builder = self.builder ?? TextDictionaryBuilder(first)
    let map = dictionary.map(into: &builder)
    self.builder = builder
    maps[ObjectIdentifier(dictionary)] = map
    known.append(dictionary)
    return map
  }

  func finish() -> TextDictionary { builder?.finish() ?? first ?? .none }
}

extension TextDictionary {
  /// The codes that a builder gives to each of the values.
  func map(into builder: inout TextDictionaryBuilder) -> [Int32] {
    bytes.withUnsafeBufferPointer { all in
      (0..<count).map { code in
        builder.code(UnsafeBufferPointer(rebasing: all[offsets[code]..<offsets[code + 1]]))
      }
    }
  }
}
