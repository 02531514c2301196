import KithBase
import KithModel

/// Makes random query texts: a source and up to five stages.
struct RandomQuery {
  var make: RandomExpressions
  var scope = RandomScope()
  private var text = ""
  private var columnCount = 0

  private init(seed: UInt64, catalogue: Catalogue, titles: [String: [String]]) {
    make = RandomExpressions(seed: seed, catalogue: catalogue, titles: titles)
  }

  /// `titles` are names of the book's objects, by entity.
  static func text(seed: UInt64, catalogue: Catalogue, titles: [String: [String]]) -> String {
    var query = RandomQuery(seed: seed, catalogue: catalogue, titles: titles)
    query.source()
    let count = query.make.random.pick([1, 1, 2, 2, 3, 3, 4, 5])
    for index in 0..<count { query.stage(isLast: index == count - 1) }
    return query.text
  }

  private mutating func source() {
    let entity = make.random.pick(RandomExpressions.sources)
    scope.entity = entity
    guard let spec = make.catalogue.entity(entity) else { return }
    if make.random.chance(4) {
      text = "\(entity) \(make.random.int(1...6))"
    } else {
      text = make.spelling(spec.plural, spec.zh)
    }
    if make.random.chance(10) {
      text += " as x"
      scope.named.append(("x", entity))
    }
  }

  mutating func add(_ stage: String) { text += " | " + stage }

  mutating func newName(_ letter: String) -> String {
    columnCount += 1
    return letter + String(columnCount)
  }

  private mutating func number() -> String {
    make.random.pick(["0", "1", "2", "3", "5", "10", "10%", "50%", "33%"])
  }

  private mutating func stage(isLast: Bool) {
    switch make.random.int(0...99) {
    case 0..<20: add(make.spelling("where", "其中") + " " + make.condition(scope))
    case 20..<32: extend()
    case 32..<40: select()
    case 40..<49: sort()
    case 49..<54: cut()
    case 54..<59: top()
    case 59..<61: until()
    case 61..<64: distinct()
    case 64..<69: count()
    case 69..<78: summarize()
    case 78..<81: pivot()
    case 81..<84: join()
    case 84..<87: combine()
    case 87..<90: expand()
    case 90..<92: walk()
    case 92..<96: funnel()
    case 96: add("reverse")
    default:
      if isLast { last() } else { extend() }
    }
  }

  private mutating func extend() {
    var items: [String] = []
    for _ in 0..<make.random.pick([1, 1, 2]) {
      let value = make.random.chance(25) ? make.window(scope) : make.value(scope)
      let name = newName("n")
      items.append("\(name) = \(value.text)")
      scope.columns.append(RandomName(text: name, type: value.type))
    }
    add(make.spelling("extend", "增列") + " " + items.joined(separator: ", "))
  }

  private mutating func select() {
    var items: [String] = []
    var columns: [RandomName] = []
    for _ in 0..<make.random.int(1...4) {
      let value = make.value(scope, depth: 1)
      let name = newName("n")
      items.append("\(name) = \(value.text)")
      columns.append(RandomName(text: name, type: value.type))
    }
    if scope.entity == nil { scope.columns = columns } else { scope.columns += columns }
    add(make.spelling("select", "选择") + " " + items.joined(separator: ", "))
  }

  mutating func key() -> RandomName {
    make.name(scope, RandomExpressions.isKey) ?? RandomName(text: "1", type: .int)
  }

  private mutating func sortable() -> RandomName {
    make.name(scope) { type in
      if case .list = type { return false }
      return type != .bool
    } ?? RandomName(text: "1", type: .int)
  }

  private mutating func sort() {
    let keys = (0..<make.random.pick([1, 1, 2])).map { _ in
      sortable().text + make.random.pick(["", " desc", " asc"])
    }
    add(make.spelling("sort", "排序") + " " + keys.joined(separator: ", "))
  }

  private mutating func per() -> String {
    make.random.chance(40) ? " " + make.spelling("per", "每") + " " + key().text : ""
  }

  private mutating func cut() {
    let verb = make.random.pick(["take", "take", "skip"])
    add(verb + " " + number() + per())
  }

  private mutating func top() {
    guard let by = make.name(scope, { $0 == .money || $0 == .int || $0 == .date || $0 == .time })
    else { return sort() }
    add("top \(number()) by \(by.text)" + make.random.pick(["", " asc"]) + per())
  }

  private mutating func until() {
    guard let by = make.name(scope, { $0 == .money || $0 == .int }) else { return sort() }
    add("sort \(by.text) desc")
    add("until \(make.random.pick(["80%", "50%", "100%", "1000"])) of \(by.text)" + per())
  }

  private mutating func distinct() {
    switch make.random.int(0...2) {
    case 0: add("distinct")
    case 1:
      guard let path = make.name(scope, { if case .object = $0 { true } else { false } }) else {
        return add("distinct")
      }
      add("distinct \(path.text)")
      if case .object(let entity) = path.type { scope = RandomScope(entity: entity) }
    default:
      let keys = [key(), key()]
      let names = [newName("k"), newName("k")]
      add("distinct \(names[0]) = \(keys[0].text), \(names[1]) = \(keys[1].text)")
      scope = RandomScope(
        columns: zip(names, keys).map { RandomName(text: $0, type: $1.type) })
    }
  }

  private mutating func groupKeys() -> (text: String, columns: [RandomName]) {
    var items: [String] = []
    var columns: [RandomName] = []
    for _ in 0..<make.random.pick([1, 1, 1, 2]) {
      var key = key()
      if make.random.chance(25),
        let date = make.name(scope, { $0 == .date || $0 == .time })
      {
        let unit = make.random.pick(["month", "quarter", "year", "week"])
        let units: [String: CalendarUnit] = [
          "month": .month, "quarter": .quarter, "year": .year, "week": .week,
        ]
        key = RandomName(text: "\(unit)(\(date.text))", type: .period(units[unit]))
      }
      let name = newName("k")
      items.append("\(name) = \(key.text)")
      columns.append(RandomName(text: name, type: key.type))
    }
    let fill = make.random.chance(15) ? " fill" : ""
    return (" " + make.spelling("by", "按") + " " + items.joined(separator: ", ") + fill, columns)
  }

  private mutating func count() {
    if make.random.chance(25) {
      add(make.spelling("count", "计数"))
      scope = RandomScope(columns: [RandomName(text: "count", type: .int)])
      return
    }
    let keys = groupKeys()
    add(make.spelling("count", "计数") + keys.text)
    scope = RandomScope(columns: keys.columns + [RandomName(text: "count", type: .int)])
  }

  mutating func summarize() {
    var items: [String] = []
    var columns: [RandomName] = []
    for _ in 0..<make.random.int(1...3) {
      let value = make.aggregate(ofGroup: scope)
      let name = newName("a")
      items.append("\(name) = \(value.text)")
      columns.append(RandomName(text: name, type: value.type))
    }
    let keys = make.random.chance(75) ? groupKeys() : ("", [])
    add(make.spelling("summarize", "汇总") + " " + items.joined(separator: ", ") + keys.0)
    scope = RandomScope(columns: keys.1 + columns)
  }

  private mutating func pivot() {
    let column = make.name(scope) { if case .enumeration = $0 { true } else { $0 == .text } }
    guard let column else { return count() }
    let aggregate = make.aggregate(ofGroup: scope)
    let keys = make.random.chance(70) ? groupKeys() : ("", [])
    let values =
      column.type == .text && make.random.chance(60) ? " in (\"深圳\", \"广州\", \"Acme\")" : ""
    add("pivot \(column.text)\(values): v = \(aggregate.text)\(keys.0)")
    scope = RandomScope(columns: keys.1)
  }

  private mutating func join() {
    let other = make.random.pick(["customer", "opportunity", "member", "purchase", "product"])
    guard let spec = make.catalogue.entity(other) else { return }
    let right = RandomScope(entity: other)
    let kind = make.random.pick(["", "left ", "semi ", "anti ", "full "])
    for _ in 0..<8 {
      let key = key()
      guard let match = make.name(right, { $0 == key.type }), key.text != "1",
        !match.text.contains("(")
      else { continue }
      let filter = make.random.chance(30) ? " | where " + make.condition(right, depth: 0) : ""
      let table = filter.isEmpty ? spec.plural : "(\(spec.plural)\(filter))"
      add("join \(kind)\(table) as t on \(key.text) = \(match.text)")
      if kind != "semi " && kind != "anti " { scope.named.append(("t", other)) }
      return
    }
    sort()
  }

  private mutating func combine() {
    guard let entity = scope.entity, let spec = make.catalogue.entity(entity),
      scope.named.isEmpty
    else { return sort() }
    let verb = make.random.pick(["union", "except", "intersect"])
    let filter = make.condition(RandomScope(entity: entity), depth: 0)
    add("\(verb) (\(spec.plural) | where \(filter))")
    if verb == "union" { scope.columns = [] }
  }

  private mutating func expand() {
    guard let child = make.child(scope), let entity = child.scope.entity else { return sort() }
    let name = newName("o")
    let outer = make.random.chance(25) ? "outer " : ""
    add("expand \(outer)\(child.path) as \(name)")
    scope.named.append((name, entity))
  }

  private mutating func walk() {
    guard scope.entity == "customer" || scope.entity == "referrer", scope.named.isEmpty else {
      return sort()
    }
    switch make.random.int(0...6) {
    case 0: add("downstream")
    case 1: add("downstream within \(make.random.int(1...3)) levels")
    case 2: add("upstream")
    case 3: add("chain")
    case 4:
      scope = RandomScope(entity: "customer")
      return add("roots")
    case 5:
      scope = RandomScope(entity: "customer")
      return add("circles")
    default:
      add("rollup r1 = count(), r2 = sum(opportunities.amount where won)")
      return
    }
    scope = RandomScope(
      entity: "customer", columns: [RandomName(text: "level", type: .int)])
    // Through whom somebody was reached who was reached twice is nobody's promise.
    add("select name, level")
  }

  private mutating func last() {
    switch make.random.int(0...3) {
    case 0: add("describe")
    case 1:
      guard let by = make.name(scope, { $0 == .int || $0 == .money || $0 == .date }) else {
        return add("describe")
      }
      let width = by.type == .date ? "month" : by.type == .money ? "10万" : "50"
      add("histogram \(by.text) by \(width)")
    case 2: add("duplicates by name")
    default: add("drop name")
    }
  }
}
