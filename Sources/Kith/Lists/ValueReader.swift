import KithBase
import KithPlan
import KithRun
import KithShow

/// The values that conditions look at, as outputs of a query and as words.
struct ValueReader {
  private(set) var exprs: [Expr] = []

  init(_ values: [TracedValue]) {
    for value in values {
      switch value.finding {
      case .value(let expr): add(expr)
      case .children(let count, let last, let all, let lastOfAll):
        for expr in [count, last, all, lastOfAll].compactMap({ $0 }) { add(expr) }
      }
    }
  }

  mutating func add(_ expr: Expr) { exprs.append(expr) }

  func scalar(_ expr: Expr, _ result: RunResult, _ row: Int) -> Scalar {
    guard let place = exprs.firstIndex(of: expr) else { return .empty }
    return result.columns[place].scalar(row, expr.type)
  }

  func truth(_ expr: Expr, _ result: RunResult, _ row: Int) -> Bool {
    scalar(expr, result, row) == .bool(true)
  }

  /// `city = "广州"`; `2, the last on 2026-10-03`.
  func text(_ value: TracedValue, _ result: RunResult, _ row: Int, _ session: Session) -> String {
    guard case .value(let expr) = value.finding else {
      return session.words(kept(value, result, row, session), of: value)
    }
    let found = scalar(expr, result, row)
    guard !found.isEmpty else { return session.say("\(value.label) is empty", "\(value.label) 为空") }
    let shown = session.shown(found, expr.type)
    return "\(value.label) = " + (value.isText ? "\"\(shown)\"" : shown)
  }

  /// A value as it is kept with a list's snapshot: the same in every tongue and style. Children are
  /// `count|day|all|day`.
  func kept(_ value: TracedValue, _ result: RunResult, _ row: Int, _ session: Session) -> String {
    func text(_ expr: Expr?) -> String {
      guard let expr else { return "" }
      return session.style.text(
        of: scalar(expr, result, row), type: expr.type, form: .machines)
    }
    switch value.finding {
    case .value(let expr): return text(expr)
    case .children(let count, let last, let all, let lastOfAll):
      return [count, last, all, lastOfAll].map(text).joined(separator: "|")
    }
  }
}

extension Session {
  /// A kept value in the words of this session.
  func words(_ kept: String, of value: TracedValue) -> String {
    switch value.finding {
    case .value(let expr):
      if kept.isEmpty { return say("empty", "空") }
      switch expr.type {
      case .money:
        let digits = kept.filter { $0 != "." }
        return Int64(digits).map { shown(.money($0), .money) } ?? kept
      case .percent: return Double(kept).map { shown(.float($0), .percent) } ?? kept
      case .enumeration: return shown(.code(kept), expr.type)
      case .time: return String(kept.prefix(10))
      default: return kept
      }
    case .children: return children(kept, exceptions: value.countsExceptions)
    }
  }

  private func children(_ kept: String, exceptions: Bool) -> String {
    let parts = kept.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, let count = Int(parts[0]), let all = Int(parts[2]) else { return kept }
    func day(_ text: String) -> String {
      text.isEmpty ? "" : say(", the last on \(text)", "，最近 \(text)")
    }
    if all == 0 { return "0" }
    if exceptions {
      if count == 0 { return say("all \(all)", "全部 \(all) 个") }
      return say("\(count) of \(all) not", "\(all) 个中 \(count) 个不符") + day(parts[1])
    }
    if count > 0 { return "\(count)" + day(parts[1]) }
    return say("0 of \(all)", "\(all) 个中 0 个") + day(parts[3])
  }
}
