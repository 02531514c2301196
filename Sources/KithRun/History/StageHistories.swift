import KithBase

/// One stay of a deal in a stage.
struct Visit {
  var stage: Int32
  var position: Int64
  var enter: Int64
  /// The instant of leaving or closing; nil while the deal stands there.
  var leave: Int64?
  /// Left by moving to another stage, not by closing.
  var isMoved: Bool
}

/// The stage histories of deals, read from `stage_change`, with what the deal itself says.
final class StageHistories {
  let stages: StageTable
  let relation: Relation
  let funnel: [Int32]
  let state: [DealState]
  let created: [Int64]
  let closed: [Int64]
  private let present: [Int32]
  private let from: [Int32]
  private let to: [Int32]
  private let at: [Int64]
  /// By funnel row the position of its winning stage; `Int64.max` where it has none.
  let winningPosition: [Int32: Int64]

  enum DealState: UInt8 { case open, won, lost }

  init(_ tables: Tables) throws {
    try tables.load("opportunity", fields: ["stage", "funnel", "state", "created", "closed"])
    try tables.load("stage_change", fields: ["opportunity", "from", "to", "at"])
    stages = try StageTable(tables)
    relation = try tables.relation("stage_change", "opportunity")
    funnel = try tables.rows("opportunity", "funnel")
    present = try tables.rows("opportunity", "stage")
    from = try tables.rows("stage_change", "from")
    to = try tables.rows("stage_change", "to")
    guard case .int(let at) = try tables.column("stage_change", "at"),
      case .int(let created) = try tables.column("opportunity", "created"),
      case .int(let closed) = try tables.column("opportunity", "closed"),
      case .text(let codes, let dictionary) = try tables.column("opportunity", "state")
    else { throw Diagnostic("K9120", "the stage history of the book has another shape") }
    self.at = at
    self.created = created
    self.closed = closed
    let states = dictionary.strings().map { code -> DealState in
      switch code {
      case "won": .won
      case "lost", "abandoned": .lost
      default: .open
      }
    }
    state = codes.map { states[Int($0)] }
    var winning: [Int32: Int64] = [:]
    for stage in 1..<max(1, stages.count) where stages.winning[stage] == 1 {
      let known = winning[stages.funnel[stage]] ?? Int64.max
      winning[stages.funnel[stage]] = min(known, stages.position[stage])
    }
    winningPosition = winning
  }

  /// When a deal was won: at the closing its history ends with, else when it says it was closed. Nil if it
  /// was not won, or nobody wrote down when.
  func wonAt(_ deal: Int) -> Int64? {
    guard state[deal] == .won else { return nil }
    let end = Int(relation.starts[deal + 1])
    if end > Int(relation.starts[deal]) {
      let last = Int(relation.rows[end - 1])
      if to[last] == 0, at[last] != Vector.emptyInt { return at[last] }
    }
    return closed[deal] == Vector.emptyInt ? nil : closed[deal]
  }

  func isWithoutHistory(_ deal: Int) -> Bool { relation.starts[deal] == relation.starts[deal + 1] }

  /// The visits of a deal to stages of its own funnel, in order of time, then of the change's id. A deal
  /// without history has one, of its present stage since it was created.
  func visits(of deal: Int, into visits: inout [Visit]) {
    visits.removeAll(keepingCapacity: true)
    let funnel = funnel[deal]
    func enter(_ stage: Int32, _ time: Int64) {
      guard stage != 0, stages.funnel[Int(stage)] == funnel else { return }
      visits.append(
        Visit(
          stage: stage, position: stages.position[Int(stage)], enter: time, leave: nil,
          isMoved: false))
    }
    func leave(_ time: Int64, moved: Bool) {
      guard let last = visits.indices.last, visits[last].leave == nil else { return }
      visits[last].leave = max(visits[last].enter, time)
      visits[last].isMoved = moved
    }
    let changes = Int(relation.starts[deal])..<Int(relation.starts[deal + 1])
    if changes.isEmpty, created[deal] != Vector.emptyInt { enter(present[deal], created[deal]) }
    for place in changes {
      let change = Int(relation.rows[place])
      if at[change] == Vector.emptyInt { continue }
      if place == changes.lowerBound, from[change] != 0, created[deal] != Vector.emptyInt,
        created[deal] <= at[change]
      {
        enter(from[change], created[deal])
      }
      leave(at[change], moved: to[change] != 0)
      enter(to[change], at[change])
    }
    if state[deal] != .open, closed[deal] != Vector.emptyInt { leave(closed[deal], moved: false) }
  }

  /// The present stage's position in the deal's funnel; nil without a stage.
  func presentPosition(_ deal: Int) -> Int64? {
    let stage = Int(present[deal])
    return stage != 0 && stages.funnel[stage] == funnel[deal] ? stages.position[stage] : nil
  }
}

extension Execution {
  func stageHistories() throws -> StageHistories {
    if let known = tables.histories { return known }
    let made = try StageHistories(tables)
    try budget.tick(made.relation.rows.count)
    tables.histories = made
    return made
  }
}
