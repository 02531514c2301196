import KithBase

/// Who referred whom, over people: a person is a node, customers first.
///
/// Node `c` in `1...customerCount` is the customer of that row; node `customerCount + r` is the
/// referrer of row `r` where that is no customer and works at none. Node 0 is nobody.
final class ReferralGraph {
  let customerCount: Int
  let nodeCount: Int
  /// By referrer row: its node.
  let nodeOfReferrer: [Int32]
  /// By node: the node that referred it first, 0 for none, and the referrer through whom.
  let parent: [Int32]
  let via: [Int32]
  /// By node: how many referrals it got.
  let referralCounts: [Int32]
  /// The customers that a node referred first: `children[starts[n] ..< starts[n + 1]]`, by id.
  let starts: [Int32]
  let children: [Int32]
  /// All referrals as pairs of nodes, in order of the referral's id, with the referrer.
  let edges: [(from: Int32, to: Int32, referrer: Int32)]
  /// By node the number of the closed loop of first referrals it is in, else -1; and their sizes.
  private(set) var loopOf: [Int32]
  private(set) var loopSizes: [Int] = []
  /// As `parent`, but cut above the smallest id of each loop: a forest.
  private(set) var forestParent: [Int32]
  /// By node: its depth in the forest, 0 for a root.
  private(set) var generation: [Int32]
  /// By node: how many customers are below it, at most.
  private(set) var belowCounts: [Int32] = []
  /// Every node, parents of the forest before their children.
  private(set) var forestOrder: [Int32] = []
  private var stamps: [Int32] = []
  private var stamp: Int32 = 0

  init(_ tables: Tables) throws {
    try tables.load("referral", fields: ["referrer", "customer", "referred"])
    try tables.load("referrer", fields: ["customer", "contact"])
    let customers = try tables.table("customer").count
    let contactCustomers = try tables.rows("contact", "customer")
    let referrerCustomers = try tables.rows("referrer", "customer")
    let referrerContacts = try tables.rows("referrer", "contact")
    customerCount = customers
    nodeCount = customers + referrerCustomers.count - 1
    var nodes = [Int32](repeating: 0, count: referrerCustomers.count)
    for row in 1..<max(1, nodes.count) {
      let own = referrerCustomers[row]
      let customer = own != 0 ? own : contactCustomers[Int(referrerContacts[row])]
      nodes[row] = customer != 0 ? customer : Int32(customers + row)
    }
    nodeOfReferrer = nodes
    let from = try tables.rows("referral", "referrer")
    let to = try tables.rows("referral", "customer")
    let times = try tables.moments("referral", path: "referred") ?? []
    var first = [Int32](repeating: 0, count: nodeCount + 1)
    var counts = [Int32](repeating: 0, count: nodeCount + 1)
    var edges: [(from: Int32, to: Int32, referrer: Int32)] = []
    for row in 1..<max(1, from.count) {
      let (source, target) = (nodes[Int(from[row])], to[row])
      // Nobody refers himself: such a row says no more than that he was there.
      if source == 0 || target == 0 || source == target { continue }
      edges.append((source, target, from[row]))
      counts[Int(target)] += 1
      let best = Int(first[Int(target)])
      if best == 0 || times[row] < times[best] { first[Int(target)] = Int32(row) }
    }
    self.edges = edges
    referralCounts = counts
    var parent = [Int32](repeating: 0, count: nodeCount + 1)
    var via = [Int32](repeating: 0, count: nodeCount + 1)
    for node in 1..<max(1, nodeCount + 1) where first[node] != 0 {
      via[node] = from[Int(first[node])]
      parent[node] = nodes[Int(via[node])]
    }
    self.parent = parent
    self.via = via
    let lists = Relation(parents: parent, parentCount: nodeCount, times: nil)
    starts = lists.starts
    children = lists.rows
    loopOf = [Int32](repeating: -1, count: nodeCount + 1)
    forestParent = parent
    generation = [Int32](repeating: -1, count: nodeCount + 1)
    findLoops()
    measure()
  }

  /// A node that is met again on its own way up is in a loop.
  private func findLoops() {
    // 0 not seen, 1 on the present way, 2 done.
    var state = [UInt8](repeating: 0, count: nodeCount + 1)
    state[0] = 2
    var way: [Int32] = []
    for start in 1..<max(1, nodeCount + 1) where state[start] == 0 {
      way.removeAll(keepingCapacity: true)
      var node = Int32(start)
      while state[Int(node)] == 0 {
        state[Int(node)] = 1
        way.append(node)
        node = parent[Int(node)]
      }
      if state[Int(node)] == 1, let entry = way.firstIndex(of: node) {
        let loop = way[entry...]
        for member in loop { loopOf[Int(member)] = Int32(loopSizes.count) }
        loopSizes.append(loop.count)
        if let smallest = loop.min() { forestParent[Int(smallest)] = 0 }
      }
      for member in way { state[Int(member)] = 2 }
    }
  }

  /// Depths from the roots down, and subtree sizes from the leaves up, without recursion.
  private func measure() {
    var order: [Int32] = []
    order.reserveCapacity(nodeCount)
    for node in 1..<max(1, nodeCount + 1) where forestParent[node] == 0 {
      generation[node] = 0
      order.append(Int32(node))
    }
    var next = 0
    while next < order.count {
      let node = Int(order[next])
      next += 1
      for child in children(of: Int32(node)) where generation[Int(child)] < 0 {
        generation[Int(child)] = generation[node] + 1
        order.append(child)
      }
    }
    forestOrder = order
    belowCounts = [Int32](repeating: 0, count: nodeCount + 1)
    for node in order.reversed() where forestParent[Int(node)] != 0 {
      belowCounts[Int(forestParent[Int(node)])] += belowCounts[Int(node)] + 1
    }
    // Everyone of a loop reaches all that hangs on it.
    for node in 1..<max(1, nodeCount + 1) where loopOf[node] >= 0 && forestParent[node] == 0 {
      var member = parent[node]
      while member != Int32(node) {
        belowCounts[Int(member)] = belowCounts[node]
        member = parent[Int(member)]
      }
    }
  }

  func children(of node: Int32) -> ArraySlice<Int32> {
    children[Int(starts[Int(node)])..<Int(starts[Int(node) + 1])]
  }

  /// The node of a customer or referrer.
  func node(_ row: Int32, of entity: String) -> Int32 {
    entity == "referrer" ? nodeOfReferrer[Int(row)] : row
  }

  /// The nodes of customers or referrers.
  func nodes(_ rows: [Int32], of entity: String) -> [Int32] {
    if entity != "referrer" { return rows }
    let nodes = nodeOfReferrer
    return rows.map { nodes[Int($0)] }
  }

  /// The customer of a node, 0 for a person who is none.
  func customer(_ node: Int32) -> Int32 { Int(node) <= customerCount ? node : 0 }

  /// The referrer row of a person who is no customer, else 0.
  func person(_ node: Int32) -> Int32 {
    Int(node) <= customerCount ? 0 : node - Int32(customerCount)
  }

  /// Every customer below each row, without itself, each once, level by level.
  func below(_ pairs: ChildPairs, from entity: String, _ budget: Budget) throws -> ChildPairs {
    if stamps.isEmpty { stamps = [Int32](repeating: 0, count: nodeCount + 1) }
    var result = ChildPairs(parents: [], children: [])
    let isReferrer = entity == "referrer"
    for i in pairs.children.indices {
      let row = pairs.children[i]
      let start = isReferrer ? nodeOfReferrer[Int(row)] : row
      if start == 0 || starts[Int(start)] == starts[Int(start) + 1] { continue }
      stamp &+= 1
      stamps[Int(start)] = stamp
      let base = result.children.count
      append(start, &result.children)
      var next = base
      while next < result.children.count {
        append(result.children[next], &result.children)
        next += 1
        if next % 65_536 == 0 { try budget.tick(65_536) }
      }
      result.parents.append(
        contentsOf: repeatElement(pairs.parents[i], count: result.children.count - base))
    }
    try budget.tick(result.children.count)
    return result
  }

  /// The customers one level below each row. A referrer has only those it brought itself, also where the
  /// customer it works at has more.
  func referred(_ pairs: ChildPairs, from entity: String, _ budget: Budget) throws -> ChildPairs {
    var result = ChildPairs(parents: [], children: [])
    let isReferrer = entity == "referrer"
    for i in pairs.children.indices {
      let row = pairs.children[i]
      let start = isReferrer ? nodeOfReferrer[Int(row)] : row
      if start == 0 { continue }
      for child in children(of: start) where !isReferrer || via[Int(child)] == row {
        result.parents.append(pairs.parents[i])
        result.children.append(child)
      }
    }
    try budget.tick(pairs.children.count + result.children.count)
    return result
  }

  private func append(_ node: Int32, _ result: inout [Int32]) {
    for child in children(of: node) where stamps[Int(child)] != stamp {
      stamps[Int(child)] = stamp
      result.append(child)
    }
  }
}
