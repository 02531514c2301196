import KithBase
import KithModel

/// A name an expression may use, with its type.
struct RandomName {
  var text: String
  var type: KithType
  /// More than a column of the row: a path, a derived field.
  var isPath = false
}

/// What a row of a random query has.
struct RandomScope {
  /// The entity whose objects the rows are; nil for plain rows.
  var entity: String?
  /// Before a path of the entity: `o.` for an expanded child.
  var prefix = ""
  var columns: [RandomName] = []
  /// Objects with a name of their own: (`o`, `opportunity`).
  var named: [(name: String, entity: String)] = []
  /// The row outside an aggregate over children.
  var outer: [RandomName] = []
}

/// Texts of expressions, made from the grammar with some care for types: most check, some do not.
struct RandomExpressions {
  var random: SplitMix
  let catalogue: Catalogue
  /// Chance in a hundred that a name is written in Chinese.
  let chineseChance: Int

  /// Titles of the book's objects, by entity.
  let titles: [String: [String]]

  init(seed: UInt64, catalogue: Catalogue, titles: [String: [String]]) {
    random = SplitMix(seed: seed)
    self.catalogue = catalogue
    self.titles = titles
    chineseChance = SplitMix(seed: seed &+ 77).firstChance(20) ? 60 : 0
  }

  /// Relations that lead to rows the random books have.
  private static let filled: Set<String> = [
    "customer", "contact", "member", "team", "opportunity", "stage", "funnel", "stage_change",
    "activity", "purchase", "item", "product", "referrer", "referral", "role", "class_change",
  ]
  static let sources = [
    "customer", "customer", "customer", "opportunity", "opportunity", "opportunity", "contact",
    "member", "activity", "purchase", "item", "referrer", "referral", "stage", "stage_change",
    "team", "product", "role", "class_change",
  ]

  mutating func spelling(_ english: String, _ chinese: String) -> String {
    !chinese.isEmpty && random.chance(chineseChance) ? chinese : english
  }

  // MARK: Names

  /// Everything of some types a row can say, over at most `depth` to-one paths.
  func names(_ scope: RandomScope, depth: Int = 2) -> [RandomName] {
    var names = scope.columns + scope.outer
    if let entity = scope.entity {
      names += paths(entity, prefix: scope.prefix, depth: depth).filter { path in
        !scope.columns.contains { $0.text == path.text }
      }
    }
    for (name, entity) in scope.named { names += paths(entity, prefix: name + ".", depth: depth) }
    return names
  }

  func paths(_ entity: String, prefix: String, depth: Int) -> [RandomName] {
    guard let spec = catalogue.entity(entity) else { return [] }
    var names: [RandomName] = []
    for field in spec.fields where !field.hidden {
      names.append(RandomName(text: prefix + field.name, type: field.type, isPath: prefix != ""))
    }
    for field in spec.derived where field.parameters.isEmpty {
      names.append(RandomName(text: prefix + field.name, type: field.type, isPath: true))
    }
    for path in spec.toOne where Self.filled.contains(path.target) && path.name != "merged_into" {
      names.append(
        RandomName(text: prefix + path.name, type: .object(path.target), isPath: prefix != ""))
      if depth > 0 {
        names += paths(path.target, prefix: prefix + path.name + ".", depth: depth - 1)
      }
    }
    return names
  }

  /// One name whose type fits, a short one rather than a long path.
  mutating func name(_ scope: RandomScope, _ fits: (KithType) -> Bool) -> RandomName? {
    let depth = random.pick([0, 0, 0, 1, 1, 2])
    let found = names(scope, depth: depth).filter { fits($0.type) }
    if found.isEmpty { return nil }
    let filled = found.filter { Self.common.contains($0.last) }
    return random.pick(filled.isEmpty || random.chance(20) ? found : filled)
  }

  /// Fields the random books fill.
  private static let common: Set<String> = [
    "name", "city", "province", "person", "industry", "size", "headcount", "founded",
    "annual_output", "annual_profit", "budget", "wallet_share", "power", "relationship", "class",
    "lifecycle", "high_risk", "vpc", "source", "first_cooperation", "owner", "parent", "created",
    "title", "level", "has_say", "customer", "state", "amount", "cost", "manual_win",
    "expected_close", "closed", "kind", "lost_reason", "next_due", "stage", "product", "funnel",
    "open", "won", "lost", "win", "weighted", "revenue", "first_purchase", "last_purchase",
    "recency", "frequency", "bought", "tier", "done", "planned", "purpose", "standard", "member",
    "ordered", "returned", "quantity", "unit_price", "discount", "purchase", "referred",
    "in_target", "referrer", "category", "can_refer", "at", "from", "to", "opportunity", "code",
    "position", "role", "influence", "stance", "contact", "job", "team", "margin", "generation",
    "n1", "n2", "n3", "k1", "k2", "a1", "a2", "w1",
  ]

  // MARK: Constants

  mutating func constant(_ type: KithType) -> String {
    switch type {
    case .int: return random.pick(["0", "1", "2", "3", "5", "10", "100", "2000", "-1"])
    case .float: return random.pick(["0", "0.5", "1", "2.5", "10", "-3"])
    case .percent: return random.pick(["0%", "10%", "25%", "50%", "33.3%", "100%"])
    case .money, .exactMoney, .floatMoney:
      return random.pick(["0", "1000", "10万", "¥3000", "2.5万", "1亿", "0.05", "500元"])
    case .bool: return random.pick(["true", "false"])
    case .text: return text()
    case .date, .time, .period: return date()
    case .duration(.months): return random.pick(["1 month", "3 months"])
    case .duration: return random.pick(["0 days", "7 days", "30 days", "90d", "2w", "12 hours"])
    case .enumeration(let name): return value(of: name)
    case .object(let entity):
      if entity == "stage" { return random.pick(["A", "B", "C", "D", "E"]) }
      let texts = random.chance(3) ? RandomBook.names : titles[entity] ?? []
      return texts.isEmpty ? "empty" : "\"" + random.pick(texts) + "\""
    case .list, .empty: return "1"
    }
  }

  mutating func text() -> String {
    "\""
      + random.pick(
        RandomBook.names + RandomBook.people + RandomBook.cities
          + ["深", "a", "ABC", "電", "CLOUD", "宽带", "1380000", "é"]) + "\""
  }

  mutating func value(of enumeration: String) -> String {
    guard let spec = catalogue.enumeration(enumeration), let first = spec.values.first else {
      return "x"
    }
    let value = spec.values.isEmpty ? first : random.pick(Array(spec.values.prefix(7)))
    return random.chance(70) ? value.code : "\"" + value.zh + "\""
  }

  mutating func date() -> String {
    random.pick([
      "2026-11-21", "2026-10", "2026-Q3", "2026", "2025", "2026-W40", "today", "yesterday",
      "30 days ago", "90 days ago", "2 weeks ago", "last month", "this month", "this quarter",
      "last quarter", "this year", "last 30 days", "last 3 months", "last 12 months",
      "month to date", "year to date", "last monday", "next 2 weeks", "2026-06-15",
      "2026-11-01T08:30", "近30天", "上月", "3天前",
    ])
  }

  /// A period, for `in`.
  mutating func period() -> String {
    random.pick([
      "last month", "this month", "this quarter", "last quarter", "this year", "last year",
      "last 30 days", "last 90 days", "last 12 months", "2026-Q3", "2026-10", "2026", "2025",
      "year to date", "next 30 days", "2026-W45",
    ])
  }

  // MARK: Conditions

  mutating func condition(_ scope: RandomScope, depth: Int = 2) -> String {
    if depth > 0, random.chance(30) {
      let word = random.pick(["and", "and", "or"])
      let left = condition(scope, depth: depth - 1)
      let right = condition(scope, depth: depth - 1)
      let both = left + " " + spelling(word, word == "and" ? "且" : "或") + " " + right
      return random.chance(50) ? "(" + both + ")" : both
    }
    if random.chance(8) { return spelling("not", "非") + " (" + condition(scope, depth: 0) + ")" }
    if scope.entity != nil, random.chance(18) { return childTest(scope, depth: depth) }
    guard let name = name(scope, { Self.isTestable($0) }) else { return "1 = 1" }
    return test(name, scope)
  }

  static func isTestable(_ type: KithType) -> Bool {
    if case .list = type { return false }
    return true
  }

  mutating func test(_ name: RandomName, _ scope: RandomScope) -> String {
    let left = spelled(name, scope)
    if random.chance(12) { return left + random.pick([" is empty", " is not empty"]) }
    switch name.type {
    case .bool:
      return random.pick([left, left, "not " + left, left + " = false", left + " != true"])
    case .text where random.chance(55):
      let operation = random.pick(["~", "!~", "starts with", "ends with", "not starts with"])
      if random.chance(10) {
        return left + " matches \"" + random.pick(["^.a", "华|云", "[0-9]+"]) + "\""
      }
      return left + " " + operation + " " + text()
    case .date, .time:
      if random.chance(45) {
        return left + random.pick([" in ", " in ", " not in "]) + period()
      }
      return left + " " + comparison() + " " + date()
    case .object(let entity):
      if entity != "stage", titles[entity] ?? [] == [] { return left + " is empty" }
      if random.chance(20), let other = self.name(scope, { $0 == name.type }) {
        return left + random.pick([" = ", " != "]) + spelled(other, scope)
      }
      return left + random.pick([" = ", " != ", " ~ "]) + constant(name.type)
    case .enumeration:
      if random.chance(30) { return left + " in (" + several(name.type) + ")" }
      return left + " " + (random.chance(75) ? random.pick(["=", "!="]) : comparison()) + " "
        + constant(name.type)
    default: break
    }
    switch random.int(0...9) {
    case 0: return left + random.pick([" in (", " not in ("]) + several(name.type) + ")"
    case 1:
      return left + random.pick([" between ", " not between "]) + constant(name.type) + " and "
        + constant(name.type)
    case 2: return constant(name.type) + " <= " + left + " < " + constant(name.type)
    case 3:
      if let other = self.name(scope, { $0 == name.type }) {
        return left + " " + comparison() + " " + spelled(other, scope)
      }
      return left + " = " + constant(name.type)
    default: return left + " " + comparison() + " " + constant(name.type)
    }
  }

  mutating func several(_ type: KithType) -> String {
    (0...random.int(1...2)).map { _ in constant(type) }.joined(separator: ", ")
  }

  mutating func comparison() -> String {
    random.pick(["=", "!=", "<", "<=", ">", ">=", "=="])
  }

  /// A name in the tongue of the query, where it is a plain field of the row.
  mutating func spelled(_ name: RandomName, _ scope: RandomScope) -> String {
    guard chineseChance > 0, let entity = scope.entity, scope.prefix.isEmpty,
      let spec = catalogue.entity(entity)
    else { return name.text }
    let parts = name.text.split(separator: ".").map(String.init)
    guard parts.count == 1, !scope.columns.contains(where: { $0.text == name.text }),
      !scope.outer.contains(where: { $0.text == name.text })
    else { return name.text }
    let chinese =
      spec.fields.first { $0.name == name.text }?.zh
      ?? spec.derived.first { $0.name == name.text }?.zh
      ?? spec.toOne.first { $0.name == name.text }?.zh
    return spelling(name.text, chinese ?? "")
  }

  /// `any(opportunities where …)`, `count(…) >= 2`.
  mutating func childTest(_ scope: RandomScope, depth: Int) -> String {
    guard let child = child(scope) else { return "1 = 1" }
    let filter = depth > 0 ? condition(child.scope, depth: 0) : "id > 2"
    switch random.int(0...5) {
    case 0: return "any(\(child.path))"
    case 1: return "count(\(child.path)) \(comparison()) \(random.int(0...3))"
    case 2: return "count(\(child.path) where \(filter)) >= \(random.int(0...2))"
    case 3: return "all(\(child.path) where \(filter))"
    case 4: return "none(\(child.path) where \(filter))"
    default: return "any(\(child.path) where \(filter))"
    }
  }

  /// A relation of the row with the scope inside it.
  mutating func child(_ scope: RandomScope) -> (path: String, scope: RandomScope)? {
    guard let entity = scope.entity, let spec = catalogue.entity(entity) else { return nil }
    let many = spec.toMany.filter {
      Self.filled.contains($0.target) || ($0.target == "change" && random.state.isMultiple(of: 9))
    }
    guard !many.isEmpty else { return nil }
    let relation = random.pick(many)
    var path = scope.prefix + spelling(relation.name, scope.prefix.isEmpty ? relation.zh : "")
    var target = relation.target
    if random.chance(15), let next = catalogue.entity(target) {
      let further = next.toMany.filter { Self.filled.contains($0.target) }
      if !further.isEmpty {
        let second = random.pick(further)
        path += "." + second.name
        target = second.target
      }
    }
    var inner = RandomScope(entity: target)
    inner.outer = scope.columns
    return (path, inner)
  }

}

extension RandomName {
  /// The last word of a path.
  var last: String { text.split(separator: ".").last.map(String.init) ?? text }
}

extension SplitMix {
  /// A decision from the first number alone.
  func firstChance(_ percent: Int) -> Bool {
    var copy = self
    return copy.chance(percent)
  }
}
