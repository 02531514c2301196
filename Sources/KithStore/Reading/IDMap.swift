/// From ids of an entity to row numbers: row `r` is the r-th id from below, 0 is nobody.
package struct IDMap: Sendable {
  /// Ascending, each once.
  package let ids: [Int64]
  /// The ids are exactly 1 … n, so that an id is its row.
  package let isIdentity: Bool
  /// Row by id for ids that lie close together; empty where they do not.
  private let table: [Int32]

  package init(ids: [Int64]) {
    self.ids = ids
    isIdentity = ids.isEmpty || (ids[0] == 1 && ids[ids.count - 1] == Int64(ids.count))
    guard !isIdentity, ids[0] > 0, let last = ids.last, last <= Int64(ids.count) * 8 + 1_000_000
    else {
      table = []
      return
    }
    var table = [Int32](repeating: 0, count: Int(last) + 1)
    for (index, id) in ids.enumerated() { table[Int(id)] = Int32(index + 1) }
    self.table = table
  }

  package var count: Int { ids.count }

  /// The row of an id; 0 where no row has it. Constant time for ids without large gaps, else
  /// logarithmic.
  package func row(_ id: Int64) -> Int32 {
    if isIdentity { return id >= 1 && id <= Int64(ids.count) ? Int32(id) : 0 }
    if !table.isEmpty { return id >= 1 && id < Int64(table.count) ? table[Int(id)] : 0 }
    var low = 0
    var high = ids.count
    while low < high {
      let middle = (low + high) / 2
      if ids[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < ids.count && ids[low] == id ? Int32(low + 1) : 0
  }
}
