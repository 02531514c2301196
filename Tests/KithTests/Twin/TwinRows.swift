import KithBase
import KithPlan

/// Operators that sort, cut, multiply or match rows.
extension TwinRun {
  /// Groups in order of first appearance, each with the places of its rows.
  func groups(_ rows: [TwinRow], by keys: [Expr]) throws -> [(key: [Scalar], rows: [Int])] {
    var place: [[Scalar]: Int] = [:]
    var result: [(key: [Scalar], rows: [Int])] = []
    for (index, row) in rows.enumerated() {
      let values = try keys.map { try value($0, row) }
      let key = values.map(TwinValues.key)
      if let known = place[key] {
        result[known].rows.append(index)
      } else {
        place[key] = result.count
        result.append((values, [index]))
      }
    }
    return result
  }

  /// The places of rows in the order of keys: stable, empties last in both directions.
  func order(_ rows: [TwinRow], _ keys: [SortKey]) throws -> [Int] {
    let values = try rows.map { row in try keys.map { try value($0.expr, row) } }
    return rows.indices.sorted { left, right in
      for (index, key) in keys.enumerated() {
        let (a, b) = (values[left][index], values[right][index])
        switch (a.isEmpty, b.isEmpty) {
        case (true, true): continue
        case (true, false): return false
        case (false, true): return true
        case (false, false): break
        }
        let order = TwinValues.order(a, b, key.expr.type, catalogue)
        if order != 0 { return key.descending ? order > 0 : order < 0 }
      }
      return left < right
    }
  }

  func sorted(_ rows: [TwinRow], _ keys: [SortKey]) throws -> [TwinRow] {
    try order(rows, keys).map { rows[$0] }
  }

  func limited(_ rows: [TwinRow], _ limit: Limit) throws -> [TwinRow] {
    if case .sample = limit.kind { throw TwinUndecided(what: "which rows a sample takes") }
    var kept: Set<Int> = []
    for group in try groups(rows, by: limit.per) {
      let count = Self.count(limit.amount, of: group.rows.count)
      if case .take = limit.kind {
        kept.formUnion(group.rows.prefix(count))
      } else {
        kept.formUnion(group.rows.dropFirst(count))
      }
    }
    return rows.indices.filter(kept.contains).map { rows[$0] }
  }

  /// A share is rounded up: the fewest rows that are at least that share.
  static func count(_ amount: Limit.Amount, of total: Int) -> Int {
    switch amount {
    case .rows(let count): Int(clamping: max(0, count))
    case .fraction(let share):
      (0...total).first { Double($0) / Double(max(1, total)) >= share } ?? total
    }
  }

  func expanded(_ rows: [TwinRow], _ expansion: Expansion) throws -> [TwinRow] {
    try rows.flatMap { row -> [TwinRow] in
      let children = try self.children(expansion.through, row)
      return children.isEmpty && expansion.outer ? [row] : children
    }
  }

  func joined(_ left: [TwinRow], _ right: [TwinRow], _ join: Join) throws -> [TwinRow] {
    let leftKeys = try left.map { row in try join.leftKeys.map { try key($0, row) } }
    let rightKeys = try right.map { row in try join.rightKeys.map { try key($0, row) } }
    var result: [TwinRow] = []
    var met: Set<Int> = []
    for (index, row) in left.enumerated() {
      let matches = right.indices.filter { place in
        zip(leftKeys[index], rightKeys[place]).allSatisfy { !$0.isEmpty && $0 == $1 }
      }
      met.formUnion(matches)
      switch join.kind {
      case .semi: if !matches.isEmpty { result.append(row) }
      case .anti: if matches.isEmpty { result.append(row) }
      case .inner, .left, .full:
        for place in matches { result.append(row.merging(right[place]) { _, new in new }) }
        if matches.isEmpty, join.kind != .inner { result.append(row) }
      }
    }
    if join.kind == .full {
      for place in right.indices where !met.contains(place) { result.append(right[place]) }
    }
    return result
  }

  private func key(_ expr: Expr, _ row: TwinRow) throws -> Scalar {
    try TwinValues.key(value(expr, row))
  }
}
