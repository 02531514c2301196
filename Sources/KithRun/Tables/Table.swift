import KithBase
import KithModel

/// The columns of one entity that were read so far. Rows are numbered from 1 in ascending order of
/// id; row 0 is nobody and empty in every column.
final class Table {
  let spec: EntitySpec
  /// By row number; index 0 is the empty int.
  let ids: [Int64]
  var columns: [String: Vector] = [:]
  private let places: RowPlaces

  var count: Int { ids.count - 1 }

  init(spec: EntitySpec, ids: [Int64]) {
    self.spec = spec
    self.ids = [Empty.int] + ids
    places = RowPlaces(ids: ids)
  }

  /// The same rows without their columns.
  init(sharing other: Table) {
    spec = other.spec
    ids = other.ids
    places = other.places
  }

  /// The row of an id, 0 where there is none.
  func row(ofID id: Int64) -> Int32 { places.row(of: id, in: ids) }

  /// Row numbers of a whole column of ids; unknown and empty ones give 0.
  func rows(ofIDs column: [Int64]) -> [Int32] { places.rows(of: column, in: ids) }
}

/// How ids become row numbers: by subtraction where they have no gaps, by a table where they are
/// dense enough, else by binary search.
private enum RowPlaces {
  case consecutive(first: Int64, count: Int)
  case direct(first: Int64, [Int32])
  case search

  init(ids: [Int64]) {
    guard let first = ids.first, let last = ids.last else {
      self = .consecutive(first: 1, count: 0)
      return
    }
    let (width, overflow) = last.subtractingReportingOverflow(first)
    if !overflow, width == Int64(ids.count - 1) {
      self = .consecutive(first: first, count: ids.count)
    } else if !overflow, width < Int64(ids.count) * 8 + 1_000_000 {
      var table = [Int32](repeating: 0, count: Int(width) + 1)
      for (index, id) in ids.enumerated() { table[Int(id - first)] = Int32(index + 1) }
      self = .direct(first: first, table)
    } else {
      self = .search
    }
  }

  func row(of id: Int64, in ids: [Int64]) -> Int32 {
    if id == Empty.int { return 0 }
    switch self {
    case .consecutive(let first, let count):
      if id < first { return 0 }
      let (place, overflow) = id.subtractingReportingOverflow(first)
      return overflow || place >= Int64(count) ? 0 : Int32(place + 1)
    case .direct(let first, let table):
      if id < first { return 0 }
      let (place, overflow) = id.subtractingReportingOverflow(first)
      return overflow || place >= Int64(table.count) ? 0 : table[Int(place)]
    case .search:
      var low = 1
      var high = ids.count
      while low < high {
        let middle = (low + high) / 2
        if ids[middle] < id { low = middle + 1 } else { high = middle }
      }
      return low < ids.count && ids[low] == id ? Int32(low) : 0
    }
  }

  func rows(of column: [Int64], in ids: [Int64]) -> [Int32] {
    let count = column.count
    return [Int32](unsafeUninitializedCapacity: count) { output, filled in
      switch self {
      case .consecutive(let first, let size):
        for i in 0..<count {
          // The empty id is far below any first id, and the wrapped distance is not below `size`.
          let place = UInt64(bitPattern: column[i] &- first)
          output[i] = place < UInt64(size) ? Int32(truncatingIfNeeded: place) + 1 : 0
        }
      case .direct(let first, let table):
        table.withUnsafeBufferPointer { table in
          for i in 0..<count {
            let place = UInt64(bitPattern: column[i] &- first)
            output[i] = place < UInt64(table.count) ? table[Int(place)] : 0
          }
        }
      case .search:
        for i in 0..<count { output[i] = row(of: column[i], in: ids) }
      }
      filled = count
    }
  }
}
