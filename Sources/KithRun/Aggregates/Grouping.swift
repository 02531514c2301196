import KithBase

/// Which group each row is in: numbers from 0 in order of first appearance.
struct Groups {
  var ids: [Int32]
  var count: Int
  /// The first row of each group.
  var first: [Int32] = []

  init(ids: [Int32], count: Int, first: [Int32] = []) {
    self.ids = ids
    self.count = count
    self.first = first
  }
}

/// Codes of a key column: equal values have equal codes, all below `size`; the empty value is 0.
struct DenseKey {
  var codes: [Int32]
  var size: Int
}

/// A map from whole numbers to dense codes, by open addressing; code 0 is left to the empty value.
struct CodeTable {
  private var keys: [Int64]
  private var codes: [Int32]
  private var mask: Int
  private(set) var count: Int32 = 0

  init(capacity: Int) {
    let size = max(64, capacity * 2).nextPowerOfTwo
    keys = [Int64](repeating: 0, count: size)
    codes = [Int32](repeating: 0, count: size)
    mask = size - 1
  }

  @inline(__always)
  private static func hash(_ key: Int64) -> Int {
    let mixed = UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed ^ (mixed >> 32)) & Int.max
  }

  /// The code of a key, a new one if it was not known.
  mutating func code(_ key: Int64) -> Int32 {
    var slot = Self.hash(key) & mask
    while codes[slot] != 0 {
      if keys[slot] == key { return codes[slot] }
      slot = (slot + 1) & mask
    }
    count += 1
    keys[slot] = key
    codes[slot] = count
    if Int(count) * 2 > keys.count { grow() }
    return count
  }

  private mutating func grow() {
    let (oldKeys, oldCodes) = (keys, codes)
    keys = [Int64](repeating: 0, count: oldKeys.count * 2)
    codes = [Int32](repeating: 0, count: oldKeys.count * 2)
    mask = keys.count - 1
    for index in oldCodes.indices where oldCodes[index] != 0 {
      var slot = Self.hash(oldKeys[index]) & mask
      while codes[slot] != 0 { slot = (slot + 1) & mask }
      keys[slot] = oldKeys[index]
      codes[slot] = oldCodes[index]
    }
  }
}

extension Execution {
  /// Groups rows by their keys; without keys all are one group.
  func group(_ keys: [Vector], count: Int) throws -> Groups {
    guard var key = try keys.first.map(denseKey) else {
      return Groups(
        ids: [Int32](repeating: 0, count: count), count: 1, first: count > 0 ? [0] : [])
    }
    for next in keys.dropFirst() { key = combine(key, try denseKey(next)) }
    return number(key)
  }

  /// Numbers the codes by first appearance.
  private func number(_ key: DenseKey) -> Groups {
    var map = [Int32](repeating: -1, count: key.size)
    var first: [Int32] = []
    let count = key.codes.count
    let ids = [Int32](unsafeUninitializedCapacity: count) { ids, filled in
      map.withUnsafeMutableBufferPointer { map in
        key.codes.withUnsafeBufferPointer { codes in
          var next: Int32 = 0
          for i in 0..<count {
            let code = Int(codes[i])
            var id = map[code]
            if id < 0 {
              id = next
              map[code] = id
              next += 1
              first.append(Int32(i))
            }
            ids[i] = id
          }
        }
      }
      filled = count
    }
    return Groups(ids: ids, count: first.count, first: first)
  }

  /// Two keys as one: by multiplication while the product is small, else through a hash table.
  func combine(_ left: DenseKey, _ right: DenseKey) -> DenseKey {
    let (product, overflow) = left.size.multipliedReportingOverflow(by: right.size)
    let count = left.codes.count
    if !overflow, product <= max(1_048_576, count) {
      let width = Int32(right.size)
      return DenseKey(
        codes: (0..<count).map { left.codes[$0] &* width &+ right.codes[$0] }, size: product)
    }
    var table = CodeTable(capacity: count / 4)
    let codes = (0..<count).map {
      table.code(Int64(left.codes[$0]) << 32 | Int64(right.codes[$0]))
    }
    return DenseKey(codes: codes, size: Int(table.count) + 1)
  }

  func denseKey(_ vector: Vector) throws -> DenseKey {
    switch vector {
    case .row(let rows): return DenseKey(codes: rows, size: Int(rows.max() ?? 0) + 1)
    case .text(let codes, let dictionary):
      guard let canonical = texts.index(dictionary).canonical else {
        return DenseKey(codes: codes, size: dictionary.count)
      }
      return DenseKey(codes: codes.map { canonical[Int($0)] }, size: dictionary.count)
    case .bool(let values):
      // Empty is 2 in the column and 0 as a code.
      return DenseKey(codes: values.map { $0 == 2 ? 0 : Int32($0) + 1 }, size: 3)
    case .day(let days):
      return denseKey(days)
    case .int(let values): return denseKey(values)
    case .float(let values):
      // -0 is 0; all bit patterns of NaN are the empty value.
      return hashed(
        values.map {
          $0.isNaN ? Empty.int : Int64(bitPattern: ($0 == 0 ? 0.0 : $0).bitPattern)
        })
    case .list(let offsets, let elements):
      return try listKey(offsets, elements)
    }
  }

  private func denseKey(_ days: [Int32]) -> DenseKey {
    var low = Int32.max
    var high = Int32.min
    for day in days where day != Empty.day {
      low = min(low, day)
      high = max(high, day)
    }
    let range = Int64(high) - Int64(low)
    if range < 0 { return DenseKey(codes: [Int32](repeating: 0, count: days.count), size: 1) }
    guard range < Int64(max(65_536, 4 * days.count)) else {
      return hashed(days.map { $0 == Empty.day ? Empty.int : Int64($0) })
    }
    return DenseKey(
      codes: days.map { $0 == Empty.day ? 0 : $0 &- low &+ 1 }, size: Int(range) + 2)
  }

  private func denseKey(_ values: [Int64]) -> DenseKey {
    var low = Int64.max
    var high = Int64.min
    for value in values where value != Empty.int {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high { return DenseKey(codes: [Int32](repeating: 0, count: values.count), size: 1) }
    let (range, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow, range < Int64(max(65_536, 4 * values.count)), range < 1 << 30 else {
      return hashed(values)
    }
    return DenseKey(
      codes: values.map { $0 == Empty.int ? 0 : Int32(truncatingIfNeeded: $0 - low) + 1 },
      size: Int(range) + 2)
  }

  private func hashed(_ values: [Int64]) -> DenseKey {
    var table = CodeTable(capacity: values.count / 4)
    let codes = values.map { $0 == Empty.int ? 0 : table.code($0) }
    return DenseKey(codes: codes, size: Int(table.count) + 1)
  }

  /// Lists are equal if their elements are, in order.
  private func listKey(_ offsets: [Int32], _ elements: Vector) throws -> DenseKey {
    let element = try denseKey(elements)
    var codes: [[Int32]: Int32] = [:]
    let result = (0..<(offsets.count - 1)).map { i -> Int32 in
      let list = Array(element.codes[Int(offsets[i])..<Int(offsets[i + 1])])
      if list.isEmpty { return 0 }
      if let code = codes[list] { return code }
      let code = Int32(codes.count + 1)
      codes[list] = code
      return code
    }
    return DenseKey(codes: result, size: codes.count + 1)
  }
}
