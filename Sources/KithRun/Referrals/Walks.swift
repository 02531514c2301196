import KithBase
import KithPlan

/// Rows that a walk makes.
struct WalkRows {
  var nodes: [Int32] = []
  var levels: [Int64] = []
  var vias: [Int32] = []

  mutating func append(_ node: Int32, level: Int, via: Int32) {
    nodes.append(node)
    levels.append(Int64(level))
    vias.append(via)
  }
}

extension Execution {
  func referralGraph() throws -> ReferralGraph {
    if let known = tables.referrals { return known }
    let graph = try ReferralGraph(tables)
    try budget.tick(graph.edges.count + graph.nodeCount)
    tables.referrals = graph
    return graph
  }

  func walk(_ input: Frame, _ walk: Walk) throws -> Frame {
    let graph = try referralGraph()
    let frame: Frame
    switch walk.mode {
    case .path(let from, let to): frame = try path(walk, graph, from, to)
    case .roots: frame = try roots(walk, graph, input)
    case .circles: frame = try circles(walk, graph, input)
    case .loops: frame = try loops(walk, graph, input)
    case .downstream(let levels):
      frame = try rows(walk, graph, downstream(graph, starts(walk, graph, input), levels))
    case .upstream(let levels):
      frame = try rows(walk, graph, upstream(graph, starts(walk, graph, input), levels))
    case .chain: frame = try rows(walk, graph, chains(graph, starts(walk, graph, input)))
    case .tree: frame = try rows(walk, graph, tree(graph, starts(walk, graph, input)))
    }
    return try replace(input, by: frame)
  }

  /// The nodes the input rows stand for, nobody as 0.
  private func starts(_ walk: Walk, _ graph: ReferralGraph, _ input: Frame) throws -> [Int32] {
    guard let start = walk.start, case .row(let rows) = try column(start, input),
      case .object(let entity) = start.type
    else { throw mismatch("a walk") }
    return graph.nodes(rows, of: entity)
  }

  private func rows(_ walk: Walk, _ graph: ReferralGraph, _ rows: WalkRows) throws -> Frame {
    try budget.tick(rows.nodes.count)
    note(graph, rows.nodes)
    return Frame(
      rowCount: rows.nodes.count,
      slots: [
        walk.customer: .vector(.row(rows.nodes.map { graph.customer($0) })),
        walk.referrer: .vector(.row(rows.nodes.map { graph.person($0) })),
        walk.level: .vector(.int(rows.levels)),
        walk.via: .vector(.row(rows.vias)),
        walk.group: .vector(Vector.empties(.int, count: rows.nodes.count)),
        walk.size: .vector(Vector.empties(.int, count: rows.nodes.count)),
      ])
  }

  /// Each loop a walk met, and how many had a second referral that was not followed.
  private func note(_ graph: ReferralGraph, _ nodes: [Int32]) {
    var loops = Set<Int32>()
    var seconds = Set<Int32>()
    let loopOf = graph.loopOf
    let counts = graph.referralCounts
    for node in nodes {
      if loopOf[Int(node)] >= 0 { loops.insert(loopOf[Int(node)]) }
      if counts[Int(node)] > 1 { seconds.insert(node) }
    }
    for loop in loops.sorted() {
      let size = graph.loopSizes[Int(loop)]
      notes.count(.loop, String(size), 1, detail: size)
    }
    notes.count(.secondReferral, "", seconds.count)
  }

  /// Breadth first from all starts at once. A start below another start is a row too; a start that
  /// a loop leads back to itself is none.
  private func downstream(
    _ graph: ReferralGraph, _ starts: [Int32], _ levels: Int?
  ) throws -> WalkRows {
    var origin = [Int32](repeating: 0, count: graph.nodeCount + 1)
    var isListed = [Bool](repeating: false, count: graph.nodeCount + 1)
    var isStart = isListed
    var level: [Int32] = []
    for start in starts where start != 0 && !isStart[Int(start)] {
      isStart[Int(start)] = true
      origin[Int(start)] = start
      level.append(start)
    }
    var rows = WalkRows()
    var depth = 0
    while !level.isEmpty, depth < levels ?? Int.max {
      depth += 1
      var found: [Int32] = []
      var further: [Int32] = []
      for node in level {
        for child in graph.children(of: node) where !isListed[Int(child)] {
          if isStart[Int(child)], origin[Int(node)] == child { continue }
          isListed[Int(child)] = true
          found.append(child)
          if !isStart[Int(child)] {
            origin[Int(child)] = origin[Int(node)]
            further.append(child)
          }
        }
      }
      try budget.tick(found.count)
      for node in found.sorted() { rows.append(node, level: depth, via: graph.via[Int(node)]) }
      level = further
    }
    return rows
  }

  private func upstream(
    _ graph: ReferralGraph, _ starts: [Int32], _ levels: Int?
  ) throws -> WalkRows {
    var isListed = [Bool](repeating: false, count: graph.nodeCount + 1)
    var level = Array(Set(starts.filter { $0 != 0 }))
    let first = Set(level)
    var rows = WalkRows()
    var depth = 0
    while !level.isEmpty, depth < levels ?? Int.max {
      depth += 1
      var found: [(node: Int32, via: Int32)] = []
      for node in level {
        let parent = graph.parent[Int(node)]
        // With one start a loop ends where it began.
        if parent == 0 || isListed[Int(parent)] || (first.count == 1 && first.contains(parent)) {
          continue
        }
        isListed[Int(parent)] = true
        found.append((parent, graph.via[Int(node)]))
      }
      try budget.tick(found.count)
      found.sort { $0.node < $1.node }
      for entry in found { rows.append(entry.node, level: depth, via: entry.via) }
      level = found.map(\.node)
    }
    return rows
  }

  private func chains(_ graph: ReferralGraph, _ starts: [Int32]) throws -> WalkRows {
    var rows = WalkRows()
    for start in starts where start != 0 {
      var way = [start]
      while let last = way.last, graph.forestParent[Int(last)] != 0 {
        way.append(graph.forestParent[Int(last)])
      }
      for (level, node) in way.reversed().enumerated() {
        rows.append(node, level: level, via: level == 0 ? 0 : graph.via[Int(node)])
      }
      try budget.tick(way.count)
    }
    return rows
  }

  /// Depth first, children by id; a start that stands below another start is drawn there.
  private func tree(_ graph: ReferralGraph, _ starts: [Int32]) throws -> WalkRows {
    var isStart = [Bool](repeating: false, count: graph.nodeCount + 1)
    for start in starts { isStart[Int(start)] = true }
    isStart[0] = false
    // Whether a start stands above: 0 unknown, 1 no, 2 yes.
    var above = [UInt8](repeating: 0, count: graph.nodeCount + 1)
    func hasStartAbove(_ node: Int32) -> Bool {
      var way: [Int32] = []
      var current = node
      while above[Int(current)] == 0 {
        way.append(current)
        let parent = graph.forestParent[Int(current)]
        if parent == 0 {
          above[Int(current)] = 1
          break
        }
        if isStart[Int(parent)] {
          above[Int(current)] = 2
          break
        }
        current = parent
      }
      for member in way { above[Int(member)] = above[Int(current)] }
      return above[Int(node)] == 2
    }
    var isDrawn = [Bool](repeating: false, count: graph.nodeCount + 1)
    var rows = WalkRows()
    func draw(_ start: Int32) throws {
      var stack: [(node: Int32, level: Int)] = [(start, 0)]
      while let (node, level) = stack.popLast() {
        if isDrawn[Int(node)] { continue }
        isDrawn[Int(node)] = true
        rows.append(node, level: level, via: level == 0 ? 0 : graph.via[Int(node)])
        if rows.nodes.count % Frame.batch == 0 { try budget.tick(Frame.batch) }
        for child in graph.children(of: node).reversed() where !isDrawn[Int(child)] {
          stack.append((child, level + 1))
        }
      }
    }
    for start in starts where start != 0 && !hasStartAbove(start) { try draw(start) }
    for start in starts where start != 0 && !isDrawn[Int(start)] { try draw(start) }
    return rows
  }

  // MARK: Roots, circles, loops, paths

  private func roots(_ walk: Walk, _ graph: ReferralGraph, _ input: Frame) throws -> Frame {
    let nodes = try starts(walk, graph, input)
    var kept: [Int32] = []
    var isSeen = [Bool](repeating: false, count: graph.nodeCount + 1)
    let parents = graph.forestParent
    for (row, node) in nodes.enumerated()
    where node != 0 && parents[Int(node)] == 0 && !isSeen[Int(node)] {
      isSeen[Int(node)] = true
      kept.append(Int32(row))
    }
    let roots = kept.map { nodes[Int($0)] }
    var frame = input.gather(kept)
    var rows = WalkRows()
    for node in roots { rows.append(node, level: 0, via: 0) }
    frame.slots.merge(try self.rows(walk, graph, rows).slots) { mine, _ in mine }
    return frame
  }

  private func circles(_ walk: Walk, _ graph: ReferralGraph, _ input: Frame) throws -> Frame {
    let nodes = try starts(walk, graph, input)
    let (groups, sizes) = graph.circles()
    try budget.tick(graph.edges.count)
    let members = nodes.indices.filter { groups[Int(nodes[$0])] > 0 }.map { Int32($0) }
    let ids = members.map { groups[Int(nodes[Int($0)])] }
    let order = GroupedPositions(ids, groups: sizes.count).positions
    let kept = Kernel.gather(members, order)
    var frame = input.gather(kept)
    let people = kept.map { nodes[Int($0)] }
    frame.slots[walk.customer] = .vector(.row(people.map { graph.customer($0) }))
    frame.slots[walk.referrer] = .vector(.row(people.map { graph.person($0) }))
    frame.slots[walk.level] = .vector(.int([Int64](repeating: 0, count: kept.count)))
    frame.slots[walk.via] = .vector(.row([Int32](repeating: 0, count: kept.count)))
    frame.slots[walk.group] = .vector(.int(people.map { Int64(groups[Int($0)]) }))
    frame.slots[walk.size] = .vector(.int(people.map { Int64(sizes[Int(groups[Int($0)])]) }))
    return frame
  }

  /// Members are named in the order of the referrals where the loop is a plain ring, else by id.
  private func loops(_ walk: Walk, _ graph: ReferralGraph, _ input: Frame) throws -> Frame {
    var isInput = [Bool](repeating: false, count: graph.nodeCount + 1)
    for node in try starts(walk, graph, input) { isInput[Int(node)] = true }
    let groups = graph.strongGroups().filter { $0.contains { isInput[Int($0)] } }
    try budget.tick(graph.edges.count)
    let forward = ReferralGraph.Neighbours(graph, forwardOnly: true)
    let names = try names(graph, groups.flatMap { $0 })
    let members = groups.map { group -> String in
      let set = Set(group)
      var ring = [group[0]]
      while ring.count < group.count, let last = ring.last {
        let next = Set(forward.range(last).map { forward.nodes[$0] }).intersection(set)
        guard next.count == 1, let only = next.first, !ring.contains(only) else { break }
        ring.append(only)
      }
      let isRing = ring.count == group.count
      return (isRing ? ring : group).map { names[$0] ?? "" }.joined(
        separator: isRing ? " → " : ", ")
    }
    let count = groups.count
    return Frame(
      rowCount: count,
      slots: [
        walk.customer: .vector(.row(groups.map { graph.customer($0[0]) })),
        walk.referrer: .vector(.row(groups.map { graph.person($0[0]) })),
        walk.level: .vector(.int([Int64](repeating: 0, count: count))),
        walk.via: .vector(.row([Int32](repeating: 0, count: count))),
        walk.group: .vector(Vector.texts(members)),
        walk.size: .vector(.int(groups.map { Int64($0.count) })),
      ])
  }

  private func names(_ graph: ReferralGraph, _ nodes: [Int32]) throws -> [Int32: String] {
    guard !nodes.isEmpty,
      case .text(let customers, let customerNames) = try tables.column("customer", "name"),
      case .text(let referrers, let referrerNames) = try tables.column("referrer", "name")
    else { return [:] }
    var result: [Int32: String] = [:]
    for node in nodes {
      let (customer, person) = (graph.customer(node), graph.person(node))
      result[node] =
        customer != 0
        ? customerNames.string(customers[Int(customer)])
        : referrerNames.string(referrers[Int(person)])
    }
    return result
  }

  private func path(
    _ walk: Walk, _ graph: ReferralGraph, _ from: ObjectReference, _ to: ObjectReference
  ) throws -> Frame {
    func node(_ reference: ObjectReference) throws -> Int32 {
      let row = try tables.table(reference.entity).row(ofID: reference.id)
      if reference.entity == "contact" { return try tables.rows("contact", "customer")[Int(row)] }
      return graph.node(row, of: reference.entity)
    }
    let way = try graph.path(from: node(from), to: node(to))
    if way.isEmpty { notes.count(.noPath, "", 1) }
    var rows = WalkRows()
    for (level, step) in way.enumerated() {
      rows.append(step.node, level: level, via: step.referrer)
    }
    try budget.tick(graph.edges.count)
    return try self.rows(walk, graph, rows)
  }
}
