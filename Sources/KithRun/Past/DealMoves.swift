import KithBase
import KithModel

/// Where the history of each deal stood at a moment, and the fields that follow from it.
///
/// A field is as it is today unless something later is written down about it. Else what was written
/// last before the moment holds, else what the first later entry says it was before.
struct DealMoves {
  private let moment: Int64
  private let relation: Relation
  private let base: Tables
  private let at: [Int64]
  /// For each deal the place of its first move after the moment in `relation.rows`.
  private let split: [Int32]

  var dealCount: Int { split.count }

  init(_ base: Tables, at moment: Int64) throws {
    self.base = base
    self.moment = moment
    relation = try base.relation("stage_change", "opportunity")
    guard case .int(let at) = try base.column("stage_change", "at") else { throw Self.shape }
    self.at = at
    let relation = relation
    split = [Int32](unsafeUninitializedCapacity: relation.starts.count - 1) { output, filled in
      for deal in 0..<(relation.starts.count - 1) {
        var place = relation.starts[deal]
        let end = relation.starts[deal + 1]
        while place < end {
          let time = at[Int(relation.rows[Int(place)])]
          // Moves that nobody dated come last and tell nothing.
          if time == Empty.int || time > moment { break }
          place += 1
        }
        output[deal] = place
      }
      filled = relation.starts.count - 1
    }
  }

  private static let shape = Diagnostic("K9121", "the stage history of the book has another shape")

  func column(_ field: String, present: Vector) throws -> Vector {
    switch (field, present) {
    case ("stage", .row(let rows)): return .row(try stages(rows))
    case ("state", .text(let codes, let texts)): return try states(codes, texts)
    case ("closed", .int(let times)): return .int(try closings(times))
    case ("amount", .int(let fen)):
      guard case .int(let then) = try base.column("stage_change", "amount") else {
        throw Self.shape
      }
      let log = try base.log("opportunity", field)
      return .int(
        values(
          fen, then: then, none: Empty.int, log: log?.numbers(like: present, \.from),
          to: log?.numbers(like: present, \.to), log))
    case ("expected_close", .day(let days)):
      guard case .day(let then) = try base.column("stage_change", "expected_close") else {
        throw Self.shape
      }
      let log = try base.log("opportunity", field)
      func asDays(_ numbers: [Int64?]?) -> [Int32?]? {
        numbers.map { $0.map { $0.map { Int32(clamping: $0) } } }
      }
      return .day(
        values(
          days, then: then, none: Empty.day, log: asDays(log?.numbers(like: present, \.from)),
          to: asDays(log?.numbers(like: present, \.to)), log))
    default: throw Self.shape
    }
  }

  /// The moves of a deal up to the moment and after it, as places in the relation.
  private func places(_ deal: Int) -> (before: Range<Int>, after: Range<Int>) {
    let (lower, middle) = (Int(relation.starts[deal]), Int(split[deal]))
    var upper = Int(relation.starts[deal + 1])
    while upper > middle, at[row(upper - 1)] == Empty.int { upper -= 1 }
    return (lower..<middle, middle..<upper)
  }

  private func row(_ place: Int) -> Int { Int(relation.rows[place]) }

  private func stages(_ present: [Int32]) throws -> [Int32] {
    let to = try base.rows("stage_change", "to")
    let from = try base.rows("stage_change", "from")
    var result = present
    for deal in 1..<max(1, present.count) {
      let (before, after) = places(deal)
      if after.isEmpty { continue }
      let last = before.last { to[row($0)] != 0 }
      result[deal] = last.map { to[row($0)] } ?? from[row(after.lowerBound)]
    }
    return result
  }

  // MARK: State

  private func ends() throws -> (isEnd: [Bool], codes: [Int32], texts: TextDictionary) {
    guard case .text(let codes, let texts) = try base.column("stage_change", "state") else {
      throw Self.shape
    }
    return (texts.strings().map { !$0.isEmpty && $0 != "open" }, codes, texts)
  }

  /// For each deal the move whose state held; 0 for the present state, -1 for open.
  private func holding() throws -> [Int32] {
    let moves = try ends()
    guard case .text(let states, let texts) = try base.column("opportunity", "state"),
      case .int(let closed) = try base.column("opportunity", "closed")
    else { throw Self.shape }
    let isEnd = texts.strings().map { !$0.isEmpty && $0 != "open" }
    var result = [Int32](repeating: 0, count: states.count)
    for deal in 1..<max(1, states.count) {
      let (before, after) = places(deal)
      let isClosed = isEnd[Int(states[deal])] && closed[deal] != Empty.int
      let last = before.last.map(row)
      if isClosed, closed[deal] <= moment,
        after.isEmpty || closed[deal] >= (last.map { at[$0] } ?? 0)
      {
        continue
      }
      if after.isEmpty, !isClosed { continue }
      result[deal] = last.map { moves.codes[$0] == 0 ? -1 : Int32($0) } ?? -1
      // A move that closed nothing leaves the deal open.
      if let last, !moves.isEnd[Int(moves.codes[last])] { result[deal] = -1 }
    }
    return result
  }

  private func states(_ present: [Int32], _ texts: TextDictionary) throws -> Vector {
    let moves = try ends()
    var builder = TextDictionaryBuilder(texts)
    let codes = moves.texts.map(into: &builder)
    let open = builder.code(Array("open".utf8))
    var result = present
    for (deal, move) in try holding().enumerated() where move != 0 {
      result[deal] = move < 0 ? open : codes[Int(moves.codes[Int(move)])]
    }
    if !result.isEmpty { result[0] = 0 }
    return .text(result, builder.finish())
  }

  private func closings(_ present: [Int64]) throws -> [Int64] {
    var result = present
    for (deal, move) in try holding().enumerated() where move != 0 {
      result[deal] = move < 0 ? Empty.int : at[Int(move)]
    }
    return result
  }

  // MARK: Amount and expected closing

  /// Moves say what a value was at their time (an empty one says nothing), the log what it was before
  /// and after a change.
  private func values<Value: Equatable>(
    _ present: [Value], then: [Value], none: Value, log before: [Value?]?, to after: [Value?]?,
    _ log: FieldLog?
  ) -> [Value] {
    var result = present
    for deal in 1..<max(1, present.count) {
      let (earlier, later) = places(deal)
      let entries = log?.entries(of: deal) ?? 0..<0
      let nextMove = later.first { then[row($0)] != none }.map(row)
      if nextMove == nil, entries.isEmpty { continue }
      let nextEntry = entries.first { (log?.times[$0] ?? 0) > moment && before?[$0] != nil }
      if let nextEntry, let log, log.times[nextEntry] <= nextMove.map({ at[$0] }) ?? Int64.max {
        result[deal] = before?[nextEntry].flatMap { $0 } ?? present[deal]
        continue
      }
      guard let nextMove else { continue }
      let lastMove = earlier.last { then[row($0)] != none }.map(row)
      let lastEntry = entries.last { (log?.times[$0] ?? 0) <= moment && after?[$0] != nil }
      if let lastEntry, let log, log.times[lastEntry] > lastMove.map({ at[$0] }) ?? Int64.min {
        result[deal] = after?[lastEntry].flatMap { $0 } ?? present[deal]
      } else {
        result[deal] = then[lastMove ?? nextMove]
      }
    }
    return result
  }
}
