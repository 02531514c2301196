import KithBase
import KithPlan

extension Execution {
  /// `take`, `skip` and `sample`. A `take` directly on an order looks for the first rows without
  /// sorting them all.
  func limit(_ input: Plan, _ limit: Limit) throws -> Frame {
    if let result = try top(input, limit) { return result }
    let frame = try candidates(input, limit) ?? run(input)
    if limit.per.isEmpty, case .take = limit.kind {
      let count = size(limit.amount, of: frame.rowCount)
      try noteTie(limit, frame, cut: count)
      if count >= frame.rowCount { return frame }
      return try replace(frame, by: frame.gather(Kernel.sequence(from: 0, count: count)))
    }
    let keys = try limit.per.map { try column($0, frame) }
    let groups = try group(keys, count: frame.rowCount)
    let kept = try positions(limit, frame, groups)
    return try replace(frame, by: frame.gather(kept))
  }

  /// The rows an amount stands for; a fraction is rounded up.
  private func size(_ amount: Limit.Amount, of count: Int) -> Int {
    switch amount {
    case .rows(let rows): return Int(max(0, min(rows, Int64(count))))
    case .fraction(let share):
      guard share > 0 else { return 0 }
      // A hair below, so that 10 % of 30 is 3.
      return min(count, Int((min(share, 1) * Double(count) - 1e-9).rounded(.up)))
    }
  }

  private func positions(_ limit: Limit, _ frame: Frame, _ groups: Groups) throws -> [Int32] {
    var sizes = [Int](repeating: 0, count: groups.count)
    for id in groups.ids { sizes[Int(id)] += 1 }
    let wanted = sizes.map { size(limit.amount, of: $0) }
    switch limit.kind {
    case .sample(let seed):
      notes.count(.sample, String(seed), 1)
      return sample(wanted, groups, seed: seed)
    case .take, .skip:
      let isTake = if case .take = limit.kind { true } else { false }
      var seen = [Int](repeating: 0, count: groups.count)
      var kept: [Int32] = []
      // The last row taken and the first one cut of each group, for the note about ties.
      var last = [Int32](repeating: -1, count: groups.count)
      var cut = [Int32](repeating: -1, count: groups.count)
      for (row, id) in groups.ids.enumerated() {
        let group = Int(id)
        let isFirst = seen[group] < wanted[group]
        seen[group] += 1
        if isFirst == isTake { kept.append(Int32(row)) }
        if isFirst {
          last[group] = Int32(row)
        } else if cut[group] < 0 {
          cut[group] = Int32(row)
        }
      }
      if isTake { try noteTies(limit, frame, last: last, cut: cut) }
      return kept
    }
  }

  /// Draws without replacement (selection sampling, Knuth's algorithm S), keeping the row order.
  private func sample(_ wanted: [Int], _ groups: Groups, seed: UInt64) -> [Int32] {
    var generator = SplitMix64(seed: seed)
    var needed = wanted
    var left = [Int](repeating: 0, count: groups.count)
    for id in groups.ids { left[Int(id)] += 1 }
    var kept: [Int32] = []
    for (row, id) in groups.ids.enumerated() {
      let group = Int(id)
      if generator.below(UInt64(left[group])) < UInt64(needed[group]) {
        kept.append(Int32(row))
        needed[group] -= 1
      }
      left[group] -= 1
    }
    return kept
  }

  // MARK: Ties

  private func noteTie(_ limit: Limit, _ frame: Frame, cut: Int) throws {
    guard cut > 0, cut < frame.rowCount else { return }
    try noteTies(limit, frame, last: [Int32(cut - 1)], cut: [Int32(cut)])
  }

  /// Compares the last row taken with the first one cut. Rows are sorted, so further ones that tie
  /// follow the first; they are counted where there is one group.
  private func noteTies(_ limit: Limit, _ frame: Frame, last: [Int32], cut: [Int32]) throws {
    if limit.sortedBy.isEmpty { return }
    var pairs: [Int32] = []
    for group in last.indices where last[group] >= 0 && cut[group] >= 0 {
      pairs.append(last[group])
      pairs.append(cut[group])
    }
    if pairs.isEmpty { return }
    let keys = try limit.sortedBy.map { key in
      try denseKey(try column(key.expr, frame, Selection(pairs)))
    }
    var ties = 0
    for pair in stride(from: 0, to: pairs.count, by: 2)
    where keys.allSatisfy({ $0.codes[pair] == $0.codes[pair + 1] && $0.codes[pair] != 0 }) {
      ties += 1
    }
    if ties == 1, limit.per.isEmpty { ties = try countTies(limit, frame, from: Int(pairs[1])) }
    notes.count(.tie, "", ties)
  }

  private func countTies(_ limit: Limit, _ frame: Frame, from first: Int) throws -> Int {
    var rows = Frame.batch
    while true {
      let count = min(rows, frame.rowCount - first)
      let keys = try limit.sortedBy.map { key in
        try denseKey(try column(key.expr, frame, Selection(start: first, count: count)))
      }
      let run = (0..<count).first { i in keys.contains { $0.codes[i] != $0.codes[0] } } ?? count
      if run < count || first + count == frame.rowCount { return run }
      rows *= 8
    }
  }

  // MARK: Top-N

  /// The rows under an order that stands here, perhaps with marks between, and its keys; the marks are
  /// counted. Nil where no order stands here, and then nothing was run.
  private func unsorted(_ input: Plan) throws -> (Frame, [SortKey])? {
    var marks: [Int] = []
    var plan = input
    while case .mark(let inner, let index) = plan {
      marks.append(index)
      plan = inner
    }
    guard case .order(let source, let keys) = plan else { return nil }
    let frame = try run(source)
    for index in marks { mark(index, frame.rowCount) }
    return (frame, keys)
  }

  /// `order | take N per K`: for each group the N + 1 first rows of the order, sorted (one more, so
  /// that a tie at the cut is still seen). Nil where another way is better.
  private func candidates(_ input: Plan, _ limit: Limit) throws -> Frame? {
    guard case .take = limit.kind, case .rows(let rows) = limit.amount, !limit.per.isEmpty,
      rows > 0, rows <= 64
    else { return nil }
    guard let (frame, keys) = try unsorted(input) else { return nil }
    let words = Ordering.packed(try sortColumns(keys, frame), count: frame.rowCount)
    var kept = Kernel.sequence(from: 0, count: frame.rowCount)
    if words.count == 1 {
      let groups = try group(try limit.per.map { try column($0, frame) }, count: frame.rowCount)
      if groups.count * Int(rows + 1) * 4 < frame.rowCount {
        kept = Ordering.smallest(words[0].values, groups, limit: Int(rows) + 1)
      }
    }
    let few = try replace(frame, by: frame.gather(kept))
    let order = Ordering.permutation(try sortColumns(keys, few), count: few.rowCount)
    return try replace(few, by: few.gather(order))
  }

  /// `order | take N`, with marks between: the N first rows from a heap. Nil where another way is
  /// better.
  private func top(_ input: Plan, _ limit: Limit) throws -> Frame? {
    guard case .take = limit.kind, case .rows(let rows) = limit.amount, limit.per.isEmpty,
      rows > 0, rows <= 4_096
    else { return nil }
    guard let (frame, keys) = try unsorted(input) else { return nil }
    let columns = try sortColumns(keys, frame)
    let count = Int(rows)
    if let first = Ordering.smallest(columns, count: frame.rowCount, limit: count) {
      if !limit.sortedBy.isEmpty, let last = first.last {
        let word = Ordering.packed(columns, count: frame.rowCount)[0].values
        let bound = word[Int(last)]
        var ties = 0
        for value in word where value == bound { ties += 1 }
        for row in first where word[Int(row)] == bound { ties -= 1 }
        // Rows without a key come last and tie with nothing.
        let isFilled = try columns.indices.contains { index in
          try evaluate(keys[index].expr, frame, Selection([last])).emptyFlags[0] == 0
        }
        if isFilled { notes.count(.tie, "", ties) }
      }
      return try replace(frame, by: frame.gather(first))
    }
    let order = Ordering.permutation(columns, count: frame.rowCount)
    let sorted = try replace(frame, by: frame.gather(order))
    try noteTie(limit, sorted, cut: min(count, sorted.rowCount))
    if count >= sorted.rowCount { return sorted }
    return try replace(sorted, by: sorted.gather(Kernel.sequence(from: 0, count: count)))
  }
}

/// Random numbers from a seed, the same on every machine (Steele, Lea and Flood, 2014).
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A number below a bound above 0, by the high half of a product.
  mutating func below(_ bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }
}
