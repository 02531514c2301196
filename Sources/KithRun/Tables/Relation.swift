import KithBase

/// The children of every parent: a list per parent row, ordered by the child's time, then id.
final class Relation {
  /// The children of parent `p` are `rows[starts[p] ..< starts[p + 1]]`; parent 0 has none.
  let starts: [Int32]
  let rows: [Int32]
  /// The parent of each child row, as the key column says.
  let parents: [Int32]

  var parentCount: Int { starts.count - 2 }

  /// - Parameters:
  ///   - parents: by child row, index 0 unused.
  ///   - times: by child row, `Int64.max` where empty; nil where the order is that of ids.
  init(parents: [Int32], parentCount: Int, times: [Int64]?) {
    self.parents = parents
    var starts = [Int32](repeating: 0, count: parentCount + 2)
    for row in 1..<max(1, parents.count) { starts[Int(parents[row]) + 1] += 1 }
    // Children of nobody are in no list.
    starts[1] = 0
    for parent in 1..<starts.count { starts[parent] += starts[parent - 1] }
    let total = Int(starts[starts.count - 1])
    let rows = [Int32](unsafeUninitializedCapacity: total) { rows, filled in
      var next = starts
      next.withUnsafeMutableBufferPointer { next in
        for row in 1..<max(1, parents.count) {
          let parent = Int(parents[row])
          if parent == 0 { continue }
          rows[Int(next[parent])] = Int32(row)
          next[parent] += 1
        }
      }
      if let times { Relation.order(rows, starts: starts, times: times) }
      filled = total
    }
    self.starts = starts
    self.rows = rows
  }

  /// Orders each list by time. Lists come in id order and are mostly short and mostly ordered, so
  /// insertion is right; long ones are sorted.
  private static func order(
    _ rows: UnsafeMutableBufferPointer<Int32>, starts: [Int32], times: [Int64]
  ) {
    times.withUnsafeBufferPointer { times in
      for parent in 1..<(starts.count - 1) {
        let lower = Int(starts[parent])
        let upper = Int(starts[parent + 1])
        if upper - lower < 2 { continue }
        if upper - lower > 64 {
          rows[lower..<upper].sort {
            times[Int($0)] != times[Int($1)] ? times[Int($0)] < times[Int($1)] : $0 < $1
          }
          continue
        }
        for i in (lower + 1)..<upper {
          let row = rows[i]
          let time = times[Int(row)]
          var j = i
          while j > lower, times[Int(rows[j - 1])] > time {
            rows[j] = rows[j - 1]
            j -= 1
          }
          rows[j] = row
        }
      }
    }
  }

  func children(of parent: Int32) -> ArraySlice<Int32> {
    rows[Int(starts[Int(parent)])..<Int(starts[Int(parent) + 1])]
  }
}
