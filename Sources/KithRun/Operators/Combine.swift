import KithBase
import KithPlan

extension Execution {
  // MARK: expand

  func expand(_ input: Frame, _ expansion: Expansion) throws -> Frame {
    let pairs = try expand(expansion.through, input, input.all, ordered: true)
    var parents = pairs.parents
    var children = pairs.children
    var counts = [Int32](repeating: 0, count: input.rowCount)
    for parent in parents { counts[Int(parent)] += 1 }
    let alone = counts.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
    if alone > 0, expansion.outer {
      (parents, children) = withLonely(pairs, counts)
    } else {
      notes.count(.leftOut, expansion.through.entity, alone)
    }
    var frame = input.gather(parents)
    frame.slots[expansion.through.child] = .vector(.row(children))
    return try replace(input, by: frame)
  }

  /// The pairs, and each row without a child once with nobody.
  private func withLonely(_ pairs: ChildPairs, _ counts: [Int32]) -> ([Int32], [Int32]) {
    var parents: [Int32] = []
    var children: [Int32] = []
    var next = 0
    for row in counts.indices {
      if counts[row] == 0 {
        parents.append(Int32(row))
        children.append(0)
      }
      for _ in 0..<counts[row] {
        parents.append(Int32(row))
        children.append(pairs.children[next])
        next += 1
      }
    }
    return (parents, children)
  }

  // MARK: join

  /// Left rows in order, each with its matches in the right's order. Keys of both sides are coded
  /// together, and the right side's rows listed by code.
  func join(_ left: Frame, _ right: Frame, _ join: Join) throws -> Frame {
    let (codes, groupCount) = try jointCodes(left, right, join)
    let leftCodes = codes[..<left.rowCount]
    let rightCodes = Array(codes[left.rowCount...])
    let matches = GroupedPositions(rightCodes, groups: groupCount) { rightCodes[$0] != 0 }
    if join.kind == .semi || join.kind == .anti {
      let isSemi = join.kind == .semi
      var kept: [Int32] = []
      for (row, code) in leftCodes.enumerated()
      where (code != 0 && !matches.range(Int(code)).isEmpty) == isSemi {
        kept.append(Int32(row))
      }
      return try replace(left, by: left.gather(kept))
    }
    var leftRows: [Int32] = []
    var rightRows: [Int32] = []
    var repeated = 0
    var unmatched = 0
    var emptyKeys = 0
    var isMatched = [UInt8](repeating: 0, count: join.kind == .full ? right.rowCount : 0)
    for (row, code) in leftCodes.enumerated() {
      if row % Frame.batch == 0 { try budget.tick(Frame.batch) }
      let range = code == 0 ? 0..<0 : matches.range(Int(code))
      if range.isEmpty {
        if code == 0 { emptyKeys += 1 } else { unmatched += 1 }
        if join.kind == .inner { continue }
        leftRows.append(Int32(row))
        rightRows.append(-1)
        continue
      }
      if range.count > 1 { repeated += 1 }
      for place in range {
        leftRows.append(Int32(row))
        rightRows.append(matches.positions[place])
        if join.kind == .full { isMatched[Int(matches.positions[place])] = 1 }
      }
    }
    if join.kind == .full {
      for row in 0..<right.rowCount where isMatched[row] == 0 {
        leftRows.append(-1)
        rightRows.append(Int32(row))
      }
    }
    notes.count(.repeated, "", repeated)
    notes.count(.emptyKey, "", emptyKeys)
    if join.kind == .inner { notes.count(.unmatched, "", unmatched) }
    var frame = join.kind == .full ? left.gatherOrEmpty(leftRows) : left.gather(leftRows)
    let other = right.gatherOrEmpty(rightRows)
    frame.slots.merge(other.slots) { mine, _ in mine }
    budget.release(right.byteCount)
    return try replace(left, by: frame)
  }

  /// Codes of the left rows' keys, then of the right rows'; 0 where a part of the key is empty.
  private func jointCodes(
    _ left: Frame, _ right: Frame, _ join: Join
  ) throws -> (codes: [Int32], groupCount: Int) {
    let count = left.rowCount + right.rowCount
    var key: DenseKey?
    var isEmpty = [Bool](repeating: false, count: count)
    for (leftKey, rightKey) in zip(join.leftKeys, join.rightKeys) {
      var builder = ColumnBuilder(leftKey.type, capacity: count)
      builder.append(try column(leftKey, left))
      builder.append(try column(rightKey, right))
      let next = try denseKey(builder.finish())
      for i in 0..<count where next.codes[i] == 0 { isEmpty[i] = true }
      key = key.map { combine($0, next) } ?? next
    }
    guard let key else { throw mismatch("a join") }
    // Codes move up by one, so that 0 is free for keys that match nothing.
    return ((0..<count).map { isEmpty[$0] ? 0 : key.codes[$0] + 1 }, key.size + 1)
  }

  // MARK: append

  func append(_ first: Frame, _ second: Frame, _ slots: [AppendedSlot]) throws -> Frame {
    var frame = Frame(rowCount: first.rowCount + second.rowCount)
    for slot in slots {
      var builder = ColumnBuilder(slot.type, capacity: frame.rowCount)
      for (expr, side) in [(slot.first, first), (slot.second, second)] {
        if let expr {
          builder.append(try column(expr, side))
        } else {
          builder.append(Vector.empties(slot.type, count: side.rowCount))
        }
      }
      frame.slots[slot.slot] = .vector(builder.finish())
    }
    budget.release(second.byteCount)
    return try replace(first, by: frame)
  }
}
