import KithBase

extension ReferralGraph {
  /// Both ends of every referral: the neighbours of a node and the referrer between.
  struct Neighbours {
    let starts: [Int32]
    let nodes: [Int32]
    let referrers: [Int32]

    init(_ graph: ReferralGraph, forwardOnly: Bool) {
      var counts = [Int32](repeating: 0, count: graph.nodeCount + 2)
      for edge in graph.edges {
        counts[Int(edge.from) + 1] += 1
        if !forwardOnly { counts[Int(edge.to) + 1] += 1 }
      }
      for node in 1..<counts.count { counts[node] += counts[node - 1] }
      var next = counts
      var nodes = [Int32](repeating: 0, count: Int(counts[counts.count - 1]))
      var referrers = nodes
      func add(_ from: Int32, _ to: Int32, _ referrer: Int32) {
        let place = Int(next[Int(from)])
        nodes[place] = to
        referrers[place] = referrer
        next[Int(from)] += 1
      }
      for edge in graph.edges {
        add(edge.from, edge.to, edge.referrer)
        if !forwardOnly { add(edge.to, edge.from, edge.referrer) }
      }
      starts = counts
      self.nodes = nodes
      self.referrers = referrers
    }

    func range(_ node: Int32) -> Range<Int> { Int(starts[Int(node)])..<Int(starts[Int(node) + 1]) }
  }

  /// The shortest way between two nodes over all referrals, either direction; breadth first, so
  /// ties go to the older referral. Empty where there is none.
  func path(from start: Int32, to end: Int32) -> [(node: Int32, referrer: Int32)] {
    if start == 0 || end == 0 { return [] }
    let neighbours = Neighbours(self, forwardOnly: false)
    var before = [Int32](repeating: 0, count: nodeCount + 1)
    var through = [Int32](repeating: 0, count: nodeCount + 1)
    before[Int(start)] = start
    var queue = [start]
    var next = 0
    while next < queue.count, before[Int(end)] == 0 {
      let node = queue[next]
      next += 1
      for place in neighbours.range(node) where before[Int(neighbours.nodes[place])] == 0 {
        let other = neighbours.nodes[place]
        before[Int(other)] = node
        through[Int(other)] = neighbours.referrers[place]
        queue.append(other)
      }
    }
    guard before[Int(end)] != 0 else { return [] }
    var way: [(node: Int32, referrer: Int32)] = []
    var node = end
    while true {
      way.append((node, through[Int(node)]))
      if node == start { break }
      node = before[Int(node)]
    }
    return way.reversed()
  }

  /// By node the number of its connected group over all referrals, by smallest node, from 1; and
  /// the sizes. A node without referrals is alone in group 0.
  func circles() -> (groups: [Int32], sizes: [Int]) {
    var root = (0...Int32(nodeCount)).map { $0 }
    func find(_ node: Int32) -> Int32 {
      var node = node
      while root[Int(node)] != node {
        root[Int(node)] = root[Int(root[Int(node)])]
        node = root[Int(node)]
      }
      return node
    }
    for edge in edges {
      let (a, b) = (find(edge.from), find(edge.to))
      // The smaller number leads, so that groups are numbered by their smallest node.
      if a != b { root[Int(max(a, b))] = min(a, b) }
    }
    var numbers = [Int32](repeating: 0, count: nodeCount + 1)
    var sizes = [0]
    var members = [Int](repeating: 0, count: nodeCount + 1)
    for node in 1..<max(1, nodeCount + 1) { members[Int(find(Int32(node)))] += 1 }
    for node in 1..<max(1, nodeCount + 1) {
      let lead = Int(find(Int32(node)))
      if members[lead] < 2 { continue }
      if numbers[lead] == 0 {
        numbers[lead] = Int32(sizes.count)
        sizes.append(members[lead])
      }
      numbers[node] = numbers[lead]
    }
    return (numbers, sizes)
  }

  /// The strongly connected groups of two or more over all referrals, each in ascending order, by
  /// smallest node (Tarjan's algorithm with a stack of its own instead of recursion).
  func strongGroups() -> [[Int32]] {
    let forward = Neighbours(self, forwardOnly: true)
    var index = [Int32](repeating: 0, count: nodeCount + 1)
    var low = index
    var isOnStack = [Bool](repeating: false, count: nodeCount + 1)
    var stack: [Int32] = []
    var calls: [(node: Int32, place: Int)] = []
    var counter: Int32 = 0
    var groups: [[Int32]] = []

    func enter(_ node: Int32) {
      counter += 1
      index[Int(node)] = counter
      low[Int(node)] = counter
      stack.append(node)
      isOnStack[Int(node)] = true
      calls.append((node, forward.range(node).lowerBound))
    }

    for start in 1..<max(1, nodeCount + 1) where index[start] == 0 {
      enter(Int32(start))
      while let (node, place) = calls.last {
        if place < forward.range(node).upperBound {
          calls[calls.count - 1].place += 1
          let other = forward.nodes[place]
          if index[Int(other)] == 0 {
            enter(other)
          } else if isOnStack[Int(other)] {
            low[Int(node)] = min(low[Int(node)], index[Int(other)])
          }
          continue
        }
        calls.removeLast()
        if let caller = calls.last?.node {
          low[Int(caller)] = min(low[Int(caller)], low[Int(node)])
        }
        guard low[Int(node)] == index[Int(node)] else { continue }
        var group: [Int32] = []
        while let member = stack.popLast() {
          isOnStack[Int(member)] = false
          group.append(member)
          if member == node { break }
        }
        if group.count > 1 { groups.append(group.sorted()) }
      }
    }
    return groups.sorted { $0[0] < $1[0] }
  }
}
