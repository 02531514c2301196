import KithBase
import KithModel
import KithPlan

/// A person in the referral graph: a customer, or someone who can refer and is none.
enum TwinPerson: Hashable {
  case customer(Int32)
  case referrer(Int32)

  /// Customers by row, then the others by row; rows stand in the order of ids.
  static func isBefore(_ left: TwinPerson, _ right: TwinPerson) -> Bool {
    switch (left, right) {
    case (.customer(let a), .customer(let b)), (.referrer(let a), .referrer(let b)): a < b
    case (.customer, .referrer): true
    case (.referrer, .customer): false
    }
  }
}

/// Who referred whom. Everyone has at most one parent, the referrer of the first referral.
struct TwinReferrals {
  /// All referrals of a customer: who, through which referrer, whom.
  struct Edge {
    var from: TwinPerson
    var referrer: Int32
    var to: TwinPerson
    var referral: Int32
    /// When; a referral without a date comes last.
    var at: Int64
  }

  private(set) var edges: [Edge] = []
  /// The edge to the parent, by child.
  private(set) var first: [TwinPerson: Edge] = [:]
  private let book: TwinBook

  init(book: TwinBook) {
    self.book = book
    for referral in book.rows("referral") {
      guard case .object(let customer) = book.stored("referral", referral, "customer"),
        case .object(let referrer) = book.stored("referral", referral, "referrer")
      else { continue }
      var at = Int64.max
      if case .time(let time) = book.stored("referral", referral, "referred") {
        at = time.microseconds
      }
      edges.append(
        Edge(
          from: person(ofReferrer: referrer), referrer: referrer, to: .customer(customer),
          referral: referral, at: at))
    }
    // Nobody is referred by themselves, whatever the rows say.
    edges.removeAll { $0.from == $0.to }
    for edge in edges.sorted(by: { $0.at != $1.at ? $0.at < $1.at : $0.referral < $1.referral })
    where first[edge.to] == nil {
      first[edge.to] = edge
    }
  }

  /// A referrer who is, or works at, a customer is that customer.
  func person(ofReferrer referrer: Int32) -> TwinPerson {
    if case .object(let customer) = book.stored("referrer", referrer, "customer") {
      return .customer(customer)
    }
    if case .object(let contact) = book.stored("referrer", referrer, "contact"),
      case .object(let customer) = book.stored("contact", contact, "customer")
    {
      return .customer(customer)
    }
    return .referrer(referrer)
  }

  func person(_ entity: String, _ row: Int32) -> TwinPerson {
    entity == "referrer" ? person(ofReferrer: row) : .customer(row)
  }

  /// The one below whose row is the smallest of the closed loop it is in has no parent.
  func parent(_ person: TwinPerson) -> Edge? {
    guard let edge = first[person] else { return nil }
    if let loop = loop(through: person), loop.min(by: TwinPerson.isBefore) == person {
      return nil
    }
    return edge
  }

  /// The closed loop of first referrals a person is in.
  private func loop(through person: TwinPerson) -> [TwinPerson]? {
    var loop = [person]
    var next = first[person]?.from
    while let other = next, other != person {
      if loop.contains(other) { return nil }
      loop.append(other)
      next = first[other]?.from
    }
    return next == person ? loop : nil
  }

  /// Those directly below, by row.
  func children(_ person: TwinPerson) -> [Edge] {
    first.values.filter { $0.from == person }.sorted { TwinPerson.isBefore($0.to, $1.to) }
  }

  /// Every customer below, without the person itself.
  func everyoneBelow(_ entity: String, _ row: Int32) -> [Int32] {
    below(person(entity, row), levels: nil).compactMap {
      if case .customer(let row) = $0.edge.to { row } else { nil }
    }
  }

  /// The customers whose first referral a customer, or this very referrer, made.
  func broughtFirst(_ entity: String, _ row: Int32) -> [Int32] {
    book.rows("customer").filter { customer in
      guard let edge = first[.customer(customer)] else { return false }
      return entity == "referrer" ? edge.referrer == row : edge.from == .customer(row)
    }
  }

  /// Everyone below a person by level, without the person.
  func below(_ start: TwinPerson, levels: Int?) -> [(edge: Edge, level: Int)] {
    away(start, levels: levels, next: children) { $0.to }
  }

  /// Everyone above a person by level.
  func above(_ start: TwinPerson, levels: Int?) -> [(edge: Edge, level: Int)] {
    away(start, levels: levels, next: { first[$0].map { [$0] } ?? [] }) { $0.from }
  }

  private func away(
    _ start: TwinPerson, levels: Int?, next: (TwinPerson) -> [Edge],
    other: (Edge) -> TwinPerson
  ) -> [(edge: Edge, level: Int)] {
    var met: Set<TwinPerson> = [start]
    var last = [start]
    var result: [(edge: Edge, level: Int)] = []
    while !last.isEmpty, (result.last?.level ?? 0) < levels ?? Int.max {
      let level = (result.last?.level ?? 0) + 1
      let edges = last.flatMap(next).filter { met.insert(other($0)).inserted }
      result += edges.map { ($0, level) }
      last = edges.map(other)
    }
    return result
  }

  /// Everyone below (above) any of some persons, at the shortest distance: by level, then id.
  func everyone(
    _ starts: [TwinPerson], _ walk: (TwinPerson) -> [(edge: Edge, level: Int)],
    other: (Edge) -> TwinPerson
  ) -> [(edge: Edge, level: Int)] {
    var best: [TwinPerson: (edge: Edge, level: Int)] = [:]
    for start in starts {
      for found in walk(start) where found.level < best[other(found.edge)]?.level ?? Int.max {
        best[other(found.edge)] = found
      }
    }
    return best.values.sorted {
      $0.level != $1.level
        ? $0.level < $1.level : TwinPerson.isBefore(other($0.edge), other($1.edge))
    }
  }

  /// From the root down to the person.
  func chain(_ person: TwinPerson) -> [(person: TwinPerson, edge: Edge?)] {
    var chain: [(person: TwinPerson, edge: Edge?)] = []
    var next: TwinPerson? = person
    while let current = next {
      let edge = parent(current)
      chain.append((current, edge))
      next = edge?.from
    }
    return chain.reversed()
  }

  /// 0 for a root, one more than the parent below it.
  func generation(_ person: TwinPerson) -> Int { chain(person).count - 1 }

  /// The shortest way over all referrals in either direction.
  func path(from start: TwinPerson, to end: TwinPerson) -> [(person: TwinPerson, edge: Edge?)] {
    var how: [TwinPerson: (before: TwinPerson, edge: Edge)] = [:]
    var met: Set<TwinPerson> = [start]
    var last = [start]
    while !last.isEmpty, !met.contains(end) {
      var new: [TwinPerson] = []
      for person in last {
        for edge in edges where edge.from == person || edge.to == person {
          let other = edge.from == person ? edge.to : edge.from
          if met.insert(other).inserted {
            how[other] = (person, edge)
            new.append(other)
          }
        }
      }
      last = new
    }
    guard met.contains(end) else { return [] }
    var path: [(person: TwinPerson, edge: Edge?)] = []
    var next = end
    while let (before, edge) = how[next] {
      path.append((next, edge))
      next = before
    }
    path.append((start, nil))
    return path.reversed()
  }

  /// Everyone who can be reached from a person over all referrals, in one direction or either.
  func reachable(_ person: TwinPerson, eitherWay: Bool) -> Set<TwinPerson> {
    var met: Set<TwinPerson> = [person]
    var changed = true
    while changed {
      changed = false
      for edge in edges {
        if met.contains(edge.from), met.insert(edge.to).inserted { changed = true }
        if eitherWay, met.contains(edge.to), met.insert(edge.from).inserted { changed = true }
      }
    }
    return met
  }

  /// Groups of persons each of whom is below every other one, over all referrals.
  func loops() -> [[TwinPerson]] {
    let persons = Set(edges.flatMap { [$0.from, $0.to] }).sorted(by: TwinPerson.isBefore)
    let reach = Dictionary(
      uniqueKeysWithValues: persons.map { ($0, reachable($0, eitherWay: false)) })
    var met: Set<TwinPerson> = []
    var loops: [[TwinPerson]] = []
    for person in persons where !met.contains(person) {
      let group = persons.filter {
        reach[person]?.contains($0) == true && reach[$0]?.contains(person) == true
      }
      met.formUnion(group)
      if group.count > 1 { loops.append(group) }
    }
    return loops
  }
}

/// Walks over the referral graph.
extension TwinRun {
  func walked(_ rows: [TwinRow], _ walk: Walk) throws -> [TwinRow] {
    var starts: [(person: TwinPerson, row: TwinRow)] = []
    if let start = walk.start {
      for row in rows {
        guard case .object(let number) = try value(start, row),
          case .object(let entity) = start.type
        else { continue }
        starts.append((tree.person(entity, number), row))
      }
    }
    let persons = starts.map(\.person)
    switch walk.mode {
    case .downstream(let levels):
      return tree.everyone(persons, { tree.below($0, levels: levels) }, other: { $0.to }).map {
        row(walk, $0.edge.to, level: $0.level, via: $0.edge)
      }
    case .upstream(let levels):
      return tree.everyone(persons, { tree.above($0, levels: levels) }, other: { $0.from }).map {
        row(walk, $0.edge.from, level: $0.level, via: $0.edge)
      }
    case .chain:
      return persons.flatMap { person in
        tree.chain(person).enumerated().map { level, link in
          row(walk, link.person, level: level, via: link.edge)
        }
      }
    case .roots:
      // Two referrers may be one person.
      var met: Set<TwinPerson> = []
      return starts.filter { start in
        tree.parent(start.person) == nil && met.insert(start.person).inserted
      }.map { start in
        start.row.merging(row(walk, start.person, level: 0, via: nil)) { old, _ in old }
      }
    case .path(let from, let to): return path(from, to, walk)
    case .circles: return circles(persons, walk)
    case .loops:
      return tree.loops().map { loop in
        [
          walk.size: .int(Int64(loop.count)),
          walk.group: .text(loop.map(name).joined(separator: " → ")),
        ]
      }
    case .tree: return drawn(persons, walk)
    }
  }

  private func row(
    _ walk: Walk, _ person: TwinPerson, level: Int, via: TwinReferrals.Edge?
  ) -> TwinRow {
    var row: TwinRow = [walk.level: .int(Int64(level))]
    switch person {
    case .customer(let number): row[walk.customer] = .object(number)
    case .referrer(let number): row[walk.referrer] = .object(number)
    }
    if let via { row[walk.via] = .object(via.referrer) }
    return row
  }

  private func name(_ person: TwinPerson) -> String {
    let name =
      switch person {
      case .customer(let number): book.stored("customer", number, "name")
      case .referrer(let number): book.stored("referrer", number, "name")
      }
    if case .text(let text) = name { return text }
    return ""
  }

  private func path(_ from: ObjectReference, _ to: ObjectReference, _ walk: Walk) -> [TwinRow] {
    guard let start = book.tables[from.entity]?.row(ofID: from.id),
      let end = book.tables[to.entity]?.row(ofID: to.id)
    else { return [] }
    let path = tree.path(
      from: tree.person(from.entity, start), to: tree.person(to.entity, end))
    return path.enumerated().map { level, link in
      row(walk, link.person, level: level, via: link.edge)
    }
  }

  private func circles(_ persons: [TwinPerson], _ walk: Walk) -> [TwinRow] {
    var groups: [Set<TwinPerson>] = []
    for person in persons.sorted(by: TwinPerson.isBefore)
    where !groups.contains(where: { $0.contains(person) }) {
      let group = tree.reachable(person, eitherWay: true)
      if group.count > 1 { groups.append(group) }
    }
    // Numbered by the first person of each, whether a row stands for that person or not.
    groups.sort { left, right in
      guard let a = left.min(by: TwinPerson.isBefore), let b = right.min(by: TwinPerson.isBefore)
      else { return false }
      return TwinPerson.isBefore(a, b)
    }
    return groups.enumerated().flatMap { index, group in
      persons.filter(group.contains).map { person in
        var new = row(walk, person, level: 0, via: nil)
        new[walk.level] = .empty
        new[walk.group] = .int(Int64(index + 1))
        new[walk.size] = .int(Int64(group.count))
        return new
      }
    }
  }

  /// Each start that is below no other one, with everyone below it, parents before children.
  private func drawn(_ persons: [TwinPerson], _ walk: Walk) -> [TwinRow] {
    var met: Set<TwinPerson> = []
    var rows: [TwinRow] = []
    func draw(_ person: TwinPerson, _ level: Int, _ via: TwinReferrals.Edge?) {
      guard met.insert(person).inserted else { return }
      rows.append(row(walk, person, level: level, via: via))
      for edge in tree.children(person) { draw(edge.to, level + 1, edge) }
    }
    let below = Set(
      persons.flatMap { person in tree.below(person, levels: nil).map(\.edge.to) })
    for person in persons where !below.contains(person) { draw(person, 0, nil) }
    for person in persons where tree.parent(person) == nil { draw(person, 0, nil) }
    for person in persons { draw(person, 0, nil) }
    return rows
  }
}
