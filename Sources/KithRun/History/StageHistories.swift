import KithBase

/// One stay of a deal in a stage.
struct Visit {
  var stage: Int32
  var position: Int64
  var enter: Int64
  /// The instant of leaving or closing; nil while the deal stands there.
  var leave: Int64?
}

/// The stage histories of all deals, read from `stage_change` and what the deals themselves say, as
/// one list of events in order of deal, time and the change's id.
final class StageHistories {
  let stages: StageTable
  let funnel: [Int32]
  let state: [DealState]
  let created: [Int64]
  let closed: [Int64]
  let present: [Int32]
  /// What a pass over all deals reads.
  let view: HistoryView
  let store: HistoryStore
  /// 1 where the events were guessed from the deal, as there is no history.
  let isGuessed: [UInt8]
  /// By funnel row the position of its winning stage; `Int64.max` where it has none.
  let winningPosition: [Int64]

  enum DealState: UInt8 { case open, won, lost }

  init(_ tables: Tables) throws {
    try tables.load("opportunity", fields: ["stage", "funnel", "state", "created", "closed"])
    try tables.load("stage_change", fields: ["opportunity", "from", "to", "at"])
    stages = try StageTable(tables)
    funnel = try tables.rows("opportunity", "funnel")
    present = try tables.rows("opportunity", "stage")
    guard case .int(let created) = try tables.column("opportunity", "created"),
      case .int(let closed) = try tables.column("opportunity", "closed"),
      case .text(let codes, let dictionary) = try tables.column("opportunity", "state")
    else { throw Diagnostic("K9120", "the deals of the book have another shape") }
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
    var winning = [Int64](repeating: Int64.max, count: try tables.table("funnel").count + 1)
    for stage in 1..<max(1, stages.count) where stages.winning[stage] == 1 {
      let funnel = Int(stages.funnel[stage])
      winning[funnel] = min(winning[funnel], stages.position[stage])
    }
    winningPosition = winning
    guard case .int(let at) = try tables.column("stage_change", "at") else {
      throw Diagnostic("K9120", "the stage history of the book has another shape")
    }
    let events = ChangeEvents(
      try tables.relation("stage_change", "opportunity"),
      from: try tables.rows("stage_change", "from"), to: try tables.rows("stage_change", "to"),
      at: at, present: present, created: created)
    store = HistoryStore(events, states: state, closed: closed)
    view = store.view
    isGuessed = events.isGuessed
  }

  /// When a deal was won; nil if it was not, or nobody wrote down when.
  func wonAt(_ deal: Int) -> Int64? {
    let time = view.wonAt(deal)
    return time == Empty.int ? nil : time
  }

  /// The visits of a deal to stages of its own funnel, in order.
  func visits(of deal: Int, into visits: inout [Visit]) {
    visits.removeAll(keepingCapacity: true)
    let funnel = funnel[deal]
    for place in view.events(of: deal) {
      let (stage, time) = (view.stages[place], view.times[place])
      if let last = visits.indices.last, visits[last].leave == nil {
        visits[last].leave = max(visits[last].enter, time)
      }
      if stage != 0, stages.funnel[Int(stage)] == funnel {
        visits.append(
          Visit(stage: stage, position: stages.position[Int(stage)], enter: time, leave: nil))
      }
    }
    if state[deal] != .open, closed[deal] != Empty.int, let last = visits.indices.last,
      visits[last].leave == nil
    {
      visits[last].leave = max(visits[last].enter, closed[deal])
    }
  }

  /// The present stage's position in the deal's funnel; nil without a stage.
  func presentPosition(_ deal: Int) -> Int64? {
    let stage = Int(present[deal])
    return stage != 0 && stages.funnel[stage] == funnel[deal] ? stages.position[stage] : nil
  }
}

/// The arrays of all histories behind plain pointers, valid as long as the store lives.
struct HistoryView {
  /// The events of deal d are `starts[d] ..< starts[d + 1]`.
  let starts: UnsafePointer<Int32>
  /// The stage a deal came to; 0 is a closing.
  let stages: UnsafePointer<Int32>
  let times: UnsafePointer<Int64>
  let states: UnsafePointer<StageHistories.DealState>
  let closed: UnsafePointer<Int64>
  let eventCount: Int

  @inline(__always)
  func events(of deal: Int) -> Range<Int> { Int(starts[deal])..<Int(starts[deal + 1]) }

  /// When a deal was won: at the closing its history ends with, else when it says it was closed.
  /// The empty time if it was not won, or nobody wrote down when.
  @inline(__always)
  func wonAt(_ deal: Int) -> Int64 { states[deal] == .won ? closedAt(deal) : Empty.int }

  /// When the unit was closed, by its history or else by its own word; of a closed one.
  @inline(__always)
  func closedAt(_ unit: Int) -> Int64 {
    let end = Int(starts[unit + 1])
    if end > Int(starts[unit]), stages[end - 1] == 0 { return times[end - 1] }
    return closed[unit]
  }
}

/// Owns what a `HistoryView` points to.
final class HistoryStore {
  private let starts: GroupStore<Int32>
  private let stages: GroupStore<Int32>
  private let times: GroupStore<Int64>
  private let states: GroupStore<StageHistories.DealState>
  private let closed: GroupStore<Int64>

  init(_ events: ChangeEvents, states: [StageHistories.DealState], closed: [Int64]) {
    starts = GroupStore(events.starts, or: 0)
    stages = GroupStore(events.codes, or: 0)
    times = GroupStore(events.times, or: 0)
    self.states = GroupStore(states, or: .open)
    self.closed = GroupStore(closed, or: 0)
  }

  var view: HistoryView {
    HistoryView(
      starts: UnsafePointer(starts.values), stages: UnsafePointer(stages.values),
      times: UnsafePointer(times.values), states: UnsafePointer(states.values),
      closed: UnsafePointer(closed.values), eventCount: stages.count)
  }
}

/// The changes of all units, laid out unit by unit so that a pass reads them in a row.
struct ChangeEvents {
  /// The events of unit u are `starts[u] ..< starts[u + 1]`.
  var starts: [Int32] = []
  /// What the unit came to: a stage row, a class; 0 is a closing.
  var codes: [Int32] = []
  var times: [Int64] = []
  /// 1 where nothing was written down.
  var isGuessed: [UInt8] = []

  init(starts: [Int32], codes: [Int32], times: [Int64]) {
    self.starts = starts
    self.codes = codes
    self.times = times
  }

  /// A history that does not begin with the creation is given what the first change came from; a
  /// unit without history came to where it stands when it was created.
  init(
    _ relation: Relation, from: [Int32], to: [Int32], at: [Int64], present: [Int32],
    created: [Int64]
  ) {
    isGuessed = [UInt8](repeating: 0, count: present.count)
    starts.reserveCapacity(present.count + 1)
    codes.reserveCapacity(relation.rows.count + present.count / 8)
    times.reserveCapacity(relation.rows.count + present.count / 8)
    starts.append(0)
    for unit in 0..<present.count {
      if unit > 0 {
        let range = Int(relation.starts[unit])..<Int(relation.starts[unit + 1])
        let first = range.isEmpty ? present[unit] : from[Int(relation.rows[range.lowerBound])]
        let isEarlier =
          range.isEmpty || created[unit] <= at[Int(relation.rows[range.lowerBound])]
        if first != 0, created[unit] != Empty.int, isEarlier {
          codes.append(first)
          times.append(created[unit])
        }
        if range.isEmpty { isGuessed[unit] = 1 }
        for place in range {
          let change = Int(relation.rows[place])
          if at[change] == Empty.int { continue }
          codes.append(to[change])
          times.append(at[change])
        }
      }
      starts.append(Int32(codes.count))
    }
  }
}

extension Execution {
  func stageHistories() throws -> StageHistories {
    if let known = tables.histories { return known }
    let made = try StageHistories(tables)
    try budget.tick(made.view.eventCount)
    tables.histories = made
    return made
  }
}
