import KithBase

/// Loops over plain values. Indices come from the engine's own row numbers and positions and lie
/// inside their arrays by construction.
enum Kernel {
  /// `source[indices[i] + offset]` for every i.
  static func gather<Value>(
    _ source: [Value], _ indices: UnsafeBufferPointer<Int32>, offset: Int
  ) -> [Value] {
    let count = indices.count
    return source.withUnsafeBufferPointer { source in
      [Value](unsafeUninitializedCapacity: count) { output, filled in
        guard let from = source.baseAddress, let to = output.baseAddress else { return }
        for i in 0..<count { to[i] = from[Int(indices[i]) &+ offset] }
        filled = count
      }
    }
  }

  /// As `gather`, with `empty` where the index is negative.
  static func gather<Value>(
    _ source: [Value], _ indices: [Int32], orEmpty empty: Value
  ) -> [Value] {
    source.withUnsafeBufferPointer { source in
      indices.map { $0 < 0 ? empty : source[Int($0)] }
    }
  }

  /// `first, first + 1, …`
  static func sequence(from first: Int32, count: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: count) { output, filled in
      for i in 0..<count { output[i] = first &+ Int32(truncatingIfNeeded: i) }
      filled = count
    }
  }
}

/// The empty values of columns, as constants the compiler sees: a constant of another module would
/// be asked for anew at every row.
enum Empty {
  @inline(__always) static var int: Int64 { Int64.min }
  @inline(__always) static var day: Int32 { Int32.min }
  @inline(__always) static var bool: UInt8 { 2 }
}

extension TextDictionary {
  /// Holds the empty value only.
  static let none = TextDictionary(bytes: [], offsets: [0, 0])
}

extension Vector {
  /// A column of empties, shaped for a type.
  static func empties(_ type: KithType, count: Int) -> Vector {
    switch type {
    case .int, .money, .exactMoney, .time, .duration, .empty:
      .int([Int64](repeating: Empty.int, count: count))
    case .float, .percent, .floatMoney: .float([Double](repeating: .nan, count: count))
    case .date, .period: .day([Int32](repeating: Empty.day, count: count))
    case .bool: .bool([UInt8](repeating: Empty.bool, count: count))
    case .text, .enumeration: .text([Int32](repeating: 0, count: count), .none)
    case .object: .row([Int32](repeating: 0, count: count))
    case .list(let element):
      .list([Int32](repeating: 0, count: count + 1), empties(element, count: 0))
    }
  }

  func gather(_ indices: UnsafeBufferPointer<Int32>, offset: Int = 0) -> Vector {
    switch self {
    case .int(let values): .int(Kernel.gather(values, indices, offset: offset))
    case .float(let values): .float(Kernel.gather(values, indices, offset: offset))
    case .day(let values): .day(Kernel.gather(values, indices, offset: offset))
    case .bool(let values): .bool(Kernel.gather(values, indices, offset: offset))
    case .text(let codes, let dictionary):
      .text(Kernel.gather(codes, indices, offset: offset), dictionary)
    case .row(let rows): .row(Kernel.gather(rows, indices, offset: offset))
    case .list(let offsets, let elements):
      Vector.gatherLists(offsets, elements, indices.map { Int($0) + offset })
    }
  }

  func gather(_ indices: [Int32]) -> Vector {
    indices.withUnsafeBufferPointer { gather($0) }
  }

  /// As `gather`, empty where the index is negative.
  func gatherOrEmpty(_ indices: [Int32]) -> Vector {
    switch self {
    case .int(let values):
      .int(Kernel.gather(values, indices, orEmpty: Empty.int))
    case .float(let values): .float(Kernel.gather(values, indices, orEmpty: .nan))
    case .day(let values): .day(Kernel.gather(values, indices, orEmpty: Empty.day))
    case .bool(let values): .bool(Kernel.gather(values, indices, orEmpty: Empty.bool))
    case .text(let codes, let dictionary):
      .text(Kernel.gather(codes, indices, orEmpty: 0), dictionary)
    case .row(let rows): .row(Kernel.gather(rows, indices, orEmpty: 0))
    case .list(let offsets, let elements):
      Vector.gatherLists(offsets, elements, indices.map { Int($0) })
    }
  }

  /// Lists by place; a negative place gives an empty list.
  private static func gatherLists(
    _ offsets: [Int32], _ elements: Vector, _ indices: [Int]
  ) -> Vector {
    var newOffsets: [Int32] = [0]
    newOffsets.reserveCapacity(indices.count + 1)
    var positions: [Int32] = []
    for index in indices {
      if index >= 0 { positions.append(contentsOf: offsets[index]..<offsets[index + 1]) }
      newOffsets.append(Int32(positions.count))
    }
    return .list(newOffsets, elements.gather(positions))
  }

  func slice(_ start: Int, _ count: Int) -> Vector {
    if start == 0, count == self.count { return self }
    let range = start..<(start + count)
    switch self {
    case .int(let values): return .int(Array(values[range]))
    case .float(let values): return .float(Array(values[range]))
    case .day(let values): return .day(Array(values[range]))
    case .bool(let values): return .bool(Array(values[range]))
    case .text(let codes, let dictionary): return .text(Array(codes[range]), dictionary)
    case .row(let rows): return .row(Array(rows[range]))
    case .list: return gather(Kernel.sequence(from: Int32(start), count: count))
    }
  }

  /// The value at 0, `count` times.
  func repeated(_ count: Int) -> Vector {
    switch self {
    case .int(let values): .int([Int64](repeating: values[0], count: count))
    case .float(let values): .float([Double](repeating: values[0], count: count))
    case .day(let values): .day([Int32](repeating: values[0], count: count))
    case .bool(let values): .bool([UInt8](repeating: values[0], count: count))
    case .text(let codes, let dictionary):
      .text([Int32](repeating: codes[0], count: count), dictionary)
    case .row(let rows): .row([Int32](repeating: rows[0], count: count))
    case .list: gather([Int32](repeating: 0, count: count))
    }
  }

  func isEmpty(at index: Int) -> Bool {
    switch self {
    case .int(let values): values[index] == Empty.int
    case .float(let values): values[index].isNaN
    case .day(let values): values[index] == Empty.day
    case .bool(let values): values[index] == Empty.bool
    case .text(let codes, _): codes[index] == 0
    case .row(let rows): rows[index] == 0
    case .list(let offsets, _): offsets[index] == offsets[index + 1]
    }
  }

  /// 1 where the value is empty, else 0.
  func emptyFlags(_ start: Int, _ count: Int) -> [UInt8] {
    func flags<Value>(_ values: [Value], _ test: (Value) -> Bool) -> [UInt8] {
      values.withUnsafeBufferPointer { values in
        [UInt8](unsafeUninitializedCapacity: count) { output, filled in
          for i in 0..<count { output[i] = test(values[start + i]) ? 1 : 0 }
          filled = count
        }
      }
    }
    switch self {
    case .int(let values): return flags(values) { $0 == Empty.int }
    case .float(let values): return flags(values) { $0.isNaN }
    case .day(let values): return flags(values) { $0 == Empty.day }
    case .bool(let values): return flags(values) { $0 == Empty.bool }
    case .text(let codes, _): return flags(codes) { $0 == 0 }
    case .row(let rows): return flags(rows) { $0 == 0 }
    case .list(let offsets, _):
      return (start..<(start + count)).map { offsets[$0] == offsets[$0 + 1] ? 1 : 0 }
    }
  }

  /// Bytes of the arrays, dictionaries not counted.
  var byteCount: Int {
    switch self {
    case .int(let values): values.count * 8
    case .float(let values): values.count * 8
    case .day(let values): values.count * 4
    case .bool(let values): values.count
    case .text(let codes, _): codes.count * 4
    case .row(let rows): rows.count * 4
    case .list(let offsets, let elements): offsets.count * 4 + elements.byteCount
    }
  }
}
