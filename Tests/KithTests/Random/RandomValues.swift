import KithBase
import KithModel

/// Values of each type.
extension RandomExpressions {
  /// An expression for a column, with its type.
  mutating func value(_ scope: RandomScope, depth: Int = 2) -> RandomName {
    switch random.int(0...15) {
    case 0, 1, 2: return number(scope, depth: depth)
    case 3, 4: return money(scope, depth: depth)
    case 5: return dated(scope)
    case 6: return texts(scope)
    case 7: return chosen(scope, depth: depth)
    case 8: return RandomName(text: "(" + condition(scope, depth: 1) + ")", type: .bool)
    case 9, 10: return aggregate(over: scope) ?? number(scope, depth: depth)
    case 11 where scope.entity == "opportunity" && scope.prefix.isEmpty:
      return stageField()
    case 11:
      if let name = name(scope, { $0 == .bool }) {
        return RandomName(text: "if(\(name.text), 1, 2)", type: .int)
      }
      return number(scope, depth: depth)
    default:
      return name(scope) { Self.isTestable($0) } ?? RandomName(text: "1", type: .int)
    }
  }

  /// A field of a deal's history.
  mutating func stageField() -> RandomName {
    let stage = random.pick(["A", "B", "C", "D", "E"])
    switch random.int(0...6) {
    case 0: return RandomName(text: "days_in(\(stage))", type: .int)
    case 1: return RandomName(text: "entered(\(stage))", type: .time)
    case 2: return RandomName(text: "reached(\(stage))", type: .bool)
    case 3: return RandomName(text: "reached(\(stage), within: 30 days)", type: .bool)
    case 4: return RandomName(text: "reached(won, within: 90 days)", type: .bool)
    case 5: return RandomName(text: "skipped(\(stage))", type: .bool)
    default: return RandomName(text: "skipped", type: .bool)
    }
  }

  mutating func number(_ scope: RandomScope, depth: Int) -> RandomName {
    let plain = name(scope) { $0 == .int || $0 == .float || $0 == .percent }
    guard let left = plain else { return RandomName(text: constant(.int), type: .int) }
    if depth == 0 || random.chance(30) { return left }
    switch random.int(0...7) {
    case 0: return RandomName(text: "\(left.text) / \(constant(.int))", type: .float)
    case 1: return RandomName(text: "(\(left.text) ?? \(constant(left.type)))", type: left.type)
    case 2: return RandomName(text: "-\(left.text)", type: left.type)
    case 3 where left.type == .int:
      return RandomName(text: "\(left.text) % \(random.pick(["7", "2", "0"]))", type: .int)
    case 4: return RandomName(text: "round(\(left.text))", type: left.type)
    case 5: return RandomName(text: "abs(\(left.text))", type: left.type)
    default:
      let right = number(scope, depth: depth - 1)
      let operation = random.pick(["+", "-", "*"])
      let type: KithType = left.type == right.type ? left.type : .float
      return RandomName(text: "(\(left.text) \(operation) \(right.text))", type: type)
    }
  }

  mutating func money(_ scope: RandomScope, depth: Int) -> RandomName {
    guard let left = name(scope, { $0 == .money }) else { return number(scope, depth: depth) }
    switch random.int(0...8) {
    case 0: return RandomName(text: "\(left.text) * 10%", type: .money)
    case 1: return RandomName(text: "\(left.text) * 0.125", type: .money)
    case 2:
      return RandomName(text: "\(left.text) / \(random.pick(["3", "8", "0", "7"]))", type: .money)
    case 3:
      guard let right = name(scope, { $0 == .money }) else { return left }
      return RandomName(text: "\(left.text) / \(right.text)", type: .float)
    case 4:
      guard let right = name(scope, { $0 == .money }) else { return left }
      return RandomName(text: "(\(left.text) - \(right.text) * 3%)", type: .money)
    case 5:
      guard let right = name(scope, { $0 == .percent }) else { return left }
      return RandomName(text: "\(left.text) * \(right.text)", type: .money)
    case 6:
      guard let right = name(scope, { $0 == .float || $0 == .int }) else { return left }
      return RandomName(text: "\(left.text) * \(right.text)", type: .money)
    case 7: return RandomName(text: "(\(left.text) ?? 0)", type: .money)
    default: return left
    }
  }

  mutating func dated(_ scope: RandomScope) -> RandomName {
    guard let left = name(scope, { $0 == .date || $0 == .time }) else {
      return RandomName(text: "today", type: .date)
    }
    switch random.int(0...7) {
    case 0: return RandomName(text: "month(\(left.text))", type: .period(.month))
    case 1: return RandomName(text: "quarter(\(left.text))", type: .period(.quarter))
    case 2: return RandomName(text: "week(\(left.text))", type: .period(.week))
    case 3: return RandomName(text: "\(left.text) + 1 month", type: left.type)
    case 4: return RandomName(text: "\(left.text) - 7 days", type: left.type)
    case 5: return RandomName(text: "today - \(left.text)", type: .duration(.days))
    case 6: return RandomName(text: "year(\(left.text))", type: .period(.year))
    default: return left
    }
  }

  mutating func texts(_ scope: RandomScope) -> RandomName {
    guard let left = name(scope, { $0 == .text }) else {
      return RandomName(text: text(), type: .text)
    }
    switch random.int(0...5) {
    case 0: return RandomName(text: "\(left.text) + \"-\"", type: .text)
    case 1: return RandomName(text: "f\"<{\(left.text)}>\"", type: .text)
    case 2: return RandomName(text: "length(\(left.text))", type: .int)
    case 3: return RandomName(text: "upper(\(left.text))", type: .text)
    case 4: return RandomName(text: "(\(left.text) ?? \"-\")", type: .text)
    default: return left
    }
  }

  mutating func chosen(_ scope: RandomScope, depth: Int) -> RandomName {
    let first = condition(scope, depth: 0)
    let second = condition(scope, depth: 0)
    if let name = name(scope, { $0 == .money }), random.chance(40) {
      return RandomName(
        text: "case when \(first) then \(name.text) when \(second) then 100 else 0 end",
        type: .money)
    }
    return RandomName(
      text: "case when \(first) then \"x\" when \(second) then \"y\" end", type: .text)
  }

  /// An aggregate over children of the row.
  mutating func aggregate(over scope: RandomScope) -> RandomName? {
    guard let child = child(scope) else { return nil }
    let filter = random.chance(35) ? " where " + condition(child.scope, depth: 0) : ""
    if random.chance(35) { return RandomName(text: "count(\(child.path)\(filter))", type: .int) }
    guard let name = name(child.scope, { $0 == .money || $0 == .int || $0 == .date || $0 == .text })
    else { return nil }
    let path = child.path + "." + name.text
    switch name.type {
    case .money, .int:
      let function = random.pick(["sum", "sum", "avg", "min", "max", "median", "distinct", "first"])
      return RandomName(
        text: "\(function)(\(path)\(filter))", type: function == "distinct" ? .int : name.type)
    case .date:
      return RandomName(text: "\(random.pick(["min", "max"]))(\(path)\(filter))", type: .date)
    default:
      let function = random.pick(["first", "last", "distinct", "list", "max"])
      let type: KithType = function == "distinct" ? .int : function == "list" ? .list(.text) : .text
      return RandomName(text: "\(function)(\(path)\(filter))", type: type)
    }
  }

  /// An aggregate over the rows of a group.
  mutating func aggregate(ofGroup scope: RandomScope) -> RandomName {
    let filter = random.chance(25) ? " where " + condition(scope, depth: 0) : ""
    switch random.int(0...11) {
    case 0, 1: return RandomName(text: "count()", type: .int)
    case 2: return RandomName(text: "count(\(condition(scope, depth: 0)))", type: .int)
    case 3: return RandomName(text: "rate(\(condition(scope, depth: 0))\(filter))", type: .percent)
    case 4:
      let words = random.pick(["any", "all", "none"])
      return RandomName(text: "\(words)(\(condition(scope, depth: 0)))", type: .bool)
    case 5:
      guard let name = name(scope, { Self.isTestable($0) }) else { break }
      return RandomName(text: "distinct(\(name.text)\(filter))", type: .int)
    case 6:
      guard let name = name(scope, { Self.isTestable($0) }) else { break }
      return RandomName(
        text: "\(random.pick(["first", "last"]))(\(name.text)\(filter))", type: name.type)
    case 7:
      guard let name = name(scope, { $0 == .money || $0 == .int }) else { break }
      let text = random.pick([
        "percentile(\(name.text), 75)", "p90(\(name.text))", "stdev(\(name.text))",
      ])
      return RandomName(text: text, type: name.type)
    default:
      guard let name = name(scope, { $0 == .money || $0 == .int || $0 == .float }) else { break }
      let argument = name.type == .money && random.chance(25) ? name.text + " * 10%" : name.text
      let function = random.pick(["sum", "sum", "avg", "min", "max", "median"])
      return RandomName(text: "\(function)(\(argument)\(filter))", type: name.type)
    }
    return RandomName(text: "count()", type: .int)
  }

  /// A window over all rows of a stage.
  mutating func window(_ scope: RandomScope) -> RandomName {
    let keys = name(scope) { Self.isKey($0) }
    let per = keys.map { random.chance(70) ? " per \($0.text)" : "" } ?? ""
    guard let value = name(scope, { $0 == .money || $0 == .int || $0 == .date }) else {
      return RandomName(text: "row_number()", type: .int)
    }
    let direction = random.pick(["asc", "desc"])
    switch random.int(0...6) {
    case 0: return RandomName(text: "rank(\(value.text) \(direction)\(per))", type: .int)
    case 1: return RandomName(text: "row_number(sort \(value.text) \(direction)\(per))", type: .int)
    case 2:
      return RandomName(text: "previous(\(value.text) sort \(value.text)\(per))", type: value.type)
    case 3: return RandomName(text: "next(\(value.text)\(per))", type: value.type)
    case 4 where value.type != .date:
      return RandomName(
        text: "running(\(value.text) sort \(value.text) desc\(per))", type: value.type)
    case 5 where value.type != .date:
      return RandomName(
        text: "share(\(value.text)\(per.isEmpty ? " per all" : per))", type: .percent)
    default:
      let function = value.type == .date ? "max" : random.pick(["sum", "avg", "max", "count"])
      let type: KithType = function == "count" ? .int : value.type
      return RandomName(
        text: "\(function)(\(value.text)\(per.isEmpty ? " per all" : per))", type: type)
    }
  }

  static func isKey(_ type: KithType) -> Bool {
    switch type {
    case .text, .bool, .enumeration, .object, .int, .date, .period: true
    default: false
    }
  }
}
