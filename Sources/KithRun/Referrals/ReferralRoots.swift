import KithBase
import KithPlan

extension Execution {
  /// By referral the referrer of the topmost one of its parents. A closed ring has no top: there it is
  /// the referral of the smallest id.
  func roots() throws -> Vector {
    let parents = try tables.rows("referral", "parent")
    let referrers = try tables.rows("referral", "referrer")
    var top = [Int32](repeating: 0, count: parents.count)
    // When a referral was met: 0 not yet, else the number of the way it lies on.
    var way = [Int32](repeating: 0, count: parents.count)
    for start in 1..<max(1, parents.count) where top[start] == 0 {
      if start % Frame.batch == 0 { try budget.tick(Frame.batch) }
      var current = Int32(start)
      var path: [Int32] = []
      while current != 0, top[Int(current)] == 0, way[Int(current)] != Int32(start) {
        way[Int(current)] = Int32(start)
        path.append(current)
        current = parents[Int(current)]
      }
      var found = current == 0 ? path[path.count - 1] : top[Int(current)]
      if found == 0 {
        let ring = path.drop { $0 != current }
        found = ring.min() ?? current
      }
      for member in path { top[Int(member)] = found }
    }
    return .row(top.indices.map { $0 == 0 ? 0 : referrers[Int(top[$0])] })
  }
}
