import KithBase

/// What a query has to say besides its rows: each remark once, with its count.
struct NoteCollector {
  enum Kind {
    case divisionByZero, emptyInAggregate, emptyInNegation, emptyInRate, emptyGroupKey, tie, loop
    case secondReferral, repeated, unmatched, emptyKey, leftOut, once, otherFunnel, noHistory
    case sample, noPath, emptied, emptyLeftOut, simulated, asToday, reason

    /// The stable word of the note.
    var word: String {
      switch self {
      case .divisionByZero: "division"
      case .emptyInAggregate, .emptyInNegation, .emptyInRate, .emptyLeftOut: "empties"
      case .emptyGroupKey, .emptyKey: "keys"
      case .tie: "tie"
      case .loop: "loop"
      case .secondReferral: "second_referral"
      case .repeated: "repeated"
      case .unmatched, .leftOut: "left_out"
      case .once: "once"
      case .otherFunnel: "other_funnel"
      case .noHistory: "no_history"
      case .sample: "sample"
      case .simulated: "simulated"
      case .asToday: "as_today"
      case .reason: "reason"
      case .noPath, .emptied: "nothing"
      }
    }
  }

  private struct Key: Hashable {
    var kind: Kind
    var label: String
  }

  private var order: [Key] = []
  private var counts: [Key: Int] = [:]
  private var details: [Key: Int] = [:]

  init() {}

  /// Adds to a remark's count; a count of 0 says nothing.
  mutating func count(_ kind: Kind, _ label: String, _ number: Int, detail: Int = 0) {
    if number == 0 { return }
    let key = Key(kind: kind, label: label)
    if counts[key] == nil { order.append(key) }
    counts[key, default: 0] += number
    details[key] = max(details[key] ?? 0, detail)
  }

  /// Takes over the remarks of a part of the query that ran on its own.
  mutating func merge(_ other: NoteCollector) {
    for key in other.order {
      count(key.kind, key.label, other.counts[key] ?? 0, detail: other.details[key] ?? 0)
    }
  }

  /// All counts together, to see whether something was added.
  var total: Int { counts.values.reduce(0, +) }

  /// The remarks in the order they first came up.
  func notes() -> [Note] {
    order.map { key in
      let text = Self.text(key.kind, key.label, counts[key] ?? 0, details[key] ?? 0)
      return Note(kind: key.kind.word, english: text.english, chinese: text.chinese)
    }
  }

  private static func text(
    _ kind: Kind, _ label: String, _ count: Int, _ detail: Int
  ) -> (english: String, chinese: String) {
    let one = count == 1
    let rows = one ? "1 row" : "\(count) rows"
    let words = NoteLabel(label)
    switch kind {
    case .divisionByZero:
      return (
        "\(rows) divided by zero; left empty", "\(count) 行除以零；结果为空"
      )
    case .emptyInAggregate:
      let have = one ? "has" : "have"
      return (
        "\(count) \(words.things(one)) \(have) no \(words.english); not in the \(words.aggregate)",
        "\(count) \(words.zhCounted)没有\(words.chinese)；未计入\(words.zhAggregate)"
      )
    case .emptyInNegation:
      return (
        "\(rows) kept although \(words.english) is empty", "\(count) 行的\(words.chinese)为空，仍保留"
      )
    case .emptyInRate:
      return (
        "\(rows) not yet known; not in the rate", "\(count) 行尚无结论；未计入比率"
      )
    case .emptyGroupKey:
      return ("\(rows) with an empty key", "\(count) 行的键为空")
    case .emptied:
      return (
        "no rows are left after `\(label)`; \(one ? "1 row" : "\(count) rows") before it",
        "“\(label)”之后没有行；之前有 \(count) 行"
      )
    case .tie:
      return (
        "\(rows) more would tie with the last one", "另有 \(count) 行与末行并列"
      )
    default: return elsewhere(kind, label, rows, count, detail)
    }
  }

  /// Remarks about joins, funnels and walks.
  private static func elsewhere(
    _ kind: Kind, _ label: String, _ rows: String, _ count: Int, _ detail: Int
  ) -> (english: String, chinese: String) {
    let one = count == 1
    let words = NoteLabel(label)
    switch kind {
    case .asToday:
      return (
        "as of today, since no history is kept: \(words.english)", "按当前值（不留历史）：\(words.chinese)"
      )
    case .simulated:
      return (
        "\(rows) simulated with \(detail) draws, seed \(label): too many deals for the exact distribution",
        "\(count) 行为模拟值（\(detail) 次，种子 \(label)）：商机太多，不宜精确计算"
      )
    case .reason: return (words.english, words.chinese)
    case .sample:
      return ("sample with seed \(label)", "抽样种子 \(label)")
    case .loop:
      return (
        "\(one ? "1 loop" : "\(count) loops") of \(detail); counted once",
        "\(count) 个 \(detail) 人环路；只计一次"
      )
    case .secondReferral:
      return (
        one
          ? "1 customer was referred twice; the first referral counts"
          : "\(count) customers were referred twice; the first referral counts",
        "\(count) 个客户被推荐两次；按首次推荐计"
      )
    case .repeated:
      return (
        "\(rows) repeated: several matches on the right", "\(count) 行因右侧多条匹配而重复"
      )
    case .unmatched:
      return ("\(rows) without a match left out", "\(count) 行没有匹配，未列出")
    case .emptyKey:
      return (
        "\(rows) with an empty key match nothing", "\(count) 行的键为空，不匹配任何行"
      )
    case .leftOut, .emptyLeftOut:
      return (
        "\(rows) without \(words.english) left out", "\(count) 行没有\(words.chinese)，未列出"
      )
    case .once:
      return (
        "\(count) met more than once; counted once", "\(count) 个重复出现；只计一次"
      )
    case .otherFunnel:
      return ("\(rows) follow another funnel; left out", "\(count) 行属于其他漏斗，未计入")
    case .noHistory:
      return (
        "\(rows) without history count by their present stage", "\(count) 行没有阶段历史，按当前阶段计"
      )
    default: return ("no chain of referrals joins the two", "两者之间没有推荐链")
    }
  }
}

/// The words of a label: `revenue`, or `revenue|收入|customers|客户|average|平均`, later ones optional.
struct NoteLabel {
  private let parts: [String]

  /// A label with the words of an aggregate at its end.
  static func joined(_ label: String, aggregate: String, zh: String) -> String {
    var parts = label.isEmpty ? ["value", "值"] : label.split(separator: "|").map(String.init)
    if parts.count == 1 { parts.append(parts[0]) }
    if parts.count == 2 { parts.append("rows") }
    if parts.count == 3 { parts.append("行") }
    return (parts.prefix(4) + [aggregate, zh]).joined(separator: "|")
  }

  init(_ label: String) { parts = label.split(separator: "|").map(String.init) }

  var english: String { parts.first ?? "value" }
  var chinese: String { parts.count > 1 ? parts[1] : parts.first ?? "值" }
  func things(_ one: Bool) -> String {
    let plural = parts.count > 2 ? parts[2] : "rows"
    if !one { return plural }
    if plural.hasSuffix("ies") { return plural.dropLast(3) + "y" }
    return plural.hasSuffix("s") ? String(plural.dropLast()) : plural
  }
  /// With its measure word: `个客户`, `行`.
  var zhCounted: String { parts.count > 3 && parts[3] != "行" ? "个" + parts[3] : "行" }
  var aggregate: String { parts.count > 4 ? parts[4] : "result" }
  var zhAggregate: String { parts.count > 5 ? parts[5] : "结果" }
}
