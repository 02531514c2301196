import KithBase

/// A sort key as unsigned numbers: smaller comes first, the largest is the empty value.
struct SortColumn {
  var values: [UInt64]
  /// Bits that the largest of them needs.
  var bits: Int
}

enum Ordering {
  /// The order of rows by some keys, the first counting most; equal rows keep their order.
  ///
  /// Keys are packed side by side into words of 64 bits as far as they fit; the words are sorted
  /// from the last to the first by a stable radix sort.
  static func permutation(_ keys: [SortColumn], count: Int) -> [Int32] {
    var order = Kernel.sequence(from: 0, count: count)
    for word in packed(keys, count: count).reversed() where word.bits > 0 {
      sort(&order, by: word)
    }
    return order
  }

  /// The keys in as few words as possible, in order.
  static func packed(_ keys: [SortColumn], count: Int) -> [SortColumn] {
    var words: [SortColumn] = []
    for key in keys where key.bits > 0 {
      guard let last = words.last, last.bits + key.bits <= 64 else {
        words.append(key)
        continue
      }
      let shift = UInt64(key.bits)
      var values = last.values
      key.values.withUnsafeBufferPointer { low in
        values.withUnsafeMutableBufferPointer { values in
          for i in 0..<count { values[i] = values[i] << shift | low[i] }
        }
      }
      words[words.count - 1] = SortColumn(values: values, bits: last.bits + key.bits)
    }
    return words
  }

  /// Stable; least significant digit first, skipping digits that are equal everywhere.
  private static func sort(_ order: inout [Int32], by key: SortColumn) {
    let count = order.count
    if count < 2 { return }
    let digit = count < 16_384 ? 8 : 11
    let size = 1 << digit
    let mask = UInt64(size - 1)
    var keys = [UInt64](unsafeUninitializedCapacity: count) { output, filled in
      for i in 0..<count { output[i] = key.values[Int(order[i])] }
      filled = count
    }
    var otherKeys = [UInt64](repeating: 0, count: count)
    var otherOrder = [Int32](repeating: 0, count: count)
    var shift = 0
    var counts = [Int](repeating: 0, count: size)
    while shift < key.bits {
      for i in 0..<size { counts[i] = 0 }
      let bits = UInt64(shift)
      keys.withUnsafeBufferPointer { keys in
        counts.withUnsafeMutableBufferPointer { counts in
          for i in 0..<count { counts[Int((keys[i] >> bits) & mask)] += 1 }
        }
      }
      shift += digit
      if counts[Int((keys[0] >> bits) & mask)] == count { continue }
      var total = 0
      for i in 0..<size {
        let here = counts[i]
        counts[i] = total
        total += here
      }
      keys.withUnsafeBufferPointer { keys in
        order.withUnsafeBufferPointer { order in
          otherKeys.withUnsafeMutableBufferPointer { toKeys in
            otherOrder.withUnsafeMutableBufferPointer { toOrder in
              counts.withUnsafeMutableBufferPointer { counts in
                for i in 0..<count {
                  let key = keys[i]
                  let bucket = Int((key >> bits) & mask)
                  let place = counts[bucket]
                  counts[bucket] = place + 1
                  toKeys[place] = key
                  toOrder[place] = order[i]
                }
              }
            }
          }
        }
      }
      swap(&keys, &otherKeys)
      swap(&order, &otherOrder)
    }
  }

  /// The first `limit` rows in order, found with a heap of that size; nil where the keys need more
  /// than one word or the heap would not pay.
  static func smallest(_ keys: [SortColumn], count: Int, limit: Int) -> [Int32]? {
    guard limit > 0, limit <= 4_096, limit * 8 < count else { return nil }
    let words = packed(keys, count: count)
    guard words.count == 1 else { return nil }
    var heap: [(key: UInt64, row: Int32)] = []
    heap.reserveCapacity(limit)
    words[0].values.withUnsafeBufferPointer { values in
      for row in 0..<limit { heap.append((values[row], Int32(row))) }
      for root in stride(from: limit / 2, through: 0, by: -1) { sink(&heap, root) }
      var worst = heap[0].key
      for row in limit..<count where values[row] < worst {
        // Later rows lose a tie, so only a smaller key gets in.
        heap[0] = (values[row], Int32(row))
        sink(&heap, 0)
        worst = heap[0].key
      }
    }
    heap.sort { $0.key != $1.key ? $0.key < $1.key : $0.row < $1.row }
    return heap.map(\.row)
  }

  /// The rows that are among the first `limit` of their group, in row order.
  ///
  /// Each group keeps its best in a short sorted run of (key, row); most rows fail the comparison
  /// with the run's last.
  static func smallest(_ values: [UInt64], _ groups: Groups, limit: Int) -> [Int32] {
    var keys = [UInt64](repeating: 0, count: groups.count * limit)
    var rows = [Int32](repeating: -1, count: groups.count * limit)
    var sizes = [Int](repeating: 0, count: groups.count)
    keys.withUnsafeMutableBufferPointer { keys in
      rows.withUnsafeMutableBufferPointer { rows in
        sizes.withUnsafeMutableBufferPointer { sizes in
          for (row, id) in groups.ids.enumerated() {
            let base = Int(id) * limit
            let size = sizes[Int(id)]
            let key = values[row]
            // Later rows lose a tie.
            if size == limit, key >= keys[base + limit - 1] { continue }
            var place = size == limit ? limit - 1 : size
            while place > 0, keys[base + place - 1] > key {
              keys[base + place] = keys[base + place - 1]
              rows[base + place] = rows[base + place - 1]
              place -= 1
            }
            keys[base + place] = key
            rows[base + place] = Int32(row)
            if size < limit { sizes[Int(id)] = size + 1 }
          }
        }
      }
    }
    return rows.filter { $0 >= 0 }.sorted()
  }

  /// Restores a heap whose root is the largest pair of key and row.
  private static func sink(_ heap: inout [(key: UInt64, row: Int32)], _ start: Int) {
    let count = heap.count
    var place = start
    let entry = heap[start]
    while true {
      var child = 2 * place + 1
      if child >= count { break }
      if child + 1 < count, isLarger(heap[child + 1], heap[child]) { child += 1 }
      if !isLarger(heap[child], entry) { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = entry
  }

  private static func isLarger(
    _ left: (key: UInt64, row: Int32), _ right: (key: UInt64, row: Int32)
  ) -> Bool {
    left.key != right.key ? left.key > right.key : left.row > right.row
  }
}

extension Execution {
  /// A key column as sortable numbers: empties last in both directions.
  func sortColumn(_ vector: Vector, _ type: KithType, descending: Bool) -> SortColumn {
    switch vector {
    case .int(let values):
      return sortColumn(values, empty: Empty.int, descending: descending)
    case .day(let days):
      return sortColumn(
        days.map { $0 == Empty.day ? Empty.int : Int64($0) },
        empty: Empty.int, descending: descending)
    case .bool(let values):
      return sortColumn(values.map { $0 == Empty.bool ? 0 : Int32($0) + 1 }, [0, 1, 2], descending)
    case .row(let rows): return sortColumn(rows, nil, descending)
    case .float(let values):
      return sortColumn(
        values.map { value in
          if value.isNaN { return Empty.int }
          // Sign and magnitude to two's complement; -0 is 0.
          let bits = Int64(bitPattern: (value == 0 ? 0.0 : value).bitPattern)
          return bits < 0 ? bits ^ Int64.max : bits
        }, empty: Empty.int, descending: descending)
    case .text(let codes, let dictionary):
      let ranks: [Int32]
      if case .enumeration(let name) = type {
        ranks = enumerationRanks(name, dictionary)
      } else {
        ranks = texts.index(dictionary).ranks
      }
      return sortColumn(codes, ranks, descending)
    case .list(let offsets, _):
      // Lists have no order of their own; the shorter come first.
      return sortColumn(
        (0..<(offsets.count - 1)).map { Int64(offsets[$0 + 1] - offsets[$0]) }, empty: 0,
        descending: descending)
    }
  }

  /// The places of codes in the enumeration's list; values outside its order, then unknown ones,
  /// last.
  private func enumerationRanks(_ name: String, _ dictionary: TextDictionary) -> [Int32] {
    var ranks = ladder(name, dictionary)
    var next = (ranks.max() ?? 0) + 1
    for code in 1..<max(1, ranks.count) where ranks[code] == 0 {
      ranks[code] = next
      next += 1
    }
    return ranks
  }

  /// Codes by their ranks (by themselves where nil), 0 being the empty one.
  private func sortColumn(
    _ codes: [Int32], _ ranks: [Int32]?, _ descending: Bool
  ) -> SortColumn {
    let size = UInt64(ranks?.max() ?? codes.max() ?? 0)
    func key(_ rank: Int32) -> UInt64 {
      if rank == 0 { return size }
      return descending ? size - UInt64(rank) : UInt64(rank) - 1
    }
    let count = codes.count
    let values = [UInt64](unsafeUninitializedCapacity: count) { output, filled in
      if let ranks {
        let table = ranks.map(key)
        table.withUnsafeBufferPointer { table in
          codes.withUnsafeBufferPointer { codes in
            for i in 0..<count { output[i] = table[Int(codes[i])] }
          }
        }
      } else {
        for i in 0..<count { output[i] = key(codes[i]) }
      }
      filled = count
    }
    return SortColumn(values: values, bits: 64 - size.leadingZeroBitCount)
  }

  private func sortColumn(_ values: [Int64], empty: Int64, descending: Bool) -> SortColumn {
    var low = Int64.max
    var high = Int64.min
    for value in values where value != empty {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high {
      return SortColumn(values: [UInt64](repeating: 0, count: values.count), bits: 0)
    }
    let range = UInt64(bitPattern: high &- low)
    // A range of all 64 bits has no room for the empty value; floats of both signs reach it at
    // most.
    let last = range == UInt64.max ? range : range + 1
    let count = values.count
    let result = [UInt64](unsafeUninitializedCapacity: count) { output, filled in
      for i in 0..<count {
        let value = values[i]
        let distance = descending ? high &- value : value &- low
        output[i] = value == empty ? last : UInt64(bitPattern: distance)
      }
      filled = count
    }
    return SortColumn(values: result, bits: 64 - last.leadingZeroBitCount)
  }
}
